package journal

import (
	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// bookings returns what the books must hold of a balance.
func bookings(p *calc.JournalPolicy, b *calc.Balance) []calc.Booking {
	var list []calc.Booking
	for i, sum := range journalSums(b) {
		event := calc.JournalEvent(i)
		debit, credit := accounts(p, event)
		if debit == "" || sum.Plain.IsZero() && sum.USD.IsZero() {
			continue
		}
		currency := b.FundCurrency
		if event == calc.RebateEarned {
			currency = b.RebateCurrency
		}
		list = append(list, calc.Booking{
			Participant: b.Statement.Participant, Program: b.Statement.Program, Period: b.Period, Event: event,
			Debit: debit, Credit: credit, Currency: currency, Amount: sum.Plain, USD: sum.USD,
		})
	}
	return list
}

// journalSums returns each event's sum since the fund began. In USD, what came in
// by earning counts as it was earned, and what went out as its share of that, so
// that an empty fund is empty in USD too. Rounding goes along with the running
// sum of what went out.
func journalSums(b *calc.Balance) (sums [calc.JournalEventCount]calc.Exact) {
	to := b.Movement.ToDate
	earned := calc.Exact{Plain: to.Earned.Add(to.Adjusted), USD: b.CoOp}
	adjusted := calc.Exact{Plain: to.Adjusted, USD: calc.Cents(b.Exact.AdjustedUSD)}
	if b.FundCurrency == "USD" {
		earned.USD, adjusted.USD = earned.Plain, adjusted.Plain
	}
	var gone calc.Exact
	out := func(amount decimal.Decimal) calc.Exact {
		before := gone
		gone.Plain = gone.Plain.Add(amount)
		gone.USD = shareUSD(b, gone.Plain, earned)
		return gone.Minus(before)
	}
	sums[calc.RebateEarned] = calc.Exact{Plain: b.RebatePlain, USD: b.Rebate}
	sums[calc.CoOpEarned] = earned.Minus(adjusted)
	sums[calc.CoOpAdjusted] = adjusted
	sums[calc.CoOpRolledOver] = calc.Exact{}.Minus(out(to.Transferred.Neg()))
	sums[calc.CoOpPaidOut] = out(to.PaidOut)
	sums[calc.ClaimsSettled] = out(to.ClaimsPaid)
	out(b.Movement.ApprovedUnpaid)
	if owed := gone.Minus(earned); b.Decision == calc.Negative && owed.Plain.IsPositive() {
		sums[calc.CoOpOwed] = owed
	}
	sums[calc.CoOpRecognised] = gone.Minus(sums[calc.CoOpOwed])
	sums[calc.CoOpForfeited] = out(to.Forfeited)
	return sums
}

// shareUSD returns the USD, rounded to cents, of an amount of the fund as a share
// of what was earned. Of earnings that cancel out there is no share, and the rate
// of all rows is in.
func shareUSD(b *calc.Balance, amount decimal.Decimal, earned calc.Exact) decimal.Decimal {
	if earned.Plain.IsZero() {
		return b.USD(amount)
	}
	return calc.Cents(amount.Mul(earned.USD).DivRound(earned.Plain, 20))
}
