package bank

import (
	"maps"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// settle gives every payment and every line its state, and makes the findings.
func (m *matching) settle() {
	for _, g := range m.groups {
		g.settle(m.Rates)
		m.report(g)
		for _, l := range g.lines {
			*l.fate = calc.Counted
		}
	}
	var missing []*payment
	for _, p := range m.payments {
		if p.group == nil && m.settleAlone(p) == calc.BankMissing {
			missing = append(missing, p)
		}
	}
	m.reportMissing(missing)
	reported := slices.ContainsFunc(m.payments, func(p *payment) bool { return p.known })
	for _, l := range m.lines {
		if l.group == nil && l.concerns && (l.Amount.IsPositive() || l.Returned) {
			*l.fate = calc.Counted
			m.out.Left = append(m.out.Left, l.BankLine)
			if reported {
				m.reportLeft(l)
			}
		}
	}
	if !reported && len(m.out.Left) > 0 {
		m.reportUncompared()
	}
}

// reportUncompared says once what lines wait for where there is no Payments report.
func (m *matching) reportUncompared() {
	sums := map[string]decimal.Decimal{}
	for _, l := range m.out.Left {
		sums[l.Currency] = sums[l.Currency].Add(l.Amount)
	}
	var amounts calc.List
	for _, currency := range slices.Sorted(maps.Keys(sums)) {
		amounts = append(amounts, calc.NewMoney(sums[currency], currency))
	}
	m.out.Findings = append(m.out.Findings, m.out.Left[0].Finding(calc.Warning, calc.BankLineUnmatched, calc.Say(
		"%s over %s may be Microsoft's and can only be compared by the payment ids of earnings: no archived Payments report has a payment; download it from the Incentives pages of Partner Center and drop it",
		calc.CountOf(len(m.out.Left), "%s bank line", "%s bank lines"), some(amounts))))
}

// settleAlone says why no line shows a payment.
func (m *matching) settleAlone(p *payment) calc.BankState {
	r := p.Bank
	due := p.Date.AddDays(m.Policy.Days)
	switch {
	case !p.known:
		r.State, r.Explanation = calc.BankUncovered, calc.Say("no bank line names it")
	case !p.sent:
		r.State, r.Explanation = calc.BankUnsent, calc.Say("the Payments report says %s", calc.Quoted{Of: p.Status})
	case !p.net.IsPositive():
		r.State, r.Explanation = calc.BankUnsent, calc.Say("it pays nothing")
	case p.Date.IsZero():
		r.State, r.Explanation = calc.BankUncovered, calc.Say("it has no date, and no bank line names it")
	case !m.covers(p):
		r.State, r.Explanation = calc.BankUncovered, calc.Say("no bank statement in %s covers all days from %s to %s", p.PayCurrency, p.Date, due)
	default:
		r.State, r.Difference = calc.BankMissing, p.net.Neg()
		r.Explanation = calc.Say("sent, and not on the bank statements that cover %s to %s", p.Date, due)
	}
	return r.State
}

// report makes the finding of a group, at its first payment.
func (m *matching) report(g *group) {
	p := g.payments[0]
	what := calc.Say("payment %s of %s (%s)", p.ID, p.Date, calc.NewMoney(p.net, p.PayCurrency))
	switch {
	case len(g.payments) > 1:
		what = calc.Say("%s (%s) of %s together", paymentsText(len(g.payments)), g.paymentIDs(), calc.NewMoney(g.net(), p.PayCurrency))
	case !p.known:
		what = calc.Say("payment %s", p.ID)
	}
	add := func(s calc.Severity, code calc.Code, says calc.Sentence) {
		amount := g.net()
		if code == calc.BankAmountDiffers {
			rest, _ := g.rest()
			amount = rest.Neg()
		}
		f := p.Finding(s, code, says)
		if p.known {
			f = f.Behind(p.InUSD(amount))
		}
		m.out.Findings = append(m.out.Findings, f)
	}
	switch why := p.Bank.Explanation; p.Bank.State {
	case calc.BankShort, calc.BankOver:
		add(calc.Warning, calc.BankAmountDiffers, calc.Say("%s: %s; ask the bank and Microsoft what was taken or added", what, why))
	case calc.BankTaxed:
		add(calc.Info, calc.BankAmountDiffers, calc.Say("%s: %s", what, why))
	case calc.BankOtherCurrency:
		add(calc.Info, calc.BankOtherCurrencyCode, calc.Say("%s: %s", what, why))
	case calc.BankAmbiguous:
		add(calc.Warning, calc.BankAmbiguousCode, calc.Say("%s: %s; ask the bank for the references of the transfers", what, why))
	case calc.BankReturned:
		if slices.ContainsFunc(g.payments, func(p *payment) bool { return p.sent }) {
			add(calc.Warning, calc.BankPaymentReturned, calc.Say("%s: %s; the Payments report has it as sent: check the bank details in Partner Center", what, why))
		} else {
			add(calc.Info, calc.BankPaymentReturned, calc.Say("%s: %s; the Payments report says so too", what, why))
		}
	case calc.BankMerged, calc.BankSplit:
		says := calc.Say("%s: %s", what, why)
		if len(g.payments) > 1 { // which the explanation names
			says = why
		}
		add(calc.Info, calc.BankTransferShared, says)
	case calc.BankNoStatement, calc.BankUncovered, calc.BankUnsent, calc.BankReceived, calc.BankMissing, calc.BankUnmatched:
	}
}

// reportLeft reports a line without a payment: a note where no Payments report
// reaches its day.
func (m *matching) reportLeft(l *line) {
	var first, last calc.Date
	for _, p := range m.payments {
		first, last = calc.Earliest(first, p.Date), calc.Latest(last, p.Date)
	}
	f := l.Finding(calc.Warning, calc.BankLineUnmatched, calc.Say(
		"%s may be Microsoft's and matches no payment; download the Payments report again, or ask the bank what it is", lineText(l.BankLine)))
	if first.IsZero() || l.Booked.Before(first.AddDays(-calc.BankDaysBefore)) || l.Booked.After(last.AddDays(m.Policy.Days)) {
		f = l.Finding(calc.Info, calc.BankLineUnmatched, calc.Say(
			"%s may be Microsoft's and matches no payment: no Payments report reaches its day; drop the one that does", lineText(l.BankLine)))
	}
	m.out.Findings = append(m.out.Findings, f)
}
