package xlsx

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"cspcoop/calc"
	"cspcoop/report/table"

	"github.com/shopspring/decimal"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1":             "=1+1", // text is text: nothing needs a guard here
		"a\u202eb":         "a«U+202E»b",
		"tab\there":        "tab«U+0009»here",
		"line\nbreak\x00":  "line«U+000A»break«U+0000»",
		"\u200fרשת":        "«U+200F»רשת",
		"👩‍💻":              "👩‍💻",
		"bad\xff":          "bad\ufffd",
		"mark\ufeff\uffff": "mark«U+FEFF»«U+FFFF»",
	} {
		t.Run(in, func(t *testing.T) {
			if got := text(in).text; got != want {
				t.Errorf("text(%q) = %q, want %q", in, got, want)
			}
		})
	}
}

func TestTextIsCutVisibly(t *testing.T) {
	for name, s := range map[string]string{
		"ascii": strings.Repeat("x", maxCell), "emoji": strings.Repeat("😀", maxCell/2), "umlauts": strings.Repeat("ü", maxCell),
	} {
		t.Run(name, func(t *testing.T) {
			if got := text(s).text; got != s {
				t.Errorf("%s: a text that fits was cut", name)
			}
			got := text(s + "😀😀").text
			if n := len(utf16.Encode([]rune(got))); n > maxCell || n < maxCell-1 {
				t.Errorf("%s: cut to %d units", name, n)
			}
			if !strings.HasSuffix(got, cutMark) || strings.ContainsRune(got, utf8.RuneError) {
				t.Errorf("%s: cut to …%q", name, got[len(got)-20:])
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for _, test := range []struct {
		cell table.Value
		want string
	}{
		{table.Money(decimal.RequireFromString("-0.004")), "0.00"},
		{table.Money(decimal.RequireFromString("0.005")), "0.01"},
		{table.Money(decimal.RequireFromString("123456789012.34")), "123456789012.34"},
		{table.Exact(decimal.RequireFromString("1234.123456789012345")), "1234.123456789012345"},
		{table.NonZero(decimal.RequireFromString("0.001")), ""},
		{table.MoneyIf(decimal.NullDecimal{}), ""},
		{table.Count(0), "0"},
		{table.Known(0), ""},
		{table.Date(calc.Date{}), ""},
		{table.Date(calc.MustDate(1900, time.March, 1)), "61"},
		{table.Date(calc.MustDate(1900, time.February, 28)), "1900-02-28"},
		{table.Date(calc.MustDate(2020, time.October, 31)), "44135"},
		{table.Month(calc.NewMonth(2020, time.March)), "43891"},
	} {
		t.Run(test.want, func(t *testing.T) {
			if got := shown(test.cell); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// shown returns what a cell of a workbook has.
func shown(v table.Value) string {
	if isText(v) {
		return textOf(v).text
	}
	return string(appendNumber(nil, v))
}

func TestLinesOf(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  int
	}{
		{"", 10, 1}, {"short", 10, 1}, {"ten digits", 10, 1}, {"eleven digit", 10, 2},
		{"one two three four", 8, 3}, {strings.Repeat("x", 25), 10, 3}, {"株式会社株式会社", 8, 2},
	} {
		t.Run(test.text, func(t *testing.T) {
			if got := linesOf(test.text, test.width); got < test.want || got > test.want+1 {
				t.Errorf("linesOf(%q, %d) = %d, want %d", test.text, test.width, got, test.want)
			}
		})
	}
}
