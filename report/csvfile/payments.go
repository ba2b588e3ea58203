package csvfile

import (
	"cmp"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
)

// ofPayment makes a cell that bank lines without a payment leave empty.
func ofPayment(cell func(*calc.PaymentMatch) table.Value) func(lists.Paid) table.Value {
	return table.Part(func(p lists.Paid) *calc.PaymentMatch { return p.Match }, cell)
}

// ofReport makes a cell of an amount that only a Payments report has.
func ofReport(amount func(*calc.PaymentMatch) table.Value) func(lists.Paid) table.Value {
	return ofPayment(func(m *calc.PaymentMatch) table.Value { return amount(m).If(m.Reported()) })
}

var paymentColumns = []table.Column[lists.Paid]{
	{Head: "payment_id", Cell: ofPayment(func(m *calc.PaymentMatch) table.Value { return table.Text(m.ID) })},
	{Head: "participant_id", Cell: ofPayment(func(m *calc.PaymentMatch) table.Value { return table.Text(m.Participant) })},
	{Head: "program", Cell: ofPayment(func(m *calc.PaymentMatch) table.Value { return table.Text(m.Program) })},
	{Head: "status", Cell: ofPayment(func(m *calc.PaymentMatch) table.Value { return table.Text(m.Status) })},
	{Head: "payment_date", Cell: ofPayment(func(m *calc.PaymentMatch) table.Value { return table.Date(m.Date) })},
	{Head: "gross", Cell: ofReport(func(m *calc.PaymentMatch) table.Value { return table.Money(m.Gross) })},
	{Head: "withheld_tax", Cell: ofReport(func(m *calc.PaymentMatch) table.Value { return table.Money(m.WithheldTax) })},
	{Head: "sales_tax", Cell: ofReport(func(m *calc.PaymentMatch) table.Value { return table.Money(m.SalesTax) })},
	{Head: "net", Cell: ofReport(func(m *calc.PaymentMatch) table.Value { return table.Money(m.Total) })},
	{Head: "currency", Cell: ofPayment(func(m *calc.PaymentMatch) table.Value { return table.Text(paidIn(m)) })},
	{Head: "earnings", Cell: ofPayment(earningsOf)},
	{Head: "bank_date", Cell: func(p lists.Paid) table.Value { return table.Date(p.Date) }},
	{Head: "bank_amount", Cell: func(p lists.Paid) table.Value { return table.MoneyIf(p.Amount) }},
	{Head: "bank_currency", Cell: func(p lists.Paid) table.Value { return table.Text(p.Currency) }},
	{Head: "bank_reference", Cell: func(p lists.Paid) table.Value { return table.Text(table.BankReference(p.Lines)) }},
	{Head: "state", Cell: func(p lists.Paid) table.Value { return table.Text(p.State.String()) }},
	{Head: "difference", Cell: func(p lists.Paid) table.Value { return table.MoneyIf(p.Difference) }},
	{Head: "explanation", Cell: func(p lists.Paid) table.Value { return table.Text(p.Explanation.English()) }},
}

// paidIn is the payment's currency, or that of its earnings where no report has it.
func paidIn(m *calc.PaymentMatch) string { return cmp.Or(m.PayCurrency, m.Currency) }

// earningsOf is what the earnings that carry the payment's id come to, where they
// are in its currency.
func earningsOf(m *calc.PaymentMatch) table.Value {
	return table.Money(m.Earned).If(m.Currency != "" && m.Currency == paidIn(m))
}

// Payments is payments.csv: each payment beside its earnings and the bank lines that show
// it, then the bank lines that show none.
var Payments = sorted("payments.csv", paymentColumns, func(r *calc.Result) []lists.Paid {
	return lists.PaidOf(r.Statements, r.StrayPayments, r.BankLines)
})

// hasPayments reports whether payments.csv has something to say.
func hasPayments(r *calc.Result) bool {
	return r.HasBankStatements() || len(lists.Payments(r.Statements, r.StrayPayments)) > 0
}
