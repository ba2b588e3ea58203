package journal

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// withReceipts returns how the journal books where bank statements show what
// arrived: claims that are paid become part of what Microsoft has to transfer, as
// automatic payouts do, and receipts clear it.
func withReceipts(r *calc.Result, p *calc.JournalPolicy) (_ *calc.JournalPolicy, receipts bool) {
	if p.Accounts.Clearing == "" || !r.HasBankStatements() {
		return p, false
	}
	with := *p
	with.Accounts.Bank = p.Accounts.RebateReceivable
	return &with, true
}

// receipt is what a payment brought, and what settles the difference to what was
// earned: in the payment's currency, but for what arrived in another one.
type receipt struct {
	*calc.PaymentMatch
	accounts        *calc.JournalAccounts
	currency        string // of the payment
	withheld, sales decimal.Decimal
	rate            decimal.Decimal // of currency to USD
	foreign         decimal.Decimal // USD of what arrived in another currency
}

// leg is one booking of a receipt.
type leg struct {
	event         calc.JournalEvent
	debit, credit string
	currency      string
	calc.Exact
}

// bookReceipts returns what the books must hold of the payments that arrived, by
// participant, program and the earning periods of what they pay.
func bookReceipts(r *calc.Result, p *calc.JournalPolicy) []calc.Booking {
	sums := map[bookingKey]calc.Booking{}
	claims := map[string]bool{}
	for _, c := range r.Claims {
		claims[c.PaymentID] = true
	}
	for _, m := range lists.Payments(r.Statements, r.StrayPayments) {
		if !m.Bank.State.Arrived() {
			continue
		}
		memo := p.Recognition == calc.MemoOnly
		if memo && len(m.Rows) == 0 && claims[m.ID] {
			continue // it pays claims
		}
		shares := sharesOf(m, func(e calc.Earning) decimal.Decimal { return elsewhere(r, memo, e) })
		for _, l := range newReceipt(r, p, m).legs() {
			for i, part := range divide(l.Exact, shares) {
				b := calc.Booking{
					Participant: m.Participant, Program: m.Program, Period: shares[i].period, Event: l.event,
					Debit: l.debit, Credit: l.credit, Currency: l.currency, Amount: part.Plain, USD: part.USD,
				}
				if shares[i].skip {
					continue
				}
				sum, ok := sums[key(b)]
				if ok {
					sum.Amount, sum.USD = sum.Amount.Add(b.Amount), sum.USD.Add(b.USD)
					b = sum
				}
				sums[key(b)] = b
			}
		}
	}
	list := slices.SortedFunc(maps.Values(sums), compare)
	return slices.DeleteFunc(list, func(b calc.Booking) bool { return b.Amount.IsZero() && b.USD.IsZero() })
}

// share is an earning period's part of a payment.
type share struct {
	period calc.EarningPeriod
	weight decimal.Decimal
	skip   bool // co-op that is booked elsewhere
}

// elsewhere returns what of an earning, in USD, is booked elsewhere when it is paid:
// with memorandum accounts co-op, also as a rebate that it was turned into.
func elsewhere(r *calc.Result, memo bool, e calc.Earning) decimal.Decimal {
	usd := e.USD().Decimal()
	switch {
	case !memo:
		return decimal.Zero
	case e.Class(r.Policy.ClaimRows) != calc.Earned || e.Kind() == calc.CoOp:
		return usd
	case e.Kind() == calc.Gross:
		return usd.Mul(r.Policy.Rules.ForRow(e).GrossShare())
	}
	return decimal.Zero
}

// bookOthers returns what was earned that is neither rebate nor co-op: in the
// currency of its earnings, by period.
func bookOthers(r *calc.Result, p *calc.JournalPolicy) []calc.Booking {
	var list []calc.Booking
	debit, credit := accounts(p, calc.OtherEarned)
	for _, s := range r.Statements {
		sums := map[bookingKey]calc.Exact{}
		for i := range s.Months {
			m := &s.Months[i]
			k := bookingKey{FundKey: calc.NewFundKey(s.Participant, s.Program, m.Month.Period()), currency: m.Currency}
			sums[k] = calc.Exact{Plain: sums[k].Plain.Add(m.Exact(calc.Other)), USD: sums[k].USD.Add(m.ExactUSD(calc.Other))}
		}
		for k, sum := range sums {
			b := calc.Booking{
				Participant: s.Participant, Program: s.Program, Period: k.Period, Event: calc.OtherEarned,
				Debit: debit, Credit: credit, Currency: k.currency, Amount: calc.Cents(sum.Plain), USD: calc.Cents(sum.USD),
			}
			if !b.Amount.IsZero() || !b.USD.IsZero() {
				list = append(list, b)
			}
		}
	}
	slices.SortFunc(list, compare)
	return list
}

// sharesOf divides a payment by the periods of its earnings, in USD, with what of
// them is booked elsewhere apart. What no earning carries belongs to the period in
// which it was paid.
func sharesOf(m *calc.PaymentMatch, elsewhere func(calc.Earning) decimal.Decimal) []share {
	type part struct {
		period calc.EarningPeriod
		skip   bool
	}
	weights := map[part]decimal.Decimal{}
	total := decimal.Zero
	for _, e := range m.Rows {
		usd, skipped := e.USD().Decimal(), elsewhere(e)
		total = total.Add(usd)
		for k, w := range map[part]decimal.Decimal{{calc.PeriodOf(e.Date()), true}: skipped, {calc.PeriodOf(e.Date()), false}: usd.Sub(skipped)} {
			if !w.IsZero() {
				weights[k] = weights[k].Add(w)
			}
		}
	}
	if total.IsZero() {
		return []share{{period: calc.PeriodOf(m.Bank.Date), weight: decimal.New(1, 0)}}
	}
	var list []share
	for k, w := range weights {
		list = append(list, share{k.period, w.DivRound(total, 20), k.skip})
	}
	rank := map[bool]int{true: 0, false: 1} // what is booked elsewhere first
	slices.SortFunc(list, func(a, b share) int { return cmp.Or(a.period.Compare(b.period), rank[a.skip]-rank[b.skip]) })
	return list
}

// divide gives each share its part, rounded to cents, and the last one what is
// left, so that the parts sum to the whole.
func divide(whole calc.Exact, shares []share) []calc.Exact {
	parts := make([]calc.Exact, len(shares))
	left := whole
	for i := range shares[:len(shares)-1] {
		parts[i] = calc.Exact{Plain: calc.Cents(whole.Plain.Mul(shares[i].weight)), USD: calc.Cents(whole.USD.Mul(shares[i].weight))}
		left = left.Minus(parts[i])
	}
	parts[len(parts)-1] = left
	return parts
}

func newReceipt(r *calc.Result, p *calc.JournalPolicy, m *calc.PaymentMatch) *receipt {
	c := &receipt{PaymentMatch: m, accounts: &p.Accounts, currency: m.PayCurrency, withheld: m.WithheldTax, sales: m.SalesTax}
	if c.currency == "" {
		c.currency = m.Bank.Currency // no report has it
	}
	switch m.Bank.State {
	case calc.BankReceived, calc.BankMerged, calc.BankSplit, calc.BankTaxed:
		if m.Reported() && m.TotalDiffers.IsZero() {
			c.withheld = m.Gross.Add(m.SalesTax).Sub(m.Bank.Amount) // the service fee's tax too
		}
	case calc.BankOtherCurrency:
		if m.TotalDiffers.IsZero() {
			c.withheld = m.Gross.Add(m.SalesTax).Sub(m.Total)
		}
	case calc.BankNoStatement, calc.BankUncovered, calc.BankUnsent, calc.BankShort, calc.BankOver, calc.BankAmbiguous, calc.BankReturned,
		calc.BankMissing, calc.BankUnmatched:
	}
	c.rate = c.rateOf(r.Policy.Rates)
	c.foreign = c.usd(m.Total)
	if rate, ok := r.Policy.Rates.On(m.Bank.Date, m.Bank.Currency, "USD"); ok {
		c.foreign = calc.Cents(m.Bank.Amount.Mul(rate))
	}
	return c
}

// rateOf returns the rate to USD on the day of the receipt: the configured one,
// else the Payments report's, else that of the earnings.
func (c *receipt) rateOf(rates calc.Rates) decimal.Decimal {
	const digits = 20
	if rate, ok := rates.On(c.Bank.Date, c.currency, "USD"); ok {
		return rate
	}
	if c.GrossUSD.Valid && !c.Gross.IsZero() {
		return c.GrossUSD.Decimal.DivRound(c.Gross, digits)
	}
	base := c.Gross
	if base.IsZero() {
		base = c.Bank.Amount
	}
	if base.IsZero() {
		return decimal.Zero
	}
	return c.RowsUSD().DivRound(base, digits)
}

func (c *receipt) usd(amount decimal.Decimal) decimal.Decimal { return calc.Cents(amount.Mul(c.rate)) }

// legs returns the bookings of a receipt. What is credited to the receivable is
// worth in USD what its earnings were; the difference to what arrived, at the rate
// of the day, is an exchange difference. What differs for no known reason stays
// receivable.
func (c *receipt) legs() []leg {
	amount := c.Bank.Amount
	foreign := c.Bank.Currency != c.currency
	if foreign {
		amount = c.Total
	}
	cleared := amount.Add(c.withheld).Sub(c.sales)
	arrived, withheld, sales := c.usd(amount), c.usd(c.withheld), c.usd(c.sales)
	exchange := c.booked(cleared).Sub(arrived).Sub(withheld).Add(sales)
	legs := []leg{
		{calc.PaymentReceived, c.accounts.Clearing, c.accounts.RebateReceivable, c.currency, calc.Exact{Plain: amount, USD: arrived}},
		{calc.PaymentTaxed, c.accounts.WithheldTax, c.accounts.RebateReceivable, c.currency, calc.Exact{Plain: c.withheld, USD: withheld}},
		{calc.PaymentTaxed, c.accounts.RebateReceivable, c.accounts.SalesTax, c.currency, calc.Exact{Plain: c.sales, USD: sales}},
		{calc.PaymentExchanged, c.accounts.Exchange, c.accounts.RebateReceivable, c.currency, calc.Exact{USD: exchange}},
	}
	if foreign {
		legs[0] = leg{calc.PaymentReceived, c.accounts.Clearing, c.accounts.Exchange, c.Bank.Currency, calc.Exact{Plain: c.Bank.Amount, USD: c.foreign}}
		legs[3].Exact = calc.Exact{Plain: amount, USD: exchange.Add(arrived)}
	}
	return legs
}

// booked returns what a cleared amount was booked with in USD when it was earned.
// Where all is in USD, or the earnings cannot be compared, it is what it is.
func (c *receipt) booked(cleared decimal.Decimal) decimal.Decimal {
	inUSD := c.currency == "USD" && !slices.ContainsFunc(c.Rows, func(e calc.Earning) bool { return e.Currency() != "USD" })
	whole := c.Gross
	if c.PaymentMatch.Currency == c.currency {
		whole = c.Earned
	}
	canCompare := c.PaymentMatch.Currency == c.currency || c.State == calc.MatchAgrees || c.State == calc.MatchTaxed
	if inUSD || len(c.Rows) == 0 || whole.IsZero() || !canCompare {
		return c.usd(cleared)
	}
	return calc.Cents(c.RowsUSD().Mul(cleared).DivRound(whole, 20))
}
