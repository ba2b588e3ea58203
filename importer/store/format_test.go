package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"testing"

	"cspcoop/calc"
)

// What importer.Read makes of the fixtures in the present format.
const (
	fixturesFormat = 13
	fixturesSum    = "6f03d69388f99f68ee367a7f81d7533237c3791a9bc3a549239023e77d806d44"
)

// TestFormatGoesUp notices that files are read differently than before. What was
// kept before must then not be believed any more.
func TestFormatGoesUp(t *testing.T) {
	t.Parallel()
	sum := sha256.New()
	sources := fixtures(t, options(t))
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		if src := sources[name]; !heldBack(src) {
			fmt.Fprintln(sum, name)
			dump(sum, src)
		}
	}
	got := hex.EncodeToString(sum.Sum(nil))
	switch {
	case got != fixturesSum && Format == fixturesFormat:
		t.Errorf("the fixtures are read differently than in format %d: raise it, and put the new format and %s into this test", Format, got)
	case got != fixturesSum || Format != fixturesFormat:
		t.Errorf("put format %d and %s into this test", Format, got)
	}
}

// dump writes all that a source holds.
func dump(w io.Writer, src *calc.Source) {
	var findings []string
	for _, f := range src.Findings {
		findings = append(findings, fmt.Sprintf("{Severity:%s Code:%s Participant:%s Program:%s Period:%s Earning:%s Place:%+v Message:%s}",
			f.Severity(), f.Code(), f.Participant(), f.Program(), f.Period(), f.Earning(), f.Place(), f.Message()))
	}
	fmt.Fprintf(w, "%s %q %+v %s\n", src.Kind, src.Sheets, src.Totals, findings)
	type account struct {
		Participant, Country, Program string
		ProgramKey                    calc.ProgramKey
	}
	type incentive struct{ Engagement, Lever string }
	type role struct {
		Type       string
		Kind       calc.Kind
		ReasonCode string
		Reason     calc.Reason
		Currency   string
	}
	for _, e := range src.Earnings.All() {
		fmt.Fprintf(w, "%d %d %+v %+v %+v %q %q %q\n", e.Sheet(), e.Row(), account{e.Participant(), e.Country(), e.Program(), e.ProgramKey()}, incentive{e.Engagement(), e.Lever()},
			role{e.Type(), e.Kind(), e.ReasonCode(), e.Reason(), e.Currency()}, e.PaymentStatus(), e.StatusText(), e.EstimatedMonth())
		fmt.Fprintf(w, "%q %s %+v %v %v %q %q\n", e.ID(), e.Date(), e.Calculated(), e.Amount().Decimal(), e.USD().Decimal(), e.ClaimID(), e.PaymentID())
		if e.Paid().IsGiven() {
			fmt.Fprintf(w, "%v %s\n", e.Paid().Amount.Decimal(), e.Paid().Currency)
		}
		if e.HasDetail() {
			for c := range calc.DetailColumns {
				fmt.Fprintf(w, "%q\n", e.Detail(c))
			}
		}
	}
}
