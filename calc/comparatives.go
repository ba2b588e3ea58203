package calc

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// Shares are earnings by what becomes of them, in USD and rounded to cents.
type Shares struct{ Rebate, CoOp, Other decimal.Decimal }

// Total gives all of it.
func (s Shares) Total() decimal.Decimal { return s.Rebate.Add(s.CoOp).Add(s.Other) }

func (s Shares) sub(t Shares) Shares {
	return Shares{s.Rebate.Sub(t.Rebate), s.CoOp.Sub(t.CoOp), s.Other.Sub(t.Other)}
}

func (s *Shares) add(rebate, coop, other decimal.Decimal) {
	s.Rebate, s.CoOp, s.Other = s.Rebate.Add(rebate), s.CoOp.Add(coop), s.Other.Add(other)
}

// Comparative is what was earned in an earning period, beside what the last set
// said of it and beside the same half of the year before.
type Comparative struct {
	Period     EarningPeriod
	Now        Shares
	Last       *Earlier // in the last set; nil when it had no such period, or there is none
	YearBefore *Earlier // nil when no earning of that half is known

	// While the period runs, what the same half of the year before had come to
	// after as many months; nil otherwise.
	ToDate *Earlier
	Until  Month // last month of ToDate
}

// Earlier is what stood at another time, and how far Now is above it.
type Earlier struct {
	Shares
	Change Shares
}

// HasEarlier says that anything earlier is known.
func (c Comparative) HasEarlier() bool { return c.Last != nil || c.YearBefore != nil }

// beside sets the period beside an earlier figure, if there is one.
func (c *Comparative) beside(earlier *Shares) *Earlier {
	if earlier == nil {
		return nil
	}
	return &Earlier{*earlier, c.Now.sub(*earlier)}
}

// setComparatives sets the totals of every period beside earlier ones, for each
// statement and for the whole portfolio. Sums are of the rounded figures that
// stand in balances.csv, so that they add up.
func (r *Result) setComparatives() {
	var funds []FundState
	if r.Last != nil {
		funds = r.Last.Funds
	}
	r.Comparatives = compareHalves(r.AsOf, r.Statements, funds)
	was := map[statementKey][]FundState{}
	for _, f := range funds {
		key := statementKey{f.Participant, KeyOfProgram(f.Program)}
		was[key] = append(was[key], f)
	}
	for _, s := range r.Statements {
		s.Comparatives = compareHalves(r.AsOf, []*Statement{s}, was[statementKey{s.Participant, KeyOfProgram(s.Program)}])
	}
}

// compareHalves sums statements and the funds of the last set by earning period,
// the oldest first.
func compareHalves(asOf Date, statements []*Statement, last []FundState) []Comparative {
	now, then := map[EarningPeriod]*Shares{}, map[EarningPeriod]*Shares{}
	for _, s := range statements {
		for _, b := range s.Balances {
			sharesOf(now, b.Period).add(b.Rebate, b.CoOp, b.Other)
		}
	}
	for _, f := range last {
		sharesOf(then, f.Period).add(f.Rebate, f.CoOp, f.Other)
	}
	for period := range then {
		sharesOf(now, period) // one that has no earnings any more
	}
	var list []Comparative
	for _, period := range slices.SortedFunc(maps.Keys(now), EarningPeriod.Compare) {
		c := Comparative{Period: period, Now: *now[period]}
		c.Last = c.beside(then[period])
		c.YearBefore = c.beside(now[period.Previous().Previous()])
		if c.YearBefore != nil && !asOf.After(period.End()) {
			c.Until = latestOf(statements, period).Add(-12)
			c.ToDate = c.beside(earnedUntil(statements, c.Until))
		}
		list = append(list, c)
	}
	return list
}

func sharesOf(m map[EarningPeriod]*Shares, p EarningPeriod) *Shares {
	if m[p] == nil {
		m[p] = &Shares{}
	}
	return m[p]
}

// latestOf gives the last month of a period in which any statement has earnings.
func latestOf(statements []*Statement, p EarningPeriod) Month {
	latest := p.FirstMonth()
	for _, s := range statements {
		for _, m := range s.Months {
			if m.Month.Period() == p && m.Month.Compare(latest) > 0 {
				latest = m.Month
			}
		}
	}
	return latest
}

// earnedUntil sums the months of an earning period up to one of them.
func earnedUntil(statements []*Statement, until Month) *Shares {
	sum := &Shares{}
	for _, s := range statements {
		var exact [3]decimal.Decimal
		for _, m := range s.Months {
			if m.Month.Period() == until.Period() && m.Month.Compare(until) <= 0 {
				for k := range exact {
					exact[k] = exact[k].Add(m.exactUSD[k])
				}
			}
		}
		sum.add(Cents(exact[0]), Cents(exact[1]), Cents(exact[2]))
	}
	return sum
}
