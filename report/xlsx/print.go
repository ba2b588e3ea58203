package xlsx

import (
	"strings"

	"cspcoop/report/wording"
)

// How wide a table may be, in digits, so that its print is still read with ease.
const (
	portraitRoom  = 115
	landscapeRoom = 260
)

func (p place) upright() bool { return !p.chart && p.width <= portraitRoom }

// What is printed of a page, and how wide a digit is, in points; of A4, which is
// wider than Letter's and as high within the margin of what is counted as little.
const (
	shortSide, longSide = 523, 770
	pageMargins         = 14 // what the long side has less as a height than as a width
	digitWidth          = 5.25
	usualHeight         = 15 // of a row that is not set
	mostMeasured        = 400
)

// pagesBelow returns how many pages a sheet is fitted to below each other, so that
// none of them holds but a few rows or a part of a chart; 0 leaves it to the program
// that prints.
func (s *sheet) pagesBelow() int {
	const little, spare = 0.25, 0.06 // of a page
	if s.Rows > mostMeasured {
		return 0
	}
	height := 0.0
	for _, l := range s.lines() {
		height += s.lineHeight(l)
	}
	head := s.headHeight()
	height += float64(headRow-2)*usualHeight + head
	height += s.tall
	if s.chart {
		height = max(height, (headRow+chartRows)*usualHeight)
	}
	if s.below != nil {
		height += (2 + chartRows) * usualHeight
	}
	wide, high := float64(longSide), float64(shortSide-pageMargins)
	if s.upright() {
		wide, high = shortSide, longSide-pageMargins
	}
	digits := s.width
	if s.chart {
		digits += chartColumns * usualWidth
	}
	if scale := wide * float64(s.abreast) / (float64(digits) * digitWidth); scale < 1 {
		height *= scale
		head *= scale
	}
	pages := (height - head) / (high - head)
	whole := int(pages + spare)
	switch {
	case s.below != nil && pages < 2, s.chart && pages < 1.6: // a chart is on one page
		return 1
	case whole > 0 && pages-float64(whole) < little:
		return whole
	}
	return 0
}

// page returns how a sheet is printed: fitted to the width of its page, upright where
// there is room, on a paper by its number.
func (s *sheet) page() (orientation string, paper int) {
	if s.upright() {
		return "portrait", s.paper
	}
	return "landscape", s.paper
}

const paperLetter, paperA4 = 1, 9

// printable makes a text part of a header or footer: "&" begins a code there,
// and the whole may have 255 characters.
func printable(s string) string {
	const most = 120
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most-1]) + "…"
	}
	return strings.ReplaceAll(wording.Visible(s), "&", "&&")
}
