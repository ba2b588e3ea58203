package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
)

// Every documented payment status, with what it means for the money, whose turn
// it is, its finding and its advice.
func TestEveryPaymentStatus(t *testing.T) {
	const nobody, partner, microsoft = calc.NobodysTurn, calc.PartnersTurn, calc.MicrosoftsTurn
	for _, c := range []struct {
		status   string
		money    calc.PayStatus
		turn     calc.Turn
		code     calc.Code
		severity calc.Severity
		advice   string
	}{
		{"Unprocessed", calc.StatusWaiting, nobody, "", 0, "nothing"},
		{"Upcoming", calc.StatusWaiting, nobody, "", 0, "nothing"},
		{"In progress", calc.StatusWaiting, nobody, "", 0, "nothing"},
		{"Processed", calc.StatusWaiting, nobody, "", 0, "nothing"},
		{"Sent", calc.StatusPaid, nobody, "", 0, "nothing"},
		{"Pending tax invoice", calc.StatusWaiting, partner, calc.PaymentOnHold, calc.Warning, "correct the tax invoice"},
		{"Tax invoice under review", calc.StatusWaiting, microsoft, calc.PaymentOnHold, calc.Info, "wait for Microsoft's review"},
		{"Tax invoice rejected", calc.StatusFailed, partner, calc.PaymentFailed, calc.Warning, "new tax invoice"},
		{"Rejected during review", calc.StatusFailed, partner, calc.PaymentFailed, calc.Warning, "ask support"},
		{"Failed", calc.StatusFailed, microsoft, calc.PaymentFailed, calc.Warning, "ask Microsoft"},
		{"Reprocessing", calc.StatusFailed, microsoft, calc.PaymentReprocessing, calc.Info, "repeated payment"},
		{"Incorrect payment", calc.StatusFailed, microsoft, calc.PaymentIncorrect, calc.Info, "deduction"},
		{"Reversed", calc.StatusFailed, nobody, calc.PaymentFailed, calc.Warning, "next cycle"},
		{"Rejected", calc.StatusFailed, partner, calc.PaymentFailed, calc.Warning, "ask the bank"},
		{"Forfeited", calc.StatusLost, nobody, calc.PaymentForfeited, calc.Warning, "bank and tax profiles"},
		{"Escheated", calc.StatusLost, partner, calc.PaymentEscheated, calc.Warning, "unclaimed property"},
	} {
		t.Run(c.status, func(t *testing.T) {
			row := coop("E1", "2024-03-10", "70")
			row.typ, row.status, row.calculated = "Rebate", strings.ToUpper(c.status), "2024-04-05"
			r := asOf("2024-04-10", export("a.csv", row)).calculate(t)
			state := calc.PaymentStateOf(c.status)
			if state.Money != c.money || state.Turn != c.turn || !strings.Contains(state.Advice, c.advice) || state.Meaning == "" {
				t.Errorf("got %+v", *state)
			}
			if findings(r, calc.UnknownPaymentStatus) > 0 {
				t.Error("it is not known")
			}
			s := r.Statements[0]
			if paid := c.money == calc.StatusPaid; paid != (len(s.UnpaidBy) == 0) || !paid && (s.UnpaidBy[0].USD.String() != "70" || s.UnpaidBy[0].State != state) {
				t.Errorf("listed as unpaid: %+v", s.UnpaidBy)
			}
			if ages := s.Unpaid.Total.IsPositive(); ages != (c.money == calc.StatusWaiting || c.money == calc.StatusFailed) {
				t.Errorf("%s USD in the ageing", s.Unpaid.Total)
			}
			var found []calc.Finding
			for _, f := range r.Findings {
				if strings.HasPrefix(string(f.Code()), "PAYMENT_") {
					found = append(found, f)
				}
			}
			if c.code == "" {
				if len(found) > 0 {
					t.Errorf("found %v", found)
				}
				return
			}
			if len(found) != 1 || found[0].Code() != c.code || found[0].Severity() != c.severity ||
				!strings.Contains(found[0].Message(), c.status) || !strings.Contains(found[0].Message(), "70.00 USD") || !strings.Contains(found[0].Message(), c.advice) {
				t.Errorf("found %v", found)
			}
			if turn := found[0].Message(); strings.Contains(turn, "your turn") != (c.turn == partner) || strings.Contains(turn, "Microsoft's turn") != (c.turn == microsoft) {
				t.Errorf("whose turn is it: %s", turn)
			}
		})
	}
	if n := len(calc.PaymentStates()); n != 16 {
		t.Errorf("%d documented statuses, want 16", n)
	}
}

// A Payments report has the last word on a payment that it has; one that it dates
// later is still to come.
func TestPaymentsReportSpeaksForItsPayment(t *testing.T) {
	for _, c := range []struct {
		paid, status, want string
		failed             int
	}{
		{"2024-04-15", "Rejected", "Rejected", 1},
		{"2024-05-15", "Sent", "In progress", 0},
	} {
		t.Run(c.status, func(t *testing.T) {
			s, failed := paymentReported(t, c.paid, c.status)
			if len(s.UnpaidBy) != 1 || s.UnpaidBy[0].State.Name != c.want || !s.UnpaidBy[0].Rebate.Equal(s.Unpaid.Rebate) || !s.Unpaid.Rebate.Equal(money("700")) {
				t.Errorf("unpaid by status: %+v, by age: %s", s.UnpaidBy, s.Unpaid.Rebate)
			}
			if failed != c.failed {
				t.Errorf("%d findings of failed payments", failed)
			}
		})
	}
}

// paymentReported calculates a rebate whose payment a report dates and gives a status.
func paymentReported(t *testing.T, paid, status string) (s *calc.Statement, failed int) {
	t.Helper()
	row := coop("E1", "2024-03-10", "700")
	row.typ, row.status, row.calculated = "Rebate", "Sent", "2024-04-05"
	in := asOf("2024-05-01", export("a.csv", row)).input()
	each(&in, "", func(e *calc.EarningCells) { e.PaymentID = "P1" })
	in.Sources = append(in.Sources, &calc.Source{File: "pay.csv", SHA256: "pay", Kind: calc.KindPayments, Payments: []calc.Payment{{
		ID: "P1", Participant: row.participant, Program: row.program, Date: day(paid), Currency: "USD",
		Earned: maybe("700"), EarnedUSD: maybe("700"), Total: maybe("700"), Status: status,
	}}})
	r := calculateInput(t, in)
	return r.Statements[0], findings(r, calc.PaymentFailed)
}

// A hold is assumed to begin with the last export that does not show it, and can
// be resolved until day 180.
func TestHoldsLapse(t *testing.T) {
	const shown = "2024-02-05"
	before := coop("E1", "2024-01-20", "350")
	before.typ, before.status, before.calculated = "Rebate", "Upcoming", shown
	held := before
	held.status, held.calculated = "Pending tax invoice", "2024-03-05"
	for _, c := range []struct {
		days     int
		left     int
		deadline bool
		found    int
		severity calc.Severity
	}{
		{119, 61, false, 0, 0},
		{120, 60, true, 1, calc.Warning},
		{173, 7, true, 1, calc.Error},
		{179, 1, true, 1, calc.Error},
		{180, 0, true, 1, calc.Error},
		{181, -1, false, 1, calc.Warning},
	} {
		for _, from := range []struct {
			name, since string
			files       []file
		}{
			{"an export without the hold", shown, []file{export("a.csv", before), export("b.csv", held)}},
			{"only exports with the hold", held.date, []file{export("b.csv", held)}},
		} {
			t.Run(from.name+", day "+plus("2024-01-01", c.days)[5:], func(t *testing.T) {
				r := asOf(plus(from.since, c.days), from.files...).calculate(t)
				holds := r.Statements[0].Holds
				if len(holds) != 1 || holds[0].Since.String() != from.since || holds[0].LastDay.String() != plus(from.since, 180) ||
					holds[0].DaysLeft != c.left || holds[0].USD().String() != "350" || holds[0].Shown != (from.since == shown) {
					t.Fatalf("holds %+v", holds)
				}
				if got := r.Deadlines(); (len(got) == 1) != c.deadline || c.deadline && (got[0].Day != holds[0].LastDay || got[0].AtRisk.String() != "350" || got[0].DaysLeft != c.left) {
					t.Errorf("deadlines %+v", got)
				}
				if next := r.NextDeadline(); c.deadline && (next == nil || next.Day != holds[0].LastDay) {
					t.Errorf("the next deadline is %v", next)
				}
				n := 0
				for _, f := range r.Findings {
					if f.Code() != calc.PaymentLapses {
						continue
					}
					n++
					if f.Severity() != c.severity || !strings.Contains(f.Message(), holds[0].Since.Text()) || !strings.Contains(f.Message(), holds[0].LastDay.Text()) {
						t.Errorf("%s: %s", f.Severity(), f.Message())
					}
				}
				if n != c.found {
					t.Errorf("%d findings, want %d", n, c.found)
				}
			})
		}
	}
}

// What is owed to Microsoft is no money that lapses.
func TestHeldDebtDoesNotLapse(t *testing.T) {
	row := coop("E1", "2024-01-20", "-350")
	row.typ, row.status = "Rebate", "Pending tax invoice"
	r := asOf("2024-07-15", export("a.csv", row)).calculate(t)
	if len(r.Statements[0].Holds) != 0 || findings(r, calc.PaymentLapses) != 0 {
		t.Errorf("holds %+v, findings %v", r.Statements[0].Holds, r.Findings)
	}
}

// The days of a hold are configured.
func TestHoldDaysAreConfigured(t *testing.T) {
	row := coop("E1", "2024-01-20", "350")
	row.typ, row.status = "Rebate", "Tax invoice rejected"
	in := asOf("2024-02-01", export("a.csv", row)).input()
	in.Policy.HoldDays = 30
	if h := calculateInput(t, in).Statements[0].Holds; len(h) != 1 || h[0].LastDay.String() != "2024-02-19" {
		t.Errorf("holds %+v", h)
	}
}

// What the description of a status says of a hold decides whose turn it is and
// when the money lapses, like a status that says so itself.
func TestHoldsByDescription(t *testing.T) {
	before := coop("E1", "2024-01-20", "350")
	before.typ, before.status, before.calculated = "Rebate", "Upcoming", "2024-02-05"
	for _, reason := range calc.HoldReasons() {
		held := before
		held.statusText, held.calculated = reason.Name, "2024-03-05"
		for _, c := range []struct {
			days     int
			deadline bool
			found    int
			severity calc.Severity
		}{
			{119, false, 0, 0}, {120, true, 1, calc.Warning}, {173, true, 1, calc.Error}, {179, true, 1, calc.Error}, {180, true, 1, calc.Error}, {181, false, 1, calc.Warning},
		} {
			t.Run(fmt.Sprintf("%s, day %d", reason.Name, c.days), func(t *testing.T) {
				r := asOf(plus(before.calculated, c.days), export("a.csv", before), export("b.csv", held)).calculate(t)
				s := r.Statements[0]
				if len(s.Holds) != 1 || !s.Holds[0].Shown || s.Holds[0].Since.String() != before.calculated || s.Holds[0].DaysLeft != 180-c.days || s.Holds[0].USD().String() != "350" {
					t.Fatalf("holds %+v", s.Holds)
				}
				if len(s.UnpaidBy) != 1 || s.UnpaidBy[0].State.Turn != calc.PartnersTurn || s.UnpaidBy[0].State.Advice != reason.Advice {
					t.Errorf("unpaid by status: %+v", s.UnpaidBy)
				}
				if got := r.Deadlines(); (len(got) == 1) != c.deadline {
					t.Errorf("deadlines %+v", got)
				}
				n := 0
				for _, f := range r.Findings {
					switch f.Code() {
					case calc.PaymentLapses:
						n++
						if f.Severity() != c.severity || !strings.Contains(f.Message(), reason.Name) {
							t.Errorf("%s: %s", f.Severity(), f.Message())
						}
					case calc.PaymentOnHold:
						if f.Severity() != calc.Warning || !strings.Contains(f.Message(), "your turn: "+reason.Advice) {
							t.Errorf("%s: %s", f.Severity(), f.Message())
						}
					}
				}
				if n != c.found || findings(r, calc.PaymentOnHold) != 1 {
					t.Errorf("findings %v", r.Findings)
				}
				if len(s.Changes.Statuses) != 1 || s.Changes.Statuses[0].To != "Upcoming: "+reason.Name {
					t.Errorf("changes of status: %+v", s.Changes.Statuses)
				}
			})
		}
	}
}

// A Payments report reports a hold by its description too.
func TestPaymentsReportDescribesAHold(t *testing.T) {
	row := coop("E1", "2024-03-10", "700")
	row.typ, row.status, row.calculated = "Rebate", "Upcoming", "2024-04-05"
	in := asOf("2024-05-01", export("a.csv", row)).input()
	each(&in, "", func(e *calc.EarningCells) { e.PaymentID = "P1" })
	in.Sources = append(in.Sources, &calc.Source{File: "pay.csv", SHA256: "pay", Kind: calc.KindPayments, Payments: []calc.Payment{{
		ID: "P1", Participant: row.participant, Program: row.program, Date: day("2024-04-15"), Currency: "USD",
		Earned: maybe("700"), EarnedUSD: maybe("700"), Total: maybe("700"), Status: "Upcoming", StatusText: "Pending tax profile",
	}}})
	s := calculateInput(t, in).Statements[0]
	if len(s.UnpaidBy) != 1 || s.UnpaidBy[0].State.String() != "Upcoming: Pending tax profile" || len(s.Holds) != 1 {
		t.Errorf("unpaid by status: %+v, holds %+v", s.UnpaidBy, s.Holds)
	}
}

// A status and a description that mean different things are a finding, and the
// status counts.
func TestStatusContradicted(t *testing.T) {
	row := coop("E1", "2024-03-10", "700")
	row.typ, row.status, row.statusText, row.calculated = "Rebate", "Sent", "Pending tax profile", "2024-04-05"
	payment := calc.Payment{
		ID: "P1", Participant: row.participant, Program: row.program, Date: day("2024-04-15"), Currency: "USD",
		Earned: maybe("700"), EarnedUSD: maybe("700"), Total: maybe("700"), Status: "Sent", StatusText: "The payment was rejected by your bank.",
	}
	t.Run("earnings", func(t *testing.T) {
		r := asOf("2024-05-01", export("a.csv", row)).calculate(t)
		checkContradicted(t, r, "Pending tax profile", "700.00 USD")
		if len(r.Statements[0].Holds) > 0 || len(r.Statements[0].UnpaidBy) > 0 {
			t.Error("the description counted")
		}
	})
	t.Run("a payment", func(t *testing.T) {
		row.statusText = ""
		in := asOf("2024-05-01", export("a.csv", row)).input()
		each(&in, "", func(e *calc.EarningCells) { e.PaymentID = "P1" })
		in.Sources = append(in.Sources, &calc.Source{File: "pay.csv", SHA256: "pay", Kind: calc.KindPayments, Payments: []calc.Payment{payment}})
		r := calculateInput(t, in)
		checkContradicted(t, r, "rejected by your bank", "700.00 USD")
		if findings(r, calc.PaymentFailed) > 0 {
			t.Error("the description counted")
		}
	})
}

func checkContradicted(t *testing.T, r *calc.Result, says ...string) {
	t.Helper()
	var found []calc.Finding
	for _, f := range r.Findings {
		if f.Code() == calc.StatusContradicted {
			found = append(found, f)
		}
	}
	if len(found) != 1 || found[0].Severity() != calc.Warning || slices.ContainsFunc(says, func(s string) bool { return !strings.Contains(found[0].Message(), s) }) {
		t.Errorf("found %v", found)
	}
}
