package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// listVanished lists the vanished earnings of statements, and makes one finding
// for what a file lacks of a statement and period.
func (c *changing) listVanished() {
	var groups changeGroups
	for _, v := range c.ledger.Vanished {
		s := c.outOf(v.Earning)
		if s == nil || v.Date().After(c.AsOf) {
			continue
		}
		s.Vanished = append(s.Vanished, v)
		total := c.total(s, calc.PeriodOf(v.Date()))
		total.VanishedUSD = total.VanishedUSD.Add(v.USD().Decimal())
		groups.add(changeKey{v.Export, nil, v.StatementKey(), calc.PeriodOf(v.Date())}, change{now: v.Earning})
	}
	for i := range c.list {
		slices.SortFunc(c.list[i].Vanished, func(a, b calc.Vanished) int { return calc.CompareByDate(a.Earning, b.Earning) })
	}
	for _, g := range groups.list {
		first := g.first().now
		amount := calc.NewMoney(first.Amount().Decimal(), first.Currency())
		message := calc.Say("earning %s (%s of %s in %s) is missing from %s, which is newer and covers the month; it still counts; ask Microsoft whether it was withdrawn",
			first.ID(), first.Kind(), amount, first.Date().Month(), g.now.File)
		if n := len(g.changes); n > 1 {
			message = calc.Say("%s earnings, %s together, are missing from %s, which is newer and covers their months; they still count; ask Microsoft whether they were withdrawn (first: %s, %s of %s in %s)",
				n, calc.USD(g.nowUSD()), g.now.File, first.ID(), first.Kind(), amount, first.Date().Month())
		}
		c.report(first.Finding(calc.Warning, calc.EarningVanished, message).Behind(calc.USD(g.nowUSD())))
	}
}
