package html

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/calc/reconcile"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
)

var update = flag.Bool("update", false, "write the golden files")

func linksOf(r *calc.Result) Links {
	links := Links{Statements: map[*calc.Statement]string{}, Claims: map[*calc.Claim]string{}, Files: []string{"summary.pdf", "balances.csv"}}
	for _, s := range r.Statements {
		links.Statements[s] = "partners/" + s.Participant + "/" + s.Program
	}
	for _, c := range r.Claims {
		links.Claims[c] = "claims/" + c.ID + ".pdf"
	}
	return links
}

func write(t testing.TB, r *calc.Result, links Links) string {
	t.Helper()
	var got bytes.Buffer
	if err := Index(&got, r, wording.English(), links); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

func TestIndex(t *testing.T) {
	r := sample.Portfolio(t)
	got := write(t, r, linksOf(r))
	if *update {
		if err := os.WriteFile("testdata/index.html", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/index.html")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page changed; look at it, then run the test with -update")
	}
}

// TestLinks follows every address of a set with awkward names.
func TestLinks(t *testing.T) {
	r := sample.Portfolio(t)
	links := linksOf(r)
	const name = `a b/100% #1?x=y&"z"/Ünï:c`
	for s := range links.Statements {
		links.Statements[s] = name
	}
	found := map[string]bool{}
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(write(t, r, links), -1) {
		u, err := url.Parse(strings.NewReplacer("&amp;", "&", "&#34;", `"`, "&#43;", "+").Replace(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		if u.Scheme != "" || u.Host != "" || u.RawQuery != "" || strings.HasPrefix(u.Path, "/") {
			t.Errorf("%s leaves the set", m[1])
		}
		found[u.Path] = true
	}
	for _, want := range []string{name + ".pdf", name + ".xlsx", "claims/C-1004.pdf", "summary.pdf", "balances.csv"} {
		if !found[want] {
			t.Errorf("no link to %s", want)
		}
	}
}

// TestText: names stay text, and nothing hides in them.
func TestText(t *testing.T) {
	r := sample.Calculate(t, sample.Earnings(`<img src=x>.csv`, sample.Row{
		ID: "1", Participant: `"><script>alert(1)</script>`, Name: "</h3><script>alert(2)</script>\u202e", Program: "javascript:alert(3)", Type: "Coop",
		Date: "2020-01-31", Currency: "USD", Amount: "5000", USD: "5000"}))
	got := write(t, r, linksOf(r))
	if n := strings.Count(got, "<script"); n != 2 {
		t.Errorf("%d scripts, want the page's own two", n)
	}
	for _, bad := range []string{"<img", "\u202e", `href="javascript`} {
		if strings.Contains(got, bad) {
			t.Errorf("%q went through", bad)
		}
	}
	if !strings.Contains(got, "«U&#43;202E»") {
		t.Error("the override is not shown")
	}
}

// TestPolicy: what is between the tags is what the policy allows.
func TestPolicy(t *testing.T) {
	got := write(t, sample.Portfolio(t), Links{})
	blocks := regexp.MustCompile(`(?s)<(?:style|script)>(.*?)</(?:style|script)>`).FindAllStringSubmatch(got, -1)
	if len(blocks) != 3 {
		t.Fatalf("%d styles and scripts", len(blocks))
	}
	head, _, _ := strings.Cut(got, "<title>")
	for _, b := range blocks {
		if !strings.Contains(strings.ReplaceAll(head, "&#43;", "+"), strings.NewReplacer("'", "&#39;").Replace(hashOf(b[1]))) {
			t.Errorf("the policy does not allow %.60q", b[1])
		}
	}
	for _, bad := range []string{"http://", "https://", " style=", " onclick", "url("} {
		if strings.Contains(got, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

// The page says which set it is of, what of closed windows is lost, and has round
// amounts at the axis of its chart.
func TestHeadAndChart(t *testing.T) {
	r := sample.Portfolio(t)
	links := linksOf(r)
	links.Identity = "8f3c51aa09de"
	got := write(t, r, links)
	wants := []string{" · 8f3c51aa09de</p>"}
	lost := 0
	for _, s := range r.States() {
		if s.Forfeited.IsPositive() {
			lost++
			wants = append(wants, ", "+wording.English().T("%s forfeited", wording.English().Amount(s.Forfeited, "USD"))+"</dd>")
		}
	}
	if lost == 0 {
		t.Fatal("nothing is forfeited in the sample")
	}
	for _, want := range wants {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	ticks := regexp.MustCompile(`class="tick"[^>]*>([^<]*)<`).FindAllStringSubmatch(got, -1)
	if len(ticks) < 3 {
		t.Fatalf("%d amounts at the axis", len(ticks))
	}
	for _, m := range ticks {
		if m[1] != "0" && !strings.HasSuffix(m[1], "00") {
			t.Errorf("%q at the axis is not round", m[1])
		}
	}
}

func TestWithoutAnything(t *testing.T) {
	got := write(t, &calc.Result{AsOf: sample.AsOf}, Links{})
	for _, want := range []string{"Nothing has to be claimed.", "Nothing needs a person&#39;s eye."} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// compared makes a portfolio whose fund moved across the threshold since the
// last set.
func compared(t testing.TB) *calc.Result {
	t.Helper()
	r, err := reconcile.Calculate(calc.Input{
		AsOf: sample.AsOf, Policy: calc.DefaultPolicy(),
		Sources: []*calc.Source{sample.Earnings("a.csv", sample.Row{ID: "1", Participant: "P1", Name: "Litware", Program: "CSP Indirect Reseller",
			Type: "Coop", Date: "2020-03-31", Currency: "USD", Amount: "5000.00", USD: "5000.00"})},
		Last: &calc.LastSet{AsOf: sample.Day("2020-09-30"), Funds: []calc.FundState{{Participant: "P1", Program: "CSP Indirect Reseller",
			Period: calc.PeriodOf(sample.Day("2020-03-31")), Currency: "USD", Decision: calc.AutoPayout, Rule: "another", CoOp: decimal.New(3900, 0)}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestChanges: what moved since the last set is said, with both decisions.
func TestChanges(t *testing.T) {
	r := compared(t)
	got := write(t, r, linksOf(r))
	for _, want := range []string{
		"What changed since 30 September 2020", `<td class="n">3,900.00</td><td class="n">1,100.00</td><td class="n">5,000.00</td>`,
		"<td>Paid automatically</td><td><strong>Claim required</strong>, the rule changed</td>", "DECISION_CHANGED",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(write(t, sample.Portfolio(t), Links{}), "What changed") {
		t.Error("changes are shown where there is no earlier set")
	}
}

// TestGroups: findings stand once, under what they mean and what to do.
func TestGroups(t *testing.T) {
	r := sample.Portfolio(t)
	found := 0
	for _, g := range groups(r, wording.English()) {
		if g.Meaning == "" || strings.Contains(g.Meaning+g.Do, "`") || strings.EqualFold(g.Do, "nothing.") {
			t.Errorf("%s: %q, %q", g.Code, g.Meaning, g.Do)
		}
		for _, f := range g.Findings {
			if f.Code() != g.Code {
				t.Errorf("%s is under %s", f.Code(), g.Code)
			}
		}
		found += len(g.Findings)
	}
	want := 0
	for _, c := range lists.Causes(r.Statements, r.Findings) {
		want += c.Count
	}
	if found < want || want == 0 {
		t.Errorf("%d findings in groups, want %d", found, want)
	}
}

// many makes a portfolio of n funds, each of which must be claimed.
func many(t testing.TB, n int) *calc.Result {
	rows := make([]sample.Row, n)
	for i := range rows {
		rows[i] = sample.Row{ID: fmt.Sprint(i), Participant: fmt.Sprintf("P%05d", i), Name: fmt.Sprintf("Tailspin Söhne %d", i), Program: "CSP Indirect Reseller",
			Type: "Coop", Date: "2020-03-31", Currency: "USD", Amount: "5000.00", USD: "5000.00"}
	}
	return sample.Calculate(t, sample.Earnings("many.csv", rows...))
}

func BenchmarkIndex(b *testing.B) {
	r := many(b, 20_000)
	links := linksOf(r)
	for b.Loop() {
		if err := Index(io.Discard, r, wording.English(), links); err != nil {
			b.Fatal(err)
		}
	}
}

// full refuses every byte.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteError(t *testing.T) {
	if err := Index(full{}, sample.Portfolio(t), wording.English(), Links{}); err == nil {
		t.Error("a full disk went unnoticed")
	}
}
