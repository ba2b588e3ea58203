package xlsx

import "strings"

// Widths are in digits of the default font, heights in points. Both are told:
// not every program fits columns and rows to what stands in them.
const (
	widest     = 40 // how wide a column of text grows before its lines are broken
	narrowest  = 60 // of what is printed, for the sentences around a table
	usualWidth = 9  // of a column that is not told
	lineHeight = 13
	rowPadding = 5
	headRoom   = 14 // for the buttons of the filter, below the text
)

// gaps are between what stands in a column and the next one's.
var gaps = [...]int{plain: 3, money: 2, exact: 2, count: 2, day: 2, month: 2}

// lineSizes are the sizes of the sentences around a table against that of its
// cells.
var lineSizes = map[styleName]float64{titleStyle: 1.7, leadStyle: 1.3, noteStyle: 1}

// width fits a column to what stands in it.
func (c column[T]) width() int {
	head := 5
	for word := range strings.FieldsSeq(c.head) {
		head = max(head, textWidth(word)+1) // in bold
	}
	width := max(head, c.seen.widest)
	if c.total {
		width = max(width, c.sum().width())
	}
	if c.kind == plain {
		most := widest
		if c.widest > 0 {
			most = c.widest
		}
		width = max(head, min(width, most))
	}
	return width + gaps[c.kind]
}

// linesOf gives how many lines a text takes in a column. Words are kept whole
// where they fit.
func linesOf(s string, width int) int {
	lines, used := 1, 0
	for word := range strings.FieldsSeq(s) {
		need := textWidth(word)
		switch {
		case used > 0 && used+1+need <= width:
			used += 1 + need
		case used == 0 && need <= width:
			used = need
		case need <= width:
			lines++
			used = need
		default: // broken anywhere
			lines += (used + need) / width
			used = (used + need) % width
		}
	}
	return lines
}
