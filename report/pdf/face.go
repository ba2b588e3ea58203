package pdf

import (
	_ "embed"
	"encoding/binary"
	"fmt"
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
	cmap   []byte // format 4 subtable
	hmtx   []byte
	wide   int        // entries of hmtx that have a width; later glyphs repeat the last
	em     int        // units per em
	latin  [256]int16 // widths of the characters that most text consists of; 0 for those without a glyph
	whole  *face      // of a simple face, which has few characters, its font; else nil
	cut    func() cut // a simple face as documents take it
}

// faces are the families in the order in which a character looks for a glyph:
// Plex for Latin, in its simple face where that will do, Greek and Cyrillic,
// DejaVu for Hebrew, Arabic and symbols, Droid for Chinese, Japanese and Korean,
// which has one weight.
var faces = func() (f [weights][]*face) {
	text, bold, han := mustLoad("text", plexRegular), mustLoad("textsemibold", plexSemiBold), mustLoad("han", droid)
	f[regular] = []*face{simple("latin", text), text, mustLoad("wide", dejaVu), han}
	f[semibold] = []*face{simple("latinsemibold", bold), bold, mustLoad("widebold", dejaVuBold), han}
	return f
}()

func mustLoad(family string, file []byte) *face {
	f, err := load(family, file)
	if err != nil {
		panic(fmt.Sprintf("embedded font %s: %v", family, err))
	}
	return f
}

func load(family string, file []byte) (*face, error) {
	tables := map[string][]byte{}
	for i := range int(u16(file, 4)) {
		entry := file[12+16*i:]
		at, size := u32(entry, 8), u32(entry, 12)
		tables[string(entry[:4])] = file[at : at+size]
	}
	f := &face{family: family, file: file, hmtx: tables["hmtx"]}
	f.wide = int(u16(tables["hhea"], 34))
	f.em = int(u16(tables["head"], 18))
	cmap := tables["cmap"]
	for i := range int(u16(cmap, 2)) {
		sub := cmap[u32(cmap, 4+8*i+4):]
		if u16(sub, 0) == 4 {
			f.cmap = sub
			for r := range f.latin {
				width, _ := f.lookUp(rune(r))
				f.latin[r] = int16(width)
			}
			return f, nil
		}
	}
	return nil, fmt.Errorf("no character map of format 4")
}

// advance gives the width of a character in thousandths of the type size, and
// false when the font has no glyph for it.
func (f *face) advance(r rune) (int, bool) {
	if r >= 0 && int(r) < len(f.latin) {
		return int(f.latin[r]), f.latin[r] > 0
	}
	return f.lookUp(r)
}

func (f *face) lookUp(r rune) (int, bool) {
	glyph := f.glyph(r)
	if glyph == 0 {
		return 0, false
	}
	width := int(u16(f.hmtx, 4*min(glyph, f.wide-1)))
	return (width*1000 + f.em/2) / f.em, true
}

// glyph looks a character up in the font's segments; 0 is no glyph.
func (f *face) glyph(r rune) int {
	if r <= 0 || r >= 0xFFFF || f.whole != nil && codeOf(r) == 0 {
		return 0
	}
	segments := int(u16(f.cmap, 6)) / 2
	low, high := 0, segments
	for low < high {
		middle := (low + high) / 2
		if rune(u16(f.cmap, 14+2*middle)) < r {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == segments {
		return 0
	}
	starts := 16 + 2*segments
	deltas := starts + 2*segments
	offsets := deltas + 2*segments
	start := rune(u16(f.cmap, starts+2*low))
	if r < start {
		return 0
	}
	delta := u16(f.cmap, deltas+2*low)
	offset := int(u16(f.cmap, offsets+2*low))
	if offset == 0 {
		return int(uint16(r) + delta)
	}
	glyph := u16(f.cmap, offsets+2*low+offset+2*int(r-start))
	if glyph == 0 {
		return 0
	}
	return int(glyph + delta)
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }

func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }
