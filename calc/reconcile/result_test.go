package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/calc/reconcile"
)

func TestEmptyArchive(t *testing.T) {
	for _, a := range []archive{asOf("2020-07-01"), asOf("2020-07-01", export("idle month")), asOf("2019-01-01", export("a", coop("1", "2020-01-31", "1")))} {
		r := a.calculate(t)
		if len(r.Balances()) != 0 || !r.Totals.Balanced || len(r.Statements) != 0 {
			t.Errorf("%d balances, balanced %v", len(r.Balances()), r.Totals.Balanced)
		}
	}
}

// A row that no part of the calculation accounts for fails the run.
func TestUnaccountedRowFailsTheRun(t *testing.T) {
	in := asOf("2020-07-01", export("a", coop("1", "2020-01-31", "1"))).input()
	in.Sources[0].Register = []calc.ClaimRow{{ClaimTerms: calc.ClaimTerms{ID: "CL-1"}}} // in a file that is no register
	if r, err := reconcile.Calculate(in); err == nil {
		t.Errorf("%v of %d rows are accounted for, and nobody minds", r.Totals.By, r.Totals.Rows)
	}
}

func TestStatementsAndBalancesAreSorted(t *testing.T) {
	row := func(participant, program, date string) line {
		l := coop(participant+program+date, date, "1")
		l.participant, l.program = participant, program
		return l
	}
	r := asOf("2020-12-31", export("a",
		row("9", "CSP Indirect Reseller", "2020-08-31"), row("10", "Zeta", "2020-01-31"), row("10", "CSP 1T Direct Partner", "2020-01-31"),
		row("9", "CSP Indirect Reseller", "2020-01-31"), row("9", "CSP 2T Indirect Provider", "2020-01-31"),
	)).calculate(t)
	var got string
	for _, b := range r.Balances() {
		got += fmt.Sprintln(b.Statement.Participant, b.Statement.Program, b.Period)
	}
	want := `10 CSP Direct Bill Partner FY20H2
10 Zeta FY20H2
9 CSP Indirect Provider FY20H2
9 CSP Indirect Reseller FY20H2
9 CSP Indirect Reseller FY21H1
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// The calendar leaves no month out, starts again with each earning period, and
// reaches to the end of one that is over.
func TestCalendar(t *testing.T) {
	const running = "2020-04 2.01 2.01; 2020-05 0.00 2.01; 2020-06 5.00 7.01; 2020-07 0.00 0.00; 2020-08 7.00 7.00; "
	const over = "2020-09 0.00 7.00; 2020-10 0.00 7.00; 2020-11 0.00 7.00; 2020-12 0.00 7.00; "
	for _, c := range []struct{ asOf, want, gaps string }{
		{"2020-08-31", running, "2020-05 2020-07"},
		{"2020-12-31", running, "2020-05 2020-07"},
		{"2021-01-01", running + over, "2020-05 2020-07 2020-09 to 2020-12"},
	} {
		t.Run(c.asOf, func(t *testing.T) {
			s := asOf(c.asOf, export("a", coop("1", "2020-04-30", "1.004"), coop("2", "2020-04-30", "1.004"), coop("3", "2020-06-30", "5"), coop("4", "2020-08-31", "7"))).calculate(t).Statements[0]
			var got string
			for _, m := range s.Calendar {
				got += fmt.Sprint(m.Month, " ", m.CoOp.StringFixed(2), " ", m.CoOpToDate.StringFixed(2), "; ")
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			var gaps []string
			for _, g := range lists.Gaps(s) {
				gaps = append(gaps, g.String())
			}
			if got := strings.Join(gaps, " "); got != c.gaps {
				t.Errorf("no rows for %s, want %s", got, c.gaps)
			}
		})
	}
}

func TestLeadingBalance(t *testing.T) {
	for _, c := range []struct{ name, asOf, want string }{
		{"the nearest deadline of two open funds", "2020-02-01", "FY19H2"},
		{"the open fund", "2020-02-15", "FY20H1"},
		{"what accrues, when nothing is open", "2020-08-20", "FY21H1"},
	} {
		lead := asOf(c.asOf, export("a", coop("1", "2019-03-31", "5000"), coop("2", "2019-08-31", "5000"), coop("3", "2020-02-01", "1"), coop("4", "2020-08-01", "1"))).
			calculate(t).Statements[0].Lead()
		if lead.Period.String() != c.want {
			t.Errorf("%s: %s, want %s", c.name, lead.Period, c.want)
		}
	}
}

func TestEntities(t *testing.T) {
	first, second, third := coop("1", "2020-01-31", "4000.01"), coop("2", "2020-01-31", "2"), coop("3", "2020-01-31", "4")
	second.participant, third.participant = "4712", "4713"
	in := asOf("2020-07-15", export("a", first, second, third)).input()
	in.Policy.Entities = []calc.EntityRule{{Name: "Contoso Holding", Participants: []string{"4712", "4711"}}, {Name: "Nobody", Participants: []string{"1"}}}
	r := calculateInput(t, in)
	var got string
	for _, e := range r.Entities {
		got += fmt.Sprint(e.Name, " ", len(e.Statements), " ", e.CoOp.StringFixed(2), " ", e.AtRiskUSD.StringFixed(2), "; ")
	}
	if want := "Contoso Holding 2 4002.01 4000.01;  1 4.00 0.00; "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Of payments that several reports have, one counts.
func TestPaymentsCountOnce(t *testing.T) {
	payment := calc.Payment{ID: "P-1", Participant: "4711", Program: "CSP Indirect Reseller", Date: day("2020-04-15"), Status: "Sent", Total: decimal.NewNullDecimal(money("10.0"))}
	same, other, later := payment, payment, payment
	same.Program, same.Total, same.Status = "CSP 2T Indirect Reseller", decimal.NewNullDecimal(money("10.00")), "SENT"
	other.Total = decimal.NewNullDecimal(money("10.01"))
	later.Date = day("2020-08-01")
	in := asOf("2020-07-15", export("a"), export("b")).input()
	in.Sources[0].Payments, in.Sources[1].Payments = []calc.Payment{payment}, []calc.Payment{same, other, later}
	r := calculateInput(t, in)
	if fates(r, "a") != [5]int{1, 0, 0, 0, 0} || fates(r, "b") != [5]int{1, 1, 0, 0, 1} {
		t.Errorf("%v and %v", fates(r, "a"), fates(r, "b"))
	}
}

// A statement names the files that its rows came from, counted or not.
func TestStatementsSources(t *testing.T) {
	old, newer, elsewhere := coop("1", "2020-01-31", "1"), coop("1", "2020-01-31", "2"), coop("2", "2020-01-31", "3")
	newer.calculated, elsewhere.participant = "2020-02-01", "4712"
	r := asOf("2020-07-15", export("a", old), export("b", newer, elsewhere), export("c", elsewhere)).calculate(t)
	var got string
	for _, s := range r.Statements {
		for _, share := range s.Sources {
			got += fmt.Sprint(s.Participant, " ", share.File, " ", share.Counted, "; ")
		}
	}
	if want := "4711 a 0; 4711 b 1; 4712 b 0; 4712 c 1; "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Findings of a file keep their place in it, under the file's name.
func TestFindingsOfTheImport(t *testing.T) {
	in := asOf("2020-07-15", export("a", coop("1", "2020-06-30", "1"))).input()
	hidden := calc.NewFinding(calc.Info, calc.HiddenRows, calc.Say("rows 3 to 5 are hidden"))
	in.Sources[0].Findings = []calc.Finding{hidden.At(calc.Place{File: "received as", Row: 3})}
	r := calculateInput(t, in)
	if len(r.Findings) != 1 || r.Findings[0].Place() != (calc.Place{File: "a", Row: 3}) {
		t.Errorf("%v", r.Findings)
	}
}

// Every statement has its part of the lists that cover all of them.
func TestStatementsHaveTheirPart(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, _ dice, a archive) {
		r := a.calculate(t)
		var movements, claims, otherwise, stray int
		for _, s := range r.Statements {
			movements += len(s.RollForward)
			otherwise += len(s.Otherwise)
			claims += len(s.Claims)
			for _, c := range s.Claims {
				if c.Participant != s.Participant || calc.KeyOfProgram(c.ProgramName) != calc.KeyOfProgram(s.Program) {
					t.Errorf("claim %s is with %s %s", c.ID, s.Participant, s.Program)
				}
			}
			for _, m := range s.RollForward {
				if m.Participant != s.Participant || m.Program != s.Program {
					t.Errorf("a movement of %s %s is with %s %s", m.Participant, m.Program, s.Participant, s.Program)
				}
			}
		}
		for _, c := range r.Claims {
			if !slices.ContainsFunc(r.Statements, func(s *calc.Statement) bool { return slices.Contains(s.Claims, c) }) {
				stray++
			}
		}
		if movements != len(r.RollForward) || otherwise != len(r.Otherwise) || claims+stray != len(r.Claims) {
			t.Errorf("statements have %d movements of %d, %d claims of %d, %d decisions of %d", movements, len(r.RollForward), claims, len(r.Claims), otherwise, len(r.Otherwise))
		}
	})
}
