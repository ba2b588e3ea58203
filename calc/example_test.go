package calc_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// A Sum adds amounts exactly, and Cents rounds once, half away from zero.
func ExampleCents() {
	var sum calc.Sum
	for _, s := range []string{"0.004", "0.004", "1.997"} {
		sum.Add(calc.NewAmount(decimal.RequireFromString(s)))
	}
	fmt.Println(sum.Decimal(), calc.Cents(sum.Decimal()), calc.Cents(decimal.RequireFromString("-0.005")))
	// Output: 2.005 2.01 -0.01
}

// An Amount keeps every digit, and compares by value.
func ExampleAmount() {
	a := calc.NewAmount(decimal.RequireFromString("1.10"))
	b := calc.ScaledAmount(11, 1) // 11 tenths
	fmt.Println(a.Equal(b), a.Decimal(), a.Finer(1))
	// Output: true 1.1 false
}

// January to June 2020 is the second half of Microsoft's fiscal year 2020. Its
// co-op is spent in the half-year that follows.
func ExampleEarningPeriod() {
	p, err := calc.ParsePeriod("FY20H2")
	if err != nil {
		panic(err)
	}
	fmt.Println(p.Start(), p.End(), p.UsageStart(), p.UsageEnd())
	// Output: 2020-01-01 2020-06-30 2020-07-01 2020-12-31
}

// By the guide, exactly the threshold is paid automatically and a cent more must
// be claimed.
func ExampleRule_MustClaim() {
	rule := calc.Guide2019()
	for _, coop := range []string{"4000.00", "4000.01"} {
		fmt.Println(coop, rule.MustClaim(decimal.RequireFromString(coop)))
	}
	// Output:
	// 4000.00 false
	// 4000.01 true
}

// Former and current names of a program are one fund, in any spelling.
func ExampleKeyOfProgram() {
	fmt.Println(calc.KeyOfProgram("csp 2t  indirect reseller") == calc.KeyOfProgram("CSP Indirect Reseller"))
	// Output: true
}
