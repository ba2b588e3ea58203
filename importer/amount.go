package importer

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

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
	whole    string // digits before the mark, without what groups thousands
	fraction string // digits after it
	mark     byte   // '.', ',' or 0; of several the last
	exponent int
	grouped  rune   // what groups thousands: a comma, a point, a blank or an apostrophe; 0: nothing certainly does
	currency string // the sign or code beside it, as written
	style    bool   // in accounting format: grouped, in brackets, with a currency or a minus behind
}

var errNumber = errors.New("is no number")

// splitNumber reads digits with an optional mark, sign and exponent, and what
// accounting formats make of them: thousands in groups, a minus behind, brackets
// for negative amounts, a currency sign or code on one side, blanks between.
func splitNumber(s string) (number, error) {
	s = trimBlanks(s)
	if len(s) > maxNumberText {
		return number{}, errNumber
	}
	n, err := splitPlain(s)
	if err != nil {
		n, err = splitAccounting(s)
	}
	return n, err
}

// splitPlain reads optional sign, digits, optional mark and digits, optional
// exponent.
func splitPlain(s string) (n number, err error) {
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
		if !calc.IsDigits(n.fraction) {
			return n, errNumber
		}
	}
	if !calc.IsDigits(n.whole) {
		return n, errNumber
	}
	return n, nil
}

// splitAccounting reads a number in accounting format.
func splitAccounting(s string) (n number, err error) {
	first, last := strings.IndexAny(s, "0123456789"), strings.LastIndexAny(s, "0123456789")
	if first < 0 {
		return n, errNumber
	}
	n.style = true
	if err := n.around(s[:first], s[last+1:]); err != nil {
		return n, err
	}
	return n, n.splitGroups(s[first : last+1])
}

// around reads what is before and behind the digits: one sign of a negative
// amount and one currency at most.
func (n *number) around(before, behind string) error {
	minus, signs := 0, 0
	read := func(text string, bracket rune, brackets *int) string {
		return strings.Map(func(r rune) rune {
			switch {
			case isBlank(r):
				return -1
			case isMinus(r):
				minus++
				return -1
			case r == '+':
				signs++
				return -1
			case r == bracket:
				*brackets++
				return -1
			}
			return r
		}, text)
	}
	opened, closed := 0, 0
	before, behind = read(before, '(', &opened), read(behind, ')', &closed)
	n.negative = minus == 1 || opened == 1
	n.currency = before + behind
	switch {
	case opened != closed || minus+signs+opened > 1:
		return errNumber
	case before != "" && behind != "" || n.currency != "" && !isCurrencySign(n.currency):
		return errNumber
	}
	return nil
}

// splitGroups reads digits whose thousands may be in groups: 1,234.56, 1.234,56,
// 1 234,56, 1’234.56, 1,234,567 and 12,34,567.00.
func (n *number) splitGroups(s string) error {
	if plain, err := splitPlain(s); err == nil && s[0] >= '0' && s[0] <= '9' {
		n.whole, n.mark, n.fraction, n.exponent = plain.whole, plain.mark, plain.fraction, plain.exponent
		return nil
	}
	var groups []string
	from := 0
	for i, r := range s {
		if r >= '0' && r <= '9' {
			continue
		}
		group := foldGroup(r)
		if group == 0 {
			return errNumber
		}
		groups = append(groups, s[from:i])
		from = i + utf8.RuneLen(r)
		switch last := strings.IndexFunc(s[from:], func(r rune) bool { return r < '0' || r > '9' }) < 0; {
		case n.grouped == 0:
			n.grouped = group
		case group == n.grouped:
		case last && (group == '.' || group == ','):
			n.mark, n.fraction = byte(group), s[from:]
		default:
			return errNumber
		}
	}
	if n.mark == 0 {
		groups = append(groups, s[from:])
	}
	for k, g := range groups {
		lakh := k > 0 && k < len(groups)-1 && len(groups[1]) == 2 // 12,34,567: India
		if !calc.IsDigits(g) || k == 0 && len(g) > 3 || k > 0 && !lakh && len(g) != 3 || lakh && len(g) != 2 {
			return errNumber
		}
	}
	n.whole = strings.Join(groups, "")
	return nil
}

// foldGroup returns what stands for all characters that group thousands in the
// same way; 0 for one that does not.
func foldGroup(r rune) rune {
	switch {
	case r == ',' || r == '.':
		return r
	case r == '\'' || r == '\u2019' || r == '\u02bc':
		return '\''
	case isBlank(r):
		return ' '
	}
	return 0
}

// isMinus recognises the characters that are written for a minus.
func isMinus(r rune) bool {
	return r == '-' || r == '\u2212' || r == '\u2013' || r == '\u2010' || r == '\u2011' || r == '\ufe63' || r == '\uff0d'
}

// isLoneDash reports whether a text is what accounting formats show for zero: a
// dash, with a currency perhaps.
func isLoneDash(s string) bool {
	dashes := 0
	rest := strings.Map(func(r rune) rune {
		switch {
		case isBlank(r):
			return -1
		case isMinus(r) || r == '\u2014':
			dashes++
			return -1
		}
		return r
	}, s)
	return dashes == 1 && (rest == "" || isCurrencySign(rest))
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
	if !calc.IsDigits(s) {
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
	pointGroups  // 1.234,50 and 1.234.567: the point groups thousands
	commaGroups  // 1,234.50
)

// reading returns what the text allows. Three digits after the only mark, and one
// to three before it that do not begin with 0, can be a grouped thousand.
func (n number) reading() reading {
	grouping := len(n.fraction) == 3 && len(n.whole) <= 3 && n.whole[0] != '0' && n.exponent == 0
	switch {
	case n.grouped == ',':
		return commaGroups
	case n.grouped == '.':
		return pointGroups
	case n.mark == 0:
		return eitherMark
	case n.grouped != 0 && n.mark == '.':
		return onlyPoint
	case n.grouped != 0:
		return onlyComma
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
	if n, ok := readPlainNumber(s, '.'); ok { // as most: it fits an integer with a scale
		return n.amount(), nil
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return calc.Amount{}, err
	}
	return calc.NewAmount(d), nil
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
