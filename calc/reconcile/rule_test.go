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
	}
}

func TestNewestFittingRule(t *testing.T) {
	named := func(name string, r rule) calc.Rule {
		typed := r.typed()
		typed.Name = name
		return typed
	}
	share := rule{share: "0.4", threshold: "4000"}
	later, reseller, lever, former := share, share, share, share
	later.first = "2021-07-01"
	reseller.first, reseller.programs = "2021-01-01", []string{"CSP 2T Indirect Reseller"}
	lever.first, lever.levers = "2021-07-01", []string{"Core  Products"}
	former.first = "2020-07-01"
	rules := calc.Rules{named("lever", lever), named("later", later), named("reseller", reseller), named("former", former)}

	for _, c := range []struct{ program, lever, date, split, decision string }{
		{"CSP Indirect Reseller", "", "2020-06-30", calc.Guide2019().Name, calc.Guide2019().Name},
		{"CSP Indirect Reseller", "", "2020-07-01", "former", "former"},
		{"CSP Indirect Reseller", "", "2021-01-01", "reseller", "reseller"},
		{"CSP Direct Bill Partner", "", "2021-06-30", "former", "former"},
		{"csp indirect  RESELLER", "core products", "2021-06-30", "reseller", "reseller"},
		{"CSP Indirect Reseller", "core products", "2021-07-01", "later", "later"}, // equally new: the later in the table
		{"CSP Indirect Reseller", "", "2025-01-01", "later", "later"},
	} {
		p, key := calc.PeriodOf(day(c.date)), calc.KeyOfProgram(c.program)
		if got := rules.ForSplit(key, c.lever, p).Name; got != c.split {
			t.Errorf("%s, %q, %s is split by %q, want %q", c.program, c.lever, c.date, got, c.split)
		}
		if got := rules.ForDecision(key, p).Name; got != c.decision {
			t.Errorf("%s in %s is decided by %q, want %q", c.program, c.date, got, c.decision)
		}
	}

	onlyLever := calc.Rules{named("lever", lever)}
	p, key := calc.PeriodOf(day("2021-07-01")), calc.KeyOfProgram("CSP Indirect Reseller")
	if got := onlyLever.ForSplit(key, "CORE PRODUCTS", p).Name; got != "lever" {
		t.Errorf("the lever's rows are split by %q", got)
	}
	if got := onlyLever.ForSplit(key, "Other", p).Name; got != calc.Guide2019().Name {
		t.Errorf("another lever's rows are split by %q", got)
	}
	if got := onlyLever.ForDecision(key, p).Name; got != calc.Guide2019().Name {
		t.Errorf("a lever's rule decides the period: %q", got)
	}
}

// The notice about the newer threshold: from FY22H1 on, only where it would
// decide otherwise, and only until it is configured.
func TestNewerThresholdNotice(t *testing.T) {
	newer := rule{first: "2022-01-01", share: "0.4", threshold: "10000", reaches: true, grace: 45}
	for _, c := range []struct {
		date, asOf, amount string
		rules              []rule
		want               int
	}{
		{"2021-07-01", "2022-01-01", "4000.01", nil, 1},
		{"2021-12-31", "2022-01-01", "9999.99", nil, 1},
		{"2021-12-31", "2022-01-01", "10000.00", nil, 0},
		{"2021-12-31", "2022-01-01", "4000.00", nil, 0},
		{"2021-12-31", "2021-12-31", "9000", nil, 0}, // still accruing
		{"2021-06-30", "2021-07-01", "9000", nil, 0}, // FY21H2
		{"2022-01-01", "2022-07-01", "9000", []rule{newer}, 0},
	} {
		a := asOf(c.asOf, export("a.csv", coop("1", c.date, c.amount)))
		a.rules = c.rules
		r := a.calculate(t)
		if findings(r, calc.NewerThreshold) != c.want || len(r.Otherwise) != c.want {
			t.Errorf("%s of %s as of %s: %d notices, want %d", c.amount, c.date, c.asOf, findings(r, calc.NewerThreshold), c.want)
		}
	}
}
