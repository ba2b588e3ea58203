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

	seen measure // by table.measure
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
	t.columns = slices.DeleteFunc(t.measure(), func(c column[T]) bool { return c.optional && !c.seen.used })
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = c.width()
	}
	p := t.place(widths)
	if err := t.write(b, p, widths); err != nil {
		return fmt.Errorf("sheet %q: %w", t.sheet, err)
	}
	return nil
}

// measure is what one look at all rows tells of a column.
type measure struct {
	widest int             // cell, in digits
	used   bool            // some row has an entry
	sum    decimal.Decimal // of what the cells show, where the column has a total
}

// measure gives the columns with what stands in them.
func (t table[T]) measure() []column[T] {
	columns := slices.Clone(t.columns)
	for _, row := range t.rows {
		for i := range columns {
			c := &columns[i]
			v := c.cell(row)
			if v.text == "" {
				continue
			}
			c.seen.used = true
			c.seen.widest = max(c.seen.widest, v.width())
			if c.total {
				c.seen.sum = c.seen.sum.Add(v.decimal())
			}
		}
	}
	return columns
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

// stream hands the sheet to excelize, all but its columns and rows, which are
// written with the archive.
func (t table[T]) stream(b *book, p place, widths []int) error {
	out, err := b.NewStreamWriter(t.sheet)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: p.head, TopLeftCell: fmt.Sprintf("A%d", p.head+1), ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	lines := t.lines(p)
	for _, l := range lines {
		if err := out.MergeCell(fmt.Sprintf("A%d", l.row), fmt.Sprintf("%s%d", letters(p.tableWide()-1), l.row)); err != nil {
			return err
		}
	}
	b.data[fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets)] = sheetData{widths, func(w *rowWriter) { t.writeRows(w, b, p, widths, lines) }}
	return out.Flush()
}

// line is a sentence over the whole width that is printed.
type line struct {
	row   int
	style styleName
	text  string
}

// lines gives the sentences above and below the rows.
func (t table[T]) lines(p place) []line {
	list := []line{{1, titleStyle, t.title}}
	if t.lead != "" {
		list = append(list, line{2, leadStyle, t.lead})
	}
	row := p.last + 2
	if t.totalled() {
		row++
	}
	for i, note := range t.notes {
		list = append(list, line{row + i, noteStyle, note})
	}
	return list
}

func (t table[T]) writeRows(w *rowWriter, b *book, p place, widths []int, lines []line) {
	for _, l := range lines {
		if l.row < p.head {
			l.write(w, b, p)
		}
	}
	t.writeHeader(w, b, p, widths)
	for i, row := range t.rows {
		t.writeRow(w, b, row, p.head+1+i, widths)
	}
	if t.totalled() {
		t.writeTotals(w, b, p)
	}
	for _, l := range lines {
		if l.row > p.head {
			l.write(w, b, p)
		}
	}
}

// write breaks a sentence into as many lines as it needs.
func (l line) write(w *rowWriter, b *book, p place) {
	size := lineSizes[l.style]
	room := int(float64(p.width) / size)
	height := float64(linesOf(l.text, room)*lineHeight)*size + rowPadding
	w.begin(l.row, min(height, excelize.MaxRowHeight))
	w.value(0, b.styles[l.style], text(l.text))
	w.end()
}

func (t table[T]) writeHeader(w *rowWriter, b *book, p place, widths []int) {
	lines := 1
	for i, c := range t.columns {
		lines = max(lines, linesOf(c.head, widths[i]-gaps[c.kind]))
	}
	w.begin(p.head, float64(lines*lineHeight+headRoom))
	for i, c := range t.columns {
		style := headStyle
		if c.kind == money || c.kind == exact || c.kind == count {
			style = numberHeadStyle
		}
		w.value(i, b.styles[style], text(c.head))
	}
	w.end()
}

// writeRow writes a row. Text that is wider than its column is broken into
// lines.
func (t table[T]) writeRow(w *rowWriter, b *book, row T, at int, widths []int) {
	cells, lines := w.cells[:0], 1
	for i := range t.columns {
		c := &t.columns[i]
		v, style := c.cell(row), cellStyles[c.kind].cell
		if room := widths[i] - gaps[c.kind]; c.kind == plain && v.width() > room {
			style = wrappedStyle
			lines = max(lines, linesOf(v.text, room))
		}
		cells = append(cells, cell{b.styles[style], v})
	}
	w.cells = cells
	w.begin(at, min(float64(lines*lineHeight+rowPadding), excelize.MaxRowHeight))
	for i, c := range cells {
		if formula := t.columns[i].formula; formula != "" && c.text != "" {
			w.formula(i, c.style, fmt.Sprintf(formula, at), c.value)
		} else {
			w.value(i, c.style, c.value)
		}
	}
	w.end()
}

// writeTotals writes the row of totals: formulas that follow the filter, beside
// what they come to while nothing is filtered.
func (t table[T]) writeTotals(w *rowWriter, b *book, p place) {
	w.begin(p.last+1, lineHeight+rowPadding)
	for i, c := range t.columns {
		switch {
		case c.total:
			w.formula(i, b.styles[cellStyles[c.kind].total], fmt.Sprintf("SUBTOTAL(109,%s)", p.relative(i)), c.sum())
		case i == 0:
			w.value(i, b.styles[totalTextStyle], text(b.words.T("Total")))
		default:
			w.value(i, b.styles[totalTextStyle], value{})
		}
	}
	w.end()
}

// sum gives what a formula over a column comes to: the sum of what its cells
// show.
func (c column[T]) sum() value {
	if c.kind == money {
		return value{money, c.seen.sum.StringFixed(2)}
	}
	return value{c.kind, c.seen.sum.String()}
}
