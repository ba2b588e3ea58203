package store

import (
	"math"
	"math/big"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/importer/store/parquet"

	"github.com/shopspring/decimal"
)

// value returns what a reader of the decimal column sees.
func value(d parquet.Decimal) decimal.Decimal {
	units := new(big.Int).SetBytes(d[:])
	if d[0]&0x80 != 0 {
		units.Sub(units, twoTo128)
	}
	return decimal.NewFromBigInt(units, -parquet.Scale)
}

func checkAmount(t *testing.T, a calc.Amount) {
	t.Helper()
	stored, ok := amountOf(a)
	if !ok {
		t.Errorf("%s is not held", a.Decimal())
		return
	}
	back, err := stored.read()
	if err != nil || !reflect.DeepEqual(back, a) {
		t.Errorf("%s (exponent %d) comes back as %s (exponent %d): %v", a.Decimal(), a.Decimal().Exponent(), back.Decimal(), back.Decimal().Exponent(), err)
	}
	if seen, want := value(stored.decimal), a.Decimal().Truncate(parquet.Scale); !seen.Equal(want) {
		t.Errorf("readers see %s as %s", want, seen)
	}
	if !a.Decimal().Equal(a.Decimal().Truncate(parquet.Scale)) && stored.exact == "" {
		t.Errorf("%s stands nowhere in full", a.Decimal())
	}
}

func TestAmountsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	eighteen := strings.Repeat("9", 18)
	for _, s := range []string{
		"0", "0.00", "1.1", "1.10", "-0.01", "1234.56", eighteen, "-" + eighteen, "0." + eighteen, "-0." + eighteen,
		eighteen + "." + eighteen, "-" + eighteen + "." + strings.Repeat("1", 40), "0." + strings.Repeat("0", 39) + "1",
		"1e3", "-5e17", "12e18", "9223372036854775807", "-9223372036854775808", "0.0000000000000142108547152020",
		"99999999999999999999", "-99999999999999999999." + eighteen,
	} {
		checkAmount(t, calc.NewAmount(decimal.RequireFromString(s)))
	}
	checkAmount(t, calc.ScaledAmount(math.MaxInt64, 18))
	checkAmount(t, calc.ScaledAmount(math.MinInt64, 0))
	for _, s := range []string{"100000000000000000000", "-1e20", "1e40"} {
		if stored, ok := amountOf(calc.NewAmount(decimal.RequireFromString(s))); ok {
			t.Errorf("%s is held as %s", s, value(stored.decimal))
		}
	}
}

func TestRandomAmounts(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range 20_000 {
		units := int64(random.Uint64()) >> random.IntN(64)
		checkAmount(t, calc.ScaledAmount(units, uint8(random.IntN(19))))
		wide := new(big.Int).Mul(big.NewInt(units), big.NewInt(int64(random.Uint64()>>random.IntN(64))))
		if d := decimal.NewFromBigInt(wide, int32(random.IntN(50)-40)); d.Abs().LessThan(decimal.New(1, 20)) {
			checkAmount(t, calc.NewAmount(d))
		}
	}
}

func TestAmountsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]amount{
		"between two cents": {decimal: scaledUp(1, 1), scale: 2},
		"too large":         {decimal: parquet.Decimal{0x40}, scale: 2},
		"scale":             {scale: 19},
		"negative scale":    {scale: -1},
		"words":             {exact: "twelve"},
	} {
		t.Run(name, func(t *testing.T) {
			if back, err := a.read(); err == nil {
				t.Errorf("%s: read as %s", name, back.Decimal())
			}
		})
	}
}
