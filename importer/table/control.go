package table

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// suspicious says whether b holds anything but printable ASCII and TAB, CR, LF.
// Most records do not, and need no second look.
func suspicious(b []byte) bool {
	for _, c := range b {
		if c >= 0x7F || c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			return true
		}
	}
	return false
}

// badCharacter finds the first character that no cell may hold: a control
// character other than TAB, CR and LF, or a byte that is not UTF-8.
func badCharacter(b []byte) (problem string, found bool) {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return fmt.Sprintf("the byte 0x%02X is not valid UTF-8", b[i]), true
		case r == 0:
			return "a NUL character", true
		case r != '\t' && r != '\r' && r != '\n' && unicode.IsControl(r):
			return fmt.Sprintf("the control character %U", r), true
		}
		i += n
	}
	return "", false
}

// problem words what is wrong with a field of a text file, "" if nothing. What
// a decoder could not read it has turned into U+FFFD: half a pair in UTF-16, or
// one of the five bytes that Windows-1252 does not define.
func (c charset) problem(field []byte) string {
	if c.coding != nil && bytes.ContainsRune(field, utf8.RuneError) {
		return "bytes that are not valid " + c.name
	}
	problem, _ := badCharacter(field)
	return problem
}
