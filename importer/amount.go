package importer

import (
	"errors"
	"strconv"
	"strings"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Bounds of an amount after its exponent is applied. They are checked before any
// decimal arithmetic, which would take seconds on 1e10000.
const (
	maxWholeDigits    = 18
	maxFractionDigits = 40
	maxNumberText     = 128
)

// number is an amount's text split up; the mark is not judged yet.
type number struct {
	negative bool
	whole    string // digits before the mark
	fraction string // digits after it
	mark     byte   // '.', ',' or 0; of several the last
	exponent int
	grouped  byte // the mark that groups thousands, where it has two or more
}

var errNumber = errors.New("is no number")

// splitNumber reads optional sign, digits, optional mark and digits, optional
// exponent, outer blanks cut. Grouped thousands are no amount either, but they
// are recognised as such, and prove the file's decimal mark: such a number
// has grouped set.
func splitNumber(s string) (number, error) {
	var n number
	s = trimBlanks(s)
	if len(s) > maxNumberText {
		return n, errNumber
	}
	n.negative, s = cutSign(s)
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		var ok bool
		if n.exponent, ok = exponentOf(s[i+1:]); !ok {
			return n, errNumber
		}
		s = s[:i]
	}
	n.whole = s
	if i := strings.LastIndexAny(s, ".,"); i >= 0 {
		n.whole, n.mark, n.fraction = s[:i], s[i], s[i+1:]
		if !digits(n.fraction) {
			return n, errNumber
		}
	}
	if digits(n.whole) {
		return n, nil
	}
	return n, n.splitGroups()
}

// splitGroups reads the digits before the last mark as thousands in groups:
// 1,234.56 and 1,234,567.
func (n *number) splitGroups() error {
	i := strings.IndexAny(n.whole, ".,")
	if i < 1 || n.mark == 0 {
		return errNumber
	}
	n.grouped = n.whole[i]
	groups := strings.Split(n.whole, string(n.grouped))
	if n.grouped == n.mark {
		groups = append(groups, n.fraction)
	}
	for k, g := range groups {
		if !digits(g) || len(g) > 3 || k > 0 && len(g) != 3 {
			return errNumber
		}
	}
	return nil
}

func cutSign(s string) (negative bool, rest string) {
	for _, minus := range []string{"-", "\u2212"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			return true, rest
		}
	}
	return false, strings.TrimPrefix(s, "+")
}

// exponentOf reads an exponent of at most three digits, which is far beyond what
// an amount may have.
func exponentOf(s string) (int, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	if !digits(s) {
		return 0, false
	}
	if s = strings.TrimLeft(s, "0"); len(s) > 3 {
		s = "999"
	}
	e := atoi(s)
	if negative {
		e = -e
	}
	return e, true
}

// canonical returns the number as decimal reads it, with a point.
func (n number) canonical() string {
	var b strings.Builder
	if n.negative {
		b.WriteByte('-')
	}
	b.WriteString(n.whole)
	if n.fraction != "" {
		b.WriteByte('.')
		b.WriteString(n.fraction)
	}
	if n.exponent != 0 {
		b.WriteByte('e')
		b.WriteString(strconv.Itoa(n.exponent))
	}
	return b.String()
}

// bounded reports whether the number stays within the bounds once its exponent is
// applied. Zeros in front do not count.
func (n number) bounded() bool {
	if len(n.fraction)-n.exponent > maxFractionDigits {
		return false
	}
	significant := strings.TrimLeft(n.whole+n.fraction, "0")
	if significant == "" {
		return n.exponent <= maxWholeDigits
	}
	return len(significant)-len(n.fraction)+n.exponent <= maxWholeDigits
}

// reading says which decimal marks a number's text allows.
type reading uint8

const (
	eitherMark reading = iota // no mark: both read the same
	onlyPoint
	onlyComma
	pointOrGroup // 1.234: 1.234 or 1234
	commaOrGroup // 1,234
)

// reading returns what the text allows. Three digits after the only mark, and one
// to three before it that do not begin with 0, can be a grouped thousand.
func (n number) reading() reading {
	grouping := len(n.fraction) == 3 && len(n.whole) <= 3 && n.whole[0] != '0' && n.exponent == 0
	switch {
	case n.grouped == ',':
		return onlyPoint
	case n.grouped == '.':
		return onlyComma
	case n.mark == 0:
		return eitherMark
	case n.mark == '.' && grouping:
		return pointOrGroup
	case n.mark == '.':
		return onlyPoint
	case grouping:
		return commaOrGroup
	}
	return onlyComma
}

// parseAmount reads a validated number's canonical text.
func parseAmount(s string) (calc.Amount, error) {
	if len(s) <= 18 { // most amounts fit an integer with a scale
		if a, ok := scaled(s); ok {
			return a, nil
		}
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return calc.Amount{}, err
	}
	return calc.NewAmount(d), nil
}

func scaled(s string) (calc.Amount, bool) {
	var units int64
	var scale uint8
	point := false
	i := 0
	if s != "" && s[0] == '-' {
		i = 1
	}
	if i == len(s) {
		return calc.Amount{}, false
	}
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.' && !point:
			point = true
		case c >= '0' && c <= '9':
			units = units*10 + int64(c-'0')
			if point {
				scale++
			}
		default:
			return calc.Amount{}, false
		}
	}
	if s[0] == '-' {
		units = -units
	}
	return calc.ScaledAmount(units, scale), true
}

// significantDigits is how many digits of a number Excel shows.
const significantDigits = 15

// significant rounds a number that Excel stores in binary to the digits that
// Excel itself shows, so that 1234.5600000000001 is 1234.56.
func significant(d decimal.Decimal) decimal.Decimal {
	if over := int32(d.NumDigits()) - significantDigits; over > 0 {
		return d.Round(-(d.Exponent() + over))
	}
	return d
}
