package calc

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// JournalEntry books how far one event of a fund has moved since the last
// statement set. Its debits equal its credits, in Currency and in USD.
type JournalEntry struct {
	ID          string // as-of date and running number
	Participant string
	Program     string // current name
	Period      EarningPeriod
	Event       JournalEvent
	Currency    string
	Lines       []JournalLine
	Memo        string
}

// JournalLine posts to one side of an account, in the entry's currency and in
// USD, rounded to cents. It has no negative amount: what is taken back stands
// on the other side.
type JournalLine struct {
	Account             string
	Debit, Credit       decimal.Decimal // in the entry's currency
	DebitUSD, CreditUSD decimal.Decimal
}

// Booking is what the books hold of one event of a fund once every journal up to
// a set is posted: the sum since the fund began, rounded to cents. A negative
// one stands on the opposite sides.
type Booking struct {
	Participant   string
	Program       string // current name
	Period        EarningPeriod
	Event         JournalEvent
	Debit, Credit string // accounts
	Currency      string
	Amount        decimal.Decimal // in Currency
	USD           decimal.Decimal
}

// bookingKey tells bookings apart: what is booked to other accounts, or in
// another currency, is another booking.
type bookingKey struct {
	fundKey
	event                   JournalEvent
	debit, credit, currency string
}

func (b Booking) key() bookingKey {
	return bookingKey{fundKey{b.Participant, KeyOfProgram(b.Program), b.Period}, b.Event, b.Debit, b.Credit, b.Currency}
}

// postJournal books what moved since the last set. It goes by what was booked until
// then, so that a fund that is gone or kept in another currency, other accounts
// and another recognition all take back the old booking and make the new one.
// Without a journal, what was booked stays booked for the next one.
func postJournal(r *Result) (entries []JournalEntry, booked []Booking) {
	var before []Booking
	since := ""
	if last := r.JournalSince(); !last.IsZero() {
		before = r.Last.Booked
		since = " since the statement of " + last.String()
	}
	p := r.JournalPolicy
	if p == nil {
		return nil, before
	}
	for _, b := range r.Balances() {
		booked = append(booked, p.bookings(b)...)
	}
	moves := moved(before, booked)
	digits := max(4, len(fmt.Sprint(len(moves))))
	entries = []JournalEntry{}
	for i, m := range moves {
		entries = append(entries, JournalEntry{
			ID:          fmt.Sprintf("%s-%0*d", r.AsOf, digits, i+1),
			Participant: m.Participant, Program: m.Program, Period: m.Period, Event: m.Event, Currency: m.Currency,
			Lines: m.lines(), Memo: m.memo() + since,
		})
	}
	return entries, booked
}

// moved gives what takes the books from one state to the next, in the order of
// the journal.
func moved(before, now []Booking) []Booking {
	sums := map[bookingKey]Booking{}
	for _, b := range before {
		b.Amount, b.USD = b.Amount.Neg(), b.USD.Neg()
		sums[b.key()] = b
	}
	for _, b := range now {
		was := sums[b.key()]
		b.Amount, b.USD = b.Amount.Add(was.Amount), b.USD.Add(was.USD)
		sums[b.key()] = b
	}
	maps.DeleteFunc(sums, func(_ bookingKey, b Booking) bool { return b.Amount.IsZero() && b.USD.IsZero() })
	return slices.SortedFunc(maps.Values(sums), func(a, b Booking) int {
		return cmp.Or(
			cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.Program, b.Program), a.Period.Compare(b.Period), cmp.Compare(a.Event, b.Event),
			cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Debit, b.Debit), cmp.Compare(a.Credit, b.Credit))
	})
}

// lines posts a booking. Where amount and USD moved in opposite directions, as
// after a restatement at another rate, each is posted on lines of its own.
func (b Booking) lines() []JournalLine {
	if b.Amount.Sign()*b.USD.Sign() >= 0 {
		return b.post(b.Amount, b.USD)
	}
	return append(b.post(b.Amount, decimal.Zero), b.post(decimal.Zero, b.USD)...)
}

// post posts amounts that are not of opposite signs.
func (b Booking) post(amount, usd decimal.Decimal) []JournalLine {
	debit, credit := b.Debit, b.Credit
	if amount.IsNegative() || usd.IsNegative() {
		debit, credit = credit, debit
	}
	amount, usd = amount.Abs(), usd.Abs()
	return []JournalLine{{Account: debit, Debit: amount, DebitUSD: usd}, {Account: credit, Credit: amount, CreditUSD: usd}}
}

func (b Booking) memo() string {
	words := b.Event.memo() + " for " + b.Period.String()
	if b.Amount.IsNegative() {
		return "negative: " + words
	}
	return words
}
