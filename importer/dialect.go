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
	mark  byte      // decimal mark of numbers in text; 0: nothing that counts depends on it
	order dateOrder // 0: likewise
}

// settleDialect decides by the evidence of all sheets. Where evidence fails,
// its fault is added and the dialect stays open: the values that depend on it
// are then not judged again one by one, so that every other fault of the file
// is reported beside it.
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
	case ev[provesPoint].seen() && ev[provesComma].seen():
		in.dialectFault(&ev[provesComma], fmt.Sprintf("decimal marks contradict each other: this value has a comma, %q in %s, column %s, a point",
			ev[provesPoint].value, ev[provesPoint].rowSeenFrom(ev[provesComma].sheet), ev[provesPoint].header), "export the file again, and do not mix files of different regions")
	case ev[provesPoint].seen():
		return '.'
	case ev[provesComma].seen():
		return ','
	case !ev[openPoint].seen() && !ev[openComma].seen():
		return in.DecimalMark
	case in.DecimalMark != 0:
		in.note("", 0, calc.Info, calc.Dialect, fmt.Sprintf("no number proves the decimal mark; decimal_mark = %q of cspcoop.toml was used", string(in.DecimalMark)))
		return in.DecimalMark
	case commaDelimited && !ev[openComma].seen():
		return '.'
	default:
		at := &ev[openComma]
		if !at.seen() {
			at = &ev[openPoint]
		}
		in.dialectFault(at, "no number of the file shows whether this is a decimal mark or groups thousands",
			`export the file again with two decimals, or set decimal_mark = "." or "," in cspcoop.toml`)
	}
	return 0
}

// settleOrder decides what comes first in 03/04/2020.
func (in *importing) settleOrder(ev *evidence) dateOrder {
	switch {
	case ev[provesDayFirst].seen() && ev[provesMonthFirst].seen():
		in.dialectFault(&ev[provesDayFirst], fmt.Sprintf("dates contradict each other: this one has the day first, %q in %s, column %s, the month first",
			ev[provesMonthFirst].value, ev[provesMonthFirst].rowSeenFrom(ev[provesDayFirst].sheet), ev[provesMonthFirst].header),
			"the file was opened in a spreadsheet of another region and saved; download it again and drop it unopened")
	case ev[provesDayFirst].seen():
		return dayFirst
	case ev[provesMonthFirst].seen():
		return monthFirst
	case in.DayFirst != nil:
		if ev[openDate].seen() {
			in.note("", 0, calc.Info, calc.Dialect, "no date proves whether the day or the month comes first; date_order of cspcoop.toml was used")
		}
		return in.configuredOrder()
	case ev[openDate].seen():
		in.dialectFault(&ev[openDate], "no date of the file shows whether the day or the month comes first",
			`export the file again with dates like 2020-03-31, or set date_order = "day-first" or "month-first" in cspcoop.toml`)
	}
	return 0
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
	d := dialect{mark: in.DecimalMark, order: in.configuredOrder()}
	switch {
	case ev[provesComma].seen():
		d.mark = ','
	case ev[provesPoint].seen() || d.mark == 0:
		d.mark = '.'
	}
	switch {
	case ev[provesDayFirst].seen():
		d.order = dayFirst
	case ev[provesMonthFirst].seen():
		d.order = monthFirst
	}
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
