package importer

import (
	"fmt"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// firstRow remembers the first row of a claim that stands on several: what
// belongs to the claim, by documented column.
type firstRow struct {
	sheet  string
	row    int
	values map[string]string
}

// checkClaim holds a register's row against the first one of its claim, and
// judges what a cell alone cannot show. Cells that have a fault of their own
// stand in bad.
func (r *rowReader) checkClaim(row *table.Row, record []string, bad []bool) {
	values := map[string]string{}
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if bad[i] {
			continue
		}
		if (c.name == "amount" || c.name == "approvedAmount") && strings.HasPrefix(record[i], "-") {
			r.fault(row, c, wrong{"a claim cannot be negative", "the amount of the claim, without a minus"})
			continue
		}
		if c.ofClaim() {
			values[c.name] = record[i]
		}
	}
	id := values["claimId"]
	if id == "" {
		return
	}
	first, again := r.claims[id]
	if !again {
		r.claims[id] = firstRow{r.sheet.Name, row.Number, values}
		return
	}
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		value, judged := values[c.name]
		other, known := first.values[c.name]
		if judged && known && !c.equal(value, other) {
			r.fault(row, c, wrong{
				fmt.Sprintf("claim %s has another value in %s: %q", id, rowOf(first.sheet, first.row, r.sheet.Name), shorten(other)),
				"a claim with several invoices has the same values on all of its rows, but for the invoice columns"})
		}
	}
}

// ofClaim says that a column belongs to the claim and not to one of its
// invoices. The last activity stands on Partner Center's claim page with every
// invoice (rules.md §4), so rows may differ in it.
func (c *column) ofClaim() bool {
	return !strings.HasPrefix(c.name, "invoice") && c.name != "lastActivity"
}

// equal compares two canonical values of a column by what they mean.
func (c *column) equal(a, b string) bool {
	switch {
	case a == b:
		return true
	case c.kind == yesNoValue: // blank is no
		return (a == "yes") == (b == "yes")
	case a == "" || b == "":
		return false
	case c.kind == numberValue:
		x, errX := parseAmount(a)
		y, errY := parseAmount(b)
		return errX == nil && errY == nil && x.Equal(y)
	case c.name == "programName":
		return calc.KeyOfProgram(a) == calc.KeyOfProgram(b)
	}
	return false
}

// takeClaim makes a typed row a row of the register.
func (r *rowReader) takeClaim(c *claimRow, place int) {
	row := calc.ClaimRow{Place: r.place(place), ClaimTerms: calc.ClaimTerms{
		ID: c.ID, Participant: c.Participant, Program: c.Program, Usage: c.Usage.EarningPeriod, Name: c.Name, Category: c.Category, Activity: c.Activity,
		ActivityStart: c.ActivityStart.Date, ActivityEnd: c.ActivityEnd.Date,
		Currency: c.Currency, Amount: c.Amount.Decimal(), AmountUSD: c.AmountUSD.null(), Approved: c.Approved.null(), Status: c.Status.ClaimStatus,
		Submitted: c.Submitted.Date, Resubmitted: c.Resubmitted.Date, ApprovedOn: c.ApprovedOn.Date, PaidOn: c.PaidOn.Date, LastActivity: c.LastActivity.Date,
		PaidAmount: c.PaidAmount.null(), PaidCurrency: c.PaidCurrency, PaymentID: c.PaymentID,
		CSR: c.CSR == "yes", CSRAmount: c.CSRAmount.null(), Proof: listOf(c.Proof), Metrics: c.Metrics, Comments: c.Comments,
	}}
	if c.InvoiceNumber != "" || c.InvoiceDocument != "" || c.InvoiceAmount.given {
		row.Invoice = &calc.Invoice{Number: c.InvoiceNumber, Document: c.InvoiceDocument, Date: c.InvoiceDate.Date, Amount: c.InvoiceAmount.null(), Currency: c.InvoiceCurrency}
	}
	r.source.Register = append(r.source.Register, row)
}

// listOf splits a cell's list of documents.
func listOf(s string) []string {
	var list []string
	for _, part := range strings.Split(s, ";") {
		if part = trimBlanks(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
