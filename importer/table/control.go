package table

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// The bytes of a machine word, for looking at eight characters at once.
const (
	wordBytes = 8
	eachByte  = 0x0101010101010101 // times c: c in every byte
	highBits  = 0x80 * eachByte
)

// word returns the eight bytes of b from i on.
func word[T string | []byte](b T, i int) uint64 {
	w := b[i : i+wordBytes]
	return uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 |
		uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
}

// unprintable reports whether a byte of w is a control character or not ASCII.
func unprintable(w uint64) bool {
	below := (w - ' '*eachByte) &^ w
	return (below|(w+eachByte)|w)&highBits != 0
}

// suspicious reports whether b holds anything but printable ASCII and TAB, CR, LF.
// Most records do not, and need no second look.
func suspicious[T string | []byte](b T) bool {
	i := 0
	for ; i+wordBytes <= len(b); i += wordBytes {
		if unprintable(word(b, i)) && oddBytes(b[i:i+wordBytes]) {
			return true
		}
	}
	return oddBytes(b[i:])
}

func oddBytes[T string | []byte](b T) bool {
	for i := range len(b) {
		if c := b[i]; c >= 0x7F || c < ' ' && c != '\t' && c != '\r' && c != '\n' {
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
