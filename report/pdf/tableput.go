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
	n := most(l.head)
	l.y += l.pad
	x := l.left()
	for i, lines := range l.head {
		top := l.y + float64(n-len(lines))*l.headType().line() // heads are down on the rule
		l.putCell(i, l.heads[i].Kind.IsNumber(), lines, x, top)
		x += l.widths[i] + gutter
	}
	l.y += float64(n)*l.headType().line() + l.pad
	l.rule(l.left(), l.left()+l.width, l.y, ruleWidth, ink)
}

func (l *layout) putCell(column int, right bool, lines []line, x, top float64) {
	for _, line := range lines {
		if right {
			l.document.putRight(line, x+l.widths[column], top)
		} else {
			l.document.put(line, x, top)
		}
		top += line.style.line()
	}
}

// putRow sets a row, on a new page when it does not fit. Only a row that is
// taller than a page is parted.
func (l *layout) putRow(i int) {
	r, lines := l.rows[i], l.rows[i].lines
	together, last := l.together(i)
	carry := 0.0
	if l.carries && !last {
		carry = l.heightOf(1)
	}
	page := l.bottom() - l.top() - l.headHeight() - 2*l.heightOf(1)
	if !l.fits(min(together, page) + carry) {
		l.turn(i)
	}
	if r.kind == totalRow {
		l.rule(l.left(), l.left()+l.width, l.y, ruleWidth, ink)
	}
	for rest := most(lines); rest > 0; {
		n := rest
		if room := int((l.bottom() - l.y - 2*l.pad) / l.style.line()); n > room {
			n = max(room, 1)
		}
		l.putPart(r, lines, n)
		lines = after(lines, n)
		if rest -= n; rest > 0 {
			l.turn(0)
		}
	}
	if r.kind == plainRow {
		for i, c := range r.cells {
			l.sums[i].Add(c.amount)
		}
	}
}

// putPart sets the first n of the lines of a row's cells.
func (l *layout) putPart(r row, cells [][]line, n int) {
	l.y += l.pad
	x := l.left()
	for i, lines := range cells {
		top := l.y
		if len(lines) > 0 {
			top += l.style.ascent() - lines[0].style.ascent() // fine print shares the row's baseline
		}
		l.putCell(i, r.cells[i].number, lines[:min(n, len(lines))], x, top)
		x += l.widths[i] + gutter
	}
	l.y += float64(n)*l.style.line() + l.pad
	l.rule(l.left(), l.left()+l.width, l.y, hairline, rule)
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
		l.putSums(l.words.T("Carried forward"))
	}
	l.newPage()
	l.putHead()
	if carry {
		l.putSums(l.words.T("Brought forward"))
	}
}

func (l *layout) putSums(label string) {
	r := l.sumRow(plainRow, label, func(i int) table.Value { return l.heads[i].Sums(&l.sums[i]).In(table.Quiet) })
	lines := l.lines(r)
	l.putPart(r, lines, most(lines))
}
