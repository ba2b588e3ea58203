// Package pdf writes the statements of participants and the summary as PDF: text
// that can be searched and copied, with bookmarks, in pages that are laid
// out before the first is drawn. What they list is decided in calc and report/table.
package pdf

import (
	"cspcoop/calc"
	"cspcoop/report/wording"
)

// Options are what a reader may choose about every document.
type Options struct {
	Letter bool   // paper of the United States, else A4
	Issuer string // who issues the documents; may be empty
	Footer string // a line at the foot of every page; may be empty
	Inputs string // first digits of the SHA-256 over what the set was made from; may be empty
	Logo   *Logo  // may be nil
}

// document is a document as it is laid out: pages of marks, and nothing yet of
// the file format (see write). It belongs to one goroutine.
type document struct {
	words         *wording.Words
	options       Options
	asOf          calc.Date
	width, height float64
	from, to      float64 // the column's left and right edge
	y             float64 // where the next block begins
	titleGap      float64 // above a section's title
	cellPad       float64 // above and below a table's text
	pages         []*page

	title, subject string // metadata
	running        string // left side of the running header
	identity       string // what the footer says that the document is
	book           string // the workbook with what lists leave out; "" for the one beside it
	outline        []bookmark
	places         map[string]place // where internal links lead
}

// page holds the marks of a page in the order in which they are painted.
type page struct {
	marks []mark
}

// place is a spot that a link or bookmark leads to.
type place struct {
	page int
	y    float64
}

type bookmark struct {
	text  string
	level int
	place
}

// mark is one thing on a page.
type mark interface {
	paint(*painter)
}

// textMark is a line of text with its baseline.
type textMark struct {
	x, baseline float64
	line        line
}

// box is a filled rectangle.
type box struct {
	x, y, width, height float64
	fill                colour
}

// stroke is a line through points.
type stroke struct {
	points [][2]float64
	width  float64
	colour colour
	dashed bool
}

// dot is a filled circle.
type dot struct {
	x, y, radius float64
	fill         colour
}

// jump is an area that leads to a named place.
type jump struct {
	x, y, width, height float64
	to                  string
}

func newDocument(asOf calc.Date, words *wording.Words, o Options) *document {
	d := &document{words: words, options: o, asOf: asOf, places: map[string]place{}, titleGap: titleGap, cellPad: cellPad}
	d.width, d.height = 595.28, 841.89
	if o.Letter {
		d.width, d.height = 612, 792
		d.titleGap -= letterTitle
	}
	d.from, d.to = marginSide, d.width-marginSide
	d.newPage()
	return d
}

func (d *document) left() float64 { return d.from }

func (d *document) right() float64 { return d.to }

// top returns where the content of a page begins, bottom where it ends.
func (d *document) top() float64 {
	if d.options.Letter {
		return marginTop - letterMargin
	}
	return marginTop
}

func (d *document) bottom() float64 {
	if d.options.Letter {
		return d.height - marginBottom + letterMargin
	}
	return d.height - marginBottom
}

// column returns the width of the column.
func (d *document) column() float64 { return d.to - d.from }

// beside sets two blocks beside each other; the left one takes a share of the
// width. When it needs another page, the right one follows below it.
func (d *document) beside(share float64, left, right func()) {
	from, to, top, page := d.from, d.to, d.y, len(d.pages)
	middle := from + share*(to-from)
	d.to = middle - gutter
	left()
	below := d.y
	if len(d.pages) == page {
		d.y = top
	}
	before := len(d.pages)
	d.from, d.to = middle+gutter, to
	right()
	d.from = from
	if len(d.pages) == before {
		d.y = max(d.y, below)
	}
}

func (d *document) newPage() {
	d.pages = append(d.pages, &page{})
	d.y = d.top()
}

// fits reports whether that much height is left on the page.
func (d *document) fits(height float64) bool { return d.y+height <= d.bottom() }

// room begins a new page unless that much height is left on this one.
func (d *document) room(height float64) {
	if !d.fits(height) && d.y > d.top() {
		d.newPage()
	}
}

func (d *document) add(m mark) {
	p := d.pages[len(d.pages)-1]
	p.marks = append(p.marks, m)
}

// put sets a line of text with its top left corner at x and top.
func (d *document) put(l line, x, top float64) {
	if len(l.runs) > 0 {
		d.add(textMark{x: x, baseline: top + l.style.ascent(), line: l})
	}
}

// putRight sets a line of text that ends at x.
func (d *document) putRight(l line, x, top float64) { d.put(l, x-l.width, top) }

// putLines sets lines below each other and returns the y below them.
func (d *document) putLines(lines []line, x, top float64) float64 {
	for _, l := range lines {
		d.put(l, x, top)
		top += l.style.line()
	}
	return top
}

// rule draws a thin line across the column, or a part of it.
func (d *document) rule(x1, x2, y, width float64, c colour) {
	d.add(stroke{points: [][2]float64{{x1, y}, {x2, y}}, width: width, colour: c})
}

// tightened returns the document as it was laid out, or set tighter where its last page
// would hold little and that saves the page.
func (d *document) tightened(layOut func(*document)) *document {
	if len(d.pages) == 1 || d.y-d.top() >= littlePage*(d.bottom()-d.top()) {
		return d
	}
	tight := newDocument(d.asOf, d.words, d.options)
	tight.titleGap -= tightTitle
	tight.cellPad -= tightCell
	if layOut(tight); len(tight.pages) < len(d.pages) {
		return tight
	}
	return d
}

// here names the current spot for links.
func (d *document) here(name string) {
	d.places[name] = place{page: len(d.pages), y: d.y}
}

// sectionHead is the height of a section's title of one line.
var sectionHead = titleGap + sectionType.line() + underHead

// section begins a section with its title, a bookmark and a place for links. It
// keeps the title together with the first height points below it.
func (d *document) section(name, title string, height float64) {
	d.room(sectionHead + height)
	if d.y > d.top() {
		d.y += d.titleGap
	}
	d.here(name)
	d.outline = append(d.outline, bookmark{title, 1, d.places[name]})
	for _, l := range wrap(title, sectionType, d.column()) {
		d.put(l, d.left(), d.y)
		d.y += sectionType.line()
	}
	d.y += underHead
}

// paragraph sets text across the column. It leaves neither its first nor its
// last line alone on a page.
func (d *document) paragraph(text string, s style) {
	lines := wrap(text, s, d.column())
	height := s.line()
	for i := range lines {
		switch left := len(lines) - i; {
		case i == 0 && left <= 3:
			d.room(float64(left) * height)
		case i == 0, left == 2:
			d.room(2 * height)
		default:
			d.room(height)
		}
		d.put(lines[i], d.left(), d.y)
		d.y += height
	}
}

// gap leaves space between blocks.
func (d *document) gap(height float64) {
	if d.y > d.top() {
		d.y += height
	}
}
