package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
)

// lastSet returns what a result leaves for the next one to be compared with.
func lastSet(r *calc.Result) *calc.LastSet {
	set := &calc.LastSet{AsOf: r.AsOf, Booked: r.Booked}
	for _, b := range r.Balances() {
		set.Funds = append(set.Funds, b.State())
	}
	for _, c := range r.Claims {
		set.Claims = append(set.Claims, c.StateOf())
	}
	for _, h := range r.Lapsing() {
		set.Holds = append(set.Holds, h.StateOf())
	}
	for _, s := range r.Sources {
		set.Sources = append(set.Sources, s.SHA256)
	}
	return set
}

// Through any sequence of statements, while exports and registers keep coming
// in, each fund opens with what it closed with, movements lead from the one to
// the other, and the closing's parts sum to it.
func TestEveryFundRollsForward(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		var last *calc.LastSet
		closing := map[string]string{} // by fund and currency
		date := fmt.Sprintf("%d-01-15", d.year)
		c := chainOf(d, a)
		for range c.steps() {
			in := c.next(date).input()
			in.Last = last
			r := calculateInput(t, in)
			next := map[string]string{}
			for _, m := range r.RollForward {
				key := fmt.Sprint(m.Participant, " ", programOf(m.Program), " ", m.Period, " ", m.Currency)
				v := m.Moved
				sum := m.Opening.Add(v.Earned).Add(v.Adjusted).Add(v.Transferred).Sub(v.PaidOut).Sub(v.ClaimsPaid).Sub(v.Forfeited)
				if !sum.Equal(m.Closing) {
					t.Errorf("as of %s, %s: opening and movements give %s, the closing is %s", date, key, sum, m.Closing)
				}
				if parts := m.ApprovedUnpaid.Add(m.InReview).Add(m.Planned).Add(m.Free); !parts.Equal(m.Closing) {
					t.Errorf("as of %s, %s: parts sum to %s, the closing is %s", date, key, parts, m.Closing)
				}
				if was, known := closing[key]; known && was != m.Opening.StringFixed(2) || !known && !m.Opening.IsZero() {
					t.Errorf("as of %s, %s opens with %s and closed with %q", date, key, m.Opening.StringFixed(2), was)
				}
				next[key] = m.Closing.StringFixed(2)
			}
			last, closing = lastSet(r), next
			date = plus(date, 20+d.IntN(120))
		}
	})
}

// The same statement again moves nothing.
func TestNothingMovesTwice(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		in := a.input()
		first := calculateInput(t, in)
		in.Last = lastSet(first)
		again := calculateInput(t, in)
		differ(t, "with a last set", figures(again), figures(first))
		for _, m := range again.RollForward {
			if v := m.Moved; !v.Earned.IsZero() || !v.Adjusted.IsZero() || !v.Transferred.IsZero() || !v.PaidOut.IsZero() || !v.ClaimsPaid.IsZero() || !v.Forfeited.IsZero() {
				t.Errorf("%s %s %s moved by %+v", m.Participant, m.Program, m.Period, v)
			}
		}
		for _, code := range []calc.Code{calc.DecisionChanged, calc.BalanceChanged, calc.FundGone, calc.FundCurrencyChanged} {
			if n := findings(again, code); n != 0 {
				t.Errorf("%d findings of %s", n, code)
			}
		}
	})
}

// What became of a fund's co-op, one way out at a time.
func TestMovements(t *testing.T) {
	adjusted := coop("2", "2019-04-30", "-100")
	adjusted.reason = "Adjustment"
	rolled := coop("3", "2019-05-31", "50")
	rolled.reason = "Co-op Rollover"
	claims := func(list ...claim) file {
		return file{name: "claims", sha: "claims", register: true, claims: list}
	}
	paid, approved, review, draft := aClaim("CL-1", "Paid", "USD", "1000"), aClaim("CL-2", "Approved", "USD", "200"),
		aClaim("CL-3", "Disputed", "USD", "30"), aClaim("CL-4", "Editing", "USD", "4")
	draft.submitted = ""
	for _, c := range []struct {
		name  string
		asOf  string
		files []file
		want  string // earned adjusted transferred paid-out claims-paid forfeited = closing: approved, in review, planned, free
	}{
		{"accruing", "2019-06-30", []file{export("a", coop("1", "2019-03-31", "5000"), adjusted, rolled)}, "5000 -100 50 0 0 0 = 4950: 0 0 0 4950"},
		{"paid out", "2019-07-01", []file{export("a", coop("1", "2019-03-31", "4100"), adjusted, rolled)}, "4100 -100 50 4050 0 0 = 0: 0 0 0 0"},
		{"negative", "2019-07-01", []file{export("a", coop("1", "2019-03-31", "-5"))}, "-5 0 0 0 0 0 = -5: 0 0 0 -5"},
		{"claimed", "2019-12-31", []file{export("a", coop("1", "2019-03-31", "5000")), claims(paid, approved, review, draft)}, "5000 0 0 0 1000 0 = 4000: 200 30 4 3766"},
		{"forfeited", "2020-02-15", []file{export("a", coop("1", "2019-03-31", "5000")), claims(paid, approved, review, draft)}, "5000 0 0 0 1000 3770 = 230: 200 30 0 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf(c.asOf, c.files...).calculate(t)
			m := r.RollForward[0]
			v := m.Moved
			got := fmt.Sprint(v.Earned, " ", v.Adjusted, " ", v.Transferred, " ", v.PaidOut, " ", v.ClaimsPaid, " ", v.Forfeited, " = ", m.Closing,
				": ", m.ApprovedUnpaid, " ", m.InReview, " ", m.Planned, " ", m.Free)
			if got != c.want || len(r.RollForward) != 1 {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		})
	}
}

func TestChangesSinceTheLastSet(t *testing.T) {
	for _, c := range []struct {
		name           string
		then, now      string // co-op of January–June 2019
		thenAsOf       string
		flipped, moved int
	}{
		{"over the threshold", "4000.00", "4000.01", "2019-07-15", 1, 0},
		{"a cent below it", "3999.99", "4000.00", "2019-07-15", 0, 1},
		{"below zero", "0", "-0.01", "2019-07-15", 1, 0},
		{"unchanged", "5000", "5000.004", "2019-07-15", 0, 0},
		{"the period ended since", "5000", "6000", "2019-06-30", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			last := lastSet(asOf(c.thenAsOf, export("a", coop("1", "2019-03-31", c.then))).calculate(t))
			in := asOf("2019-08-15", export("a", coop("1", "2019-03-31", c.now))).input()
			in.Last = last
			r := calculateInput(t, in)
			if findings(r, calc.DecisionChanged) != c.flipped || findings(r, calc.BalanceChanged) != c.moved {
				t.Errorf("%s: %d decisions and %d balances changed, want %d and %d", c.name, findings(r, calc.DecisionChanged), findings(r, calc.BalanceChanged), c.flipped, c.moved)
			}
		})
	}
}

// What the last set said of a fund has the claim window of its day.
func TestStateThen(t *testing.T) {
	for thenAsOf, want := range map[string]calc.State{
		"2019-06-30": {Decision: calc.Accruing},
		"2019-07-15": {Decision: calc.ClaimRequired, Window: calc.WindowOpen},
		"2020-02-15": {Decision: calc.ClaimRequired, Window: calc.WindowClosed},
	} {
		t.Run(thenAsOf, func(t *testing.T) {
			last := lastSet(asOf(thenAsOf, export("a", coop("1", "2019-03-31", "5000"))).calculate(t))
			in := asOf("2020-02-28", export("a", coop("1", "2019-03-31", "5001"))).input()
			in.Last = last
			if got := calculateInput(t, in).Balances()[0].Since.State; got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

// A fund whose earnings were all moved away closes at nothing.
func TestFundThatIsGone(t *testing.T) {
	last := lastSet(asOf("2019-07-15", export("a", coop("1", "2019-03-31", "5000"))).calculate(t))
	moved := coop("1", "2019-03-31", "5000")
	moved.participant, moved.calculated = "4712", "2019-07-20"
	in := asOf("2019-08-15", export("a", coop("1", "2019-03-31", "5000")), export("b", moved)).input()
	in.Last = last
	r := calculateInput(t, in)
	var got string
	for _, m := range r.RollForward {
		got += fmt.Sprint(m.Participant, " ", m.Opening, " ", m.Moved.Earned, " ", m.Closing, "; ")
	}
	if want := "4711 5000 -5000 0; 4712 0 5000 5000; "; got != want || findings(r, calc.FundGone) != 1 {
		t.Errorf("got  %s with %d warnings\nwant %s", got, findings(r, calc.FundGone), want)
	}
}

// A transfer of less than a cent does not change what was earned: earned and
// adjusted come to coop_usd, and the transfer takes what rounding leaves.
func TestSubCentTransfers(t *testing.T) {
	moved := coop("2", "2019-05-31", "-0.004")
	moved.reason = "Co-op Rollover"
	for _, c := range []struct{ earned, moved, want string }{
		{"5000.004", "0.004", "5000.00 0.01 = 5000.01"},
		{"5000.005", "-0.004", "5000.01 -0.01 = 5000.00"},
		{"5000.005", "-5000.005", "5000.01 -5000.01 = 0.00"},
		{"5000", "-0.004", "5000.00 0.00 = 5000.00"},
	} {
		t.Run(c.earned+" and "+c.moved, func(t *testing.T) {
			moved.amount, moved.usd = c.moved, c.moved
			r := asOf("2019-06-30", export("a", coop("1", "2019-03-31", c.earned), moved)).calculate(t)
			m := r.RollForward[0]
			if got := m.ToDate.Earned.StringFixed(2) + " " + m.ToDate.Transferred.StringFixed(2) + " = " + m.Closing.StringFixed(2); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if !m.ToDate.Earned.Equal(onlyBalance(t, r).CoOp) {
				t.Errorf("%s earned, %s decides", m.ToDate.Earned, onlyBalance(t, r).CoOp)
			}
			for _, figure := range []string{"earned", "transferred", "closing", "coop_fund"} {
				if _, err := reconcile.Explain(r, reconcile.Query{Participant: "4711", Period: m.Period, Figure: figure}); err != nil {
					t.Errorf("%s: %v", figure, err)
				}
			}
		})
	}
}

// A register never loses money in silence: what the last set had of a claim is
// compared with the register in force.
func TestClaimsSinceTheLastSet(t *testing.T) {
	for _, c := range []struct {
		then, now string // "" for none
		code      calc.Code
		says      string
	}{
		{"Paid", "", calc.ClaimVanished, `claim CL-1, 40.00 USD, was "Paid" in the statement of 31 Dec 2019 and is no longer in the claims register`},
		{"Submitted", "", calc.ClaimVanished, "claim CL-1, 40.00 USD"},
		{"Disputed", "", calc.ClaimVanished, "claim CL-1, 40.00 USD"},
		{"Paid", "Approved", calc.ClaimWentBack, `claim CL-1, 40.00 USD, was "Paid" in the statement of 31 Dec 2019 and is "Approved"`},
		{"Paid", "In review", calc.ClaimWentBack, "claim CL-1"},
		{"Approved", "Partner Action Required", calc.ClaimWentBack, "claim CL-1"},
		{"Submitted", "Editing", calc.ClaimWentBack, "claim CL-1"},
		{"Submitted", "Partner Action Required", "", ""},
		{"Partner Action Required", "Submitted", "", ""},
		{"Submitted", "Approved", "", ""},
		{"Approved", "Rejected", "", ""},
		{"Submitted", "Expired", "", ""},
		{"Editing", "", "", ""},
		{"Rejected", "", "", ""},
		{"Expired", "", "", ""},
	} {
		t.Run(c.then+" to "+c.now, func(t *testing.T) {
			last := lastSet(withClaims("2019-12-31", "USD", aClaim("CL-1", c.then, "USD", "40")).calculate(t))
			other := aClaim("CL-2", "Submitted", "USD", "1")
			list := []claim{other}
			if c.now != "" {
				list = append(list, aClaim("CL-1", c.now, "USD", "40"))
			}
			in := withClaims("2020-01-31", "USD", list...).input()
			in.Last = last
			r := calculateInput(t, in)
			var got []calc.Finding
			for _, f := range r.Findings {
				if f.Code() == calc.ClaimVanished || f.Code() == calc.ClaimWentBack {
					got = append(got, f)
				}
			}
			if c.code == "" {
				if len(got) > 0 {
					t.Errorf("%v", got)
				}
				return
			}
			if len(got) != 1 || got[0].Code() != c.code || !strings.Contains(got[0].Message(), c.says) || !got[0].BlocksSealing() || got[0].Participant() == "" {
				t.Fatalf("got %v, want %s", got, c.code)
			}
			if leading := calc.Leading(r.Findings); len(leading) != 1 || leading[0] != got[0] {
				t.Errorf("%v lead", leading)
			}
			in.Acknowledged = []calc.Acknowledgement{{Code: c.code, By: "A. Miller", On: in.AsOf}}
			if r = calculateInput(t, in); findings(r, c.code) != 0 {
				t.Error("acknowledged, it is still open")
			}
		})
	}
}

// A claim that became a draft again is reported after the last day to claim too, when
// the draft has expired.
func TestClaimsThatWentBackToExpiredDrafts(t *testing.T) {
	for _, then := range []string{"Submitted", "Disputed", "Approved", "Paid"} {
		t.Run(then, func(t *testing.T) {
			last := lastSet(withClaims("2020-01-31", "USD", aClaim("CL-1", then, "USD", "40")).calculate(t))
			in := withClaims("2020-02-29", "USD", aClaim("CL-1", "Editing", "USD", "40")).input()
			in.Last = last
			r := calculateInput(t, in)
			if findings(r, calc.DraftExpired) != 1 {
				t.Errorf("the draft has not expired: %v", r.Findings)
			}
			want := `in the statement of 31 Jan 2020 and is "Editing" in the claims register`
			if i := slices.IndexFunc(r.Findings, func(f calc.Finding) bool { return f.Code() == calc.ClaimWentBack }); i < 0 || !strings.Contains(r.Findings[i].Message(), want) {
				t.Errorf("no finding says %q: %v", want, r.Findings)
			}
		})
	}
}

// A register that was withdrawn takes its claims along.
func TestClaimsOfNoRegister(t *testing.T) {
	last := lastSet(withClaims("2019-12-31", "USD", aClaim("CL-1", "Paid", "USD", "40")).calculate(t))
	in := withClaims("2020-01-31", "USD").input()
	in.Last = last
	if found := findings(calculateInput(t, in), calc.ClaimVanished); found != 1 {
		t.Errorf("%d findings, want 1", found)
	}
}
