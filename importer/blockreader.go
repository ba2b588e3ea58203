package importer

import (
	"cmp"
	"errors"
	"reflect"
	"slices"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// blockReader reads blocks of an earnings report without gocsv, whose
// reflection takes longer than all the rest. It reads rows as exports have
// them, and gives up a block with anything else: totals, faults, a header that
// is repeated. rowReader then reads it, so that everything of this kind is
// judged and reported in one place.
type blockReader struct {
	rowReader // of the block
	date      *column
	mark      byte // of plain numbers
	slots     []slot
	row       earningRow
	calendar  *calendar
	texts     textArena
	terms     termCells
	uncached  cachedCell // a cell that is not remembered

	accounts   combinations[[4]*cachedCell, calc.Account]
	incentives combinations[[2]*cachedCell, calc.Incentive]
	roles      combinations[[3]*cachedCell, calc.Role]
	standings  combinations[[2]*cachedCell, calc.Standing]
}

// target is the field of blockReader.row for the values of a column: one of the
// pointers is set, or none for a column that only proves something.
type target struct {
	text  *string
	money *money
	day   *day
	stamp *stamp
}

// slot is a used column.
type slot struct {
	*column
	target
	at     int  // among the columns of the layout
	term   int  // position in termCells, or -1
	summed bool // total rows are compared with its sum
	cache  cellCache
	late   bool // of the block: a certain date after the 12th was seen
}

// termCells are the cells that a row's terms come from, as they were read, group by
// group; nil for a blank one.
type termCells [11]*cachedCell

// termColumns are the columns of termCells.
var termColumns = [len(termCells{})]string{
	"participantId", "participantName", "partnerCountryCode", "programName",
	"engagementName", "lever",
	"earningType", "reasonCode", "transactionCurrency",
	"paymentStatus", "estimatedPaymentMonth",
}

// combinations remembers what cells of a group of terms were read as together.
type combinations[K comparable, V any] struct {
	last  K
	value *V // of last
	known map[K]*V
}

// maxCombinations bounds what is remembered of a group.
const maxCombinations = 1 << 16

// of returns the value of cells, made where it is not known. Cells that are not
// remembered make it each time.
func (c *combinations[K, V]) of(cells K, oneTime bool, make func() *V) *V {
	if oneTime {
		return make()
	}
	if c.value != nil && cells == c.last {
		return c.value
	}
	value := c.known[cells]
	if value == nil {
		value = make()
		if c.known == nil || len(c.known) == maxCombinations {
			c.known = map[K]*V{}
		}
		c.known[cells] = value
	}
	c.last, c.value = cells, value
	return value
}

// errUnusual ends a block that rowReader has to read.
var errUnusual = errors.New("the block has rows that are read one by one")

func newBlockReader(r *rowReader) *blockReader {
	q := &blockReader{date: r.layout.column("earningDate"), mark: cmp.Or(r.dialect.mark, '.'), calendar: theCalendar()}
	q.rowReader = *newRowReader(r.withNewResult(), int(r.index), r.dialect)
	targets := targetsIn(&q.row)
	for i := range q.layout.columns {
		c := &q.layout.columns[i]
		s := slot{
			column: c, at: i, term: slices.Index(termColumns[:], c.name), summed: c.isSummed(),
			cache: cellCache{off: c.name == "earningId"}, // no two are equal
		}
		if q.KeepDetail || !c.shown || s.term >= 0 {
			s.target = targets[c.name]
		}
		if proves := c.kind == numberValue || c.kind == dayValue || c.kind == stampValue; proves || s.target != (target{}) {
			q.slots = append(q.slots, s)
		}
	}
	return q
}

// targetsIn finds the fields of a row by the column names that gocsv goes by.
func targetsIn(row *earningRow) map[string]target {
	targets := map[string]target{}
	fields := reflect.ValueOf(row).Elem()
	for i := range fields.NumField() {
		var t target
		switch field := fields.Field(i).Addr().Interface().(type) {
		case *string:
			t.text = field
		case *money:
			t.money = field
		case *day:
			t.day = field
		case *stamp:
			t.stamp = field
		}
		targets[fields.Type().Field(i).Tag.Get("csv")] = t
	}
	return targets
}

// read reads a block, or gives it up.
func (q *blockReader) read(b *table.Block) bool {
	q.source.Earnings = q.source.Earnings[:0]
	q.evidence, q.sums, q.faults = evidence{}, newSheetSums(q.layout), table.Faults{}
	for i := range q.slots {
		q.slots[i].late = false
	}
	return b.Rows(q.take) == nil
}

// take reads a row below the header.
func (q *blockReader) take(row table.Row) error {
	if row.Number <= q.layout.row {
		return nil
	}
	if row.Unterminated || len(row.Faults) > 0 || !q.fits(&row) {
		return errUnusual
	}
	if q.date.index >= len(row.Cells) || row.Cells[q.date.index].Text == "" {
		if blank(row.Cells) {
			return nil
		}
		return errUnusual // a total, perhaps: every earning has its date
	}
	q.row, q.terms = earningRow{}, termCells{}
	for i := range q.slots {
		if !q.fill(&q.slots[i], &row) {
			return errUnusual
		}
	}
	earning, ok := q.earningOf(&q.row, row.Number)
	if !ok {
		return errUnusual
	}
	earning.Terms = q.termsOf()
	q.source.Earnings = append(q.source.Earnings, earning)
	return nil
}

// fits compares a row's fields with the header's.
func (q *blockReader) fits(row *table.Row) bool {
	if q.file.Format == table.CSV && len(row.Cells) != q.layout.width {
		return false
	}
	for i := len(q.layout.headers); i < len(row.Cells); i++ {
		if trimBlanks(row.Cells[i].Text) != "" {
			return false
		}
	}
	return true
}

// fill reads a cell into the row's field; false for a fault.
func (q *blockReader) fill(s *slot, row *table.Row) bool {
	if s.index >= len(row.Cells) {
		return q.fillBlank(s)
	}
	cell := &row.Cells[s.index]
	f := formOf(cell)
	switch {
	case cell.Kind == table.Blank && (s.shown || !cell.Merged && !cell.NoCache):
		return q.fillBlank(s)
	case f == asText && s.kind == numberValue:
		if n, ok := readPlainNumber(cell.Text, q.mark); ok && (q.mark == '.' || s.text == nil) {
			q.note(s, row, cellProof{file: n.proof(s.shown)})
			q.setNumber(s, cell.Text, n)
			return true
		}
	case f == asNumber && s.kind == numberValue && s.text == nil:
		if n, ok := readPlainNumber(cell.Text, '.'); ok && n.whole+n.fraction <= significantDigits {
			q.setNumber(s, "", n.withoutZeros())
			return true
		}
	case f == asText && s.stamp != nil:
		if v, ok := q.calendar.readStamp(cell.Text); ok {
			q.noteDay(s, row, cell.Text)
			s.stamp.Stamp = v
			return true
		}
	case f == asText && s.day != nil:
		if v, ok := q.calendar.readDay(cell.Text); ok {
			q.noteDay(s, row, cell.Text)
			s.day.Date = v
			return true
		}
	}
	k := q.look(s, cell, f)
	if k.faulty {
		return false
	}
	q.note(s, row, k.proof)
	if k.text == "" {
		return q.fillBlank(s)
	}
	q.set(s, k)
	return true
}

// fillBlank leaves a field blank, or fills it with what the configuration has
// for it.
func (q *blockReader) fillBlank(s *slot) bool {
	if s.need != filled {
		return true
	}
	text, wrong := q.standIn(s.column)
	if wrong != nil {
		return false
	}
	*s.text = text
	if text != "" && s.kind == currencyValue {
		q.sums.currencies[text] = true
	}
	return true
}

func (q *blockReader) note(s *slot, row *table.Row, p cellProof) {
	if p != (cellProof{}) {
		q.evidence.note(p, q.tab, row, s.column)
	}
}

// noteDay notes a plain date without time of day, or a plain stamp. Those after
// the first one beyond the 12th prove nothing more.
func (q *blockReader) noteDay(s *slot, row *table.Row, text string) {
	if s.late {
		return
	}
	p := cellProof{column: earlyDay, dated: s.kind == dayValue}
	if s.late = text[8:10] > "12"; s.late {
		p.column = lateDay
	}
	q.note(s, row, p)
}

// setNumber takes a plain number.
func (q *blockReader) setNumber(s *slot, text string, n plainNumber) {
	switch {
	case s.money != nil:
		*s.money = money{n.amount(), true}
		if s.summed {
			q.sums.columns[s.at].Add(s.money.Amount)
		}
	case s.text != nil:
		*s.text = q.texts.add(text)
	}
}

// set takes what a cell was read as.
func (q *blockReader) set(s *slot, k *cachedCell) {
	switch {
	case s.text != nil:
		*s.text = k.text
		if s.term >= 0 {
			q.terms[s.term] = k
		}
		if s.kind == currencyValue {
			q.sums.currencies[k.text] = true
		}
	case s.money != nil:
		*s.money = k.money
		if s.summed {
			q.sums.columns[s.at].Add(k.money.Amount)
		}
	case s.day != nil:
		s.day.Date = k.stamp.Day
	case s.stamp != nil:
		s.stamp.Stamp = k.stamp
	}
}

// look returns what a cell is read as, from memory where its text was read before.
func (q *blockReader) look(s *slot, cell *table.Cell, f cellForm) *cachedCell {
	if f != noForm && !s.cache.off {
		if k := s.cache.find(f, cell.Text); k != nil {
			return k
		}
	}
	k := q.readCell(s, cell)
	if f == noForm || s.cache.off {
		if s.text != nil {
			k.text = q.texts.add(k.text)
		}
		k.oneTime = true
		q.uncached = k
		return &q.uncached
	}
	k.raw, k.form = q.texts.add(cell.Text), f
	if k.text == k.raw {
		k.text = k.raw
	} else {
		k.text = q.texts.add(k.text)
	}
	return s.cache.add(k)
}

// readCell reads a cell by the rules that hold for every report. The text is cut
// out of the block.
func (q *blockReader) readCell(s *slot, cell *table.Cell) (k cachedCell) {
	k.proof = proofOf(s.column, cell, q.sheet.Date1904)
	text, wrong := q.dialect.canonical(s.column, cell, q.sheet.Date1904)
	k.text = text
	var err error
	switch {
	case wrong != nil || k.text == "":
	case s.money != nil:
		k.money.given = true
		k.money.Amount, err = parseAmount(k.text)
	case s.day != nil || s.stamp != nil:
		k.stamp, err = stampOf(k.text)
	}
	k.faulty = wrong != nil || err != nil || signOf(s.column, cell) != ""
	return k
}

// termsOf returns the row's terms, from memory where its cells were read before.
func (q *blockReader) termsOf() calc.Terms {
	oneTime := func(cells []*cachedCell) bool {
		return slices.ContainsFunc(cells, func(c *cachedCell) bool { return c != nil && c.oneTime })
	}
	t := &q.terms
	return calc.Terms{
		Account:   q.accounts.of([4]*cachedCell(t[0:4]), oneTime(t[0:4]), func() *calc.Account { return q.interner.account(&q.row) }),
		Incentive: q.incentives.of([2]*cachedCell(t[4:6]), oneTime(t[4:6]), func() *calc.Incentive { return q.interner.incentive(&q.row) }),
		Role:      q.roles.of([3]*cachedCell(t[6:9]), oneTime(t[6:9]), func() *calc.Role { return q.interner.role(&q.row) }),
		Standing:  q.standings.of([2]*cachedCell(t[9:11]), oneTime(t[9:11]), func() *calc.Standing { return q.interner.standing(&q.row) }),
	}
}
