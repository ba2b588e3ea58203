package calc

import "github.com/shopspring/decimal"

// MinimumPayment is what has to gather for a program and type before Microsoft
// pays it out, in USD (rules.md §1).
var MinimumPayment = decimal.New(200, 0)

// AgeLimits are the days up to which each bucket of an Ageing reaches; what is
// older is in the last one.
var AgeLimits = [...]int{30, 60, 90}

// Ageing sums rebate that is unpaid at the as-of date by the days since its
// earning month's end, in USD and exact. Rebate whose export tells no payment
// status, as in plain sheets, is left out.
type Ageing struct {
	Buckets [len(AgeLimits) + 1]decimal.Decimal // 0–30 (the running month too), 31–60, 61–90, over 90 days
	Total   decimal.Decimal
	Rows    []*Earning // by date and id

	Late decimal.Decimal // unpaid for longer than the configured days, failed payments left out
	Held bool            // Late is not late, because less than MinimumPayment has gathered
}
