package reconcile

import (
	"maps"
	"slices"
	"strings"

	"cspcoop/calc"
)

// noticeLeadingZeros reports participants that differ only in leading zeros:
// they are kept apart, and may be one whose zeros a spreadsheet cut off.
func (c *noticing) noticeLeadingZeros() {
	money := map[string]calc.Shares{}
	alike := map[string]string{} // participants by their number
	for _, b := range c.funds() {
		money[b.Participant] = money[b.Participant].Plus(b.Shares)
	}
	for _, id := range slices.Sorted(maps.Keys(money)) {
		if !calc.IsDigits(id) {
			continue
		}
		number := strings.TrimLeft(id, "0")
		other, known := alike[number]
		if !known {
			alike[number] = id
			continue
		}
		here, there := money[id], money[other]
		f := calc.NewFinding(calc.Error, calc.LeadingZeros, calc.Say(
			"participant %s (%s of rebate, %s of co-op) differs from %s (%s and %s) only in leading zeros; they are kept apart; if a spreadsheet cut the zeros off, drop the untouched export and withdraw the changed one",
			id, calc.USD(here.Rebate), calc.USD(here.CoOp), other, calc.Figure(there.Rebate), calc.Figure(there.CoOp)))
		c.report(f.About(calc.Subject{Participant: id}))
	}
}
