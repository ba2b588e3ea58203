package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

var (
	cspPrograms = []string{"CSP Direct Bill Partner", "CSP Indirect Provider", "CSP Indirect Reseller", "CSP 1T Direct Partner", "CSP 2T Indirect Provider", "CSP 2T Indirect Reseller"}
	oemPrograms = []string{
		"Authorized Distributor – EduWins", "Authorized Distributor – Software", "Channel Disti – ProWins", "Distributor – ProWins", "Hosting",
		"IoT Channel Incentive", "Mixed Reality ADD", "Mixed Reality ADR & DMP", "OEM Jumpstart T2", "OEM Reseller – Eduwins",
		"OEM Reseller – ProWins", "OEM Reseller – Software", "Surface PC and Surface Hub Authorized Device Distributor (ADD)",
		"OEM reseller - ProWins", // as Excel and people write it
	}
)

// Every program of the table and one that is not in it, at every threshold and a
// cent beside it, in every period from FY20H2 to FY26H1, under both rule sets.
func TestThresholdsByProgramAndPeriod(t *testing.T) {
	var last = period("FY26H1")
	must := func(program string, p calc.EarningPeriod, amount string, published bool) bool {
		threshold, reaches := "4000.00", false
		if published && p.Compare(period("FY22H1")) >= 0 {
			for _, csp := range append(cspPrograms, "Microsoft Commerce Incentives") {
				if program == csp {
					threshold, reaches = "10000.00", true
				}
			}
			for _, oem := range oemPrograms {
				if program == oem {
					threshold, reaches = "1500.00", true
				}
			}
		}
		return money(amount).GreaterThan(money(threshold)) || reaches && amount == threshold
	}
	programs := append(append([]string{"Microsoft Commerce Incentives", "Cloud Solution Bonus"}, cspPrograms...), oemPrograms...)
	for _, program := range programs {
		for p := period("FY20H2"); p.Compare(last) <= 0; p = p.Next() {
			for _, amount := range []string{"1499.99", "1500.00", "3999.99", "4000.00", "4000.01", "9999.99", "10000.00"} {
				for _, published := range []bool{false, true} {
					t.Run(fmt.Sprint(program, " ", p, " ", amount, " published ", published), func(t *testing.T) {
						row := coop("1", p.LastMonth().Last().String(), amount)
						row.program = program
						a := asOf(p.UsageStart().String(), export("a.csv", row))
						a.published = published
						want := calc.AutoPayout
						if must(program, p, amount, published) {
							want = calc.ClaimRequired
						}
						if b := onlyBalance(t, a.calculate(t)); b.Decision != want {
							t.Errorf("%s by %q, want %s", b.Decision, b.Rule.Name, want)
						}
					})
				}
			}
		}
	}
}

func period(label string) calc.EarningPeriod {
	p, err := calc.ParsePeriod(label)
	if err != nil {
		panic(err)
	}
	return p
}

// Microsoft's own examples of the claim calendar, and a leap year's.
func TestPublishedClaimCalendar(t *testing.T) {
	for _, c := range []struct{ name, period, usageStart, usageEnd, opens, closes string }{
		{"FY21 H1", "FY21H1", "2021-01-01", "2021-06-30", "2021-02-16", "2021-08-15"},
		{"FY21 H2", "FY21H2", "2021-07-01", "2021-12-31", "2021-08-16", "2022-02-15"},
		{"FY22 H1", "FY22H1", "2022-01-01", "2022-06-30", "2022-02-16", "2022-08-15"},
		{"FY22 H2", "FY22H2", "2022-07-01", "2022-12-31", "2022-08-16", "2023-02-15"},
		{"FY23 H1", "FY23H1", "2023-01-01", "2023-06-30", "2023-02-16", "2023-08-15"},
		{"FY23 H2", "FY23H2", "2023-07-01", "2023-12-31", "2023-08-16", "2024-02-15"},
		{"FY24 H1, a leap year", "FY24H1", "2024-01-01", "2024-06-30", "2024-02-16", "2024-08-15"},
		{"FY24 H2", "FY24H2", "2024-07-01", "2024-12-31", "2024-08-16", "2025-02-15"},
		{"FY27 H2, into a leap year", "FY27H2", "2027-07-01", "2027-12-31", "2027-08-16", "2028-02-15"},
		{"FY20 H2, before the calendar changed", "FY20H2", "2020-07-01", "2020-12-31", "2020-07-01", "2021-02-14"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := period(c.period)
			for _, program := range []string{"CSP Indirect Provider", "Microsoft Commerce Incentives", "Hosting", "Cloud Solution Bonus"} {
				row := coop("1", p.Start().String(), "20000")
				row.program = program
				at := func(asOf string) *calc.Balance {
					a := archive{asOf: asOf, files: []file{export("a.csv", row)}, published: true}
					return onlyBalance(t, a.calculate(t))
				}
				b := at(c.usageStart)
				if got := fmt.Sprint(p.UsageStart(), " ", p.UsageEnd(), " ", b.ClaimsOpen, " ", b.ClaimDeadline); got != fmt.Sprint(c.usageStart, " ", c.usageEnd, " ", c.opens, " ", c.closes) {
					t.Errorf("%s: used, opens and closes %s", program, got)
				}
				for _, w := range []struct {
					asOf string
					want calc.Window
					left int
				}{
					{plus(c.opens, -1), calc.WindowUpcoming, 0},
					{c.opens, calc.WindowOpen, between(c.opens, c.closes)},
					{c.closes, calc.WindowOpen, 0},
					{plus(c.closes, 1), calc.WindowClosed, 0},
				} {
					if w.want == calc.WindowUpcoming && c.opens == c.usageStart {
						continue // the day before is in the earning period
					}
					if b := at(w.asOf); b.Window != w.want || b.DaysLeft != w.left {
						t.Errorf("%s as of %s: %s, %d days left, want %s, %d", program, w.asOf, b.Window, b.DaysLeft, w.want, w.left)
					}
				}
			}
		})
	}
}

// Gross rows around 1 November 2022, within one earning period.
func TestGrossRowsOfCommerceIncentives(t *testing.T) {
	for _, c := range []struct{ name, program, engagement, date, rebate, coop string }{
		{"October, CSP", "Microsoft Commerce Incentives", "New commerce CSP Azure", "2022-10-31", "1000.00", "0.00"},
		{"October, another engagement", "Microsoft Commerce Incentives", "Teams Rooms", "2022-10-31", "1000.00", "0.00"},
		{"November, CSP", "Microsoft Commerce Incentives", "New commerce CSP Azure", "2022-11-01", "600.00", "400.00"},
		{"November, CSP in lower case", "microsoft commerce incentives", "modern work - csp", "2022-11-30", "600.00", "400.00"},
		{"November, another engagement", "Microsoft Commerce Incentives", "Teams Rooms", "2022-11-01", "1000.00", "0.00"},
		{"November, a word that holds CSP", "Microsoft Commerce Incentives", "CSPs of Teams", "2022-11-01", "1000.00", "0.00"},
		{"November, no engagement", "Microsoft Commerce Incentives", "", "2022-11-01", "1000.00", "0.00"},
		{"October, a CSP program", "CSP Indirect Provider", "New commerce CSP Azure", "2022-10-31", "600.00", "400.00"},
		{"November, a CSP program", "CSP Indirect Provider", "", "2022-11-01", "600.00", "400.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			row := coop("1", c.date, "1000")
			row.typ, row.program, row.engagement = "", c.program, c.engagement
			a := asOf("2023-01-01", export("a.csv", row))
			a.published = true
			b := onlyBalance(t, a.calculate(t))
			if b.Rebate.StringFixed(2) != c.rebate || b.CoOp.StringFixed(2) != c.coop {
				t.Errorf("rebate %s and co-op %s, want %s and %s", b.Rebate.StringFixed(2), b.CoOp.StringFixed(2), c.rebate, c.coop)
			}
		})
	}
	t.Run("all of a period together", func(t *testing.T) {
		var rows []line
		for i, r := range []struct{ date, engagement, typ string }{
			{"2022-10-31", "CSP Azure", ""}, {"2022-11-01", "CSP Azure", ""}, {"2022-12-31", "CSP Modern Work", ""},
			{"2022-11-01", "Teams Rooms", ""}, {"2022-10-01", "CSP Azure", "Coop"},
		} {
			row := coop(fmt.Sprint(i), r.date, "10000")
			row.typ, row.program, row.engagement = r.typ, "Microsoft Commerce Incentives", r.engagement
			rows = append(rows, row)
		}
		a := asOf("2023-01-01", export("a.csv", rows...))
		a.published = true
		b := onlyBalance(t, a.calculate(t))
		if b.CoOp.String() != "18000" || b.Rebate.String() != "32000" || b.Decision != calc.ClaimRequired {
			t.Errorf("co-op %s, rebate %s, %s", b.CoOp, b.Rebate, b.Decision)
		}
		if b.Rule.Name != "Microsoft Commerce Incentives from FY22 H1" {
			t.Errorf("decided by %q: a rule for engagements decides no period", b.Rule.Name)
		}
	})
}

// The rule sets are named, each rule once, with a source, and nothing in them is
// left to chance.
func TestRuleSets(t *testing.T) {
	for _, set := range calc.RuleSets() {
		t.Run(set.Name, func(t *testing.T) {
			if err := set.Rules.Check(); err != nil {
				t.Error(err)
			}
			names := map[string]bool{}
			for _, r := range set.Rules {
				if r.Source == "" || r.Set != set.Name || names[r.Name] {
					t.Errorf("%q of %q has the source %q, or its name twice", r.Name, r.Set, r.Source)
				}
				names[r.Name] = true
			}
		})
	}
}

func TestClaimCalendarOfARule(t *testing.T) {
	days := func(list ...string) calc.HalfDays {
		var d []calc.YearDay
		for _, text := range list {
			parsed, err := calc.ParseYearDay(text)
			if err != nil {
				t.Fatal(err)
			}
			d = append(d, parsed)
		}
		h, err := calc.NewHalfDays(d...)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	c := calc.ClaimCalendar{Open: days("02-16", "08-16"), GraceDays: 46, Documents: days("03-31")}
	if by := c.DocumentsBy(period("FY24H2")).String(); by != "2025-03-31" {
		t.Errorf("documents by %s, want 31 March after 15 February", by)
	}
	if by := c.DocumentsBy(period("FY24H1")); !by.IsZero() {
		t.Errorf("documents by %s although the half-year has no such day", by)
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
	c.Documents = days("02-14", "09-30")
	if err := c.Check(); err == nil {
		t.Error("documents may be due before the last day to claim")
	}
	if _, err := calc.ParseYearDay("02-29"); err == nil {
		t.Error("29 February is taken")
	}
	if _, err := calc.NewHalfDays(calc.YearDay{Month: 7, Day: 1}, calc.YearDay{Month: 12, Day: 31}); err == nil {
		t.Error("two days of one half-year are taken")
	}
}
