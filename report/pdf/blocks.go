package pdf

import "cspcoop/calc"

// figure is one of the figures that a page opens with.
type figure struct {
	label string
	value string
	loud  bool // what to act on
}

// figures sets figures side by side between two rules.
func (d *document) figures(list []figure) {
	width := (d.column() - gutter*float64(len(list)-1)) / float64(len(list))
	labels := make([][]line, len(list))
	values := make([][]line, len(list))
	size := figureType.size
	for _, f := range list {
		size = min(size, fitted(f.value, figureType, width, smallestCell, 1)[0].style.size)
	}
	labelHeight, valueHeight := 0.0, 0.0
	for i, f := range list {
		labels[i] = wrap(f.label, headType, width)
		s := figureType.sized(size)
		if f.loud {
			s = s.in(accent)
		}
		values[i] = wrap(f.value, s, width)
		labelHeight = max(labelHeight, heightOf(labels[i]))
		valueHeight = max(valueHeight, heightOf(values[i]))
	}
	const pad = 7.0
	d.room(labelHeight + valueHeight + 2*pad)
	d.rule(d.left(), d.right(), d.y, ruleWidth, ink)
	top := d.y + pad
	for i := range list {
		x := d.left() + float64(i)*(width+gutter)
		d.putLines(labels[i], x, top+labelHeight-heightOf(labels[i]))
		d.putLines(values[i], x, top+labelHeight)
	}
	d.y = top + labelHeight + valueHeight + pad
	d.rule(d.left(), d.right(), d.y, hairline, rule)
}

// fitted wraps a text into at most so many lines: in smaller type when it must,
// down to least, and in more lines after that. Nothing is cut.
func fitted(text string, s style, width, least float64, lines int) []line {
	for ; s.size > least; s.size -= 0.5 {
		if set := wrap(text, s, width); len(set) <= lines && longestWord(text, s) <= width {
			return set
		}
	}
	return wrap(text, s.sized(least), width)
}

func heightOf(lines []line) float64 {
	height := 0.0
	for _, l := range lines {
		height += l.style.line()
	}
	return height
}

// call is a call to action: what to do, and what follows from it.
func (d *document) call(headline, detail string, c colour) {
	const bar, indent, pad = 4.0, 16.0, 4.0
	width := d.column() - indent
	lines := fitted(headline, actionType, width, 12.5, 1)
	if len(lines) > 1 {
		lines = fitted(headline, actionType, width, 11, 2)
	}
	if detail != "" {
		lines = append(lines, wrap(detail, noteType.sized(9.5), width)...)
	}
	height := heightOf(lines) + 2*pad
	d.room(height)
	d.add(box{d.left(), d.y, bar, height, c})
	d.putLines(lines, d.left()+indent, d.y+pad)
	d.y += height
}

// leading sets the findings that come before everything else.
func (d *document) leading(findings []calc.Finding, owner bool) {
	for _, a := range d.words.Leading(findings, owner) {
		d.call(a.Headline, a.Detail, alarm)
		d.y += 5
	}
}

// contents sets links to the sections that the document will have.
func (d *document) contents(entries []entry) {
	x, gap := d.left(), 14.0
	height := smallType.line()
	d.room(2 * height)
	for _, e := range entries {
		l := set(e.title, smallType.in(accent))
		if x+l.width > d.right() && x > d.left() {
			x = d.left()
			d.y += height
		}
		d.put(l, x, d.y)
		d.add(jump{x, d.y, l.width, height, e.name})
		x += l.width + gap
	}
	d.y += height
}

// entry is a section in the contents.
type entry struct{ name, title string }

// togetherLines is how long a value may be that stays on one page.
const togetherLines = 6

// namesWidth returns the width for the names of pairs: at least so much, enough
// for every word, and for a whole name where that is little more.
func namesWidth(least float64, list [][2]string) float64 {
	const little = 12.0
	width := least
	for _, p := range list {
		width = max(width, longestWord(p[0], noteType)+gutter)
		if whole := set(p[0], noteType).width + gutter; whole <= least+little {
			width = max(width, whole)
		}
	}
	return width
}

// pairs sets names with their values below each other, as in a form. The names
// take at least so much width.
func (d *document) pairs(list [][2]string, least float64) {
	name := namesWidth(least, list)
	for _, p := range list {
		if p[1] == "" {
			continue
		}
		names := wrap(p[0], noteType, name-gutter)
		values := wrap(p[1], bodyType, d.column()-name)
		lines := max(len(names), len(values))
		for i := range lines {
			if i == 0 && lines <= togetherLines {
				d.room(float64(lines) * bodyType.line())
			}
			d.room(bodyType.line())
			if i < len(names) {
				d.put(names[i], d.left(), d.y)
			}
			if i < len(values) {
				d.put(values[i], d.left()+name, d.y)
			}
			d.y += bodyType.line()
		}
		d.y += 2.4
	}
}

const signature = 26.0 // height to sign in

// signOffHeight is what sign-off takes; it stays with what is before it.
var signOffHeight = sectionHead + signature + 2 + smallType.line()

// signOff sets lines to sign on.
func (d *document) signOff() {
	d.section(toSignOff, d.words.T("Sign-off"), signOffHeight-sectionHead)
	labels := []string{d.words.T("Prepared by"), d.words.T("Date"), d.words.T("Reviewed by"), d.words.T("Date")}
	width := (d.column() - 2*gutter*float64(len(labels)-1)) / float64(len(labels))
	d.y += signature
	for i, label := range labels {
		x := d.left() + float64(i)*(width+2*gutter)
		d.rule(x, x+width, d.y, hairline, ink)
		d.putLines(wrap(label, smallType, width), x, d.y+2)
	}
	d.y += 2 + smallType.line()
}

// frame sets the running header and the footer of every page, once their
// number is known.
func (d *document) frame() {
	identity := d.identity
	if d.options.Inputs != "" {
		identity += " · " + d.options.Inputs
	}
	for i, p := range d.pages {
		right := set(d.words.T("As of %s · page %s of %s", d.words.Date(d.asOf), d.words.Count(i+1), d.words.Count(len(d.pages))), smallType)
		p.marks = append(p.marks, textMark{d.right() - right.width, headerLine, right})
		for n, l := range margin(d.running, d.column()-right.width-2*gutter) {
			p.marks = append(p.marks, textMark{d.left(), headerLine + float64(n)*smallType.line(), l})
		}
		foot := d.height - footerRise
		p.marks = append(p.marks, stroke{points: [][2]float64{{d.left(), foot - 12}, {d.right(), foot - 12}}, width: hairline, colour: rule})
		dated := set(identity, smallType)
		p.marks = append(p.marks, textMark{d.right() - dated.width, foot, dated})
		for n, l := range d.footer(d.column() - dated.width - 2*gutter) {
			p.marks = append(p.marks, textMark{d.left(), foot + float64(n)*smallType.line(), l})
		}
	}
}

// footer returns the configured lines at the foot of a page, the issuer first.
func (d *document) footer(width float64) []line {
	text := d.options.Issuer
	if d.options.Footer != "" {
		if text != "" {
			text += " · "
		}
		text += d.options.Footer
	}
	return margin(text, width)
}

// margin wraps a text of the page's margin into two lines at most. What is too
// long even in small type ends in an ellipsis there; the page itself has it
// whole.
func margin(text string, width float64) []line {
	const least, lines = 4.5, 2
	set := fitted(text, smallType, width, least, lines)
	if len(set) <= lines {
		return set
	}
	last := []rune(set[lines-1].plain)
	last[len(last)-1] = '…'
	return []line{set[0], setRunes(last, set[0].style, startsRightToLeft(last))}
}

// letterhead sets the top of a first page: what the document is, whom it is
// about, and the issuer's logo at the right.
func (d *document) letterhead(title, kind string) {
	width := d.column()
	if logo := d.options.Logo; logo != nil {
		w, h := logo.fitInto(120, 40)
		d.add(picture{d.right() - w, d.y - 16, w, h})
		width -= 140
	}
	d.outline = append(d.outline, bookmark{title, 0, place{1, 0}})
	d.putWrappedIn(kind, smallType.in(accent).bold(), width)
	d.y += 2
	lines := fitted(title, titleType, width, 16, 1)
	if len(lines) > 1 {
		lines = fitted(title, titleType, width, 14, 2)
	}
	for _, l := range lines {
		d.room(l.style.line())
		d.put(l, d.left(), d.y)
		d.y += l.style.line()
	}
	d.y += 2
}

// putWrapped sets lines that belong to the block above them.
func (d *document) putWrapped(text string, s style) { d.putWrappedIn(text, s, d.column()) }

func (d *document) putWrappedIn(text string, s style, width float64) {
	d.y = d.putLines(wrap(text, s, width), d.left(), d.y)
}
