package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// Names that are hard to set: long, without a place to break, from right to
// left, in scripts that the text font lacks, with characters that no font has,
// and with ones that try to turn the line around.
var hardNames = []string{
	"Wide World Importers and Consolidated Messenger Joint Trading Company of Northern Europe",
	strings.Repeat("Unbreakable", 8),
	"חברת הענן הצפונית בע\"מ (ישראל) 2020 — Northwind Cloud",
	"شركة السحابة الشمالية المحدودة ٢٠٢٠",
	"北风云计算（上海）有限公司・ノースウインド クラウド株式会社・노스윈드 클라우드",
	"Νόρθγουιντ Σύννεφο ΑΕ · ООО «Северный ветер» · Žluťoučký kůň",
	"Fabrikam 🚀🌩️ Cloud 𝔉𝔯𝔞𝔨𝔱𝔲𝔯",
	"Contoso \u202egnihtemoS\u202c \x07 Ltd\nSecond line\tand a tab",
	"เมฆเหนือ ไทย จำกัด क्लाउड प्राइवेट लिमिटेड",
	"X",
}

var twelveCurrencies = []string{"USD", "EUR", "GBP", "NOK", "SEK", "DKK", "CHF", "PLN", "CZK", "JPY", "INR", "BRL"}

// crowded is a partner with 18 months in 12 currencies, 40 claims and many
// findings.
func crowded(t *testing.T, name, amount string, findings int) *calc.Result {
	t.Helper()
	const id = "9988776655443322110099887766554433221100"
	var list []earned
	for _, currency := range twelveCurrencies {
		list = append(list, months(id, name, "CSP Indirect Reseller", currency, calc.NewMonth(2019, time.May), "1.0137", repeat([2]string{amount, amount}, 18))...)
	}
	for i := range list {
		list[i].program += " with a long and winding name"
	}
	earnings := earningsFile(t, strings.Repeat("exported_earnings_", 6)+".xlsx", list)
	calctest.Change(earnings, func(row int, cells *calc.EarningCells) { cells.ID = fmt.Sprint("e", row) })
	for i := range findings {
		f := calc.NewFinding(calc.Severity(i%3), calc.FundNotClaimable,
			calc.Say("%s: the amount %s in row %s is in no known currency; correct the cell and drop the file again", name, fmt.Sprintf("%d,%03d.00", i, i), i))
		earnings.Findings = append(earnings.Findings, f.About(calc.Subject{
			Participant: id, Program: list[0].program,
			Place: calc.Place{File: earnings.File, Sheet: "Sheet with a long name", Row: i + 2, Column: "earningAmountUSD"},
		}))
	}
	var claims []calc.ClaimRow
	for i := range 40 {
		c := claim(t, fmt.Sprintf("claim-%d-%s", i, strings.Repeat("7", 20)), calc.ClaimStatus(i%8), amount, "2020-08-17", "Partner website and search engine optimization")
		c.Participant, c.Program, c.Name = id, list[0].program, name
		c.Usage = calc.NewMonth(2020, time.January+time.Month(6*(i%2))).Period()
		c.Comments = strings.Repeat(name+" ", 6)
		claims = append(claims, c)
	}
	r := calculated(t, "2020-10-31", earnings, register(t, claims...))
	for _, c := range r.Claims {
		c.Needs = append(c.Needs, calc.Need{What: "results summary (click-through report) of " + name}, calc.Need{What: "photos", Named: calc.List{strings.Repeat("photo.jpg, ", 40)}})
		for range 6 {
			c.Invoices = append(c.Invoices, calc.Invoice{Number: strings.Repeat("N", 40), Document: name + ".pdf", Amount: decimal.NewNullDecimal(money(t, amount)), Currency: "EUR"})
		}
	}
	return r
}

func TestNothingOverlaps(t *testing.T) {
	amounts := []string{"0.01", "1234.56", "-98765.43", "99999999999999.99"}
	for i, name := range hardNames {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			findings := 60
			if i == 0 {
				findings = 1000
			}
			r := crowded(t, name, amounts[i%len(amounts)], findings)
			for n, letter := range []bool{false, true} {
				o := Options{Letter: letter, Issuer: "Issuing company", Footer: strings.Repeat("Footer line ", 12)}
				documents := []*document{statementOf(t, r, r.Statements[0], o), claimOf(t, r, r.Claims[0], o), summaryOf(t, r, o)}
				for k, d := range documents {
					checkPages(t, d)
					checkComplete(t, d, r)
					keep(t, fmt.Sprintf("crowded-%d-%d-%d", i, n, k), d)
				}
			}
		})
	}
}

// checkComplete fails when a document lost part of the partner's name: it
// is in it as a whole, but for the blanks where lines break.
func checkComplete(t *testing.T, d *document, r *calc.Result) {
	t.Helper()
	var painted strings.Builder
	for _, p := range d.pages {
		for _, m := range p.marks {
			if text, ok := m.(textMark); ok {
				painted.WriteString(text.line.plain)
			}
		}
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	want := squeeze(join(clean(wording.English().Partner(r.Statements[0]))))
	if !strings.Contains(squeeze(painted.String()), want) {
		t.Errorf("%q is not in the document", want)
	}
}
