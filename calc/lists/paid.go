package lists

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/payments"

	"github.com/shopspring/decimal"
)

// Paid is a payment beside the bank lines that show it, or a bank line that shows
// none.
type Paid struct {
	Match       *calc.PaymentMatch // nil for a line without a payment
	Lines       []*calc.BankLine   // nil where none is assigned
	State       calc.BankState
	Amount      decimal.NullDecimal // of the bank, in BankCurrency; for a payment its part of the lines
	Currency    string
	Date        calc.Date
	Difference  decimal.NullDecimal // Amount less what the payment pays
	Explanation calc.Sentence
}

// PaidOf lists the payments of statements, then stray ones, then bank lines
// without a payment.
func PaidOf(statements []*calc.Statement, stray []*calc.PaymentMatch, left []*calc.BankLine) []Paid {
	var list []Paid
	for _, m := range Payments(statements, stray) {
		list = append(list, paid(m))
	}
	for _, l := range left {
		amount := decimal.NewNullDecimal(l.Amount)
		list = append(list, Paid{
			Lines: []*calc.BankLine{l}, State: calc.BankUnmatched, Amount: amount, Currency: l.Currency, Date: l.Booked, Difference: amount,
			Explanation: calc.Say("no payment of a Payments report fits"),
		})
	}
	return list
}

// Disagreeing leaves out what the bank shows in full, and what its statements do not
// cover.
func Disagreeing(list []Paid) []Paid {
	return slices.DeleteFunc(slices.Clone(list), func(p Paid) bool { return !p.State.Covered() || p.State.Agrees() })
}

func paid(m *calc.PaymentMatch) Paid {
	r := &m.Bank
	p := Paid{Match: m, State: r.State, Currency: r.Currency, Date: r.Date, Explanation: r.Explanation}
	if r.Currency != "" {
		p.Lines, p.Amount = r.Lines, decimal.NewNullDecimal(r.Amount)
	}
	switch r.State {
	case calc.BankReceived, calc.BankMerged, calc.BankSplit, calc.BankTaxed, calc.BankShort, calc.BankOver, calc.BankReturned, calc.BankMissing:
		if m.Reported() {
			p.Difference = decimal.NewNullDecimal(r.Difference)
		}
	case calc.BankNoStatement, calc.BankUncovered, calc.BankUnsent, calc.BankOtherCurrency, calc.BankAmbiguous, calc.BankUnmatched:
	}
	if says, ok := payments.Explanation(m); ok && p.Explanation.Template != "" {
		p.Explanation = calc.Say("%s; %s", p.Explanation, says)
	} else if ok {
		p.Explanation = says
	}
	return p
}
