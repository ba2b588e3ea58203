package table

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

const wantCSVAgain = "download the report again, or save it again as CSV UTF-8"

// records reads a CSV text by the strict rules of RFC 4180: a quote opens at
// the start of a field only, and after the closing one comes a delimiter or a
// line end.
type records struct {
	lines     *lineReader
	charset   charset
	delimiter byte
	limits    Limits
	count     int

	row   Row
	field []byte // unquoted content of the fields, one after the other
	ends  []int  // where each of them ends
}

func newRecords(ctx context.Context, f textFile, delimiter byte, limits Limits) *records {
	return &records{
		lines:     newLineReader(f.open(ctx), f.size, limits.MaxLineBytes),
		charset:   f.charset,
		delimiter: delimiter,
		limits:    limits,
	}
}

// next gives the next record, passing over lines that are blank. The row is
// valid until the next call. It ends with io.EOF; a fault that leaves the rest
// of the file without meaning is *Faults.
func (r *records) next() (*Row, error) {
	for {
		line, err := r.lines.next()
		if err != nil {
			return nil, r.broken(err, r.lines.line+1, 0)
		}
		if len(bytes.Trim(line, " \r\n")) == 0 && !loneReturn(line) {
			continue
		}
		if r.count++; r.count > r.limits.MaxRows {
			return nil, refused(Fault{Row: r.lines.line,
				Problem: fmt.Sprintf("the file has more than %d records", r.limits.MaxRows),
				Want:    fmt.Sprintf("split it, or raise the limit ([limits] max_rows = %d)", r.limits.MaxRows)})
		}
		r.row = Row{Number: r.lines.line, Cells: r.row.Cells[:0]}
		if bytes.IndexByte(line, '"') < 0 {
			r.plain(line)
		} else if err := r.quoted(line); err != nil {
			return nil, err
		}
		return &r.row, nil
	}
}

// broken turns an error of the line reader into one that names its place:
// quote is the line where a quote opened that is not closed yet, or 0.
func (r *records) broken(err error, line, quote int) error {
	switch {
	case quote > 0 && (errors.Is(err, io.EOF) || errors.Is(err, errLineTooLong)):
		return refused(Fault{Row: quote,
			Problem: fmt.Sprintf("the quote that opens on line %d is never closed", quote),
			Want:    "close it, or write a quote inside of a field twice (\"\")"})
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.Is(err, errLineTooLong):
		return refused(Fault{Row: line,
			Problem: fmt.Sprintf("the line is longer than %d bytes", r.limits.MaxLineBytes),
			Want:    fmt.Sprintf("check that the file is a table, or raise the limit ([limits] max_line_bytes = %d)", r.limits.MaxLineBytes)})
	}
	return fmt.Errorf("read line %d: %w", line, err)
}

// plain splits a record that has no quotes: one string, and its fields are
// slices of it.
func (r *records) plain(line []byte) {
	body := r.trimEnd(line)
	if bytes.IndexByte(body, '\r') >= 0 {
		r.faultLoneReturn()
	}
	rest := string(body)
	for {
		i := strings.IndexByte(rest, r.delimiter)
		if i < 0 {
			break
		}
		r.cell(rest[:i])
		rest = rest[i+1:]
	}
	r.cell(rest)
	r.judge(body)
}

// trimEnd cuts the line end off; a line without one is the file's last.
func (r *records) trimEnd(line []byte) []byte {
	body, ended := bytes.CutSuffix(line, []byte("\n"))
	if !ended {
		r.row.Unterminated = true
		return line
	}
	return bytes.TrimSuffix(body, []byte("\r"))
}

// loneReturn says whether a blank line holds a CR that ends no line.
func loneReturn(line []byte) bool {
	body := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	return bytes.IndexByte(body, '\r') >= 0
}

// quoted splits a record whose first line has quotes, reading on while a quote
// is open.
func (r *records) quoted(line []byte) error {
	r.field, r.ends = r.field[:0], r.ends[:0]
	body := r.trimEnd(line)
	length := len(line)
	for done := false; !done; {
		if len(body) == 0 || body[0] != '"' {
			body, done = r.bare(body)
			continue
		}
		body = body[1:]
		opened := r.lines.line
		for {
			i := bytes.IndexByte(body, '"')
			if i >= 0 {
				r.field = append(r.field, body[:i]...)
				body = body[i+1:]
				if len(body) == 0 || body[0] != '"' {
					break
				}
				r.field = append(r.field, '"')
				body = body[1:]
				continue
			}
			// The line end belongs to the field, as it is written.
			r.field = append(r.field, body...)
			r.field = append(r.field, line[len(line)-lineEnd(line):]...)
			var err error
			if line, err = r.lines.next(); err == nil {
				if length += len(line); length > r.limits.MaxLineBytes {
					err = errLineTooLong
				}
			}
			if err != nil {
				return r.broken(err, r.row.Number, opened)
			}
			body = r.trimEnd(line)
		}
		if len(body) > 0 && body[0] != r.delimiter {
			r.fault("text follows the closing quote of a field",
				"write a quote inside of a field twice (\"\")")
		}
		body, done = r.bare(body)
	}
	r.cut()
	return nil
}

// lineEnd is the length of a line's end.
func lineEnd(line []byte) int {
	switch {
	case bytes.HasSuffix(line, []byte("\r\n")):
		return 2
	case bytes.HasSuffix(line, []byte("\n")):
		return 1
	}
	return 0
}

// bare reads what stands outside of quotes up to the end of the field; done
// says that it is the record's last.
func (r *records) bare(body []byte) (rest []byte, done bool) {
	i := bytes.IndexByte(body, r.delimiter)
	done = i < 0
	if done {
		i = len(body)
	} else {
		rest = body[i+1:]
	}
	text := body[:i]
	if bytes.IndexByte(text, '"') >= 0 {
		r.fault("a quote inside of a field that does not begin with one",
			"put the whole field in quotes and write the inner quote twice (\"\")")
	}
	if bytes.IndexByte(text, '\r') >= 0 {
		r.faultLoneReturn()
	}
	r.field = append(r.field, text...)
	r.ends = append(r.ends, len(r.field))
	return rest, done
}

// cut makes the cells of a record with quotes: one string again.
func (r *records) cut() {
	whole := string(r.field)
	start := 0
	for _, end := range r.ends {
		r.cell(whole[start:end])
		start = end
	}
	r.judge(r.field)
}

func (r *records) cell(text string) {
	kind := Text
	if text == "" {
		kind = Blank
	}
	r.row.Cells = append(r.row.Cells, Cell{Text: text, Kind: kind})
}

// judge looks at the characters and the size of a record.
func (r *records) judge(content []byte) {
	cells := r.row.Cells
	if len(cells) > r.limits.MaxColumns {
		r.fault(fmt.Sprintf("the record has %d fields, more than %d", len(cells), r.limits.MaxColumns),
			fmt.Sprintf("check the delimiter, or raise the limit ([limits] max_columns = %d)", r.limits.MaxColumns))
	}
	if len(content) > r.limits.MaxFieldBytes {
		for i, c := range cells {
			if len(c.Text) > r.limits.MaxFieldBytes {
				r.fault(fmt.Sprintf("field %d has %d bytes, more than %d", i+1, len(c.Text), r.limits.MaxFieldBytes),
					fmt.Sprintf("shorten it, or raise the limit ([limits] max_field_bytes = %d)", r.limits.MaxFieldBytes))
			}
		}
	}
	if !suspicious(content) {
		return
	}
	for i, c := range cells {
		if len(r.row.Faults) >= MaxFaults {
			return
		}
		if problem := r.charset.problem([]byte(c.Text)); problem != "" {
			r.row.Faults = append(r.row.Faults, Fault{Row: r.row.Number, Value: excerpt(c.Text),
				Problem: fmt.Sprintf("%s in field %d", problem, i+1), Want: wantCSVAgain})
		}
	}
}

func (r *records) fault(problem, want string) {
	r.row.Faults = append(r.row.Faults, Fault{Row: r.row.Number, Problem: problem, Want: want})
}

func (r *records) faultLoneReturn() {
	r.fault("a carriage return that ends no line", "save the file again with CRLF or LF line ends")
}
