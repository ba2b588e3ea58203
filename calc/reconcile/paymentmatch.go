package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// matchPayments compares Payments reports with a statement's earnings, per
// payment (rules.md §6, Payments). Without any report it counts the payments
// that earnings name, which go by the earnings' own payment status then.
func (c *calculation) matchPayments(s *statement) {
	told := c.payments.told[s.StatementKey]
	if len(told) == 0 {
		if len(c.payments.reports) == 0 {
			s.carried = s.countPayments()
		}
		return
	}
	s.matches = s.collectPayments()
	for id, t := range told {
		if s.matches[id] == nil {
			s.matches[id] = t.match(id, s.Participant)
		}
	}
	for id, m := range s.matches {
		slices.SortFunc(m.Rows, calc.CompareByDate)
		c.judgePayment(s.StatementKey, m, told[id])
	}
	if s.out != nil {
		s.out.Payments = judged(s.matches)
		s.findings = append(s.findings, paymentFindings(s.out.Payments, firstMonth(s.out))...)
	}
}

// strayPayments lists the payments of no statement, and says once that there is
// no report.
func (c *calculation) strayPayments(r *calc.Result) {
	carried := 0
	for _, s := range c.statements {
		carried += s.carried
		if s.out == nil {
			r.StrayPayments = append(r.StrayPayments, judged(s.matches)...)
		}
	}
	for key, told := range c.payments.told {
		if c.statements[key] != nil {
			continue
		}
		matches := map[string]*calc.PaymentMatch{}
		for id, t := range told {
			matches[id] = t.match(id, key.Participant)
			c.judgePayment(key, matches[id], t)
		}
		r.StrayPayments = append(r.StrayPayments, judged(matches)...)
	}
	slices.SortFunc(r.StrayPayments, compare)
	for _, f := range paymentFindings(r.StrayPayments, calc.Month{}) {
		c.report(f)
	}
	if carried > 0 {
		c.report(calc.Finding{Severity: calc.Info, Code: calc.NoPaymentsReport,
			Message: calc.CountText(carried, "payment") + " named by earnings cannot be checked, because no Payments report is archived; drop one to compare what was earned with what was paid"})
	}
}

// judged lists the payments of which something can be said, by date and id.
func judged(matches map[string]*calc.PaymentMatch) []*calc.PaymentMatch {
	var list []*calc.PaymentMatch
	for _, m := range matches {
		if m.State != calc.MatchUnchecked && m.State != calc.MatchLater {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, compare)
	return list
}

// match makes the match of a payment that no earnings carry.
func (t *toldPayment) match(id, participant string) *calc.PaymentMatch {
	return &calc.PaymentMatch{ID: id, Participant: participant, Program: calc.CurrentName(t.rows[0].Program)}
}

// firstMonth gives the first month with earnings.
func firstMonth(s *calc.Statement) calc.Month {
	if len(s.Earnings) == 0 {
		return calc.Month{}
	}
	return s.Earnings[0].Date.Month()
}

func compare(m *calc.PaymentMatch, o *calc.PaymentMatch) int {
	return cmp.Or(m.Date.Compare(o.Date), strings.Compare(m.ID, o.ID), strings.Compare(m.Participant, o.Participant), strings.Compare(m.Program, o.Program))
}

// collectPayments gives every payment the rows that carry its id.
func (s *statement) collectPayments() map[string]*calc.PaymentMatch {
	matches := map[string]*calc.PaymentMatch{}
	for _, e := range s.inForce() {
		if e.PaymentID == "" {
			continue
		}
		m := matches[e.PaymentID]
		if m == nil {
			m = &calc.PaymentMatch{ID: e.PaymentID, Participant: s.Participant, Program: calc.CurrentName(s.program)}
			matches[e.PaymentID] = m
		}
		m.Rows = append(m.Rows, e)
	}
	return matches
}

// countPayments gives how many payments the rows name.
func (s *statement) countPayments() int {
	ids := map[string]bool{}
	last := "" // rows of a payment often stand together
	for _, e := range s.inForce() {
		if e.PaymentID != last && e.PaymentID != "" {
			ids[e.PaymentID] = true
			last = e.PaymentID
		}
	}
	return len(ids)
}

// judgePayment says how a payment and its earnings agree; told is what the
// reports say of it, nil for nothing.
func (c *calculation) judgePayment(key calc.StatementKey, m *calc.PaymentMatch, told *toldPayment) {
	if told == nil {
		sent := slices.ContainsFunc(m.Rows, func(e *calc.Earning) bool { return calc.StatusOf(e.PaymentStatus) == calc.StatusPaid })
		if sent && slices.ContainsFunc(c.payments.reports, func(r *paymentReport) bool { return r.covers(key, m.Rows, c.Policy.LateDays) }) {
			m.State = calc.MatchMissing
			m.Currency = "USD"
			for _, e := range m.Rows {
				m.Earned = m.Earned.Add(e.USD.Decimal())
			}
			m.Difference = m.Earned.Neg()
		}
		return
	}
	rows := slices.DeleteFunc(slices.Clone(told.rows), func(p *calc.Payment) bool { return p.Date.After(c.AsOf) })
	if len(rows) == 0 {
		m.State = calc.MatchLater
		return
	}
	sums := take(m, rows, told.report.source)
	compareSides(m, sums)
	switch {
	case slices.ContainsFunc(rows, func(p *calc.Payment) bool { return calc.StatusOf(p.Status) == calc.StatusFailed }):
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

// paidSums are the amounts of a payment's rows, before tax.
type paidSums struct {
	earned decimal.Decimal // in the payment's currency
	usd    decimal.NullDecimal
	rows   int
}

// take sums the rows of a payment. Where a row lacks the earned amount it is the
// total without sales tax and with withheld tax (exports.md, Payments).
func take(m *calc.PaymentMatch, rows []*calc.Payment, from *calc.Source) paidSums {
	first := rows[0]
	m.Place = first.Place
	m.Place.File = from.File
	m.Reference, m.StatusText, m.PayCurrency = first.Reference, first.StatusText, first.Currency
	sums := paidSums{usd: decimal.NewNullDecimal(decimal.Zero), rows: len(rows)}
	var net decimal.Decimal // what the total ought to be
	for _, p := range rows {
		if m.Status == "" || calc.StatusOf(p.Status) == calc.StatusFailed {
			m.Status = calc.Spaced(p.Status)
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
	m.Paid = sums.earned
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
		usd.Add(e.USD)
		switch {
		case e.Paid != nil && e.Paid.Currency == m.PayCurrency:
			plain.Add(e.Paid.Amount)
		case e.Paid == nil && e.Currency == m.PayCurrency:
			plain.Add(e.Amount)
		default:
			shared = false
			if e.Paid != nil && m.PayCurrency != "" {
				m.OtherPay = max(m.OtherPay, e.Paid.Currency)
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
