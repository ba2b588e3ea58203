package lists

import (
	"maps"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// LeadDifference is a difference of one line: between the books and a fund, between
// what left a fund and payments, of a payment, or of a payment at the bank. What
// differs from controls is with the controls.
type LeadDifference struct {
	Line      int
	Rest      int // how many differences that are not shown it sums
	Payment   *calc.PaymentMatch
	Bank      bool // of the payment at the bank
	Claim     *calc.Claim
	Payout    *calc.Payout
	Amount    decimal.Decimal
	Currency  string
	Explained bool
	Why       calc.Sentence // without a template for a payment whose sides are in it
}

// listDifferences lists what makes the differences of the lines.
func (s *LeadSchedule) listDifferences(r *calc.Result) {
	for i := range s.Lines {
		l := &s.Lines[i]
		if d := l.Closing.Sub(l.Booked.Decimal); l.Booked.Valid && !d.IsZero() {
			s.Differences = append(s.Differences, LeadDifference{Line: l.Number, Amount: d, Currency: l.Currency})
		}
	}
	if len(s.Parts) > 0 {
		s.differClaims(r)
		s.differPayouts(r)
	}
	list := Payments(r.Statements, r.StrayPayments)
	for _, m := range list {
		if m.Currency != "" && m.State != calc.MatchFailed && !calc.Cents(m.Paid.Sub(m.Earned)).IsZero() {
			s.Differences = append(s.Differences, LeadDifference{
				Line: s.PaymentLine(m), Payment: m, Amount: calc.Cents(m.Paid.Sub(m.Earned)), Currency: m.Currency, Explained: isSettled(m),
			})
		}
	}
	for _, m := range list {
		if d := calc.Cents(m.Bank.Amount.Sub(m.Total)); r.HasBankStatements() && m.Currency != "" && m.State != calc.MatchFailed && besideBank(m) && !d.IsZero() {
			s.Differences = append(s.Differences, LeadDifference{
				Line: s.PaymentLine(m), Payment: m, Bank: true, Amount: d, Currency: m.Currency, Explained: m.Bank.State == calc.BankTaxed, Why: m.Bank.Explanation,
			})
		}
	}
	slices.SortStableFunc(s.Differences, func(a, b LeadDifference) int { return a.Line - b.Line })
}

// differClaims compares what paid claims took from funds with the rows of payments
// that pay them.
func (s *LeadSchedule) differClaims(r *calc.Result) {
	type sums map[string]decimal.Decimal // by currency
	paid, reported := map[string]sums{}, map[string]bool{}
	for _, m := range Payments(r.Statements, r.StrayPayments) {
		if m.State == calc.MatchFailed {
			continue
		}
		reported[m.ID] = m.Reported()
		for _, e := range m.Rows {
			if e.Class(s.claimRows) != calc.ClaimPayment {
				continue
			}
			if paid[e.ClaimID()] == nil {
				paid[e.ClaimID()] = sums{}
			}
			paid[e.ClaimID()][e.Currency()] = paid[e.ClaimID()][e.Currency()].Add(e.Amount().Decimal())
		}
	}
	for _, c := range r.Claims {
		if c.State != calc.ClaimPaid || c.Balance == nil || c.Taken.IsZero() {
			continue
		}
		fund := c.Balance.FundCurrency
		amount, inFund := paid[c.ID][fund]
		d := LeadDifference{Line: s.FundLine(c.Participant, c.ProgramName, c.Earned), Claim: c, Amount: calc.Cents(amount).Sub(c.Taken), Currency: fund}
		switch {
		case inFund && len(paid[c.ID]) == 1:
			d.Why = calc.Say("payments bring %s for it", calc.NewMoney(calc.Cents(amount), fund))
		case len(paid[c.ID]) > 0:
			var list calc.List
			for _, currency := range slices.Sorted(maps.Keys(paid[c.ID])) {
				list = append(list, calc.NewMoney(calc.Cents(paid[c.ID][currency]), currency))
			}
			d.Explained, d.Why = true, calc.Say("payments bring %s for it, at a rate that no export has", list)
		case c.PaymentID != "" && reported[c.PaymentID]:
			d.Explained, d.Why = true, calc.Say("payment %s pays it by the register, and no earning of the payment names it", c.PaymentID)
		default:
			d.Why = calc.Say("it is paid by the register, and no earning with a payment names it")
		}
		if !d.Amount.IsZero() {
			s.Differences = append(s.Differences, d)
		}
	}
}

// differPayouts lists what was released for payout and did not arrive.
func (s *LeadSchedule) differPayouts(r *calc.Result) {
	for _, statement := range r.Statements {
		for i := range statement.Payouts {
			p := &statement.Payouts[i]
			b := p.Fund
			if open := calc.Cents(p.Open); p.Open.Abs().GreaterThan(p.Tolerance) && !open.IsZero() {
				s.Differences = append(s.Differences, LeadDifference{
					Line: s.FundLine(statement.Participant, statement.Program, b.Period), Payout: p, Amount: open.Neg(), Currency: b.FundCurrency,
				})
			}
		}
	}
}
