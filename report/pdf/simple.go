package pdf

import (
	_ "embed"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// Nearly every text has only characters of Windows-1252 and the minus sign. For
// these each weight has a simple face: cut out of its font when the program is built,
// embedded the same in every document, with one byte for each character. A whole
// font, which gofpdf cuts again for every document in several milliseconds, comes
// in only with a text that has other characters.

const (
	minus     = '\u2212'
	minusCode = 0x81 // not taken in Windows-1252
)

// codeOf returns a character's byte in a simple face; 0 when it has none.
func codeOf(r rune) byte {
	switch {
	case r >= ' ' && r <= '~':
		return byte(r)
	case r == minus:
		return minusCode
	}
	code, known := charmap.Windows1252.EncodeRune(r)
	if !known || unicode.IsControl(r) {
		return 0
	}
	return code
}

//go:embed fonts/latin.json
var latinDefinition []byte

//go:embed fonts/latin.z
var latinFile []byte

//go:embed fonts/latinsemibold.json
var latinSemiBoldDefinition []byte

//go:embed fonts/latinsemibold.z
var latinSemiBoldFile []byte

// cut is a simple face as gofpdf takes it.
type cut struct {
	definition []byte // JSON
	file       []byte // deflated
}

// simple returns the simple face of a font.
func simple(family string, font *face, c cut) *face {
	f := *font
	f.family, f.whole, f.cut = family, font, c
	for r := range f.latin {
		if codeOf(rune(r)) == 0 {
			f.latin[r] = 0
		}
	}
	for i := range f.marks {
		if codeOf(firstMark+rune(i)) == 0 {
			f.marks[i] = 0
		}
	}
	return &f
}

// encode returns the bytes of a text in a simple face.
func (f *face) encode(text string) []byte {
	codes := make([]byte, 0, len(text))
	for _, r := range text {
		codes = append(codes, codeOf(r))
	}
	return codes
}
