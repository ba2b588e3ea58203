package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// mark is a conditional format of a column.
type mark struct {
	criteria string // a formula; %[1]s is the cell
	ink      string
	paper    string
}

// dueMarks mark what has to be done within a week, and within a month, by the
// days that are left.
var dueMarks = []mark{
	{"AND(ISNUMBER(%[1]s),%[1]s<=7)", red, redBg},
	{"AND(ISNUMBER(%[1]s),%[1]s<=30)", amber, amberBg},
}

// wordMarks mark cells that hold one of the words.
func wordMarks(bad, doubtful []string) []mark {
	var list []mark
	for _, word := range bad {
		list = append(list, mark{fmt.Sprintf("%%[1]s=%q", word), red, redBg})
	}
	for _, word := range doubtful {
		list = append(list, mark{fmt.Sprintf("%%[1]s=%q", word), amber, amberBg})
	}
	return list
}

// mark gives a column its conditional formats.
func (b *book) mark(p place, column int, marks []mark) error {
	cell := fmt.Sprintf("$%s%d", letters(column), p.head+1)
	var options []excelize.ConditionalFormatOptions
	for _, m := range marks {
		style, err := b.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: m.ink, Bold: true},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{m.paper}},
		})
		if err != nil {
			return err
		}
		options = append(options, excelize.ConditionalFormatOptions{Type: "formula", Criteria: fmt.Sprintf(m.criteria, cell), Format: &style, StopIfTrue: true})
	}
	return b.SetConditionalFormat(p.sheet, p.relative(column), options)
}
