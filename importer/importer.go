// Package importer turns a dropped file into typed rows, or into the list of
// everything that is wrong with it. It tells reports apart by their headers,
// never by file name, settles dialects by evidence, and takes or refuses a file
// as a whole.
package importer

import (
	"context"
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// Options is the part of the configuration that decides how files are read.
type Options struct {
	Table              table.Options
	DefaultParticipant string // stands in for a missing or blank participantId
	DefaultProgram     string // likewise for programName
	DefaultCurrency    string // ISO 4217; for files that name no currency
	DecimalMark        byte   // '.' or ',' for files that leave it open; 0: refuse them
	DayFirst           *bool  // order of 03/04/2020 for files that leave it open; nil: refuse them
	Rates              calc.Rates
	Columns            map[string][]string // documented column name to further headers
	KeepDetail         bool                // keep what is only shown beside figures

	aliases aliases
}

// Read imports one file. The error of a refused file is *table.Faults, with
// every fault; any other error is one of reading or of ctx. The source that it
// gives has no name, hash or receipt yet.
func Read(ctx context.Context, r io.ReaderAt, size int64, o Options) (*calc.Source, error) {
	o.aliases = foldAliases(o.Columns)
	o.Table.Header = func(fields []string) int {
		_, known := recognise(fields, o.aliases)
		return known
	}
	file, err := table.Open(ctx, r, size, o.Table)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	in := &importing{Options: &o, file: file, source: &calc.Source{}, terms: map[calc.Terms]*calc.Terms{}}
	for _, n := range file.Notes {
		in.note(n.Sheet, n.Row, severityOf(n.Code), calc.Code(n.Code), n.Message)
	}
	if err := in.sheets(ctx); err != nil {
		return nil, err
	}
	in.checkContradictions()
	if err := in.faults.Err(); err != nil {
		return nil, err
	}
	in.finish()
	return in.source, nil
}

// importing is the state of one import.
type importing struct {
	*Options
	file   *table.File
	source *calc.Source
	faults table.Faults
	kinds  []calc.FileKind
	terms  map[calc.Terms]*calc.Terms
	claims map[string]firstRow // claims seen, by id
	growth bool                // a header has columns of the Growth report
}

func severityOf(code string) calc.Severity {
	if code == table.NoFinalNewline {
		return calc.Warning
	}
	return calc.Info
}

func (in *importing) note(sheet string, row int, s calc.Severity, code calc.Code, message string) {
	in.source.Findings = append(in.source.Findings, calc.Finding{
		Severity: s, Code: code, Place: calc.Place{Sheet: sheet, Row: row}, Message: message,
	})
}

// sheets reads every sheet whose header fits a report.
func (in *importing) sheets(ctx context.Context) error {
	type recognised struct {
		sheet  *table.Sheet
		layout *layout
	}
	var found []recognised
	for _, s := range in.file.Sheets {
		l, err := in.findHeader(ctx, s)
		if err != nil {
			return err
		}
		if l == nil {
			if len(in.file.Sheets) > 1 {
				in.note(s.Name, 0, calc.Info, calc.SheetPassedOver, fmt.Sprintf("sheet %q has no header that fits a report and is not read", s.Name))
			}
			continue
		}
		found = append(found, recognised{s, l})
	}
	if len(found) == 0 && in.faults.Total == 0 {
		in.faults.Add(table.Fault{
			Problem: "no header of a known report in the first rows",
			Want:    "drop an earnings, payments or claims export with its header row; a plain sheet needs at least a column Month (or Date) and a column Amount",
		})
	}
	for _, f := range found {
		in.source.Sheets = append(in.source.Sheets, f.sheet.Name)
		if err := in.readSheet(ctx, f.sheet, f.layout); err != nil {
			return err
		}
	}
	return nil
}

var errStop = fmt.Errorf("enough rows")

// findHeader looks for the header among the first rows of a sheet; nil when
// there is none. A header's own faults are added.
func (in *importing) findHeader(ctx context.Context, s *table.Sheet) (*layout, error) {
	var found *layout
	seen := 0
	err := s.Rows(ctx, func(row table.Row) error {
		if seen++; seen > headerSearch {
			return errStop
		}
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			if c.Kind == table.Text {
				cells[i] = c.Text
			}
		}
		report, _ := recognise(cells, in.aliases)
		if report == nil {
			return nil
		}
		l, faults := newLayout(report, row, s.Name, in.Options)
		for _, f := range append(row.Faults, faults...) {
			in.faults.Add(f)
		}
		found = l
		return errStop
	})
	if err != nil && err != errStop {
		return nil, err
	}
	return found, nil
}

// readSheet reads the rows below a header: first what they prove about dates
// and decimal marks, then their values.
func (in *importing) readSheet(ctx context.Context, s *table.Sheet, l *layout) error {
	if in.faults.Total > 0 {
		return nil // the header is wrong: its rows would only repeat that
	}
	d, err := in.settleDialect(ctx, s, l)
	if err != nil {
		return err
	}
	if in.faults.Total > 0 {
		return nil
	}
	in.growth = in.growth || l.growth
	in.noteHeader(s, l)
	kind := l.kind()
	in.kinds = append(in.kinds, kind)
	in.source.HasRegister = in.source.HasRegister || kind == calc.KindClaims
	rows := &rowReader{importing: in, sheet: s, index: uint16(len(in.source.Sheets) - 1), layout: l, dialect: d, kind: kind}
	rows.prepare()
	if err := s.Rows(ctx, rows.take); err != nil {
		return err
	}
	return rows.end()
}

func (in *importing) noteHeader(s *table.Sheet, l *layout) {
	if len(l.unknown) > 0 {
		in.note(s.Name, l.row, calc.Info, calc.UnknownColumns, "columns that are not known are passed over: "+quoted(l.unknown))
	}
	if len(l.unused) > 0 {
		in.note(s.Name, l.row, calc.Warning, calc.TwoColumns, "columns that mean the same as another one are passed over: "+quoted(l.unused))
	}
}

// kind tells which form of its report a header begins.
func (l *layout) kind() calc.FileKind {
	switch {
	case l.report == claimsReport:
		return calc.KindClaims
	case l.report == paymentsReport:
		return calc.KindPayments
	case l.column("earningId") != nil && l.growth:
		return calc.KindGrowth
	case l.column("earningId") != nil:
		return calc.KindEarnings
	}
	date := l.column("earningDate")
	if foldHeader(date.header) == "earningdate" && slices.ContainsFunc(l.columns, func(c column) bool {
		h := foldHeader(c.header)
		return h == "earningamount" || h == "earningamountusd"
	}) {
		return calc.KindSummarized
	}
	return calc.KindMonthly
}

// finish checks what only the whole file shows, and names its kind.
func (in *importing) finish() {
	s := in.source
	s.Kind = calc.KindMixed
	if len(slices.Compact(slices.Sorted(slices.Values(in.kinds)))) == 1 {
		s.Kind = in.kinds[0]
		if s.Kind == calc.KindEarnings && len(calc.Repetitions(s.Earnings)) > 0 {
			s.Kind = calc.KindGrowth
		}
	}
	if s.RowCount() == 0 {
		in.note("", 0, calc.Info, calc.IdleMonth, "the report has a header and no rows: an idle month")
	}
}
