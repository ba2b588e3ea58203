package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/text/encoding/charmap"
)

// Nearly every text has only characters of Windows-1252 and the minus sign. For
// these each weight has a simple face: cut out of its font once in a process,
// embedded the same in every document, with one byte for each character. A whole
// font, which gofpdf cuts again for every document in several milliseconds, comes
// in only with a text that has other characters.

const (
	minus     = '\u2212'
	minusCode = 0x81 // not taken in Windows-1252
)

// codeOf returns a character's byte in a simple face; 0 when it has none.
func codeOf(r rune) byte {
	if r == minus {
		return minusCode
	}
	code, known := charmap.Windows1252.EncodeRune(r)
	if !known || unicode.IsControl(r) {
		return 0
	}
	return code
}

func characterOf(code byte) rune {
	if code == minusCode {
		return minus
	}
	return charmap.Windows1252.DecodeByte(code)
}

// simple returns the simple face of a font.
func simple(family string, font *face) *face {
	f := *font
	f.family, f.whole = family, font
	f.cut = sync.OnceValue(f.cutOut)
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

// cut is a simple face as gofpdf takes it.
type cut struct {
	definition []byte // JSON
	file       []byte // deflated
}

func (f *face) cutOut() cut {
	const first = 32
	var characters strings.Builder
	widths := make([]int, 256)
	for code := first; code < len(widths); code++ {
		r := characterOf(byte(code))
		if width, ok := f.advance(r); ok {
			characters.WriteRune(r)
			widths[code] = width
		}
	}
	whole := gofpdf.New("", "", "", "")
	whole.AddUTF8FontFromBytes(f.family, "", slices.Clone(f.file))
	about := whole.GetFontDesc(f.family, "")
	about.Flags = gofpdf.FontFlagNonsymbolic
	file := gofpdf.UTF8CutFont(slices.Clone(f.file), characters.String())
	definition, err := json.Marshal(struct {
		Tp, Name, Enc, Diff, File string
		Desc                      gofpdf.FontDescType
		Cw                        []int
		OriginalSize              int
	}{
		Tp: "TrueType", Name: f.family, Enc: "cp1252", Diff: fmt.Sprintf("%d /minus", minusCode), File: f.family + ".z",
		Desc: about, Cw: widths, OriginalSize: len(file),
	})
	if err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", f.family, err)) // numbers and names
	}
	return cut{definition, deflated(file)}
}

// deflated packs what every document will hold as small as possible.
func deflated(data []byte) []byte {
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, zlib.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// encode returns a text as gofpdf takes it in this face.
func (f *face) encode(text string) string {
	if f.whole == nil {
		return text
	}
	codes := make([]byte, 0, len(text))
	for _, r := range text {
		codes = append(codes, codeOf(r))
	}
	return string(codes)
}
