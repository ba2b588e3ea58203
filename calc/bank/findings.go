package bank

import (
	"slices"

	"cspcoop/calc"
)

// settle gives every payment and every line its state, and makes the findings.
func (m *matching) settle() {
	for _, g := range m.groups {
		g.judge(m.Rates)
		m.report(g)
		for _, l := range g.lines {
			*l.fate = calc.Counted
		}
	}
	for _, p := range m.payments {
		if p.group == nil {
			m.judgeAlone(p)
		}
	}
	for _, l := range m.lines {
		if l.group == nil && l.concerns && (l.Amount.IsPositive() || l.Returned) {
			*l.fate = calc.Counted
			m.out.Left = append(m.out.Left, l.BankLine)
			m.reportLeft(l)
		}
	}
}

// judgeAlone says why no line shows a payment.
func (m *matching) judgeAlone(p *payment) {
	r := &p.Bank
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
		m.out.Findings = append(m.out.Findings, p.Finding(calc.Warning, calc.BankPaymentMissing, calc.Say(
			"payment %s of %s over %s has the status %s and is not on the bank statements that cover %s to %s; look for it in your other accounts, then ask Microsoft",
			p.ID, p.Date, calc.NewMoney(p.net, p.PayCurrency), calc.Quoted{Of: p.Status}, p.Date, due)))
	}
}

// report makes the finding of a group, at its first payment.
func (m *matching) report(g *group) {
	p := g.payments[0]
	what := calc.Say("payment %s of %s over %s", p.ID, p.Date, calc.NewMoney(p.net, p.PayCurrency))
	switch {
	case len(g.payments) > 1:
		what = calc.Say("%s (%s) over %s together", paymentsText(len(g.payments)), g.paymentIDs(), calc.NewMoney(g.net(), p.PayCurrency))
	case !p.known:
		what = calc.Say("payment %s", p.ID)
	}
	add := func(s calc.Severity, code calc.Code, says calc.Sentence) {
		m.out.Findings = append(m.out.Findings, p.Finding(s, code, says))
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
		add(calc.Info, calc.BankTransferShared, calc.Say("%s: %s", what, why))
	case calc.BankNoStatement, calc.BankUncovered, calc.BankUnsent, calc.BankReceived, calc.BankMissing, calc.BankUnmatched:
	}
}

// reportLeft reports a line without a payment: a note where no Payments report
// reaches its day.
func (m *matching) reportLeft(l *line) {
	var first, last calc.Date
	for _, p := range m.payments {
		if p.Date.IsZero() {
			continue
		}
		if first.IsZero() || p.Date.Before(first) {
			first = p.Date
		}
		if p.Date.After(last) {
			last = p.Date
		}
	}
	f := l.Finding(calc.Warning, calc.BankLineUnmatched, calc.Say(
		"%s may be Microsoft's and matches no payment; download the Payments report again, or ask the bank what it is", lineText(l.BankLine)))
	if first.IsZero() || l.Booked.Before(first.AddDays(-calc.BankDaysBefore)) || l.Booked.After(last.AddDays(m.Policy.Days)) {
		f = l.Finding(calc.Info, calc.BankLineUnmatched, calc.Say(
			"%s may be Microsoft's and matches no payment: no Payments report reaches its day; drop the one that does", lineText(l.BankLine)))
	}
	m.out.Findings = append(m.out.Findings, f)
}
