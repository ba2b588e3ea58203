package importer

import (
	"fmt"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// claimsReport is a claims register.
var claimsReport = newReport(report{
	title: "Claims register",
	columns: []field{
		{name: "claimId", kind: idValue, need: filled},
		{name: "participantId", aliases: []string{"Partner ID", "MPN ID", "MPN", "Location", "Location ID", "Enrollment ID"}, kind: idValue, need: filled},
		{name: "programName", aliases: []string{"Program"}, need: filled},
		{name: "usagePeriod", kind: periodValue, need: filled},
		{name: "claimName"},
		{name: "category"},
		{name: "activity"},
		{name: "activityStart", kind: dayValue},
		{name: "activityEnd", kind: dayValue},
		{name: "currency", kind: currencyValue, need: filled},
		{name: "amount", kind: numberValue, currencyIn: "currency", need: filled},
		{name: "amountUSD", kind: numberValue, currencyIn: "USD"},
		{name: "approvedAmount", kind: numberValue, currencyIn: "currency"},
		{name: "status", kind: statusValue, need: filled},
		{name: "submittedDate", kind: dayValue},
		{name: "resubmittedDate", kind: dayValue},
		{name: "approvedDate", kind: dayValue},
		{name: "rejectedDate", kind: dayValue},
		{name: "paidDate", kind: dayValue},
		{name: "paidAmount", kind: numberValue, currencyIn: "paidCurrency"},
		{name: "paidCurrency", kind: currencyValue},
		{name: "paymentId", kind: idValue},
		{name: "lastActivity", kind: dayValue},
		{name: "invoiceNumber", kind: idValue},
		{name: "invoiceDocument"},
		{name: "invoiceDate", kind: dayValue},
		{name: "invoiceAmount", kind: numberValue, currencyIn: "invoiceCurrency"},
		{name: "invoiceCurrency", kind: currencyValue},
		{name: "csr", kind: yesNoValue},
		{name: "csrAmount", kind: numberValue, currencyIn: "currency"},
		{name: "poe"},
		{name: "owner"},
		{name: "metrics"},
		{name: "comments"},
	},
	identify: looksLikeRegister,
	required: func(l *layout, _ *Options) []missingColumn {
		return l.requireAll(func(name string) string { return fmt.Sprintf("add a column %q", name) },
			"claimId", "participantId", "programName", "usagePeriod", "currency", "amount", "status")
	},
	form:  func(*layout) calc.FileKind { return calc.KindClaims },
	take:  func(r *rowReader) error { return takeMapped(r, r.takeClaim) },
	check: (*rowReader).checkClaim,
})

// looksLikeRegister recognises a claims register, also one that lacks a required
// column: it is then refused as what it is. A plain monthly sheet with claim ids
// and states is none, because it has a month.
func looksLikeRegister(h *heading) bool {
	switch {
	case h.earnings || h.figures < 4:
		return false
	case h.named["usagePeriod"]:
		return true
	}
	return h.named["claimId"] && (h.named["activity"] || h.named["approvedAmount"] || h.named["status"] && h.named["amount"] && !h.dated)
}

// claimRow is a row of a claims register.
type claimRow struct {
	calc.ClaimTerms
	calc.Invoice
	Proofs string `csv:"poe"`
}

// firstRow remembers the first row of a claim that has several rows: what
// belongs to the claim, by documented column.
type firstRow struct {
	sheet  string
	row    int
	values map[string]string
}

// checkClaim compares a register's row with the first one of its claim, and
// checks what a cell alone cannot show. Cells that have a fault of their own
// are marked in bad.
func (r *rowReader) checkClaim(row *table.Row, record []string, bad []bool) {
	values := map[string]string{}
	for i := range r.layout.columns {
		c := &r.layout.columns[i]
		if bad[i] {
			continue
		}
		if (c.name == "amount" || c.name == "approvedAmount") && strings.HasPrefix(record[i], "-") {
			r.fault(row, c, cellFault{"a claim cannot be negative", "the amount of the claim, without a minus"})
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
		value, checked := values[c.name]
		other, known := first.values[c.name]
		if checked && known && !c.equal(value, other) {
			r.fault(row, c, cellFault{
				fmt.Sprintf("claim %s has another value in %s: %q", id, rowOf(first.sheet, first.row, r.sheet.Name), table.Excerpt(other)),
				"a claim with several invoices has the same values on all of its rows, but for the invoice columns"})
		}
	}
}

// ofClaim reports whether a column belongs to the claim and not to one of its
// invoices. The last activity is on Partner Center's claim page with every
// invoice (cspcoop help rules), so rows may differ in it.
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
	row := calc.ClaimRow{Place: r.place(place), ClaimTerms: c.ClaimTerms}
	row.Proof = listOf(c.Proofs)
	if c.Invoice.Number != "" || c.Invoice.Document != "" || c.Invoice.Amount.Valid {
		row.Invoice = &c.Invoice
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

// refuseEmptyRegister refuses a register without rows, like an untouched
// template: it would take the place of the register in force, and all of its
// claims would be gone.
func (in *importing) refuseEmptyRegister() {
	if !in.source.HasRegister || len(in.source.Register) > 0 || in.faults.Total > 0 {
		return
	}
	for _, t := range in.tabs {
		if t.layout.kind == calc.KindClaims {
			in.faults.Add(table.Fault{Sheet: t.sheet.Name, Row: t.layout.row, Problem: "the claims register has no rows; it would take the place of the one received before, with all of its claims",
				Want: "enter every claim, those of earlier periods too"})
		}
	}
}
