package reconcile

import (
	"slices"
	"sync"

	"cspcoop/calc"
	"cspcoop/calc/parallel"
	"cspcoop/calc/payments"
)

// checked adds what was paid.
type checked struct {
	moved
	paid  []payments.Outcome   // of the statements drawn, in their order
	stray []*calc.PaymentMatch // payments of no statement, by date and id
	fates [][]calc.Fate        // of payments, by source
}

// checkStatements compares each statement's rows with Payments reports. It says once
// that there is no report.
func checkStatements(m moved) checked {
	c := checked{moved: m, fates: payments.Fates(m.ledger.Sources, m.AsOf)}
	reports, replaced := payments.Read(m.ledger.Sources, m.AsOf, m.Policy), sync.OnceValue(m.replacedByHeld)
	c.paid = parallel.Map(c.drawn, func(s *drawn) payments.Outcome {
		account := m.account(s.statement, replaced)
		for _, f := range s.funds {
			account.Funds = append(account.Funds, payments.Fund{Fund: f, Claimed: m.outcome.Funds[f].Claimed.Decimal})
		}
		return reports.Check(account)
	})
	unchecked := 0
	for i := range c.paid {
		unchecked += c.paid[i].Unchecked
	}
	known := map[calc.StatementKey]bool{}
	for _, s := range m.statements {
		known[s.StatementKey] = true
		if len(s.rows) == 0 {
			outcome := reports.Check(m.account(s, replaced))
			unchecked += outcome.Unchecked
			c.stray = append(c.stray, outcome.Payments...)
		}
	}
	c.stray = append(c.stray, reports.Strays(func(key calc.StatementKey) bool { return known[key] })...)
	slices.SortFunc(c.stray, payments.Compare)
	c.findings = append(c.findings, payments.Findings(c.stray, calc.Month{})...)
	if unchecked > 0 {
		c.report(calc.NewFinding(calc.Info, calc.NoPaymentsReport,
			calc.Say("%s named by earnings cannot be checked, because no Payments report is archived; drop one to compare what was earned with what was paid",
				calc.CountOf(unchecked, "%s payment", "%s payments"))))
	}
	return c
}

// account hands a statement's rows to the comparison with payments.
func (c *gathered) account(s *statement, replaced func() map[calc.Earning][]calc.Replaced) payments.Account {
	return payments.Account{
		StatementKey: s.StatementKey, Program: s.program, Counted: c.ledger.Earnings(s.rows), Aside: s.aside, KnownUntil: c.knownUntil(s), Replaced: replaced, Calculated: c.calculated,
	}
}

// knownUntil returns until when exports with rows of a statement reach.
func (c *gathered) knownUntil(s *statement) (day calc.Date) {
	for _, r := range s.reach {
		for _, d := range []calc.Date{c.ledger.Newest[r.source].Calculated.Day, c.ledger.Newest[r.source].Earned} {
			day = calc.Latest(day, d)
		}
	}
	return day
}

// replacedByHeld lists, for every counted row that is held, the rows that it
// replaces.
func (c *gathered) replacedByHeld() map[calc.Earning][]calc.Replaced {
	list := map[calc.Earning][]calc.Replaced{}
	for counted, other := range c.ledger.Replaced() {
		if state := counted.PaymentState(); state != nil && state.Held {
			list[counted] = append(list[counted], other)
		}
	}
	return list
}

// calculated returns the newest calculation date of an export.
func (c *gathered) calculated(s *calc.Source) calc.Date {
	i := slices.Index(c.ledger.Sources, s)
	if i < 0 {
		return calc.Date{}
	}
	return c.ledger.Newest[i].Calculated.Day
}
