package reconcile

import (
	"cmp"
	"fmt"
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
		for j := range src.Earnings {
			fate := c.ledger.Fates[i][j]
			a.By[fate]++
			usd[fate].Add(src.Earnings[j].USD)
		}
		earned.AddDecimal(usd[calc.Counted].Decimal())
		for f := range usd {
			a.USD[f] = usd[f].Decimal()
		}
		a.By[calc.Skipped] += len(src.Totals)
		c.accountRegister(a)
		c.accountPayments(i, a)
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
// tells too is a duplicate.
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

// decideOtherwise names the balances that the published rule set would decide
// differently, where it is not in force.
func (c *calculation) decideOtherwise(r *calc.Result) {
	if c.Policy.Published == nil {
		return
	}
	for _, b := range r.Balances() {
		rule := c.Policy.Published.ForDecision(calc.KeyOfProgram(b.Statement.Program), b.Period)
		o := calc.Otherwise{Balance: b, Rule: *rule, CoOp: calc.Cents(b.Exact.Published)}
		if o.Decision = decision(o.CoOp, rule, b.Period, c.AsOf); o.Decision == b.Decision {
			continue
		}
		r.Otherwise = append(r.Otherwise, o)
		c.report(b.Finding(calc.Warning, calc.NewerThreshold, fmt.Sprintf(
			"%s USD of co-op is %s by the rule in force, but %s by the published rules (%s; threshold %s USD); if they apply to you, set rule_set = \"%s\" in cspcoop.toml",
			o.CoOp.StringFixed(2), b.Decision, o.Decision, rule.Name, rule.Threshold.StringFixed(2), calc.PublishedSet)))
	}
}

// appliedRules lists the rules that decided a balance, the oldest first.
func appliedRules(r *calc.Result) []calc.Rule {
	var list []calc.Rule
	for _, b := range r.Balances() {
		if !slices.ContainsFunc(list, func(x calc.Rule) bool { return x.Name == b.Rule.Name && x.First == b.Rule.First }) {
			list = append(list, b.Rule)
		}
	}
	slices.SortFunc(list, func(a, b calc.Rule) int { return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.Name, b.Name)) })
	return list
}
