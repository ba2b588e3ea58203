package reconcile_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
)

// one is an archive of one export with one co-op earning.
func one() *calc.Result {
	amount := calc.NewAmount(decimal.RequireFromString("5000.004"))
	src := &calc.Source{File: "earnings.csv", SHA256: "8f3c", Kind: calc.KindEarnings, Sheets: []string{""}}
	src.Earnings = calc.NewEarnings(src, nil)
	src.Earnings.Add(calc.EarningCells{
		Participant: "4400123", Program: "CSP Direct Bill Partner", Type: "Coop", Currency: "USD",
		ID: "E-1", Date: calc.MustDate(2020, time.March, 31), Amount: amount, USD: amount, Row: 2,
	})
	r, err := reconcile.Calculate(calc.Input{
		AsOf: calc.MustDate(2020, time.September, 30), Sources: []*calc.Source{src}, Policy: calc.DefaultPolicy(),
	})
	if err != nil {
		panic(err)
	}
	return r
}

// An archive becomes funds, each with its decision.
func ExampleCalculate() {
	for _, b := range one().Balances() {
		fmt.Println(b.Statement.Program, b.Period, b.CoOp.StringFixed(2), b.Decision, b.Window)
	}
	// Output: CSP Direct Bill Partner FY20H2 5000.00 claim-required open
}

// A figure leads back to the rows behind it.
func ExampleExplain() {
	period, _ := calc.ParsePeriod("FY20H2")
	x, err := reconcile.Explain(one(), reconcile.Query{Participant: "4400123", Period: period, Figure: "coop_usd"})
	if err != nil {
		panic(err)
	}
	fmt.Println(x.Exact, "is", x.Value, x.Unit)
	for _, part := range x.Parts {
		fmt.Println(part.What, part.Amount, part.Rows[0].Place().File, part.Rows[0].Row())
	}
	// Output:
	// 5000.004 is 5000 USD
	// co-op of 31 Mar 2020 5000.004 earnings.csv 2
}
