package calc

import (
	"math"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// Amount is an exact amount of money in the compact form in which single
// earnings are kept: an integer scaled by a power of ten when it fits into 64
// bits, else the decimal itself. It never loses a digit. The zero Amount is 0.
type Amount struct {
	units int64
	form  *form // nil: a whole number
}

// form is how an Amount's units are to be read. Those of scales exist once, so
// that an Amount takes two words.
type form struct {
	scale uint8            // units / 10^scale
	wide  *decimal.Decimal // the value, where it does not fit units and scale
}

const maxScale = 18

// scales are the forms of amounts that fit an integer.
var scales = func() (f [maxScale + 1]form) {
	for i := range f {
		f[i].scale = uint8(i)
	}
	return f
}()

func (a Amount) scale() uint8 {
	if a.form == nil {
		return 0
	}
	return a.form.scale
}

// wide returns the value of an amount that does not fit an integer, else nil.
func (a Amount) wide() *decimal.Decimal {
	if a.form == nil {
		return nil
	}
	return a.form.wide
}

// NewAmount keeps d exactly.
func NewAmount(d decimal.Decimal) Amount {
	e := d.Exponent()
	if e <= 0 && e >= -maxScale && (d.NumDigits() <= 18 || d.Coefficient().IsInt64()) { // of more digits a copy is made
		return ScaledAmount(d.CoefficientInt64(), uint8(-e))
	}
	return Amount{form: &form{wide: &d}}
}

// ScaledAmount returns units / 10^scale; scale is at most 18.
func ScaledAmount(units int64, scale uint8) Amount {
	if scale > maxScale {
		panic("calc: scale over 18")
	}
	return Amount{units, &scales[scale]}
}

// Decimal returns the exact value.
func (a Amount) Decimal() decimal.Decimal {
	if wide := a.wide(); wide != nil {
		return *wide
	}
	return decimal.New(a.units, -int32(a.scale()))
}

// Append appends the exact value, 1.5 or -0.25, as Decimal().String() has it.
func (a Amount) Append(b []byte) []byte {
	if wide := a.wide(); wide != nil {
		return append(b, wide.String()...)
	}
	units, scale := a.units, a.scale()
	for ; scale > 0 && units%10 == 0; scale-- {
		units /= 10
	}
	return appendScaled(b, units, scale)
}

// AppendCents appends the value with two decimals; it has no more.
func (a Amount) AppendCents(b []byte) []byte {
	if a.wide() == nil && a.scale() <= 2 {
		if units, ok := mul(a.units, pow10[2-a.scale()]); ok {
			return appendScaled(b, units, 2)
		}
	}
	return append(b, a.Decimal().StringFixed(2)...)
}

func appendScaled(b []byte, units int64, scale uint8) []byte {
	rest := uint64(units)
	if units < 0 {
		b, rest = append(b, '-'), -rest
	}
	unit := uint64(pow10[scale])
	b = strconv.AppendUint(b, rest/unit, 10)
	if scale == 0 {
		return b
	}
	b = append(b, '.')
	for rest %= unit; unit > 1; rest %= unit {
		unit /= 10
		b = append(b, '0'+byte(rest/unit))
	}
	return b
}

// Equal compares values: 1.10 equals 1.1.
func (a Amount) Equal(b Amount) bool {
	if a.wide() == nil && b.wide() == nil && a.scale() == b.scale() {
		return a.units == b.units
	}
	return a.Decimal().Equal(b.Decimal())
}

// IsPositive reports whether the value is above zero.
func (a Amount) IsPositive() bool {
	if wide := a.wide(); wide != nil {
		return wide.IsPositive()
	}
	return a.units > 0
}

// Finer reports whether the value has more decimals than places.
func (a Amount) Finer(places int32) bool {
	if a.wide() == nil && int32(a.scale()) <= places {
		return false
	}
	d := a.Decimal()
	return !d.Equal(d.Truncate(places))
}

// Sum adds amounts exactly. It works in 64-bit integers of one scale while
// they hold, and moves to decimals before anything would be lost. The zero Sum
// is 0.
type Sum struct {
	units int64
	rest  *decimal.Decimal // what left the integer; nil for nothing
	scale uint8
}

var pow10 = func() (p [maxScale + 1]int64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// Add adds a.
func (s *Sum) Add(a Amount) {
	if wide := a.wide(); wide != nil {
		s.AddDecimal(*wide)
		return
	}
	units, scale := a.units, a.scale()
	switch {
	case scale > s.scale:
		scaled, ok := mul(s.units, pow10[scale-s.scale])
		if !ok {
			s.flush()
		}
		s.units, s.scale = scaled, scale
	case scale < s.scale:
		scaled, ok := mul(units, pow10[s.scale-scale])
		if !ok {
			s.AddDecimal(a.Decimal())
			return
		}
		units = scaled
	}
	total := s.units + units
	if (total > s.units) != (units > 0) && units != 0 {
		s.flush()
		total = units
	}
	s.units = total
}

// AddDecimal adds d.
func (s *Sum) AddDecimal(d decimal.Decimal) {
	if s.rest != nil {
		d = s.rest.Add(d)
	}
	s.rest = &d
}

// AddSum adds another sum.
func (s *Sum) AddSum(o *Sum) {
	s.Add(ScaledAmount(o.units, o.scale))
	if o.rest != nil {
		s.AddDecimal(*o.rest)
	}
}

// Decimal returns the exact sum.
func (s *Sum) Decimal() decimal.Decimal {
	d := decimal.New(s.units, -int32(s.scale))
	if s.rest != nil {
		d = s.rest.Add(d)
	}
	return d
}

// AddMagnitude adds another sum without regard to its sign.
func (s *Sum) AddMagnitude(o *Sum) {
	if o.rest != nil || o.units == math.MinInt64 {
		s.AddDecimal(o.Decimal().Abs())
		return
	}
	s.Add(ScaledAmount(max(o.units, -o.units), o.scale))
}

// IsZero reports whether the sum is zero.
func (s *Sum) IsZero() bool {
	return s.units == 0 && (s.rest == nil || s.rest.IsZero()) || s.Decimal().IsZero()
}

// Amount returns the exact sum.
func (s *Sum) Amount() Amount {
	if s.rest == nil {
		return ScaledAmount(s.units, s.scale)
	}
	return NewAmount(s.Decimal())
}

func (s *Sum) flush() {
	whole := s.Decimal()
	s.rest, s.units = &whole, 0
}

// mul multiplies by what is not negative, unless the product leaves 64 bits; then it
// returns 0, false.
func mul(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(max(a, -a)), uint64(b))
	if a == math.MinInt64 || hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	return a * b, true
}

// Cents rounds to two decimals, half away from zero: the only place in the
// program that rounds money (cspcoop help rules, contract: "rounded once").
func Cents(d decimal.Decimal) decimal.Decimal {
	r := d.Round(2)
	if r.IsZero() {
		return decimal.Zero // never "-0.00"
	}
	return r
}

// CurrencyDecimals returns how many decimals a currency has (ISO 4217), and 2 for
// one that is not known.
func CurrencyDecimals(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

// HalfUnit returns half a minor unit of a currency: as far as rounding an amount
// can lead, half a cent in USD.
func HalfUnit(code string) decimal.Decimal { return decimal.New(5, int32(-CurrencyDecimals(code)-1)) }
