package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"

	"golang.org/x/text/width"
)

// value is a cell: text as it is read, or a number as it is written in XML.
// The zero value is an empty cell.
type value struct {
	kind table.Kind
	text string
}

// maxCell is Excel's limit of a cell's text, in UTF-16 units.
const maxCell = 32767

const cutMark = "… [cut]"

// text makes a text cell. What would hide is shown, and a text that is too long
// for a cell ends in a mark.
func text(s string) value {
	if len(s) <= maxCell && isPlain(s) {
		return value{table.Words, s}
	}
	s = wording.Visible(s)
	if len(s) <= maxCell {
		return value{table.Words, s}
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= maxCell {
		return value{table.Words, s}
	}
	end := maxCell - len(utf16.Encode([]rune(cutMark)))
	if utf16.IsSurrogate(rune(units[end-1])) && utf16.IsSurrogate(rune(units[end])) && units[end] >= 0xdc00 {
		end-- // never half a character
	}
	return value{table.Words, string(utf16.Decode(units[:end])) + cutMark}
}

// cellOf returns a table's cell as a workbook has it.
func cellOf(v table.Value) value {
	switch v.Kind {
	case table.Words, table.Half:
		return text(v.Text)
	case table.Cash:
		return value{v.Kind, v.Number.StringFixed(2)}
	case table.Precise:
		return value{v.Kind, v.Number.String()}
	case table.Whole:
		return value{v.Kind, strconv.Itoa(v.Count)}
	case table.Share:
		return value{v.Kind, v.Number.Shift(-2).String()}
	case table.Day, table.MonthYear:
		return date(v.Kind, v.Day)
	case table.Nothing:
	}
	return value{}
}

// firstDate is the first day that Excel numbers as the calendar does: it
// believes in 29 February 1900.
var firstDate, serialZero = calc.MustDate(1900, 3, 1), calc.MustDate(1899, 12, 30)

func date(kind table.Kind, d calc.Date) value {
	if d.Before(firstDate) {
		return text(d.String())
	}
	return value{kind, strconv.Itoa(serialZero.DaysUntil(d))}
}

func (v value) isNumber() bool { return v.kind != table.Nothing && v.kind != table.Words }

// width estimates how wide a cell is shown, in digits of the default font.
func (v value) width() int {
	switch v.kind {
	case table.Cash, table.Precise:
		whole, _, _ := strings.Cut(v.text, ".")
		return len(v.text) + len(whole)/3 + 1
	case table.Whole, table.Share:
		return len(v.text) + len(v.text)/3
	case table.Day, table.MonthYear:
		return len("2020-12-31")
	case table.Nothing, table.Words, table.Half:
	}
	return textWidth(v.text)
}

// textWidth estimates the width of a text in digits of Arial. What is not known
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
