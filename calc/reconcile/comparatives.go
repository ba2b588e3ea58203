package reconcile

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// beside sets the period beside an earlier figure, if there is one.
func beside(c *calc.Comparative, earlier *calc.Shares) *calc.Earlier {
	if earlier == nil {
		return nil
	}
	return &calc.Earlier{Shares: *earlier, Change: c.Now.Sub(*earlier)}
}

// compareEarlier sets the totals of every period beside earlier ones, for each
// statement and for the whole portfolio. Sums are of the rounded figures that
// are in balances.csv, so that they add up.
func compareEarlier(d decided, last *calc.LastSet) (each [][]calc.Comparative, whole []calc.Comparative) {
	var funds []calc.FundState
	if last != nil {
		funds = last.Funds
	}
	was := map[calc.StatementKey][]calc.FundState{}
	for _, f := range funds {
		key := calc.StatementKey{Participant: f.Participant, Program: calc.KeyOfProgram(f.Program)}
		was[key] = append(was[key], f)
	}
	for _, s := range d.drawn {
		each = append(each, compareHalves(d.AsOf, []*drawn{s}, was[s.StatementKey]))
	}
	return each, compareHalves(d.AsOf, d.drawn, funds)
}

// compareHalves sums statements and the funds of the last set by earning period,
// the oldest first.
func compareHalves(asOf calc.Date, statements []*drawn, last []calc.FundState) []calc.Comparative {
	now, then := map[calc.EarningPeriod]*calc.Shares{}, map[calc.EarningPeriod]*calc.Shares{}
	for _, s := range statements {
		for _, b := range s.funds {
			sharesOf(now, b.Period).Add(b.Rebate, b.CoOp, b.Other)
		}
	}
	for _, f := range last {
		sharesOf(then, f.Period).Add(f.Rebate, f.CoOp, f.Other)
	}
	for period := range then {
		sharesOf(now, period) // one that has no earnings any more
	}
	var list []calc.Comparative
	for _, period := range slices.SortedFunc(maps.Keys(now), calc.EarningPeriod.Compare) {
		c := calc.Comparative{Period: period, Now: *now[period]}
		c.Last = beside(&c, then[period])
		c.YearBefore = alike(asOf, statements, period, now)
		list = append(list, c)
	}
	return list
}

func sharesOf(m map[calc.EarningPeriod]*calc.Shares, p calc.EarningPeriod) *calc.Shares {
	if m[p] == nil {
		m[p] = &calc.Shares{}
	}
	return m[p]
}

// alike compares a half-year with that of the year before: the months from the
// first one that is known of both years to the last one that can be known.
func alike(asOf calc.Date, statements []*drawn, period calc.EarningPeriod, halves map[calc.EarningPeriod]*calc.Shares) *calc.Alike {
	before := halves[period.Previous().Previous()]
	if before == nil {
		return nil
	}
	first, latest := known(statements, period)
	a := &calc.Alike{From: period.FirstMonth(), Until: period.End().Month()}
	if from := first.Add(12); from.Compare(a.From) > 0 {
		a.From = from
	}
	if !asOf.After(period.End()) {
		a.Until = latest
	}
	if a.From.Compare(a.Until) > 0 {
		return nil
	}
	a.Whole = a.From == period.FirstMonth() && a.Until == period.End().Month()
	then := *before
	a.Now = *halves[period]
	if !a.Whole {
		a.Now, then = earned(statements, a.From, a.Until), earned(statements, a.From.Add(-12), a.Until.Add(-12))
	}
	a.Earlier = calc.Earlier{Shares: then, Change: a.Now.Sub(then)}
	return a
}

// known returns the first month of all statements, and the last one in which any
// has earnings of a half-year.
func known(statements []*drawn, p calc.EarningPeriod) (first, latest calc.Month) {
	latest = p.FirstMonth()
	for _, s := range statements {
		for _, m := range s.months {
			if first == (calc.Month{}) || m.Month.Compare(first) < 0 {
				first = m.Month
			}
			if m.Month.Period() == p && m.Month.Compare(latest) > 0 {
				latest = m.Month
			}
		}
	}
	return first, latest
}

// earned sums months, each statement's rounded once.
func earned(statements []*drawn, from, until calc.Month) (sum calc.Shares) {
	for _, s := range statements {
		var exact [3]decimal.Decimal
		for _, m := range s.months {
			if m.Month.Compare(from) >= 0 && m.Month.Compare(until) <= 0 {
				for k := range exact {
					exact[k] = exact[k].Add(m.ExactUSD(k))
				}
			}
		}
		sum.Add(calc.Cents(exact[0]), calc.Cents(exact[1]), calc.Cents(exact[2]))
	}
	return sum
}
