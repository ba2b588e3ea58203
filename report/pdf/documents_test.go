package pdf

import (
	"bytes"
	"sync"
	"testing"

	"cspcoop/calc"
	"cspcoop/report/wording"
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
	r := northwind(t)
	letter := options
	letter.Paper = Letter
	documents := map[string]*document{
		"statement":        statementOf(t, r, r.Statements[0], options),
		"statement-letter": statementOf(t, r, r.Statements[0], letter),
		"claim":            claimOf(t, r, r.Claims[0], options),
		"draft":            claimOf(t, r, r.Claims[2], options),
		"summary":          summaryOf(t, r, options),
	}
	for name, d := range documents {
		t.Run(name, func(t *testing.T) {
			keep(t, name, d)
			checkPages(t, d)
			golden(t, name, d)
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
