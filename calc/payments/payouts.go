package payments

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// movedRate is how far rates may move between earning and rollover: a fund of
// several currencies is compared in USD, and its rollover is converted at
// another day's rate.
var movedRate = decimal.New(5, -2)

// checkPayouts looks for the automatic payouts of a statement's periods, and for
// what was paid out of a fund that must be claimed.
func (c *check) checkPayouts() {
	for _, b := range c.Balances {
		switch {
		case b.Decision == calc.AutoPayout && b.CoOp.IsPositive():
			c.checkPayout(b)
		case b.Decision == calc.ClaimRequired:
			c.checkPaidBefore(b)
		}
	}
}

func (c *check) checkPayout(b *calc.Balance) {
	p := c.payout(b)
	open := p.Open.GreaterThan(p.Tolerance)
	if open && p.State != calc.PayoutUnknown {
		usd := b.USD(p.Open)
		c.out.Unpaid.Payouts = c.out.Unpaid.Payouts.Add(usd)
		c.out.Unpaid.Add(usd, b.Period.End().DaysUntil(c.AsOf))
	}
	switch {
	case p.State == calc.PayoutUnknown:
	case !open:
		p.State = calc.PayoutArrived
	case !c.AsOf.After(p.Due) || !c.KnownUntil.After(p.Due):
		p.State = calc.PayoutPending
	case b.USD(p.Open).LessThan(c.minimum):
		p.State = calc.PayoutHeld
		c.report(b.Finding(calc.Info, calc.PaymentHeld, calc.Say(
			"%s of co-op was released for payout and is open, but not late: Microsoft pays a program and type once %s has accumulated",
			calc.NewMoney(p.Open, b.FundCurrency), calc.USD(c.minimum))))
	default:
		p.State = calc.PayoutMissing
		released := calc.Say("%s of co-op", calc.NewMoney(p.Earned, b.FundCurrency))
		if !p.Claimed.IsZero() {
			released = calc.Say("%s of co-op less %s for claims", calc.NewMoney(p.Earned, b.FundCurrency), calc.Figure(p.Claimed))
		}
		c.report(b.Finding(calc.Warning, calc.PayoutMissingCode, calc.Say(
			"%s was released for payout after %s, and by %s exports show %s paid and %s rolled over (Co-op Rollover): %s is open; check bank and tax details in Partner Center, then ask Microsoft",
			released, b.Period.End(), p.Due, calc.Figure(p.Paid), calc.Figure(p.RolledOver), calc.NewMoney(p.Open, b.FundCurrency))))
	}
	c.out.Payouts = append(c.out.Payouts, p)
}

// checkPaidBefore reports co-op that was paid out automatically, or rolled over,
// before the period's co-op came to more than is paid that way.
func (c *check) checkPaidBefore(b *calc.Balance) {
	p := c.payout(b)
	gone := p.Paid.Add(p.RolledOver)
	if !gone.GreaterThan(p.Tolerance) || !p.Open.GreaterThan(p.Tolerance) || b.Rule.MustClaim(b.USD(gone)) {
		return
	}
	how := calc.Say("paid out")
	if p.RolledOver.IsPositive() {
		how = calc.Say("rolled over")
		if p.Paid.IsPositive() {
			how = calc.Say("paid out or rolled over")
		}
	}
	if !p.Arrived.IsZero() {
		how = calc.Say("%s on %s", how, p.Arrived)
	}
	c.report(b.Finding(calc.Error, calc.PaidOutBeforeClaim, calc.Say(
		"%s of %s of co-op was %s, before the period came to %s, which must be claimed; Microsoft may ask for a claim of the difference of %s: ask before you claim",
		calc.NewMoney(gone, b.FundCurrency), calc.NewMoney(p.Earned, b.FundCurrency), how, calc.USD(b.CoOp), calc.NewMoney(p.Earned.Sub(gone), b.FundCurrency))))
}

// payout adds up what exports say of a period's payout. It stays unknown where
// rows are gross or have no payment status, and nothing was rolled over.
func (c *check) payout(b *calc.Balance) calc.Payout {
	p := calc.Payout{Balance: b, State: calc.PayoutPending, Due: b.Period.End().AddDays(c.LateDays), Earned: b.Exact.Fund, Claimed: b.Claimed.Decimal}
	var rows int64
	silent := false
	var paid calc.Sum
	for _, e := range c.countedIn(b.Period) {
		if e.Kind() != calc.CoOp && e.Kind() != calc.Gross {
			continue
		}
		amount := e.USD()
		if b.Currencies == 1 && e.Currency() == b.FundCurrency {
			amount = e.Amount()
		}
		rows++
		switch status := c.paymentOf(e); {
		case e.Class(c.ClaimRows) == calc.Transfer:
			p.Rows = append(p.Rows, e)
			arrive(&p, e.Calculated().Day)
		case e.Kind() == calc.Gross || status == calc.StatusUnknown:
			silent = true
		case status == calc.StatusPaid:
			paid.Add(amount)
			p.Rows = append(p.Rows, e)
			if m := c.matches[e.PaymentID()]; m != nil {
				arrive(&p, m.Date)
			}
		}
	}
	p.Paid, p.RolledOver = paid.Decimal(), b.Exact.Moved.Neg()
	p.Open = p.Earned.Sub(p.Claimed).Sub(p.Paid).Sub(p.RolledOver)
	p.Tolerance = calc.HalfUnit(b.FundCurrency).Mul(decimal.New(rows, 0))
	if b.Currencies > 1 {
		p.Tolerance = p.Tolerance.Add(p.Earned.Abs().Mul(movedRate))
	}
	if silent && p.RolledOver.IsZero() {
		p.State = calc.PayoutUnknown
	}
	return p
}

// countedIn returns the counted rows of a period.
func (c *check) countedIn(p calc.EarningPeriod) []calc.Earning {
	from, _ := slices.BinarySearchFunc(c.Counted, p.FirstMonth().First(), compareDay)
	to, _ := slices.BinarySearchFunc(c.Counted, p.End().AddDays(1), compareDay)
	return c.Counted[from:to]
}

func compareDay(e calc.Earning, day calc.Date) int { return e.Date().Compare(day) }

func arrive(p *calc.Payout, d calc.Date) {
	if d.After(p.Arrived) {
		p.Arrived = d
	}
}
