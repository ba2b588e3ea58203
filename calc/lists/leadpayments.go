package lists

import (
	"cmp"
	"maps"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// LeadPart is what a payment has in a line of the lead schedule, exact. A payment
// for several periods has a part in the line of each: older ones have what their
// earnings come to, where there was that much, and the newest has the rest. What
// pays a claim is of the period whose co-op it claims.
type LeadPart struct {
	Line    int
	Period  calc.EarningPeriod // none where the payment has no earnings
	Payment *calc.PaymentMatch

	Earned  decimal.Decimal // earnings that name the payment, before tax
	CoOp    decimal.Decimal // of it co-op, and transfers of co-op
	Claims  decimal.Decimal // of it payments of claims
	Paid    decimal.Decimal // the same by the Payments report
	Settled decimal.Decimal // of what differs between them, by tax and rounding
	Tax     decimal.Decimal // that the report adds or takes off
	Banked  decimal.Decimal // what arrived at the bank, after tax
	Outside decimal.Decimal // after tax, where no bank statement can show the payment
}

// partsOf divides a payment among its periods, oldest first.
func (s *LeadSchedule) partsOf(m *calc.PaymentMatch) []LeadPart {
	if m.Currency == "" || m.State == calc.MatchFailed {
		return nil // nothing to compare, or nothing was paid
	}
	parts := s.earnedByPeriod(m)
	last := len(parts) - 1
	allot := func(amount decimal.Decimal, came bool, to func(*LeadPart) *decimal.Decimal) {
		for i := range parts[:last] {
			if came {
				*to(&parts[i]) = parts[i].Earned
				amount = amount.Sub(parts[i].Earned)
			}
		}
		*to(&parts[last]) = amount
	}
	reported := m.Reported()
	allot(m.Paid, reported, func(p *LeadPart) *decimal.Decimal { return &p.Paid })
	if isSettled(m) {
		parts[last].Settled = m.Difference
	}
	net := m.Paid
	if m.Currency == m.PayCurrency {
		parts[last].Tax, net = m.Total.Sub(m.Paid), m.Total
	}
	switch {
	case !s.Banked:
	case besideBank(m):
		allot(m.Bank.Amount, m.Bank.State.Arrived(), func(p *LeadPart) *decimal.Decimal { return &p.Banked })
	default:
		allot(net, reported, func(p *LeadPart) *decimal.Decimal { return &p.Outside })
	}
	return parts
}

// addPayments adds what earnings, Payments reports and bank statements say of
// payments.
func (s *LeadSchedule) addPayments(list []*calc.PaymentMatch, line leadLines) {
	for _, m := range list {
		for _, p := range s.partsOf(m) {
			s.Parts = append(s.Parts, p)
			l := line(m.Program, p.Period, m.Currency)
			l.Payments++
			l.Earned, l.Paid = l.Earned.Add(p.Earned), l.Paid.Add(p.Paid)
			l.CoOpPaid, l.ClaimsPaid = l.CoOpPaid.Add(p.CoOp), l.ClaimsPaid.Add(p.Claims)
			l.Settled, l.Tax = l.Settled.Add(p.Settled), l.Tax.Add(p.Tax)
			l.Outside = l.Outside.Add(p.Outside)
			l.Banked = decimal.NullDecimal{Decimal: l.Banked.Decimal.Add(p.Banked), Valid: s.Banked}
		}
	}
}

// besideBank reports whether the bank statements cover a payment, in the currency
// in which it is compared with its earnings.
func besideBank(m *calc.PaymentMatch) bool {
	b := &m.Bank
	return m.Currency == m.PayCurrency && b.State != calc.BankUncovered && b.State != calc.BankUnsent && (b.Currency == "" || b.Currency == m.Currency)
}

// earnedByPeriod makes a part of each period that a payment has earnings of, in the
// currency in which it is compared. One without earnings is of the period whose
// claims it pays by the register.
func (s *LeadSchedule) earnedByPeriod(m *calc.PaymentMatch) []LeadPart {
	sums := map[calc.EarningPeriod]LeadPart{}
	shared := !slices.ContainsFunc(m.Rows, func(e calc.Earning) bool {
		_, ok := inPayCurrency(m, e)
		return !ok
	})
	for _, e := range m.Rows {
		exact := e.USD()
		if shared {
			exact, _ = inPayCurrency(m, e)
		}
		amount, class, period := exact.Decimal(), e.Class(s.claimRows), calc.PeriodOf(e.Date())
		if claim := s.claims[e.ClaimID()]; claim != nil && class == calc.ClaimPayment {
			period = claim.Earned
		}
		sum := sums[period]
		sum.Earned = sum.Earned.Add(amount)
		switch {
		case class == calc.ClaimPayment:
			sum.Claims = sum.Claims.Add(amount)
		case class == calc.Transfer, e.Kind() == calc.CoOp:
			sum.CoOp = sum.CoOp.Add(amount)
		}
		sums[period] = sum
	}
	if len(sums) == 0 {
		sums[s.paidPeriod[m.ID]] = LeadPart{}
	}
	var parts []LeadPart
	for _, period := range slices.SortedFunc(maps.Keys(sums), calc.EarningPeriod.Compare) {
		part := sums[period]
		part.Period, part.Payment = period, m
		parts = append(parts, part)
	}
	return parts
}

// isSettled reports whether tax or rounding explains what differs between a payment
// and its earnings.
func isSettled(m *calc.PaymentMatch) bool {
	return m.State == calc.MatchAgrees || m.State == calc.MatchTaxed
}

// inPayCurrency returns what was paid for an earning in the payment's currency;
// false where no export says.
func inPayCurrency(m *calc.PaymentMatch, e calc.Earning) (calc.Amount, bool) {
	currency := cmp.Or(m.PayCurrency, m.Currency) // of its earnings, where no report has it
	switch {
	case currency == "":
	case e.Paid().IsGiven():
		return e.Paid().Amount, e.Paid().Currency == currency
	case e.Currency() == currency:
		return e.Amount(), true
	}
	return calc.Amount{}, false
}

// PaymentLine returns the number of the line that has the rest of a payment; 0
// where none has it.
func (s *LeadSchedule) PaymentLine(m *calc.PaymentMatch) int { return s.restOf[m] }
