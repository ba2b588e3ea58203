package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"cspcoop/calc"
)

func (c *changing) listStatuses() {
	type key struct {
		*calc.Changes
		calc.EarningPeriod
		from, to string // compared without regard to case
	}
	changes := map[key]*calc.StatusChange{}
	for _, pair := range c.ledger.Statuses {
		s := c.outOf(pair.Earning)
		if s == nil || pair.Date().After(c.AsOf) {
			continue
		}
		from, to := statusWords(pair.Other), statusWords(pair.Earning)
		period := calc.PeriodOf(pair.Date())
		k := key{s, period, calc.TypeKey(from), calc.TypeKey(to)}
		x := changes[k]
		if x == nil {
			x = &calc.StatusChange{Period: period, From: from, To: to}
			changes[k] = x
		}
		x.From, x.To = min(x.From, from), min(x.To, to)
		x.Earnings++
		x.USD = x.USD.Add(pair.USD().Decimal())
		c.total(s, period).Statuses++
	}
	for k, x := range changes {
		k.Changes.Statuses = append(k.Changes.Statuses, *x)
	}
	for i, s := range c.drawn {
		list := c.list[i].Statuses
		slices.SortFunc(list, func(a, b calc.StatusChange) int {
			return cmp.Or(a.Period.Compare(b.Period), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
		})
		for half := range stretches(list, func(a, b calc.StatusChange) bool { return a.Period == b.Period }) {
			c.report(s.finding(calc.Info, calc.StatusChanged, half[0].Period, statusesChanged(half)))
		}
	}
}

func statusWords(e calc.Earning) string {
	if status := e.Status(); !calc.IsPlaceholder(status) {
		return calc.Spaced(status)
	}
	return "none"
}

func statusesChanged(list []calc.StatusChange) calc.Sentence {
	total := 0
	var parts calc.List
	for _, x := range list {
		total += x.Earnings
		parts = append(parts, calc.Say("%s from %s to %s", x.Earnings, x.From, x.To))
	}
	return calc.Say("%s changed in payment status only (%s)", calc.CountOf(total, "%s earning", "%s earnings"), parts)
}
