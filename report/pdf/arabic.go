package pdf

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// forms are the shapes of an Arabic letter: alone, at the end, at the beginning
// and in the middle of a word. Letters that join only to the right have the
// first two.
type forms struct {
	shape [4]rune
	count int
}

// arabicForms returns the shapes of letters, and those of the obligatory ligatures
// with lam by their second letters. Both come from the blocks of presentation forms,
// which list the shapes of each letter in that order.
var arabicForms = sync.OnceValues(func() (letters, ligatures map[rune]forms) {
	letters, ligatures = map[rune]forms{}, map[rune]forms{}
	add := func(table map[rune]forms, letter, shape rune) {
		f := table[letter]
		f.shape[f.count] = shape
		f.count++
		table[letter] = f
	}
	for _, block := range [][2]rune{{0xFB50, 0xFBB1}, {0xFBFC, 0xFBFF}, {0xFE80, 0xFEFC}} {
		for shape := block[0]; shape <= block[1]; shape++ {
			switch base := []rune(norm.NFKC.String(string(shape))); len(base) {
			case 1:
				add(letters, base[0], shape)
			case 2:
				add(ligatures, base[1], shape)
			}
		}
	}
	return letters, ligatures
})

const (
	lam     = '\u0644'
	tatweel = '\u0640' // a stroke that lengthens a word
)

// join returns Arabic letters the shapes that they have beside each other, so
// that words are written and not spelled. Other text stays as it is. The
// zero-width joiner and non-joiner have done their work then.
func join(text string) string {
	if !strings.ContainsFunc(text, joins) {
		return text
	}
	letters, ligatures := arabicForms()
	in := []rune(text)
	var out []rune
	reached := false // by a stroke of the letter before
	for i := 0; i < len(in); i++ {
		r := in[i]
		switch {
		case r == zeroWidthJoiner:
			reached = true
			continue
		case r == zeroWidthNonJoiner:
			reached = false
			continue
		case unicode.Is(unicode.Mn, r):
			out = append(out, r)
			continue
		}
		f := letters[r]
		if r == lam && i+1 < len(in) && ligatures[in[i+1]].count > 0 {
			i++
			f = ligatures[in[i]]
		}
		if f.count == 0 {
			out = append(out, r)
			reached = r == tatweel
			continue
		}
		reaches := f.count == 4 && takesStroke(in[i+1:])
		out = append(out, f.shape[form(reached, reaches)])
		reached = reaches
	}
	return string(out)
}

func joins(r rune) bool {
	return r == zeroWidthJoiner || r == zeroWidthNonJoiner || unicode.Is(unicode.Arabic, r)
}

// takesStroke reports whether the text begins with a letter that joins to the one
// before it.
func takesStroke(text []rune) bool {
	letters, _ := arabicForms()
	for _, r := range text {
		if !unicode.Is(unicode.Mn, r) {
			return r == tatweel || r == zeroWidthJoiner || letters[r].count > 1
		}
	}
	return false
}

// form returns the index of a shape: alone, end, beginning, middle.
func form(reached, reaches bool) int {
	n := 0
	if reached {
		n++
	}
	if reaches {
		n += 2
	}
	return n
}
