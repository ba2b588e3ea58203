package lists_test

import (
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// Findings of one code are one cause with their money; errors come before
// warnings, and of these the largest amount. Noise is left out.
func TestCauses(t *testing.T) {
	fund := &calc.Balance{Fund: calc.Fund{FundCurrency: "EUR"}}
	fund.Exact.Turnover = calc.Exact{Plain: decimal.New(100, 0), USD: decimal.New(110, 0)}
	r := &calc.Result{Statements: []*calc.Statement{{Participant: "4711", Program: "CSP Indirect Reseller", Balances: []*calc.Balance{fund}}}}
	found := func(s calc.Severity, code calc.Code, amount int64, currency string) calc.Finding {
		return calc.NewFinding(s, code, calc.Say("%s differ", calc.NewMoney(decimal.New(amount, 0), currency))).
			About(calc.Subject{Participant: "4711", Program: "CSP Indirect Reseller"})
	}
	list := lists.Causes(r.Statements, []calc.Finding{
		found(calc.Warning, calc.Forfeited, 10, "USD"),
		found(calc.Warning, calc.Restated, -100, "EUR"),
		found(calc.Warning, calc.Forfeited, 30, "USD"),
		found(calc.Warning, calc.NoProof, 5, "GBP"), // of no fund: its rate is not known
		found(calc.Error, calc.FundOverdrawn, 1, "USD"),
		found(calc.Info, calc.StatusChanged, 1000, "USD"),
		found(calc.Info, calc.Provisional, 1, "USD"),
	})
	want := []struct {
		code  calc.Code
		count int
		usd   string
	}{{calc.FundOverdrawn, 1, "1"}, {calc.Restated, 1, "110"}, {calc.Forfeited, 2, "40"}, {calc.NoProof, 1, "0"}, {calc.Provisional, 1, "1"}}
	if len(list) != len(want) {
		t.Fatalf("%d causes, want %d", len(list), len(want))
	}
	for i, w := range want {
		c := list[i]
		if c.Code() != w.code || c.Count != w.count || c.Statements != 1 || !c.USD.Equal(decimal.RequireFromString(w.usd)) {
			t.Errorf("cause %d: %d of %s with %s USD, want %d of %s with %s", i, c.Count, c.Code(), c.USD, w.count, w.code, w.usd)
		}
	}
	if m := list[2].Money().Amount; !m.Equal(decimal.New(30, 0)) {
		t.Errorf("the largest is %s, want 30", m)
	}
}
