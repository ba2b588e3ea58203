package importer

import (
	"cspcoop/calc"
	"cspcoop/importer/table"
)

// kept is what a cell was read as.
type kept struct {
	raw   string // the cell's text, not cut out of a block
	form  form
	text  string // canonical
	money money
	stamp calc.Stamp
	proof proof
	wrong bool // the cell has a fault
	once  bool // it is not remembered: another cell of this text gets another kept
}

// memo remembers what the texts of a column were read as: most columns have few.
// One whose texts hardly ever repeat is not remembered any further.
type memo struct {
	last   *kept
	forms  [forms]map[string]*kept
	hits   int // but for the text of the row above
	misses int
	off    bool
}

// form tells cells apart that have equal texts and other meanings.
type form uint8

const (
	asText form = iota
	asNumber
	asSerial // a number that its style shows as a date
	forms    // how many there are
	noForm   // what is rare, and never remembered
)

func formOf(cell *table.Cell) form {
	switch {
	case cell.Merged || cell.NoCache:
		return noForm
	case cell.Kind == table.Text && !cell.AsDate:
		return asText
	case cell.Kind == table.Number && cell.AsDate:
		return asSerial
	case cell.Kind == table.Number:
		return asNumber
	}
	return noForm
}

// maxKept is how many texts of a column are remembered, and how many are looked
// at to see whether that pays.
const maxKept = 8192

// find gives what a cell was read as before, or nil.
func (m *memo) find(f form, text string) *kept {
	if m.last != nil && m.last.form == f && m.last.raw == text {
		return m.last
	}
	k := m.forms[f][text]
	if k == nil {
		m.misses++
		return nil
	}
	m.hits++
	m.last = k
	return k
}

// keep remembers what a cell was read as.
func (m *memo) keep(read kept) *kept {
	if m.misses > maxKept {
		*m = memo{off: m.hits < m.misses}
	}
	if m.forms[read.form] == nil {
		m.forms[read.form] = map[string]*kept{}
	}
	m.forms[read.form][read.raw] = &read
	m.last = &read
	return m.last
}
