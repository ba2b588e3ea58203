package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// letters names a column by its index from 0.
func letters(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		panic(err) // tables are a few dozen columns wide
	}
	return name
}

// relative names a column's cells on their own sheet: E5:E20.
func (p place) relative(column int) string {
	return fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", letters(column), p.head+1, p.last)
}

// absolute names a column's cells from anywhere: 'Months'!$E$5:$E$20.
func (p place) absolute(column int) string {
	return fmt.Sprintf("%[1]s!$%[2]s$%[3]d:$%[2]s$%[4]d", p.quoted(), letters(column), p.head+1, p.last)
}

// headCell names a column's header from anywhere.
func (p place) headCell(column int) string {
	return fmt.Sprintf("%s!$%s$%d", p.quoted(), letters(column), p.head)
}

func (p place) quoted() string { return "'" + strings.ReplaceAll(p.sheet, "'", "''") + "'" }

// filtered names the header and the data.
func (p place) filtered() string {
	return fmt.Sprintf("$A$%d:$%s$%d", p.head, letters(p.columns-1), p.last)
}

// all names everything on the sheet.
func (p place) all() string {
	return fmt.Sprintf("A1:%s%d", letters(p.columns-1), p.end)
}
