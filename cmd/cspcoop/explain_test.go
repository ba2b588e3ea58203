package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/fixtures"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// TestExplainEveryFigure asks for every figure of the demo's balances, months
// and roll-forward. The parts sum to the figure, and every row behind them is
// found at its place in the archived original by a reader that shares nothing
// with the importer.
func TestExplainEveryFigure(t *testing.T) {
	samples, names := sampleFiles(t)
	dir := newWorkspace(t)
	for _, name := range names {
		dropSample(t, dir, samples, name)
	}
	mustRunTables(t, dir, "2021-07-31")
	mustRunTables(t, dir, fixtures.DemoAsOf)
	w, err := openWorkspace(dir)
	if err != nil {
		t.Fatal(err)
	}
	asOf, _ := calc.ParseDate(fixtures.DemoAsOf)
	archive, err := (&app{}).loadArchive(context.Background(), w, loading{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.calculate(asOf, archive)
	if err != nil {
		t.Fatal(err)
	}
	originals := originalReader{dir: filepath.Join(dir, "archive"), lines: map[string][]string{}}
	asked, found := 0, 0
	ask := func(q reconcile.Query) {
		t.Helper()
		x, err := reconcile.Explain(r, q)
		if err != nil {
			t.Errorf("%+v: %v", q, err)
			return
		}
		asked++
		var sum decimal.Decimal
		for _, p := range x.Parts {
			sum = sum.Add(p.Amount)
			for _, row := range p.Rows {
				found++
				if line := originals.row(t, row.Earning); !strings.Contains(line, row.ID()) {
					t.Errorf("%+v: %s is not in row %d of %s: %q", q, row.ID(), row.Row(), row.Source().File, line)
				}
			}
		}
		if !calc.Cents(sum).Equal(x.Value) {
			t.Errorf("%+v: parts add up to %s, the figure is %s", q, sum, x.Value)
		}
	}
	for _, s := range r.Statements {
		for _, b := range s.Balances {
			for _, figure := range reconcile.Figures() {
				if !slices.Contains([]string{"rebate", "coop", "other"}, figure) {
					ask(reconcile.Query{Participant: s.Participant, Program: s.Program, Period: b.Period, Figure: figure})
				}
			}
		}
		for _, m := range s.Months {
			for _, figure := range []string{"rebate", "coop", "other", "rebate_usd", "coop_usd", "other_usd"} {
				ask(reconcile.Query{Participant: s.Participant, Program: s.Program, Month: m.Month, Currency: m.Currency, Figure: figure})
			}
		}
	}
	if asked < 600 || found < 800 {
		t.Errorf("only %d figures with %d rows were asked for", asked, found)
	}
}

// originalReader finds rows in archived originals.
type originalReader struct {
	dir   string
	lines map[string][]string // by SHA-256: text lines, or sheet rows joined
}

func (o *originalReader) row(t *testing.T, e calc.Earning) string {
	t.Helper()
	key := e.Source().SHA256 + e.Place().Sheet
	if o.lines[key] == nil {
		content, err := os.ReadFile(filepath.Join(o.dir, e.Source().SHA256))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.HasPrefix(content, []byte("PK")) {
			o.lines[key] = sheetLines(t, content, e.Place().Sheet)
		} else {
			o.lines[key] = strings.Split(decoded(content), "\n")
		}
	}
	if n := int(e.Row()); n >= 1 && n <= len(o.lines[key]) {
		return o.lines[key][n-1]
	}
	return ""
}

func sheetLines(t *testing.T, content []byte, sheet string) []string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "\t"))
	}
	return lines
}

func decoded(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte{0xff, 0xfe}):
		content, _ = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(content)
	case !bytes.Equal(content, bytes.ToValidUTF8(content, nil)):
		content, _ = charmap.Windows1252.NewDecoder().Bytes(content)
	}
	return string(content)
}

func TestExplainCommand(t *testing.T) {
	samples, names := sampleFiles(t)
	dir := newWorkspace(t)
	for _, name := range names {
		dropSample(t, dir, samples, name)
	}
	mustRunTables(t, dir, fixtures.DemoAsOf)
	output := func(args ...string) []byte {
		var out, errs bytes.Buffer
		args = append(args, "--workspace", dir, "--as-of", fixtures.DemoAsOf)
		if got := run(context.Background(), args, strings.NewReader(""), &out, &errs); got != exitDone {
			t.Fatalf("%v: exit status %d: %s", args, got, errs.String())
		}
		return out.Bytes()
	}
	var x explained
	if err := json.Unmarshal(output("explain", "4400123", "csp 1t direct partner", "FY21H2", "--json"), &x); err != nil {
		t.Fatal(err)
	}
	if x.Value != "9098.95" || x.Currency != "USD" || len(x.Parts) == 0 {
		t.Errorf("explain gives %s %s of %d parts, want 9098.95 USD", x.Value, x.Currency, len(x.Parts))
	}
	if text := string(output("explain", "4400877", "--period", "FY21H2")); !strings.Contains(text, "4,000.00") {
		t.Errorf("explain says %s", text)
	}
	first, again := output("explain", "--sample", "20"), output("explain", "--sample", "20")
	rows := regexp.MustCompile(`(?m)^ {2,3}\d+  `).FindAll(first, -1) // a row goes on in lines that are indented further
	if !bytes.Equal(first, again) || len(rows) != 20 {
		t.Errorf("the sample is not 20 rows, the same each time:\n%s", first)
	}
	mustRun(t, exitUsage, "explain", "nobody", "--workspace", dir, "--as-of", fixtures.DemoAsOf)
	mustRun(t, exitUsage, "explain", "--workspace", dir, "--as-of", fixtures.DemoAsOf)
	mustRun(t, exitUsage, "explain", "4400123", "--figure", "nonsense", "--workspace", dir, "--as-of", fixtures.DemoAsOf)
}
