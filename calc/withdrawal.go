package calc

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// Withdrawal is an archived file that somebody took out of the figures.
type Withdrawal struct {
	File       string // bytewise smallest name under which it was received
	SHA256     string
	Kind       FileKind
	By, Reason string
	Rows       int
	Money      []Money // what its rows hold, by currency; empty when it can't be read any more
	SealedSets []Date  // the sealed sets that it was in, oldest first
}

// Money is an amount in a currency.
type Money struct {
	Amount   decimal.Decimal
	Currency string
}

// Money sums what the file's rows hold, by currency: earnings in USD, payments as
// paid, bank lines as booked, and each claim once, as claimed. It says how much a file is about and is
// part of no figure.
func (s *Source) Money() []Money {
	sums := map[string]decimal.Decimal{}
	var earned Sum
	for _, e := range s.Earnings.All() {
		earned.Add(e.USD())
	}
	if s.Earnings.Len() > 0 {
		sums["USD"] = earned.Decimal()
	}
	for i := range s.Payments {
		p := &s.Payments[i]
		sums[p.Currency] = sums[p.Currency].Add(p.Total.Decimal)
	}
	for i := range s.Bank {
		for _, l := range s.Bank[i].Lines {
			sums[l.Currency] = sums[l.Currency].Add(l.Amount)
		}
	}
	seen := map[string]bool{}
	for i := range s.Register {
		if c := &s.Register[i]; !seen[c.ID] {
			seen[c.ID] = true
			sums[c.Currency] = sums[c.Currency].Add(c.Amount)
		}
	}
	var list []Money
	for _, currency := range slices.Sorted(maps.Keys(sums)) {
		list = append(list, Money{sums[currency], currency})
	}
	return list
}

// Finding says in exceptions.csv that the file no longer counts.
func (w *Withdrawal) Finding() Finding {
	message := Say("%s was withdrawn by %s (%s): its rows no longer count", w.File, w.By, w.Reason)
	if w.Money != nil {
		var amounts List
		for _, m := range w.Money {
			amounts = append(amounts, NewMoney(Cents(m.Amount), m.Currency))
		}
		message = Say("%s was withdrawn by %s (%s): its %s, %s in all, no longer count", w.File, w.By, w.Reason, CountOf(w.Rows, "%s row", "%s rows"), amounts)
	}
	if len(w.SealedSets) > 0 {
		var days List
		for _, day := range w.SealedSets {
			days = append(days, day)
		}
		message = Say("%s; they are in the sealed statements of %s", message, days)
	}
	return NewFinding(Warning, FileWithdrawn, Say("%s; drop the file again to undo it", message)).At(Place{File: w.File})
}
