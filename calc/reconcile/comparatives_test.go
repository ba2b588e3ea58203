package reconcile_test

import (
	"fmt"
	"strings"
	"testing"

	"cspcoop/calc"
)

// comparativesInWords prints comparatives as period now | last | the months that both years have.
func comparativesInWords(list []calc.Comparative) string {
	shares := func(s calc.Shares) string { return fmt.Sprintf("%s %s %s", s.Rebate, s.CoOp, s.Other) }
	earlier := func(e *calc.Earlier) string {
		if e == nil {
			return "-"
		}
		return fmt.Sprintf("%s (%s)", shares(e.Shares), shares(e.Change))
	}
	var lines []string
	for _, c := range list {
		line := fmt.Sprintf("%s: %s | %s | ", c.Period, shares(c.Now), earlier(c.Last))
		if a := c.YearBefore; a == nil {
			line += "-"
		} else {
			line += fmt.Sprintf("%s to %s: %s beside %s", a.From, a.Until, shares(a.Now), earlier(&a.Earlier))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func rebate(id, date, amount string) line {
	l := coop(id, date, amount)
	l.typ = "Rebate"
	return l
}

// Every period is compared with the last set, and beside the same half of the year
// before: while it runs, beside as many months of it.
func TestComparatives(t *testing.T) {
	files := []file{export("a",
		coop("1", "2019-01-31", "10.005"), coop("2", "2019-02-28", "20"), coop("3", "2019-06-30", "400"), rebate("4", "2019-03-31", "7"),
		coop("5", "2019-09-30", "50"),
		coop("6", "2020-01-31", "11"), rebate("7", "2020-03-31", "6"))}
	a := asOf("2020-04-05", files...)
	a.files[0].rows[5].participant = "4400999" // another partner, who earns only now
	before := asOf("2019-08-01", files...).calculate(t)
	in := a.input()
	in.Last = lastSet(before)
	in.Last.Funds = append(in.Last.Funds, calc.FundState{Participant: "4400777", Program: "CSP Direct Partner", Period: periodOf(t, "FY18H1"), Currency: "USD", CoOp: money("3")})
	r := calculateInput(t, in)
	want := strings.Join([]string{
		"FY18H1: 0 0 0 | 0 3 0 (0 -3 0) | -",
		"FY19H2: 7 430.01 0 | 7 430.01 0 (0 0 0) | -",
		"FY20H1: 0 50 0 | - | -",
		"FY20H2: 6 11 0 | - | 2020-01 to 2020-03: 6 11 0 beside 7 30.01 0 (-1 -19.01 0)",
	}, "\n")
	if got := comparativesInWords(r.Comparatives); got != want {
		t.Errorf("portfolio:\n%s\nwant\n%s", got, want)
	}
	for _, s := range r.Statements {
		want := "FY20H2: 0 11 0 | - | -"
		if s.Participant != "4400999" {
			want = strings.Join([]string{
				"FY19H2: 7 430.01 0 | 7 430.01 0 (0 0 0) | -",
				"FY20H1: 0 50 0 | - | -",
				"FY20H2: 6 0 0 | - | 2020-01 to 2020-03: 6 0 0 beside 7 30.01 0 (-1 -30.01 0)",
			}, "\n")
		}
		if got := comparativesInWords(s.Comparatives); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", s.Participant, got, want)
		}
	}
}

// Months that only one of two years has are left out on both sides: of a file
// that begins in March, March to June are compared.
func TestComparativesAlike(t *testing.T) {
	r := asOf("2020-09-01", export("a",
		coop("1", "2019-03-31", "100"), coop("2", "2019-06-30", "50"), coop("3", "2020-01-31", "900"), coop("4", "2020-04-30", "120"))).calculate(t)
	want := "FY19H2: 0 150 0 | - | -\nFY20H2: 0 1020 0 | - | 2020-03 to 2020-06: 0 120 0 beside 0 150 0 (0 -30 0)"
	if got := comparativesInWords(r.Comparatives); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func periodOf(t *testing.T, label string) calc.EarningPeriod {
	t.Helper()
	p, err := calc.ParsePeriod(label)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
