package bank

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
		r.State, r.Explanation = calc.BankUncovered, "no bank line names it"
	case !p.sent:
		r.State, r.Explanation = calc.BankUnsent, fmt.Sprintf("the Payments report says %q", cmp.Or(p.Status, "nothing"))
	case !p.net.IsPositive():
		r.State, r.Explanation = calc.BankUnsent, "it pays nothing"
	case p.Date.IsZero():
		r.State, r.Explanation = calc.BankUncovered, "it has no date, and no bank line names it"
	case !m.covers(p):
		r.State, r.Explanation = calc.BankUncovered, fmt.Sprintf("no bank statement in %s covers all days from %s to %s", p.PayCurrency, p.Date, due)
	default:
		r.State, r.Difference = calc.BankMissing, p.net.Neg()
		r.Explanation = fmt.Sprintf("sent, and not on the bank statements that cover %s to %s", p.Date, due)
		m.out.Findings = append(m.out.Findings, p.Finding(calc.Warning, calc.BankPaymentMissing, fmt.Sprintf(
			"payment %s of %s over %s %s is %s, and it is not on the bank statements that cover %s to %s; look for it in your other accounts, then ask Microsoft",
			p.ID, p.Date, calc.AmountText(p.net), p.PayCurrency, strings.ToLower(p.Status), p.Date, due)))
	}
}

// report makes the finding of a group, at its first payment.
func (m *matching) report(g *group) {
	p := g.payments[0]
	r := &p.Bank
	what := fmt.Sprintf("payment %s of %s over %s %s", p.ID, p.Date, calc.AmountText(p.net), p.PayCurrency)
	if len(g.payments) > 1 {
		what = fmt.Sprintf("%s (%s) over %s %s together", calc.CountText(len(g.payments), "payment"), g.paymentIDs(), calc.AmountText(g.net()), p.PayCurrency)
	}
	if !p.known {
		what = "payment " + p.ID
	}
	what += ": " + r.Explanation
	failed := !slices.ContainsFunc(g.payments, func(p *payment) bool { return p.sent })
	add := func(s calc.Severity, code calc.Code, advice string) {
		m.out.Findings = append(m.out.Findings, p.Finding(s, code, what+advice))
	}
	switch r.State {
	case calc.BankShort, calc.BankOver:
		add(calc.Warning, calc.BankAmountDiffers, "; ask the bank and Microsoft what was taken or added")
	case calc.BankTaxed:
		add(calc.Info, calc.BankAmountDiffers, "")
	case calc.BankOtherCurrency:
		add(calc.Info, calc.BankOtherCurrencyCode, "")
	case calc.BankAmbiguous:
		add(calc.Warning, calc.BankAmbiguousCode, "; ask the bank for the references of the transfers")
	case calc.BankReturned:
		if failed {
			add(calc.Info, calc.BankPaymentReturned, "; the Payments report says so too")
		} else {
			add(calc.Warning, calc.BankPaymentReturned, "; the Payments report has it as sent: check the bank details in Partner Center")
		}
	case calc.BankMerged, calc.BankSplit:
		add(calc.Info, calc.BankTransferShared, "")
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
	what := lineText(l.BankLine) + " may be Microsoft's and matches no payment"
	if first.IsZero() || l.Booked.Before(first.AddDays(-calc.BankDaysBefore)) || l.Booked.After(last.AddDays(m.Policy.Days)) {
		m.out.Findings = append(m.out.Findings, l.Finding(calc.Info, calc.BankLineUnmatched, what+": no Payments report reaches its day; drop the one that does"))
		return
	}
	m.out.Findings = append(m.out.Findings, l.Finding(calc.Warning, calc.BankLineUnmatched, what+"; download the Payments report again, or ask the bank what it is"))
}
