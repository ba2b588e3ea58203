package reconcile

import (
	"testing"

	"cspcoop/calc"
)

// TestHandOut: a finding about a participant goes to its statements, also where
// it names none of their programs; the portfolio keeps every one.
func TestHandOut(t *testing.T) {
	about := func(participant, program string) calc.Finding {
		return calc.NewFinding(calc.Info, calc.NoRows, calc.Say("")).About(calc.Subject{Participant: participant, Program: program})
	}
	r := &calc.Result{
		Statements: []*calc.Statement{
			{Participant: "1", Program: "CSP Indirect Reseller"}, {Participant: "1", Program: "CSP Direct Bill Partner"}, {Participant: "2", Program: "CSP Indirect Reseller"},
		},
		Findings: []calc.Finding{
			about("1", "csp 2T indirect reseller"), // by an earlier name
			about("1", ""),
			about("1", "Hosting"), // not its own
			about("3", ""),        // without a statement
			{},
		},
	}
	handOut(r)
	for i, want := range []int{3, 2, 0} {
		if got := len(r.Statements[i].Findings); got != want {
			t.Errorf("%s, %s has %d findings, want %d", r.Statements[i].Participant, r.Statements[i].Program, got, want)
		}
	}
	if len(r.Findings) != 5 {
		t.Errorf("the portfolio has %d findings", len(r.Findings))
	}
}
