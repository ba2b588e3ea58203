package csvfile

import (
	"io"
	"strings"

	"cspcoop/calc"
)

// claimRow is a row of claims.csv: a claim with one of its invoices, or with
// none.
type claimRow struct {
	*calc.Claim
	invoice calc.Invoice
}

var claimColumns = []column[claimRow]{
	{"claim_id", func(c claimRow) string { return text(c.ID) }},
	{"participant_id", func(c claimRow) string { return text(c.Participant) }},
	{"program", func(c claimRow) string { return text(c.ProgramName) }},
	{"usage_period", func(c claimRow) string { return c.Usage.String() }},
	{"earning_period", func(c claimRow) string { return c.Earned.String() }},
	{"invoice_number", func(c claimRow) string { return text(c.invoice.Number) }},
	{"invoice_document", func(c claimRow) string { return text(c.invoice.Document) }},
	{"invoice_date", func(c claimRow) string { return c.invoice.Date.String() }},
	{"invoice_amount", func(c claimRow) string { return optional(c.invoice.Amount) }},
	{"invoice_currency", func(c claimRow) string { return text(c.invoice.Currency) }},
	{"claim_name", func(c claimRow) string { return text(c.Name) }},
	{"category", func(c claimRow) string { return text(c.Category) }},
	{"activity", func(c claimRow) string { return text(c.Activity) }},
	{"activity_start", func(c claimRow) string { return c.ActivityStart.String() }},
	{"activity_end", func(c claimRow) string { return c.ActivityEnd.String() }},
	{"currency", func(c claimRow) string { return text(c.Currency) }},
	{"amount", func(c claimRow) string { return money(c.Amount) }},
	{"amount_usd", func(c claimRow) string { return optional(c.AmountUSD) }},
	{"approved_amount", func(c claimRow) string { return optional(c.Approved) }},
	{"status", func(c claimRow) string { return c.State.String() }},
	{"submitted_date", func(c claimRow) string { return c.Submitted.String() }},
	{"resubmitted_date", func(c claimRow) string { return c.Resubmitted.String() }},
	{"approved_date", func(c claimRow) string { return c.ApprovedOn.String() }},
	{"paid_date", func(c claimRow) string { return c.PaidOn.String() }},
	{"paid_amount", func(c claimRow) string { return optional(c.PaidAmount) }},
	{"paid_currency", func(c claimRow) string { return text(c.PaidCurrency) }},
	{"payment_id", func(c claimRow) string { return text(c.PaymentID) }},
	{"last_activity", func(c claimRow) string { return c.LastActivity.String() }},
	{"csr", func(c claimRow) string { return yesNo(c.CSR) }},
	{"csr_amount", func(c claimRow) string { return optional(c.CSRAmount) }},
	{"poe", func(c claimRow) string { return text(strings.Join(c.Proof, "; ")) }},
	{"metrics", func(c claimRow) string { return text(c.Metrics) }},
	{"comments", func(c claimRow) string { return text(c.Comments) }},
	{"missing", func(c claimRow) string { return text(strings.Join(c.Missing, "; ")) }},
	{"claim_deadline", func(c claimRow) string { return c.Deadline.String() }},
	{"fund_currency", fundCurrency},
	{"claimed_fund", func(c claimRow) string { return money(c.Taken) }},
	{"planned_fund", func(c claimRow) string { return money(c.Planned) }},
	{"rate", rate},
	{"file", func(c claimRow) string { return text(c.Place.File) }},
	{"row", func(c claimRow) string { return number(c.Place.Row) }},
}

func fundCurrency(c claimRow) string {
	if c.Balance == nil {
		return ""
	}
	return text(c.Balance.FundCurrency)
}

// rate keeps every digit: it is no money.
func rate(c claimRow) string {
	if !c.Rate.Valid {
		return ""
	}
	return c.Rate.Decimal.String()
}

// Claims writes claims.csv: the register in force as it was understood. A claim
// with several invoices stands on several rows that differ in the invoice only,
// as in the register.
func Claims(w io.Writer, r *calc.Result) error {
	var rows []claimRow
	for _, c := range r.Claims {
		for _, invoice := range c.Invoices {
			rows = append(rows, claimRow{c, invoice})
		}
		if len(c.Invoices) == 0 {
			rows = append(rows, claimRow{Claim: c})
		}
	}
	return write(w, claimColumns, rows)
}
