package calc

import (
	"slices"

	"github.com/shopspring/decimal"
)

// PayoutState says what became of an automatic payout.
type PayoutState uint8

const (
	// PayoutUnknown: no export says how the period's co-op was paid.
	PayoutUnknown PayoutState = iota
	// PayoutPending: its time is not over.
	PayoutPending
	// PayoutArrived: it was paid, or rolled over into rebate.
	PayoutArrived
	// PayoutHeld: less than the minimum payment is open, which is not late.
	PayoutHeld
	// PayoutMissing: all or part of it is open after its time.
	PayoutMissing
)

// Payout is whether a period's co-op that is paid automatically arrived with the
// payment cycle after the period (cspcoop help rules): as the payment of its own
// earnings, or as a Co-op Rollover. Amounts are in the fund's currency, exact.
type Payout struct {
	Fund       *Fund
	State      PayoutState
	Due        Date            // by when it should have arrived
	Earned     decimal.Decimal // co-op of the period
	Claimed    decimal.Decimal // of it by claims, from before it was paid automatically
	Paid       decimal.Decimal // of it by payments
	RolledOver decimal.Decimal // of it by transfers out of the period
	Open       decimal.Decimal
	Tolerance  decimal.Decimal // what rounding, and rates in a fund of several currencies, explain
	Arrived    Date            // the last payment or transfer; no date when no report or row says
}

// Hold is money of a statement that is held for missing details or a tax
// invoice, and forfeited when it is held too long. The start of a hold is in no
// export: it is assumed to be the newest calculation date of the last export
// that does not show it, else the earning date, so that it lapses on that day at
// the earliest.
type Hold struct {
	Statement *Statement
	State     *PaymentState
	Since     Date // assumed start
	Shown     bool // an export without the hold gave Since; else the earning date did
	LastDay   Date // last day on which the hold can be resolved
	DaysLeft  int  // to LastDay; negative after it
	First     Earning
	Earnings  int
	Amount    Amount // USD, exact
}

// USD returns what is held, exact.
func (h *Hold) USD() decimal.Decimal { return h.Amount.Decimal() }

// StatusTotal sums the earnings of a statement that have one payment status and
// are not paid.
type StatusTotal struct {
	Statement *Statement
	State     *PaymentState
	Earnings  int
	USD       decimal.Decimal // exact
	Rebate    decimal.Decimal // of it rebate that is unpaid, as the ageing counts it
}

// Lapsing lists the holds of all statements that have to be resolved soon: as
// many days are left as the first warning is configured for, or fewer. The
// nearest day comes first.
func (r *Result) Lapsing() []*Hold {
	var list []*Hold
	for _, s := range r.Statements {
		for i := range s.Holds {
			if h := &s.Holds[i]; h.DaysLeft >= 0 && r.Policy.Claims.Due(h.DaysLeft) != DueLater && h.Amount.IsPositive() {
				list = append(list, h)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *Hold) int { return a.LastDay.Compare(b.LastDay) })
	return list
}
