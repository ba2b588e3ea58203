package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// column is a column of a table with rows of type T.
type column[T any] struct {
	head    string
	kind    kind
	cell    func(T) value
	formula string // of every cell, %[1]d is its row; cell gives the right result
	total   bool
	name    string // of the column's cells, for formulas; "" for none

	// optional columns are left out where no row has an entry: exports differ in
	// what they carry, and empty columns push the others off the page.
	optional bool
}

// table is a sheet: a title, a sentence that matters, a header, rows, totals,
// and notes below.
type table[T any] struct {
	sheet   string
	title   string
	lead    string
	columns []column[T]
	rows    []T
	notes   []string
	chart   bool                     // extras draw a chart right of the table
	extras  func(*book, place) error // what only this sheet has: a chart, conditional formats
}

// place says where a table stands on its sheet. Rows and columns count from 1.
type place struct {
	sheet   string
	head    int // row of the header
	last    int // last row with data; the header's when there is none
	end     int // last row of all
	columns int
	printed int // columns that are printed: with a chart, more than the table's
}

// headRow leaves room for the title and the sentence that matters.
const headRow = 4

// addTable writes a sheet.
func addTable[T any](b *book, t table[T]) error {
	t.columns = slices.DeleteFunc(t.columns, func(c column[T]) bool {
		return c.optional && !slices.ContainsFunc(t.rows, func(row T) bool { return c.cell(row).text != "" })
	})
	p := place{sheet: t.sheet, head: headRow, last: headRow + len(t.rows), columns: len(t.columns), printed: len(t.columns)}
	p.end = p.last
	if t.totalled() {
		p.end++
	}
	if len(t.notes) > 0 {
		p.end += 1 + len(t.notes)
	}
	if t.chart {
		p.printed += chartColumns
		p.end = max(p.end, headRow+chartRows)
	}
	if err := t.write(b, p); err != nil {
		return fmt.Errorf("sheet %q: %w", t.sheet, err)
	}
	return nil
}

func (t table[T]) totalled() bool {
	for _, c := range t.columns {
		if c.total && len(t.rows) > 0 {
			return true
		}
	}
	return false
}

func (t table[T]) write(b *book, p place) error {
	if err := b.addSheet(t.sheet); err != nil {
		return err
	}
	if err := b.setUp(p); err != nil {
		return err
	}
	for i, c := range t.columns {
		if c.name != "" && len(t.rows) > 0 {
			if err := b.SetDefinedName(&excelize.DefinedName{Name: c.name, RefersTo: p.absolute(i)}); err != nil {
				return err
			}
		}
	}
	if t.extras != nil {
		if err := t.extras(b, p); err != nil {
			return err
		}
	}
	return t.stream(b, p)
}

// stream writes the cells. Excelize wants widths and panes first, then rows in
// their order; all else is set up before.
func (t table[T]) stream(b *book, p place) error {
	out, err := b.NewStreamWriter(t.sheet)
	if err != nil {
		return err
	}
	widths := t.widths()
	for i, width := range slices.Backward(widths) { // excelize writes the last one first
		if err := out.SetColWidth(i+1, i+1, float64(width+2)); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: p.head, TopLeftCell: fmt.Sprintf("A%d", p.head+1), ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	line := func(row int, style styleName, s string) error {
		return out.SetRow(fmt.Sprintf("A%d", row), []any{excelize.Cell{StyleID: b.styles[style], Value: text(s).text}})
	}
	if err := line(1, titleStyle, t.title); err != nil {
		return err
	}
	if t.lead != "" {
		if err := line(2, leadStyle, t.lead); err != nil {
			return err
		}
	}
	header, height := t.header(b, widths)
	if err := out.SetRow(fmt.Sprintf("A%d", p.head), header, excelize.RowOpts{Height: height}); err != nil {
		return err
	}
	for i, row := range t.rows {
		at := p.head + 1 + i
		cells, height := t.cells(b, row, at, widths)
		if err := out.SetRow(fmt.Sprintf("A%d", at), cells, excelize.RowOpts{Height: height}); err != nil {
			return err
		}
	}
	next := p.last + 1
	if t.totalled() {
		if err := out.SetRow(fmt.Sprintf("A%d", next), t.totals(b, p)); err != nil {
			return err
		}
		next++
	}
	for i, note := range t.notes {
		if err := line(next+1+i, noteStyle, note); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (t table[T]) header(b *book, widths []int) ([]any, float64) {
	cells, lines := make([]any, len(t.columns)), 1
	for i, c := range t.columns {
		style := headStyle
		if c.kind == money || c.kind == exact || c.kind == count {
			style = numberHeadStyle
		}
		cells[i] = excelize.Cell{StyleID: b.styles[style], Value: c.head}
		lines = max(lines, linesOf(c.head, widths[i]))
	}
	return cells, float64(lines*lineHeight + headRoom)
}

// cells gives a row, and its height. Text that is wider than its column is
// broken into lines.
func (t table[T]) cells(b *book, row T, at int, widths []int) ([]any, float64) {
	cells, lines := make([]any, len(t.columns)), 1
	for i, c := range t.columns {
		v, style := c.cell(row), cellStyles[c.kind].cell
		if c.kind == plain && v.width() > widths[i] {
			style = wrappedStyle
			lines = max(lines, linesOf(v.text, widths[i]))
		}
		cell := excelize.Cell{StyleID: b.styles[style]}
		switch {
		case v.text == "":
		case c.formula != "":
			cell.Formula, cell.Value = fmt.Sprintf(c.formula, at), v.text
		case v.isNumber():
			cell.Formula, cell.Value = numberMark, v.text
		default:
			cell.Value = v.text
		}
		cells[i] = cell
	}
	return cells, min(float64(lines*lineHeight+rowPadding), excelize.MaxRowHeight)
}

// totals gives the row of totals: formulas that follow the filter, beside what
// they come to while nothing is filtered.
func (t table[T]) totals(b *book, p place) []any {
	cells := make([]any, len(t.columns))
	for i, c := range t.columns {
		style := cellStyles[c.kind].total
		switch {
		case c.total:
			cells[i] = excelize.Cell{StyleID: b.styles[style], Formula: fmt.Sprintf("SUBTOTAL(109,%s)", p.relative(i)), Value: t.sum(c).text}
		case i == 0:
			cells[i] = excelize.Cell{StyleID: b.styles[totalTextStyle], Value: b.words.T("Total")}
		default:
			cells[i] = excelize.Cell{StyleID: b.styles[totalTextStyle]}
		}
	}
	return cells
}

// sum gives what a formula over a column comes to: the sum of what its cells
// show.
func (t table[T]) sum(c column[T]) value {
	sum := decimal.Zero
	for _, row := range t.rows {
		sum = sum.Add(c.cell(row).decimal())
	}
	if c.kind == money {
		return value{money, sum.StringFixed(2)}
	}
	return value{c.kind, sum.String()}
}

// widest is how wide a column of text grows before its lines are broken, in
// digits.
const widest = 40

// widths fits the columns to what stands in them.
func (t table[T]) widths() []int {
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		width := 6
		for word := range strings.FieldsSeq(c.head) {
			width = max(width, textWidth(word)+2)
		}
		for _, row := range t.rows {
			width = max(width, c.cell(row).width())
		}
		if c.total {
			width = max(width, t.sum(c).width())
		}
		if c.kind == plain {
			width = min(width, widest)
		}
		widths[i] = width
	}
	return widths
}

// Heights in points. Rows are told how high they are: not every program fits
// them to broken lines by itself.
const (
	lineHeight = 13
	rowPadding = 4
	headRoom   = 14 // for the buttons of the filter, below the text
)

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
