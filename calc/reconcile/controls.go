package reconcile

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/claims"
	"cspcoop/calc/controls"
)

// tieOut compares the totals of controls.csv with the figures of their days.
func (c *calculation) tieOut(r *calc.Result) {
	r.Controls = c.Controls
	if c.Controls == nil {
		return
	}
	of := map[*calc.Statement]*statement{}
	for _, s := range c.statements {
		of[s.out] = s
	}
	r.TieOuts = controls.Compare(controls.Input{
		AsOf: c.AsOf, Policy: c.Policy, Controls: c.Controls.Lines, Statements: r.Statements, Stray: r.StrayPayments, Rows: r.Rows,
		On:         c.statementsOn,
		Aside:      func(s *calc.Statement) []calc.Earning { return of[s].aside },
		KnownUntil: func(s *calc.Statement) calc.Date { return c.account(of[s]).KnownUntil },
	})
	slices.SortStableFunc(r.TieOuts, controls.Order)
	for _, f := range controls.Findings(r.TieOuts, r.Statements) {
		c.report(f)
	}
	if n := len(c.Controls.Lines) - len(r.TieOuts); n > 0 {
		f := calc.NewFinding(calc.Info, calc.AfterAsOf, calc.Say("%s dated after %s: left out", calc.CountOf(n, "%s control", "%s controls"), c.AsOf))
		f.Place.File = c.Controls.Lines[0].Place.File
		c.report(f)
	}
}

// statementsOn returns some statements as of an earlier day: their earnings up to
// that day, in the versions that count now, and their claims as they were then.
func (c *calculation) statementsOn(day calc.Date, wanted func(*calc.Statement) bool) []*calc.Statement {
	past := &calculation{Input: c.Input, ledger: c.ledger, names: c.names, entityOf: c.entityOf, ranks: c.ranks}
	past.AsOf = day
	var list []*calc.Statement
	var balances []*calc.Balance
	for _, s := range c.ordered() {
		if !wanted(s.out) {
			continue
		}
		then := newStatement(s.StatementKey)
		then.program, then.reach = s.program, s.reach
		for _, e := range s.rows {
			if !e.Date().After(day) {
				then.add(e, e.Class(c.Policy.ClaimRows), c.Policy)
			}
		}
		if len(then.rows) == 0 {
			continue
		}
		past.finish(then)
		list = append(list, then.out)
		balances = append(balances, then.out.Balances...)
	}
	claims.Settle(claims.Input{AsOf: day, Policy: c.Policy, Ledger: c.ledger, Balances: balances})
	return list
}
