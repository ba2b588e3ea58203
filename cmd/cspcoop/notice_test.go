package main

import (
	"path/filepath"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/schedule"

	"github.com/shopspring/decimal"
)

// The subject of a notice says what matters: what has to be claimed by when, and
// the money at risk.
func TestNoticeSubject(t *testing.T) {
	day, err := calc.ParseDate("2020-02-14")
	if err != nil {
		t.Fatal(err)
	}
	s := &calc.Statement{Participant: "9", Program: "CSP Indirect Reseller"}
	for _, remaining := range []int64{20000, 1300, 0} { // the last one is claimed in full
		s.Balances = append(s.Balances, &calc.Balance{
			Statement: s, FundClaims: calc.FundClaims{Remaining: decimal.NewNullDecimal(decimal.New(remaining, 0))},
			Fund: calc.Fund{Decision: calc.ClaimRequired, Window: calc.WindowOpen, ClaimDeadline: day, FundCurrency: "USD", CoOpFund: decimal.New(20000, 0), Shares: calc.Shares{CoOp: decimal.New(20000, 0)}},
		})
	}
	r := &calc.Result{Statements: []*calc.Statement{s}}
	headline := nextDeadline(r)
	if want := "2 funds to claim by 14 Feb 2020, 21,300.00 USD at risk"; headline != want {
		t.Errorf("headline %q, want %q", headline, want)
	}
	s.Holds = []calc.Hold{{Statement: s, State: calc.PaymentStateOf("Pending tax invoice"), LastDay: day, Amount: calc.ScaledAmount(500, 0)}}
	r.Policy.Claims.WarnDays = []int{60}
	if got, want := nextDeadline(r), "2 funds to claim and 1 hold to resolve by 14 Feb 2020, 21,800.00 USD at risk"; got != want {
		t.Errorf("headline %q, want %q", got, want)
	}
	s.Balances = nil
	if got, want := nextDeadline(r), "1 hold to resolve by 14 Feb 2020, 500.00 USD at risk"; got != want {
		t.Errorf("headline %q, want %q", got, want)
	}
	if quiet := nextDeadline(&calc.Result{}); quiet != "" {
		t.Errorf("headline %q where nothing has to be claimed", quiet)
	}
	w := &workspace{}
	for summary, want := range map[string]string{
		headline + "\n\nAs of 31 January 2020\n": headline + "; statements as of ",
		"As of 31 January 2020\n":                "cspcoop: statements as of ",
	} {
		t.Run(want, func(t *testing.T) {
			run := schedule.Run{ID: "1", State: schedule.Done, Summary: summary}
			if got := w.notice(run).Subject; got != want+run.AsOf.String() {
				t.Errorf("subject %q, want %q", got, want)
			}
		})
	}
}

// A notice has the files of its set that the configuration lists, in that order, and
// none where it lists none; a failed run has no set.
func TestNoticeAttachments(t *testing.T) {
	for list, want := range map[string]string{
		"": "summary.pdf deadlines.ics",
		"[notice.smtp]\nattach = [\"exceptions.csv\", \"summary.xlsx\"]\n": "exceptions.csv summary.xlsx",
		"[notice.smtp]\nattach = []\n":                                     "",
	} {
		dir := scheduledWorkspace(t, list)
		w, err := openWorkspace(dir)
		if err != nil {
			t.Fatal(err)
		}
		run := schedule.Run{ID: "1", State: schedule.Done}
		var names []string
		for _, path := range w.notice(run).Attachments {
			if filepath.Dir(path) != filepath.Join(dir, "statements", run.AsOf.String()) {
				t.Errorf("%s is not in the set", path)
			}
			names = append(names, filepath.Base(path))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q attaches %q, want %q", list, got, want)
		}
		run.State = schedule.Failed
		if failed := w.notice(run); len(failed.Attachments) != 0 {
			t.Errorf("a failed run attaches %v", failed.Attachments)
		}
	}
}
