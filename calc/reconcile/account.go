package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// accountSources proves that every row of every source has one fate, and that the
// counted amounts are the figures.
func (c *calculation) accountSources(r *calc.Result) {
	var earned calc.Sum // USD of every row that is in the figures
	for i, src := range c.ledger.Sources {
		a := &calc.SourceAccount{Source: src, Tally: calc.Tally{Rows: src.RowCount()}}
		var usd [calc.FateCount]calc.Sum
		for j := range src.Earnings.Len() {
			fate := c.ledger.Fates[i][j]
			a.By[fate]++
			usd[fate].Add(src.Earnings.At(j).USD())
		}
		earned.AddDecimal(usd[calc.Counted].Decimal())
		for f := range usd {
			a.USD[f] = usd[f].Decimal()
		}
		a.By[calc.Skipped] += len(src.Totals)
		c.accountRegister(a)
		c.accountPayments(i, a)
		for _, fate := range c.bankFates[i] {
			a.By[fate]++
		}
		r.Sources = append(r.Sources, a)
		r.Totals.Rows += a.Rows
		for f := range a.By {
			r.Totals.By[f] += a.By[f]
			r.Totals.USD[f] = r.Totals.USD[f].Add(a.USD[f])
		}
	}
	t := &r.Totals
	for _, b := range r.Balances() {
		t.Rebate = t.Rebate.Add(b.Exact.Rebate)
		t.CoOp = t.CoOp.Add(b.Exact.CoOp)
		t.Other = t.Other.Add(b.Exact.Other)
		t.Transferred = t.Transferred.Add(b.Exact.Transferred)
	}
	figures := t.Rebate.Add(t.CoOp).Add(t.Other).Add(t.Transferred)
	t.Balanced = t.Tally.Balanced() && figures.Equal(earned.Decimal()) &&
		!slices.ContainsFunc(r.Sources, func(a *calc.SourceAccount) bool { return !a.Balanced() })
	c.share(r)
}

func (c *calculation) accountRegister(a *calc.SourceAccount) {
	switch {
	case !a.HasRegister:
	case a.Source == c.claims.Register:
		a.By[calc.Counted] += len(a.Register) - c.claims.Skipped
		a.By[calc.Skipped] += c.claims.Skipped
	default:
		a.By[calc.Superseded] += len(a.Register)
	}
}

// accountPayments counts a Payments report's rows: one that an earlier file
// has too is a duplicate.
func (c *calculation) accountPayments(source int, a *calc.SourceAccount) {
	for j := range a.Payments {
		a.By[c.paymentFates[source][j]]++
	}
}

// share lists for each statement the files that its rows came from.
func (c *calculation) share(r *calc.Result) {
	for k, s := range c.ordered() {
		for _, reach := range s.reach {
			r.Statements[k].Sources = append(r.Statements[k].Sources, calc.SourceShare{SourceAccount: r.Sources[reach.source], Counted: reach.counted})
		}
	}
}
