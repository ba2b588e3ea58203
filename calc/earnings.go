package calc

import (
	"iter"
	"strings"
	"time"
)

// Earnings is the table of a source's earning rows, column by column: an export has
// millions of them. A text that rows share is kept once, and what it means is
// decided once. The columns hold no pointers for the garbage collector to follow. A
// nil table has no rows.
type Earnings struct {
	source *Source
	texts  *Texts // of ids and details
	writer *TextWriter

	words   [TextColumns]dictionary
	codes   [TextColumns]numbers // of words
	ids     numbers              // of texts, as the next ones
	claims  numbers
	payment numbers
	details [DetailColumns]numbers
	detail  bool     // the rows have details
	passing *passing // nil while all details are kept

	amount, usd, paid amounts
	date              []Date
	calculated        []int64 // see packStamp
	row, sheet        numbers

	programs     []programMeaning // by code, as the next ones
	types        []wordMeaning
	reasons      []Reason
	statuses     []statusMeaning
	descriptions []*PaymentState
}

// TextColumn is a column of texts that many rows share.
type TextColumn uint8

// The columns, in the order in which Partner Center's reports have them.
const (
	ParticipantColumn TextColumn = iota
	ParticipantNameColumn
	CountryColumn
	ProgramColumn
	EngagementColumn
	LeverColumn
	TypeColumn
	ReasonCodeColumn
	CurrencyColumn
	PaymentStatusColumn
	StatusTextColumn
	EstimatedMonthColumn
	PaidCurrencyColumn
	TextColumns // how many there are
)

type programMeaning struct {
	key  ProgramKey
	name string
}

// wordMeaning is what an earning type means.
type wordMeaning struct {
	kind     Kind
	reason   Reason
	identity string // distinguishes types of equal ids
}

type statusMeaning struct {
	state *PaymentState
	key   string
}

// NewEarnings returns a table without rows. texts has the ids and details of its
// rows; nil makes it one.
func NewEarnings(source *Source, texts *Texts) *Earnings {
	if texts == nil {
		texts = &Texts{}
	}
	t := &Earnings{source: source, texts: texts, writer: texts.NewWriter()}
	for c := range t.words {
		t.word(TextColumn(c), "")
	}
	return t
}

// EarningCells are the cells of an earning row as they were read.
type EarningCells struct {
	ID         string // earningId; "" in reports without ids
	Date       Date   // earningDate: decides month and earning period
	Calculated Stamp
	Amount     Amount // in Currency
	USD        Amount
	Paid       PaidAmount
	ClaimID    string
	PaymentID  string
	Row        uint32 // CSV: line where the record begins; XLSX: row number
	Sheet      uint16 // index into Source.Sheets

	Participant, ParticipantName, Country, Program, Engagement, Lever     string
	Type, ReasonCode, Currency, PaymentStatus, StatusText, EstimatedMonth string

	Detail *Detail // nil when not kept
}

// Add adds a row.
func (t *Earnings) Add(c EarningCells) {
	r := EarningRow{
		ID: t.writer.Add(c.ID), ClaimID: t.writer.Add(c.ClaimID), PaymentID: t.writer.Add(c.PaymentID),
		Date: c.Date, Calculated: c.Calculated, Amount: c.Amount, USD: c.USD, Paid: c.Paid.Amount, Row: c.Row, Sheet: c.Sheet,
	}
	for column, text := range [TextColumns]string{
		ParticipantColumn: c.Participant, ParticipantNameColumn: c.ParticipantName, CountryColumn: c.Country, ProgramColumn: c.Program,
		EngagementColumn: c.Engagement, LeverColumn: c.Lever, TypeColumn: c.Type, ReasonCodeColumn: c.ReasonCode, CurrencyColumn: c.Currency,
		PaymentStatusColumn: c.PaymentStatus, EstimatedMonthColumn: c.EstimatedMonth, PaidCurrencyColumn: c.Paid.Currency,
	} {
		r.Codes[column] = t.word(TextColumn(column), text)
	}
	if state := t.statuses[r.Codes[PaymentStatusColumn]].state; adds(state, stateByDescription(c.StatusText)) {
		r.Codes[StatusTextColumn] = t.word(StatusTextColumn, c.StatusText)
	}
	if c.Detail != nil {
		t.detail = true
		for column, text := range c.Detail {
			if column := DetailColumn(column); t.passing != nil && !column.Checked() {
				t.passing.add(column, text)
				continue
			}
			r.Detail[column] = t.writer.Add(text)
		}
	}
	t.writer.Flush()
	t.add([]EarningRow{r})
}

// EarningRow is a row of a [Batch], whose codes its texts are; its ids and details
// are numbers of the table's Texts.
type EarningRow struct {
	Amount, USD, Paid      Amount
	Calculated             Stamp
	Codes                  [TextColumns]uint32
	ID, ClaimID, PaymentID uint32
	Date                   Date
	Row                    uint32
	Sheet                  uint16
	Detail                 DetailNumbers
}

// add adds rows. Their descriptions of the status are those that say more than the
// status.
func (t *Earnings) add(rows []EarningRow) {
	n, list := t.Len(), make([]uint32, len(rows))
	for c := range t.codes {
		for i := range rows {
			list[i] = rows[i].Codes[c]
		}
		t.codes[c].add(n, list)
	}
	if t.detail {
		for c := range t.details {
			if t.passing != nil && !DetailColumn(c).Checked() {
				continue
			}
			for i := range rows {
				list[i] = rows[i].Detail[c]
			}
			t.details[c].add(n, list)
		}
	}
	add := func(to *numbers, of func(*EarningRow) uint32) {
		for i := range rows {
			list[i] = of(&rows[i])
		}
		to.add(n, list)
	}
	add(&t.ids, func(r *EarningRow) uint32 { return r.ID })
	add(&t.claims, func(r *EarningRow) uint32 { return r.ClaimID })
	add(&t.payment, func(r *EarningRow) uint32 { return r.PaymentID })
	add(&t.row, func(r *EarningRow) uint32 { return r.Row })
	add(&t.sheet, func(r *EarningRow) uint32 { return uint32(r.Sheet) })
	t.amount.add(n, rows, func(r *EarningRow) *Amount { return &r.Amount }, list)
	t.usd.add(n, rows, func(r *EarningRow) *Amount { return &r.USD }, list)
	t.paid.add(n, rows, func(r *EarningRow) *Amount { return &r.Paid }, list)
	for i := range rows {
		t.calculated = append(t.calculated, packStamp(rows[i].Calculated))
		t.date = append(t.date, rows[i].Date)
	}
}

// Finish ends the adding of rows, which takes memory that reading them does not.
func (t *Earnings) Finish() {
	if t == nil {
		return
	}
	t.writer.Flush()
	if t.passing != nil {
		t.texts = t.passing.ids
	}
	for c := range t.words {
		t.words[c].known = nil
	}
}

// Grow makes room for so many more rows.
func (t *Earnings) Grow(rows int) {
	room := t.Len() + rows
	for c := range t.codes {
		t.codes[c].room = room
	}
	for c := range t.details {
		t.details[c].room = room
	}
	for _, c := range []*numbers{&t.ids, &t.claims, &t.payment, &t.row, &t.sheet} {
		c.room = room
	}
	for _, c := range []*amounts{&t.amount, &t.usd, &t.paid} {
		c.room, c.scale.room = room, room
	}
	t.date = grown(t.date, room)
	t.calculated = grown(t.calculated, room)
}

// word returns the code of a text in a column; that of "" is 0. Codes are numbered
// as their texts first come.
func (t *Earnings) word(c TextColumn, text string) uint32 {
	code, isNew := t.words[c].code(text)
	if !isNew {
		return code
	}
	text = t.words[c].texts[code]
	switch c {
	case ProgramColumn:
		t.programs = append(t.programs, programMeaning{KeyOfProgram(text), CurrentName(text)})
	case TypeColumn:
		m := wordMeaning{kind: KindOf(text), reason: earningTypes[TypeKey(text)].reason}
		if m.identity = m.kind.String(); m.kind == Other {
			m.identity = "other " + TypeKey(text)
		}
		t.types = append(t.types, m)
	case ReasonCodeColumn:
		t.reasons = append(t.reasons, reasonOfCode(text))
	case PaymentStatusColumn:
		t.statuses = append(t.statuses, statusMeaning{PaymentStateOf(text), TypeKey(text)})
	case StatusTextColumn:
		t.descriptions = append(t.descriptions, stateByDescription(text))
	default: // it means nothing but itself
	}
	return code
}

// Words returns the texts of a column by their codes.
func (t *Earnings) Words(c TextColumn) []string {
	if t == nil {
		return nil
	}
	return t.words[c].texts
}

// Identified reports whether every row has an id.
func (t *Earnings) Identified() bool {
	for i := range t.Len() {
		if t.ids.at(int32(i)) == 0 {
			return false
		}
	}
	return true
}

// Len returns how many rows there are.
func (t *Earnings) Len() int {
	if t == nil {
		return 0
	}
	return len(t.date)
}

// At returns a row.
func (t *Earnings) At(row int) Earning { return Earning{t, int32(row)} }

// All lists the rows.
func (t *Earnings) All() iter.Seq2[int, Earning] {
	return func(yield func(int, Earning) bool) {
		for i := range t.Len() {
			if !yield(i, t.At(i)) {
				return
			}
		}
	}
}

// dictionary numbers the texts of a column.
type dictionary struct {
	texts []string // by code
	known map[string]uint32
}

func (d *dictionary) code(text string) (code uint32, isNew bool) {
	if d.known == nil {
		d.known = make(map[string]uint32, len(d.texts))
		for i, text := range d.texts {
			d.known[text] = uint32(i)
		}
	}
	code, known := d.known[text]
	if known {
		return code, false
	}
	code = uint32(len(d.texts))
	text = strings.Clone(text) // what is cut out of a block would keep the whole block in memory
	d.known[text] = code
	d.texts = append(d.texts, text)
	return code, true
}

// A stamp takes 22 bits for the day, 40 for the time of day in steps of 100 ns, and
// one that says whether there is one.
const clockBits, clockStep = 40, 100 * time.Nanosecond

func packStamp(s Stamp) int64 {
	packed := int64(s.Day.days)<<(clockBits+1) | int64(s.Clock/clockStep)<<1
	if s.Clocked {
		packed |= 1
	}
	return packed
}

func unpackStamp(packed int64) Stamp {
	return Stamp{Clock: time.Duration(packed>>1&(1<<clockBits-1)) * clockStep, Day: Date{int32(packed >> (clockBits + 1))}, Clocked: packed&1 == 1}
}
