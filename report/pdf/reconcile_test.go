package pdf

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
)

// The reconciliation says in sentences and tables what every comparison found.
func TestReconciliation(t *testing.T) {
	r := northwind(t)
	s := *r.Statements[0]
	rows := slices.Collect(r.Counted(r.Statements[0]))
	march := calc.NewMonth(2020, time.March)
	s.Gaps = []calc.Gap{{First: march, Last: march.Add(1)}, {First: march.Add(4), Last: march.Add(4), Spanned: true}}
	s.Splits = splitsOf(splitOf(t, "Azure", "60", "50"), splitOf(t, "Core", "60", "40"))
	s.Changes = calc.Changes{
		Restated: []calc.Restatement{{Counted: rows[1], Earlier: []calc.Earning{rows[0]}}},
		Periods:  []calc.PeriodChange{{Period: march.Period(), Restated: 1, AdjustedUSD: money(t, "-12.5"), VanishedUSD: money(t, "7")}},
	}
	s.Payments = []*calc.PaymentMatch{
		{ID: "5017", State: calc.MatchAgrees, Date: calc.MustDate(2020, time.April, 15), Currency: "USD", Paid: money(t, "100"), Earned: money(t, "100")},
		{ID: "5018", State: calc.MatchDiffers, Date: calc.MustDate(2020, time.May, 15), Currency: "USD", Paid: money(t, "90"), Earned: money(t, "100"), Difference: money(t, "-10")},
	}
	s.Unpaid = calc.Ageing{Total: money(t, "300"), Rebate: money(t, "300"), Late: money(t, "250")}
	s.Unpaid.Buckets[0], s.Unpaid.Buckets[3] = money(t, "50"), money(t, "250")
	s.Payouts = []calc.Payout{{Fund: &s.Balances[0].Fund, State: calc.PayoutMissing, Due: calc.MustDate(2020, time.September, 28), Earned: money(t, "80"), Paid: money(t, "30"), Open: money(t, "50")}}

	d := statementOf(t, r, &s, options)
	checkPages(t, d)
	text := strings.Join(strings.Fields(d.text()), " ")
	for _, want := range []string{
		"No rows for March 2020 to April 2020, and no export spans this time", "No rows for July 2020; an export",
		"explains, in 1 of 2 combinations of month and lever.",
		"1 earning was restated", "1 | \u221212.50 | 7.00",
		"2 payments compared with", "1 matched, 1 not", "15 May 2020 | 5018 | Different | USD | 90.00 | 100.00 | \u221210.00",
		"250.00 USD of the rebate is late", "Unpaid (USD) | 50.00 | 0.00 | 0.00 | 250.00 | 300.00",
		"Missing | 28 Sep 2020 | USD | 80.00 | 30.00 | 0.00 | 50.00",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the statement does not say %q:\n%s", want, text)
		}
	}
}

// Where nothing is wrong, the reconciliation says so.
func TestReconciliationAgrees(t *testing.T) {
	r := northwind(t)
	s := *r.Statements[0]
	s.Splits = splitsOf(splitOf(t, "Core", "0", "0"))
	text := statementOf(t, r, &s, options).text()
	for _, want := range []string{
		"Every month from the first to the last has earnings.", "split by the rule in the one month and lever",
		"No export changed an earning", "There is no payment to compare with.", "No export shows anything unpaid.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the statement does not say %q", want)
		}
	}
}

// A long list ends with how many lines it leaves out.
func TestLongListOfPayments(t *testing.T) {
	r := northwind(t)
	s := *r.Statements[0]
	for range mostListed + 2 {
		s.Payments = append(s.Payments, &calc.PaymentMatch{ID: "5017", State: calc.MatchDiffers, Currency: "USD"})
	}
	d := statementOf(t, r, &s, options)
	checkPages(t, d)
	if text := d.text(); strings.Count(text, "Different |") != mostListed || !strings.Contains(text, "and 2 more") {
		t.Errorf("the payments read:\n%s", text)
	}
}

// splitsOf returns the splits that a list has.
func splitsOf(list ...calc.SplitCheck) calc.Splits {
	s := calc.Splits{Checked: len(list), List: func() []calc.SplitCheck { return list }}
	for i := range list {
		if list[i].Differs() {
			s.Differing++
		}
	}
	return s
}

// splitOf compares a lever's rebate and co-op of March 2020 with the share of 40 %.
func splitOf(t *testing.T, lever, rebate, coop string) calc.SplitCheck {
	of := calc.SplitCheck{Lever: lever, Month: calc.NewMonth(2020, time.March), Currency: "USD", Rule: &calc.Rule{CoOpShare: money(t, "0.4")}}
	return calc.NewSplitCheck(of, calc.NewAmount(money(t, rebate)), calc.NewAmount(money(t, coop)), 1, 1)
}
