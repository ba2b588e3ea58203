package calc

import "github.com/shopspring/decimal"

// Changes is what exports and bookings changed about a statement after it was
// first reported.
type Changes struct {
	Restated []Restatement  // by date and id of the version that counts
	Statuses []StatusChange // by period, then words
	Vanished []Vanished     // by date and id
	Booked   []Earning      // adjustments and transfers in periods that are over: by date and id
	Periods  []PeriodChange // totals, oldest period first
}

// Restatement is an earning whose amount, month, participant or program changed
// between exports.
type Restatement struct {
	Counted Earning
	Earlier []Earning // versions that put other money into the figures, the newest first
}

// Before returns the version that the counted one replaced.
func (x *Restatement) Before() Earning { return x.Earlier[0] }

// MovedUSD returns how much more one version of an earning is than another, in USD,
// exact.
func MovedUSD(before, now Earning) decimal.Decimal {
	return now.USD().Decimal().Sub(before.USD().Decimal())
}

// PeriodChange totals what changed about a period, in USD and exact.
type PeriodChange struct {
	Period      EarningPeriod
	Restated    int                        // earnings that came into the period, left it or changed in it
	RestatedUSD [Other + 1]decimal.Decimal // by Kind: what it has now less what it had before
	AdjustedUSD decimal.Decimal            // by adjustments booked into it; only for periods that are over
	MovedUSD    decimal.Decimal            // by transfers; likewise
	Statuses    int
	VanishedUSD decimal.Decimal
}

// StatusChange counts earnings of a period whose payment status alone changed.
type StatusChange struct {
	Period   EarningPeriod
	From, To string // as the exports write them
	Earnings int
	USD      decimal.Decimal // exact
}

// Vanished is an earning that a newer export lacks although its range covers
// the earning's month. It still counts (cspcoop help rules, Restated).
type Vanished struct {
	Earning
	Export *Source // the newest export that covers and lacks it
}

// Shares are earnings by what becomes of them, in USD and rounded to cents where
// nothing else is said.
type Shares struct{ Rebate, CoOp, Other decimal.Decimal }

// Of returns the share of a kind; nothing of Gross, which is split.
func (s Shares) Of(k Kind) decimal.Decimal {
	return [...]decimal.Decimal{Rebate: s.Rebate, CoOp: s.CoOp, Other: s.Other}[k]
}

// IsZero reports whether there is nothing of either.
func (s Shares) IsZero() bool { return s.Rebate.IsZero() && s.CoOp.IsZero() && s.Other.IsZero() }

// Plus adds shares one by one.
func (s Shares) Plus(t Shares) Shares {
	return Shares{s.Rebate.Add(t.Rebate), s.CoOp.Add(t.CoOp), s.Other.Add(t.Other)}
}

// Minus subtracts shares one by one.
func (s Shares) Minus(t Shares) Shares {
	return Shares{s.Rebate.Sub(t.Rebate), s.CoOp.Sub(t.CoOp), s.Other.Sub(t.Other)}
}

// Cents rounds each share.
func (s Shares) Cents() Shares { return Shares{Cents(s.Rebate), Cents(s.CoOp), Cents(s.Other)} }

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

// HasEarlier reports whether anything earlier is known.
func (c Comparative) HasEarlier() bool { return c.Last != nil || c.YearBefore != nil }
