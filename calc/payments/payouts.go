package payments

import (
	"fmt"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// movedRate is how far rates may move between earning and rollover: a fund of
// several currencies is compared in USD, and its rollover is converted at
// another day's rate.
var movedRate = decimal.New(5, -2)

// checkPayouts looks for the automatic payouts of a statement's periods.
func (c *check) checkPayouts() {
	for _, b := range c.Balances {
		if b.Decision != calc.AutoPayout || !b.CoOp.IsPositive() {
			continue
		}
		p := c.payout(b)
		switch open := p.Open.GreaterThan(p.Tolerance); {
		case p.State == calc.PayoutUnknown:
		case !open:
			p.State = calc.PayoutArrived
		case !c.AsOf.After(p.Due) || !c.KnownUntil.After(p.Due):
			p.State = calc.PayoutPending
		case b.USD(p.Open).LessThan(calc.MinimumPayment):
			p.State = calc.PayoutHeld
			c.report(b.Finding(calc.Info, calc.PaymentHeld, fmt.Sprintf(
				"%s %s of co-op was to be paid automatically and is open, but not late: Microsoft pays a program and type once %s USD have gathered",
				calc.AmountText(p.Open), b.FundCurrency, calc.MinimumPayment)))
		default:
			p.State = calc.PayoutMissing
			c.report(b.Finding(calc.Warning, calc.PayoutMissingCode, fmt.Sprintf(
				"%s %s of co-op was to be paid automatically after %s, and by %s exports show %s paid and %s rolled over (Co-op Rollover): %s %s is open; check bank and tax details in Partner Center, then ask Microsoft",
				calc.AmountText(p.Earned), b.FundCurrency, b.Period.End(), p.Due, calc.AmountText(p.Paid), calc.AmountText(p.RolledOver), calc.AmountText(p.Open), b.FundCurrency)))
		}
		c.out.Payouts = append(c.out.Payouts, p)
	}
}

// payout adds up what exports tell of a period's payout. It stays unknown where
// rows are gross or tell no payment status, and nothing was rolled over.
func (c *check) payout(b *calc.Balance) calc.Payout {
	p := calc.Payout{Balance: b, State: calc.PayoutPending, Due: b.Period.End().AddDays(c.LateDays), Earned: b.Exact.Fund}
	var rows int64
	silent := false
	for _, e := range c.Counted {
		if calc.PeriodOf(e.Date) != b.Period || e.Kind != calc.CoOp && e.Kind != calc.Gross {
			continue
		}
		amount := e.USD
		if b.Currencies == 1 && e.Currency == b.FundCurrency {
			amount = e.Amount
		}
		rows++
		switch status := c.paymentOf(e); {
		case e.Class(c.ClaimRows) == calc.Transfer:
			p.Rows = append(p.Rows, e)
			arrive(&p, e.Calculated.Day)
		case e.Kind == calc.Gross || status == calc.StatusUnknown:
			silent = true
		case status == calc.StatusPaid:
			p.Paid = p.Paid.Add(amount.Decimal())
			p.Rows = append(p.Rows, e)
			if m := c.matches[e.PaymentID]; m != nil {
				arrive(&p, m.Date)
			}
		}
	}
	p.RolledOver = b.Exact.Moved.Neg()
	p.Open = p.Earned.Sub(p.Paid).Sub(p.RolledOver)
	p.Tolerance = calc.HalfUnit(b.FundCurrency).Mul(decimal.New(rows, 0))
	if b.Currencies > 1 {
		p.Tolerance = p.Tolerance.Add(p.Earned.Abs().Mul(movedRate))
	}
	if silent && p.RolledOver.IsZero() {
		p.State = calc.PayoutUnknown
	}
	return p
}

func arrive(p *calc.Payout, d calc.Date) {
	if d.After(p.Arrived) {
		p.Arrived = d
	}
}
