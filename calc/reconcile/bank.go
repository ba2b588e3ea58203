package reconcile

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/bank"
	"cspcoop/calc/lists"
)

// banked are statements whose payments were compared with the bank.
type banked struct {
	checked
	bank bank.Outcome
}

// compareBank compares the payments with the lines of the bank statements. What was
// sent and did not arrive is unpaid, whatever the Payments report says.
func compareBank(from checked) banked {
	c := banked{checked: from}
	c.bank = bank.Match(bank.Input{AsOf: c.AsOf, Policy: c.Policy.Bank, Rates: c.Policy.Rates, Sources: c.ledger.Sources, Payments: lists.Payments(c.outs(), c.stray)})
	c.findings = append(c.findings, c.bank.Findings...)
	unseen := func(m *calc.PaymentMatch) bool { return m.State == calc.MatchUnchecked && len(m.Bank.Lines) == 0 }
	c.stray = slices.DeleteFunc(c.stray, unseen)
	for _, s := range c.drawn {
		s.out.Payments = slices.DeleteFunc(s.out.Payments, unseen)
		for _, m := range s.out.Payments {
			if m.State != calc.MatchFailed && (m.Bank.State == calc.BankMissing || m.Bank.State == calc.BankReturned) {
				c.ageUnbanked(s.out, m)
			}
		}
	}
	return c
}

// found returns what was found with what all stages up to the bank found.
func (c *banked) found(more ...[]calc.Finding) []calc.Finding {
	lists := append(more, c.findings)
	for i, s := range c.drawn {
		lists = append(lists, s.findings, c.paid[i].Findings)
		s.findings, c.paid[i].Findings = nil, nil // they take much memory
	}
	return slices.Concat(lists...)
}

// ageUnbanked ages the earnings of a payment that is not on the bank account:
// rebate since the end of its month, co-op since the end of its period.
func (c *banked) ageUnbanked(s *calc.Statement, m *calc.PaymentMatch) {
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
