package calc

import (
	"fmt"
	"slices"
)

// listBooked tells adjustments and transfers of periods that are over: an
// adjustment is booked in the month that it adjusts, so a closed period can
// change (rules.md §6). Transfers have their own finding.
func (c *calculation) listBooked(at totalAt) {
	for _, s := range c.ordered() {
		var groups changeGroups
		for _, e := range s.inForce() {
			class := e.class(c.Policy.ClaimRows)
			if class != Transfer && e.Reason != Adjustment || !c.AsOf.After(PeriodOf(e.Date).End()) {
				continue
			}
			s.out.Changes.Booked = append(s.out.Changes.Booked, e)
			total := at(s.out, PeriodOf(e.Date))
			if class == Transfer {
				total.MovedUSD = total.MovedUSD.Add(e.USD.Decimal())
				continue
			}
			total.AdjustedUSD = total.AdjustedUSD.Add(e.USD.Decimal())
			groups.add(changeKey{now: e.Source, period: PeriodOf(e.Date)}, change{now: e})
		}
		slices.SortFunc(s.out.Changes.Booked, byDate)
		for _, g := range groups.list {
			c.report(g.first().finding(Warning, ClosedPeriodAdjusted, fmt.Sprintf(
				"%s, %s USD together: booked into %s, which ended on %s; compare with the statement that was signed off for that period",
				count(len(g.changes), "adjustment"), inWords(g.nowUSD()), g.period, g.period.End())))
		}
	}
}
