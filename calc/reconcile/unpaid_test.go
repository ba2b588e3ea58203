package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// waiting returns a rebate that is not paid.
func waiting(id, date, amount string) line {
	l := typed("Rebate", id, date, amount)
	l.status, l.calculated = "Unprocessed", "2020-12-31"
	return l
}

// Days count from the earning month's end: 2020-08-31.
func TestAgeing(t *testing.T) {
	for _, c := range []struct {
		asOf   string
		bucket int
	}{
		{"2020-08-31", 0}, {"2020-09-30", 0}, {"2020-10-01", 1}, {"2020-10-30", 1}, {"2020-10-31", 2}, {"2020-11-29", 2}, {"2020-11-30", 3}, {"2021-08-31", 3},
	} {
		t.Run(c.asOf, func(t *testing.T) {
			a := asOf(c.asOf, export("a", waiting("E1", "2020-08-05", "700"))).calculate(t).Statements[0].Unpaid
			for i, b := range a.Buckets {
				if b.IsZero() == (i == c.bucket) {
					t.Errorf("as of %s: %v", c.asOf, a.Buckets)
				}
			}
			if a.Total.String() != "700" || len(a.Rows) != 1 {
				t.Errorf("as of %s: %s in %d rows", c.asOf, a.Total, len(a.Rows))
			}
		})
	}
}

func TestRebateThatIsLate(t *testing.T) {
	status := func(l line, s string) line {
		l.status = s
		return l
	}
	stale := waiting("E1", "2020-08-31", "700")
	stale.calculated = "2020-11-29"
	rolled := waiting("E1", "2020-08-31", "700")
	rolled.reason = "Co-op Rollover"
	for _, c := range []struct {
		name, asOf string
		rows       []line
		late, held []string
	}{
		{"on the last day", "2020-11-29", []line{waiting("E1", "2020-08-31", "700")}, nil, nil},
		{"the day after", "2020-11-30", []line{waiting("E1", "2020-08-31", "700"), waiting("E2", "2020-10-31", "50")},
			[]string{"warning 4711 FY21H1 a/2: 700.00 USD of rebate from 1 earning is unpaid more than 90 days after its month, the oldest since Aug 2020; all that is unpaid, by age: 0-30 days 50.00, 31-60 days 0.00, 61-90 days 0.00, over 90 days 700.00 USD"}, nil},
		{"exports end too early to know", "2020-11-30", []line{stale}, nil, nil},
		{"exactly the minimum", "2020-11-30", []line{waiting("E1", "2020-08-31", "200")}, []string{"200.00 USD"}, nil},
		{"below the minimum", "2020-11-30", []line{waiting("E1", "2020-08-31", "199.99")}, nil, []string{"info 4711 FY21H1 a/2: 199.99 USD of rebate has been unpaid since Aug 2020, and is not late: Microsoft pays a program and type once 200.00 USD has accumulated"}},
		{"gathered too late", "2020-11-30", []line{waiting("E1", "2020-08-31", "150"), waiting("E2", "2020-09-30", "150")}, nil, []string{"150.00 USD"}},
		{"a clawback takes it below", "2020-11-30", []line{waiting("E1", "2020-08-31", "700"), waiting("E2", "2020-08-31", "-600")}, nil, []string{"100.00 USD"}},
		{"owed to Microsoft", "2020-11-30", []line{waiting("E1", "2020-08-31", "-700")}, nil, nil},
		{"sent", "2020-11-30", []line{status(waiting("E1", "2020-08-31", "700"), "Sent")}, nil, nil},
		{"no status: a plain sheet", "2020-11-30", []line{status(waiting("E1", "2020-08-31", "700"), "")}, nil, nil},
		{"a failed payment has its own finding", "2020-11-30", []line{status(waiting("E1", "2020-08-31", "700"), "Reversed")}, nil, nil},
		{"co-op turned into rebate", "2020-11-30", []line{rolled, coop("E2", "2020-08-31", "1")}, []string{"700.00 USD"}, nil},
		{"co-op is no rebate", "2020-11-30", []line{func() line { l := waiting("E1", "2020-08-31", "700"); l.typ = "Coop"; return l }()}, nil, nil},
	} {
		r := asOf(c.asOf, export("a", c.rows...)).calculate(t)
		expectFindings(t, c.name, r, calc.RebateLate, c.late...)
		expectFindings(t, c.name, r, calc.PaymentHeld, c.held...)
	}
	in := asOf("2020-10-01", export("a", waiting("E1", "2020-08-31", "700")))
	expectFindings(t, "as configured", in.change(t, func(in *calc.Input) { in.Policy.LateDays = 30 }), calc.RebateLate, "more than 30 days")
}

// All that is unpaid is in one bucket, and the rows of its rebate are all there.
func TestAgeingAddsUp(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		for _, s := range a.calculate(t).Statements {
			sum, rows := money("0"), money("0")
			for _, b := range s.Unpaid.Buckets {
				sum = sum.Add(b)
			}
			for _, e := range s.Unpaid.Rows {
				rows = rows.Add(e.USD().Decimal())
			}
			if !sum.Equal(s.Unpaid.Total) || !rows.Equal(s.Unpaid.Rebate) || !sum.Equal(s.Unpaid.Rebate.Add(s.Unpaid.NotSeen).Add(s.Unpaid.Payouts)) {
				t.Errorf("%s: buckets %s, rows %s, total %s", fmt.Sprint(s.Participant, " ", s.Program), sum, rows, s.Unpaid.Total)
			}
		}
	})
}

func TestAutomaticPayouts(t *testing.T) {
	earned := func(id, amount, status string) line {
		l := coop(id, "2020-03-31", amount)
		l.status, l.calculated = status, "2020-12-31"
		return l
	}
	rolled := func(amount, date string) line {
		l := coop("R"+date, date, amount)
		l.reason, l.status, l.calculated = "Co-op Rollover", "Unprocessed", "2020-08-15"
		return l
	}
	euro := earned("E2", "100", "Unprocessed")
	euro.currency, euro.usd = "EUR", "110"
	stale := earned("E1", "1000", "Unprocessed")
	stale.calculated = "2020-09-28"
	for _, c := range []struct {
		name, asOf string
		rows       []line
		state      calc.PayoutState
		missing    []string
		held       int
	}{
		{"paid", "2020-12-31", []line{earned("E1", "1000", "Sent")}, calc.PayoutArrived, nil, 0},
		{"rolled over", "2020-12-31", []line{earned("E1", "1000", "Unprocessed"), rolled("-1000", "2020-06-30")}, calc.PayoutArrived, nil, 0},
		{"half of each", "2020-12-31", []line{earned("E1", "600", "Sent"), earned("E2", "400", "Unprocessed"), rolled("-400", "2020-06-30")}, calc.PayoutArrived, nil, 0},
		{"rounding", "2020-12-31", []line{earned("E1", "1000.004", "Unprocessed"), rolled("-1000", "2020-06-30")}, calc.PayoutArrived, nil, 0},
		{"nothing came", "2020-12-31", []line{earned("E1", "1000", "Unprocessed")}, calc.PayoutMissing,
			[]string{"warning 4711 FY20H2 /0: 1,000.00 USD of co-op was released for payout after 30 Jun 2020, and by 28 Sep 2020 exports show 0.00 paid and 0.00 rolled over (Co-op Rollover): 1,000.00 USD is open"}, 0},
		{"part of it", "2020-12-31", []line{earned("E1", "1000", "Unprocessed"), rolled("-700", "2020-06-30")}, calc.PayoutMissing, []string{"700.00 rolled over (Co-op Rollover): 300.00 USD is open"}, 0},
		{"less than the minimum is open", "2020-12-31", []line{earned("E1", "1000", "Unprocessed"), rolled("-801", "2020-06-30")}, calc.PayoutHeld, nil, 1},
		{"its time is not over", "2020-09-28", []line{earned("E1", "1000", "Unprocessed")}, calc.PayoutPending, nil, 0},
		{"its time is over by a day", "2020-09-29", []line{earned("E1", "1000", "Unprocessed")}, calc.PayoutMissing, []string{"is open"}, 0},
		{"exports end too early to know", "2020-12-31", []line{stale}, calc.PayoutPending, nil, 0},
		{"gross earnings say nothing", "2020-12-31", []line{func() line { l := earned("E1", "1000", ""); l.typ = ""; return l }()}, calc.PayoutUnknown, nil, 0},
		{"no status says nothing", "2020-12-31", []line{earned("E1", "1000", "")}, calc.PayoutUnknown, nil, 0},
		{"reversed", "2020-12-31", []line{earned("E1", "1000", "Reversed")}, calc.PayoutMissing, []string{"is open"}, 0},
		{"several currencies, at another day's rate", "2020-12-31", []line{earned("E1", "1000", "Unprocessed"), euro, rolled("-1070", "2020-06-30")}, calc.PayoutArrived, nil, 0},
		{"several currencies, much less", "2020-12-31", []line{earned("E1", "1000", "Unprocessed"), euro, rolled("-800", "2020-06-30")}, calc.PayoutMissing, []string{"is open"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf(c.asOf, export("a", c.rows...)).calculate(t)
			expectFindings(t, c.name, r, calc.PayoutMissingCode, c.missing...)
			payouts := r.Statements[0].Payouts
			if len(payouts) != 1 || payouts[0].State != c.state || findings(r, calc.PaymentHeld) != c.held {
				t.Errorf("%s: %+v, want %d", c.name, payouts, c.state)
			}
		})
	}
	for name, rows := range map[string][]line{
		"to be claimed": {earned("E1", "4000.01", "Unprocessed")},
		"negative":      {earned("E1", "-1", "Unprocessed")},
		"nothing":       {earned("E1", "0", "Unprocessed")},
	} {
		if got := asOf("2020-12-31", export("a", rows...)).calculate(t).Statements[0].Payouts; len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Co-op that was released for payout and has not arrived is unpaid, less what
// claims took before.
func TestUnpaidPayouts(t *testing.T) {
	earned := coop("E1", "2019-03-31", "1000")
	earned.status, earned.calculated = "Upcoming", "2019-12-31"
	a := asOf("2019-12-31", export("a", earned),
		file{name: "claims", sha: "claims", register: true, claims: []claim{aClaim("CL-1", "Paid", "USD", "300")}})
	s := a.calculate(t).Statements[0]
	p := s.Payouts[0]
	if got := fmt.Sprint(p.Earned, " less ", p.Claimed, " leaves ", p.Open); got != "1000 less 300 leaves 700" {
		t.Error(got)
	}
	if u := s.Unpaid; u.Payouts.String() != "700" || u.Buckets[3].String() != "700" || u.Total.String() != "700" {
		t.Errorf("%+v", u)
	}
	if m := s.RollForward[0]; m.ToDate.PaidOut.String() != "700" || m.ToDate.ClaimsPaid.String() != "300" || !m.Closing.IsZero() {
		t.Errorf("%+v", m)
	}
}

// A period that must be claimed though a part of it was paid out before.
func TestPaidOutBeforeClaim(t *testing.T) {
	row := func(id, amount, status, reason string) line {
		l := coop(id, "2020-03-31", amount)
		l.status, l.reason, l.calculated = status, reason, "2020-09-15"
		return l
	}
	for _, c := range []struct {
		name string
		rows []line
		want []string
	}{
		{"paid out", []line{row("E1", "3900", "Sent", ""), row("E2", "200", "Unprocessed", "Adjustment")},
			[]string{"3,900.00 USD of 4,100.00 USD of co-op was paid out, before the period came to 4,100.00 USD, which must be claimed; Microsoft may ask for a claim of the difference of 200.00 USD: ask"}},
		{"rolled over", []line{row("E1", "4100", "Unprocessed", ""), row("R", "-3900", "Unprocessed", "Co-op Rollover")},
			[]string{"3,900.00 USD of 4,100.00 USD of co-op was rolled over on 15 Sep 2020"}},
		{"nothing came", []line{row("E1", "4100", "Unprocessed", "")}, nil},
		{"all of it is Sent", []line{row("E1", "4100", "Sent", "")}, nil},
		{"more than is paid out automatically", []line{row("E1", "4050", "Sent", ""), row("E2", "50", "Unprocessed", "")}, nil},
		{"paid automatically", []line{row("E1", "3900", "Sent", ""), row("E2", "100", "Unprocessed", "")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf("2020-12-31", export("a", c.rows...)).calculate(t)
			expectFindings(t, c.name, r, calc.PaidOutBeforeClaim, c.want...)
			if leading := calc.Leading(lists.ForAccountant(r.Statements[0].Findings)); len(leading) != len(c.want) {
				t.Errorf("%v lead", leading)
			}
		})
	}
}
