package reconcile

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/controls"
)

// tieOut compares the totals of controls.csv with the figures of their days.
func tieOut(c banked, statements []*calc.Statement, given *calc.Controls) (list []calc.TieOut, found findings) {
	if given == nil {
		return nil, nil
	}
	of := map[*calc.Statement]*statement{}
	for i, s := range c.drawn {
		of[statements[i]] = s.statement
	}
	list = controls.Compare(controls.Input{
		AsOf: c.AsOf, Policy: c.Policy, Controls: given.Lines, Statements: statements, Stray: c.stray, Rows: c.rows(statements),
		On: func(day calc.Date, wanted func(*calc.Statement) bool) map[*calc.Statement]*calc.Statement {
			return c.statementsOn(day, statements, wanted)
		},
		Aside:      func(s *calc.Statement) []calc.Earning { return of[s].aside },
		KnownUntil: func(s *calc.Statement) calc.Date { return c.knownUntil(of[s]) },
	})
	found = controls.Findings(list, statements)
	if n := len(given.Lines) - len(list); n > 0 {
		f := calc.NewFinding(calc.Info, calc.AfterAsOf, calc.Say("%s dated after %s: left out", calc.CountOf(n, "%s control", "%s controls"), c.AsOf))
		found.report(f.At(calc.Place{File: given.Lines[0].Place.File}))
	}
	return list, found
}

// statementsOn returns some statements as of an earlier day, by those of now: their
// earnings up to that day, in the versions that count now, and their claims as they
// were then.
func (c *decided) statementsOn(day calc.Date, now []*calc.Statement, wanted func(*calc.Statement) bool) map[*calc.Statement]*calc.Statement {
	past := c.gathered
	past.AsOf, past.findings = day, nil
	then := decided{gathered: past}
	var since []*calc.Statement // now, of those drawn
	for i, s := range c.drawn {
		if !wanted(now[i]) {
			continue
		}
		rows := slices.DeleteFunc(slices.Clone(s.rows), func(number int32) bool { return c.ledger.At(number).Date().After(day) })
		if len(rows) == 0 {
			continue
		}
		since = append(since, now[i])
		then.drawn = append(then.drawn, past.draw(&statement{StatementKey: s.StatementKey, program: s.program, rows: rows, reach: s.reach}, past.factsOf(c.ledger.Earnings(rows))))
	}
	claimed := settleClaims(then, nil)
	was := map[*calc.Statement]*calc.Statement{}
	for i, s := range then.drawn {
		was[since[i]] = claimed.statement(s)
	}
	return was
}
