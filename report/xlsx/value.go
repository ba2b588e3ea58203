package xlsx

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"

	"golang.org/x/text/width"
)

// words is a text as a cell has it.
type words struct {
	text  string
	width int  // in digits of the default font
	plain bool // is the same in XML
}

// maxCell is Excel's limit of a cell's text, in UTF-16 units.
const maxCell = 32767

const cutMark = "… [cut]"

// text makes the text of a cell. What would hide is shown, and a text that is too
// long for a cell ends in a mark.
func text(s string) words {
	if tenths, plain := plainWidth(s); plain && len(s) <= maxCell {
		return words{s, digits(tenths), true}
	}
	s = fitting(wording.Visible(s))
	return words{text: s, width: textWidth(s)}
}

func fitting(s string) string {
	if len(s) <= maxCell {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= maxCell {
		return s
	}
	end := maxCell - len(utf16.Encode([]rune(cutMark)))
	if utf16.IsSurrogate(rune(units[end-1])) && utf16.IsSurrogate(rune(units[end])) && units[end] >= 0xdc00 {
		end-- // never half a character
	}
	return string(utf16.Decode(units[:end])) + cutMark
}

// isText reports whether a workbook has a cell as text. Excel believes in
// 29 February 1900: days before it are none.
func isText(v table.Value) bool {
	switch v.Kind {
	case table.Words, table.Half:
		return true
	case table.Day, table.MonthYear:
		return v.Day.Before(firstDate)
	case table.Nothing, table.Cash, table.Precise, table.Whole, table.Share:
	}
	return false
}

// textOf returns what a cell of text says.
func textOf(v table.Value) words {
	if v.Kind == table.Day || v.Kind == table.MonthYear {
		return text(v.Day.String())
	}
	return text(v.Text)
}

// firstDate is the first day that Excel numbers as the calendar does.
var firstDate, serialZero = calc.MustDate(1900, 3, 1), calc.MustDate(1899, 12, 30)

// appendNumber appends the number of a cell as XML has it.
func appendNumber(b []byte, v table.Value) []byte {
	switch v.Kind {
	case table.Cash:
		return v.Number.AppendCents(b)
	case table.Precise:
		return v.Number.Append(b)
	case table.Share:
		return append(b, v.Number.Decimal().Shift(-2).String()...)
	case table.Whole:
		return strconv.AppendInt(b, int64(v.Count), 10)
	case table.Day, table.MonthYear:
		return strconv.AppendInt(b, int64(serialZero.DaysUntil(v.Day)), 10)
	case table.Nothing, table.Words, table.Half:
	}
	return b
}

// numberWidth estimates how wide a number is shown, in digits of the default font.
func numberWidth(kind table.Kind, number []byte) int {
	switch kind {
	case table.Cash, table.Precise:
		whole, _, _ := bytes.Cut(number, []byte{'.'})
		return len(number) + len(whole)/3 + 1
	case table.Whole, table.Share:
		return len(number) + len(number)/3
	case table.Day, table.MonthYear:
		return len("2020-12-31")
	case table.Nothing, table.Words, table.Half:
	}
	return 0
}

// plainWidth returns the width of a text in tenths of a digit, and reports whether
// it is shown, and written as XML, just as it is: nearly every one is.
func plainWidth(s string) (tenths int, plain bool) {
	for i := range len(s) {
		tenths += int(plainTenths[s[i]])
	}
	return tenths, tenths < special
}

const special = 1 << 24 // more than any plain text is wide

// plainTenths is how wide characters are, and special of those that may be shown or
// written in another way.
var plainTenths = func() (tenths [256]int32) {
	for c := range tenths {
		if tenths[c] = int32(latinTenths[c]); c < ' ' || c >= utf8.RuneSelf || strings.ContainsRune("&<>_", rune(c)) {
			tenths[c] = special
		}
	}
	return tenths
}()

func digits(tenths int) int { return (tenths + 9) / 10 }

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
	return digits(tenths)
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
