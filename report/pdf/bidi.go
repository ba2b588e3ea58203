package pdf

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// visual puts the characters of one line into the order in which they are read
// from left to right. It needs no embeddings or overrides: those are shown as
// what they are (see clean) and never act.
func visual(runes []rune, rightToLeft bool) []rune {
	if !slices.ContainsFunc(runes, isRightToLeft) {
		return runes
	}
	parts := directions(runes, rightToLeft)
	if rightToLeft {
		slices.Reverse(parts)
	} else {
		parts = reverseEmbedded(parts)
	}
	out := make([]rune, 0, len(runes))
	for _, p := range parts {
		if p.rightToLeft {
			out = append(out, mirrored(p.runes)...)
		} else {
			out = append(out, p.runes...)
		}
	}
	return out
}

// part is text of one direction, in the order of reading.
type part struct {
	runes       []rune
	rightToLeft bool
	embedded    bool // a number inside right-to-left text
}

// directions cuts a line where its direction changes. The bidi package gives
// its runs in the order of reading, not in that of display, and joins a number
// inside right-to-left text with left-to-right text that follows it. It takes
// brackets for other punctuation, so that one between two Latin words of
// right-to-left text belongs to them.
func directions(runes []rune, rightToLeft bool) []part {
	const leftToRightMark, rightToLeftMark = "\u200e", "\u200f"
	mark := leftToRightMark
	if rightToLeft {
		mark = rightToLeftMark
	}
	var p bidi.Paragraph
	if _, err := p.SetString(mark + string(runes)); err != nil {
		return []part{{runes: runes, rightToLeft: rightToLeft}}
	}
	order, err := p.Order()
	if err != nil {
		return []part{{runes: runes, rightToLeft: rightToLeft}}
	}
	var parts []part
	for i := range order.NumRuns() {
		r := order.Run(i)
		text := []rune(r.String())
		if i == 0 {
			text = text[1:] // the mark
		}
		next := part{runes: text, rightToLeft: r.Direction() == bidi.RightToLeft}
		if n := len(parts); n > 0 && parts[n-1].rightToLeft && !next.rightToLeft {
			if end := numberEnd(text); end > 0 {
				parts = append(parts, part{runes: text[:end], embedded: true})
				next.runes = text[end:]
			}
		}
		if len(next.runes) > 0 {
			parts = append(parts, next)
		}
	}
	return parts
}

// numberEnd returns the length of the numbers that a text begins with.
func numberEnd(text []rune) int {
	end := 0
	for i, r := range text {
		switch class(r) {
		case bidi.EN, bidi.AN:
			end = i + 1
		case bidi.L:
			return end
		}
	}
	return end
}

// reverseEmbedded turns right-to-left passages of a left-to-right line around:
// their parts and the numbers inside them.
func reverseEmbedded(parts []part) []part {
	for start := 0; start < len(parts); start++ {
		end := start
		for end < len(parts) && (parts[end].rightToLeft || parts[end].embedded) {
			end++
		}
		if end > start {
			slices.Reverse(parts[start:end])
			start = end
		}
	}
	return parts
}

// mirrored turns right-to-left text around; a mark stays behind its letter, and
// brackets open to the other side.
func mirrored(runes []rune) []rune {
	out := make([]rune, 0, len(runes))
	for end := len(runes); end > 0; {
		start := end - 1
		for start > 0 && unicode.Is(unicode.Mn, runes[start]) {
			start--
		}
		for _, r := range runes[start:end] {
			out = append(out, []rune(bidi.ReverseString(string(r)))...)
		}
		end = start
	}
	return out
}

// startsRightToLeft reports whether the first letter of a text decides for right
// to left.
func startsRightToLeft(runes []rune) bool {
	for _, r := range runes {
		switch class(r) {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

func isRightToLeft(r rune) bool {
	if r < 0x0590 {
		return false
	}
	c := class(r)
	return c == bidi.R || c == bidi.AL || c == bidi.AN
}

func class(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}
