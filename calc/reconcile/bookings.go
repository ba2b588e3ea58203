package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// listBooked lists adjustments and transfers of periods that are over: an
// adjustment is booked in the month that it adjusts, so a closed period can
// change. It is a finding where a set that was made after the period's end did not
// have it yet. Transfers have their own finding.
func (c *calculation) listBooked(at totalAt) {
	known := c.lastAdjustments()
	for _, s := range c.ordered() {
		var groups changeGroups
		for _, e := range s.inForce() {
			class, period := e.Class(c.Policy.ClaimRows), calc.PeriodOf(e.Date)
			if class != calc.Transfer && e.Reason != calc.Adjustment || !c.AsOf.After(period.End()) {
				continue
			}
			s.out.Changes.Booked = append(s.out.Changes.Booked, e)
			total := at(s.out, period)
			if class == calc.Transfer {
				total.MovedUSD = total.MovedUSD.Add(e.USD.Decimal())
				continue
			}
			total.AdjustedUSD = total.AdjustedUSD.Add(e.USD.Decimal())
			if c.Last != nil && c.Last.AsOf.After(period.End()) && !known[adjustmentOf(e)] {
				groups.add(changeKey{now: e.Source, period: period}, change{now: e})
			}
		}
		slices.SortFunc(s.out.Changes.Booked, calc.CompareByDate)
		for _, g := range groups.list {
			c.report(g.first().Finding(calc.Warning, calc.ClosedPeriodAdjusted, calc.Say(
				"%s, %s together: booked into %s, which ended on %s, after the statement of %s; compare with what was booked",
				calc.CountOf(len(g.changes), "%s adjustment", "%s adjustments"), calc.USD(g.nowUSD()), g.period, g.period.End(), c.Last.AsOf)))
		}
	}
}

// adjustment is what an adjustment is known by: its id or, without one, what it
// says.
type adjustment struct {
	calc.Identity
	calc.StatementKey
	date   calc.Date
	amount string
}

func adjustmentOf(e *calc.Earning) adjustment {
	if e.ID != "" {
		return adjustment{Identity: e.Identity()}
	}
	return adjustment{e.Identity(), calc.StatementKey{Participant: e.Participant, Program: e.ProgramKey}, e.Date, e.Amount.Decimal().String()}
}

// lastAdjustments returns the adjustments in the files of the last set.
func (c *calculation) lastAdjustments() map[adjustment]bool {
	known := map[adjustment]bool{}
	if c.Last == nil {
		return known
	}
	for _, src := range c.ledger.Sources {
		if !slices.Contains(c.Last.Sources, src.SHA256) {
			continue
		}
		for i := range src.Earnings {
			if e := &src.Earnings[i]; e.Reason == calc.Adjustment && !e.Date.After(c.Last.AsOf) {
				known[adjustmentOf(e)] = true
			}
		}
	}
	return known
}
