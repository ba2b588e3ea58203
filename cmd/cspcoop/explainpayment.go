package main

import (
	"fmt"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// explainedPayment is a payment as JSON. Money is exact, as text.
type explainedPayment struct {
	ID          string `json:"payment_id"`
	Participant string `json:"participant_id"`
	Program     string `json:"program"`
	Status      string `json:"status"`
	Date        string `json:"payment_date"`
	Currency    string `json:"currency"`
	Gross       string `json:"gross,omitempty"`
	Withheld    string `json:"withheld_tax,omitempty"`
	SalesTax    string `json:"sales_tax,omitempty"`
	ServiceTax  string `json:"service_fee_tax,omitempty"`
	Net         string `json:"net,omitempty"`
	Place       string `json:"place,omitempty"`
	State       string `json:"state"`
	state       calc.BankState
	Bank        string     `json:"bank_amount,omitempty"`
	BankIn      string     `json:"bank_currency,omitempty"`
	Difference  string     `json:"difference,omitempty"`
	Explanation string     `json:"explanation"`
	Lines       []bankLine `json:"bank_lines"`
	Rows        []oneRow   `json:"rows"`
}

type bankLine struct {
	Date         string `json:"date"`
	Amount       string `json:"amount"`
	Currency     string `json:"currency"`
	Counterparty string `json:"counterparty,omitempty"`
	Text         string `json:"text"`
	File         string `json:"file"`
	Row          int    `json:"row"`
}

// explainPayments shows a payment with its earnings and the bank lines that show it,
// or that fit.
func (a *app) explainPayments(r *calc.Result, id string) error {
	list := []explainedPayment{}
	for _, p := range lists.PaidOf(r.Statements, r.StrayPayments, nil) {
		if p.Match.ID == id {
			list = append(list, explainPayment(p))
		}
	}
	if len(list) == 0 {
		return usage("no payment has the id %q; payments.csv lists them", id)
	}
	return a.answer(list, func() {
		for _, p := range list {
			a.sayPayment(p)
		}
	})
}

func explainPayment(p lists.Paid) explainedPayment {
	m := p.Match
	x := explainedPayment{
		ID: m.ID, Participant: m.Participant, Program: m.Program, Status: m.Status, Date: m.Date.String(), Currency: m.PayCurrency,
		State: p.State.String(), state: p.State, Bank: nullString(p.Amount), BankIn: p.Currency, Difference: nullString(p.Difference),
		Explanation: p.Explanation.English(), Lines: []bankLine{}, Rows: []oneRow{},
	}
	if m.Reported() { // else no Payments report has it
		x.Gross, x.Withheld, x.SalesTax = m.Gross.String(), m.WithheldTax.String(), m.SalesTax.String()
		x.ServiceTax, x.Net, x.Place = m.ServiceFeeTax.String(), m.Total.String(), m.Place.Text()
	}
	for _, l := range m.Bank.Lines {
		x.Lines = append(x.Lines, lineOf(l))
	}
	for _, e := range m.Rows {
		x.Rows = append(x.Rows, rowOf(e, calc.Counted))
	}
	return x
}

func lineOf(l *calc.BankLine) bankLine {
	return bankLine{l.Booked.String(), l.Amount.String(), l.Currency, l.Counterparty, strings.ReplaceAll(l.Text, "\n", " "), l.Place.File, l.Place.Row}
}

func (l bankLine) String() string {
	return fmt.Sprintf("%s: %s %s, %s, %s row %d", dateText(l.Date), shown(l.Amount), l.Currency, strings.TrimSpace(l.Counterparty+" "+l.Text), l.File, l.Row)
}

func nullString(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

func (a *app) sayPayment(p explainedPayment) {
	say := func(indent int, text string) { paragraph(a.stdout, nil, indent, indent+2, text) }
	figure := func(amount, currency, what string) {
		if amount != "" {
			fmt.Fprintf(a.stdout, "%16s  %s, %s\n", shown(amount), what, currency)
		}
	}
	say(0, fmt.Sprintf("payment %s of %s, %s: %s", p.ID, p.Participant, p.Program, strings.ToLower(english.BankState(p.state))))
	if p.Place != "" {
		status := p.Status
		if known := calc.PaymentStateOf(status); known != nil {
			status = known.String()
		}
		say(2, fmt.Sprintf("%s on %s, %s", status, dateText(p.Date), p.Place))
	}
	for _, e := range p.Rows {
		say(18, e.text())
	}
	figure(p.Gross, p.Currency, "gross")
	for _, tax := range []struct{ amount, what string }{
		{p.Withheld, "withheld tax"}, {p.SalesTax, "sales tax"}, {p.ServiceTax, "service fee tax"},
	} {
		if tax.amount != "0" {
			figure(tax.amount, p.Currency, tax.what)
		}
	}
	figure(p.Net, p.Currency, "net")
	for _, l := range p.Lines {
		say(18, l.String())
	}
	figure(p.Bank, p.BankIn, "at the bank")
	figure(p.Difference, p.Currency, "difference")
	say(2, p.Explanation)
}
