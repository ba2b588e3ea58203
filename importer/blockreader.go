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
	summed    []*slot // those that total rows are compared with
	row       earningRow
	batch     calc.Batch
	passing   *calc.TextWriter // of batch.Shown; nil while the table keeps all details
	packed    calc.EarningRow  // the row as it is added to the batch
	filled    [calc.TextColumns]filledWord
	calendar  *calendar
	copies    textArena
	uncached  cachedCell  // a cell that is not remembered
	value     cellValue   // of the cell that is read
	noted     []noted     // of the row
	coded     []coded     // likewise
	part      uint32      // number of the part at hand
	defaults  []string    // configured values that filled blank cells of the row
	parts     []blockPart // that are read
}

// filledWord is a text that comes from no cell.
type filledWord struct {
	text string
	code uint32
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
}

// coded is a currency that counts once its row is read.
type coded struct {
	*slot
	cell *cachedCell // that names it; nil for a configured one
	text string
}

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
	code      string          // configured currency that was counted last in the part
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

// wordColumns are the columns whose texts rows share, by their names.
var wordColumns = map[string]calc.TextColumn{
	"participantId": calc.ParticipantColumn, "participantName": calc.ParticipantNameColumn, "partnerCountryCode": calc.CountryColumn,
	"programName": calc.ProgramColumn, "engagementName": calc.EngagementColumn, "lever": calc.LeverColumn, "earningType": calc.TypeColumn,
	"reasonCode": calc.ReasonCodeColumn, "transactionCurrency": calc.CurrencyColumn, "paymentStatus": calc.PaymentStatusColumn,
	"paymentStatusDescription": calc.StatusTextColumn, "estimatedPaymentMonth": calc.EstimatedMonthColumn, "paymentCurrency": calc.PaidCurrencyColumn,
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
	q.batch.Detail = q.KeepDetail
	ids := map[string]*uint32{"earningId": &q.packed.ID, "claimId": &q.packed.ClaimID, "paymentId": &q.packed.PaymentID}
	targets := targetsIn(&q.row)
	q.slots = make([]slot, 0, len(q.layout.columns))
	for i := range q.layout.columns {
		c := &q.layout.columns[i]
		s := slot{
			column: c, at: i,
			cache:    cellCache{off: c.name == "earningId"}, // no two are equal
			optional: c.name == "claimId" || c.name == "paymentId",
		}
		if words, shared := wordColumns[c.name]; shared {
			s.words, s.word = words, &q.packed.Codes[words]
			if c.kind == currencyValue || c.need == filled {
				s.text = targets[c.name].text
			}
		} else if ids[c.name] != nil {
			s.number = ids[c.name]
		} else if detail, shown := detailColumns[c.name]; shown && q.KeepDetail {
			s.number, s.passes = &q.packed.Detail[detail], q.passesDetails() && !detail.Checked()
		} else if !c.shown {
			s.target = targets[c.name]
		}
		if c.isNumberOrDate() || s.target != (target{}) {
			s.usually = s.usualIn(q.mark)
			s.asWritten = s.kind == textValue && s.need != filled && c.name != "earningType"
			q.slots = append(q.slots, s)
			q.used[c.index] = true
		}
	}
	for i := range q.slots {
		s := &q.slots[i]
		if s.sign != "" {
			q.signed = append(q.signed, s)
		}
		if s.isSummed() && s.money != nil {
			q.summed = append(q.summed, s)
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
	q.batch.Clear()
	q.renewPassing()
	q.parts = q.parts[:0]
	q.begin()
	if b.Columns(q.used, q.take) != nil {
		return false
	}
	q.end(table.Row{})
	if q.passing != nil { // what the block gave is read before all blocks are
		q.passing.Flush()
		q.shown.Flush()
	}
	return true
}

// begin begins a part of the block.
func (q *blockReader) begin() {
	q.evidence, q.sums, q.faults = evidence{}, newSheetSums(q.layout), table.Faults{}
	for i := range q.slots {
		s := &q.slots[i]
		s.proven, s.code = nil, ""
	}
	q.part++
}

// end ends a part of the block.
func (q *blockReader) end(odd table.Row) {
	q.parts = append(q.parts, blockPart{len(q.batch.Rows), q.evidence, q.sums, odd})
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
		if !q.fillCell(&q.slots[i], row) {
			return false
		}
	}
	if !q.signsFit() {
		return false
	}
	currency := q.row.Currency
	amount, usd, ok := q.settle(&q.row, row.Number)
	if !ok {
		return false
	}
	r := &q.packed
	r.Date, r.Calculated, r.Amount, r.USD, r.Sheet, r.Row = q.row.Date.Date, q.row.Calculated.Stamp, amount, usd, q.index, uint32(row.Number)
	if r.Paid = q.row.PaidAmount.Amount; !q.row.PaidAmount.given || q.row.PaidCurrency == "" {
		r.Paid, r.Codes[calc.PaidCurrencyColumn] = calc.Amount{}, 0
	}
	if currency != q.row.Currency || r.Codes[calc.CurrencyColumn] == 0 {
		r.Codes[calc.CurrencyColumn] = q.fill(calc.CurrencyColumn, q.row.Currency)
	}
	if r.Codes[calc.ParticipantColumn] == 0 {
		r.Codes[calc.ParticipantColumn] = q.fill(calc.ParticipantColumn, q.row.Participant)
	}
	if r.Codes[calc.ProgramColumn] == 0 {
		r.Codes[calc.ProgramColumn] = q.fill(calc.ProgramColumn, q.row.Program)
	}
	if q.KeepDetail {
		r.Detail[calc.DetailExchangeRate] = q.exchangeRate(q.row.Rate)
	}
	q.batch.Rows = append(q.batch.Rows, *r)
	q.count(row)
	return true
}

// count adds a row to the sums and the evidence of its part.
func (q *blockReader) count(row *table.Row) {
	for _, n := range q.noted {
		q.evidence.note(n.proof, q.tab, row, n.column)
		n.proven = q.evidence.columns[n.column]
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
	for _, s := range q.summed {
		if s.money.given {
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

// fill returns the code of a text that comes from no cell: there are few of them.
func (q *blockReader) fill(c calc.TextColumn, text string) uint32 {
	f := &q.filled[c]
	if f.text != text {
		*f = filledWord{text, q.batch.Word(c, text)}
	}
	return f.code
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
	}
	if text != "" && text != s.code && s.kind == currencyValue {
		q.coded = append(q.coded, coded{s, nil, text})
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
			q.coded = append(q.coded, coded{s, k, k.text})
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
		q.value = cellValue{proof: proofOf(s.column, cell, q.sheet.Date1904)}
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
	k.faulty = wrong != nil || err != nil || signOf(s.column, cell) != ""
	return k
}
