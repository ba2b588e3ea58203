package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// markLook is how a marked cell looks.
type markLook uint8

const (
	alarming markLook = iota
	doubtful
	markLooks
)

var markColours = [markLooks]struct{ ink, paper string }{alarming: {red, redBg}, doubtful: {amber, amberBg}}

// mark is a conditional format of a column.
type mark struct {
	criteria string // a formula; %[1]s is the cell
	look     markLook
}

// dueMarks mark what has to be done within a week, and within a month, by the
// days that are left.
var dueMarks = []mark{
	{"AND(ISNUMBER(%[1]s),%[1]s<=7)", alarming},
	{"AND(ISNUMBER(%[1]s),%[1]s<=30)", doubtful},
}

// wordMarks mark cells that hold one of the words.
func wordMarks(bad, unsure []string) []mark {
	var list []mark
	for _, word := range bad {
		list = append(list, mark{isWord(word), alarming})
	}
	for _, word := range unsure {
		list = append(list, mark{isWord(word), doubtful})
	}
	return list
}

// isWord is the criteria that a cell holds a word.
func isWord(word string) string {
	return `%[1]s="` + strings.NewReplacer(`"`, `""`, "%", "%%").Replace(word) + `"`
}

// mark gives a column its conditional formats.
func (b *book) mark(p place, column int, marks []mark) error {
	cell := fmt.Sprintf("$%s%d", letters(column), p.head+1)
	var options []excelize.ConditionalFormatOptions
	for _, m := range marks {
		options = append(options, excelize.ConditionalFormatOptions{Type: "formula", Criteria: fmt.Sprintf(m.criteria, cell), Format: &b.marks[m.look], StopIfTrue: true})
	}
	return b.SetConditionalFormat(p.sheet, p.relative(column), options)
}
