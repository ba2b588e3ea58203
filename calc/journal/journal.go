package journal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// bookingKey distinguishes bookings: what is booked to other accounts, or in
// another currency, is another booking.
type bookingKey struct {
	calc.FundKey
	event                   calc.JournalEvent
	debit, credit, currency string
}

func key(b calc.Booking) bookingKey {
	return bookingKey{calc.NewFundKey(b.Participant, b.Program, b.Period), b.Event, b.Debit, b.Credit, b.Currency}
}

// Post books what moved since the last set. It goes by what was booked until
// then, so that a fund that is gone or kept in another currency, other accounts
// and another recognition all take back the old booking and make the new one.
// Without a journal, what was booked stays booked for the next one.
func Post(r *calc.Result) (entries []calc.JournalEntry, booked []calc.Booking) {
	var before []calc.Booking
	since := ""
	if last := r.JournalSince(); !last.IsZero() {
		before = r.Last.Booked
		since = " since the statement of " + last.String()
	}
	p := r.Policy.Journal
	if p == nil {
		return nil, before
	}
	with, receipts := withReceipts(r, p)
	for _, b := range r.Balances() {
		booked = append(booked, bookings(with, b)...)
	}
	if receipts {
		booked = slices.Concat(booked, bookOthers(r, p), bookReceipts(r, p))
	}
	moves := moved(before, booked)
	digits := max(4, len(fmt.Sprint(len(moves))))
	entries = []calc.JournalEntry{}
	for i, m := range moves {
		entries = append(entries, calc.JournalEntry{
			ID:          fmt.Sprintf("%s-%0*d", r.AsOf, digits, i+1),
			Participant: m.Participant, Program: m.Program, Period: m.Period, Event: m.Event, Currency: m.Currency,
			Lines: lines(m), Memo: memo(m) + since,
		})
	}
	return entries, booked
}

// moved returns what takes the books from one state to the next, in the order of
// the journal.
func moved(before, now []calc.Booking) []calc.Booking {
	sums := map[bookingKey]calc.Booking{}
	for _, b := range before {
		b.Amount, b.USD = b.Amount.Neg(), b.USD.Neg()
		sums[key(b)] = b
	}
	for _, b := range now {
		was := sums[key(b)]
		b.Amount, b.USD = b.Amount.Add(was.Amount), b.USD.Add(was.USD)
		sums[key(b)] = b
	}
	maps.DeleteFunc(sums, func(_ bookingKey, b calc.Booking) bool { return b.Amount.IsZero() && b.USD.IsZero() })
	return slices.SortedFunc(maps.Values(sums), compare)
}

func compare(a, b calc.Booking) int {
	return cmp.Or(
		cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.Program, b.Program), a.Period.Compare(b.Period), cmp.Compare(a.Event, b.Event),
		cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Debit, b.Debit), cmp.Compare(a.Credit, b.Credit))
}

// lines posts a booking. Where amount and USD moved in opposite directions, as
// after a restatement at another rate, each is posted on lines of its own.
func lines(b calc.Booking) []calc.JournalLine {
	if b.Amount.Sign()*b.USD.Sign() >= 0 {
		return post(b, b.Amount, b.USD)
	}
	return append(post(b, b.Amount, decimal.Zero), post(b, decimal.Zero, b.USD)...)
}

// post posts amounts that are not of opposite signs.
func post(b calc.Booking, amount, usd decimal.Decimal) []calc.JournalLine {
	debit, credit := b.Debit, b.Credit
	if amount.IsNegative() || usd.IsNegative() {
		debit, credit = credit, debit
	}
	amount, usd = amount.Abs(), usd.Abs()
	return []calc.JournalLine{{Account: debit, Debit: amount, DebitUSD: usd}, {Account: credit, Credit: amount, CreditUSD: usd}}
}

func memo(b calc.Booking) string {
	words := b.Event.Memo() + " for " + b.Period.String()
	if b.Amount.IsNegative() {
		return "negative: " + words
	}
	return words
}
