package reconcile_test

import (
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/calc/reconcile"
)

// engagements is an archive whose gross rows are split by several rules.
func engagements() archive {
	of := func(id, engagement, typ, date, amount string) line {
		l := typed(typ, id, date, amount)
		l.program, l.engagement = "Microsoft Commerce Incentives", engagement
		return l
	}
	a := asOf("2025-03-01", export("a", of("1", "Azure CSP", "Rebate", "2024-09-10", "600.005"), of("2", "azure csp", "Coop", "2024-09-10", "400.003"),
		of("3", "Modern Work CSP", "", "2024-10-10", "1000.33"), of("4", "Azure CSP", "", "2024-10-10", "1000.34"),
		of("5", "Teams Rooms", "", "2024-10-10", "1000.34"), of("6", "", "Fee", "2024-10-10", "10"), of("7", "Azure CSP", "Coop", "2025-01-10", "7"),
		of("8", "Azure CSP", "Coop", "2025-01-11", "1.004"), of("9", "Modern Work CSP", "Coop", "2025-01-11", "1.004")))
	a.published = true
	return a
}

// What engagements earned, with the rounding between them, is what the funds
// say, and explain says the same.
func TestEngagements(t *testing.T) {
	in := engagements().input()
	in.Policy.Engagements = calc.EngagementRules{{Name: "New commerce", Engagements: []string{"* CSP"}}}
	r := calculateInput(t, in)
	var got []string
	for _, x := range lists.Engagements(r.Statements) {
		name := x.Engagement
		if x.Rounding {
			name = "rounding"
		}
		got = append(got, strings.Join([]string{x.Period.String(), name, x.Group, x.Rebate.StringFixed(2), x.CoOp.StringFixed(2), x.Other.StringFixed(2)}, "|"))
	}
	want := []string{
		"FY25H2|Azure CSP|New commerce|0.00|8.00|0.00",
		"FY25H2|Modern Work CSP|New commerce|0.00|1.00|0.00",
		"FY25H2|rounding||0.00|0.01|0.00",
		"FY25H1|||0.00|0.00|10.00",
		"FY25H1|Azure CSP|New commerce|1200.21|800.14|0.00",
		"FY25H1|Modern Work CSP|New commerce|600.20|400.13|0.00",
		"FY25H1|Teams Rooms||1000.34|0.00|0.00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, s := range r.Statements {
		for _, x := range s.Engagements {
			if x.Engagement == "" {
				continue
			}
			for figure, exact := range map[string]string{"rebate_usd": x.Exact.Rebate.String(), "coop_usd": x.Exact.CoOp.String(), "other_usd": x.Exact.Other.String()} {
				e, err := reconcile.Explain(r, reconcile.Query{Participant: s.Participant, Period: x.Period, Figure: figure, Engagement: strings.ToUpper(x.Engagement)})
				if err != nil || e.Exact.String() != exact {
					t.Errorf("%s of %s in %s: %v, %v; want %s", figure, x.Engagement, x.Period, e, err, exact)
				}
			}
		}
	}
	totals := lists.EngagementTotals(r.Statements)
	if len(totals) != 4 || totals[0].CoOp.StringFixed(2) != "9.01" || totals[1].Rounding || totals[1].Group != "" || totals[2].Group != "New commerce" || totals[3].Engagement != "Teams Rooms" {
		t.Errorf("totals %+v", totals)
	}
}

// The lines by engagement add up to the funds in random archives, whatever the
// rules and the rounding.
func TestEngagementsAddUp(t *testing.T) {
	named := 0
	everyArchive(t, 200, func(t *testing.T, _ dice, a archive) {
		r := a.calculate(t)
		if len(lists.Engagements(r.Statements)) > 0 {
			named++
		}
		for _, list := range [][]lists.Engagement{lists.Engagements(r.Statements), lists.EngagementTotals(r.Statements)} {
			var sum calc.Shares
			for _, x := range list {
				sum = sum.Plus(x.Shares)
			}
			if off := lists.Earned(r.Balances()).Minus(sum); len(list) > 0 && !off.IsZero() {
				t.Errorf("engagements sum to %+v: %+v are missing", sum, off)
			}
		}
	})
	if named == 0 {
		t.Error("no archive names an engagement")
	}
}

func TestEngagementGroupsThatOverlap(t *testing.T) {
	of := func(patterns ...[]string) calc.EngagementRules {
		var list calc.EngagementRules
		for i, p := range patterns {
			list = append(list, calc.EngagementRule{Name: string(rune('a' + i)), Engagements: p})
		}
		return list
	}
	for _, c := range []struct {
		name    string
		rules   calc.EngagementRules
		refused bool
	}{
		{"apart", of([]string{"* CSP *"}, []string{"Teams Rooms"}), false},
		{"a name in a pattern", of([]string{"* CSP *"}, []string{"Azure CSP"}), true},
		{"two patterns", of([]string{"Azure *"}, []string{"* CSP"}), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := c.rules.Check(); (err != nil) != c.refused {
				t.Errorf("%v", err)
			}
		})
	}
}
