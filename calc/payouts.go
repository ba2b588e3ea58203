package calc

import "github.com/shopspring/decimal"

// PayoutState says what became of an automatic payout.
type PayoutState uint8

const (
	// PayoutUnknown: no export tells how the period's co-op was paid.
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

// String gives the state's word.
func (s PayoutState) String() string {
	return [...]string{"unknown", "pending", "arrived", "held", "missing"}[s]
}

// Payout is whether a period's co-op that is paid automatically arrived with the
// payment cycle after the period (cspcoop help rules): as the payment of its own
// earnings, or as a Co-op Rollover. Amounts are in the fund's currency, exact.
type Payout struct {
	Balance    *Balance
	State      PayoutState
	Due        Date            // by when it should have arrived
	Earned     decimal.Decimal // co-op of the period
	Claimed    decimal.Decimal // of it by claims, from before it was paid automatically
	Paid       decimal.Decimal // of it by payments
	RolledOver decimal.Decimal // of it by transfers out of the period
	Open       decimal.Decimal
	Tolerance  decimal.Decimal // what rounding, and rates in a fund of several currencies, explain
	Arrived    Date            // the last payment or transfer; no date when no report or row tells
	Rows       []*Earning      // paid earnings and transfers, by date and id
}
