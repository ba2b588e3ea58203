package importer

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// column is a known column of one sheet.
type column struct {
	*field
	index  int    // position in the row
	header string // as written
	folded string
	headerMoney
}

// layout is a recognised header: which report it begins, and where its columns
// are.
type layout struct {
	report  *report
	kind    calc.FileKind
	row     int      // row of the header
	headers []string // as written, blanks at the end cut
	width   int      // fields of the header's record, blanks included
	columns []column // used ones, in the order of report.columns
	unknown []string // headers that nothing knows
	unused  []string // further columns of a field
	faulty  bool     // the header has faults: its rows are read to find theirs, and never taken
}

// column finds a used column by its documented name.
func (l *layout) column(name string) *column {
	return l.find(func(c *column) bool { return c.name == name })
}

// columnAt finds a used column by its position.
func (l *layout) columnAt(index int) *column {
	return l.find(func(c *column) bool { return c.index == index })
}

// find returns the first used column that is one of those, or nil.
func (l *layout) find(is func(*column) bool) *column {
	for i := range l.columns {
		if is(&l.columns[i]) {
			return &l.columns[i]
		}
	}
	return nil
}

// newLayout places the columns of a recognised header. Its faults are those of
// used columns that are there twice.
func newLayout(v *vocabulary, row table.Row, s *table.Sheet) (*layout, []table.Fault) {
	l := &layout{report: v.report, row: row.Number, width: len(row.Cells)}
	for _, c := range row.Cells {
		l.headers = append(l.headers, trimBlanks(c.Text))
	}
	for n := len(l.headers); n > 0 && l.headers[n-1] == ""; n-- {
		l.headers = l.headers[:n-1]
	}
	named := l.named(v)
	var faults []table.Fault
	for i := range l.report.columns {
		best, duplicates := place(named, &l.report.columns[i])
		if best == nil {
			continue
		}
		l.columns = append(l.columns, *best)
		for _, k := range duplicates {
			f := table.Fault{Sheet: s.Name, Row: l.row, Column: l.headers[k], Want: "keep one of them",
				Problem: fmt.Sprintf("the column is there twice, as columns %s and %s", columnLetters(best.index), columnLetters(k))}
			if s.Name != "" {
				f.Cell = table.CellRef(l.row, k)
			}
			faults = append(faults, f)
		}
	}
	l.sortOut(named)
	l.kind = l.report.form(l)
	return l, faults
}

// candidate is a column whose header names a field.
type candidate struct {
	column
	rank int
}

// named returns the columns whose headers name a field.
func (l *layout) named(v *vocabulary) []candidate {
	var list []candidate
	for k, h := range l.headers {
		if f, money, ok := v.fitOf(headerName(h)); ok {
			list = append(list, candidate{column{f.field, k, h, foldHeader(h), money}, f.rank})
		}
	}
	return list
}

// place finds the column of a field: the header that fits best, and others that
// fit as well, which are the same column again.
func place(named []candidate, f *field) (best *column, duplicates []int) {
	rank := 0
	for i := range named {
		c := &named[i]
		switch {
		case c.field != f:
		case best == nil || c.rank < rank:
			best, rank, duplicates = &c.column, c.rank, nil
		case c.rank == rank:
			duplicates = append(duplicates, c.index)
		}
	}
	return best, duplicates
}

// sortOut sorts the headers of no used column: second names of a used
// field, and ones that nothing knows.
func (l *layout) sortOut(named []candidate) {
	for k, h := range l.headers {
		switch {
		case h == "" || l.columnAt(k) != nil || isIgnored(headerName(h)):
		case slices.ContainsFunc(named, func(c candidate) bool { return c.index == k && c.shown }):
			// of a column that no figure needs, one is shown
		case slices.ContainsFunc(named, func(c candidate) bool { return c.index == k }):
			l.unused = append(l.unused, h)
		default:
			l.unknown = append(l.unknown, h)
		}
	}
}

// standIns returns the configuration's entries that fill columns which the
// header lacks, as "default_program".
func (l *layout) standIns(o *Options) []string {
	if l.report.standIn == nil {
		return nil
	}
	var entries []string
	for i := range l.report.columns {
		name := l.report.columns[i].name
		if _, entry := l.report.standIn(l, o, name); entry != "" && l.column(name) == nil {
			entries = append(entries, entry)
		}
	}
	return entries
}

// columnLetters names a column as a spreadsheet does: C.
func columnLetters(index int) string {
	return strings.TrimRight(table.CellRef(1, index), "0123456789")
}
