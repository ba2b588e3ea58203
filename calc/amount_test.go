package calc_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"testing/quick"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

func TestCents(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0.00", "-0": "0.00", "0.00": "0.00",
		"0.004": "0.00", "0.0049999999999999999999": "0.00", "0.005": "0.01", "0.0050000000000000000001": "0.01",
		"-0.004": "0.00", "-0.0049999999999999999999": "0.00", "-0.005": "-0.01", "-0.006": "-0.01",
		"0.015": "0.02", "0.025": "0.03", "2.675": "2.68", "1.005": "1.01", "-1.005": "-1.01", "-2.675": "-2.68",
		"3999.994999": "3999.99", "3999.995": "4000.00", "4000.004": "4000.00", "4000.005": "4000.01",
		"0.0049": "0.00", // half of a half is not rounded twice
		"1E+3":   "1000.00", "1e-40": "0.00", "-1e-40": "0.00",
		"123456789012345678901234567890.125": "123456789012345678901234567890.13",
	} {
		t.Run(in, func(t *testing.T) {
			if got := calc.Cents(money(in)).StringFixed(2); got != want {
				t.Errorf("Cents(%s) = %s, want %s", in, got, want)
			}
		})
	}
}

func TestCentsIsNearestHalfAwayFromZero(t *testing.T) {
	law := func(units int64, scale uint8) bool {
		d := decimal.New(units, -int32(scale%9))
		got := calc.Cents(d)
		off := got.Sub(d).Abs()
		half := decimal.New(5, -3)
		return got.Equal(got.Truncate(2)) && (off.LessThan(half) || off.Equal(half) && got.Abs().GreaterThan(d.Abs())) &&
			calc.Cents(d.Neg()).Equal(got.Neg()) && !strings.HasPrefix(calc.Cents(decimal.New(units%5, -3)).StringFixed(2), "-0.00")
	}
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
}

// edges are integers next to where 64 bits end.
var edges = []int64{0, 1, -1, 5, 99, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1, math.MaxInt64 / 10, math.MinInt64 / 10, math.MaxInt32}

func TestAmountAsText(t *testing.T) {
	law := func(units int64, scale uint8) bool {
		a := calc.ScaledAmount(units, scale%19)
		cents := calc.NewAmount(calc.Cents(a.Decimal()))
		return string(a.Append(nil)) == a.Decimal().String() && string(cents.AppendCents(nil)) == cents.Decimal().StringFixed(2)
	}
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
	for _, units := range edges {
		for scale := range uint8(19) {
			if !law(units, scale) {
				t.Errorf("%d with %d decimals is written %s", units, scale, calc.ScaledAmount(units, scale).Append(nil))
			}
		}
	}
	wide := "123456789012345678901234567890.5"
	if got := string(calc.NewAmount(money(wide)).Append([]byte("x"))); got != "x"+wide {
		t.Errorf("%s is written %s", wide, got)
	}
	if got := string(calc.NewAmount(money(wide)).AppendCents(nil)); got != wide+"0" {
		t.Errorf("%s is written %s in cents", wide, got)
	}
}

func TestAmountKeepsEveryDigit(t *testing.T) {
	for _, in := range []string{
		"0", "1.10", "-1.1", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "-9223372036854775809",
		"0.000000000000000001", "0.0000000000000000001", "1E+3", "1E-40", "123456789012345678901234567890.123456789",
		"999999999999999999.9999999999999999999999999999999999999999",
	} {
		t.Run(in, func(t *testing.T) {
			if got := calc.NewAmount(money(in)).Decimal(); !got.Equal(money(in)) {
				t.Errorf("NewAmount(%s) keeps %s", in, got)
			}
		})
	}
	if !(calc.Amount{}).Decimal().IsZero() || !calc.NewAmount(decimal.Decimal{}).Decimal().IsZero() {
		t.Error("the zero Amount is not 0")
	}
	law := func(units int64, scale uint8) bool {
		scale %= 24
		d := decimal.New(units, -int32(scale))
		a := calc.NewAmount(d)
		return a.Decimal().Equal(d) && (scale > 18 || calc.ScaledAmount(units, scale).Equal(a))
	}
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
}

func TestScaledAmountRefusesScales(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a scale of 19 was taken")
		}
	}()
	calc.ScaledAmount(1, 19)
}

func TestAmountEqual(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"1.10", "1.1", true}, {"1.10", "1.11", false}, {"0", "0.000", true}, {"-0", "0", true}, {"1000", "1E+3", true},
		{"9223372036854775807", "9223372036854775807.0", true}, {"9223372036854775807", "-9223372036854775808", false},
		{"1E-19", "1E-19", true}, {"1E-19", "1E-18", false}, {"1E-19", "0", false},
	} {
		t.Run(c.a, func(t *testing.T) {
			a, b := calc.NewAmount(money(c.a)), calc.NewAmount(money(c.b))
			if a.Equal(b) != c.want || b.Equal(a) != c.want {
				t.Errorf("%s equals %s: %v, want %v", c.a, c.b, a.Equal(b), c.want)
			}
		})
	}
}

// sumText adds amounts by Sum and by big rational numbers, and returns both.
func sumText(amounts []decimal.Decimal) (got, want string) {
	var s calc.Sum
	exact := new(big.Rat)
	for i, d := range amounts {
		if i%7 == 6 {
			s.AddDecimal(d)
		} else {
			s.Add(calc.NewAmount(d))
		}
		exact.Add(exact, d.Rat())
	}
	return s.Decimal().Rat().RatString(), exact.RatString()
}

func TestSumIsExact(t *testing.T) {
	var empty calc.Sum
	if !empty.Decimal().IsZero() {
		t.Error("the zero Sum is not 0")
	}
	law := func(units []int64, scales []uint8, near []uint8) bool {
		var list []decimal.Decimal
		for i, u := range units {
			scale := int32(0)
			if len(scales) > 0 {
				scale = int32(scales[i%len(scales)]%26) - 3
			}
			if len(near) > i && near[i]%2 == 0 {
				u = edges[int(near[i])/2%len(edges)]
			}
			list = append(list, decimal.New(u, -scale))
		}
		got, want := sumText(list)
		return got == want
	}
	if err := quick.Check(law, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

// Every pair of edges at every pair of scales meets once as sum and addend.
func TestSumAtTheEndsOf64Bits(t *testing.T) {
	for _, a := range edges {
		for _, b := range edges {
			for _, scales := range [][3]int32{{0, 0, 0}, {0, 18, 0}, {18, 0, 18}, {2, 4, 2}, {4, 2, 6}, {17, 18, 19}} {
				got, want := sumText([]decimal.Decimal{decimal.New(a, -scales[0]), decimal.New(b, -scales[1]), decimal.New(a, -scales[2])})
				if got != want {
					t.Errorf("%d + %d + %d at scales %v = %s, want %s", a, b, a, scales, got, want)
				}
			}
		}
	}
}

func FuzzSum(f *testing.F) {
	f.Add(int64(math.MaxInt64), uint8(0), int64(1), uint8(0), int64(-1), uint8(18))
	f.Add(int64(math.MinInt64), uint8(2), int64(-1), uint8(6), int64(10), uint8(20))
	f.Fuzz(func(t *testing.T, a int64, x uint8, b int64, y uint8, c int64, z uint8) {
		p, q, r := decimal.New(a, -int32(x%32)), decimal.New(b, -int32(y%32)), decimal.New(c, -int32(z%32))
		if got, want := sumText([]decimal.Decimal{p, q, r, p, q}); got != want {
			t.Errorf("%s + %s + %s + %s + %s = %s, want %s", p, q, r, p, q, got, want)
		}
	})
}

func TestAmountIsFiner(t *testing.T) {
	for in, want := range map[string][3]bool{ // than 0, 2 and 3 decimals
		"0": {}, "7": {}, "1.00": {}, "1.5": {true}, "-1.25": {true}, "1.250": {true}, "0.005": {true, true}, "-0.0001": {true, true, true},
		"123456789012345678901234567890": {}, "123456789012345678901234567890.125": {true, true},
	} {
		t.Run(in, func(t *testing.T) {
			for i, places := range []int32{0, 2, 3} {
				if got := calc.NewAmount(money(in)).Finer(places); got != want[i] {
					t.Errorf("%s is finer than %d decimals: %v, want %v", in, places, got, want[i])
				}
			}
		})
	}
}

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }
