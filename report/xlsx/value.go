package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
	"golang.org/x/text/width"
)

// kind is what a column holds; it decides format, alignment and totals.
type kind uint8

const (
	plain kind = iota // text
	money             // amount rounded to cents
	exact             // amount with all of its decimals
	count             // whole number
	day               // date
	month
)

// value is a cell: text as it is read, or a number as it is written in XML.
// The zero value is an empty cell.
type value struct {
	kind kind
	text string
}

// maxCell is Excel's limit of a cell's text, in UTF-16 units.
const maxCell = 32767

const cutMark = "… [cut]"

// text makes a text cell. What would hide is shown, and a text that is too long
// for a cell ends in a mark.
func text(s string) value {
	if len(s) <= maxCell && isPlain(s) {
		return value{plain, s}
	}
	s = wording.Visible(s)
	if len(s) <= maxCell {
		return value{plain, s}
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= maxCell {
		return value{plain, s}
	}
	end := maxCell - len(utf16.Encode([]rune(cutMark)))
	if utf16.IsSurrogate(rune(units[end-1])) && utf16.IsSurrogate(rune(units[end])) && units[end] >= 0xdc00 {
		end-- // never half a character
	}
	return value{plain, string(utf16.Decode(units[:end])) + cutMark}
}

func amount(d decimal.Decimal) value { return value{money, calc.Cents(d).StringFixed(2)} }

func optional(d decimal.NullDecimal) value {
	if !d.Valid {
		return value{}
	}
	return amount(d.Decimal)
}

// nonZero gives an empty cell for 0.00.
func nonZero(d decimal.Decimal) value {
	if calc.Cents(d).IsZero() {
		return value{}
	}
	return amount(d)
}

func unrounded(d decimal.Decimal) value { return value{exact, d.String()} }

func number(n int) value { return value{count, strconv.Itoa(n)} }

// known gives an empty cell for 0.
func known(n int) value {
	if n == 0 {
		return value{}
	}
	return number(n)
}

// firstDate is the first day that Excel numbers as the calendar does: it
// believes in 29 February 1900.
var firstDate, serialZero = calc.MustDate(1900, 3, 1), calc.MustDate(1899, 12, 30)

func date(d calc.Date) value {
	switch {
	case d.IsZero():
		return value{}
	case d.Before(firstDate):
		return text(d.String())
	}
	return value{day, strconv.Itoa(serialZero.DaysUntil(d))}
}

func monthOf(m calc.Month) value { return value{month, date(m.First()).text} }

func (v value) isNumber() bool { return v.kind != plain }

// decimal gives a number cell's value.
func (v value) decimal() decimal.Decimal {
	if !v.isNumber() || v.text == "" {
		return decimal.Zero
	}
	return decimal.RequireFromString(v.text)
}

// width estimates how wide a cell is shown, in digits of the default font.
func (v value) width() int {
	switch v.kind {
	case money, exact:
		whole, _, _ := strings.Cut(v.text, ".")
		return len(v.text) + len(whole)/3 + 1
	case count:
		return len(v.text) + len(v.text)/3
	case day, month:
		return len("2020-12-31")
	case plain:
	}
	return textWidth(v.text)
}

// textWidth estimates the width of a text in digits of Arial. What is not told
// apart is as wide as a digit; full-width characters take the room of two.
func textWidth(s string) int {
	tenths := 0
	for _, r := range s {
		if r < latin {
			tenths += int(latinTenths[r])
			continue
		}
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			tenths += 20
		default:
			tenths += 10
		}
	}
	return (tenths + 9) / 10
}

const latin = 0x100 // characters of Latin-1

// latinTenths is how wide they are.
var latinTenths = func() (tenths [latin]uint8) {
	for r := range rune(latin) {
		switch {
		case strings.ContainsRune(" \u00a0ijlftrI.,:;'|!()[]/-·", r):
			tenths[r] = 6
		case strings.ContainsRune("mMwW%", r):
			tenths[r] = 16
		case r >= 'A' && r <= 'Z':
			tenths[r] = 13
		default:
			tenths[r] = 10
		}
	}
	return tenths
}()
