package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
)

func TestSplitIsChecked(t *testing.T) {
	lever := func(l line, name string) line {
		l.lever = name
		return l
	}
	in := func(l line, currency string) line {
		l.currency = currency
		return l
	}
	adjusted := typed("Rebate", "4", "2020-03-31", "0.01")
	adjusted.reason = "Adjustment"
	rolled := typed("Coop", "5", "2020-03-31", "-40")
	rolled.reason = "Co-op Rollover"
	paid := typed("Coop", "6", "2020-03-31", "40")
	paid.claimID = "CL-1"
	rebate, coop40 := typed("Rebate", "1", "2020-03-31", "60"), typed("Coop", "2", "2020-03-31", "40")
	for _, c := range []struct {
		name  string
		rows  []line
		rules []rule
		want  []string
	}{
		{"60 and 40", []line{rebate, coop40}, nil, nil},
		{"a cent moved", []line{typed("Rebate", "1", "2020-03-31", "60.01"), typed("Coop", "2", "2020-03-31", "39.99")}, nil,
			[]string{"warning 4711 FY20H2 a/2: rows without a lever report 39.99 USD of co-op in Mar 2020, but 40% of rebate and co-op together (100.00) is 40.00: a difference of −0.01, of which rounding the rows explains 0.005 at most"}},
		{"both rounded", []line{typed("Rebate", "1", "2020-03-31", "0.07"), typed("Coop", "2", "2020-03-31", "0.04")}, nil, nil},
		{"whole yen", []line{in(typed("Rebate", "1", "2020-03-31", "61"), "JPY"), in(typed("Coop", "2", "2020-03-31", "40"), "JPY")}, nil, nil},
		{"a yen moved", []line{in(typed("Rebate", "1", "2020-03-31", "62"), "JPY"), in(typed("Coop", "2", "2020-03-31", "39"), "JPY")}, nil, []string{"a difference of −1.40, of which rounding the rows explains 0.5 at most"}},
		{"rebate alone", []line{lever(rebate, "Accelerator")}, nil, nil},
		{"rebate alone beside a lever with co-op", []line{rebate, coop40, lever(typed("Rebate", "3", "2020-03-31", "7"), "Accelerator")}, nil, nil},
		{"co-op alone: a filtered download", []line{coop40}, nil, nil},
		{"a month without its rebate", []line{rebate, coop40, typed("Coop", "3", "2020-04-30", "10")}, nil, []string{"report 10.00 USD of co-op in Apr 2020, but 40% of rebate and co-op together (10.00) is 4.00"}},
		{"a month without its co-op", []line{lever(rebate, "Core"), lever(coop40, "core"), lever(typed("Rebate", "3", "2020-04-30", "10"), "CORE")}, nil, []string{`lever "CORE" reports 0.00 USD of co-op in Apr 2020`}},
		{"currencies apart", []line{rebate, in(coop40, "EUR")}, nil, []string{"report 0.00 USD of co-op", "report 40.00 EUR of co-op"}},
		{"levers apart", []line{lever(rebate, "A"), lever(coop40, "B")}, nil, nil},
		{"an adjustment is in its month", []line{rebate, coop40, adjusted}, nil, nil},
		{"a difference that an adjustment explains", []line{typed("Rebate", "1", "2020-03-31", "59.98"), coop40, adjusted}, nil, nil},
		{"adjustments of two cents", []line{typed("Rebate", "1", "2020-03-31", "60.03"), coop40, adjusted}, nil, []string{"a difference of −0.016, of which rounding the rows explains 0.007 at most"}},
		{"transfers, payments of claims and gross rows are no part", []line{rebate, coop40, rolled, paid, typed("", "7", "2020-03-31", "1000"), typed("Fee", "8", "2020-03-31", "9")}, nil, nil},
		{"another split agreed", []line{lever(typed("Rebate", "1", "2020-03-31", "50"), "Azure"), lever(typed("Coop", "2", "2020-03-31", "50"), "Azure")},
			[]rule{{levers: []string{"azure"}, share: "0.5", threshold: "4000"}}, nil},
		{"an agreed split that is not kept", []line{lever(rebate, "Azure"), lever(coop40, "Azure")}, []rule{{levers: []string{"azure"}, share: "0.5", threshold: "4000"}},
			[]string{"but 50% of rebate and co-op together (100.00) is 50.00"}},
		{"months of a period are one finding", []line{rebate, typed("Coop", "2", "2020-03-31", "41"), typed("Rebate", "3", "2020-04-30", "60"), typed("Coop", "4", "2020-04-30", "39"), typed("Rebate", "5", "2020-07-31", "1"), typed("Coop", "6", "2020-07-31", "1")}, nil,
			[]string{"FY20H2 a/2: rows without a lever report 80.00 USD of co-op in 2 months, but 40% of rebate and co-op together is 80.00; the differences are more than rounding the rows explains (Mar 2020 0.60, Apr 2020 −0.60)", "FY21H1"}},
	} {
		a := asOf("2020-07-31", export("a", c.rows...))
		a.rules = c.rules
		expectFindings(t, c.name, a.calculate(t), calc.SplitDiffers, c.want...)
	}
}

// What a difference rests on is found again when it is read.
func TestSplitsAreReadAgain(t *testing.T) {
	r := asOf("2020-07-31", export("a",
		typed("Rebate", "1", "2020-03-31", "30"), typed("Coop", "2", "2020-03-31", "40"), typed("Rebate", "3", "2020-03-01", "31"), typed("Coop", "4", "2020-04-01", "4"), typed("Rebate", "5", "2020-04-01", "6"),
	)).calculate(t)
	splits := r.Statements[0].Splits.All()
	if len(splits) != 2 || !splits[0].Differs() || splits[1].Differs() || r.Statements[0].Splits.Checked != 2 || r.Statements[0].Splits.Differing != 1 {
		t.Fatalf("%+v", splits)
	}
	var first string
	for _, f := range r.Findings {
		if f.Code() == calc.SplitDiffers {
			first += f.Earning()
		}
	}
	if x := splits[0]; first != "3" || x.Rebate().String() != "61" || x.CoOp().String() != "40" || x.Expected().String() != "40.4" || x.Difference().String() != "-0.4" {
		t.Errorf("first row %s, %+v", first, x)
	}
}

// However many rows there are and whatever they are rounded from, rounding alone
// is never reported as a difference; and the tolerance is no wider than
// rounding can be at its worst.
func TestRoundingIsNoDifference(t *testing.T) {
	for seed := range calctest.Seeds(200) {
		d := rand.New(rand.NewPCG(seed, 40))
		currency := []string{"USD", "JPY", "KWD"}[d.IntN(3)]
		places := int32(calc.CurrencyDecimals(currency))
		share := decimal.New(int64(d.IntN(101)), -2)
		var rows []line
		for i := range 1 + d.IntN(60) {
			whole := decimal.New(d.Int64N(1_000_000)-200_000, -4)
			part := whole.Mul(share)
			r := typed("Rebate", fmt.Sprint("r", i), "2020-03-31", whole.Sub(part).Round(places).String())
			c := typed("Coop", fmt.Sprint("c", i), "2020-03-31", part.Round(places).String())
			r.currency, c.currency = currency, currency
			rows = append(rows, r, c)
		}
		a := asOf("2020-07-31", export("a", rows...))
		a.rules = []rule{{share: share.String(), threshold: "4000"}}
		expectFindings(t, fmt.Sprint("seed ", seed), a.calculate(t), calc.SplitDiffers)
	}
	// No amount gives both 0.08 and 0.04 by rounding its shares.
	worst := asOf("2020-07-31", export("a", typed("Rebate", "1", "2020-03-31", "0.08"), typed("Coop", "2", "2020-03-31", "0.04"))).calculate(t).Statements[0].Splits.All()[0]
	if !worst.Differs() || worst.Tolerance().String() != "0.005" || worst.Difference().String() != "-0.008" {
		t.Errorf("difference %s, tolerance %s", worst.Difference(), worst.Tolerance())
	}
}
