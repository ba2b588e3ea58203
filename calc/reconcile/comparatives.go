package reconcile

import (
	"maps"
	"slices"

	"cspcoop/calc"
)

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
		key := calc.NewStatementKey(f.Participant, f.Program)
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
	now, then := map[calc.EarningPeriod]calc.Shares{}, map[calc.EarningPeriod]calc.Shares{}
	for _, s := range statements {
		for _, b := range s.funds {
			now[b.Period] = now[b.Period].Plus(b.Shares)
		}
	}
	for _, f := range last {
		then[f.Period] = then[f.Period].Plus(calc.Shares{Rebate: f.Rebate, CoOp: f.CoOp, Other: f.Other})
		now[f.Period] = now[f.Period].Plus(calc.Shares{}) // of one that has no earnings any more
	}
	var list []calc.Comparative
	for _, period := range slices.SortedFunc(maps.Keys(now), calc.EarningPeriod.Compare) {
		c := calc.Comparative{Period: period, Now: now[period]}
		if earlier, known := then[period]; known {
			c.Last = &calc.Earlier{Shares: earlier, Change: c.Now.Minus(earlier)}
		}
		c.YearBefore = alike(asOf, statements, period, now)
		list = append(list, c)
	}
	return list
}

// alike compares a half-year with that of the year before: the months from the
// first one that is known of both years to the last one that can be known.
func alike(asOf calc.Date, statements []*drawn, period calc.EarningPeriod, halves map[calc.EarningPeriod]calc.Shares) *calc.Alike {
	then, both := halves[period.Previous().Previous()]
	if !both {
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
	a.Now = halves[period]
	if !a.Whole {
		a.Now, then = earned(statements, a.From, a.Until), earned(statements, a.From.Add(-12), a.Until.Add(-12))
	}
	a.Earlier = calc.Earlier{Shares: then, Change: a.Now.Minus(then)}
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
		var exact calc.Shares
		for _, m := range s.months {
			if m.Month.Compare(from) >= 0 && m.Month.Compare(until) <= 0 {
				exact = exact.Plus(m.SharesUSD())
			}
		}
		sum = sum.Plus(exact.Cents())
	}
	return sum
}
