package importer

import (
	"context"
	"fmt"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// dialect is how a sheet writes what can be written in several ways.
type dialect struct {
	mark  byte // decimal mark of numbers in text: '.', ',', or 0 where nothing depends on it
	order dateOrder
}

// sighting is the first value that proves something, with its place.
type sighting struct {
	row    int
	column int
	header string
	value  string
}

func (s *sighting) seen() bool { return s.header != "" }

// evidence gathers what the values of a sheet prove. One value that allows only
// one reading decides for all columns of its kind (issue of record: rules.md §6,
// Files).
type evidence struct {
	point, comma, openPoint, openComma sighting
	dayFirst, monthFirst, openDate     sighting
}

func (in *importing) settleDialect(ctx context.Context, s *table.Sheet, l *layout) (dialect, error) {
	var ev evidence
	err := s.Rows(ctx, func(row table.Row) error {
		if row.Number > l.row {
			ev.see(row, l)
		}
		return nil
	})
	if err != nil {
		return dialect{}, err
	}
	d := dialect{mark: in.settleMark(s, &ev), order: in.settleOrder(s, &ev)}
	return d, nil
}

func (ev *evidence) see(row table.Row, l *layout) {
	for i := range l.columns {
		c := &l.columns[i]
		if c.index >= len(row.Cells) {
			continue
		}
		cell := &row.Cells[c.index]
		if cell.Kind != table.Text {
			continue
		}
		switch c.kind {
		case numberValue:
			ev.seeNumber(row.Number, c, cell.Text)
		case dayValue, stampValue:
			ev.seeDate(row.Number, c, cell.Text)
		case textValue, idValue, currencyValue, yesNoValue, periodValue:
		}
	}
}

func (ev *evidence) seeNumber(row int, c *column, text string) {
	n, err := splitNumber(text)
	if err != nil || n.marks > 1 {
		return
	}
	switch n.reading() {
	case onlyPoint:
		ev.point.first(row, c, text)
	case onlyComma:
		ev.comma.first(row, c, text)
	case pointOrGroup:
		ev.openPoint.firstUsed(row, c, text)
	case commaOrGroup:
		ev.openComma.firstUsed(row, c, text)
	case eitherMark:
	}
}

func (ev *evidence) seeDate(row int, c *column, text string) {
	if ev.dayFirst.seen() && ev.monthFirst.seen() {
		return
	}
	w, err := splitDate(text)
	if err != nil || w.first == 0 {
		return
	}
	switch {
	case w.order() == dayFirst:
		ev.dayFirst.first(row, c, text)
	case w.order() == monthFirst:
		ev.monthFirst.first(row, c, text)
	case w.ambiguous():
		ev.openDate.firstUsed(row, c, text)
	}
}

func (s *sighting) first(row int, c *column, text string) {
	if !s.seen() {
		*s = sighting{row, c.index, c.header, text}
	}
}

// firstUsed passes over columns that are only shown: what they leave open does
// not matter.
func (s *sighting) firstUsed(row int, c *column, text string) {
	if !c.shown {
		s.first(row, c, text)
	}
}

// fault makes a file's dialect fault at the value that shows it.
func (in *importing) dialectFault(s *table.Sheet, at sighting, problem, want string) {
	f := table.Fault{Sheet: s.Name, Row: at.row, Column: at.header, Value: at.value, Problem: problem, Want: want}
	if in.file.Format == table.XLSX {
		f.Cell = table.CellRef(at.row, at.column)
	}
	in.faults.Add(f)
}

func (in *importing) settleMark(s *table.Sheet, ev *evidence) byte {
	commaDelimited := in.file.Format == table.CSV && in.file.Delimiter == ','
	switch {
	case ev.point.seen() && ev.comma.seen():
		in.dialectFault(s, ev.comma, fmt.Sprintf("decimal marks contradict each other: this value has a comma, %q in row %d, column %s, a point",
			ev.point.value, ev.point.row, ev.point.header), "export the file again, and do not mix files of different regions")
	case ev.point.seen():
		return '.'
	case ev.comma.seen():
		return ','
	case !ev.openPoint.seen() && !ev.openComma.seen():
		return in.DecimalMark
	case in.DecimalMark != 0:
		in.note(s.Name, 0, calc.Info, calc.DialectSettled, fmt.Sprintf("no number proves the decimal mark; decimal_mark = %q of cspcoop.toml was used", in.DecimalMark))
		return in.DecimalMark
	case commaDelimited && !ev.openComma.seen():
		return '.' // a comma between fields goes with a point in numbers
	default:
		at := ev.openComma
		if !at.seen() {
			at = ev.openPoint
		}
		in.dialectFault(s, at, "no number of the file shows whether this is a decimal mark or groups thousands",
			`export the file again with two decimals, or set decimal_mark = "." or "," in cspcoop.toml`)
	}
	return 0
}

func (in *importing) settleOrder(s *table.Sheet, ev *evidence) dateOrder {
	switch {
	case ev.dayFirst.seen() && ev.monthFirst.seen():
		in.dialectFault(s, ev.dayFirst, fmt.Sprintf("dates contradict each other: this one has the day first, %q in row %d, column %s, the month first",
			ev.monthFirst.value, ev.monthFirst.row, ev.monthFirst.header),
			"the file was opened in a spreadsheet of another region and saved; download it again and drop it unopened")
	case ev.dayFirst.seen():
		return dayFirst
	case ev.monthFirst.seen():
		return monthFirst
	case in.DayFirst != nil:
		order := monthFirst
		if *in.DayFirst {
			order = dayFirst
		}
		if ev.openDate.seen() {
			in.note(s.Name, 0, calc.Info, calc.DialectSettled, "no date proves whether day or month stands first; date_order of cspcoop.toml was used")
		}
		return order
	case ev.openDate.seen():
		in.dialectFault(s, ev.openDate, "no date of the file shows whether day or month stands first",
			`export the file again with dates like 2020-03-31, or set date_order = "day-first" or "month-first" in cspcoop.toml`)
	}
	return 0
}
