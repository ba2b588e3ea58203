package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// accountSources proves that every row of every source has one fate, and that the
// counted amounts are the figures.
func accountSources(c banked) (list []*calc.SourceAccount, t calc.Totals) {
	var earned calc.Sum // USD of every row that is in the figures
	for i, src := range c.ledger.Sources {
		a := &calc.SourceAccount{Source: src, Tally: calc.Tally{Rows: src.RowCount()}}
		var usd [calc.FateCount]calc.Sum
		for j, e := range src.Earnings.All() {
			fate := c.ledger.Fates[i][j]
			a.By[fate]++
			usd[fate].Add(e.USD())
		}
		earned.AddDecimal(usd[calc.Counted].Decimal())
		for f := range usd {
			a.USD[f] = usd[f].Decimal()
		}
		a.By[calc.Skipped] += len(src.Totals)
		c.accountRegister(a)
		for _, fate := range slices.Concat(c.fates[i], c.bank.Fates[i]) {
			a.By[fate]++
		}
		list = append(list, a)
		t.Rows += a.Rows
		for f := range a.By {
			t.By[f] += a.By[f]
			t.USD[f] = t.USD[f].Add(a.USD[f])
		}
	}
	for _, b := range c.funds() {
		t.Shares = t.Shares.Plus(b.Exact.Shares)
		t.Transferred = t.Transferred.Add(b.Exact.Transferred)
	}
	figures := t.Rebate.Add(t.CoOp).Add(t.Other).Add(t.Transferred)
	t.Balanced = t.Tally.Balanced() && figures.Equal(earned.Decimal()) &&
		!slices.ContainsFunc(list, func(a *calc.SourceAccount) bool { return !a.Balanced() })
	return list, t
}

func (c *claimed) accountRegister(a *calc.SourceAccount) {
	switch {
	case !a.HasRegister:
	case a.Source == c.outcome.Register:
		a.By[calc.Counted] += len(a.Register) - c.outcome.Skipped
		a.By[calc.Skipped] += c.outcome.Skipped
	default:
		a.By[calc.Superseded] += len(a.Register)
	}
}
