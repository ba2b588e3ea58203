package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// listBooked lists adjustments and transfers that came after their period's end: an
// adjustment is booked in the month that it adjusts, so a closed period can
// change. They were calculated after it, or a set that was made after it did not
// have them yet; such an adjustment is a finding. Transfers have their own finding,
// and what they turned into rebate is in no fund.
func (c *changing) listBooked() {
	known := c.lastBookings()
	for i, s := range c.drawn {
		changes := &c.list[i]
		var groups changeGroups
		for _, e := range s.booked {
			class, period := e.Class(c.Policy.ClaimRows), calc.PeriodOf(e.Date())
			if !c.AsOf.After(period.End()) {
				continue
			}
			isNew := c.last != nil && c.last.AsOf.After(period.End()) && !known[bookingOf(e)]
			if !isNew && !e.Calculated().Day.After(period.End()) {
				continue
			}
			changes.Booked = append(changes.Booked, e)
			total := c.total(changes, period)
			if class == calc.Transfer {
				total.MovedUSD = total.MovedUSD.Add(e.USD().Decimal())
				continue
			}
			total.AdjustedUSD = total.AdjustedUSD.Add(e.USD().Decimal())
			if isNew {
				groups.add(changeKey{now: e.Source(), period: period}, change{now: e})
			}
		}
		slices.SortFunc(changes.Booked, calc.CompareByDate)
		for _, g := range groups.list {
			c.report(g.first().now.Finding(calc.Warning, calc.ClosedPeriodAdjusted, calc.Say(
				"%s, %s together: booked into %s, which ended on %s, after the statement of %s; compare with what was booked",
				calc.CountOf(len(g.changes), "%s adjustment", "%s adjustments"), calc.USD(g.nowUSD()), g.period, g.period.End(), c.last.AsOf)))
		}
	}
}

// booking is what an adjustment or a transfer is known by: its id or, without one,
// what it says.
type booking struct {
	calc.Identity
	calc.StatementKey
	date   calc.Date
	amount string
}

func bookingOf(e calc.Earning) booking {
	if e.ID() != "" {
		return booking{Identity: e.Identity()}
	}
	return booking{e.Identity(), e.StatementKey(), e.Date(), e.Amount().Decimal().String()}
}

// lastBookings returns the adjustments and transfers in the files of the last set.
func (c *changing) lastBookings() map[booking]bool {
	known := map[booking]bool{}
	if c.last == nil {
		return known
	}
	for _, src := range c.ledger.Sources {
		if !slices.Contains(c.last.Sources, src.SHA256) {
			continue
		}
		for _, e := range src.Earnings.All() {
			if (e.Reason() == calc.Adjustment || e.Class(c.Policy.ClaimRows) == calc.Transfer) && !e.Date().After(c.last.AsOf) {
				known[bookingOf(e)] = true
			}
		}
	}
	return known
}
