package payments

import (
	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// movedRate is how far rates may move between earning and rollover: a fund of
// several currencies is compared in USD, and its rollover is converted at
// another day's rate.
var movedRate = decimal.New(5, -2)

// payouts looks for the automatic payouts of a statement's periods, and for what was
// paid out of a fund that must be claimed.
type payouts struct {
	list []payout // by period
	last int      // that of the row before
}

// payout is what rows say of a period's payout.
type payout struct {
	Fund
	rows    int64
	silent  bool // rows are gross, or have no payment status
	paid    calc.Sum
	arrived calc.Date // the last payment or transfer
}

// duePayouts lists the periods of which something is paid, or must be claimed.
func (c *check) duePayouts() *payouts {
	p := &payouts{}
	for _, b := range c.Funds {
		if b.Decision == calc.AutoPayout && b.CoOp.IsPositive() || b.Decision == calc.ClaimRequired {
			p.list = append(p.list, payout{Fund: b})
		}
	}
	return p
}

// of returns the payout of a day's period, if any.
func (p *payouts) of(day calc.Date) *payout {
	period := calc.PeriodOf(day)
	for range p.list {
		if x := &p.list[p.last]; x.Period == period {
			return x
		}
		p.last = (p.last + 1) % len(p.list)
	}
	return nil
}

func (p *payouts) see(c *check, r *row) {
	if !r.counted || r.kind != calc.CoOp && r.kind != calc.Gross {
		return
	}
	x := p.of(r.date)
	if x == nil {
		return
	}
	x.rows++
	switch {
	case r.Class(c.ClaimRows) == calc.Transfer:
		x.arrive(r.Calculated().Day)
	case r.kind == calc.Gross || r.status == calc.StatusUnknown:
		x.silent = true
	case r.status == calc.StatusPaid:
		amount := r.usd
		if x.Currencies == 1 && r.Currency() == x.FundCurrency {
			amount = r.Amount()
		}
		x.paid.Add(amount)
		if r.match != nil {
			x.arrive(r.match.Date)
		}
	}
}

func (x *payout) arrive(d calc.Date) {
	if d.After(x.arrived) {
		x.arrived = d
	}
}

func (p *payouts) finish(c *check) {
	for i := range p.list {
		x := &p.list[i]
		if x.Decision == calc.AutoPayout {
			c.checkPayout(x.Fund, x.sum(c))
		} else {
			c.checkPaidBefore(x.Fund, x.sum(c))
		}
	}
}

func (c *check) checkPayout(b Fund, p calc.Payout) {
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
	case b.USD(p.Open).LessThan(c.MinimumPayment):
		p.State = calc.PayoutHeld
		c.report(b.Finding(calc.Info, calc.PaymentHeld, calc.Say(
			"%s of co-op was released for payout and is open, but not late: Microsoft pays a program and type once %s has accumulated",
			calc.NewMoney(p.Open, b.FundCurrency), calc.USD(c.MinimumPayment))))
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
func (c *check) checkPaidBefore(b Fund, p calc.Payout) {
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

// sum adds up what exports say of a period's payout. It stays unknown where rows are
// gross or have no payment status, and nothing was rolled over.
func (x *payout) sum(c *check) calc.Payout {
	p := calc.Payout{
		Fund: x.Fund.Fund, State: calc.PayoutPending, Due: x.Period.End().AddDays(c.LateDays), Arrived: x.arrived,
		Earned: x.Exact.Fund, Claimed: x.Claimed, Paid: x.paid.Decimal(), RolledOver: x.Exact.Moved.Neg(),
	}
	p.Open = p.Earned.Sub(p.Claimed).Sub(p.Paid).Sub(p.RolledOver)
	p.Tolerance = calc.HalfUnit(x.FundCurrency).Mul(decimal.New(x.rows, 0))
	if x.Currencies > 1 {
		p.Tolerance = p.Tolerance.Add(p.Earned.Abs().Mul(movedRate))
	}
	if x.silent && p.RolledOver.IsZero() {
		p.State = calc.PayoutUnknown
	}
	return p
}
