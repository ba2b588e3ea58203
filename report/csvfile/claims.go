package csvfile

import (
	"cmp"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/report/table"
)

// claimRow is a row of claims.csv: a claim with one of its invoices, or with
// none.
type claimRow struct {
	*calc.Claim
	invoice calc.Invoice
	row     int  // of this line in the register
	further bool // the claim's amounts are on a line before
}

var claimColumns = []table.Column[claimRow]{
	{Head: "claim_id", Cell: func(c claimRow) table.Value { return table.Text(c.ID) }},
	{Head: "participant_id", Cell: func(c claimRow) table.Value { return table.Text(c.Participant) }},
	{Head: "program", Cell: func(c claimRow) table.Value { return table.Text(c.ProgramName) }},
	{Head: "usage_period", Cell: func(c claimRow) table.Value { return table.Text(c.Usage.String()) }},
	{Head: "earning_period", Cell: func(c claimRow) table.Value { return table.Text(c.Earned.String()) }},
	{Head: "invoice_number", Cell: func(c claimRow) table.Value { return table.Text(c.invoice.Number) }},
	{Head: "invoice_document", Cell: func(c claimRow) table.Value { return table.Text(c.invoice.Document) }},
	{Head: "invoice_date", Cell: func(c claimRow) table.Value { return table.Text(c.invoice.Date.String()) }},
	{Head: "invoice_amount", Cell: func(c claimRow) table.Value { return table.MoneyIf(c.invoice.Amount) }},
	{Head: "invoice_currency", Cell: func(c claimRow) table.Value { return table.Text(c.invoice.Currency) }},
	{Head: "claim_name", Cell: func(c claimRow) table.Value { return table.Text(c.Name) }},
	{Head: "category", Cell: func(c claimRow) table.Value { return table.Text(c.Category) }},
	{Head: "activity", Cell: func(c claimRow) table.Value { return table.Text(c.Activity) }},
	{Head: "activity_start", Cell: func(c claimRow) table.Value { return table.Text(c.ActivityStart.String()) }},
	{Head: "activity_end", Cell: func(c claimRow) table.Value { return table.Text(c.ActivityEnd.String()) }},
	{Head: "currency", Cell: func(c claimRow) table.Value { return table.Text(c.Currency) }},
	{Head: "amount", Cell: once(func(c *calc.Claim) table.Value { return table.Money(c.Amount) })},
	{Head: "amount_usd", Cell: once(func(c *calc.Claim) table.Value { return table.MoneyIf(c.AmountUSD) })},
	{Head: "approved_amount", Cell: once(func(c *calc.Claim) table.Value { return table.MoneyIf(c.Approved) })},
	{Head: "status", Cell: func(c claimRow) table.Value { return table.Text(c.State.String()) }},
	{Head: "submitted_date", Cell: func(c claimRow) table.Value { return table.Text(c.Submitted.String()) }},
	{Head: "resubmitted_date", Cell: func(c claimRow) table.Value { return table.Text(c.Resubmitted.String()) }},
	{Head: "approved_date", Cell: func(c claimRow) table.Value { return table.Text(c.ApprovedOn.String()) }},
	{Head: "paid_date", Cell: func(c claimRow) table.Value { return table.Text(c.PaidOn.String()) }},
	{Head: "paid_amount", Cell: once(func(c *calc.Claim) table.Value { return table.MoneyIf(c.PaidAmount) })},
	{Head: "paid_currency", Cell: func(c claimRow) table.Value { return table.Text(c.PaidCurrency) }},
	{Head: "payment_id", Cell: func(c claimRow) table.Value { return table.Text(c.PaymentID) }},
	{Head: "last_activity", Cell: func(c claimRow) table.Value { return table.Text(c.LastActivity.String()) }},
	{Head: "csr", Cell: func(c claimRow) table.Value { return yesNo(c.CSR) }},
	{Head: "csr_amount", Cell: once(func(c *calc.Claim) table.Value { return table.MoneyIf(c.CSRAmount) })},
	{Head: "poe", Cell: func(c claimRow) table.Value { return table.Text(strings.Join(c.Proof, "; ")) }},
	{Head: "metrics", Cell: func(c claimRow) table.Value { return table.Text(c.Metrics) }},
	{Head: "comments", Cell: func(c claimRow) table.Value { return table.Text(c.Comments) }},
	{Head: "missing", Cell: func(c claimRow) table.Value { return table.Text(strings.Join(c.Missing, "; ")) }},
	{Head: "claim_deadline", Cell: func(c claimRow) table.Value { return table.Text(c.Deadline.String()) }},
	{Head: "fund_currency", Cell: table.Part(func(c claimRow) *calc.Balance { return c.Balance }, func(b *calc.Balance) table.Value { return table.Text(b.FundCurrency) })},
	{Head: "claimed_fund", Cell: once(func(c *calc.Claim) table.Value { return table.Money(c.Taken) })},
	{Head: "planned_fund", Cell: once(func(c *calc.Claim) table.Value { return table.Money(c.Planned) })},
	{Head: "rate", Cell: func(c claimRow) table.Value { return table.Exact(c.Rate.Decimal).If(c.Rate.Valid) }}, // no money: with every digit
	{Head: "file", Cell: func(c claimRow) table.Value { return table.Text(c.Place.File) }},
	{Head: "row", Cell: func(c claimRow) table.Value { return table.Known(c.row) }},
}

// once shows an amount of the claim on its first line only, so that the column
// adds up.
func once(cell func(*calc.Claim) table.Value) func(claimRow) table.Value {
	return func(c claimRow) table.Value { return cell(c.Claim).If(!c.further) }
}

// Claims is claims.csv: the register in force as it was understood. A claim with several
// invoices has a line for each, as in the register.
var Claims = file("claims.csv", claimColumns, func(r *calc.Result) [][]string {
	var rows []claimRow
	for _, c := range r.Claims {
		for _, invoice := range c.Invoices {
			rows = append(rows, claimRow{Claim: c, invoice: invoice, row: cmp.Or(invoice.Place.Row, c.Place.Row)})
		}
		if len(c.Invoices) == 0 {
			rows = append(rows, claimRow{Claim: c, row: c.Place.Row})
		}
	}
	leading := claimColumns[:slices.IndexFunc(claimColumns, func(c table.Column[claimRow]) bool { return c.Head == "amount" })]
	slices.SortFunc(rows, func(a, b claimRow) int {
		return cmp.Or(slices.Compare(records(leading, []claimRow{a})[0], records(leading, []claimRow{b})[0]), cmp.Compare(a.row, b.row))
	})
	for i := range rows {
		rows[i].further = i > 0 && rows[i-1].Claim == rows[i].Claim
	}
	return records(claimColumns, rows)
})
