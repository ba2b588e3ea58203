package reconcile

import (
	"fmt"
	"slices"

	"cspcoop/calc"
)

// listBooked tells adjustments and transfers of periods that are over: an
// adjustment is booked in the month that it adjusts, so a closed period can
// change (rules.md §6). Transfers have their own finding.
func (c *calculation) listBooked(at totalAt) {
	for _, s := range c.ordered() {
		var groups changeGroups
		for _, e := range s.inForce() {
			class := e.Class(c.Policy.ClaimRows)
			if class != calc.Transfer && e.Reason != calc.Adjustment || !c.AsOf.After(calc.PeriodOf(e.Date).End()) {
				continue
			}
			s.out.Changes.Booked = append(s.out.Changes.Booked, e)
			total := at(s.out, calc.PeriodOf(e.Date))
			if class == calc.Transfer {
				total.MovedUSD = total.MovedUSD.Add(e.USD.Decimal())
				continue
			}
			total.AdjustedUSD = total.AdjustedUSD.Add(e.USD.Decimal())
			groups.add(changeKey{now: e.Source, period: calc.PeriodOf(e.Date)}, change{now: e})
		}
		slices.SortFunc(s.out.Changes.Booked, calc.CompareByDate)
		for _, g := range groups.list {
			c.report(g.first().Finding(calc.Warning, calc.ClosedPeriodAdjusted, fmt.Sprintf(
				"%s, %s USD together: booked into %s, which ended on %s; compare with the statement that was signed off for that period",
				calc.CountText(len(g.changes), "adjustment"), calc.AmountText(g.nowUSD()), g.period, g.period.End())))
		}
	}
}
