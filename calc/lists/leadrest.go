package lists

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// Shown returns no more than so many lines where there is no room for all: those
// that something is open in, then those whose funds hold or moved something, then
// the newest; in their order. What the others come to follows, a line for each
// currency.
func (s *LeadSchedule) Shown(most int) []*LeadLine {
	list := make([]*LeadLine, len(s.Lines))
	for i := range s.Lines {
		list[i] = &s.Lines[i]
	}
	if len(list) <= most {
		return list
	}
	rank := func(l *LeadLine) int {
		switch {
		case l.isOpen():
			return 0
		case !l.Closing.IsZero() || !l.Moved.Net().IsZero():
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b *LeadLine) int {
		return cmp.Or(rank(a)-rank(b), b.Period.Compare(a.Period), a.Number-b.Number)
	})
	shown, rest := list[:most], map[string]*LeadLine{}
	for _, l := range list[most:] {
		if rest[l.Currency] == nil {
			rest[l.Currency] = &LeadLine{Currency: l.Currency}
		}
		rest[l.Currency].add(l)
	}
	slices.SortFunc(shown, func(a, b *LeadLine) int { return a.Number - b.Number })
	for _, currency := range slices.Sorted(maps.Keys(rest)) {
		shown = append(shown, rest[currency])
	}
	return shown
}

// isOpen reports whether a difference of the line is not explained, or an error is
// open.
func (l *LeadLine) isOpen() bool {
	return l.Booked.Valid && !l.Booked.Decimal.Equal(l.Closing) || !l.Paid.Sub(l.Earned).Equal(l.Settled) ||
		l.Banked.Valid && !l.Unbanked().IsZero() || !l.Difference.Equal(l.Explained) || l.Errors > 0
}

// add makes the line one of several.
func (l *LeadLine) add(o *LeadLine) {
	l.Lines++
	l.Movements += o.Movements
	l.Payments += o.Payments
	l.Restated += o.Restated
	l.Errors += o.Errors
	l.Acknowledged += o.Acknowledged
	l.Controls, l.Moved = l.Controls.Plus(o.Controls), l.Moved.Add(o.Moved)
	for to, amount := range map[*decimal.Decimal]decimal.Decimal{
		&l.Opening: o.Opening, &l.Closing: o.Closing, &l.Booked.Decimal: o.Booked.Decimal, &l.Earned: o.Earned, &l.CoOpPaid: o.CoOpPaid, &l.ClaimsPaid: o.ClaimsPaid, &l.Paid: o.Paid,
		&l.Settled: o.Settled, &l.Tax: o.Tax, &l.Banked.Decimal: o.Banked.Decimal, &l.Outside: o.Outside,
		&l.Difference: o.Difference, &l.Explained: o.Explained, &l.RestatedUSD: o.RestatedUSD,
	} {
		*to = to.Add(amount)
	}
	l.Booked.Valid, l.Banked.Valid = l.Booked.Valid || o.Booked.Valid, l.Banked.Valid || o.Banked.Valid
}

// ShownDifferences returns no more than so many differences where there is no room
// for all: open ones, then the largest; by line. What the others come to follows,
// by currency, the open ones apart.
func (s *LeadSchedule) ShownDifferences(most int) []LeadDifference {
	list := slices.Clone(s.Differences)
	if len(list) <= most {
		return list
	}
	slices.SortStableFunc(list, func(a, b LeadDifference) int {
		return cmp.Or(rankOf(a.Explained)-rankOf(b.Explained), b.Amount.Abs().Cmp(a.Amount.Abs()))
	})
	type kind struct {
		explained bool
		currency  string
	}
	rest := map[kind]LeadDifference{}
	for _, d := range list[most:] {
		k := kind{d.Explained, d.Currency}
		sum := rest[k]
		rest[k] = LeadDifference{Rest: sum.Rest + 1, Amount: sum.Amount.Add(d.Amount), Currency: d.Currency, Explained: d.Explained}
	}
	shown := list[:most:most]
	slices.SortStableFunc(shown, func(a, b LeadDifference) int { return a.Line - b.Line })
	return append(shown, slices.SortedFunc(maps.Values(rest), func(a, b LeadDifference) int {
		return cmp.Or(rankOf(a.Explained)-rankOf(b.Explained), cmp.Compare(a.Currency, b.Currency))
	})...)
}

// rankOf puts what is open before what is explained.
func rankOf(explained bool) int {
	if explained {
		return 1
	}
	return 0
}
