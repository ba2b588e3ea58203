package pdf

import (
	"slices"
	"strings"
	"sync"

	"cspcoop/calc"
	"cspcoop/report/table"
)

// layout is a table as it is set: it breaks across pages, where its head is repeated
// and sums are carried forward, and no single row is left behind.
type layout struct {
	*document
	heads   []table.Heading
	rows    []row
	tail    float64 // height below it that stays with its last row
	carries bool    // sums are carried forward
	dense   bool    // small, so that much is on one page
	whole   bool    // groups end in their sums, and are not parted where they are short

	style  style
	pad    float64 // above and below a cell's text
	needs  []need
	long   bool // a text is too long for any width
	width  float64
	widths []float64
	head   [][]line
	sums   []calc.Sum // of the rows that are set
}

// row is a row of a layout.
type row struct {
	cells []cell
	lines [][]line // of each cell
	kind  rowKind
	label bool // its first cell reaches across the empty ones beside it
}

type rowKind uint8

const (
	plainRow rowKind = iota
	groupRow         // one cell across the table; stays with the next row
	totalRow         // set off by a rule; stays with the row before
)

// cell is a cell as it is set.
type cell struct {
	text   string
	tone   table.Tone
	number bool        // at the right
	amount calc.Amount // what it adds to the sum of its column
}

// list puts a table in rows: group names above their rows, sums below them, and of a
// long table only the first rows and what the others come to.
func (l *layout) list(t table.Table, most int) {
	group := slices.IndexFunc(t.Columns, func(h table.Heading) bool { return h.Group })
	l.heads = slices.Clone(t.Columns)
	name := func(int) table.Value { return table.Value{} }
	if group >= 0 {
		l.heads = slices.Delete(l.heads, group, group+1)
		name = t.Columns[group].Cell
	}
	shown := shownRows(t, most, name)
	named := t.Sums && len(l.heads) > 0 && l.heads[0].Kind == table.MonthYear // rows that need no group's name above them
	start := 0
	for i := range shown {
		if i == 0 || name(i).Text != name(start).Text {
			start = i
			if group := name(i); !named && group.Text != "" {
				l.rows = append(l.rows, row{kind: groupRow, cells: []cell{{text: group.Text, tone: group.Tone}}})
			}
		}
		cells := make([]cell, len(l.heads))
		for c := range l.heads {
			cells[c] = l.cellOf(l.heads[c].Cell(i))
			if l.dense && l.heads[c].Kind == table.Half { // has room for its fiscal name
				cells[c].text = noBreak(cells[c].text)
			}
		}
		l.rows = append(l.rows, row{cells: cells})
		if t.Sums && group >= 0 && (i+1 == shown || name(i+1).Text != name(i).Text) {
			label := l.words.T("Total")
			if named {
				label = name(i).Text
			}
			l.rows = append(l.rows, l.sumRow(totalRow, label, func(c int) table.Value { return l.heads[c].SumOf(start, i+1) }))
		}
	}
	if shown < t.Rows {
		l.rows = append(l.rows, l.sumRow(plainRow, l.others(t, t.Rows-shown), func(c int) table.Value { return l.heads[c].SumOf(shown, t.Rows) }))
	}
	if t.HasTotals() && t.Rows > 1 && !t.Sums {
		l.rows = append(l.rows, l.sumRow(totalRow, l.words.T("Total"), func(c int) table.Value { return l.heads[c].Total() }))
	}
	l.carries = t.HasTotals() && !t.Sums && len(l.rows) > carriedRows
}

// shownRows returns how many rows of a table are printed where so many may be: no line
// stands for a single one, and the last group is whole where groups are short.
func shownRows(t table.Table, most int, name func(int) table.Value) int {
	if t.Rows <= most+1 {
		return t.Rows
	}
	whole := most
	for whole > 0 && name(whole-1).Text == name(most).Text {
		whole--
	}
	if whole > most/2 {
		return whole
	}
	return most
}

// others says how many rows a list leaves out, and where they are.
func (d *document) others(t table.Table, n int) string {
	switch {
	case t.Sheet == "":
		return d.words.T("and %s more", d.words.Count(n))
	case d.book == "":
		return d.words.T("and %s more in the workbook, sheet %s", d.words.Count(n), t.Sheet)
	}
	return d.words.T("and %s more in %s, sheet %s", d.words.Count(n), d.book, t.Sheet)
}

// carriedRows is from how many rows on sums are carried forward.
const carriedRows = 12

// cellOf returns a table's cell as pages show it.
func (l *layout) cellOf(v table.Value) cell {
	c := cell{text: v.Shown(l.words), tone: v.Tone, number: v.Kind.IsNumber(), amount: v.Amount()}
	switch v.Kind {
	case table.Half: // breaks, if it must, before its fiscal name
		c.text = strings.ReplaceAll(noBreak(c.text), "\u00a0(", " (")
	case table.Day, table.MonthYear:
		c.text = noBreak(c.text)
	case table.Nothing, table.Words, table.Cash, table.Precise, table.Whole, table.Share:
	}
	return c
}

// sumRow is a row with the sums of those columns that have any.
func (l *layout) sumRow(kind rowKind, label string, sum func(column int) table.Value) row {
	r := row{kind: kind, label: true, cells: make([]cell, len(l.heads))}
	for i := range l.heads {
		if h := &l.heads[i]; h.Column.Total && h.Kind.IsNumber() {
			r.cells[i] = l.cellOf(sum(i))
		}
	}
	r.cells[0] = cell{text: label}
	if kind == plainRow {
		r.cells[0].tone = table.Quiet
	}
	return r
}

const (
	smallestCell = 5.6
	denseCell    = 6.4
	densePad     = 1.7
	fineCell     = 5.8
	wholeCell    = 7.2 // down to which type gets smaller so that no text is broken
)

// table sets the rows of a table across the column.
func (d *document) table(t table.Table) {
	l := d.layOut(t, table.Every)
	d.room(l.start(0))
	l.put()
}

// section of a table: its title, its first rows and what the others come to,
// and its notes. A table without rows has none.
func (d *document) tableSection(t table.Table, most int) {
	d.tableSectionWith(t, most, 0)
}

// tableSectionWith keeps so much height below the table with its last row.
func (d *document) tableSectionWith(t table.Table, most int, tail float64) {
	if t.Rows == 0 {
		return
	}
	l := d.layOut(t, most)
	l.tail = tail
	d.section(t.Name, t.Title, l.start(sectionHead))
	l.put()
}

// filling returns how many rows of a table to print: so many, and more where they
// end on the same page with so much height left below them.
func (d *document) filling(t table.Table, least int, below float64) int {
	page, most := d.bottom()-d.top(), min(t.Rows, least)
	room := d.bottom() - d.y - sectionHead
	for of := d.layOut(t, most); room < of.height()+below; {
		room += page - of.headHeight()
	}
	for more := most + 1; more <= t.Rows; more++ {
		if d.layOut(t, more).height()+below > room {
			break
		}
		most = more
	}
	return most
}

// start returns the height that must be left on a page for the table to begin
// there, below so much that belongs to it: all of it when it is short or when
// it fits on the next page and little of this one stays empty; else its head
// and two rows.
func (l *layout) start(above float64) float64 {
	const short, little = 0.2, 0.12 // of a page
	page := l.bottom() - l.top()
	whole := l.height()
	if whole < short*page || above+whole <= page && l.bottom()-l.y < little*page {
		return whole
	}
	return l.headHeight() + l.firstRows()
}

// layOut lays a table out across the column, with no more than so many of its rows.
func (d *document) layOut(t table.Table, most int) *layout {
	l := &layout{document: d, dense: t.Dense, whole: t.Sums, style: cellType, pad: d.cellPad, width: d.column()}
	l.list(t, most)
	l.sums = make([]calc.Sum, len(l.heads))
	l.measure()
	if l.dense {
		l.style.size, l.pad = denseCell, densePad
	}
	for usual := l.style.size; l.fit() != unbroken; l.style.size -= 0.4 {
		if l.style.size < wholeCell {
			l.style.size = usual
			break
		}
	}
	for l.fit() == tooWide && l.style.size > smallestCell {
		l.style.size -= 0.4
	}
	for i, h := range l.heads {
		l.head = append(l.head, wrap(h.Head, l.headType(), l.widths[i]))
	}
	for i := range l.rows {
		l.rows[i].lines = l.lines(l.rows[i])
	}
	return l
}

// fitting is how a table's texts fit its width.
type fitting uint8

const (
	unbroken fitting = iota
	broken           // into lines
	tooWide          // even so
)

// fit chooses the columns' widths at the present size of type, and returns how
// the cells fit. What is left goes to columns whose text is broken, and then to
// columns of text.
func (l *layout) fit() fitting {
	l.widths = make([]float64, len(l.heads))
	left := l.width - gutter*float64(len(l.heads)-1)
	var wanting, texts float64
	for i := range l.heads {
		n := l.needs[i].at(l.style.size/cellType.size, l.headType().size/headType.size)
		l.widths[i] = n.least
		left -= n.least
		wanting += n.whole - n.least
		if !l.heads[i].Kind.IsNumber() {
			texts += n.whole
		}
	}
	if left < 0 {
		l.squeeze()
		return tooWide
	}
	share := min(1, left/max(wanting, 1))
	for i := range l.heads {
		n := l.needs[i].at(l.style.size/cellType.size, l.headType().size/headType.size)
		l.widths[i] += share * (n.whole - n.least)
		if rest := left - wanting; rest > 0 && !l.heads[i].Kind.IsNumber() {
			l.widths[i] += rest * n.whole / texts
		}
	}
	if wanting > left || l.long {
		return broken
	}
	return unbroken
}

// need is the width that a column needs for its head and its cells, and with
// which no text of it is broken, in type of full size.
type need struct{ head, least, whole float64 }

// at returns the widths in type of other sizes.
func (n need) at(cells, head float64) need {
	least := max(n.least*cells, n.head*head)
	return need{least: least, whole: max(least, n.whole*cells)}
}

// longWord is the width from which a word may be broken, and longText that from
// which a text may be.
const longWord, longText = 96.0, 420.0

func (l *layout) measure() {
	l.needs = make([]need, len(l.heads))
	for i, h := range l.heads {
		n := need{head: headWidth(h.Head)}
		for _, r := range l.rows {
			if r.kind == groupRow {
				continue
			}
			c := r.cells[i]
			s := l.styleOf(r, c)
			whole := widthOf(c.text, s)
			if r.label && i == 0 { // wide enough where nothing empty is beside it
				if len(r.cells) > 1 && r.cells[1].text != "" {
					n.whole = max(n.whole, min(whole, longText))
				}
				continue
			}
			least := whole
			switch {
			case c.tone == table.Fine, c.number:
			case whole > longWord/2:
				least = min(longestWord(c.text, s), longWord)
			}
			if c.number || c.tone == table.Fine {
				n.whole = max(n.whole, whole)
			} else {
				n.whole = max(n.whole, min(whole, longText))
				l.long = l.long || whole > longText
			}
			n.least = max(n.least, min(least, max(whole, 0)))
		}
		l.needs[i] = n
	}
}

// headWidths are those of heads, which all documents of a run have alike.
var headWidths sync.Map

// headWidth returns the width in which a column's head takes at most two lines.
func headWidth(head string) float64 {
	if known, ok := headWidths.Load(head); ok {
		return known.(float64)
	}
	width := widthInTwo(head)
	headWidths.Store(head, width)
	return width
}

func widthInTwo(head string) float64 {
	width := longestWord(head, headType)
	for runes := []rune(join(clean(head))); ; width += 2 {
		lines := 0
		for range breaks(runes, headType, width) {
			lines++
		}
		if lines <= 2 {
			return width
		}
	}
}

// squeeze makes the widest columns narrower until all fit; their cells wrap.
func (l *layout) squeeze() {
	total := l.width - gutter*float64(len(l.heads)-1)
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

// inks are the colours of tones.
var inks = [...]colour{table.Usual: ink, table.Quiet: quiet, table.Fine: quiet, table.Strong: ink, table.Settled: accent, table.Doubtful: amber, table.Alarming: alarm}

func (l *layout) styleOf(r row, c cell) style {
	s := l.style.in(inks[c.tone])
	if r.kind != plainRow || c.tone == table.Strong || c.tone == table.Settled {
		s = s.bold()
	}
	if c.tone == table.Fine {
		s = s.sized(min(s.size, fineCell))
	}
	return s
}

func (l *layout) lines(r row) [][]line {
	lines := make([][]line, len(r.cells))
	for i, c := range r.cells {
		width := l.widths[i]
		switch {
		case r.kind == groupRow:
			width = l.width
		case i == 0 && r.label:
			for next := 1; next < len(r.cells) && r.cells[next].text == ""; next++ {
				width += gutter + l.widths[next]
			}
		}
		lines[i] = wrap(c.text, l.styleOf(r, c), width)
	}
	return lines
}

func (l *layout) headHeight() float64 {
	return float64(most(l.head))*l.headType().line() + 2*l.pad
}

func (l *layout) heightOf(lines int) float64 {
	return float64(lines)*l.style.line() + 2*l.pad
}

// height returns the height of the whole table.
func (l *layout) height() float64 {
	height := l.headHeight() + l.tail
	for _, r := range l.rows {
		height += l.heightOf(most(r.lines))
	}
	return height
}

// firstRows returns the height of the first two rows, or as much of them as a
// page should hold, and of all of a short first group.
func (l *layout) firstRows() float64 {
	height := 0.0
	for i := range min(2, len(l.rows)) {
		height += l.heightOf(min(most(l.rows[i].lines), 6))
	}
	return max(height, l.group(0))
}

// lastRows is how many rows at a table's end stay together.
const lastRows = 3

// together returns the height of a row with what must not be parted from it:
// the rest of a short group, what follows a group's name, a total that follows,
// the table's last rows, and what follows the table; last reports whether nothing
// of the table is left then.
func (l *layout) together(i int) (height float64, last bool) {
	group := l.group(i)
	height = l.heightOf(most(l.rows[i].lines))
	for i+1 < len(l.rows) && (l.rows[i].kind == groupRow || l.rows[i+1].kind == totalRow || i+lastRows >= len(l.rows)) {
		i++
		height += l.heightOf(most(l.rows[i].lines))
	}
	if last = i == len(l.rows)-1; last {
		height += l.tail
	}
	return max(height, group), last
}

// group returns the height of the group that begins with row i and ends in its
// sums; 0 where none begins there, or one that is too long to be kept together.
func (l *layout) group(i int) float64 {
	const short = 0.22 // of a page
	if !l.whole || i > 0 && l.rows[i-1].kind != totalRow {
		return 0
	}
	height := 0.0
	for ; i < len(l.rows); i++ {
		height += l.heightOf(most(l.rows[i].lines))
		if l.rows[i].kind == totalRow {
			break
		}
	}
	if height > short*(l.bottom()-l.top()) {
		return 0
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
