package pdf

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"cspcoop/report/wording"

	"golang.org/x/text/unicode/norm"
)

// missingBox stands for a character that no embedded font has.
const missingBox = '\u25a1'

// Missing lists the characters of a text that a document cannot show as they
// are, each once, in the order in which they first occur: those that no
// embedded font has, which become a box, and control and direction characters,
// which are named like «U+202E».
func Missing(text string) []rune {
	var list []rune
	for _, r := range norm.NFC.String(text) {
		if s := shown(r); s != string(r) && !unicode.IsSpace(r) && !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	return list
}

// clean makes every character of a text one that the fonts have. White space
// of any kind but the no-break space becomes a blank.
func clean(text string) string {
	if isSimple(text) {
		return text
	}
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		b.WriteString(shown(r))
	}
	return b.String()
}

// isSimple reports whether a text has no other characters than simple faces: nearly
// every one.
func isSimple(text string) bool {
	simple := faces()[regular][0]
	for _, r := range text {
		if _, ok := simple.advance(r); !ok {
			return false
		}
	}
	return true
}

func shown(r rune) string {
	switch {
	case r == '\u00a0' || r == '\u202f':
		return "\u00a0"
	case unicode.IsSpace(r):
		return " "
	case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
		return string(r) // shapes Arabic; see join
	case unicode.In(r, unicode.Cc, unicode.Cf):
		return wording.Visible(string(r))
	}
	for _, f := range faces()[regular] {
		if f.glyph(r) != 0 {
			return string(r)
		}
	}
	return string(missingBox)
}

// faceOf returns the font that shows a cleaned character in this weight, and its
// width in thousandths of the size.
func (w weight) faceOf(r rune) (*face, int) {
	for _, f := range faces()[w] {
		if width, ok := f.advance(r); ok {
			return f, width
		}
	}
	if w != regular { // what only the regular weight has
		return regular.faceOf(r)
	}
	return regular.faceOf(missingBox)
}

// fontOf is faceOf without simple faces.
func (w weight) fontOf(r rune) (*face, int) {
	f, width := w.faceOf(r)
	if f.whole != nil {
		f = f.whole
	}
	return f, width
}

// run is text of one font.
type run struct {
	face  *face
	text  string
	width float64
}

// line is a line of text, ready to be set: its runs are in order from left to right.
type line struct {
	style style
	runs  []run
	width float64
	plain string // as read
}

// set makes one line of a text, however wide it becomes.
func set(text string, s style) line {
	runes := []rune(join(clean(text)))
	return setRunes(runes, s, startsRightToLeft(runes))
}

// simpleWidth returns the width of a text, and false where its simple face has not
// all of it.
func (s style) simpleWidth(text string) (float64, bool) {
	units, ok := faces()[s.weight][0].widthOf(text)
	return float64(units) * s.size / 1000, ok
}

// widthOf returns how wide a text is on one line.
func widthOf(text string, s style) float64 {
	if width, ok := s.simpleWidth(text); ok {
		return width
	}
	return set(text, s).width
}

func setRunes(runes []rune, s style, rightToLeft bool) line {
	l := line{style: s, plain: string(runes)}
	if width, ok := s.simpleWidth(l.plain); ok && len(runes) > 0 {
		l.width = width
		l.runs = []run{{faces()[s.weight][0], l.plain, width}}
		return l
	}
	shown := visual(runes, rightToLeft)
	faceOf := s.weight.faceOf
	if !isSimple(string(shown)) { // no word is torn between a simple face and its font
		faceOf = s.weight.fontOf
	}
	for from := 0; from < len(shown); {
		f, units := faceOf(shown[from])
		to := from + 1
		for ; to < len(shown); to++ {
			next, width := faceOf(shown[to])
			if next != f {
				break
			}
			units += width
		}
		l.runs = append(l.runs, run{f, string(shown[from:to]), float64(units) * s.size / 1000})
		from = to
	}
	for _, r := range l.runs {
		l.width += r.width
	}
	return l
}

// wrap breaks a text into lines that are no wider than width: at blanks and
// between ideographs; inside a word, after punctuation or anywhere, only when
// the word alone is too wide.
func wrap(text string, s style, width float64) []line {
	simple := faces()[s.weight][0]
	if units, ok := simple.widthOf(text); ok && text != "" && !strings.HasSuffix(text, " ") && float64(units) <= roomOf(width, s) {
		whole := float64(units) * s.size / 1000
		return []line{{s, []run{{simple, text, whole}}, whole, text}}
	}
	runes := []rune(join(clean(text)))
	rightToLeft := startsRightToLeft(runes)
	var lines []line
	for part := range breaks(runes, s, width) {
		lines = append(lines, setRunes(part, s, rightToLeft))
	}
	if len(lines) == 0 {
		lines = append(lines, line{style: s})
	}
	return lines
}

// breaks returns the lines that wrap breaks a text into.
func breaks(runes []rune, s style, width float64) iter.Seq[[]rune] {
	return func(yield func([]rune) bool) {
		for len(runes) > 0 {
			n := breakAt(runes, s, width)
			if !yield(trimBlanks(runes[:n])) {
				return
			}
			for runes = runes[n:]; len(runes) > 0 && runes[0] == ' '; {
				runes = runes[1:]
			}
		}
	}
}

// breakAt returns how many characters the first line takes.
func breakAt(runes []rune, s style, width float64) int {
	room := roomOf(width, s)
	var used float64
	atBlank, inWord := 0, 0
	for i, r := range runes {
		_, advance := s.weight.faceOf(r)
		used += float64(advance)
		if used > room && r != ' ' {
			switch {
			case atBlank > 0:
				return atBlank
			case inWord > 0:
				return inWord
			}
			return max(i, 1)
		}
		switch {
		case r == ' ' || i+1 < len(runes) && isIdeograph(r) && !unicode.IsPunct(runes[i+1]):
			atBlank = i + 1
		case strings.ContainsRune("-/_.,:;@", r) && i > 3:
			inWord = i + 1
		}
	}
	return len(runes)
}

// roomOf returns a width in thousandths of the type size, with half of one against
// rounding.
func roomOf(width float64, s style) float64 { return width*1000/s.size + 0.5 }

func isIdeograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

func trimBlanks(runes []rune) []rune {
	for len(runes) > 0 && runes[len(runes)-1] == ' ' {
		runes = runes[:len(runes)-1]
	}
	return runes
}

// noBreak keeps a text on one line.
func noBreak(text string) string { return strings.ReplaceAll(text, " ", "\u00a0") }

// longestWord returns the width of the widest part of a text that should not be
// broken.
func longestWord(text string, s style) float64 {
	widest := 0.0
	for word := range strings.SplitSeq(clean(text), " ") {
		widest = max(widest, widthOf(word, s))
	}
	return widest
}
