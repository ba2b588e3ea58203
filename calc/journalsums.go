package calc

import "github.com/shopspring/decimal"

// bookings gives what the books must hold of a balance.
func (p *JournalPolicy) bookings(b *Balance) []Booking {
	var list []Booking
	for i, sum := range b.journalSums() {
		event := JournalEvent(i)
		debit, credit := p.accounts(event)
		if debit == "" || sum.plain.IsZero() && sum.usd.IsZero() {
			continue
		}
		currency := b.FundCurrency
		if event == RebateEarned {
			currency = b.RebateCurrency
		}
		list = append(list, Booking{
			Participant: b.Statement.Participant, Program: b.Statement.Program, Period: b.Period, Event: event,
			Debit: debit, Credit: credit, Currency: currency, Amount: sum.plain, USD: sum.usd,
		})
	}
	return list
}

// journalSums gives each event's sum since the fund began. In USD, what came in
// by earning counts as it was earned, and what went out as its share of that, so
// that an empty fund is empty in USD too. Rounding goes along with the running
// sum of what went out.
func (b *Balance) journalSums() (sums [journalEvents]exact) {
	to := b.Movement.ToDate
	earned := exact{to.Earned.Add(to.Adjusted), b.CoOp}
	adjusted := exact{to.Adjusted, Cents(b.exact.adjustedUSD)}
	if b.FundCurrency == "USD" {
		earned.usd, adjusted.usd = earned.plain, adjusted.plain
	}
	var gone exact
	out := func(amount decimal.Decimal) exact {
		before := gone
		gone.plain = gone.plain.Add(amount)
		gone.usd = b.shareUSD(gone.plain, earned)
		return gone.minus(before)
	}
	sums[RebateEarned] = exact{b.RebatePlain, b.Rebate}
	sums[CoOpEarned] = earned.minus(adjusted)
	sums[CoOpAdjusted] = adjusted
	sums[CoOpRolledOver] = exact{}.minus(out(to.Transferred.Neg()))
	sums[CoOpPaidOut] = out(to.PaidOut)
	sums[ClaimsSettled] = out(to.ClaimsPaid)
	out(b.Movement.ApprovedUnpaid)
	if owed := gone.minus(earned); b.Decision == Negative && owed.plain.IsPositive() {
		sums[CoOpOwed] = owed
	}
	sums[CoOpRecognised] = gone.minus(sums[CoOpOwed])
	sums[CoOpForfeited] = out(to.Forfeited)
	return sums
}

// shareUSD gives the USD, rounded to cents, of an amount of the fund as a share
// of what was earned. Of earnings that cancel out there is no share, and the rate
// of all rows stands in.
func (b *Balance) shareUSD(amount decimal.Decimal, earned exact) decimal.Decimal {
	if earned.plain.IsZero() {
		return b.USD(amount)
	}
	return Cents(amount.Mul(earned.usd).DivRound(earned.plain, 20))
}
