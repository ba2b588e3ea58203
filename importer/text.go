package importer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// trimBlanks cuts outer blanks: spaces of every width, and the invisible
// characters that spreadsheets and web pages leave.
func trimBlanks(s string) string {
	if n := len(s); n > 0 && ink(s[0]) && ink(s[n-1]) {
		return s
	}
	return strings.TrimFunc(s, isBlank)
}

// isBlank recognises blanks of every width.
func isBlank(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// isInvisible recognises characters that no one sees: the soft hyphen, those
// without width, and the marks of writing directions that browsers put into
// dates.
func isInvisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u2069' || r == '\ufeff'
}

// visible returns a text without invisible characters.
func visible(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// ink reports whether a byte is a visible ASCII character.
func ink(c byte) bool { return c > ' ' && c < 0x7f }

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // callers checked that these are a few digits
	return n
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
}

// rowOf names a row for a reader who looks at the sheet from.
func rowOf(sheet string, row int, from string) string {
	if sheet == from {
		return "row " + strconv.Itoa(row)
	}
	return "row " + strconv.Itoa(row) + " of sheet " + strconv.Quote(sheet)
}
