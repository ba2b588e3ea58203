package table

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// longestReference is how many characters of a bank's text are shown.
const longestReference = 200

// BankReference is the text of bank lines as one.
func BankReference(lines []*calc.BankLine) string {
	text := ""
	for i, l := range lines {
		if i > 0 {
			text += "; "
		}
		for _, r := range l.Text {
			if r == '\n' {
				r = ' '
			}
			text += string(r)
		}
	}
	if all := []rune(text); len(all) > longestReference {
		return string(all[:longestReference]) + "…"
	}
	return text
}

// bankState names what the bank statements show of a payment, and marks what needs
// somebody.
func (t *Tables) bankState(s calc.BankState) Value {
	v := Text(t.BankState(s))
	switch s {
	case calc.BankMissing, calc.BankReturned:
		return v.In(Alarming)
	case calc.BankShort, calc.BankOver, calc.BankAmbiguous, calc.BankUnmatched:
		return v.In(Doubtful)
	case calc.BankNoStatement, calc.BankUncovered, calc.BankUnsent, calc.BankReceived, calc.BankMerged, calc.BankSplit, calc.BankTaxed,
		calc.BankOtherCurrency:
	}
	return v
}

// Bank lists every payment beside the bank lines that show it, then the lines that
// show none; nothing where no bank statement is archived.
func (t *Tables) Bank() Table {
	type paid = lists.Paid
	ofPayment := func(cell func(*calc.PaymentMatch) Value) func(paid) Value {
		return Part(func(p paid) *calc.PaymentMatch { return p.Match }, cell)
	}
	money := func(head string, in Where, of func(*calc.PaymentMatch) decimal.Decimal) Column[paid] {
		return Column[paid]{Head: head, In: in, Cell: ofPayment(func(m *calc.PaymentMatch) Value { return Money(of(m)).If(m.Reported()) })}
	}
	var rows []paid
	if t.result.HasBankStatements() {
		left := t.result.BankLines
		if t.statement != nil {
			left = nil // nobody knows whose they are
		}
		rows = lists.PaidOf(t.statements(), t.stray(), left)
		if t.in == Paper { // the text counts those that agree, and the workbook lists them
			rows = lists.Disagreeing(rows)
		}
	}
	table := Of(t.in, rows, owned(t, func(p paid) (string, string) {
		if p.Match == nil {
			return "", ""
		}
		return p.Match.Participant, p.Match.Program
	},
		Column[paid]{Head: t.T("Payment id"), Widest: 16, Cell: ofPayment(func(m *calc.PaymentMatch) Value { return Text(m.ID) })},
		Column[paid]{Head: t.T("Sent on"), Cell: ofPayment(func(m *calc.PaymentMatch) Value { return Date(m.Date) })},
		money(t.T("Gross"), 0, func(m *calc.PaymentMatch) decimal.Decimal { return m.Gross }),
		money(t.T("Withheld tax"), Sheet|Screen, func(m *calc.PaymentMatch) decimal.Decimal { return m.WithheldTax }),
		money(t.T("Sales tax"), Sheet|Screen, func(m *calc.PaymentMatch) decimal.Decimal { return m.SalesTax }),
		money(t.T("Net"), 0, func(m *calc.PaymentMatch) decimal.Decimal { return m.Total }),
		Column[paid]{Head: t.T("Currency"), Cell: ofPayment(func(m *calc.PaymentMatch) Value { return Text(m.PayCurrency) })},
		Column[paid]{Head: t.T("Booked on"), Cell: func(p paid) Value { return Date(p.Date) }},
		Column[paid]{Head: t.T("At the bank"), Cell: func(p paid) Value { return MoneyIf(p.Amount) }},
		Column[paid]{Head: t.T("Bank currency"), Cell: func(p paid) Value { return Text(p.Currency) }},
		Column[paid]{Head: t.T("Difference"), Cell: func(p paid) Value { return MoneyIf(p.Difference) }},
		Column[paid]{Head: t.T("Result"), Widest: 24, Cell: func(p paid) Value { return t.bankState(p.State) }},
		Column[paid]{Head: t.T("Explanation"), In: Screen, Widest: 60, Cell: func(p paid) Value { return Text(t.Why(p.Explanation)) }},
		Column[paid]{Head: t.T("Bank reference"), In: Screen, Widest: 40, Cell: func(p paid) Value { return Text(BankReference(p.Lines)) }},
	)...)
	table.Name, table.Sheet, table.Title = "bank", t.T("Bank"), t.T("Payments beside the bank statements")
	table.Notes = []string{t.T("The bank's amount of a transfer for several payments is each payment's part.")}
	return table
}
