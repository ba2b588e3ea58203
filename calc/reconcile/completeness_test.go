package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

func TestMonthsWithoutRows(t *testing.T) {
	row := func(date string) line { return coop("E"+date, date, "1") }
	paying := row("2020-02-10")
	paying.claimID = "CL-1"
	moved := version(coop("M", "2020-02-10", "1"), "2020-05-01", nil)
	for _, c := range []struct {
		name  string
		files []file
		gaps  string
		want  []string
	}{
		{"no month is left out", []file{export("a", row("2020-01-31"), row("2020-02-01"), row("2020-03-31"))}, "[]", nil},
		{"a file is missing", []file{export("a", row("2020-01-31")), export("b", row("2020-03-31"))}, "[2020-02]",
			[]string{"warning 4711 FY20H2 /0: there are no rows for Feb 2020: no export spans this time"}},
		{"an export reaches across", []file{export("a", row("2020-01-31"), row("2020-03-31"))}, "[2020-02]",
			[]string{"info 4711 FY20H2 /0: there are no rows for Feb 2020: an export spans this time"}},
		{"runs of months", []file{export("a", row("2019-01-31"), row("2019-03-31")), export("b", row("2019-06-30")), export("c", row("2019-08-01"))}, "[2019-02 2019-04 to 2019-05 2019-07]",
			[]string{"warning 4711 FY19H2 /0: there are no rows for Apr 2019 to May 2019, Jul 2019: no export", "info 4711 FY19H2 /0: there are no rows for Feb 2019: an"}},
		{"a row that is no figure is a row", []file{export("a", row("2020-01-31"), paying, row("2020-03-31"))}, "[]", nil},
		{"after the as-of date", []file{export("a", row("2020-01-31")), export("b", row("2020-09-30"))}, "[]", nil},
		{"before the first and after the last", []file{export("a", row("2020-02-28"))}, "[]", nil},
		{"a version that moved away", []file{export("a", row("2020-01-31"), moved), export("b", version(moved, "2020-06-01", func(l *line) { l.date = "2020-03-01" }))}, "[2020-02]",
			[]string{"warning"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf("2020-07-31", c.files...).calculate(t)
			expectFindings(t, c.name, r, calc.MonthsMissing, c.want...)
			if got := fmt.Sprint(r.Statements[0].Gaps); got != c.gaps {
				t.Errorf("%s: %s, want %s", c.name, got, c.gaps)
			}
		})
	}
}

func TestAmountsByTheirRates(t *testing.T) {
	euro := func(id, amount, usd string) line {
		l := typed("Rebate", id, "2020-03-31", amount)
		l.currency, l.usd = "EUR", usd
		return l
	}
	adjusted := euro("1", "2.50", "2.75")
	adjusted.reason = "Adjustment"
	for _, c := range []struct {
		name      string
		row       line
		detail    detail
		usd, rate []string
	}{
		{"both agree", euro("1", "2.40", "2.64"), detail{calc.DetailExchangeRate: "1.1", calc.DetailEarningRate: "0.024", calc.DetailTransactionAmount: "100.00"}, nil, nil},
		{"no rate is reported", euro("1", "2.40", "9"), detail{calc.DetailTransactionAmount: "100.00"}, nil, nil},
		{"USD, beyond rounding", euro("1", "2.40", "2.66"), detail{calc.DetailExchangeRate: "1.1"},
			[]string{"warning 4711 FY20H2 a/2: in 1 row earningAmountUSD is not earningAmount × earningExchangeRate: 2.66 USD where the rates give 2.64 (first: 2.66, not 2.64)"}, nil},
		{"USD, within rounding of result and amount", euro("1", "2.40", "2.65"), detail{calc.DetailExchangeRate: "1.1"}, nil, nil},
		{"USD, within the rate's last digit", euro("1", "10000.00", "11000.50"), detail{calc.DetailExchangeRate: "1.1"}, nil, nil},
		{"USD, beyond the rate's last digit", euro("1", "10000.00", "11000.52"), detail{calc.DetailExchangeRate: "1.1"}, []string{"11,000.52"}, nil},
		{"amount, beyond rounding", euro("1", "2.42", "2.66"), detail{calc.DetailExchangeRate: "1.1", calc.DetailEarningRate: "0.024", calc.DetailTransactionAmount: "100.00"}, nil,
			[]string{"in 1 row earningAmount is not transactionAmount × earningRate (first: 2.42 EUR, not 2.40)"}},
		{"amount, within rounding", euro("1", "2.40", "2.64"), detail{calc.DetailEarningRate: "0.024", calc.DetailTransactionAmount: "100.19"}, nil, nil},
		{"a decimal comma", euro("1", "24.00", "26.40"), detail{calc.DetailEarningRate: "0,024", calc.DetailTransactionAmount: "1.000,00"}, nil, nil},
		{"a decimal comma, another amount", euro("1", "24.00", "26.40"), detail{calc.DetailEarningRate: "0,024", calc.DetailTransactionAmount: "1.010,00"}, nil, []string{"24.00 EUR, not 24.24"}},
		{"a mark of thousands that nothing settles", euro("1", "24.00", "26.40"), detail{calc.DetailEarningRate: "0.024", calc.DetailTransactionAmount: "2,000.00"}, nil, nil},
		{"a rate by the unit", euro("1", "24.00", "26.40"), detail{calc.DetailEarningRate: "2", calc.DetailTransactionAmount: "100.00"}, nil, nil},
		{"an adjustment", adjusted, detail{calc.DetailEarningRate: "0.5", calc.DetailTransactionAmount: "100.00"}, nil, nil},
		{"no number", euro("1", "24.00", "26.40"), detail{calc.DetailExchangeRate: "n/a", calc.DetailEarningRate: "10 %", calc.DetailTransactionAmount: "-"}, nil, nil},
	} {
		r := asOf("2020-07-31", export("a", c.row)).change(t, func(in *calc.Input) {
			each(in, "", func(e *calc.EarningCells) { e.Detail = &c.detail })
		})
		expectFindings(t, c.name, r, calc.USDNotByRate, c.usd...)
		expectFindings(t, c.name, r, calc.AmountNotByRate, c.rate...)
	}
}

// A file's rows are one finding; Growth prints an earning's whole amount beside
// each of its transactions, so that its rate says nothing of a single one.
func TestAmountsByTheirRatesAreGathered(t *testing.T) {
	rates := &detail{calc.DetailExchangeRate: "1", calc.DetailEarningRate: "0.5", calc.DetailTransactionAmount: "10.00"}
	l := typed("Rebate", "E1", "2020-03-31", "7")
	l.currency = "EUR"
	second := l
	second.id = "E2"
	for _, c := range []struct {
		name string
		rows []line
		want []string
	}{
		{"gathered", []line{l, second}, []string{"a/2: in 2 rows from here on earningAmount is not"}},
		{"Growth", []line{l, second, second}, nil},
	} {
		r := asOf("2020-07-31", export("a", c.rows...)).change(t, func(in *calc.Input) { each(in, "", func(e *calc.EarningCells) { e.Detail = rates }) })
		expectFindings(t, c.name, r, calc.AmountNotByRate, c.want...)
	}
}

// Transfers and payments of claims are in no plain sheet, and neither side counts
// them when forms are compared.
func TestFormsWithoutTransfers(t *testing.T) {
	rolled, claimed := coop("R", "2020-03-31", "-4000"), coop("C", "2020-03-31", "250")
	rolled.reason, claimed.claimID = "Co-op Rollover", "CL-1"
	identified := export("ids", coop("E1", "2020-03-10", "10"), rolled, claimed)
	for amount, want := range map[string][]string{
		"10":    nil,
		"10.01": {"sheet reports 10.01 USD for 4711 in Mar 2020, but earnings with ids add up to 10.00 USD (difference 0.01)"},
	} {
		expectFindings(t, amount, asOf("2020-07-31", identified, sheet("sheet", 2, coop("", "2020-03-31", amount))).calculate(t), calc.FormsDisagree, want...)
	}
	moved := coop("", "2020-03-31", "-4000")
	moved.reason = "Co-op Rollover"
	expectFindings(t, "a sheet with a transfer", asOf("2020-07-31", identified, sheet("sheet", 2, coop("", "2020-03-31", "10"), moved)).calculate(t), calc.FormsDisagree)
}

// detail is what a row shows beside its figures.
type detail = calc.Detail
