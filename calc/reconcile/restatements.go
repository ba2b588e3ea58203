package reconcile

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/versions"
)

// changing is the work on what changed.
type changing struct {
	decided
	findings                                     // about changes
	last     *calc.LastSet                       // nil when there is none
	list     []calc.Changes                      // of the statements drawn, in their order
	out      map[calc.StatementKey]*calc.Changes // in list
}

// listChanges returns the changes of the statements drawn, in their order, and what
// is found in them. A change of an earning that is after the as-of date in all its
// versions is left for later.
func listChanges(d decided, last *calc.LastSet) ([]calc.Changes, findings) {
	c := changing{decided: d, last: last, list: make([]calc.Changes, len(d.drawn)), out: map[calc.StatementKey]*calc.Changes{}}
	for i, s := range d.drawn {
		c.out[s.StatementKey] = &c.list[i]
	}
	totals := map[*calc.Changes]map[calc.EarningPeriod]*calc.PeriodChange{}
	at := func(s *calc.Changes, p calc.EarningPeriod) *calc.PeriodChange {
		if totals[s] == nil {
			totals[s] = map[calc.EarningPeriod]*calc.PeriodChange{}
		}
		if totals[s][p] == nil {
			totals[s][p] = &calc.PeriodChange{Period: p}
		}
		return totals[s][p]
	}
	c.listRestated(at)
	c.listStatuses(at)
	c.listVanished(at)
	c.listBooked(at)
	for s, periods := range totals {
		for _, p := range slices.SortedFunc(maps.Keys(periods), calc.EarningPeriod.Compare) {
			s.Periods = append(s.Periods, *periods[p])
		}
	}
	return c.list, c.findings
}

// totalAt returns the totals of a statement's period.
type totalAt func(*calc.Changes, calc.EarningPeriod) *calc.PeriodChange

// outOf returns the changes of a row's statement; nil when nothing of it counts.
func (c *changing) outOf(e calc.Earning) *calc.Changes {
	return c.out[e.StatementKey()]
}

func (c *changing) listRestated(at totalAt) {
	var groups changeGroups
	for _, x := range c.ledger.Restated {
		now, before := x.Counted, x.Before()
		if now.Date().After(c.AsOf) && before.Date().After(c.AsOf) {
			continue
		}
		groups.add(changeKey{now.Source(), before.Source(), now.StatementKey(), calc.PeriodOf(now.Date())}, change{now, before})
		noted := map[*calc.Changes]bool{nil: true}
		for _, e := range []calc.Earning{now, before} {
			if s := c.outOf(e); !noted[s] {
				noted[s] = true
				s.Restated = append(s.Restated, x)
			}
		}
		c.totalRestated(now, before, at)
	}
	for i := range c.list {
		slices.SortFunc(c.list[i].Restated, func(a, b calc.Restatement) int { return calc.CompareByDate(a.Counted, b.Counted) })
	}
	for _, g := range groups.list {
		c.report(g.first().Finding(calc.Warning, calc.Restated, g.restated()).Behind(calc.USD(g.nowUSD().Sub(g.beforeUSD()))))
	}
}

func (c *changing) totalRestated(now, before calc.Earning, at totalAt) {
	counted := map[*calc.PeriodChange]bool{}
	book := func(e calc.Earning, usd decimal.Decimal) {
		s := c.outOf(e)
		if s == nil || e.Date().After(c.AsOf) || e.Class(c.Policy.ClaimRows) != calc.Earned {
			return
		}
		p := at(s, calc.PeriodOf(e.Date()))
		p.RestatedUSD[e.Kind()] = p.RestatedUSD[e.Kind()].Add(usd)
		if !counted[p] {
			counted[p] = true
			p.Restated++
		}
	}
	book(now, now.USD().Decimal())
	book(before, before.USD().Decimal().Neg())
}

func (g *changeGroup) beforeUSD() decimal.Decimal {
	var sum decimal.Decimal
	for _, x := range g.changes {
		sum = sum.Add(x.before.USD().Decimal())
	}
	return sum
}

func (g *changeGroup) restated() calc.Sentence {
	first := slices.MinFunc(g.changes, func(a, b change) int { return calc.CompareByPlace(a.now, b.now) })
	was, is := versions.Described(first.before, first.now), versions.Described(first.now, first.before)
	if len(g.changes) == 1 {
		return calc.Say("earning %s was restated: it was %s in %s and is %s in %s; the newer version counts", first.now.ID(), was, first.before.Place(), is, first.now.Place())
	}
	before := g.beforeUSD()
	return calc.Say("%s earnings of %s were restated in %s: together they were %s and are now %s, a difference of %s; the newer versions count (first: earning %s was %s in %s and is %s)",
		len(g.changes), first.before.Source().File, first.now.Source().File, calc.USD(before), calc.USD(g.nowUSD()), calc.Figure(g.nowUSD().Sub(before)),
		first.now.ID(), was, first.before.Place(), is)
}
