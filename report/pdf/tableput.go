package pdf

import (
	"slices"

	"cspcoop/report/table"
)

func (l *layout) put() {
	l.putHead()
	for i := range l.rows {
		l.putRow(i)
	}
}

func (l *layout) putHead() {
	d := l.d
	n := most(l.head)
	d.y += l.pad
	x := d.left()
	for i, lines := range l.head {
		top := d.y + float64(n-len(lines))*l.headType().line() // heads are down on the rule
		l.putCell(i, l.heads[i].Kind.IsNumber(), lines, x, top)
		x += l.widths[i] + gutter
	}
	d.y += float64(n)*l.headType().line() + l.pad
	d.rule(d.left(), d.left()+l.width, d.y, ruleWidth, ink)
}

func (l *layout) putCell(column int, right bool, lines []line, x, top float64) {
	for _, line := range lines {
		if right {
			l.d.putRight(line, x+l.widths[column], top)
		} else {
			l.d.put(line, x, top)
		}
		top += line.style.line()
	}
}

// putRow sets a row, on a new page when it does not fit. Only a row that is
// taller than a page is parted.
func (l *layout) putRow(i int) {
	d, r, cells := l.d, l.grid.rows[i], l.rows[i]
	together, last := l.together(i)
	carry := 0.0
	if l.carries && !last {
		carry = l.heightOf(1)
	}
	page := d.bottom() - d.top() - l.headHeight() - 2*l.heightOf(1)
	if !d.fits(min(together, page) + carry) {
		l.turn(i)
	}
	if r.kind == totalRow {
		d.rule(d.left(), d.left()+l.width, d.y, ruleWidth, ink)
	}
	for rest := most(cells); rest > 0; {
		n := rest
		if room := int((d.bottom() - d.y - 2*l.pad) / l.style.line()); n > room {
			n = max(room, 1)
		}
		l.putPart(r, cells, n)
		cells = after(cells, n)
		if rest -= n; rest > 0 {
			l.turn(0)
		}
	}
	if r.kind == plainRow {
		for i, c := range r.cells {
			if c.adds {
				l.sums[i].Add(c.amount)
			}
		}
	}
}

// putPart sets the first n lines of a row's cells.
func (l *layout) putPart(r row, cells [][]line, n int) {
	d := l.d
	d.y += l.pad
	x := d.left()
	for i, lines := range cells {
		top := d.y
		if len(lines) > 0 {
			top += l.style.ascent() - lines[0].style.ascent() // fine print shares the row's baseline
		}
		l.putCell(i, i < len(r.cells) && r.cells[i].number, lines[:min(n, len(lines))], x, top)
		x += l.widths[i] + gutter
	}
	d.y += float64(n)*l.style.line() + l.pad
	d.rule(d.left(), d.left()+l.width, d.y, hairline, rule)
}

func after(cells [][]line, n int) [][]line {
	cells = slices.Clone(cells)
	for i := range cells {
		cells[i] = cells[i][min(n, len(cells[i])):]
	}
	return cells
}

// turn goes to the next page; before row i sums are carried there.
func (l *layout) turn(i int) {
	carry := l.carries && i > 0
	if carry {
		l.putSums(l.d.words.T("Carried forward"))
	}
	l.d.newPage()
	l.putHead()
	if carry {
		l.putSums(l.d.words.T("Brought forward"))
	}
}

func (l *layout) putSums(label string) {
	r := row{label: true, cells: make([]cell, len(l.heads))}
	for i := range l.heads {
		if h := &l.heads[i]; h.Column.Total && h.Kind.IsNumber() {
			r.cells[i] = l.d.cellOf(h.Sums(&l.sums[i]).In(table.Quiet), false)
		}
	}
	r.cells[0] = cell{text: label, tone: table.Quiet}
	l.putPart(r, l.lines(r), most(l.lines(r)))
}
