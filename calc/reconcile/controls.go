package reconcile

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/claims"
	"cspcoop/calc/controls"
)

// tieOut compares the totals of controls.csv with the figures of their days.
func tieOut(c banked, given *calc.Controls) (list []calc.TieOut, found findings) {
	if given == nil {
		return nil, nil
	}
	of := map[*calc.Statement]*statement{}
	for _, s := range c.drawn {
		of[s.out] = s.statement
	}
	statements := c.outs()
	list = controls.Compare(controls.Input{
		AsOf: c.AsOf, Policy: c.Policy, Controls: given.Lines, Statements: statements, Stray: c.stray, Rows: c.rows(),
		On:         c.statementsOn,
		Aside:      func(s *calc.Statement) []calc.Earning { return of[s].aside },
		KnownUntil: func(s *calc.Statement) calc.Date { return c.knownUntil(of[s]) },
	})
	slices.SortStableFunc(list, controls.Order)
	found = controls.Findings(list, statements)
	if n := len(given.Lines) - len(list); n > 0 {
		f := calc.NewFinding(calc.Info, calc.AfterAsOf, calc.Say("%s dated after %s: left out", calc.CountOf(n, "%s control", "%s controls"), c.AsOf))
		found.report(f.At(calc.Place{File: given.Lines[0].Place.File}))
	}
	return list, found
}

// statementsOn returns some statements as of an earlier day: their earnings up to
// that day, in the versions that count now, and their claims as they were then.
func (c *decided) statementsOn(day calc.Date, wanted func(*calc.Statement) bool) []*calc.Statement {
	past := c.gathered
	past.AsOf = day
	var list []*calc.Statement
	var balances []*calc.Balance
	for _, s := range c.drawn {
		if !wanted(s.out) {
			continue
		}
		rows := slices.DeleteFunc(slices.Clone(s.rows), func(number int32) bool { return c.ledger.At(number).Date().After(day) })
		if len(rows) == 0 {
			continue
		}
		then := past.draw(&statement{StatementKey: s.StatementKey, program: s.program, rows: rows, reach: s.reach}, past.factsOf(c.ledger.Earnings(rows)))
		list = append(list, then.out)
		balances = append(balances, then.out.Balances...)
	}
	claims.Settle(claims.Input{AsOf: day, Policy: c.Policy, Ledger: c.ledger, Balances: balances})
	return list
}
