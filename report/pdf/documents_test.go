package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

var options = Options{Issuer: "Northwind Cloud AS", Footer: "Finance, Oslo"}

func statementOf(t *testing.T, r *calc.Result, s *calc.Statement, o Options) *document {
	t.Helper()
	return layOutStatement(r, s, wording.English(), o)
}

func summaryOf(t *testing.T, r *calc.Result, o Options) *document {
	t.Helper()
	return layOutSummary(r, wording.English(), o)
}

func claimOf(t *testing.T, r *calc.Result, c *calc.Claim, o Options) *document {
	t.Helper()
	return layOutClaim(r, c, wording.English(), o)
}

func TestDocuments(t *testing.T) {
	r, all := northwind(t), portfolio(t)
	letter := options
	letter.Letter = true
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
		"Digital Advertising", "1–30 Sep 2019", "10,999.98 | 999.99 | 999.99 | 9,999.99", "Claims of this fund by state: In review 999.99\u00a0EUR.", "Funds expire on Sat 15 Feb 2020",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet does not say %q:\n%s", want, text)
		}
	}
}

// The headline of a claim that Microsoft cut names what was approved, not what
// was asked for.
func TestClaimHeadline(t *testing.T) {
	for _, c := range []struct {
		status calc.ClaimStatus
		want   string
	}{
		{calc.ClaimApproved, "4,450.00\u00a0USD: Approved"},
		{calc.ClaimPaid, "4,450.00\u00a0USD: Paid"},
		{calc.ClaimDisputed, "4,500.00\u00a0USD: Disputed"},
	} {
		t.Run(c.status.String(), func(t *testing.T) {
			row := claim(t, "1234567", c.status, "4500", "2020-10-05", "Digital Advertising")
			row.Approved = decimal.NewNullDecimal(money(t, "4450"))
			r := calculated(t, "2020-10-31", register(t, row))
			if text := claimOf(t, r, r.Claims[0], options).text(); !strings.Contains(text, c.want) {
				t.Errorf("the sheet of a claim in state %s does not say %q:\n%s", c.status, c.want, text)
			}
		})
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
	for _, want := range []string{"Northwind Cloud AS", "as of 31 October 2020", "Claim 5,316.00\u00a0USD by Sun 14 Feb 2021, 106 days left", "Claims paid", "Still to claim", "5,316.00"} {
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
	c.Needs = []calc.Need{{What: "photos", Named: calc.List{strings.Repeat("proof ", 5000) + "end of proof"}}}
	d := claimOf(t, r, &c, options)
	checkPages(t, d)
	text := strings.Join(strings.Fields(d.text()), " ")
	for _, end := range []string{"end of comments", "end of name", "end of proof"} {
		if !strings.Contains(text, end) {
			t.Errorf("%q is not in the document", end)
		}
	}
}

// The first page of the portfolio has the amounts by state and by deadline.
func TestPortfolioOpens(t *testing.T) {
	all := portfolio(t)
	text, _, _ := strings.Cut(summaryOf(t, all, options).text(), "\f")
	for _, want := range []string{
		"Claim 17,302.50\u00a0USD by Sun 14 Aug 2022, 175 days left",
		"Claim required | 2 | 17,302.50 | 17,302.50", "Window closed | 2 | 11,010.00 | 11,010.00", "Negative | 1 | \u2212141.60",
		"14\u00a0Aug\u00a02022 | 175 | 2 | 17,302.50", "Since the statement of 31 January",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the first page does not say %q:\n%s", want, text)
		}
	}
}

// The ten largest amounts stand together on the first page of either size.
func TestTenLargest(t *testing.T) {
	var list []earned
	for i := range 12 {
		id := fmt.Sprint(4400100 + i)
		list = append(list, months(id, "Partner "+id, "CSP Indirect Reseller", "USD", calc.NewMonth(2021, time.July), "", repeat([2]string{"900.00", fmt.Sprint(1000 + i)}, 6))...)
	}
	r := calculated(t, "2022-02-20", earningsFile(t, "earnings.csv", list))
	for _, letter := range []bool{false, true} {
		o := options
		o.Letter = letter
		text, _, _ := strings.Cut(summaryOf(t, r, o).text(), "\f")
		for _, b := range r.Largest(10) {
			if !strings.Contains(text, b.Statement.Name) {
				t.Errorf("letter %t: the first page does not name %s:\n%s", letter, b.Statement.Name, text)
			}
		}
	}
}

// The threshold watch says what either outcome means.
func TestThresholdWatch(t *testing.T) {
	all := portfolio(t)
	text := strings.Join(strings.Fields(statementOf(t, all, all.Statements[3], options).text()), " ")
	for _, want := range []string{
		"1,716.00 USD of co-op in 1 month; at this rate 10,296.00 USD by 30 June 2022.",
		"At this rate the threshold of 4,000.00 USD is passed in March 2022.",
		"2,284.01 USD more by 30 June 2022 makes 4,000.01 USD claimable; with less, whatever co-op has been earned by then is paid automatically.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the statement does not say %q:\n%s", want, text)
		}
	}
}

// Findings of one code are one line, with the largest of them.
func TestFindingsByCode(t *testing.T) {
	r := northwind(t)
	s := *r.Statements[0]
	s.Findings = nil
	for _, f := range []calc.Finding{
		calc.NewFinding(calc.Warning, calc.NoInvoice, calc.Say("claim A names no invoice")).Behind(calc.USD(money(t, "10"))),
		calc.NewFinding(calc.Warning, calc.NoInvoice, calc.Say("claim B names no invoice")).Behind(calc.USD(money(t, "25.50"))),
		calc.NewFinding(calc.Info, calc.HiddenRows, calc.Say("3 hidden rows were read")),
	} {
		s.Findings = append(s.Findings, &f)
	}
	text := strings.Join(strings.Fields(statementOf(t, r, &s, options).text()), " ")
	if n := strings.Count(text, "(NO_INVOICE)"); n != 1 {
		t.Errorf("the code is explained %d times", n)
	}
	for _, want := range []string{"The largest of them: Claim B", "2 | 35.50"} {
		if !strings.Contains(text, want) {
			t.Errorf("the statement does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "HIDDEN_ROWS") || strings.Contains(text, "Claim A names") {
		t.Error("the statement has what addresses the operator")
	}
}

// What was acknowledged is listed with its comment, on the statement that it is
// about and in the portfolio.
func TestAcknowledged(t *testing.T) {
	r := northwind(t)
	s := r.Statements[0]
	for _, participant := range []string{s.Participant, "4400999"} {
		f := calc.NewFinding(calc.Warning, calc.NoInvoice, calc.Say("claim of %s names no invoice", participant))
		r.Closed = append(r.Closed, calc.ClosedFinding{
			Finding: f.About(calc.Subject{Participant: participant, Program: s.Program}),
			By:      "A. B.", On: calc.MustDate(2020, time.October, 30), Comment: "came by post",
		})
	}
	s.Closed = r.Closed[:1]
	statement, summary := statementOf(t, r, s, options).text(), summaryOf(t, r, options).text()
	for text, others := range map[string]int{statement: 0, summary: 1} {
		if !strings.Contains(text, "(NO_INVOICE)") || !strings.Contains(text, "A. B. | 30\u00a0Oct\u00a02020 | came by") {
			t.Errorf("the document does not say what was acknowledged:\n%s", text)
		}
		if n := strings.Count(text, "Claim of 4400999"); n != others {
			t.Errorf("the other partner's finding is there %d times, want %d", n, others)
		}
	}
}

// A small reseller's statement has two pages, and the portfolio's summary few,
// however many partners there are.
func TestPageLimits(t *testing.T) {
	for name, earned := range map[string][2]string{"paid automatically": {"150.00", "100.00"}, "to be claimed": {"1500.00", "1000.00"}} {
		t.Run(name, func(t *testing.T) {
			for _, day := range []string{"2020-02-10", "2020-05-01", "2020-07-31", "2020-08-10", "2020-12-31", "2021-02-10", "2021-03-01"} {
				small := calculated(t, day, earningsFile(t, "earnings.csv",
					months("4400555", "Litware", "CSP Indirect Reseller", "USD", calc.NewMonth(2020, time.January), "", repeat(earned, 11))))
				for _, letter := range []bool{false, true} {
					o := options
					o.Letter = letter
					d := statementOf(t, small, small.Statements[0], o)
					keep(t, fmt.Sprint("small-", earned[0], "-", day, "-", letter), d)
					if n := len(d.pages); n > 2 {
						t.Errorf("letter %t, %s: the statement of a small reseller whose co-op is %s has %d pages", letter, day, name, n)
					}
				}
			}
		})
	}
	var list []earned
	for i := range 600 {
		id := fmt.Sprint(4400100 + i)
		list = append(list, months(id, "Partner "+id, "CSP Indirect Reseller", "USD", calc.NewMonth(2021, time.July), "", repeat([2]string{"900.00", fmt.Sprint(500 + i)}, 6))...)
	}
	many := calculated(t, "2022-02-20", earningsFile(t, "earnings.csv", list))
	if n := len(summaryOf(t, many, options).pages); n > 15 {
		t.Errorf("the summary of %d partners has %d pages", len(many.Statements), n)
	}
}

// tangled is a portfolio whose lead schedule has so many lines: of four programs, in
// twelve currencies and as many half-years as that takes.
func tangled(t *testing.T, lines int) *calc.Result {
	t.Helper()
	var list []earned
	var claims []calc.ClaimRow
	for i := range lines {
		id, program := fmt.Sprint(4400100+i), []string{"CSP Direct Bill Partner", "CSP Indirect Reseller", "CSP Indirect Provider", "Hosting"}[i%4]
		first := calc.NewMonth(2021, time.July).Add(-6 * (i / 48))
		list = append(list, months(id, "Partner "+id, program, twelveCurrencies[i/4%12], first, "", repeat([2]string{"1500.00", fmt.Sprint(1000 + i)}, 6))...)
		c := claim(t, "C-"+id, calc.ClaimStatus(i%8), "700.00", "2021-12-27", "Digital Advertising")
		c.Participant, c.Program, c.Usage = id, program, first.Add(6).Period()
		claims = append(claims, c)
	}
	return calculated(t, "2022-02-20", earningsFile(t, "earnings.csv", list), register(t, claims...))
}

// The lead schedule shows every line while there is room, and says what the others
// are and come to where there is none; the summary keeps to its pages.
func TestLeadSchedule(t *testing.T) {
	for lines, all := range map[int]bool{3: true, 15: true, 60: true, 140: false, 700: false} {
		t.Run(fmt.Sprint(lines), func(t *testing.T) {
			t.Parallel()
			r := tangled(t, lines)
			d := summaryOf(t, r, options)
			checkPages(t, d)
			keep(t, fmt.Sprint("lead-", lines), d)
			if n := len(d.pages); n > 15 {
				t.Errorf("the summary has %d pages", n)
			}
			text := d.text()
			if more := strings.Contains(text, "Not shown here: in the sheet Lead schedule"); more == all {
				t.Errorf("lines are left out: %t", more)
			}
			last := regexp.MustCompile(fmt.Sprintf(`(?m)^%d \| \w+–\w+`, lines))
			if all && !last.MatchString(text) {
				t.Errorf("line %d is not shown", lines)
			}
		})
	}
}

// TestHoldOnTheDayOfAClaim: where a fund and a hold fall due on one day, the headline
// names what is to be claimed and what is held, not their sum.
func TestHoldOnTheDayOfAClaim(t *testing.T) {
	for name, c := range map[string]struct {
		funds bool
		held  int64
		want  string
	}{
		"a fund": {true, 0, "Claim 5,316.00\u00a0USD by Sun 14 Feb 2021"},
		"a hold": {false, 350, "Resolve the hold on 350.00\u00a0USD by Sun 14 Feb 2021"},
		"both":   {true, 350, "Claim 5,316.00\u00a0USD and resolve the hold on 350.00\u00a0USD by Sun 14 Feb 2021"},
	} {
		t.Run(name, func(t *testing.T) {
			r := northwind(t)
			r.Policy.Claims.WarnDays = []int{365}
			s := r.Statements[0]
			day := r.NextDeadline().Day
			if c.held > 0 {
				s.Holds = append(s.Holds, calc.Hold{Statement: s, State: &calc.PaymentState{Turn: calc.PartnersTurn, Advice: "Register for VAT."}, Since: r.AsOf, First: calctest.Source(calc.EarningCells{Date: r.AsOf}).Earnings.At(0), Earnings: 1, LastDay: day, DaysLeft: r.AsOf.DaysUntil(day), Amount: calc.ScaledAmount(c.held, 0)})
			}
			if !c.funds {
				for _, b := range s.Balances {
					b.Remaining = decimal.NewNullDecimal(decimal.Zero)
				}
			}
			text := strings.Join(strings.Fields(strings.ReplaceAll(summaryOf(t, r, options).text(), "\u00a0", " ")), " ")
			if want := strings.ReplaceAll(c.want, "\u00a0", " "); !strings.Contains(text, want) {
				t.Errorf("the summary does not say %q:\n%.600s", want, text)
			}
		})
	}
}
