package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
)

// lastSet gives what a result leaves for the next one to be compared with.
func lastSet(r *calc.Result) *calc.LastSet {
	set := &calc.LastSet{AsOf: r.AsOf, Booked: r.Booked}
	for _, b := range r.Balances() {
		set.Funds = append(set.Funds, b.State())
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
		for n := 1; n <= len(a.files); n++ {
			in := archive{asOf: date, files: a.files[:n], rules: a.rules, rates: a.rates, claimRowsEarn: a.claimRowsEarn, published: a.published}.input()
			in.Last = last
			r, err := reconcile.Calculate(in)
			if err != nil {
				t.Fatal(err)
			}
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
		first, err := reconcile.Calculate(in)
		if err != nil {
			t.Fatal(err)
		}
		in.Last = lastSet(first)
		again, err := reconcile.Calculate(in)
		if err != nil {
			t.Fatal(err)
		}
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
		r := asOf(c.asOf, c.files...).calculate(t)
		m := r.RollForward[0]
		v := m.Moved
		got := fmt.Sprint(v.Earned, " ", v.Adjusted, " ", v.Transferred, " ", v.PaidOut, " ", v.ClaimsPaid, " ", v.Forfeited, " = ", m.Closing,
			": ", m.ApprovedUnpaid, " ", m.InReview, " ", m.Planned, " ", m.Free)
		if got != c.want || len(r.RollForward) != 1 {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
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
		last := lastSet(asOf(c.thenAsOf, export("a", coop("1", "2019-03-31", c.then))).calculate(t))
		in := asOf("2019-08-15", export("a", coop("1", "2019-03-31", c.now))).input()
		in.Last = last
		r, err := reconcile.Calculate(in)
		if err != nil {
			t.Fatal(err)
		}
		if findings(r, calc.DecisionChanged) != c.flipped || findings(r, calc.BalanceChanged) != c.moved {
			t.Errorf("%s: %d decisions and %d balances changed, want %d and %d", c.name, findings(r, calc.DecisionChanged), findings(r, calc.BalanceChanged), c.flipped, c.moved)
		}
	}
}

// A fund whose earnings were all moved away closes at nothing.
func TestFundThatIsGone(t *testing.T) {
	last := lastSet(asOf("2019-07-15", export("a", coop("1", "2019-03-31", "5000"))).calculate(t))
	moved := coop("1", "2019-03-31", "5000")
	moved.participant, moved.calculated = "4712", "2019-07-20"
	in := asOf("2019-08-15", export("a", coop("1", "2019-03-31", "5000")), export("b", moved)).input()
	in.Last = last
	r, err := reconcile.Calculate(in)
	if err != nil {
		t.Fatal(err)
	}
	var got string
	for _, m := range r.RollForward {
		got += fmt.Sprint(m.Participant, " ", m.Opening, " ", m.Moved.Earned, " ", m.Closing, "; ")
	}
	if want := "4711 5000 -5000 0; 4712 0 5000 5000; "; got != want || findings(r, calc.FundGone) != 1 {
		t.Errorf("got  %s with %d warnings\nwant %s", got, findings(r, calc.FundGone), want)
	}
}
