package importer

import (
	"fmt"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// dialect is how a file writes what can be written in several ways.
type dialect struct {
	mark  byte      // decimal mark of numbers in text; 0: nothing that counts depends on it
	order dateOrder // 0: likewise
}

// settleDialect decides by the evidence of all sheets. Where evidence fails,
// its fault is added and the dialect stays open: the values that depend on it
// are then not judged again one by one, so that every other fault of the file
// is told beside it.
func (in *importing) settleDialect(ev *evidence) dialect {
	return dialect{mark: in.settleMark(ev), order: in.settleOrder(ev)}
}

// settleMark decides the decimal mark. In a file with commas between its fields
// 1.234 is taken for a decimal number, because a program that groups thousands
// with points writes decimal commas, and semicolons between fields. Elsewhere
// 1.234 throughout is refused like 1,234 throughout.
func (in *importing) settleMark(ev *evidence) byte {
	commaDelimited := in.file.Format == table.CSV && in.file.Delimiter == ','
	switch {
	case ev.point.seen() && ev.comma.seen():
		in.dialectFault(&ev.comma, fmt.Sprintf("decimal marks contradict each other: this value has a comma, %q in %s, column %s, a point",
			ev.point.value, ev.point.rowSeenFrom(ev.comma.sheet), ev.point.header), "export the file again, and do not mix files of different regions")
	case ev.point.seen():
		return '.'
	case ev.comma.seen():
		return ','
	case !ev.openPoint.seen() && !ev.openComma.seen():
		return in.DecimalMark
	case in.DecimalMark != 0:
		in.note("", 0, calc.Info, calc.DialectSettled, fmt.Sprintf("no number proves the decimal mark; decimal_mark = %q of cspcoop.toml was used", string(in.DecimalMark)))
		return in.DecimalMark
	case commaDelimited && !ev.openComma.seen():
		return '.'
	default:
		at := &ev.openComma
		if !at.seen() {
			at = &ev.openPoint
		}
		in.dialectFault(at, "no number of the file shows whether this is a decimal mark or groups thousands",
			`export the file again with two decimals, or set decimal_mark = "." or "," in cspcoop.toml`)
	}
	return 0
}

// settleOrder decides what stands first in 03/04/2020.
func (in *importing) settleOrder(ev *evidence) dateOrder {
	switch {
	case ev.dayFirst.seen() && ev.monthFirst.seen():
		in.dialectFault(&ev.dayFirst, fmt.Sprintf("dates contradict each other: this one has the day first, %q in %s, column %s, the month first",
			ev.monthFirst.value, ev.monthFirst.rowSeenFrom(ev.dayFirst.sheet), ev.monthFirst.header),
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
			in.note("", 0, calc.Info, calc.DialectSettled, "no date proves whether day or month stands first; date_order of cspcoop.toml was used")
		}
		return order
	case ev.openDate.seen():
		in.dialectFault(&ev.openDate, "no date of the file shows whether day or month stands first",
			`export the file again with dates like 2020-03-31, or set date_order = "day-first" or "month-first" in cspcoop.toml`)
	}
	return 0
}

// dialectFault tells a fault of the whole file at the value that shows it.
func (in *importing) dialectFault(at *sighting, problem, want string) {
	f := table.Fault{Sheet: at.sheet, Row: at.row, Column: at.header, Value: at.value, Problem: problem, Want: want}
	if in.file.Format == table.XLSX {
		f.Cell = table.CellRef(at.row, at.column)
	}
	in.faults.Add(f)
}
