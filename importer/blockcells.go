package importer

import (
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// target is the field of blockReader.row for the values of a column, or of
// blockReader.packed for a text: one of the pointers is set, or none for a column
// that only proves something.
type target struct {
	text   *string // beside word, for a text that is looked at
	word   *uint32 // code of a text in the batch
	money  *money
	day    *day
	stamp  *stamp
	number *uint32 // of an id, or of a text that is only shown
	passes bool    // the text of the number is one of blockReader.passing
}

// clear makes the field blank.
func (t *target) clear() {
	if t.text != nil {
		*t.text = ""
	}
	switch {
	case t.word != nil:
		*t.word = 0
	case t.money != nil:
		*t.money = money{}
	case t.day != nil:
		*t.day = day{}
	case t.stamp != nil:
		*t.stamp = stamp{}
	case t.number != nil:
		*t.number = 0
	}
}

// slot is a used column.
type slot struct {
	*column
	target
	at        int             // among the columns of the layout
	words     calc.TextColumn // where word is set
	optional  bool            // a placeholder is no id
	usually   usualCell
	asWritten bool // nearly every text means itself
	cache     cellCache
	proven    *columnEvidence // by the column in the part; nil for nothing yet
}

// usualCell says in which way nearly every export writes the cells of a column, for
// which there is a shorter way of reading.
type usualCell uint8

const (
	usualText      usualCell = iota
	usualNumber              // 1234.50
	usualStamp               // 2020-03-31T14:03:05
	usualDay                 // 2020-03-31
	usualShownDay            // either of them
	usualID                  // of letters and digits
	usualShownText           // taken as it is
)

// usualIn returns how cells of the column are usually written.
func (s *slot) usualIn(mark byte) usualCell {
	switch {
	case s.kind == numberValue && (mark == '.' || s.number == nil):
		return usualNumber
	case s.stamp != nil:
		return usualStamp
	case s.day != nil:
		return usualDay
	case s.kind == dayValue && s.shown && s.number == nil:
		return usualShownDay
	case s.kind == idValue && s.number != nil:
		return usualID
	case s.kind == textValue && s.shown && s.number != nil:
		return usualShownText
	}
	return usualText
}

// fillCell reads a cell into the row's field; false for a fault.
func (q *blockReader) fillCell(s *slot, row *table.Row) bool {
	if s.index >= len(row.Cells) {
		return q.fillBlank(s)
	}
	cell := &row.Cells[s.index]
	f := formOf(cell)
	switch {
	case f == asText:
		if q.fillUsual(s, cell.Text) {
			return true
		}
	case cell.Kind == table.Blank && (s.shown || !cell.Merged && !cell.NoCache):
		return q.fillBlank(s)
	case f == asNumber && s.kind == numberValue && s.number == nil:
		if n, ok := readPlainNumber(cell.Text, '.'); ok && n.whole+n.fraction <= significantDigits {
			q.setNumber(s, "", n.withoutZeros())
			return true
		}
	}
	k := q.look(s, cell, f)
	if k.faulty {
		return false
	}
	if k.value != nil {
		q.note(s, k.value.proof)
		if k.value.sign != "" {
			q.signs = append(q.signs, cellSign{s, k.value.sign})
		}
	}
	if k.text == "" {
		return q.fillBlank(s)
	}
	q.set(s, k)
	return true
}

// fillUsual reads a text that is written as usual, by the rules of canonical; false
// for any other.
func (q *blockReader) fillUsual(s *slot, text string) bool {
	switch s.usually {
	case usualText:
	case usualNumber:
		if n, ok := readPlainNumber(text, q.mark); ok {
			q.note(s, cellProof{file: n.proof(s.shown)})
			q.setNumber(s, text, n)
			return true
		}
	case usualStamp:
		if v, ok := q.calendar.readStamp(text); ok {
			q.noteDay(s, text)
			s.stamp.Stamp = v
			return true
		}
	case usualDay:
		if v, ok := q.calendar.readStamp(text); ok && v.Clock <= noon {
			q.noteDay(s, text)
			s.day.Date = v.Day
			return true
		}
	case usualShownDay:
		if _, ok := q.calendar.readStamp(text); ok {
			return true // year first, so that it proves nothing
		}
	case usualID:
		if s.cache.off && numberedID(text) {
			*s.number = q.numberOf(s, text)
			return true
		}
	case usualShownText:
		if s.cache.off {
			*s.number = q.numberOf(s, trimBlanks(text))
			return true
		}
	}
	return false
}

// fillBlank leaves a field blank, or fills it with what the configuration has
// for it.
func (q *blockReader) fillBlank(s *slot) bool {
	s.clear()
	if s.need != filled {
		return true
	}
	text, entry, wrong := q.standIn(s.column)
	if wrong != nil {
		return false
	}
	*s.text = text // its code is that of no cell
	if text != "" {
		q.defaults = append(q.defaults, entry)
		if s.kind == currencyValue {
			q.sums.currencies[text] = true
		}
	}
	return true
}

// note notes what a cell proves, unless the part has proven it already.
func (q *blockReader) note(s *slot, p cellProof) {
	seen := p.file == provesNothing || q.evidence.first[p.file].seen()
	if (p.column != 0 || p.dated) && seen {
		seen = s.proven != nil && (p.column == 0 || s.proven.first[p.column].seen()) && (!p.dated || s.proven.clocks.other)
	}
	if !seen || p.shape != (dateShape{}) {
		q.noted = append(q.noted, noted{s, p})
	}
}

// noteDay notes a plain stamp, or a plain date without a time of day or up to noon.
func (q *blockReader) noteDay(s *slot, text string) {
	p := cellProof{column: earlyDay, dated: s.kind == dayValue}
	if text[8:10] > "12" {
		p.column = lateDay
	}
	q.note(s, p)
}

// setNumber takes a plain number.
func (q *blockReader) setNumber(s *slot, text string, n plainNumber) {
	switch {
	case s.money != nil:
		*s.money = money{n.amount(), true}
	case s.number != nil:
		*s.number = q.numberOf(s, text)
	}
}

// numberOf keeps a text of a column and returns its number.
func (q *blockReader) numberOf(s *slot, text string) uint32 {
	if s.passes {
		return q.passing.Add(text)
	}
	return q.shown.Add(text)
}

// renewPassing lets the texts go that the table has passed on, when there are many.
// Those that repeat are looked at again.
func (q *blockReader) renewPassing() {
	const most = 16
	if !q.passesDetails() || q.passing != nil && q.batch.Shown.Chunks() < most {
		return
	}
	q.batch.Shown = &calc.Texts{}
	q.passing = q.batch.Shown.NewWriter()
	for i := range q.slots {
		if s := &q.slots[i]; s.passes {
			clear(s.cache.places)
		}
	}
}

// set takes what a cell was read as.
func (q *blockReader) set(s *slot, k *cachedCell) {
	switch {
	case s.number != nil:
		*s.number = k.number
	case s.word != nil:
		*s.word = k.number
		if s.text != nil {
			*s.text = k.text
		}
		if s.kind == currencyValue && k.part != q.part {
			k.part = q.part
			q.sums.currencies[k.text] = true
		}
	case s.money != nil:
		*s.money = k.value.money
	case s.day != nil:
		s.day.Date = k.value.stamp.Day
	case s.stamp != nil:
		s.stamp.Stamp = k.value.stamp
	}
}

// look returns what a cell is read as, from memory where its text was read before.
func (q *blockReader) look(s *slot, cell *table.Cell, f cellForm) *cachedCell {
	cached := f != noForm && !s.cache.off
	var hash uint64
	if cached {
		var known *cachedCell
		if known, hash = s.cache.find(f, cell.Text); known != nil {
			return known
		}
	}
	var k cachedCell
	if f == asText && s.asWritten && isUsualText(cell.Text) {
		k.text = cell.Text
	} else {
		k = q.readCell(s, cell)
	}
	if s.optional {
		k.text = orNone(k.text)
	}
	if s.number != nil {
		k.number = q.numberOf(s, k.text)
	}
	if !cached {
		if s.text != nil {
			k.text = q.copies.add(k.text)
		}
		if s.word != nil {
			k.number = q.batch.Passing(s.words, k.text)
		}
		q.uncached = k
		return &q.uncached
	}
	k.hash, k.raw, k.form = hash, q.copies.add(cell.Text), f
	switch {
	case k.text == k.raw:
		k.text = k.raw
	case s.number == nil:
		k.text = q.copies.add(k.text)
	default:
		k.text = "text" // not blank; only its number is asked for
	}
	if s.word != nil {
		k.number = q.batch.Word(s.words, k.text)
	}
	if k.value != nil {
		value := *k.value
		k.value = &value
	}
	return s.cache.add(k)
}

// readCell reads a cell by the rules that hold for every report. The text is cut
// out of the block, and the value is that of the next cell, too.
func (q *blockReader) readCell(s *slot, cell *table.Cell) (k cachedCell) {
	text, wrong := q.dialect.canonical(s.column, cell, q.sheet.Date1904)
	k.text = text
	var err error
	if s.isNumberOrDate() {
		q.value = cellValue{proof: proofOf(s.column, cell, q.sheet.Date1904), sign: strings.Clone(signOf(s.column, cell))}
		k.value = &q.value
	}
	switch {
	case wrong != nil || k.text == "":
	case s.money != nil:
		q.value.money.given = true
		q.value.money.Amount, err = parseAmount(k.text)
	case s.day != nil || s.stamp != nil:
		q.value.stamp, err = stampOf(k.text)
	}
	k.faulty = wrong != nil || err != nil
	return k
}
