package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/table"
)

// acknowledgedFile is in the workspace, if anything was acknowledged.
const acknowledgedFile = "acknowledged.csv"

// readAcknowledged reads the workspace's acknowledged.csv, if there is one.
func (w *workspace) readAcknowledged() (list []calc.Acknowledgement, err error) {
	err = w.readKept(acknowledgedFile, func(f *os.File, size int64, o importer.Options) error {
		list, err = parseAcknowledged(f, size, o.Table)
		return err
	})
	return list, err
}

// parseAcknowledged reads CSV as strictly as an export. The error of a file with
// faults is *table.Faults, with every fault.
func parseAcknowledged(r io.ReaderAt, size int64, o table.Options) ([]calc.Acknowledgement, error) {
	ctx := context.Background() // the file is small
	o.Header = acknowledgedFit
	file, err := table.Open(ctx, r, size, o)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var in acknowledging
	if file.Format != table.CSV {
		in.faults.Add(table.Fault{Problem: "this is a workbook", Want: "save it as CSV"})
		return nil, in.faults.Err()
	}
	if err := file.Sheets[0].Rows(ctx, in.take); err != nil {
		return nil, err
	}
	return in.list, in.faults.Err()
}

// acknowledgedColumns are the columns of acknowledged.csv. All are required, and
// no others are taken: a misspelt column would be blank and match all findings.
var acknowledgedColumns = []string{"code", "participant_id", "program", "period_or_earning", "by", "date", "comment"}

// acknowledgedFit counts the known columns of a record.
func acknowledgedFit(fields []string) int {
	known := 0
	for _, f := range fields {
		if slices.Contains(acknowledgedColumns, strings.TrimSpace(f)) {
			known++
		}
	}
	return known
}

// acknowledging is the state of reading acknowledged.csv.
type acknowledging struct {
	header []string // nil until it was read
	list   []calc.Acknowledgement
	faults table.Faults
}

// take reads one record.
func (in *acknowledging) take(row table.Row) error {
	for _, f := range row.Faults {
		in.faults.Add(f)
	}
	fields := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		fields[i] = strings.TrimSpace(c.Text)
	}
	last := len(in.header) - 1
	switch {
	case strings.Join(fields, "") == "":
	case in.header == nil:
		in.header = fields
		in.checkHeader(row.Number)
	case len(fields) != len(in.header):
		in.faults.Add(table.Fault{Row: row.Number, Problem: fmt.Sprintf("the header has %d fields, the row %d", len(in.header), len(fields)),
			Want: "put a text that has a delimiter into quotes"})
	case row.Unterminated && in.header[last] != "comment":
		in.faults.Add(table.Fault{Row: row.Number, Column: in.header[last], Value: fields[last],
			Problem: "the file ends in the middle of a line, so that this value may be cut off", Want: "end the file with a line break"})
	default:
		in.acknowledge(row.Number, fields)
	}
	return nil
}

func (in *acknowledging) checkHeader(row int) {
	for i, name := range in.header {
		switch {
		case !slices.Contains(acknowledgedColumns, name):
			in.faults.Add(table.Fault{Row: row, Column: name, Problem: "the column is not known", Want: "use " + strings.Join(acknowledgedColumns, ", ")})
		case slices.Index(in.header, name) < i:
			in.faults.Add(table.Fault{Row: row, Column: name, Problem: "the column is here twice", Want: "remove one"})
		}
	}
	for _, name := range acknowledgedColumns {
		if !slices.Contains(in.header, name) {
			in.faults.Add(table.Fault{Row: row, Column: name, Problem: "the column is missing", Want: "add it; leave its field blank where it is to match everything"})
		}
	}
}

// acknowledge takes a record with as many fields as the header.
func (in *acknowledging) acknowledge(row int, fields []string) {
	a := calc.Acknowledgement{Place: calc.Place{File: acknowledgedFile, Row: row}}
	for i, value := range fields {
		wrong := func(problem, want string) {
			in.faults.Add(table.Fault{Row: row, Column: in.header[i], Value: value, Problem: problem, Want: want})
		}
		var err error
		switch in.header[i] {
		case "code":
			if a.Code = calc.Code(value); !knownCode(a.Code) {
				wrong("there is no such code", "copy the code from exceptions.csv")
			}
		case "participant_id":
			a.Participant = value
		case "program":
			a.Program = value
		case "period_or_earning":
			if a.Period, err = calc.ParsePeriod(value); err != nil {
				a.Earning = value
			}
		case "by":
			if a.By = value; value == "" {
				wrong("nobody is named", "say who acknowledged the finding")
			}
		case "date":
			if a.On, err = calc.ParseDate(value); err != nil {
				wrong("this is no date", "say since when it is acknowledged, as 2020-08-31")
			}
		case "comment":
			a.Comment = value
		}
	}
	in.list = append(in.list, a)
}

func knownCode(code calc.Code) bool {
	_, known := calc.NoteOf(code)
	return known
}
