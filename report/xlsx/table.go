package xlsx

import (
	"fmt"
	"slices"

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
	marks   []mark
	widest  int // digits after which a text is broken into lines; 0: as usual

	// optional columns are left out where no row has an entry: exports differ in
	// what they carry, and empty columns push the others off the page.
	optional bool

	// screen columns are not printed: details that would make a page too small to
	// read. They stand last.
	screen bool
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
	chart   func(*book, place) error // draws a chart right of the table; nil for none
}

// place says where a table stands on its sheet. Rows and columns count from 1.
type place struct {
	sheet   string
	head    int // row of the header
	last    int // last row with data; the header's when there is none
	end     int // last row of all
	columns int
	printed int  // columns that are printed: with a chart, more than the table's
	width   int  // of these, in digits
	chart   bool // stands right of the table
}

// headRow leaves room for the title and the sentence that matters.
const headRow = 4

// addTable writes a sheet.
func addTable[T any](b *book, t table[T]) error {
	t.columns = slices.DeleteFunc(t.columns, func(c column[T]) bool {
		return c.optional && !slices.ContainsFunc(t.rows, func(row T) bool { return c.cell(row).text != "" })
	})
	widths := t.widths()
	p := t.place(widths)
	if err := t.write(b, p, widths); err != nil {
		return fmt.Errorf("sheet %q: %w", t.sheet, err)
	}
	return nil
}

// place says where the parts of a table come to stand.
func (t table[T]) place(widths []int) place {
	p := place{sheet: t.sheet, head: headRow, last: headRow + len(t.rows), columns: len(t.columns), printed: len(t.columns), chart: t.chart != nil && len(t.rows) > 0}
	if i := slices.IndexFunc(t.columns, func(c column[T]) bool { return c.screen }); i >= 0 {
		p.printed = i
	}
	for _, width := range widths[:p.printed] {
		p.width += width
	}
	for p.width < narrowest {
		p.printed++
		p.width += usualWidth
	}
	p.end = p.last
	if t.totalled() {
		p.end++
	}
	if len(t.notes) > 0 {
		p.end += 1 + len(t.notes)
	}
	if p.chart {
		p.printed += chartColumns
		p.end = max(p.end, headRow+chartRows)
	}
	return p
}

func (t table[T]) totalled() bool {
	for _, c := range t.columns {
		if c.total && len(t.rows) > 0 {
			return true
		}
	}
	return false
}

func (t table[T]) write(b *book, p place, widths []int) error {
	if err := b.addSheet(t.sheet); err != nil {
		return err
	}
	if err := b.setUp(p); err != nil {
		return err
	}
	if len(t.rows) > 0 {
		if err := t.decorate(b, p); err != nil {
			return err
		}
	}
	return t.stream(b, p, widths)
}

// decorate adds what belongs to the data: names, conditional formats, a chart.
func (t table[T]) decorate(b *book, p place) error {
	for i, c := range t.columns {
		if c.name != "" {
			if err := b.SetDefinedName(&excelize.DefinedName{Name: c.name, RefersTo: p.absolute(i)}); err != nil {
				return err
			}
		}
		if c.marks != nil {
			if err := b.mark(p, i, c.marks); err != nil {
				return err
			}
		}
	}
	if p.chart {
		return t.chart(b, p)
	}
	return nil
}

// stream writes the cells. Excelize wants widths and panes first, then rows in
// their order; all else is set up before.
func (t table[T]) stream(b *book, p place, widths []int) error {
	out, err := b.NewStreamWriter(t.sheet)
	if err != nil {
		return err
	}
	for i, width := range slices.Backward(widths) { // excelize writes the last one first
		if err := out.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: p.head, TopLeftCell: fmt.Sprintf("A%d", p.head+1), ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	if err := b.line(out, p, 1, titleStyle, t.title); err != nil {
		return err
	}
	if t.lead != "" {
		if err := b.line(out, p, 2, leadStyle, t.lead); err != nil {
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
		if err := out.SetRow(fmt.Sprintf("A%d", next), t.totals(b, p), excelize.RowOpts{Height: lineHeight + rowPadding}); err != nil {
			return err
		}
		next++
	}
	for i, note := range t.notes {
		if err := b.line(out, p, next+1+i, noteStyle, note); err != nil {
			return err
		}
	}
	return out.Flush()
}

// line writes a sentence over the whole width that is printed, broken into as
// many lines as it needs.
func (b *book) line(out *excelize.StreamWriter, p place, row int, style styleName, s string) error {
	size := lineSizes[style]
	room := int(float64(p.width) / size)
	height := float64(linesOf(s, room)*lineHeight)*size + rowPadding
	at := fmt.Sprintf("A%d", row)
	cells := []any{excelize.Cell{StyleID: b.styles[style], Value: text(s).text}}
	if err := out.SetRow(at, cells, excelize.RowOpts{Height: min(height, excelize.MaxRowHeight)}); err != nil {
		return err
	}
	last := p.printed
	if p.chart {
		last -= chartColumns
	}
	return out.MergeCell(at, fmt.Sprintf("%s%d", letters(last-1), row))
}

func (t table[T]) header(b *book, widths []int) ([]any, float64) {
	cells, lines := make([]any, len(t.columns)), 1
	for i, c := range t.columns {
		style := headStyle
		if c.kind == money || c.kind == exact || c.kind == count {
			style = numberHeadStyle
		}
		cells[i] = excelize.Cell{StyleID: b.styles[style], Value: c.head}
		lines = max(lines, linesOf(c.head, widths[i]-gaps[c.kind]))
	}
	return cells, float64(lines*lineHeight + headRoom)
}

// cells gives a row, and its height. Text that is wider than its column is
// broken into lines.
func (t table[T]) cells(b *book, row T, at int, widths []int) ([]any, float64) {
	cells, lines := make([]any, len(t.columns)), 1
	for i, c := range t.columns {
		v, style := c.cell(row), cellStyles[c.kind].cell
		if c.kind == plain && v.width() > widths[i]-gaps[c.kind] {
			style = wrappedStyle
			lines = max(lines, linesOf(v.text, widths[i]-gaps[c.kind]))
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
