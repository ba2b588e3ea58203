package reconcile

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/bank"
)

// banked adds what arrived on the bank account. Payments that nothing reports are left out.
type banked struct {
	checked
	bank     bank.Outcome
	receipts map[*calc.PaymentMatch]calc.BankReceipt
	payments [][]*calc.PaymentMatch // of the statements drawn, in their order
	unpaid   []calc.Ageing          // likewise
}

// compareBank compares the payments with the lines of the bank statements. What was
// sent and did not arrive is unpaid, whatever the Payments report says.
func compareBank(from checked) banked {
	c := banked{checked: from, receipts: map[*calc.PaymentMatch]calc.BankReceipt{}}
	var all []*calc.PaymentMatch
	for i := range c.paid {
		all = append(all, c.paid[i].Payments...)
	}
	all = append(all, c.stray...)
	c.bank = bank.Match(bank.Input{AsOf: c.AsOf, Policy: c.Policy.Bank, Rates: c.Policy.Rates, Sources: c.ledger.Sources, Payments: all})
	c.findings = append(c.findings, c.bank.Findings...)
	for i, receipt := range c.bank.Receipts {
		c.receipts[all[i]] = receipt
	}
	unseen := func(m *calc.PaymentMatch) bool {
		return m.State == calc.MatchUnchecked && len(c.receipts[m].Lines) == 0
	}
	c.stray = slices.DeleteFunc(slices.Clone(c.stray), unseen)
	for i := range c.paid {
		list, unpaid := slices.DeleteFunc(slices.Clone(c.paid[i].Payments), unseen), c.paid[i].Unpaid
		for _, m := range list {
			if state := c.receipts[m].State; m.State != calc.MatchFailed && (state == calc.BankMissing || state == calc.BankReturned) {
				c.ageUnbanked(&unpaid, m)
			}
		}
		c.payments, c.unpaid = append(c.payments, list), append(c.unpaid, unpaid)
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
func (c *banked) ageUnbanked(unpaid *calc.Ageing, m *calc.PaymentMatch) {
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
		case e.Kind() != calc.Rebate || slices.Contains(unpaid.Rows, e):
			continue
		}
		unpaid.Unbanked = unpaid.Unbanked.Add(e.USD().Decimal())
		unpaid.Add(e.USD().Decimal(), max(0, end.DaysUntil(c.AsOf)))
	}
}
