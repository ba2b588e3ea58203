package importer

import (
	"context"
	"errors"
	"fmt"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// dialect is how a file writes what can be written in several ways.
type dialect struct {
	mark       byte             // decimal mark of numbers in text; 0: nothing that counts depends on it
	grouping   byte             // comma or point that certainly groups thousands; 0: neither
	order      dateOrder        // 0: likewise
	accounting map[*column]bool // columns in accounting format, where a lone dash is zero
}

// settleDialect decides by the evidence of all sheets. Where evidence fails,
// its fault is added and the dialect stays open: the values that depend on it
// are then not checked again one by one, so that every other fault of the file
// is reported beside it.
func (in *importing) settleDialect(ev *evidence) dialect {
	d := dialect{mark: in.settleMark(ev), order: in.settleOrder(ev), accounting: ev.accounting()}
	d.grouping = in.grouping(ev, d.mark)
	return d
}

// grouping returns the mark that groups thousands, where the file shows that one
// does or the configuration names the other one.
func (o *Options) grouping(ev *evidence, mark byte) byte {
	switch {
	case mark == '.' && (ev.seen(groupsByComma) || o.DecimalMark == mark):
		return ','
	case mark == ',' && (ev.seen(groupsByPoint) || o.DecimalMark == mark):
		return '.'
	}
	return 0
}

// accounting returns the columns that have a number in accounting format.
func (ev *evidence) accounting() map[*column]bool {
	columns := map[*column]bool{}
	for c, ce := range ev.columns {
		if ce.first[accountingNumber].seen() {
			columns[c] = true
		}
	}
	return columns
}

// settleMark decides the decimal mark. In a file with commas between its fields
// 1.234 is taken for a decimal number, because a program that groups thousands
// with points writes decimal commas, and semicolons between fields. Elsewhere
// 1.234 throughout is refused like 1,234 throughout.
func (in *importing) settleMark(ev *evidence) byte {
	commaDelimited := in.file.Format == table.CSV && in.file.Delimiter == ','
	point, comma := ev.firstOf(provesPoint, groupsByComma), ev.firstOf(provesComma, groupsByPoint)
	switch {
	case point != nil && comma != nil:
		in.dialectFault(comma, fmt.Sprintf("decimal marks contradict each other: this value has a comma, %q in %s, column %s, a point",
			point.value, point.rowSeenFrom(comma.sheet), point.header), "export the file again, and do not mix files of different regions")
	case point != nil:
		return '.'
	case comma != nil:
		return ','
	case !ev.seen(openPoint, openComma):
		return in.DecimalMark
	case in.DecimalMark != 0:
		in.note("", 0, calc.Info, calc.Dialect, calc.Say("no number proves the decimal mark; decimal_mark = %s of cspcoop.toml was used", calc.Quoted{Of: string(in.DecimalMark)}))
		return in.DecimalMark
	case commaDelimited && !ev.seen(openComma):
		return '.'
	default:
		in.dialectFault(ev.firstOf(openComma, openPoint), "no number of the file shows whether this is a decimal mark or groups thousands",
			`export the file again with two decimals, or set decimal_mark = "." or "," in cspcoop.toml`)
	}
	return 0
}

// settleOrder decides what comes first in 03/04/2020.
func (in *importing) settleOrder(ev *evidence) dateOrder {
	days, months := ev.firstOf(provesDayFirst), ev.firstOf(provesMonthFirst)
	switch {
	case days != nil && months != nil:
		in.dialectFault(days, fmt.Sprintf("dates contradict each other: this one has the day first, %q in %s, column %s, the month first",
			months.value, months.rowSeenFrom(days.sheet), months.header),
			"the file was opened in a spreadsheet of another region and saved; download it again and drop it unopened")
	case days != nil:
		return dayFirst
	case months != nil:
		return monthFirst
	case in.DayFirst != nil:
		if ev.seen(openDate, openYear) {
			in.note("", 0, calc.Info, calc.Dialect, calc.Say("no date proves whether the day or the month comes first; date_order of cspcoop.toml was used"))
		}
		return in.configuredOrder()
	case ev.seen(openYear):
		in.dialectFault(ev.firstOf(openYear), "no date of the file shows whether the year of two digits comes first or last",
			`export the file again with dates like 2020-03-31, or set date_order = "day-first" or "month-first" in cspcoop.toml if it comes last`)
	case ev.seen(openDate):
		in.dialectFault(ev.firstOf(openDate), "no date of the file shows whether the day or the month comes first",
			`export the file again with dates like 2020-03-31, or set date_order = "day-first" or "month-first" in cspcoop.toml`)
	}
	return 0
}

// checkMixedDays refuses a column that a spreadsheet of another region damaged:
// it took 1/3/2020 for 1 March and left 1/31/2020 a text, so that what are dates
// are all up to the 12th, and what are texts all beyond it.
func (in *importing) checkMixedDays(ev *evidence) {
	for i := range in.tabs {
		t := &in.tabs[i]
		for k := range t.layout.columns {
			ce := ev.columns[&t.layout.columns[k]]
			if ce == nil {
				continue
			}
			in.checkShapes(ce)
			if !ce.first[earlyDay].seen() || !ce.first[orderedDay].seen() || ce.first[lateDay].seen() {
				continue
			}
			day, text := &ce.first[earlyDay], &ce.first[orderedDay]
			in.dialectFault(day, fmt.Sprintf("day and month changed places in this column: a spreadsheet of another region read the dates up to the 12th in its own order, as here, and left the others texts, as %q in %s",
				text.value, text.rowSeenFrom(day.sheet)), "drop the original as downloaded, not opened in a spreadsheet")
		}
	}
}

// configuredOrder is the order in the configuration; 0 is none.
func (o *Options) configuredOrder() dateOrder {
	switch {
	case o.DayFirst == nil:
		return 0
	case *o.DayFirst:
		return dayFirst
	}
	return monthFirst
}

// guessRows is how many rows of a sheet the dialect is guessed by.
const guessRows = 256

// guessDialect returns the dialect that the first rows speak for. The values are
// read in it at once; should the file's evidence settle another one, they are
// read again.
func (in *importing) guessDialect(ctx context.Context) (dialect, error) {
	var ev evidence
	for i := range in.tabs {
		t, seen := &in.tabs[i], 0
		err := t.sheet.Rows(ctx, func(row table.Row) error {
			if seen++; seen > guessRows {
				return errFound
			}
			ev.see(t, &row, in.file.Format)
			return nil
		})
		if err := withoutFaults(err); err != nil && !errors.Is(err, errFound) {
			return dialect{}, err
		}
	}
	d := dialect{mark: in.DecimalMark, order: in.configuredOrder(), accounting: ev.accounting()}
	switch {
	case ev.seen(provesComma, groupsByPoint):
		d.mark = ','
	case ev.seen(provesPoint, groupsByComma) || d.mark == 0:
		d.mark = '.'
	}
	switch {
	case ev.seen(provesDayFirst):
		d.order = dayFirst
	case ev.seen(provesMonthFirst):
		d.order = monthFirst
	}
	d.grouping = in.grouping(&ev, d.mark)
	return d, nil
}

// dialectFault reports a fault of the whole file at the value that shows it.
func (in *importing) dialectFault(at *occurrence, problem, want string) {
	f := table.Fault{Sheet: at.sheet, Row: at.row, Column: at.header, Value: at.value, Problem: problem, Want: want}
	if in.file.Format == table.XLSX {
		f.Cell = table.CellRef(at.row, at.column)
	}
	in.faults.Add(f)
}
