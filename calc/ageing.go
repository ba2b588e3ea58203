package calc

import "github.com/shopspring/decimal"

// AgeLimits are the days up to which each bucket of an Ageing reaches; what is
// older is in the last one.
var AgeLimits = [...]int{30, 60, 90}

// Ageing sums what is unpaid at the as-of date by the days since the end of its
// earning month, for a payout of its earning period, in USD and exact. Rebate
// whose export has no payment status, as in plain sheets, is left out.
type Ageing struct {
	Buckets [len(AgeLimits) + 1]decimal.Decimal // 0–30 (the running month too), 31–60, 61–90, over 90 days
	Total   decimal.Decimal

	// Of the total.
	Rebate   decimal.Decimal // that waits for its payment, or whose payment failed
	NotSeen  decimal.Decimal // rebate that is Sent in the earnings and in no Payments report that covers it
	Unbanked decimal.Decimal // sent by the Payments report, and not on the bank statements that cover it, or returned
	Payouts  decimal.Decimal // co-op released for payout

	Rows []Earning       // behind Rebate, by date and id
	Late decimal.Decimal // of Rebate, unpaid for longer than the configured days, failed payments left out
	Held bool            // Late is not late, because less than the minimum payment has gathered
}

// Add adds what is unpaid for a number of days.
func (a *Ageing) Add(usd decimal.Decimal, days int) {
	bucket := len(AgeLimits)
	for i, limit := range AgeLimits {
		if days <= limit {
			bucket = i
			break
		}
	}
	a.Buckets[bucket] = a.Buckets[bucket].Add(usd)
	a.Total = a.Total.Add(usd)
}
