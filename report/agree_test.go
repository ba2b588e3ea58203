package report_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/csv"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// memory is a set that is kept in memory.
type memory struct {
	forgotten
	mutex sync.Mutex
	files map[string][]byte
}

type memoryFile struct {
	bytes.Buffer
	name string
	of   *memory
}

func (m *memory) Create(name string) (io.WriteCloser, error) {
	return &memoryFile{name: name, of: m}, nil
}

func (f *memoryFile) Close() error {
	f.of.mutex.Lock()
	defer f.of.mutex.Unlock()
	f.of.files[f.name] = f.Bytes()
	return nil
}

func written(t *testing.T, r *calc.Result) map[string][]byte {
	t.Helper()
	set := &memory{files: map[string][]byte{}}
	if err := report.Write(context.Background(), r, set, report.Options{Words: wording.English(), Paper: "A4"}); err != nil {
		t.Fatal(err)
	}
	return set.files
}

// awkward makes what lists have been apart about: a claim without a fund, a fund
// that is claimed in full, an overdrawn one, one that is negative in its
// currency, one that holds nothing, and claims that were approved, are in review
// or wait for the partner.
func awkward(t *testing.T) *calc.Result {
	t.Helper()
	const program = "CSP Indirect Reseller"
	var rows []sample.Row
	earn := func(participant, kind, date, currency, amount, usd string) {
		rows = append(rows, sample.Row{ID: "E" + decimal.New(int64(len(rows)), 0).String(), Participant: participant, Name: "Partner " + participant, Program: program,
			Type: kind, Date: date, Currency: currency, Amount: amount, USD: usd})
	}
	earn("P1", "Coop", "2020-03-31", "USD", "5000.005", "5000.005")
	earn("P1", "Rebate", "2020-04-30", "USD", "7500.005", "7500.005")
	earn("P2", "Coop", "2020-03-31", "USD", "6000.00", "6000.00") // claimed in full
	earn("P3", "Coop", "2020-03-31", "USD", "4500.00", "4500.00") // overdrawn
	earn("P4", "Coop", "2020-02-29", "EUR", "-50.00", "-10.00")   // negative in EUR
	earn("P4", "Coop", "2020-03-31", "EUR", "40.00", "4400.00")
	earn("P5", "Coop", "2019-03-31", "USD", "4800.00", "4800.00") // closed
	earn("P6", "Rebate", "2020-03-31", "USD", "10.00", "10.00")   // has a claim without a fund
	earn("P1", "Coop", "2020-08-31", "USD", "100.00", "100.00")

	register := &calc.Source{File: "claims.xlsx", SHA256: strings.Repeat("7", 64), Receipt: 2, Kind: calc.KindClaims, Sheets: []string{"Claims"}, HasRegister: true}
	usage, err := calc.ParsePeriod("FY21H1")
	if err != nil {
		t.Fatal(err)
	}
	claim := func(id, participant string, usage calc.EarningPeriod, status calc.ClaimStatus, amount string) {
		terms := calc.ClaimTerms{ID: id, Participant: participant, Program: program, Usage: usage, Activity: "Digital advertising", Currency: "USD",
			Amount: decimal.RequireFromString(amount), Status: status, ActivityStart: usage.Start(), ActivityEnd: usage.Start().AddDays(20)}
		if status != calc.ClaimEditing {
			terms.Submitted = sample.Day("2020-10-27")
		}
		register.Register = append(register.Register, calc.ClaimRow{ClaimTerms: terms, Place: calc.Place{File: register.File, Sheet: "Claims", Row: len(register.Register) + 2}})
	}
	claim("C-APPROVED", "P1", usage, calc.ClaimApproved, "500.00")
	claim("C-REVIEW", "P1", usage, calc.ClaimInReview, "700.00")
	claim("C-DRAFT", "P1", usage, calc.ClaimEditing, "300.00")
	claim("C-WHOLE", "P2", usage, calc.ClaimPaid, "6000.00")
	claim("C-OVER", "P3", usage, calc.ClaimInReview, "4600.00")
	claim("C-ASKED", "P6", usage.Next().Next(), calc.ClaimActionRequired, "50.00")
	return sample.Calculate(t, sample.Earnings("a.csv", rows...), register)
}

// sheet reads a workbook's table by its headings.
func sheet(t *testing.T, file []byte, name string) []map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return byHead(rows[3], rows[4:])
}

func byHead(heads []string, rows [][]string) []map[string]string {
	var list []map[string]string
	for _, row := range rows {
		if len(row) == 0 {
			break // notes follow
		}
		cells := map[string]string{}
		for i, cell := range row {
			if i < len(heads) {
				cells[heads[i]] = cell
			}
		}
		list = append(list, cells)
	}
	return list
}

func lines(t *testing.T, file []byte) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return byHead(rows[0], rows[1:])
}

var (
	stream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	shown  = regexp.MustCompile(`(?s)\(((?:[^\\()]|\\.)*)\) Tj`)
	tag    = regexp.MustCompile(`<[^>]*>`)
)

// pdfText returns the words of a PDF whose text is all in simple faces.
func pdfText(t *testing.T, file []byte) string {
	t.Helper()
	var words []string
	for _, m := range stream.FindAllSubmatch(file, -1) {
		z, err := zlib.NewReader(bytes.NewReader(m[1]))
		if err != nil {
			continue // a font
		}
		page, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range shown.FindAllSubmatch(page, -1) {
			text, err := charmap.Windows1252.NewDecoder().Bytes(s[1])
			if err != nil {
				t.Fatal(err)
			}
			words = append(words, strings.NewReplacer(`\(`, "(", `\)`, ")", `\\`, `\`, "\ufffd", wording.Minus).Replace(string(text)))
		}
	}
	return strings.Join(words, " ")
}

func squeezed(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), " ")
}

// TestSameTasksEverywhere: what is to be done is the same list in every format.
func TestSameTasksEverywhere(t *testing.T) {
	r := awkward(t)
	files := written(t, r)
	words := wording.English()
	var want []string
	for _, task := range lists.ToDo(r) {
		want = append(want, words.Task(task).Headline)
	}
	if len(want) != 6 { // four funds, of which one is claimed in full and one overdrawn; a draft, and a claim without a fund
		t.Fatalf("tasks %q", want)
	}
	var got []string
	for _, row := range sheet(t, files["summary.xlsx"], "To do") {
		if row["What to do"] != "" { // not the total
			got = append(got, row["What to do"])
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("summary.xlsx:\n%q, want\n%q", got, want)
	}
	dated := 0
	for _, e := range lists.Events(r) {
		if e.Occasion == lists.LastDay || e.Occasion == lists.Waiting || e.Occasion == lists.Held {
			dated++
		}
	}
	settled := slices.IndexFunc(r.Balances(), func(b *calc.Balance) bool { return lists.OutcomeOf(b) == lists.ClaimedInFull }) >= 0
	if !settled || dated != len(want)-1 { // what is claimed in full needs nothing more
		t.Errorf("deadlines.ics has %d of the %d tasks", dated, len(want))
	}
	page, _, _ := strings.Cut(string(files["index.html"]), `<section id="funds"`)
	summary := squeezed(pdfText(t, files["summary.pdf"]))
	for _, headline := range want {
		if !strings.Contains(squeezed(page), "<h3>"+squeezed(headline)+"</h3>") {
			t.Errorf("index.html has no task %q", headline)
		}
		if first := strings.Join(strings.Fields(headline)[:3], " "); !strings.Contains(summary, first) {
			t.Errorf("summary.pdf has no task %q", headline)
		}
	}
	if n := strings.Count(page, "<h3>"); n != len(want) {
		t.Errorf("index.html has %d tasks, want %d", n, len(want))
	}
}

// TestSameClaimsEverywhere: each claim, also one without a fund, is in the
// documents of its partner and of the portfolio, with the same next step.
func TestSameClaimsEverywhere(t *testing.T) {
	r := awkward(t)
	files := written(t, r)
	words := wording.English()
	steps := 0
	for _, c := range r.Claims {
		step := words.NextStep(c)
		if step != "" {
			steps++
		}
		path := "partners/" + c.Participant + "/" + c.ProgramName
		for _, name := range []string{"summary.xlsx", path + ".xlsx"} {
			i := slices.IndexFunc(sheet(t, files[name], "Claims"), func(row map[string]string) bool { return row["Claim"] == c.ID })
			if i < 0 {
				t.Errorf("%s lacks claim %s", name, c.ID)
			} else if got := sheet(t, files[name], "Claims")[i]["Next step"]; got != step {
				t.Errorf("%s: next step of %s is %q, want %q", name, c.ID, got, step)
			}
		}
		if text := pdfText(t, files[path+".pdf"]); !strings.Contains(text, c.ID) || step != "" && !strings.Contains(text, strings.Fields(step)[0]) {
			t.Errorf("the statement lacks claim %s or its step %q", c.ID, step)
		}
		_, page, _ := strings.Cut(string(files["index.html"]), `<section id="claims"`)
		if row := regexp.MustCompile(`<tr><th scope="row">[^\n]*` + c.ID + `[^\n]*`).FindString(page); row == "" || !strings.Contains(squeezed(tag.ReplaceAllString(row, " ")), squeezed(step)) {
			t.Errorf("index.html lacks claim %s or its step %q: %s", c.ID, step, row)
		}
		if !slices.ContainsFunc(lines(t, files["claims.csv"]), func(row map[string]string) bool { return row["claim_id"] == c.ID }) {
			t.Errorf("claims.csv lacks claim %s", c.ID)
		}
	}
	if len(r.Claims) != 6 || steps < 4 {
		t.Errorf("%d claims, %d of them with a next step", len(r.Claims), steps)
	}
}

// TestFiguresTie follows the figures of balances.csv to the other files and
// pages that have them.
func TestFiguresTie(t *testing.T) {
	for name, r := range map[string]*calc.Result{"awkward": awkward(t), "portfolio": sample.Portfolio(t)} {
		files := written(t, r)
		sum := func(rows []map[string]string, head string) decimal.Decimal {
			var total decimal.Decimal
			for _, row := range rows {
				if row[head] != "" && row[""] != "Total" {
					total = total.Add(decimal.RequireFromString(row[head]))
				}
			}
			return total
		}
		total := func(rows []map[string]string, head string) decimal.Decimal {
			if last := rows[len(rows)-1][head]; last != "" {
				return decimal.RequireFromString(last)
			}
			return decimal.Zero
		}
		balances := lines(t, files["balances.csv"])
		summary := pdfText(t, files["summary.pdf"])
		for column, heads := range map[string][2]string{"rebate_usd": {"Rebate (USD)", "Rebate"}, "coop_usd": {"Co-op (USD)", "Co-op"}} {
			want := sum(balances, column)
			for where, got := range map[string]decimal.Decimal{
				"summary.xlsx, portfolio": total(sheet(t, files["summary.xlsx"], "Portfolio"), heads[0]),
				"summary.xlsx, months":    total(sheet(t, files["summary.xlsx"], "Months"), heads[1]),
			} {
				if !got.Equal(want) {
					t.Errorf("%s: %s: %s, balances.csv has %s of %s", name, where, got, want, column)
				}
			}
			if !strings.Contains(summary, wording.English().Money(want)) {
				t.Errorf("%s: summary.pdf does not have %s of %s", name, want, column)
			}
		}
		if got, want := total(sheet(t, files["summary.xlsx"], "States"), "Co-op (USD)"), sum(balances, "coop_usd"); !got.Equal(want) {
			t.Errorf("%s: funds by state come to %s, want %s", name, got, want)
		}
		for _, s := range r.Statements {
			path := "partners/" + s.Participant + "/" + s.Program
			text := pdfText(t, files[path+".pdf"])
			of := func(rows []map[string]string) []map[string]string {
				return slices.DeleteFunc(slices.Clone(rows), func(row map[string]string) bool { return row["participant_id"] != s.Participant })
			}
			want := sum(of(balances), "coop_usd")
			if got := total(sheet(t, files[path+".xlsx"], "Summary"), "Co-op (USD)"); !got.Equal(want) {
				t.Errorf("%s: %s.xlsx has %s of co-op, want %s", name, path, got, want)
			}
			for _, row := range of(balances) {
				for _, column := range []string{"coop_usd", "rebate_usd", "coop_fund", "remaining_fund"} {
					if amount := row[column]; amount != "" && !strings.Contains(text, wording.English().Money(decimal.RequireFromString(amount))) {
						t.Errorf("%s: %s.pdf does not have %s, %s of %s", name, path, amount, column, row["earning_period"])
					}
				}
			}
			for _, row := range of(lines(t, files["rollforward.csv"])) {
				if !strings.Contains(text, wording.English().Money(decimal.RequireFromString(row["closing"]))) {
					t.Errorf("%s: %s.pdf does not have the closing %s of %s", name, path, row["closing"], row["earning_period"])
				}
			}
		}
	}
}

// TestSealedEverywhere: where figures are compared with a sealed set, every
// document says who sealed it and when, and which figure is which.
func TestSealedEverywhere(t *testing.T) {
	r := awkward(t)
	last := calc.LastSet{AsOf: r.AsOf.AddDays(-31), SealedBy: "Adele Vance", SealedOn: r.AsOf.AddDays(-20)}
	r.Last = &last
	since := calc.Since{AsOf: last.AsOf, CoOpMoved: decimal.New(1, 0)}
	for _, b := range r.Balances() {
		b.Since = &since
	}
	var statement string
	for name := range written(t, r) {
		if strings.HasPrefix(name, "partners/") && strings.HasSuffix(name, ".pdf") {
			statement = max(statement, name)
		}
	}
	for _, sealed := range []bool{false, true} {
		last.Sealed = sealed
		files := written(t, r)
		signed := wording.English().T("The statement of %s was sealed by %s on %s.", wording.English().Date(last.AsOf), "Adele Vance", wording.English().Date(last.SealedOn))
		texts := map[string]string{
			"index.html": squeezed(string(files["index.html"])), "summary.pdf": squeezed(pdfText(t, files["summary.pdf"])), statement: squeezed(pdfText(t, files[statement])),
		}
		for name, text := range texts {
			if got := strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(signed, " ", "")); got != sealed {
				t.Errorf("%s, sealed %v: says %v who sealed the set", name, sealed, got)
			}
		}
		if got := strings.Contains(texts["index.html"], "Co-op as sealed</th>"); got != sealed {
			t.Errorf("index.html, sealed %v: says %v which figure was sealed", sealed, got)
		}
		for _, c := range []struct{ sheet, head string }{{"Changes", "Co-op as sealed (USD)"}, {"Roll-forward", "Closing, as known now"}} {
			if _, got := sheet(t, files["summary.xlsx"], c.sheet)[0][c.head]; got != sealed {
				t.Errorf("summary.xlsx, sealed %v: %s has %v the column %q", sealed, c.sheet, got, c.head)
			}
		}
	}
}

// TestLeftOut: a list that the summary cuts names the sheet that has the rest, and the
// workbook has that sheet with more rows.
func TestLeftOut(t *testing.T) {
	var rows []sample.Row
	for i := range 100 {
		id := decimal.New(int64(4400000+i), 0).String()
		rows = append(rows, sample.Row{ID: "E" + id, Participant: id, Name: "Partner " + id, Program: "CSP Indirect Reseller", Type: "Coop", Date: "2020-03-31", Currency: "USD", Amount: "5000", USD: "5000"})
	}
	files := written(t, sample.Calculate(t, sample.Earnings("many.csv", rows...)))
	found := regexp.MustCompile(`and (\d+) more in summary\.xlsx, sheet To do`).FindStringSubmatch(squeezed(pdfText(t, files["summary.pdf"])))
	if found == nil {
		t.Fatal("summary.pdf does not say where the rest of its tasks is")
	}
	if n := len(sheet(t, files["summary.xlsx"], "To do")); n < 100 {
		t.Errorf("the sheet has %d rows", n)
	}
}
