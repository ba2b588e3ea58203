package bank

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// manyMissing is from how many payments on that miss in a currency it is asked
// whether they go to another account.
const manyMissing = 3

// reportMissing reports each payment that is missing. Where participants have
// nothing but missing payments in a currency and others have not, they may be paid
// to an account whose statements nobody dropped: that is said once.
func (m *matching) reportMissing(missing []*payment) {
	type payee struct{ participant, currency string }
	paid := map[payee]bool{}
	for _, p := range m.payments {
		if p.group != nil && len(p.group.lines) > 0 {
			paid[payee{p.Participant, p.PayCurrency}] = true
		}
	}
	neverPaid := func(p *payment) bool {
		return m.accounts[p.Participant] == nil && !paid[payee{p.Participant, p.PayCurrency}]
	}
	elsewhere := map[string][]*payment{} // by currency
	for _, p := range missing {
		if neverPaid(p) {
			elsewhere[p.PayCurrency] = append(elsewhere[p.PayCurrency], p)
		}
	}
	maps.DeleteFunc(elsewhere, func(currency string, list []*payment) bool {
		return len(list) < manyMissing || len(m.received(currency)) == 0
	})
	for _, p := range missing {
		if elsewhere[p.PayCurrency] != nil && neverPaid(p) {
			p.Bank.State, p.Bank.Difference = calc.BankUncovered, decimal.Zero
			p.Bank.Explanation = calc.Say("no payment of %s in %s is on any bank statement, so that they may go to another account; name it under [bank.accounts]", p.Participant, p.PayCurrency)
			continue
		}
		f := p.Finding(calc.Warning, calc.BankPaymentMissing, calc.Say(
			"payment %s of %s (%s) has the status %s and is not on the bank statements that cover %s to %s; look for it in your other accounts, then ask Microsoft",
			p.ID, p.Date, calc.NewMoney(p.net, p.PayCurrency), calc.Quoted{Of: p.Status}, p.Date, p.Date.AddDays(m.Policy.Days)))
		m.out.Findings = append(m.out.Findings, f.Behind(p.InUSD(p.net)))
	}
	for _, currency := range slices.Sorted(maps.Keys(elsewhere)) {
		m.reportElsewhere(currency, elsewhere[currency])
	}
}

// received returns the participants that were paid in a currency, by account.
func (m *matching) received(currency string) map[string][]string {
	by := map[string][]string{}
	for _, p := range m.payments {
		if p.group == nil || p.PayCurrency != currency {
			continue
		}
		for _, l := range p.group.lines {
			if !slices.Contains(by[l.account], p.Participant) {
				by[l.account] = append(by[l.account], p.Participant)
			}
		}
	}
	return by
}

// reportElsewhere asks for the accounts of participants, with the lines of the
// configuration that say who is paid to those that are known.
func (m *matching) reportElsewhere(currency string, list []*payment) {
	var sum decimal.Decimal
	var who calc.List
	for _, p := range list {
		if sum = sum.Add(p.net); !slices.Contains(who, calc.Parameter(p.Participant)) {
			who = append(who, p.Participant)
		}
	}
	var lines calc.List
	received := m.received(currency)
	for _, account := range slices.SortedFunc(maps.Keys(received), func(a, b string) int {
		return cmp.Or(len(received[b])-len(received[a]), cmp.Compare(a, b))
	}) {
		slices.Sort(received[account])
		lines = append(lines, fmt.Sprintf("%q = [%s]", account, quoted(received[account])))
	}
	f := list[0].Finding(calc.Warning, calc.BankAccountUnknown, calc.Say(
		"%s of %s (%s), %s together, are on no bank statement, nor is any other payment of theirs in %s, though payments of others are: say under [bank.accounts] who is paid to which account, as %s, and drop the statements of the others",
		paymentsText(len(list)), calc.CountOf(len(who), "%s participant", "%s participants"), some(who), calc.NewMoney(sum, currency), currency, some(lines)))
	m.out.Findings = append(m.out.Findings, f.Behind(list[0].InUSD(sum)))
}

// quoted lists the first of many participants as the configuration does.
func quoted(participants []string) string {
	const most = 4
	text := ""
	for i, p := range participants {
		if i == most {
			return text + ", …"
		}
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%q", p)
	}
	return text
}
