package store

import (
	"encoding/binary"
	"errors"
	"math"
	"math/big"
	"math/bits"

	"cspcoop/calc"
	"cspcoop/importer/store/parquet"

	"github.com/shopspring/decimal"
)

// int64Digits is how many digits always fit an int64.
const int64Digits = 18

var (
	errAmount = errors.New("a stored amount is none")

	decimalLimit = new(big.Int).Exp(big.NewInt(10), big.NewInt(parquet.Precision), nil)
	twoTo128     = new(big.Int).Lsh(big.NewInt(1), 128)
)

var pow10 = func() (p [parquet.Scale + 1]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// amount is a [calc.Amount] as three columns have it: a decimal that any reader
// can sum, how many decimals the export writes, and, only for an amount of more
// than 18 digits or decimals, all of it as text. Digits that the decimal cannot
// hold are cut from it, and are in the text.
type amount struct {
	decimal parquet.Decimal
	scale   int32
	exact   string
}

// amountOf is false for amounts of more than 20 digits before the point.
func amountOf(a calc.Amount) (amount, bool) {
	d := a.Decimal()
	if e := d.Exponent(); e <= 0 && e >= -parquet.Scale && d.NumDigits() <= int64Digits {
		return amount{decimal: scaledUp(d.CoefficientInt64(), pow10[parquet.Scale+e]), scale: -e}, true
	}
	units := d.Shift(parquet.Scale).BigInt()
	if units.CmpAbs(decimalLimit) >= 0 {
		return amount{}, false
	}
	if units.Sign() < 0 {
		units = new(big.Int).Add(units, twoTo128)
	}
	stored := amount{exact: exact(d)}
	units.FillBytes(stored.decimal[:])
	return stored, true
}

// exact writes an amount so that reading it gives the same digits and the same
// exponent.
func exact(d decimal.Decimal) string {
	if e := d.Exponent(); e <= 0 {
		return d.StringFixed(-e)
	}
	return d.Coefficient().String() + "e" + decimal.New(int64(d.Exponent()), 0).String()
}

// read returns the amount back, the very same one.
func (a *amount) read() (calc.Amount, error) {
	if a.exact != "" {
		d, err := decimal.NewFromString(a.exact)
		return calc.NewAmount(d), err
	}
	if a.scale < 0 || a.scale > parquet.Scale {
		return calc.Amount{}, errAmount
	}
	units, ok := scaledDown(a.decimal, pow10[parquet.Scale-a.scale])
	if !ok {
		return calc.Amount{}, errAmount
	}
	return calc.ScaledAmount(units, uint8(a.scale)), nil
}

// scaledUp returns units * by in 128 bits.
func scaledUp(units int64, by uint64) (b parquet.Decimal) {
	hi, lo := bits.Mul64(magnitude(units), by)
	if units < 0 {
		hi, lo = negated(hi, lo)
	}
	binary.BigEndian.PutUint64(b[:8], hi)
	binary.BigEndian.PutUint64(b[8:], lo)
	return b
}

// scaledDown returns back what scaledUp was given; false when that cannot be.
func scaledDown(b parquet.Decimal, by uint64) (int64, bool) {
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	negative := int64(hi) < 0
	if negative {
		hi, lo = negated(hi, lo)
	}
	if hi >= by {
		return 0, false
	}
	units, rest := bits.Div64(hi, lo, by)
	if rest != 0 || units > math.MaxInt64 {
		return 0, false
	}
	if negative {
		return -int64(units), true
	}
	return int64(units), true
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func negated(hi, lo uint64) (uint64, uint64) {
	lo, borrow := bits.Sub64(0, lo, 0)
	hi, _ = bits.Sub64(0, hi, borrow)
	return hi, lo
}
