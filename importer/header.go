package importer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// headerSearch is how many records are searched for a header, and hintRows how
// many below it for the values of a missing column.
const headerSearch, hintRows = 64, 30

var errFound = errors.New("the header is found")

// likeness returns how well a record looks like a header that is known, 0 being
// not at all.
func likeness(fields []string, vocabularies *vocabularies) int {
	_, other, known := identifyAny(fields, vocabularies)
	if other != "" {
		return 1
	}
	return known
}

// identifyAny returns the report that a record is the header of, or the name of
// one that is none of ours. A header with a date of earnings is never such.
func identifyAny(fields []string, vocabularies *vocabularies) (v *vocabulary, other string, known int) {
	cells := headerNames(fields)
	v, known = identify(cells, vocabularies)
	if _, dated := earningsColumns(cells); v == nil || !dated {
		other = identifyOther(cells)
	}
	if other != "" {
		return nil, other, 0
	}
	return v, "", known
}

// findHeader searches the first rows of a sheet for its header; without one, the
// layout is nil. The first row that fits is the header: to prefer a fuller one
// below would make titles of the rows between. A header's own faults are added,
// and those of the rows above it.
func (in *importing) findHeader(ctx context.Context, s *table.Sheet) (*layout, sheetOfOther, error) {
	var found *layout
	var missing []missingColumn
	var above []table.Fault
	var below [][]table.Cell
	other := sheetOfOther{sheet: s.Name}
	seen := 0
	err := s.Rows(ctx, func(row table.Row) error {
		if found != nil {
			if below = append(below, slices.Clone(row.Cells)); len(below) == hintRows {
				return errFound
			}
			return nil
		}
		if seen++; seen > headerSearch {
			return errFound
		}
		if len(row.Cells) > in.mostColumns() { // no header, and refused
			for _, f := range row.Faults {
				in.faults.Add(f)
			}
			return nil
		}
		above = append(above, row.Faults...)
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			if c.Kind == table.Text {
				cells[i] = c.Text
			}
		}
		v, name, _ := identifyAny(cells, in.vocabularies)
		if name != "" && other.report == "" {
			other.report, other.row = name, row.Number
		}
		if v == nil {
			return nil
		}
		for i, c := range row.Cells {
			if c.Kind == table.Invalid {
				above = append(above, s.Fault(row.Number, i, c))
			}
		}
		var faults []table.Fault
		found, faults = newLayout(v, row, s)
		for _, f := range append(above, faults...) {
			in.faults.Add(f)
		}
		missing = v.report.required(found, in.Options)
		found.faulty = len(faults)+len(missing) > 0
		if len(missing) == 0 {
			return errFound
		}
		return nil
	})
	switch {
	case errors.Is(err, errFound):
		err = nil
	case found != nil:
		err = withoutFaults(err) // they are found again with the rows
	}
	for _, m := range missing {
		in.faults.Add(table.Fault{Sheet: s.Name, Row: found.row, Column: m.name,
			Problem: "the required column is missing", Want: m.want + found.hint(m.name, below)})
	}
	return found, other, err
}

// mostColumns is how many columns a header may have.
func (in *importing) mostColumns() int {
	return cmp.Or(in.Table.Limits.MaxColumns, table.DefaultLimits().MaxColumns)
}

// hint names the first column that nothing knows and whose values are such as a
// missing column has: it may be that one under a name of the user's own.
func (l *layout) hint(missing string, below [][]table.Cell) string {
	f := l.report.names[foldHeader(missing)].field
	for k, header := range l.headers {
		if !slices.Contains(l.unknown, header) {
			continue
		}
		values, fitting := 0, 0
		telling := false
		for _, cells := range below {
			if k >= len(cells) || textOf(&cells[k]) == "" {
				continue
			}
			values++
			fits, sure := f.suits(&cells[k])
			telling = telling || sure
			if fits {
				fitting++
			}
		}
		if values > 0 && telling && fitting*10 >= values*9 { // a total may be below
			return fmt.Sprintf("; if it is the column %q, say so in cspcoop.toml under [columns]: %s = [%q]", table.Excerpt(header), missing, table.Excerpt(header))
		}
	}
	return ""
}

// suits reports whether a cell could be one of the column, and whether that says
// anything: a whole number can be an amount, and many other things.
func (f *field) suits(cell *table.Cell) (fits, telling bool) {
	text := textOf(cell)
	_, notDate := splitDate(text)
	dated := cell.AsDate || cell.Kind == table.ISODate || cell.Kind == table.Text && notDate == nil
	n, notNumber := splitNumber(text)
	switch f.kind {
	case dayValue, stampValue, monthValue:
		fits = dated
	case numberValue:
		fits = !dated && notNumber == nil
		return fits, fits && (n.mark != 0 || n.style)
	case currencyValue:
		_, fits = Currency(text)
	case periodValue:
		_, problem := parseUsagePeriod(text)
		fits = problem == ""
	case statusValue:
		_, fits = calc.ParseClaimStatus(text)
	case figureValue:
		_, fits = calc.ParseControlFigure(text)
	case idValue:
		const shortest = 4
		if strings.EqualFold(f.name, "participantId") { // partner ids are numbers
			return !dated && len(text) >= shortest && calc.IsDigits(text), true
		}
		fits = !dated && len(text) >= shortest && !strings.ContainsAny(text, " \t") && strings.ContainsAny(text, "0123456789") &&
			(notNumber != nil || n.mark == 0 && !n.negative && !n.style)
	default:
		words := strings.ToLower(text)
		fits = calc.KeyOfProgram(text).Known() != "" || strings.Contains(words, "csp ") || strings.Contains(words, "incentive")
	}
	return fits, fits
}
