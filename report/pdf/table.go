package pdf

import (
	"slices"

	"github.com/shopspring/decimal"
)

// column is a column of a table. One without a share is as wide as its widest
// cell; the others divide what is left, and their cells wrap.
type column struct {
	head  string
	right bool    // money and numbers stand at the right
	share float64 // of the width that is left
	least float64 // width that a column with a share needs
	carry bool    // its sum is carried forward from page to page
}

// cell is a cell of a table.
type cell struct {
	text   string
	bold   bool
	fine   bool // in small type: what is there to be compared, not read
	colour *colour
	amount decimal.Decimal // of a column that is carried forward
}

// row is a row of a table.
type row struct {
	cells []cell
	kind  rowKind
}

type rowKind uint8

const (
	plainRow rowKind = iota
	groupRow         // one cell across the table; stays with the next row
	totalRow         // set off by a rule; stays with the row before
)

// table is a table that breaks across pages: its head is repeated, sums are
// carried forward, and no single row is left behind.
type table struct {
	columns []column
	rows    []row
	tail    float64 // height below it that stays with its last row
	carried string  // label of carried sums; also what asks for them
	brought string
}

const (
	smallestCell = 5.6
	fineCell     = 5.8
)

// layout is a table with its widths and the lines of its cells.
type layout struct {
	*table
	d      *document
	style  style
	needs  []need
	width  float64
	widths []float64
	head   [][]line
	rows   [][][]line // by row and column
	sums   []decimal.Decimal
}

// table sets a table across the column.
func (d *document) table(t *table) {
	l := d.layOut(t)
	d.room(l.start(0))
	l.put()
}

// tableSection sets a section that holds one table.
func (d *document) tableSection(name, title string, t *table) {
	l := d.layOut(t)
	d.section(name, title, l.start(sectionHead))
	l.put()
}

// start gives the height that must be left on a page for the table to begin
// there, below so much that belongs to it: all of it when it is short or when
// it fits on the next page and little of this one stays empty; else its head
// and two rows.
func (l *layout) start(above float64) float64 {
	const short, little = 0.2, 0.12 // of a page
	d := l.d
	page := d.bottom() - d.top()
	whole := l.height()
	if whole < short*page || above+whole <= page && d.bottom()-d.y < little*page {
		return whole
	}
	return l.headHeight() + l.firstRows()
}

func (d *document) layOut(t *table) *layout {
	l := &layout{table: t, d: d, style: cellType, width: d.column(), sums: make([]decimal.Decimal, len(t.columns))}
	l.measure()
	for !l.fit() && l.style.size > smallestCell {
		l.style.size -= 0.4
	}
	for i, c := range t.columns {
		l.head = append(l.head, wrap(c.head, l.headType(), l.widths[i]))
	}
	for _, r := range t.rows {
		l.rows = append(l.rows, l.lines(r))
	}
	return l
}

// fit chooses the columns' widths at the present size of type, and says whether
// every cell has the width that it needs.
func (l *layout) fit() bool {
	l.widths = make([]float64, len(l.columns))
	left := l.width - gutter*float64(len(l.columns)-1)
	shares := 0.0
	for i, c := range l.columns {
		l.widths[i] = max(l.needs[i].head*l.headType().size/headType.size, l.needs[i].cells*l.style.size/cellType.size)
		left -= l.widths[i]
		shares += c.share
	}
	if left < 0 {
		l.squeeze()
		return false
	}
	for i, c := range l.columns {
		if shares > 0 {
			l.widths[i] += left * c.share / shares
		}
	}
	return true
}

// need is the width that a column needs for its head and its cells, in type of
// full size.
type need struct{ head, cells float64 }

// longWord is the width from which a word may be broken.
const longWord = 96.0

func (l *layout) measure() {
	l.needs = make([]need, len(l.columns))
	for i, c := range l.columns {
		n := need{head: headWidth(c.head), cells: c.least}
		for _, r := range l.table.rows {
			if r.kind == groupRow || i >= len(r.cells) {
				continue
			}
			s := l.styleOf(r, r.cells[i])
			if c.share == 0 {
				n.cells = max(n.cells, set(r.cells[i].text, s).width)
			} else {
				n.cells = max(n.cells, min(longestWord(r.cells[i].text, s), longWord))
			}
		}
		l.needs[i] = n
	}
}

// headWidth gives the width in which a column's head takes at most two lines.
func headWidth(head string) float64 {
	width := longestWord(head, headType)
	for len(wrap(head, headType, width)) > 2 {
		width += 2
	}
	return width
}

// squeeze makes the widest columns narrower until all fit; their cells wrap.
func (l *layout) squeeze() {
	total := l.width - gutter*float64(len(l.columns)-1)
	for limit := slices.Max(l.widths); limit > 1; limit-- {
		sum := 0.0
		for i := range l.widths {
			l.widths[i] = min(l.widths[i], limit)
			sum += l.widths[i]
		}
		if sum <= total {
			return
		}
	}
}

func (l *layout) headType() style { return headType.sized(min(headType.size, l.style.size)) }

func (l *layout) styleOf(r row, c cell) style {
	s := l.style
	if c.bold || r.kind != plainRow {
		s = s.bold()
	}
	if c.fine {
		s = s.sized(min(s.size, fineCell))
	}
	if c.colour != nil {
		s = s.in(*c.colour)
	}
	return s
}

func (l *layout) lines(r row) [][]line {
	lines := make([][]line, len(r.cells))
	for i, c := range r.cells {
		width := l.widths[i]
		if r.kind == groupRow {
			width = l.width
		}
		lines[i] = wrap(c.text, l.styleOf(r, c), width)
	}
	return lines
}

func (l *layout) headHeight() float64 {
	return float64(most(l.head))*l.headType().line() + 2*cellPad
}

func (l *layout) heightOf(lines int) float64 {
	return float64(lines)*l.style.line() + 2*cellPad
}

// height gives the height of the whole table.
func (l *layout) height() float64 {
	height := l.headHeight() + l.tail
	for _, cells := range l.rows {
		height += l.heightOf(most(cells))
	}
	return height
}

// firstRows gives the height of the first two rows, or as much of them as a
// page should hold.
func (l *layout) firstRows() float64 {
	height := 0.0
	for i := range min(2, len(l.rows)) {
		height += l.heightOf(min(most(l.rows[i]), 6))
	}
	return height
}

// together gives the height of a row with what must not be parted from it:
// what follows a group's name, a total that follows, the table's last row, and
// what follows the table.
func (l *layout) together(i int) float64 {
	height := l.heightOf(most(l.rows[i]))
	for i+1 < len(l.rows) && (l.table.rows[i].kind == groupRow || l.table.rows[i+1].kind == totalRow || i+2 == len(l.rows)) {
		i++
		height += l.heightOf(most(l.rows[i]))
	}
	if i == len(l.rows)-1 {
		height += l.tail
	}
	return height
}

func most(cells [][]line) int {
	n := 1
	for _, lines := range cells {
		n = max(n, len(lines))
	}
	return n
}
