package importer

import (
	"strings"

	"cspcoop/importer/table"
)

// occurrence is the first value that proves something, with its place.
type occurrence struct {
	sheet  string
	row    int
	column int
	header string
	value  string
}

func (s *occurrence) seen() bool { return s.row > 0 }

// rowSeenFrom names the row for a reader who looks at a sheet.
func (s *occurrence) rowSeenFrom(sheet string) string { return rowOf(s.sheet, s.row, sheet) }

// proof is what a value shows of its file's dialect.
type proof uint8

const (
	provesNothing proof = iota
	provesPoint
	provesComma
	openPoint // 1.234: the point may group thousands
	openComma
	shownMark // either of them in a column that is only shown, where it does not matter
	provesDayFirst
	provesMonthFirst
	openDate
	shownDate // likewise
	proofs    // how many there are
)

// evidence gathers what the values of a file prove: the first value of each
// kind. One that allows only one reading decides for all columns of its kind
// (rules.md §6, Files).
type evidence [proofs]occurrence

// see looks at one row. A CSV row of another width than the header is passed
// over: its values are in wrong columns, and it is refused.
func (ev *evidence) see(t *tab, row *table.Row, format table.Format) {
	if row.Number <= t.layout.row || format == table.CSV && len(row.Cells) != t.layout.width {
		return
	}
	for i := range t.layout.columns {
		if c := &t.layout.columns[i]; c.index < len(row.Cells) {
			cell := &row.Cells[c.index]
			ev.note(proofOf(c, cell), t, row, c)
		}
	}
}

// proofOf returns what a cell proves. Only texts do: the numbers and days of a
// workbook have no dialect.
func proofOf(c *column, cell *table.Cell) proof {
	if cell.Kind != table.Text {
		return provesNothing
	}
	switch c.kind {
	case numberValue:
		return proofOfNumber(cell.Text, c.shown)
	case dayValue, stampValue:
		return proofOfDate(cell.Text, c.shown)
	case textValue, idValue, currencyValue, yesNoValue, periodValue, statusValue:
	}
	return provesNothing
}

// note keeps the first value for a proof.
func (ev *evidence) note(p proof, t *tab, row *table.Row, c *column) {
	if p != provesNothing && !ev[p].seen() {
		ev[p] = occurrence{t.sheet.Name, row.Number, c.index, c.header, strings.Clone(row.Cells[c.index].Text)}
	}
}

// add adds the evidence of rows further below.
func (ev *evidence) add(below *evidence) {
	for p := range ev {
		if !ev[p].seen() {
			ev[p] = below[p]
		}
	}
}

// misread reports whether values were read in a dialect which is not the one that
// was settled, and that it made a difference.
func (ev *evidence) misread(assumed, settled dialect) bool {
	marks := ev.any(provesPoint, provesComma, openPoint, openComma, shownMark)
	return marks && assumed.mark != settled.mark || ev.any(openDate, shownDate) && assumed.order != settled.order
}

func (ev *evidence) any(list ...proof) bool {
	for _, p := range list {
		if ev[p].seen() {
			return true
		}
	}
	return false
}

func proofOfNumber(text string, shown bool) proof {
	n, err := splitNumber(text)
	if err != nil {
		return provesNothing
	}
	return n.reading().proof(shown)
}

// proof returns what a reading proves. A shown column that leaves it open does
// not matter.
func (r reading) proof(shown bool) proof {
	switch r {
	case onlyPoint:
		return provesPoint
	case onlyComma:
		return provesComma
	case eitherMark:
		return provesNothing
	case pointOrGroup, commaOrGroup:
	}
	switch {
	case shown:
		return shownMark
	case r == pointOrGroup:
		return openPoint
	}
	return openComma
}

func proofOfDate(text string, shown bool) proof {
	w, err := splitDate(text)
	switch {
	case err != nil:
		return provesNothing
	case w.order() == dayFirst:
		return provesDayFirst
	case w.order() == monthFirst:
		return provesMonthFirst
	case !w.ambiguous():
		return provesNothing
	case shown:
		return shownDate
	}
	return openDate
}
