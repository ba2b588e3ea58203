package reconcile

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// fund decides one earning period of a statement from its months, which it lists.
func (c *gathered) fund(s *drawn, period calc.EarningPeriod, months []bucket) *calc.Fund {
	b := &calc.Fund{
		Participant: s.Participant,
		Program:     s.program,
		Period:      period,
		Rule:        *c.Policy.Rules.ForDecision(s.StatementKey.Program, period),
	}
	b.ClaimsOpen = b.Rule.Claims.Opens(period)
	b.ClaimDeadline = b.Rule.Claims.LastDay(period)
	b.FundsExpire = b.Rule.Claims.Expire(period)
	currencies := map[string]bool{}
	for i := range months {
		if m := &months[i]; m.holdsCoOp {
			currencies[m.currency] = true
		}
	}
	b.FundCurrency, b.Currencies = oneCurrency(currencies), len(currencies)
	var rebates, coops, others, turnover pair
	var published calc.Sum
	rebateCurrencies := map[string]bool{}
	for i := range months {
		m := &months[i]
		rebate, coop, other, byPublished := m.figures()
		if m.earned {
			s.months = append(s.months, monthLine(m, &rebate, &coop, &other))
		}
		rebates.addPair(&rebate)
		coops.addPair(&coop) // zero in every currency but the fund's, if it has one
		others.addPair(&other)
		published.AddSum(&byPublished)
		turnover.plain.AddMagnitude(&coop.plain)
		turnover.usd.AddMagnitude(&coop.usd)
		if !rebate.plain.IsZero() || !rebate.usd.IsZero() {
			rebateCurrencies[m.currency] = true
		}
		if m.more != nil {
			c.addRare(s, b, m)
		}
	}
	b.Exact.Shares = calc.Shares{Rebate: rebates.usd.Decimal(), CoOp: coops.usd.Decimal(), Other: others.usd.Decimal()}
	b.Exact.Published, b.Exact.Turnover = published.Decimal(), turnover.exact()
	fund := b.Exact.CoOp
	if b.Currencies == 1 {
		fund = coops.plain.Decimal()
	}
	b.Shares = b.Exact.Cents()
	b.RebateCurrency, b.RebatePlain = oneCurrency(rebateCurrencies), b.Rebate
	if b.RebateCurrency != "USD" {
		b.RebatePlain = calc.Cents(rebates.plain.Decimal())
	}
	b.Exact.Fund = fund
	b.CoOpFund = calc.Cents(fund.Add(b.Exact.Moved))
	b.Transferred = b.CoOpFund.Sub(calc.Cents(fund)) // so that what was earned is the figure that decides
	decide(b, c.AsOf)
	b.Provisional = c.provisional(s.statement, period)
	return b
}

// addRare adds the transfers and adjustments of a month.
func (c *gathered) addRare(s *drawn, b *calc.Fund, m *bucket) {
	moved, adjusted := m.more.transfers.exact(), m.more.adjusted.exact()
	b.Exact.Transferred = b.Exact.Transferred.Add(moved.USD)
	b.Exact.AdjustedUSD = b.Exact.AdjustedUSD.Add(adjusted.USD)
	if b.Currencies == 1 {
		b.Exact.Adjusted = b.Exact.Adjusted.Add(adjusted.Plain)
		b.Exact.Moved = b.Exact.Moved.Add(c.transferInto(s, b, m, moved))
		return
	}
	b.Exact.Adjusted = b.Exact.Adjusted.Add(adjusted.USD)
	b.Exact.Moved = b.Exact.Moved.Add(moved.USD)
}

// oneCurrency returns the one currency of earnings, USD when they have several or
// there are none (cspcoop help rules, Money).
func oneCurrency(of map[string]bool) string {
	if len(of) == 1 {
		for currency := range of {
			return currency
		}
	}
	return "USD"
}

// transferInto returns a month's transfers in the fund's currency. One in another
// currency uses the configured rate of the month's end; without one it is an
// error, and nothing is moved.
func (c *gathered) transferInto(s *drawn, b *calc.Fund, m *bucket, moved calc.Exact) decimal.Decimal {
	switch {
	case m.currency == b.FundCurrency:
		return moved.Plain
	case moved.Plain.IsZero() && moved.USD.IsZero():
		return decimal.Zero
	case b.FundCurrency == "USD":
		return moved.USD
	}
	if rate, ok := c.Policy.Rates.On(m.month.Last(), m.currency, b.FundCurrency); ok {
		return moved.Plain.Mul(rate)
	}
	s.report(b.Finding(calc.Error, calc.TransferCurrency, calc.Say(
		"a co-op rollover of %s in %s cannot be taken to a fund in %s; add a rate from %s to %s to [rates]",
		calc.NewMoney(moved.Plain, m.currency), m.month, b.FundCurrency, m.currency, b.FundCurrency)))
	return decimal.Zero
}

func monthLine(m *bucket, rebate, coop, other *pair) calc.MonthLine {
	return calc.NewMonthLine(m.month, m.currency,
		[3]calc.Amount{rebate.plain.Amount(), coop.plain.Amount(), other.plain.Amount()}, [3]calc.Amount{rebate.usd.Amount(), coop.usd.Amount(), other.usd.Amount()})
}

// decide applies the rule.
func decide(b *calc.Fund, asOf calc.Date) {
	b.Decision = decision(b.CoOp, &b.Rule, b.Period, asOf)
	b.Window = window(b, b.Decision, asOf)
	if b.Window == calc.WindowOpen {
		b.DaysLeft = asOf.DaysUntil(b.ClaimDeadline)
	}
}

// window returns where a fund that was decided so is in its claim window on a day.
func window(b *calc.Fund, d calc.Decision, on calc.Date) calc.Window {
	switch {
	case d != calc.ClaimRequired:
		return calc.NoWindow
	case on.Before(b.ClaimsOpen):
		return calc.WindowUpcoming
	case on.After(b.ClaimDeadline):
		return calc.WindowClosed
	}
	return calc.WindowOpen
}

func decision(coop decimal.Decimal, r *calc.Rule, p calc.EarningPeriod, asOf calc.Date) calc.Decision {
	switch {
	case !asOf.After(p.End()):
		return calc.Accruing
	case coop.IsNegative():
		return calc.Negative
	case r.MustClaim(coop):
		return calc.ClaimRequired
	}
	return calc.AutoPayout
}

// provisional reports whether a period that is over may still change, because no file
// shows it complete (contract, balances.csv).
func (c *gathered) provisional(s *statement, p calc.EarningPeriod) bool {
	if !c.AsOf.After(p.End()) || c.AsOf.After(p.End().AddDays(c.Policy.ProvisionalDays)) {
		return false
	}
	return !slices.ContainsFunc(s.reach, func(r reach) bool {
		calculated := c.ledger.Newest[r.source].Calculated
		return r.last.Month().Compare(p.LastMonth()) >= 0 && (calculated.Day.IsZero() || calculated.Day.After(p.End()))
	})
}

// calendar lays months and what claims submitted in them have taken out without gaps, from the first with earnings to the
// last, or to the end of its half-year once that is over: the date of a claim makes
// no month.
func calendar(lines []calc.MonthLine, claimed map[calc.Month]decimal.Decimal, asOf calc.Date) []calc.CalendarMonth {
	if len(lines) == 0 {
		return nil
	}
	first, last := lines[0].Month, lines[len(lines)-1].Month
	if end := last.Period().LastMonth(); asOf.After(end.Last()) {
		last = end
	}
	return calc.NewCalendar(first, last, func(m calc.Month) (calc.Shares, decimal.Decimal) {
		var earned calc.Shares
		for ; len(lines) > 0 && lines[0].Month == m; lines = lines[1:] {
			earned = earned.Plus(lines[0].SharesUSD())
		}
		return earned, claimed[m]
	})
}

// projectAccruing says where accruing periods are heading.
func (s *drawn) projectAccruing() {
	for _, b := range s.funds {
		if b.Decision == calc.Accruing {
			latest := b.Period.FirstMonth()
			if n := len(s.months); n > 0 && s.months[n-1].Month.Compare(latest) > 0 {
				latest = s.months[n-1].Month
			}
			b.Projection = project(b, latest)
		}
	}
}

// project carries an accruing period on at the rate of its months so far;
// latest is the last month with earnings.
func project(b *calc.Fund, latest calc.Month) *calc.Projection {
	months := int64(b.Period.FirstMonth().MonthsUntil(latest)) + 1
	p := &calc.Projection{Months: int(months), Distance: b.Rule.Distance(b.CoOp)}
	sixfold := b.CoOp.Mul(decimal.New(6, 0))
	p.CoOp = calc.Cents(sixfold.DivRound(decimal.New(months, 0), 12))
	p.Claimable = b.CoOp.Add(p.Distance)
	p.MustClaim = b.Rule.MustClaim(p.CoOp)
	for n := months; n <= 6 && p.Crossing.IsZero(); n++ {
		reached := b.CoOp.Mul(decimal.New(n, 0)).DivRound(decimal.New(months, 0), 12)
		if b.Rule.MustClaim(calc.Cents(reached)) {
			p.Crossing = b.Period.FirstMonth().Add(int(n) - 1)
		}
	}
	return p
}
