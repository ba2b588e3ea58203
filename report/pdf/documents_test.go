package pdf

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

var options = Options{Issuer: "Northwind Cloud AS", Footer: "Finance, Oslo"}

func statementOf(t *testing.T, r *calc.Result, s *calc.Statement, o Options) *document {
	t.Helper()
	d, err := layOutStatement(r, s, wording.English(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func summaryOf(t *testing.T, r *calc.Result, o Options) *document {
	t.Helper()
	d, err := layOutSummary(r, wording.English(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func claimOf(t *testing.T, r *calc.Result, c *calc.Claim, o Options) *document {
	t.Helper()
	d, err := layOutClaim(r, c, wording.English(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDocuments(t *testing.T) {
	r, all := northwind(t), portfolio(t)
	letter := options
	letter.Paper = Letter
	documents := map[string]*document{
		"statement":        statementOf(t, r, r.Statements[0], options),
		"statement-letter": statementOf(t, r, r.Statements[0], letter),
		"claim":            claimOf(t, r, r.Claims[0], options),
		"draft":            claimOf(t, r, r.Claims[2], options),
		"summary":          summaryOf(t, all, options),
		"claimable":        statementOf(t, all, all.Statements[0], options),
		"forfeited":        statementOf(t, all, all.Statements[1], options),
		"negative":         statementOf(t, all, all.Statements[2], options),
		"accruing":         statementOf(t, all, all.Statements[3], options),
		"guide":            guideClaim(t),
	}
	for name, d := range documents {
		t.Run(name, func(t *testing.T) {
			keep(t, name, d)
			checkPages(t, d)
			golden(t, name, d)
		})
	}
}

// guideClaim is the sheet of the claim in the guide of November 2019, figure 3:
// 999.99 EUR of 10,999.98 EUR.
func guideClaim(t *testing.T) *document {
	t.Helper()
	const id = "0123456"
	list := months(id, "CSP partner name, UK, London", "CSP Indirect Reseller", "EUR", calc.NewMonth(2019, time.January), "1.1", repeat([2]string{"2749.995", "1833.33"}, 6))
	row := claim(t, "1234567", calc.ClaimInReview, "999.99", "2019-10-02", "Digital Advertising")
	row.Participant, row.Program, row.Name, row.Currency = id, "CSP 2T Indirect Reseller", "September 2019 - Marketing Campaign", "EUR"
	row.Usage = calc.NewMonth(2019, time.July).Period()
	row.ActivityStart, row.ActivityEnd = calc.MustDate(2019, time.September, 1), calc.MustDate(2019, time.September, 30)
	row.LastActivity = calc.MustDate(2019, time.October, 2)
	row.Invoice = nil
	r := calculated(t, "2019-10-04", earningsFile(t, "earnings.csv", list), register(t, row))
	return claimOf(t, r, r.Claims[0], options)
}

func TestGuideClaim(t *testing.T) {
	text := guideClaim(t).text()
	for _, want := range []string{
		"Claim 1234567, September 2019", "CSP Indirect Reseller", "Jul–Dec 2019 (FY20 H1)", "Demand Generation",
		"Digital Advertising", "1–30 Sep 2019", "10,999.98 | 999.99 | 999.99 | 9,999.99", "Funds expire on Sat 15 Feb 2020",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet does not say %q:\n%s", want, text)
		}
	}
}

// The first page of a statement answers at once: who, as of when, what to do by
// when, how much.
func TestStatementOpens(t *testing.T) {
	r := northwind(t)
	var first bytes.Buffer
	for _, m := range statementOf(t, r, r.Statements[0], options).pages[0].texts() {
		first.WriteString(m.line.plain + "\n")
	}
	for _, want := range []string{"Northwind Cloud AS", "as of 31 October 2020", "Claim 5,316.00\u00a0USD by Sun 14 Feb 2021, 106 days left", "At risk, USD", "5,316.00", "15 Feb 2021"} {
		if !bytes.Contains(first.Bytes(), []byte(want)) {
			t.Errorf("the first page does not say %q", want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	r := northwind(t)
	write := func() [3][]byte {
		var b [3]bytes.Buffer
		words := wording.English()
		for i, err := range []error{
			Statement(&b[0], r, r.Statements[0], words, options),
			ClaimSheet(&b[1], r, r.Claims[0], words, options),
			Summary(&b[2], r, words, options),
		} {
			if err != nil {
				t.Errorf("document %d: %v", i, err)
			}
		}
		return [3][]byte{b[0].Bytes(), b[1].Bytes(), b[2].Bytes()}
	}
	want := write()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i, got := range write() {
				if !bytes.Equal(got, want[i]) {
					t.Errorf("document %d differs when written again", i)
				}
			}
		})
	}
	group.Wait()
}

// A rule may have a threshold of zero, and months may hold nothing: the chart
// has no height then, and the page still stands.
func TestZeros(t *testing.T) {
	r := northwind(t)
	s := *r.Statements[0]
	b := *s.Balances[0]
	b.Rule.Threshold = decimal.Zero
	s.Balances = []*calc.Balance{&b}
	s.Calendar = []calc.CalendarMonth{{Month: b.Period.FirstMonth()}}
	checkPages(t, statementOf(t, r, &s, options))
}

// A cell of a register may hold 32,767 characters. They are all shown, over
// several pages if need be; only the margins of the pages are too narrow for
// them.
func TestEndlessText(t *testing.T) {
	r := northwind(t)
	c := *r.Claims[0]
	c.Comments = strings.Repeat("many words ", 2900) + "end of comments"
	c.Name = strings.Repeat("endless ", 800) + "end of name"
	c.Needs = []calc.Need{{What: "photos", Named: strings.Repeat("proof ", 5000) + "end of proof"}}
	d := claimOf(t, r, &c, options)
	checkPages(t, d)
	text := strings.Join(strings.Fields(d.text()), " ")
	for _, end := range []string{"end of comments", "end of name", "end of proof"} {
		if !strings.Contains(text, end) {
			t.Errorf("%q is not in the document", end)
		}
	}
}
