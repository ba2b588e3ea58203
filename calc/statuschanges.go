package calc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// StatusChange counts earnings of a period whose payment status alone changed.
type StatusChange struct {
	Period   EarningPeriod
	From, To string // as the exports write them
	Earnings int
	USD      decimal.Decimal // exact
}

func (c *calculation) listStatuses(at totalAt) {
	type key struct {
		*Statement
		EarningPeriod
		from, to string // compared without regard to case
	}
	changes := map[key]*StatusChange{}
	for _, pair := range c.ledger.statuses {
		s := c.outOf(pair.Earning)
		if s == nil || pair.Date.After(c.AsOf) {
			continue
		}
		from, to := statusWords(pair.Other), statusWords(pair.Earning)
		period := PeriodOf(pair.Date)
		k := key{s, period, typeKey(from), typeKey(to)}
		x := changes[k]
		if x == nil {
			x = &StatusChange{Period: period, From: from, To: to}
			changes[k] = x
		}
		x.From, x.To = min(x.From, from), min(x.To, to)
		x.Earnings++
		x.USD = x.USD.Add(pair.USD.Decimal())
		at(s, period).Statuses++
	}
	for k, x := range changes {
		k.Statement.Changes.Statuses = append(k.Statement.Changes.Statuses, *x)
	}
	for _, s := range c.ordered() {
		list := s.out.Changes.Statuses
		slices.SortFunc(list, func(a, b StatusChange) int {
			return cmp.Or(a.Period.Compare(b.Period), strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
		})
		for len(list) > 0 {
			n := 1
			for n < len(list) && list[n].Period == list[0].Period {
				n++
			}
			c.report(s.out.finding(Info, StatusChanged, list[0].Period, statusChangeWords(list[:n])))
			list = list[n:]
		}
	}
}

func statusWords(e *Earning) string {
	if IsPlaceholder(e.PaymentStatus) {
		return "none"
	}
	return spaced(e.PaymentStatus)
}

func statusChangeWords(list []StatusChange) string {
	total := 0
	var parts []string
	for _, x := range list {
		total += x.Earnings
		parts = append(parts, fmt.Sprintf("%d from %s to %s", x.Earnings, x.From, x.To))
	}
	return fmt.Sprintf("%s changed in payment status only (%s)", count(total, "earning"), strings.Join(parts, ", "))
}
