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
// them, and leaves odd ones to rowReader: totals, faults, a header that is
// repeated. So everything of this kind is checked and reported in one place.
type blockReader struct {
	rowReader // of the block
	date      *column
	mark      byte // of plain numbers
	slots     []slot
	used      []bool  // columns of the sheet that are in slots
	signed    []*slot // amounts with a currency sign in their headers
	row       earningRow
	calendar  *calendar
	copies    textArena
	terms     termCells
	numbers   calc.DetailNumbers
	uncached  cachedCell  // a cell that is not remembered
	noted     []noted     // of the row
	coded     []coded     // likewise
	part      int         // number of the part at hand
	defaults  []string    // configured values that filled blank cells of the row
	parts     []blockPart // that are read

	accounts   combinations[[3]*cachedCell, calc.Account]
	namings    combinations[[1]*cachedCell, calc.Naming]
	incentives combinations[[2]*cachedCell, calc.Incentive]
	roles      combinations[[3]*cachedCell, calc.Role]
	standings  combinations[[3]*cachedCell, calc.Standing]
}

// blockPart is what the rows of a block gave down to an odd one.
type blockPart struct {
	earnings int // of the block, down to here
	evidence evidence
	sums     sheetSums
	odd      table.Row // that follows, to be read by rowReader; its number is 0 where the block ends
}

// maxOdd is how many odd rows are read one by one; a block with more is read so
// as a whole.
const maxOdd = 100

// noted is a proof that counts once its row is read.
type noted struct {
	*slot
	proof cellProof
	last  bool // what further plain dates of the column prove is proven with it
}

// coded is a currency that counts once its row is read.
type coded struct {
	*slot
	cell *cachedCell // that names it; nil for a configured one
	text string
}

// target is the field of blockReader.row for the values of a column: one of the
// pointers is set, or none for a column that only proves something.
type target struct {
	text   *string
	money  *money
	day    *day
	stamp  *stamp
	number *uint32 // of a text that is only shown
}

// clear makes the field blank.
func (t *target) clear() {
	switch {
	case t.text != nil:
		*t.text = ""
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
	at     int  // among the columns of the layout
	term   int  // position in termCells, or -1
	summed bool // total rows are compared with its sum
	cache  cellCache
	late   bool   // of the block: a certain date after the 12th was seen
	code   string // configured currency that was counted last in the part
}

// termCells are the cells that a row's terms come from, as they were read, group by
// group; nil for a blank one.
type termCells [12]*cachedCell

// termColumns are the columns of termCells.
var termColumns = [len(termCells{})]string{
	"participantId", "partnerCountryCode", "programName",
	"participantName",
	"engagementName", "lever",
	"earningType", "reasonCode", "transactionCurrency",
	"paymentStatus", "paymentStatusDescription", "estimatedPaymentMonth",
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
// remembered build it each time.
func (c *combinations[K, V]) of(cells K, oneTime bool, build func() *V) *V {
	if oneTime {
		return build()
	}
	if c.value != nil && cells == c.last {
		return c.value
	}
	value := c.known[cells]
	if value == nil {
		value = build()
		if c.known == nil || len(c.known) == maxCombinations {
			c.known = map[K]*V{}
		}
		c.known[cells] = value
	}
	c.last, c.value = cells, value
	return value
}

// errUnusual ends a block that rowReader has to read.
var errUnusual = errors.New("the block has many rows that are read one by one")

// detailColumns are the columns that are kept as details.
var detailColumns = map[string]calc.DetailColumn{
	"earningRate": calc.DetailEarningRate, "transactionId": calc.DetailTransactionID, "transactionDate": calc.DetailTransactionDate,
	"transactionAmount": calc.DetailTransactionAmount, "quantity": calc.DetailQuantity, "customerName": calc.DetailCustomer,
	"productName": calc.DetailProduct, "subscriptionId": calc.DetailSubscription, "invoiceNumber": calc.DetailInvoice,
	"distributorName": calc.DetailDistributor, "resellerName": calc.DetailReseller, "solutionArea": calc.DetailSolutionArea,
}

func newBlockReader(r *rowReader) *blockReader {
	q := &blockReader{date: r.layout.column("earningDate"), mark: cmp.Or(r.dialect.mark, '.'), calendar: theCalendar()}
	q.rowReader = *newRowReader(r.withNewResult(), int(r.index), r.dialect)
	q.used = make([]bool, len(q.layout.headers))
	targets := targetsIn(&q.row)
	q.slots = make([]slot, 0, len(q.layout.columns))
	for i := range q.layout.columns {
		c := &q.layout.columns[i]
		s := slot{
			column: c, at: i, term: slices.Index(termColumns[:], c.name), summed: c.isSummed(),
			cache: cellCache{off: c.name == "earningId"}, // no two are equal
		}
		if detail, shown := detailColumns[c.name]; shown && q.KeepDetail {
			s.number = &q.numbers[detail]
		} else if !c.shown || s.term >= 0 {
			s.target = targets[c.name]
		}
		if proves := c.kind == numberValue || c.kind == dayValue || c.kind == stampValue; proves || s.target != (target{}) {
			q.slots = append(q.slots, s)
			q.used[c.index] = true
		}
	}
	for i := range q.slots {
		if q.slots[i].sign != "" {
			q.signed = append(q.signed, &q.slots[i])
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
	clear(q.parts)
	q.source.Earnings, q.parts = q.source.Earnings[:0], q.parts[:0]
	q.begin()
	if b.Columns(q.used, q.take) != nil {
		return false
	}
	q.end(table.Row{})
	return true
}

// begin begins a part of the block.
func (q *blockReader) begin() {
	q.evidence, q.sums, q.faults = evidence{}, newSheetSums(q.layout), table.Faults{}
	for i := range q.slots {
		q.slots[i].late, q.slots[i].code = false, ""
	}
	q.part++
}

// end ends a part of the block.
func (q *blockReader) end(odd table.Row) {
	q.parts = append(q.parts, blockPart{len(q.source.Earnings), q.evidence, q.sums, odd})
}

// take reads a row below the header, or leaves it to rowReader.
func (q *blockReader) take(row table.Row) error {
	if row.Number <= q.layout.row || q.takeUsual(&row) {
		return nil
	}
	if len(q.parts) == maxOdd {
		return errUnusual
	}
	q.end(row.Whole())
	q.begin()
	return nil
}

// takeUsual reads a row. Nothing is counted of one that it can't read.
func (q *blockReader) takeUsual(row *table.Row) bool {
	if row.Unterminated || len(row.Faults) > 0 || !q.fits(row) {
		return false
	}
	if q.date.index >= len(row.Cells) || row.Cells[q.date.index].Text == "" {
		return blank(row.Whole().Cells) // else a total, perhaps: every earning has its date
	}
	q.row.Participant, q.row.Program, q.row.Currency = "", "", "" // all else is filled or cleared
	q.noted, q.coded, q.defaults = q.noted[:0], q.coded[:0], q.defaults[:0]
	for i := range q.slots {
		if !q.fill(&q.slots[i], row) {
			return false
		}
	}
	if !q.signsFit() {
		return false
	}
	n := len(q.source.Earnings)
	q.source.Earnings = append(q.source.Earnings, calc.Earning{})
	earning := &q.source.Earnings[n]
	if !q.earningOf(earning, &q.row, row.Number) {
		q.source.Earnings = q.source.Earnings[:n]
		return false
	}
	earning.Terms = q.termsOf()
	if q.KeepDetail {
		q.numbers[calc.DetailExchangeRate] = q.exchangeRate(q.row.Rate)
		earning.Detail = q.details.add(q.texts.Detail(q.numbers))
	}
	q.count(row)
	return true
}

// count adds a row to the sums and the evidence of its part.
func (q *blockReader) count(row *table.Row) {
	for _, n := range q.noted {
		q.evidence.note(n.proof, q.tab, row, n.column)
		n.late = n.late || n.last
	}
	for _, entry := range q.defaults {
		q.sums.fill(entry, row.Number)
	}
	for _, c := range q.coded {
		q.sums.currencies[c.text] = true
		if c.cell != nil {
			c.cell.part = q.part
		} else {
			c.code = c.text
		}
	}
	for i := range q.slots {
		if s := &q.slots[i]; s.summed && s.money.given {
			q.sums.columns[s.at].Add(s.money.Amount)
		}
	}
}

// signsFit compares the currency signs of headers with the row's currencies.
func (q *blockReader) signsFit() bool {
	for _, s := range q.signed {
		if !s.money.given {
			continue
		}
		code := q.currencyIn(s.column, func(at int) string {
			i := slices.IndexFunc(q.slots, func(s slot) bool { return s.at == at })
			return *q.slots[i].text
		})
		if s.currencyIn == "" || code == "" || !signFits(s.sign, code) {
			return false
		}
	}
	return true
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
		if n, ok := readPlainNumber(cell.Text, q.mark); ok && (q.mark == '.' || s.number == nil) {
			q.note(s, cellProof{file: n.proof(s.shown)})
			q.setNumber(s, cell.Text, n)
			return true
		}
	case f == asNumber && s.kind == numberValue && s.number == nil:
		if n, ok := readPlainNumber(cell.Text, '.'); ok && n.whole+n.fraction <= significantDigits {
			q.setNumber(s, "", n.withoutZeros())
			return true
		}
	case f == asText && s.stamp != nil:
		if v, ok := q.calendar.readStamp(cell.Text); ok {
			q.noteDay(s, cell.Text)
			s.stamp.Stamp = v
			return true
		}
	case f == asText && s.day != nil:
		if v, ok := q.calendar.readDay(cell.Text); ok {
			q.noteDay(s, cell.Text)
			s.day.Date = v
			return true
		}
	case f == asText && s.shown && s.kind == dayValue && s.number == nil:
		if _, ok := q.calendar.readStamp(cell.Text); ok {
			return true // year first, so that it proves nothing
		}
	}
	k := q.look(s, cell, f)
	if k.faulty {
		return false
	}
	q.note(s, k.proof)
	if k.text == "" {
		return q.fillBlank(s)
	}
	q.set(s, k)
	return true
}

// fillBlank leaves a field blank, or fills it with what the configuration has
// for it.
func (q *blockReader) fillBlank(s *slot) bool {
	s.clear()
	if s.term >= 0 {
		q.terms[s.term] = nil
	}
	if s.need != filled {
		return true
	}
	text, entry, wrong := q.standIn(s.column)
	if wrong != nil {
		return false
	}
	*s.text = text
	if text != "" {
		q.defaults = append(q.defaults, entry)
	}
	if text != "" && text != s.code && s.kind == currencyValue {
		q.coded = append(q.coded, coded{s, nil, text})
	}
	return true
}

// note notes what a cell proves, unless the part has proven it already.
func (q *blockReader) note(s *slot, p cellProof) {
	if p.column == 0 && !p.dated && (p.file == provesNothing || q.evidence.first[p.file].seen()) {
		return
	}
	q.noted = append(q.noted, noted{s, p, false})
}

// noteDay notes a plain date without time of day, or a plain stamp. Those after
// the first one beyond the 12th prove nothing more.
func (q *blockReader) noteDay(s *slot, text string) {
	if s.late {
		return
	}
	n := noted{s, cellProof{column: earlyDay, dated: s.kind == dayValue}, text[8:10] > "12"}
	if n.last {
		n.proof.column = lateDay
	}
	q.noted = append(q.noted, n)
}

// setNumber takes a plain number.
func (q *blockReader) setNumber(s *slot, text string, n plainNumber) {
	switch {
	case s.money != nil:
		*s.money = money{n.amount(), true}
	case s.number != nil:
		*s.number = q.shown.Add(text)
	}
}

// set takes what a cell was read as.
func (q *blockReader) set(s *slot, k *cachedCell) {
	switch {
	case s.number != nil:
		*s.number = k.number
	case s.text != nil:
		*s.text = k.text
		if s.term >= 0 {
			q.terms[s.term] = k
		}
		if s.kind == currencyValue && k.part != q.part {
			q.coded = append(q.coded, coded{s, k, k.text})
		}
	case s.money != nil:
		*s.money = k.money
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
	if s.number != nil {
		k.number = q.shown.Add(k.text)
	}
	if f == noForm || s.cache.off {
		if s.text != nil && (s.term < 0 || s.kind == currencyValue) { // terms are copied where they are new
			k.text = q.copies.add(k.text)
		}
		k.oneTime = true
		q.uncached = k
		return &q.uncached
	}
	k.raw, k.form = q.copies.add(cell.Text), f
	switch {
	case k.text == k.raw:
		k.text = k.raw
	case s.number == nil:
		k.text = q.copies.add(k.text)
	default:
		k.text = "text" // not blank; only its number is asked for
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
		Account:   q.accounts.of([3]*cachedCell(t[0:3]), oneTime(t[0:3]), func() *calc.Account { return q.interner.account(&q.row) }),
		Naming:    q.namings.of([1]*cachedCell(t[3:4]), oneTime(t[3:4]), func() *calc.Naming { return q.interner.naming(&q.row) }),
		Incentive: q.incentives.of([2]*cachedCell(t[4:6]), oneTime(t[4:6]), func() *calc.Incentive { return q.interner.incentive(&q.row) }),
		Role:      q.roles.of([3]*cachedCell(t[6:9]), oneTime(t[6:9]), func() *calc.Role { return q.interner.role(&q.row) }),
		Standing:  q.standings.of([3]*cachedCell(t[9:12]), oneTime(t[9:12]), func() *calc.Standing { return q.interner.standing(&q.row) }),
	}
}
