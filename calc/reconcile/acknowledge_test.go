package reconcile_test

import (
	"fmt"
	"strings"
	"testing"

	"cspcoop/calc"
)

// What an acknowledgement closes, of a forfeited fund and an unknown reason in
// two programs.
func TestAcknowledged(t *testing.T) {
	forfeited := coop("1", "2019-03-31", "5000")
	strange := coop("2", "2019-03-31", "5")
	strange.reason, strange.program = "Mystery", "Cloud Solution Bonus"
	claims := file{name: "claims", sha: "claims", register: true, claims: []claim{aClaim("CL-1", "Rejected", "USD", "100")}}
	period := calc.PeriodOf(day("2019-03-31"))
	for _, c := range []struct {
		name   string
		given  calc.Acknowledgement
		closed calc.Code // "" for none
	}{
		{"by code alone", calc.Acknowledgement{Code: calc.Forfeited}, calc.Forfeited},
		{"by all fields", calc.Acknowledgement{Code: calc.Forfeited, Participant: "4711", Program: "csp 2T  indirect reseller", Period: period}, calc.Forfeited},
		{"by earning", calc.Acknowledgement{Code: calc.UnknownReasonCode, Earning: "2"}, calc.UnknownReasonCode},
		{"on the as-of date", calc.Acknowledgement{Code: calc.Forfeited, On: day("2020-03-01")}, calc.Forfeited},
		{"of a claim", calc.Acknowledgement{Code: calc.RejectedForfeits, Participant: "4711"}, calc.RejectedForfeits},
		{"another participant", calc.Acknowledgement{Code: calc.Forfeited, Participant: "4712"}, ""},
		{"another program", calc.Acknowledgement{Code: calc.Forfeited, Program: "Cloud Solution Bonus"}, ""},
		{"another period", calc.Acknowledgement{Code: calc.Forfeited, Period: period.Next()}, ""},
		{"another earning", calc.Acknowledgement{Code: calc.UnknownReasonCode, Earning: "1"}, ""},
		{"another code", calc.Acknowledgement{Code: calc.NegativeBalance}, ""},
		{"itself", calc.Acknowledgement{Code: calc.AcknowledgedNothing}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := asOf("2020-03-01", export("a", forfeited, strange), claims).input()
			plain := calculateInput(t, in)
			c.given.By, c.given.Comment, c.given.Place = "A. Accountant", "known", calc.Place{File: "acknowledged.csv", Row: 2}
			in.Acknowledged = []calc.Acknowledgement{c.given}
			r := calculateInput(t, in)
			differ(t, c.name, figures(r), figures(plain))
			if c.closed == "" {
				if len(r.Closed) != 0 || findings(r, calc.AcknowledgedNothing) != 1 || len(r.Findings) != len(plain.Findings)+1 {
					t.Errorf("%s: closed %v, %d reports of it", c.name, r.Closed, findings(r, calc.AcknowledgedNothing))
				}
				return
			}
			if len(r.Closed) != 1 || r.Closed[0].Code() != c.closed || r.Closed[0].By != "A. Accountant" || r.Closed[0].Comment != "known" {
				t.Errorf("%s: closed %+v, want %s", c.name, r.Closed, c.closed)
			}
			if findings(plain, c.closed) != 1 || findings(r, c.closed) != 0 || len(r.Findings) != len(plain.Findings)-1 {
				t.Errorf("%s: %d findings are open of %d, %d with its code", c.name, len(r.Findings), len(plain.Findings), findings(r, c.closed))
			}
			open := fmt.Sprint(r.Statements[0].Findings, r.Statements[1].Findings)
			for _, claim := range r.Claims {
				open += fmt.Sprint(claim.Findings)
			}
			if is := fmt.Sprint(r.Closed[0].Finding); strings.Contains(open, is) {
				t.Errorf("%s: the statement or the claim still has %s", c.name, is)
			}
		})
	}
}

// An acknowledgement of tomorrow neither closes anything nor is reported; of two
// that match, both count and the first is named.
func TestAcknowledgedTwiceAndLater(t *testing.T) {
	in := asOf("2020-03-01", export("a", coop("1", "2019-03-31", "5000"))).input()
	in.Acknowledged = []calc.Acknowledgement{
		{Code: calc.Forfeited, By: "tomorrow", On: day("2020-03-02")},
		{Code: calc.Forfeited, By: "first", On: day("2020-02-28")},
		{Code: calc.Forfeited, By: "second", On: day("2020-02-20")},
		{Code: calc.NegativeBalance, By: "tomorrow", On: day("2020-03-02")},
	}
	r := calculateInput(t, in)
	if len(r.Closed) != 1 || r.Closed[0].By != "first" || r.Closed[0].On != day("2020-02-28") || findings(r, calc.AcknowledgedNothing) != 0 {
		t.Errorf("closed %+v, %d reports", r.Closed, findings(r, calc.AcknowledgedNothing))
	}
}
