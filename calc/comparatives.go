package calc

import "github.com/shopspring/decimal"

// Shares are earnings by what becomes of them, in USD and rounded to cents.
type Shares struct{ Rebate, CoOp, Other decimal.Decimal }

// Total gives all of it.
func (s Shares) Total() decimal.Decimal { return s.Rebate.Add(s.CoOp).Add(s.Other) }

func (s Shares) Sub(t Shares) Shares {
	return Shares{s.Rebate.Sub(t.Rebate), s.CoOp.Sub(t.CoOp), s.Other.Sub(t.Other)}
}

func (s *Shares) Add(rebate, coop, other decimal.Decimal) {
	s.Rebate, s.CoOp, s.Other = s.Rebate.Add(rebate), s.CoOp.Add(coop), s.Other.Add(other)
}

// Comparative is what was earned in an earning period, beside what the last set
// said of it and beside the same half of the year before.
type Comparative struct {
	Period     EarningPeriod
	Now        Shares
	Last       *Earlier // in the last set; nil when it had no such period, or there is none
	YearBefore *Alike   // nil when no month is known of both years
}

// Alike compares the months of a half-year that are known of two years.
type Alike struct {
	From, Until Month // of the later year
	Whole       bool  // all six months
	Now         Shares
	Earlier
}

// Earlier is what was earned at another time, and how far Now is above it.
type Earlier struct {
	Shares
	Change Shares
}

// HasEarlier says that anything earlier is known.
func (c Comparative) HasEarlier() bool { return c.Last != nil || c.YearBefore != nil }
