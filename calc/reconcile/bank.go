package reconcile

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/bank"
	"cspcoop/calc/lists"
)

// compareBank sets the payments beside the lines of the bank statements. What was
// sent and did not arrive is unpaid, whatever the Payments report says.
func (c *calculation) compareBank(r *calc.Result) {
	list := lists.Payments(r.Statements, r.StrayPayments)
	found := bank.Match(bank.Input{AsOf: c.AsOf, Policy: c.Policy.Bank, Rates: c.Policy.Rates, Sources: c.ledger.Sources, Payments: list})
	c.bankFates, r.BankStatements, r.BankLines = found.Fates, found.Statements, found.Left
	for _, f := range found.Findings {
		c.report(f)
	}
	unseen := func(m *calc.PaymentMatch) bool { return m.State == calc.MatchUnchecked && len(m.Bank.Lines) == 0 }
	r.StrayPayments = slices.DeleteFunc(r.StrayPayments, unseen)
	for _, s := range r.Statements {
		s.Payments = slices.DeleteFunc(s.Payments, unseen)
		for _, m := range s.Payments {
			if m.State != calc.MatchFailed && (m.Bank.State == calc.BankMissing || m.Bank.State == calc.BankReturned) {
				c.ageUnbanked(s, m)
			}
		}
	}
}

// ageUnbanked ages the earnings of a payment that is not on the bank account:
// rebate since the end of its month, co-op since the end of its period.
func (c *calculation) ageUnbanked(s *calc.Statement, m *calc.PaymentMatch) {
	counted := func(e calc.Earning) bool {
		class := e.Class(c.Policy.ClaimRows)
		return class != calc.Transfer && class != calc.ClaimPayment
	}
	for _, e := range m.Rows {
		end := e.Date().Month().Last()
		switch {
		case !counted(e):
			continue
		case e.Kind() == calc.CoOp:
			end = calc.PeriodOf(e.Date()).End()
		case e.Kind() != calc.Rebate || slices.Contains(s.Unpaid.Rows, e):
			continue
		}
		s.Unpaid.Unbanked = s.Unpaid.Unbanked.Add(e.USD().Decimal())
		s.Unpaid.Add(e.USD().Decimal(), max(0, end.DaysUntil(c.AsOf)))
	}
}
