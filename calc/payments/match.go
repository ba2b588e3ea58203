package payments

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// matchPayments compares Payments reports with a statement's earnings, per
// payment (cspcoop help rules, Payments). Without any report it counts the payments
// that earnings name, which go by the earnings' own payment status then, and keeps
// them for the bank, where there are statements.
func (c *check) matchPayments() {
	reported := c.reported[c.StatementKey]
	if len(reported) == 0 {
		if len(c.reports) == 0 {
			c.out.Unchecked = c.countPayments()
		}
		if len(c.reports) == 0 && c.banked {
			c.out.Payments = slices.SortedFunc(maps.Values(c.collectPayments()), Compare)
			for _, m := range c.out.Payments {
				slices.SortFunc(m.Rows, calc.CompareByDate)
			}
		}
		return
	}
	payments := c.collectPayments()
	for id, t := range reported {
		if payments[id] == nil {
			payments[id] = t.match(id, c.Participant)
		}
	}
	c.matches = make(map[string]*match, len(payments))
	for id, m := range payments {
		slices.SortFunc(m.Rows, calc.CompareByDate)
		c.settlePayment(c.StatementKey, m, reported[id])
		state, _ := calc.DescribedState(m.Status, m.StatusText)
		c.matches[id] = &match{m, calc.StatusOf(m.Status), state}
	}
	c.out.Payments = known(payments)
}

// Strays lists the payments of participants and programs that have no account.
func (b *Reports) Strays(hasAccount func(calc.StatementKey) bool) []*calc.PaymentMatch {
	var list []*calc.PaymentMatch
	for key, reported := range b.reported {
		if hasAccount(key) {
			continue
		}
		matches := map[string]*calc.PaymentMatch{}
		for id, t := range reported {
			matches[id] = t.match(id, key.Participant)
			b.settlePayment(key, matches[id], t)
		}
		list = append(list, known(matches)...)
	}
	return list
}

// known lists the payments of which something can be said, by date and id.
func known(matches map[string]*calc.PaymentMatch) []*calc.PaymentMatch {
	var list []*calc.PaymentMatch
	for _, m := range matches {
		if m.State != calc.MatchUnchecked && m.State != calc.MatchLater {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, Compare)
	return list
}

// match makes the match of a payment that no earnings carry.
func (t *reportedPayment) match(id, participant string) *calc.PaymentMatch {
	return &calc.PaymentMatch{ID: id, Participant: participant, Program: calc.CurrentName(t.rows[0].Program)}
}

// Compare orders payments by date, then id.
func Compare(m, o *calc.PaymentMatch) int {
	return cmp.Or(m.Date.Compare(o.Date), strings.Compare(m.ID, o.ID), strings.Compare(m.Participant, o.Participant), strings.Compare(m.Program, o.Program))
}

// collectPayments returns every payment the rows that carry its id.
func (c *check) collectPayments() map[string]*calc.PaymentMatch {
	matches := map[string]*calc.PaymentMatch{}
	for id, e := range c.paid() {
		m := matches[id]
		if m == nil {
			m = &calc.PaymentMatch{ID: id, Participant: c.Participant, Program: calc.CurrentName(c.Program)}
			matches[id] = m
		}
		m.Rows = append(m.Rows, e)
	}
	return matches
}

// paid lists the rows in force that name a payment, whether or not they are figures.
func (a *Account) paid() iter.Seq2[string, calc.Earning] {
	return func(yield func(string, calc.Earning) bool) {
		for _, list := range [][]calc.Earning{a.Counted, a.Aside} {
			for _, e := range list {
				if id := e.PaymentID(); id != "" && !yield(id, e) {
					return
				}
			}
		}
	}
}

// countPayments returns how many payments the rows name.
func (c *check) countPayments() int {
	ids := map[string]bool{}
	for id := range c.paid() {
		ids[id] = true
	}
	return len(ids)
}

// settlePayment says how a payment and its earnings agree; reported is what the
// reports say of it, nil for nothing.
func (b *Reports) settlePayment(key calc.StatementKey, m *calc.PaymentMatch, reported *reportedPayment) {
	if reported == nil {
		sent := slices.ContainsFunc(m.Rows, func(e calc.Earning) bool { return e.Money() == calc.StatusPaid })
		if !sent {
			return
		}
		expected, earned := lastMonths(m.Rows)
		if slices.ContainsFunc(b.reports, func(r *paymentReport) bool { return r.covers(key, expected, earned, b.LateDays) }) {
			m.State = calc.MatchMissing
			m.Currency, m.Earned = earnedOf(m.Rows)
			m.Difference = m.Earned.Neg()
		}
		return
	}
	rows := slices.DeleteFunc(slices.Clone(reported.rows), func(p *calc.Payment) bool { return p.Date.After(b.AsOf) })
	if len(rows) == 0 {
		m.State = calc.MatchLater
		return
	}
	sums := take(m, rows, reported.report.source)
	compareSides(m, sums)
	switch {
	case slices.ContainsFunc(rows, func(p *calc.Payment) bool { return unpaid(p.Status) }):
		m.State = calc.MatchFailed
	case len(m.Rows) == 0:
		m.State = calc.MatchWithoutEarnings
	case m.OtherPay != "" || m.Currency == "":
		m.State = calc.MatchDiffers
	case m.Difference.Abs().LessThanOrEqual(m.Tolerance):
		m.State = calc.MatchAgrees
	case m.Tax != "":
		m.State = calc.MatchTaxed
	default:
		m.State = calc.MatchDiffers
	}
}

// earnedOf sums earnings in their one currency, the paid one where they name it,
// and in USD where they have several.
func earnedOf(rows []calc.Earning) (string, decimal.Decimal) {
	var plain, usd calc.Sum
	one, mixed := "", false
	for _, e := range rows {
		amount, currency := e.Amount(), e.Currency()
		if e.Paid().IsGiven() {
			amount, currency = e.Paid().Amount, e.Paid().Currency
		}
		mixed = mixed || one != "" && one != currency
		one = currency
		plain.Add(amount)
		usd.Add(e.USD())
	}
	if mixed || one == "" {
		return "USD", usd.Decimal()
	}
	return one, plain.Decimal()
}

// paidSums are the amounts of a payment's rows, before tax.
type paidSums struct {
	earned decimal.Decimal // in the payment's currency
	usd    decimal.NullDecimal
	rows   int
}

// take sums the rows of a payment. Where a row lacks the earned amount it is the
// total without sales tax and with withheld tax (cspcoop help columns, Payments).
func take(m *calc.PaymentMatch, rows []*calc.Payment, from *calc.Source) paidSums {
	first := rows[0]
	m.Place = first.Place
	m.Place.File = from.File
	m.Reference, m.PayCurrency = first.Reference, first.Currency
	sums := paidSums{usd: decimal.NewNullDecimal(decimal.Zero), rows: len(rows)}
	var net decimal.Decimal // what the total ought to be
	for _, p := range rows {
		if m.Status == "" || unpaid(p.Status) {
			m.Status, m.StatusText = calc.Spaced(p.Status), p.StatusText
		}
		if p.Date.After(m.Date) {
			m.Date = p.Date
		}
		m.Total = m.Total.Add(p.Total.Decimal)
		m.SalesTax = m.SalesTax.Add(p.SalesTax.Decimal)
		m.WithheldTax = m.WithheldTax.Add(p.WithheldTax.Decimal)
		m.ServiceFeeTax = m.ServiceFeeTax.Add(p.ServiceFeeTax.Decimal)
		earned := p.Earned.Decimal
		if !p.Earned.Valid {
			earned = p.Total.Decimal.Sub(p.SalesTax.Decimal).Add(p.WithheldTax.Decimal)
		}
		sums.earned = sums.earned.Add(earned)
		net = net.Add(earned).Add(p.SalesTax.Decimal).Sub(p.WithheldTax.Decimal)
		sums.usd.Decimal, sums.usd.Valid = sums.usd.Decimal.Add(p.EarnedUSD.Decimal), sums.usd.Valid && p.EarnedUSD.Valid
	}
	m.Paid, m.Gross, m.GrossUSD = sums.earned, sums.earned, sums.usd
	checkTotal(m, m.Total.Sub(net))
	return sums
}

// checkTotal notes a total that is not what was earned with its taxes. Whether
// the service fee's tax is taken off or added is not documented, so that either
// explains the rest. Each of the five amounts of a row may be rounded.
func checkTotal(m *calc.PaymentMatch, rest decimal.Decimal) {
	tolerance := calc.HalfUnit(m.PayCurrency).Mul(decimal.New(5, 0))
	for _, fee := range []decimal.Decimal{decimal.Zero, m.ServiceFeeTax, m.ServiceFeeTax.Neg()} {
		if rest.Add(fee).Abs().LessThanOrEqual(tolerance) {
			return
		}
	}
	m.TotalDiffers = rest
}

// rateDigits is how far a rate that is printed with four decimals can lead away:
// one part in ten thousand, as long as a unit is worth half a dollar or more.
var rateDigits = decimal.New(1, -4)

// compareSides sums the earnings in the payment's currency where each has it,
// as the amount paid for it or as its own; else in USD.
func compareSides(m *calc.PaymentMatch, paid paidSums) {
	if len(m.Rows) == 0 {
		m.Currency = m.PayCurrency
		return
	}
	var plain, usd calc.Sum
	shared := m.PayCurrency != ""
	for _, e := range m.Rows {
		usd.Add(e.USD())
		switch {
		case e.Paid().IsGiven() && e.Paid().Currency == m.PayCurrency:
			plain.Add(e.Paid().Amount)
		case !e.Paid().IsGiven() && e.Currency() == m.PayCurrency:
			plain.Add(e.Amount())
		default:
			shared = false
			if e.Paid().IsGiven() && m.PayCurrency != "" {
				m.OtherPay = max(m.OtherPay, e.Paid().Currency)
			}
		}
	}
	n := decimal.New(int64(len(m.Rows)+paid.rows), 0)
	switch {
	case shared:
		m.Currency, m.Paid, m.Earned = m.PayCurrency, paid.earned, plain.Decimal()
		m.Tolerance = n.Mul(calc.HalfUnit(m.PayCurrency))
	case paid.usd.Valid:
		m.Currency, m.Paid, m.Earned = "USD", paid.usd.Decimal, usd.Decimal()
		m.Tolerance = n.Mul(calc.HalfUnit("USD")).Add(m.Earned.Abs().Mul(rateDigits))
	default:
		return
	}
	m.Difference = m.Paid.Sub(m.Earned)
	m.Tax = explainingTax(m)
}

// explainingTax names the tax that is as much as the difference, as when a
// report's earned amount is already without it. Taxes are in the payment's
// currency.
func explainingTax(m *calc.PaymentMatch) string {
	if m.Currency != m.PayCurrency {
		return ""
	}
	for _, tax := range []struct {
		name   string
		amount decimal.Decimal
	}{{"withheldTax", m.WithheldTax}, {"salesTax", m.SalesTax}, {"serviceFeeTax", m.ServiceFeeTax}} {
		if !tax.amount.IsZero() && m.Difference.Abs().Sub(tax.amount.Abs()).Abs().LessThanOrEqual(m.Tolerance) {
			return tax.name
		}
	}
	return ""
}
