package pdf

import (
	_ "embed"
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/IBMPlexSans-Regular.ttf
var plexRegular []byte

//go:embed fonts/IBMPlexSans-SemiBold.ttf
var plexSemiBold []byte

//go:embed fonts/DejaVuSans.ttf
var dejaVu []byte

//go:embed fonts/DejaVuSans-Bold.ttf
var dejaVuBold []byte

//go:embed fonts/DroidSansFallback.ttf
var droid []byte

// face is an embedded TrueType font with what measuring text needs. It is
// never changed once it is loaded; documents share it.
type face struct {
	family string // name inside a document
	file   []byte
	font   *sfnt.Font
	latin  [256]int16 // widths of the characters that most text consists of; 0 for those without a glyph
	marks  [768]int16 // those of dashes, quotes, signs of currencies and the minus, from firstMark on
	whole  *face      // of a simple face, which has few characters, its font; else nil
	cut    cut        // a simple face as documents take it
}

// faces are the families in the order in which a character looks for a glyph:
// Plex for Latin, in its simple face where that will do, Greek and Cyrillic,
// DejaVu for Hebrew, Arabic and symbols, Droid for Chinese, Japanese and Korean,
// which has one weight. They are loaded with the first document: that takes longer
// than most commands that write none.
var faces = sync.OnceValue(func() (f [weights][]*face) {
	text, bold, han := mustLoad("text", plexRegular), mustLoad("textsemibold", plexSemiBold), mustLoad("han", droid)
	f[regular] = []*face{simple("latin", text, cut{latinDefinition, latinFile}), text, mustLoad("wide", dejaVu), han}
	f[semibold] = []*face{simple("latinsemibold", bold, cut{latinSemiBoldDefinition, latinSemiBoldFile}), bold, mustLoad("widebold", dejaVuBold), han}
	return f
})

// firstMark is where the block of general punctuation begins; currencies, arrows
// and mathematical signs follow it.
const firstMark = 0x2000

func mustLoad(family string, file []byte) *face {
	f, err := load(family, file)
	if err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", family, err))
	}
	return f
}

func load(family string, file []byte) (*face, error) {
	font, err := sfnt.Parse(file)
	if err != nil {
		return nil, err
	}
	f := &face{family: family, file: file, font: font}
	for r := range f.latin {
		width, _ := f.lookUp(rune(r))
		f.latin[r] = int16(width)
	}
	for i := range f.marks {
		width, _ := f.lookUp(firstMark + rune(i))
		f.marks[i] = int16(width)
	}
	return f, nil
}

// advance returns the width of a character in thousandths of the type size, and
// false when the font has no glyph for it.
func (f *face) advance(r rune) (int, bool) {
	if r >= 0 && int(r) < len(f.latin) {
		return int(f.latin[r]), f.latin[r] > 0
	}
	if i := r - firstMark; i >= 0 && int(i) < len(f.marks) {
		return int(f.marks[i]), f.marks[i] > 0
	}
	return f.lookUp(r)
}

// widthOf returns the width of a text, and false when the font lacks a glyph of it.
func (f *face) widthOf(text string) (units int, ok bool) {
	for _, r := range text {
		width, ok := f.advance(r)
		if !ok {
			return 0, false
		}
		units += width
	}
	return units, true
}

func (f *face) lookUp(r rune) (int, bool) {
	glyph := f.glyph(r)
	if glyph == 0 {
		return 0, false
	}
	const thousand = 1000
	width, err := f.font.GlyphAdvance(nil, glyph, fixed.I(thousand), font.HintingNone)
	if err != nil {
		return 0, false
	}
	return width.Round(), true
}

// glyph looks a character up in the font; 0 is no glyph. gofpdf takes none
// outside of the basic plane.
func (f *face) glyph(r rune) sfnt.GlyphIndex {
	if r <= 0 || r >= 0xFFFF || f.whole != nil && codeOf(r) == 0 {
		return 0
	}
	glyph, err := f.font.GlyphIndex(nil, r)
	if err != nil {
		return 0
	}
	return glyph
}
