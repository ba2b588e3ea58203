package xlsx

import (
	"cmp"
	"math"
	"strings"

	"cspcoop/report/table"
)

// Widths are in digits of the default font, heights in points. Both are set:
// not every program fits columns and rows to what is in them.
const (
	widest     = 40 // how wide a column of text grows before its lines are broken
	narrowest  = 60 // of what is printed, for the sentences around a table
	usualWidth = 9  // of a column that is not set
	lineHeight = 13
	rowPadding = 5
	headRoom   = 14 // for the buttons of the filter, below the text
)

// gap is between what is in a column and the next one's.
func gap(kind table.Kind) int {
	if lookOf(kind) == textLook {
		return 3
	}
	return 2
}

// lineSizes are the sizes of the sentences around a table against that of its
// cells.
var lineSizes = map[styleName]float64{titleStyle: 1.7, leadStyle: 1.3, noteStyle: 1}

// needs returns how wide a column's header is, and after how many digits its texts
// are broken: beside numbers they are not.
func needs(c *table.Heading) (head, room int) {
	head = 5
	for word := range strings.FieldsSeq(c.Head) {
		head = max(head, textWidth(word)+1) // in bold
	}
	if lookOf(c.Kind) != textLook {
		return head, math.MaxInt
	}
	return head, max(head, cmp.Or(c.Widest, widest))
}

// fitted returns how wide a column is for what is in it.
func (s *sheet) fitted(i int) int {
	c := &s.Columns[i]
	width := max(s.heads[i], s.wide[i])
	if c.Column.Total && c.Kind.IsNumber() {
		total := c.Total()
		width = max(width, numberWidth(total.Kind, appendNumber(nil, total)))
	}
	return min(width, s.rooms[i]) + gap(c.Kind)
}

// linesOf returns how many lines a text takes in a column. Words are kept whole
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
