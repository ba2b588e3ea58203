package importer

import (
	"fmt"
	"regexp"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// firstRow remembers the first row of a claim that stands on several.
type firstRow struct {
	record []string
	row    int
}

// takeClaim makes a typed row a row of the register. What belongs to the claim
// must be equal on all of its rows (exports.md, Claims register).
func (r *rowReader) takeClaim(c *claimRow, record []string, place int) {
	if first, again := r.claims[c.ID]; again {
		r.compareClaim(first, record, place, c.ID)
	} else {
		r.claims[c.ID] = firstRow{record, place}
	}
	terms := calc.ClaimTerms{
		ID: c.ID, Participant: c.Participant, Program: c.Program, Name: c.Name, Category: c.Category, Activity: c.Activity,
		ActivityStart: c.ActivityStart.Date, ActivityEnd: c.ActivityEnd.Date,
		Currency: c.Currency, Amount: c.Amount.Decimal(), AmountUSD: c.AmountUSD.null(), Approved: c.Approved.null(),
		Submitted: c.Submitted.Date, Resubmitted: c.Resubmitted.Date, ApprovedOn: c.ApprovedOn.Date, PaidOn: c.PaidOn.Date, LastActivity: c.LastActivity.Date,
		PaidAmount: c.PaidAmount.null(), PaidCurrency: c.PaidCurrency, PaymentID: c.PaymentID,
		CSRAmount: c.CSRAmount.null(), Proof: listOf(c.Proof), Metrics: c.Metrics, Comments: c.Comments,
	}
	var problem string
	if terms.Usage, problem = parseUsagePeriod(c.Usage); problem != "" {
		r.faultAt(place, "usagePeriod", c.Usage, wrong{problem, `a half-year such as "Jul–Dec 2019 (FY20 H1)", "FY20H1" or "July 2019 - December 2019"`})
	}
	var ok bool
	if terms.Status, ok = calc.ParseClaimStatus(c.Status); !ok {
		r.faultAt(place, "status", c.Status, wrong{"is no state of a claim", "one of " + strings.Join(calc.ClaimStatusNames(), ", ")})
	}
	if terms.CSR, ok = yesNo(c.CSR); !ok {
		r.faultAt(place, "csr", c.CSR, wrong{"is neither yes nor no", "yes or no"})
	}
	if c.Amount.Decimal().IsNegative() {
		r.faultAt(place, "amount", c.Amount.Decimal().String(), wrong{"a claim cannot be negative", "the claimed amount"})
	}
	row := calc.ClaimRow{ClaimTerms: terms, Place: r.place(place)}
	if c.InvoiceNumber != "" || c.InvoiceDocument != "" || c.InvoiceAmount.given {
		row.Invoice = &calc.Invoice{Number: c.InvoiceNumber, Document: c.InvoiceDocument, Date: c.InvoiceDate.Date, Amount: c.InvoiceAmount.null(), Currency: c.InvoiceCurrency}
	}
	r.source.Register = append(r.source.Register, row)
}

func (r *rowReader) compareClaim(first firstRow, record []string, place int, id string) {
	for i, name := range r.header {
		if strings.HasPrefix(name, "invoice") || i >= len(first.record) || record[i] == first.record[i] {
			continue
		}
		r.faultAt(place, name, record[i], wrong{
			fmt.Sprintf("claim %s has another value in row %d: %q", id, first.row, first.record[i]),
			"a claim with several invoices has the same values on all of its rows, but for the invoice columns"})
	}
}

// faultOf makes the fault of a typed row; name is the documented column.
func (r *rowReader) faultOf(row int, name, value string, w wrong) table.Fault {
	f := table.Fault{Sheet: r.sheet.Name, Row: row, Column: name, Value: value, Problem: w.problem, Want: w.want}
	if c := r.layout.column(name); c != nil {
		f.Column = c.header
		if r.file.Format == table.XLSX {
			f.Cell = table.CellRef(row, c.index)
		}
	}
	return f
}

func yesNo(s string) (yes, ok bool) {
	switch strings.ToLower(s) {
	case "yes", "y", "true", "1", "x":
		return true, true
	case "", "no", "n", "false", "0":
		return false, true
	}
	return false, false
}

var (
	fiscalLabel = regexp.MustCompile(`(?i)\bFY\s?(\d{2})\s?-?H([12])\b`)
	monthToken  = regexp.MustCompile(`(?i)\b(?:(\d{4})-(\d{2})(?:-\d{2})?|([a-z]{3,9})\.?(?:\s+(\d{4}))?)\b`)
)

// parseUsagePeriod reads a fiscal label, months, or both; a problem says what is
// wrong with it.
func parseUsagePeriod(text string) (calc.EarningPeriod, string) {
	var byLabel, byMonths calc.EarningPeriod
	rest := text
	if m := fiscalLabel.FindString(text); m != "" {
		byLabel, _ = calc.ParsePeriod(strings.ReplaceAll(m, "-", ""))
		rest = strings.Replace(text, m, "", 1)
	}
	var months []written
	for _, m := range monthToken.FindAllStringSubmatch(rest, -1) {
		switch {
		case m[1] != "":
			months = append(months, written{year: atoi(m[1]), month: atoi(m[2])})
		case monthNumber(m[3]) > 0:
			months = append(months, written{year: atoi(m[4]), month: monthNumber(m[3])})
		}
	}
	if len(months) == 2 {
		from, to := months[0], months[1]
		if from.year == 0 {
			from.year = to.year
		}
		half := from.month == 1 && to.month == 6 || from.month == 7 && to.month == 12
		if from.year != to.year || !half || from.year < firstYear || from.year > lastYear {
			return calc.EarningPeriod{}, "is no half-year: usage periods are January to June and July to December"
		}
		last, err := to.firstDay()
		if err != nil {
			return calc.EarningPeriod{}, err.Error()
		}
		byMonths = calc.PeriodOf(last)
	}
	switch {
	case byLabel.IsZero() && byMonths.IsZero():
		return byLabel, "is no usage period"
	case byLabel.IsZero():
		return byMonths, ""
	case byMonths.IsZero() || byLabel == byMonths:
		return byLabel, ""
	}
	return byLabel, fmt.Sprintf("label and months disagree: %s is %s to %s, but the months are those of %s", byLabel, byLabel.Start(), byLabel.End(), byMonths)
}

func (w written) firstDay() (calc.Date, error) {
	w.day = 1
	return w.date(dayFirst)
}
