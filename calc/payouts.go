package calc

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// PayoutState says what became of an automatic payout.
type PayoutState uint8

const (
	// PayoutUnknown: no export tells how the period's co-op was paid.
	PayoutUnknown PayoutState = iota
	// PayoutPending: its time is not over.
	PayoutPending
	// PayoutArrived: it was paid, or rolled over into rebate.
	PayoutArrived
	// PayoutHeld: less than MinimumPayment is open, which is not late.
	PayoutHeld
	// PayoutMissing: all or part of it is open after its time.
	PayoutMissing
)

// String gives the state's word.
func (s PayoutState) String() string {
	return [...]string{"unknown", "pending", "arrived", "held", "missing"}[s]
}

// Payout is whether a period's co-op that is paid automatically arrived with the
// payment cycle after the period (rules.md §2): as the payment of its own
// earnings, or as a Co-op Rollover. Amounts are in the fund's currency, exact.
type Payout struct {
	Balance    *Balance
	State      PayoutState
	Due        Date            // by when it should have arrived
	Earned     decimal.Decimal // co-op of the period
	Paid       decimal.Decimal // of it by payments
	RolledOver decimal.Decimal // of it by transfers out of the period
	Open       decimal.Decimal
	Tolerance  decimal.Decimal // what rounding, and rates in a fund of several currencies, explain
	Arrived    Date            // the last payment or transfer; no date when no report or row tells
	Rows       []*Earning      // paid earnings and transfers, by date and id
}

// movedRate is how far rates may move between earning and rollover: a fund of
// several currencies is compared in USD, and its rollover is converted at
// another day's rate.
var movedRate = decimal.New(5, -2)

// checkPayouts looks for the automatic payouts of a statement's periods.
func (c *calculation) checkPayouts(s *statement) {
	known := c.knownUntil(s)
	for _, b := range s.out.Balances {
		if b.Decision != AutoPayout || !b.CoOp.IsPositive() {
			continue
		}
		p := c.payout(s, b)
		switch open := p.Open.GreaterThan(p.Tolerance); {
		case p.State == PayoutUnknown:
		case !open:
			p.State = PayoutArrived
		case !c.AsOf.After(p.Due) || !known.After(p.Due):
			p.State = PayoutPending
		case b.USD(p.Open).LessThan(MinimumPayment):
			p.State = PayoutHeld
			s.report(b.finding(Info, PaymentHeld, fmt.Sprintf(
				"%s %s of co-op was to be paid automatically and is open, but not late: Microsoft pays a program and type once %s USD have gathered",
				inWords(p.Open), b.FundCurrency, MinimumPayment)))
		default:
			p.State = PayoutMissing
			s.report(b.finding(Warning, PayoutOverdue, fmt.Sprintf(
				"%s %s of co-op was to be paid automatically after %s, and by %s exports show %s paid and %s rolled over (Co-op Rollover): %s %s is open; check bank and tax details in Partner Center, then ask Microsoft",
				inWords(p.Earned), b.FundCurrency, b.Period.End(), p.Due, inWords(p.Paid), inWords(p.RolledOver), inWords(p.Open), b.FundCurrency)))
		}
		s.out.Payouts = append(s.out.Payouts, p)
	}
}

// payout adds up what exports tell of a period's payout. It stays unknown where
// rows are gross or tell no payment status, and nothing was rolled over.
func (c *calculation) payout(s *statement, b *Balance) Payout {
	p := Payout{Balance: b, State: PayoutPending, Due: b.Period.End().AddDays(c.Policy.LateDays), Earned: b.exact.fund}
	var rows int64
	silent := false
	for _, e := range s.rows {
		if PeriodOf(e.Date) != b.Period || e.Kind != CoOp && e.Kind != Gross {
			continue
		}
		amount := e.USD
		if len(s.coops[b.Period]) == 1 && e.Currency == b.FundCurrency {
			amount = e.Amount
		}
		rows++
		switch status := s.paymentOf(e); {
		case e.class(c.Policy.ClaimRows) == Transfer:
			p.Rows = append(p.Rows, e)
			p.arrive(e.Calculated.Day)
		case e.Kind == Gross || status == statusUnknown:
			silent = true
		case status == statusPaid:
			p.Paid = p.Paid.Add(amount.Decimal())
			p.Rows = append(p.Rows, e)
			if m := s.matches[e.PaymentID]; m != nil {
				p.arrive(m.Date)
			}
		}
	}
	p.RolledOver = b.exact.moved.Neg()
	p.Open = p.Earned.Sub(p.Paid).Sub(p.RolledOver)
	p.Tolerance = halfUnit(b.FundCurrency).Mul(decimal.New(rows, 0))
	if len(s.coops[b.Period]) > 1 {
		p.Tolerance = p.Tolerance.Add(p.Earned.Abs().Mul(movedRate))
	}
	if silent && p.RolledOver.IsZero() {
		p.State = PayoutUnknown
	}
	return p
}

func (p *Payout) arrive(d Date) {
	if d.After(p.Arrived) {
		p.Arrived = d
	}
}
