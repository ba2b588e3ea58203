package lists

import (
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// PeriodChange is what exports and bookings changed about a half-year of a
// statement.
type PeriodChange struct {
	*calc.Statement
	calc.PeriodChange
}

// SumUSD sums what was restated in USD, each kind rounded to cents as lists have it.
func (c *PeriodChange) SumUSD() decimal.Decimal {
	var sum decimal.Decimal
	for _, usd := range c.RestatedUSD {
		sum = sum.Add(calc.Cents(usd))
	}
	return sum
}

// Restated lists the half-years of statements in which more than the payment
// status of earnings changed.
func Restated(statements []*calc.Statement) []PeriodChange {
	var list []PeriodChange
	for _, s := range statements {
		for _, c := range s.Changes.Periods {
			if c.Restated > 0 || !c.AdjustedUSD.IsZero() || !c.MovedUSD.IsZero() || !c.VanishedUSD.IsZero() {
				list = append(list, PeriodChange{s, c})
			}
		}
	}
	return list
}

// ChangeKind is how an earning changed after it was first reported.
type ChangeKind uint8

const (
	// RestatedEarning: a newer export has another amount, month or owner.
	RestatedEarning ChangeKind = iota
	// MissingEarning: a newer export lacks it.
	MissingEarning
	// LateAdjustment: booked into a half-year that is over.
	LateAdjustment
	// LateTransfer: likewise.
	LateTransfer
)

// EarningChange is an earning that changed.
type EarningChange struct {
	*calc.Statement
	Kind    ChangeKind
	Counted calc.Earning
	Before  calc.Earning // of a restated one
	Lacking *calc.Source // the newer export without it
}

// Changed lists the earnings of statements that changed. One that moved from a
// statement to another is listed once.
func Changed(statements []*calc.Statement) []EarningChange {
	var list []EarningChange
	listed := map[calc.Earning]bool{}
	for _, s := range statements {
		for i := range s.Changes.Restated {
			x := &s.Changes.Restated[i]
			if !listed[x.Counted] {
				listed[x.Counted] = true
				list = append(list, EarningChange{s, RestatedEarning, x.Counted, x.Before(), nil})
			}
		}
		for _, v := range s.Changes.Vanished {
			list = append(list, EarningChange{s, MissingEarning, v.Earning, calc.Earning{}, v.Export})
		}
		for _, e := range s.Changes.Booked {
			kind := LateAdjustment
			if e.Reason() == calc.Rollover {
				kind = LateTransfer
			}
			list = append(list, EarningChange{s, kind, e, calc.Earning{}, nil})
		}
	}
	return list
}

// Loose is an earning or a payment without its counterpart.
type Loose struct {
	Participant, Program string
	Match                *calc.PaymentMatch // nil for rebate that waits for its payment
	Earning              calc.Earning       // nil for a payment that no earning names
	Days                 int                // since the end of the earning's month, while it waits
}

// Unmatched lists payments without earnings, earnings without their payment,
// and rebate that waits for one. Stray payments belong to no statement.
func Unmatched(asOf calc.Date, statements []*calc.Statement, stray []*calc.PaymentMatch) []Loose {
	var list []Loose
	listed := map[calc.Earning]bool{}
	for _, m := range Payments(statements, stray) {
		switch m.State {
		case calc.MatchWithoutEarnings, calc.MatchMissing, calc.MatchFailed:
		case calc.MatchUnchecked, calc.MatchAgrees, calc.MatchTaxed, calc.MatchDiffers, calc.MatchLater:
			continue
		}
		for _, e := range m.Rows {
			listed[e] = true
			list = append(list, Loose{m.Participant, m.Program, m, e, 0})
		}
		if len(m.Rows) == 0 {
			list = append(list, Loose{Participant: m.Participant, Program: m.Program, Match: m})
		}
	}
	for _, s := range statements {
		for _, e := range s.Unpaid.Rows {
			if !listed[e] {
				list = append(list, Loose{s.Participant, s.Program, nil, e, max(0, e.Date().Month().Last().DaysUntil(asOf))})
			}
		}
	}
	return list
}

// Payments lists the payments of statements, then stray ones.
func Payments(statements []*calc.Statement, stray []*calc.PaymentMatch) []*calc.PaymentMatch {
	var list []*calc.PaymentMatch
	for _, s := range statements {
		list = append(list, s.Payments...)
	}
	return append(list, stray...)
}

// Unequal leaves out the payments that match their earnings, and those that no
// Payments report covers.
func Unequal(list []*calc.PaymentMatch) []*calc.PaymentMatch {
	return slices.DeleteFunc(slices.Clone(list), func(m *calc.PaymentMatch) bool {
		return m.State == calc.MatchAgrees || m.State == calc.MatchUnchecked
	})
}

// Age is what is unpaid of a statement by its age.
type Age struct {
	*calc.Statement
	From, To int // days since the end of the earnings' month, of a payout's earning period; To is 0 for more
	USD      decimal.Decimal
}

// Unpaid lists what is unpaid of statements by age.
func Unpaid(statements []*calc.Statement) []Age {
	var list []Age
	for _, s := range statements {
		if s.Unpaid.Total.IsZero() && len(s.Unpaid.Rows) == 0 {
			continue
		}
		from := 0
		for i, usd := range s.Unpaid.Buckets {
			age := Age{Statement: s, From: from, USD: usd}
			if i < len(calc.AgeLimits) {
				age.To = calc.AgeLimits[i]
				from = age.To + 1
			}
			list = append(list, age)
		}
	}
	return list
}

// Posting is a line of the journal with its entry.
type Posting struct {
	*calc.JournalEntry
	calc.JournalLine
}

// Postings lists the journal line by line.
func Postings(r *calc.Result) []Posting {
	var list []Posting
	for i := range r.Journal {
		for _, line := range r.Journal[i].Lines {
			list = append(list, Posting{&r.Journal[i], line})
		}
	}
	return list
}

// ForAccountant lists the findings that a statement's reader can do something
// about. What the operator has to do is in the documents of the portfolio.
func ForAccountant[F interface {
	Note() calc.CodeNote
	ForAccountant() calc.Finding
}](findings []F) []calc.Finding {
	var list []calc.Finding
	for _, f := range findings {
		if f.Note().For == calc.Accountant {
			list = append(list, f.ForAccountant())
		}
	}
	return list
}
