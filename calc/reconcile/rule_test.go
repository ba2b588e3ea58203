package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

func TestThreshold(t *testing.T) {
	for _, c := range []struct {
		comparison                calc.Comparison
		below, at, above, clawed  bool
		farBelow, nearly, reached string // distance from 0.00, 3999.99 and 4000.00
	}{
		{calc.Exceeds, false, false, true, false, "4000.01", "0.02", "0.01"},
		{calc.Reaches, false, true, true, false, "4000.00", "0.01", "0.00"},
	} {
		r := calc.Guide2019()
		r.Comparison = c.comparison
		for amount, want := range map[string]bool{
			"3999.99": c.below, "4000.00": c.at, "4000": c.at, "4000.01": c.above, "5000": true, "0": false, "-0.01": c.clawed, "-5000": c.clawed,
		} {
			if r.MustClaim(money(amount)) != want {
				t.Errorf("%s %s 4000.00: %v, want %v", amount, c.comparison, !want, want)
			}
		}
		for amount, want := range map[string]string{"0": c.farBelow, "3999.99": c.nearly, "4000.00": c.reached, "4000.01": "0.00", "9000": "0.00"} {
			if got := r.Distance(money(amount)).StringFixed(2); got != want {
				t.Errorf("from %s it is %s until it %s the threshold, want %s", amount, got, c.comparison, want)
			}
		}
	}
}

// The decision is made on the exact sum, rounded once to cents.
func TestDecisionAtTheThreshold(t *testing.T) {
	for _, c := range []struct {
		amounts         []string
		exceed, reached string
	}{
		{[]string{"3999.99"}, "auto-payout", "auto-payout"},
		{[]string{"4000.00"}, "auto-payout", "claim-required"},
		{[]string{"4000.01"}, "claim-required", "claim-required"},
		{[]string{"4000.004"}, "auto-payout", "claim-required"},
		{[]string{"4000.005"}, "claim-required", "claim-required"},
		{[]string{"3999.995"}, "auto-payout", "claim-required"},
		{[]string{"3999.994"}, "auto-payout", "auto-payout"},
		{[]string{"4000.004", "0.004", "-0.004"}, "auto-payout", "claim-required"},
		{[]string{"4000", "0.004", "0.004"}, "claim-required", "claim-required"}, // rounding each row would lose the cent
		{[]string{"3999.99", "0.004"}, "auto-payout", "auto-payout"},
		{[]string{"0"}, "auto-payout", "auto-payout"},
		{[]string{"5", "-5"}, "auto-payout", "auto-payout"},
		{[]string{"-0.004"}, "auto-payout", "auto-payout"},
		{[]string{"-0.005"}, "negative", "negative"},
		{[]string{"4000.01", "-4000.02"}, "negative", "negative"},
	} {
		t.Run(c.exceed, func(t *testing.T) {
			var f file
			for i, amount := range c.amounts {
				f.rows = append(f.rows, coop(fmt.Sprint(i), "2020-03-31", amount))
			}
			a := asOf("2020-07-01", f)
			exceeding := onlyBalance(t, a.calculate(t)).Decision.String()
			a.rules = []rule{{share: "0.4", threshold: "4000", reaches: true, grace: 45}}
			reaching := onlyBalance(t, a.calculate(t)).Decision.String()
			if exceeding != c.exceed || reaching != c.reached {
				t.Errorf("%v: %s when it must exceed and %s when it must reach, want %s and %s", c.amounts, exceeding, reaching, c.exceed, c.reached)
			}
		})
	}
}

func TestRuleThatApplies(t *testing.T) {
	named := func(name string, r rule) calc.Rule {
		typed := r.typed()
		typed.Name = name
		return typed
	}
	share := rule{share: "0.4", threshold: "4000"}
	later, reseller, lever, engagement, former, both := share, share, share, share, share, share
	later.first = "2021-07-01"
	reseller.first, reseller.programs = "2021-01-01", []string{"CSP 2T Indirect Reseller"}
	lever.first, lever.levers = "2021-07-01", []string{"Core  Products"}
	engagement.first, engagement.engagements = "2021-08-01", []string{"Teams Rooms"}
	both.first, both.levers, both.programs = "2021-07-01", lever.levers, reseller.programs
	former.first = "2020-07-01"
	table := calc.Rules{named("lever", lever), named("later", later), named("reseller", reseller), named("engagement", engagement), named("former", former), named("both", both)}
	if err := table.Check(); err != nil {
		t.Fatal(err)
	}
	guide := calc.Guide2019().Name

	for _, c := range []struct{ name, program, engagement, lever, month, split, decision string }{
		{"none fits", "CSP Indirect Reseller", "", "", "2020-06", guide, guide},
		{"from its first month", "CSP Indirect Reseller", "", "", "2020-07", "former", "former"},
		{"a newer one with the program", "CSP Indirect Reseller", "", "", "2021-01", "reseller", "reseller"},
		{"another program", "CSP Direct Bill Partner", "", "", "2021-06", "former", "former"},
		{"names are folded", "csp indirect  RESELLER", "", "core products", "2021-06", "reseller", "reseller"},
		{"equally new: the one that names more", "CSP Direct Bill Partner", "", "core products", "2021-07", "lever", "later"},
		{"equally new: the one that names most", "CSP Indirect Reseller", "", "CORE products", "2021-07", "both", "later"},
		{"another lever", "CSP Indirect Reseller", "", "Azure", "2021-07", "later", "later"},
		{"an engagement within the period", "CSP Indirect Reseller", "Teams rooms", "", "2021-08", "engagement", "later"},
		{"the engagement a month earlier", "CSP Indirect Reseller", "Teams rooms", "", "2021-07", "later", "later"},
		{"newer before more", "CSP Indirect Reseller", "teams rooms", "Core Products", "2021-09", "engagement", "later"},
		{"for ever", "CSP Indirect Reseller", "", "", "2025-01", "later", "later"},
	} {
		t.Run(c.name, func(t *testing.T) {
			key := calc.KeyOfProgram(c.program)
			month := day(c.month + "-01").Month()
			if got := table.ForSplit(key, c.engagement, c.lever, month).Name; got != c.split {
				t.Errorf("it is split by %q, want %q", got, c.split)
			}
			if got := table.ForDecision(key, month.Period()).Name; got != c.decision {
				t.Errorf("the period is decided by %q, want %q", got, c.decision)
			}
		})
	}
}

// A configured rule goes before one of the rule set that begins in the same
// month, and after a newer one, however much either names.
func TestConfiguredBeforeSet(t *testing.T) {
	for _, c := range []struct{ name, first, month, want string }{
		{"the same month", "2021-07-01", "2021-12", "mine"},
		{"an earlier month", "2021-01-01", "2021-12", "CSP threshold of 10,000 USD from FY22 H1"},
		{"an earlier month, before the set's", "2021-01-01", "2021-06", "mine"},
		{"a later month", "2022-01-01", "2022-06", "mine"},
	} {
		t.Run(c.name, func(t *testing.T) {
			mine := rule{first: c.first, share: "0.4", threshold: "1"}.typed()
			mine.Name = "mine"
			set, _ := calc.RuleSetOf(calc.PublishedSet)
			for _, table := range []calc.Rules{append(calc.Rules{mine}, set.Rules...), append(set.Rules, mine)} {
				if got := table.ForDecision(calc.KeyOfProgram("CSP Indirect Provider"), day(c.month+"-01").Month().Period()).Name; got != c.want {
					t.Errorf("%q decides, want %q", got, c.want)
				}
			}
		})
	}
}

func TestRulesThatNothingChoosesBetween(t *testing.T) {
	of := func(first string, programs, engagements, levers []string) calc.Rule {
		return rule{first: first, programs: programs, engagements: engagements, levers: levers, share: "0.4", threshold: "1"}.typed()
	}
	one := func(names ...string) []string { return names }
	for _, c := range []struct {
		name  string
		a, b  calc.Rule
		wrong bool
	}{
		{"both for everything", of("", nil, nil, nil), of("", nil, nil, nil), true},
		{"the same period", of("2020-01-01", nil, nil, nil), of("2020-01-01", nil, nil, nil), true},
		{"another month of the period", of("2020-01-01", nil, nil, nil), of("2020-02-01", nil, nil, nil), false},
		{"one names a program", of("2020-01-01", nil, nil, nil), of("2020-01-01", one("P"), nil, nil), false},
		{"different programs", of("", one("P"), nil, nil), of("", one("Q", "R"), nil, nil), false},
		{"one program under two names", of("", one("CSP 1T Direct Partner"), nil, nil), of("", one("csp direct bill partner"), nil, nil), true},
		{"one program of several", of("", one("P", "Q"), nil, nil), of("", one("R", "q"), nil, nil), true},
		{"kinds of dash", of("", one("OEM – X"), nil, nil), of("", one("OEM - x"), nil, nil), true},
		{"a lever and a program", of("", one("P"), nil, nil), of("", nil, nil, one("L")), true},
		{"a lever and a program, and a program", of("", one("P"), nil, one("L")), of("", one("P"), nil, nil), false},
		{"different levers", of("", nil, nil, one("L")), of("", nil, nil, one("M")), false},
		{"a pattern that holds a name", of("", nil, one("* CSP *"), nil), of("", nil, one("Azure CSP"), nil), true},
		{"a pattern that does not", of("", nil, one("* CSP *"), nil), of("", nil, one("Azure CSPX"), nil), false},
		{"patterns that meet", of("", nil, one("CSP *"), nil), of("", nil, one("* Azure"), nil), true},
		{"patterns that do not", of("", nil, one("CSP *"), nil), of("", nil, one("Azure *"), nil), false},
		{"engagements that differ in programs", of("", one("P"), one("E"), nil), of("", one("Q"), one("E"), nil), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, table := range []calc.Rules{{c.a, c.b}, {c.b, c.a}} {
				if err := table.Check(); (err != nil) != c.wrong {
					t.Errorf("Check: %v", err)
				}
			}
		})
	}
}

func TestEngagementPatterns(t *testing.T) {
	split := func(pattern, name string) string {
		r := rule{engagements: []string{pattern}, share: "0.1", threshold: "1"}.typed()
		return calc.Rules{r}.ForSplit("", name, "", day("2023-01-01").Month()).CoOpShare.String()
	}
	for _, c := range []struct {
		pattern, name string
		fits          bool
	}{
		{"* CSP *", "CSP", true},
		{"* CSP *", "Azure - csp", true},
		{"* CSP *", "Microsoft 365: CSP (new commerce)", true},
		{"* CSP *", "CSPX", false},
		{"* CSP *", "Azure", false},
		{"* CSP *", "", false},
		{"CSP *", "CSP Azure", true},
		{"CSP *", "Azure CSP", false},
		{"Azure * CSP", "Azure new-commerce CSP", true},
		{"Azure * CSP", "Azure CSP", true},
		{"*", "", true},
		{"*", "anything", true},
		{"Azure  CSP", "azure csp", true},
		{"Azure CSP", "Azure CSP 2", false},
		{"Azure – CSP", "Azure - CSP", true},
	} {
		t.Run(c.pattern+" and "+c.name, func(t *testing.T) {
			if got := split(c.pattern, c.name) == "0.1"; got != c.fits {
				t.Errorf("it fits: %v", got)
			}
		})
	}
}

// The notice about the published rules: only where they would decide
// differently and are not in force.
func TestPublishedRulesNotice(t *testing.T) {
	old := rule{first: "2022-01-01", share: "0.4", threshold: "10000", reaches: true, grace: 45}
	for _, c := range []struct {
		name, program, date, asOf, amount string
		rules                             []rule
		published                         bool
		want                              int
	}{
		{"between the thresholds", "CSP Indirect Reseller", "2021-07-01", "2022-01-01", "4000.01", nil, false, 1},
		{"just below the new one", "CSP Indirect Reseller", "2021-12-31", "2022-01-01", "9999.99", nil, false, 1},
		{"at the new one", "CSP Indirect Reseller", "2021-12-31", "2022-01-01", "10000.00", nil, false, 0},
		{"at the old one", "CSP Indirect Reseller", "2021-12-31", "2022-01-01", "4000.00", nil, false, 0},
		{"accruing", "CSP Indirect Reseller", "2021-12-31", "2021-12-31", "9000", nil, false, 0},
		{"before the change", "CSP Indirect Reseller", "2021-06-30", "2021-07-01", "9000", nil, false, 0},
		{"an entry that says the same", "CSP Indirect Reseller", "2022-01-01", "2022-07-01", "9000", []rule{old}, false, 0},
		{"that entry and an earlier period", "CSP Indirect Reseller", "2021-07-01", "2022-01-01", "9000", []rule{old}, false, 1},
		{"in force", "CSP Indirect Reseller", "2021-07-01", "2022-01-01", "9000", nil, true, 0},
		{"a threshold that fell", "Hosting", "2021-07-01", "2022-01-01", "1500", nil, false, 1},
		{"a program that is not in the table", "Cloud Solution Bonus", "2021-07-01", "2022-01-01", "9000", nil, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			row := coop("1", c.date, c.amount)
			row.program = c.program
			a := asOf(c.asOf, export("a.csv", row))
			a.rules, a.published = c.rules, c.published
			r := a.calculate(t)
			if findings(r, calc.NewerThreshold) != c.want || len(r.Otherwise) != c.want {
				t.Errorf("%d notices, want %d", findings(r, calc.NewerThreshold), c.want)
			}
		})
	}
}

// Gross rows of an engagement that earned no co-op are rebate by the published
// rules, so that they decide about less co-op.
func TestPublishedRulesSplitDifferently(t *testing.T) {
	row := coop("1", "2022-09-30", "30000")
	row.typ, row.program, row.engagement = "", "Microsoft Commerce Incentives", "Teams Rooms"
	r := asOf("2023-01-01", export("a.csv", row)).calculate(t)
	if len(r.Otherwise) != 1 || !r.Otherwise[0].CoOp.IsZero() || r.Otherwise[0].Decision != calc.AutoPayout || r.Otherwise[0].Balance.Decision != calc.ClaimRequired {
		t.Errorf("got %+v", r.Otherwise)
	}
}
