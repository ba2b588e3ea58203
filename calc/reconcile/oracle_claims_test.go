package reconcile_test

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// claimsByFund returns the claims of the register received last by the fund that
// they claim, those submitted after the as-of date left out, and counts the
// registers' rows.
func (a archive) claimsByFund(counted, skipped map[*file]int) map[fund][]claim {
	var inForce *file
	for i := range a.files {
		if f := &a.files[i]; len(f.claims) > 0 && (inForce == nil || f.receipt > inForce.receipt) {
			inForce = f
		}
	}
	byFund := map[fund][]claim{}
	if inForce == nil {
		return byFund
	}
	for _, c := range inForce.claims {
		if c.submitted > a.asOf {
			skipped[inForce]++
			continue
		}
		counted[inForce]++
		key := fund{c.participant, programOf(c.program), halfOf(timeOf(c.usage).AddDate(0, -6, 0).Format("2006-01-02"))}
		byFund[key] = append(byFund[key], c)
	}
	return byFund
}

// claim returns what a claim takes from its fund and what it plans of it, in the
// fund's currency, and returns both with the state that the claim is in. Without
// a currency there is no fund.
func (a archive) claim(c claim, key fund, currency string, settled *[]string) (taken, planned decimal.Decimal) {
	deadline := plus(lastDay(key.period, 12), a.ruleFor(key.program, "", "", lastDay(key.period, 6)[:7], true).grace)
	state := squeeze(c.status)
	later := func(date string) bool { return date > a.asOf }
	if state == "paid" && (later(c.paidOn) || later(c.approvedOn)) {
		state = "approved"
	}
	if state == "approved" && later(c.approvedOn) || state == "rejected" && later(c.rejectedOn) {
		state = "inreview"
	}
	if state == "editing" && a.asOf > deadline {
		state = "expired"
	}
	if currency != "" && c.submitted <= deadline {
		switch state {
		case "submitted", "inreview", "partneractionrequired", "disputed":
			taken = a.inFund(c, c.amount, currency)
		case "approved", "paid":
			amount := c.amount
			if c.approved != "" {
				amount = c.approved
			}
			taken = a.inFund(c, amount, currency)
		case "editing":
			planned = a.inFund(c, c.amount, currency)
		}
	}
	if state == "submitted" {
		state = "inreview"
	}
	*settled = append(*settled, fmt.Sprint(c.id, " ", state, " takes ", taken.StringFixed(2), " plans ", planned.StringFixed(2), " by ", deadline))
	return taken, planned
}

// inFund takes an amount of a claim to its fund's currency.
func (a archive) inFund(c claim, amount, currency string) decimal.Decimal {
	whole, part := money(c.amount), money(amount)
	switch {
	case c.currency == currency:
		return cent(part)
	case currency == "USD" && c.amountUSD != "" && part.Equal(whole):
		return cent(money(c.amountUSD))
	case currency == "USD" && c.amountUSD != "" && !whole.IsZero():
		return cent(money(c.amountUSD).Mul(part).DivRound(whole, 30))
	}
	date := c.submitted
	if date == "" {
		date = c.activityEnd
	}
	rate, found := a.rate(date, c.currency, currency)
	if !found {
		return decimal.Zero
	}
	return cent(part.Mul(rate))
}

// rate returns the configured rate of a day.
func (a archive) rate(date, from, to string) (decimal.Decimal, bool) {
	var valid []rate
	for _, r := range a.rates {
		if r.from == from && r.to == to && r.first <= date {
			valid = append(valid, r)
		}
	}
	if len(valid) == 0 {
		return decimal.Zero, false
	}
	return money(greatest(valid, func(r rate) string { return r.first })[0].value), true
}
