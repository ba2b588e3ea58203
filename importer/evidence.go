package importer

import (
	"cmp"
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
	groupsByPoint // 1.234,50: proves the comma too
	groupsByComma
	openPoint // 1.234: the point may group thousands
	openComma
	shownMark // either of them in a column that is only shown, where it does not matter
	provesDayFirst
	provesMonthFirst
	openDate
	shownDate // likewise
	openYear  // 05-02-20: the year may come first
	proofs    // how many there are
)

// columnProof is what a value shows of its column alone.
type columnProof uint8

const (
	accountingNumber columnProof = iota + 1
	loneDash                     // zero in accounting format
	earlyDay                     // a certain date up to the 12th of a month
	lateDay                      // one after it
	orderedDay                   // a text that is certain only because its day is after the 12th: 31/01/2020
	columnProofs
)

// cellProof is what a value shows. A date with a time of day has a clock, too.
type cellProof struct {
	file   proof
	column columnProof
	dated  bool // a date in a column that decides months
	clock  clock
	shape  dateShape // of a date whose day or month comes first
	order  dateOrder // that it proves
}

// evidence gathers what the values of a file prove: the first value of each
// kind. One that allows only one reading decides for all columns of its kind.
// Some things are proven for each column by itself.
type evidence struct {
	first   [proofs]occurrence
	columns map[*column]*columnEvidence
}

// columnEvidence gathers what the values of one column prove.
type columnEvidence struct {
	first  [columnProofs]occurrence
	clocks clocks
	shapes shapes
}

// seen reports whether one of the proofs was found.
func (ev *evidence) seen(list ...proof) bool { return ev.firstOf(list...) != nil }

// firstOf returns the first value of the first of the proofs that was found.
func (ev *evidence) firstOf(list ...proof) *occurrence {
	for _, p := range list {
		if ev.first[p].seen() {
			return &ev.first[p]
		}
	}
	return nil
}

// of returns the evidence of a column.
func (ev *evidence) of(c *column) *columnEvidence {
	ce := ev.columns[c]
	if ce == nil {
		if ev.columns == nil {
			ev.columns = map[*column]*columnEvidence{}
		}
		ce = &columnEvidence{}
		ev.columns[c] = ce
	}
	return ce
}

// see examines one row. A CSV row of another width than the header is ignored:
// its values are in wrong columns, and it is refused.
func (ev *evidence) see(t *tab, row *table.Row, format table.Format) {
	if row.Number <= t.layout.row || format == table.CSV && len(row.Cells) != t.layout.width {
		return
	}
	for i := range t.layout.columns {
		if c := &t.layout.columns[i]; c.index < len(row.Cells) {
			ev.note(proofOf(c, &row.Cells[c.index], t.sheet.Date1904), t, row, c)
		}
	}
}

// note keeps the first value for each proof.
func (ev *evidence) note(p cellProof, t *tab, row *table.Row, c *column) {
	if p.file != provesNothing {
		ev.first[p.file].note(t, row, c)
	}
	if p.column == 0 && !p.dated && p.shape == (dateShape{}) {
		return
	}
	ce := ev.of(c)
	if p.shape != (dateShape{}) {
		ce.shapes.see(p, t, row, c)
	}
	if p.column != 0 {
		ce.first[p.column].note(t, row, c)
	}
	if p.dated {
		ce.clocks.see(p.clock, t, row, c)
	}
}

func (s *occurrence) note(t *tab, row *table.Row, c *column) {
	if !s.seen() {
		*s = occurrence{t.sheet.Name, row.Number, c.index, c.header, strings.Clone(row.Cells[c.index].Text)}
	}
}

// add adds the evidence of rows further below.
func (ev *evidence) add(below *evidence) {
	for p := range ev.first {
		ev.first[p] = cmp.Or(ev.first[p], below.first[p])
	}
	for c, from := range below.columns {
		ce := ev.of(c)
		for p := range ce.first {
			ce.first[p] = cmp.Or(ce.first[p], from.first[p])
		}
		ce.clocks.add(&from.clocks)
		ce.shapes.add(&from.shapes)
	}
}

// misread reports whether values were read in a dialect which is not the one
// that was settled, and that made a difference.
func (ev *evidence) misread(assumed, settled dialect) bool {
	marks := ev.seen(provesPoint, provesComma, groupsByPoint, groupsByComma, openPoint, openComma, shownMark)
	if marks && (assumed.mark != settled.mark || assumed.grouping != settled.grouping) ||
		ev.seen(openDate, shownDate) && assumed.order != settled.order {
		return true
	}
	for c, ce := range ev.columns {
		if ce.first[loneDash].seen() && assumed.accounting[c] != settled.accounting[c] {
			return true
		}
	}
	return false
}

// isNumberOrDate reports whether the cells of the column are numbers or dates.
func (c *column) isNumberOrDate() bool {
	return c.kind == numberValue || c.kind == dayValue || c.kind == stampValue
}

// proofOf returns what a cell proves. Only texts have a dialect; of the numbers
// and days of a workbook it matters beside which texts they are.
func proofOf(c *column, cell *table.Cell, date1904 bool) cellProof {
	switch {
	case c.kind == numberValue && cell.Kind == table.Text:
		return proofOfNumber(textOf(cell), c.shown)
	case c.kind == dayValue || c.kind == stampValue || c.kind == monthValue:
		return proofOfDate(c, cell, date1904)
	}
	return cellProof{}
}

func proofOfNumber(text string, shown bool) cellProof {
	n, err := splitNumber(text)
	switch {
	case err != nil && !shown && isLoneDash(text):
		return cellProof{column: loneDash}
	case err != nil:
		return cellProof{}
	}
	p := cellProof{file: n.reading().proof(shown)}
	if n.style && !shown {
		p.column = accountingNumber
	}
	return p
}

// proof returns what a reading proves. A shown column that leaves it open does
// not matter.
func (r reading) proof(shown bool) proof {
	switch r {
	case onlyPoint:
		return provesPoint
	case onlyComma:
		return provesComma
	case pointGroups:
		return groupsByPoint
	case commaGroups:
		return groupsByComma
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

func proofOfDate(c *column, cell *table.Cell, date1904 bool) cellProof {
	var w written
	var err error
	switch cell.Kind {
	case table.Number:
		w, err = serialText(cell.Text, date1904)
	case table.Text, table.ISODate:
		w, err = splitDate(textOf(cell))
	default:
		return cellProof{}
	}
	if err != nil {
		return cellProof{}
	}
	p := cellProof{file: w.proof(c.shown)}
	if c.shown {
		return p
	}
	if w.first != w.second {
		p.shape, p.order = shapeOf(textOf(cell)), w.order()
	}
	switch {
	case w.monthOnly:
	case w.first == 0 && w.day <= 12:
		p.column = earlyDay
	case w.first == 0:
		p.column = lateDay
	case w.order() != 0:
		p.column = orderedDay
	}
	if p.dated = c.kind == dayValue; p.dated && w.clocked {
		p.clock = clock{w.clock, w.endsMonth()}
	}
	return p
}

// proof returns what a date's text proves.
func (w written) proof(shown bool) proof {
	switch {
	case w.openYear:
		return openYear
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
