package importer

import (
	"cmp"
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
	signs     []cellSign  // likewise
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
	earnings int        // of the block, down to here
	evidence *evidence  // of the part's rows; nil where it has none
	sums     *sheetSums // likewise
	odd      table.Row  // that follows, to be read by rowReader; its number is 0 where the block ends
}

// noted is a proof that counts once its row is read.
type noted struct {
	*slot
	proof cellProof
}

// cellSign is a currency sign or code that an amount has beside it.
type cellSign struct {
	*slot
	written string
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
		detail := slices.Index(DetailNames[:], c.name)
		if at := slices.Index(TextNames[:], c.name); at >= 0 {
			s.words, s.word = calc.TextColumn(at), &q.packed.Codes[at]
			if c.kind == currencyValue || c.need == filled {
				s.text = targets[c.name].text
			}
		} else if ids[c.name] != nil {
			s.number = ids[c.name]
		} else if c.shown && detail >= 0 && q.KeepDetail {
			s.number, s.passes = &q.packed.Detail[detail], q.passesDetails() && !calc.DetailColumn(detail).Checked()
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

// read reads a block.
func (q *blockReader) read(b *table.Block) error {
	clear(q.parts)
	q.batch.Clear()
	q.renewPassing()
	q.parts = q.parts[:0]
	q.begin()
	err := b.Columns(q.used, q.take)
	q.end(table.Row{})
	if q.passing != nil { // what the block gave is read before all blocks are
		q.passing.Flush()
		q.shown.Flush()
	}
	return err
}

// begin begins a part of the block.
func (q *blockReader) begin() {
	q.evidence, q.sums, q.faults = evidence{}, newSheetSums(q.layout), table.Faults{}
	for i := range q.slots {
		q.slots[i].proven = nil
	}
	q.part++
}

// end ends a part of the block, and begins the next one.
func (q *blockReader) end(odd table.Row) {
	part, above := blockPart{earnings: len(q.batch.Rows), odd: odd}, 0
	if n := len(q.parts); n > 0 {
		above = q.parts[n-1].earnings
	}
	if part.earnings > above {
		evidence, sums := q.evidence, q.sums
		part.evidence, part.sums = &evidence, &sums
		q.begin()
	}
	q.parts = append(q.parts, part)
}

// take reads a row below the header, or leaves it to rowReader.
func (q *blockReader) take(row table.Row) error {
	if row.Number <= q.layout.row || q.takeUsual(&row) {
		return nil
	}
	q.end(row.Whole())
	return nil
}

// takeUsual reads a row. Of one that it can't read nothing is counted but its
// currencies, which rowReader counts as well unless it refuses the row.
func (q *blockReader) takeUsual(row *table.Row) bool {
	if row.Unterminated || len(row.Faults) > 0 || !q.checkWidth(row) {
		return false
	}
	if q.date.index >= len(row.Cells) || row.Cells[q.date.index].Text == "" {
		return blank(row.Whole().Cells) // else a total, perhaps: every earning has its date
	}
	q.row.Participant, q.row.Program, q.row.Currency = "", "", "" // all else is filled or cleared
	q.noted, q.signs, q.defaults = q.noted[:0], q.signs[:0], q.defaults[:0]
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
	for _, s := range q.summed {
		if s.money.given {
			q.sums.columns[s.at].Add(s.money.Amount)
		}
	}
}

// signsFit compares the currency signs of amounts and of their headers with the row's
// currencies.
func (q *blockReader) signsFit() bool {
	for _, s := range q.signed {
		if s.money.given {
			q.signs = append(q.signs, cellSign{s, s.sign})
		}
	}
	for _, c := range q.signs {
		code := q.currencyIn(c.column, func(at int) string {
			i := slices.IndexFunc(q.slots, func(s slot) bool { return s.at == at })
			return *q.slots[i].text
		})
		if c.currencyIn == "" || code == "" || !signFits(c.written, code) {
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
