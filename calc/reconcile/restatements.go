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
	totals   map[changedPeriod]*calc.PeriodChange
}

type changedPeriod struct {
	*calc.Changes // in list
	calc.EarningPeriod
}

// listChanges returns the changes of the statements drawn, in their order, and what
// is found in them. A change of an earning that is after the as-of date in all its
// versions is left for later.
func listChanges(d decided, last *calc.LastSet) ([]calc.Changes, findings) {
	c := changing{decided: d, last: last, list: make([]calc.Changes, len(d.drawn)), out: map[calc.StatementKey]*calc.Changes{}, totals: map[changedPeriod]*calc.PeriodChange{}}
	for i, s := range d.drawn {
		c.out[s.StatementKey] = &c.list[i]
	}
	c.listRestated()
	c.listStatuses()
	c.listVanished()
	c.listBooked()
	for _, at := range slices.SortedFunc(maps.Keys(c.totals), func(a, b changedPeriod) int { return a.Compare(b.EarningPeriod) }) {
		at.Changes.Periods = append(at.Changes.Periods, *c.totals[at])
	}
	return c.list, c.findings
}

// total returns the totals of a statement's period.
func (c *changing) total(s *calc.Changes, p calc.EarningPeriod) *calc.PeriodChange {
	at := changedPeriod{s, p}
	if c.totals[at] == nil {
		c.totals[at] = &calc.PeriodChange{Period: p}
	}
	return c.totals[at]
}

// outOf returns the changes of a row's statement; nil when nothing of it counts.
func (c *changing) outOf(e calc.Earning) *calc.Changes {
	return c.out[e.StatementKey()]
}

func (c *changing) listRestated() {
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
		c.totalRestated(now, before)
	}
	for i := range c.list {
		slices.SortFunc(c.list[i].Restated, func(a, b calc.Restatement) int { return calc.CompareByDate(a.Counted, b.Counted) })
	}
	for _, g := range groups.list {
		c.report(g.first().now.Finding(calc.Warning, calc.Restated, g.restated()).Behind(calc.USD(g.nowUSD().Sub(g.beforeUSD()))))
	}
}

func (c *changing) totalRestated(now, before calc.Earning) {
	counted := map[*calc.PeriodChange]bool{}
	book := func(e calc.Earning, usd decimal.Decimal) {
		s := c.outOf(e)
		if s == nil || e.Date().After(c.AsOf) || e.Class(c.Policy.ClaimRows) != calc.Earned {
			return
		}
		p := c.total(s, calc.PeriodOf(e.Date()))
		p.RestatedUSD[e.Kind()] = p.RestatedUSD[e.Kind()].Add(usd)
		if !counted[p] {
			counted[p] = true
			p.Restated++
		}
	}
	book(now, now.USD().Decimal())
	book(before, before.USD().Decimal().Neg())
}

func (g *changeGroup) restated() calc.Sentence {
	first := g.first()
	was, is := versions.Described(first.before, first.now), versions.Described(first.now, first.before)
	if len(g.changes) == 1 {
		return calc.Say("earning %s was restated: it was %s in %s and is %s in %s; the newer version counts", first.now.ID(), was, first.before.Place(), is, first.now.Place())
	}
	before := g.beforeUSD()
	return calc.Say("%s earnings of %s were restated in %s: together they were %s and are now %s, a difference of %s; the newer versions count (first: earning %s was %s in %s and is %s)",
		len(g.changes), first.before.Source().File, first.now.Source().File, calc.USD(before), calc.USD(g.nowUSD()), calc.Figure(g.nowUSD().Sub(before)),
		first.now.ID(), was, first.before.Place(), is)
}
