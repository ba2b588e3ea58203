package importer

import (
	"errors"
	"strconv"
	"strings"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// Bounds of an amount after its exponent is applied. They stand before any
// decimal arithmetic, which would take seconds on 1e10000.
const (
	maxWholeDigits    = 18
	maxFractionDigits = 40
	maxNumberText     = 128
)

// number is an amount's text taken apart; the mark is not judged yet.
type number struct {
	negative bool
	whole    string // digits before the mark
	fraction string // digits after it
	mark     byte   // '.', ',' or 0
	exponent int
	marks    int // how many marks stand in it
}

var errNumber = errors.New("is no number")

// splitNumber reads optional sign, digits, optional mark and digits, optional
// exponent. A second mark makes it a number with grouped thousands, which is
// told by marks > 1.
func splitNumber(s string) (number, error) {
	var n number
	s = trimBlanks(s)
	if len(s) > maxNumberText {
		return n, errNumber
	}
	switch {
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	case strings.HasPrefix(s, "-"):
		n.negative, s = true, s[1:]
	case strings.HasPrefix(s, "\u2212"):
		n.negative, s = true, s[len("\u2212"):]
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e := s[i+1:]
		if len(e) > 0 && (e[0] == '+' || e[0] == '-') {
			e = e[1:]
		}
		if e == "" || len(e) > 3 || !digits(e) {
			return n, errNumber
		}
		n.exponent, _ = strconv.Atoi(strings.TrimPrefix(s[i+1:], "+"))
		s = s[:i]
	}
	n.whole = s
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.' || c == ',':
			n.marks++
			n.mark = c
			n.whole, n.fraction = s[:i], s[i+1:]
		case c < '0' || c > '9':
			return n, errNumber
		}
	}
	if n.marks > 1 {
		if n.whole == "" || n.fraction == "" || strings.ContainsAny(s, ".") && strings.ContainsAny(s, ",") && strings.Count(s, string(n.mark)) > 1 {
			return n, errNumber
		}
		return n, nil
	}
	if n.whole == "" || n.marks == 1 && n.fraction == "" {
		return n, errNumber
	}
	return n, nil
}

// canonical gives the number as decimal reads it, with a point.
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

// bounded says that the number stays within the bounds once its exponent is
// applied; zero always does.
func (n number) bounded() bool {
	whole := strings.TrimLeft(n.whole, "0")
	fraction := n.fraction
	if whole == "" && strings.Trim(fraction, "0") == "" {
		return n.exponent <= maxFractionDigits && n.exponent >= -maxFractionDigits
	}
	before := len(whole) + n.exponent
	if whole == "" {
		before = n.exponent - (len(fraction) - len(strings.TrimLeft(fraction, "0")))
	}
	return before <= maxWholeDigits && len(fraction)-n.exponent <= maxFractionDigits
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

// reading tells what the text allows. Three digits after the only mark, and one
// to three before it that do not begin with 0, can be a grouped thousand.
func (n number) reading() reading {
	grouping := len(n.fraction) == 3 && len(n.whole) <= 3 && n.whole[0] != '0' && n.exponent == 0
	switch {
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

// significant rounds a number that Excel stores in binary to the 15 digits that
// Excel itself shows, so that 1234.5600000000001 is 1234.56.
func significant(d decimal.Decimal) decimal.Decimal {
	if over := int32(d.NumDigits()) - 15; over > 0 {
		return d.Round(-(d.Exponent() + over))
	}
	return d
}

// currencyCode knows the codes of ISO 4217, in any case.
func currencyCode(s string) (string, bool) {
	s = strings.ToUpper(trimBlanks(s))
	if len(s) != 3 {
		return "", false
	}
	unit, err := currency.ParseISO(s)
	if err != nil || unit.String() == "XXX" || unit.String() == "XTS" {
		return "", false
	}
	return unit.String(), true
}

// currencyDecimals gives how many decimals a currency has.
func currencyDecimals(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// trimBlanks cuts outer blanks, the no-break ones of spreadsheets included.
func trimBlanks(s string) string {
	return strings.Trim(s, " \t\r\n\u00a0\u202f\u2007\ufeff\u200b")
}

// Currency gives the ISO 4217 code that s names in any case.
func Currency(s string) (string, bool) { return currencyCode(s) }
