package calc

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// balance decides one earning period of a statement from its months.
func (c *calculation) balance(of *Statement, s *statement, period EarningPeriod, months []*bucket) *Balance {
	b := &Balance{
		Statement: of,
		Period:    period,
		Rule:      c.Policy.Rules.ForDecision(s.statementKey.program, period),
	}
	b.ClaimDeadline = period.ClaimDeadline(b.Rule.GraceDays)
	b.FundsExpire = period.FundsExpire(b.Rule.GraceDays)
	b.FundCurrency = oneCurrency(s.coops[period])
	var fund, rebates decimal.Decimal
	rebateCurrencies := map[string]bool{}
	for _, m := range months {
		rebate, coop, other := m.figures()
		if m.earned {
			of.addMonth(m, rebate, coop, other)
		}
		b.exact.rebate = b.exact.rebate.Add(rebate.usd)
		rebates = rebates.Add(rebate.plain)
		if !rebate.plain.IsZero() || !rebate.usd.IsZero() {
			rebateCurrencies[m.currency] = true
		}
		b.exact.coop = b.exact.coop.Add(coop.usd)
		b.exact.other = b.exact.other.Add(other.usd)
		b.exact.turnover = b.exact.turnover.plus(exact{coop.plain.Abs(), coop.usd.Abs()})
		moved := m.transfers.exact()
		b.exact.transferred = b.exact.transferred.Add(moved.usd)
		adjusted := m.adjusted.exact()
		b.exact.adjustedUSD = b.exact.adjustedUSD.Add(adjusted.usd)
		if len(s.coops[period]) == 1 {
			b.exact.adjusted = b.exact.adjusted.Add(adjusted.plain)
			fund = fund.Add(coop.plain) // zero in every currency but the fund's
			b.exact.moved = b.exact.moved.Add(c.transferInto(s, b, m, moved))
		} else {
			b.exact.adjusted = b.exact.adjusted.Add(adjusted.usd)
			fund = fund.Add(coop.usd)
			b.exact.moved = b.exact.moved.Add(moved.usd)
		}
	}
	b.Rebate, b.CoOp, b.Other = Cents(b.exact.rebate), Cents(b.exact.coop), Cents(b.exact.other)
	b.RebateCurrency, b.RebatePlain = oneCurrency(rebateCurrencies), b.Rebate
	if b.RebateCurrency != "USD" {
		b.RebatePlain = Cents(rebates)
	}
	b.exact.fund = fund
	b.Transferred = Cents(b.exact.moved)
	b.CoOpFund = Cents(fund.Add(b.exact.moved))
	b.decide(c.AsOf)
	b.Provisional = c.provisional(s, period)
	return b
}

// exactParts are a balance's figures before they are rounded.
type exactParts struct {
	rebate, coop, other, transferred decimal.Decimal // USD
	adjustedUSD                      decimal.Decimal // of coop by adjustments
	turnover                         exact           // of co-op, without regard to sign: the fund's own rate to USD
	fund, moved, adjusted            decimal.Decimal // fund currency: earned, transferred, of earned by adjustments
}

// oneCurrency gives the one currency of earnings, USD when they have several or
// there are none (rules.md §6, Money).
func oneCurrency(of map[string]bool) string {
	if len(of) == 1 {
		for currency := range of {
			return currency
		}
	}
	return "USD"
}

// transferInto gives a month's transfers in the fund's currency. One in another
// currency uses the configured rate of the month's end; without one it is an
// error, and nothing is moved.
func (c *calculation) transferInto(s *statement, b *Balance, m *bucket, moved exact) decimal.Decimal {
	switch {
	case m.currency == b.FundCurrency:
		return moved.plain
	case moved.plain.IsZero() && moved.usd.IsZero():
		return decimal.Zero
	case b.FundCurrency == "USD":
		return moved.usd
	}
	if rate, ok := c.Policy.Rates.On(m.month.Last(), m.currency, b.FundCurrency); ok {
		return moved.plain.Mul(rate)
	}
	s.report(Finding{Severity: Error, Code: TransferCurrency, Participant: b.Statement.Participant, Program: b.Statement.Program, Period: b.Period,
		Message: fmt.Sprintf("a co-op rollover of %s %s in %s cannot be taken to a fund in %s; add a rate from %s to %s to [rates]",
			inWords(moved.plain), m.currency, m.month, b.FundCurrency, m.currency, b.FundCurrency)})
	return decimal.Zero
}

func (s *Statement) addMonth(m *bucket, rebate, coop, other exact) {
	s.Months = append(s.Months, MonthLine{
		Month: m.month, Currency: m.currency,
		Rebate: Cents(rebate.plain), CoOp: Cents(coop.plain), Other: Cents(other.plain),
		RebateUSD: Cents(rebate.usd), CoOpUSD: Cents(coop.usd), OtherUSD: Cents(other.usd),
		exactUSD: [3]decimal.Decimal{rebate.usd, coop.usd, other.usd},
	})
}

// decide applies the rule (rules.md §2 and §3).
func (b *Balance) decide(asOf Date) {
	b.Decision = decision(b.CoOp, b.Rule, b.Period, asOf)
	if b.Decision == ClaimRequired {
		b.Window = WindowClosed
		if !asOf.After(b.ClaimDeadline) {
			b.Window = WindowOpen
			b.DaysLeft = asOf.DaysUntil(b.ClaimDeadline)
		}
	}
}

func decision(coop decimal.Decimal, r Rule, p EarningPeriod, asOf Date) Decision {
	switch {
	case !asOf.After(p.End()):
		return Accruing
	case coop.IsNegative():
		return Negative
	case r.MustClaim(coop):
		return ClaimRequired
	}
	return AutoPayout
}

// provisional says that a period that is over may still change, because no file
// shows it complete (contract, balances.csv).
func (c *calculation) provisional(s *statement, p EarningPeriod) bool {
	if !c.AsOf.After(p.End()) || c.AsOf.After(p.End().AddDays(c.Policy.ProvisionalDays)) {
		return false
	}
	return !slices.ContainsFunc(s.reach, func(r reach) bool {
		calculated := c.ledger.newest[r.source].calculated
		return r.month.Compare(p.LastMonth()) >= 0 && (calculated.Day.IsZero() || calculated.Day.After(p.End()))
	})
}

// finishCalendar lays the months out without gaps. It comes after claims, which
// the calendar shows.
func (s *Statement) finishCalendar() {
	if len(s.Months) == 0 {
		return
	}
	first, last := s.Months[0].Month, s.lastMonth()
	lines := s.Months
	var toDate decimal.Decimal
	for m := first; m.Compare(last) <= 0; m = m.Add(1) {
		if m == m.Period().FirstMonth() {
			toDate = decimal.Zero
		}
		var sum [3]decimal.Decimal
		for ; len(lines) > 0 && lines[0].Month == m; lines = lines[1:] {
			for k := range sum {
				sum[k] = sum[k].Add(lines[0].exactUSD[k])
			}
		}
		toDate = toDate.Add(sum[1])
		s.Calendar = append(s.Calendar, CalendarMonth{
			Month: m, Rebate: Cents(sum[0]), CoOp: Cents(sum[1]), Other: Cents(sum[2]), CoOpToDate: Cents(toDate), Claimed: s.claimedIn(m),
		})
	}
}

// lastMonth gives the last month with earnings or with a submitted claim.
func (s *Statement) lastMonth() Month {
	last := s.Months[len(s.Months)-1].Month
	for _, b := range s.Balances {
		for _, claim := range b.Claims {
			if !claim.Submitted.IsZero() && claim.Submitted.Month().Compare(last) > 0 {
				last = claim.Submitted.Month()
			}
		}
	}
	return last
}

// projectAccruing says where accruing periods are heading.
func (s *Statement) projectAccruing() {
	for _, b := range s.Balances {
		if b.Decision == Accruing {
			latest := b.Period.FirstMonth()
			if n := len(s.Months); n > 0 && s.Months[n-1].Month.Compare(latest) > 0 {
				latest = s.Months[n-1].Month
			}
			b.Projection = b.project(latest)
		}
	}
}

// project carries an accruing period on at the rate of its months so far;
// latest is the last month with earnings.
func (b *Balance) project(latest Month) *Projection {
	months := int64(b.Period.FirstMonth().MonthsUntil(latest)) + 1
	p := &Projection{Months: int(months), Distance: b.Rule.Distance(b.CoOp)}
	sixfold := b.CoOp.Mul(decimal.New(6, 0))
	p.CoOp = Cents(sixfold.DivRound(decimal.New(months, 0), 12))
	p.Claimable = b.CoOp.Add(p.Distance)
	p.MustClaim = b.Rule.MustClaim(p.CoOp)
	for n := months; n <= 6 && p.Crossing.IsZero(); n++ {
		reached := b.CoOp.Mul(decimal.New(n, 0)).DivRound(decimal.New(months, 0), 12)
		if b.Rule.MustClaim(Cents(reached)) {
			p.Crossing = b.Period.FirstMonth().Add(int(n) - 1)
		}
	}
	return p
}
