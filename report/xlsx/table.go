package xlsx

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"cspcoop/report/table"

	"github.com/xuri/excelize/v2"
)

// place says where a table is on its sheet. Rows and columns count from 1.
type place struct {
	sheet   string
	head    int // row of the header
	last    int // last row with data; the header's when there is none
	end     int // last row of all
	columns int
	printed int  // columns that are printed: with a chart, more than the table's
	width   int  // of these, in digits
	abreast int  // pages side by side
	keys    int  // columns that pages at the side repeat; 0 where there are none
	first   int  // columns of the table, and below a narrow one, on the first of these pages
	line    int  // width of a sentence, which is on the first of these pages
	chart   bool // right of the table
}

// headRow leaves room for the title and the sentence that matters.
const headRow = 4

// sheet is a table as it is written.
type sheet struct {
	*table.Table
	*book
	place
	widths []int
	below  *sheet        // whose chart is below the table; nil for none
	heads  []int         // what each header needs, in digits
	rooms  []int         // after how many digits a column breaks its texts
	wide   []int         // widest cell of each column, in digits
	tall   float64       // height of all rows
	xml    *bytes.Buffer // the rows; nil where they are written twice
}

// mostKept is how many cells a sheet may have for its rows to be kept as XML, some 50
// bytes for each, once the widths of the columns are known; more are written twice.
const mostKept = 128 << 10

// sheetOf lays a table out on a sheet.
func (b *book) sheetOf(t table.Table) *sheet {
	onScreen := func(c table.Heading) bool { return c.In == table.Screen }
	t.Columns = slices.Concat(slices.DeleteFunc(slices.Clone(t.Columns), onScreen), // those that are not printed come last
		slices.DeleteFunc(slices.Clone(t.Columns), func(c table.Heading) bool { return !onScreen(c) }))
	s := &sheet{Table: &t, book: b}
	s.measure()
	if s.arrange(); s.abreast > 1 {
		s.keysFirst()
	}
	return s
}

// measure fits the columns to what is in them.
func (s *sheet) measure() {
	n := len(s.Columns)
	s.heads, s.rooms, s.wide, s.widths, s.tall = make([]int, n), make([]int, n), make([]int, n), make([]int, n), 0
	for i := range s.Columns {
		s.heads[i], s.rooms[i] = needs(&s.Columns[i])
	}
	var out io.Writer = io.Discard
	if s.Rows*n <= mostKept {
		if s.xml == nil {
			s.xml = rowBuffers.Get().(*bytes.Buffer)
		}
		s.xml.Reset()
		out = s.xml
	}
	_ = useRows(out, s.writeData) // which takes everything
	for i := range s.Columns {
		s.widths[i] = s.fitted(i)
	}
}

// release lets go of the rows, once they are written. A buffer that long texts made
// large is not kept for others.
func (s *sheet) release() {
	if s.xml != nil && s.xml.Cap() <= 128*mostKept {
		rowBuffers.Put(s.xml)
	}
	s.xml = nil
	for i := range s.Columns {
		s.Columns[i].Cell = nil
	}
}

// arrange says where the parts of the table are.
func (s *sheet) arrange() {
	s.place = place{sheet: s.Sheet, head: headRow, last: headRow + s.Rows, columns: len(s.Columns), printed: len(s.Columns), chart: s.Chart > 0}
	if i := slices.IndexFunc(s.Columns, func(c table.Heading) bool { return c.In == table.Screen }); i >= 0 {
		s.printed = i
	}
	for _, width := range s.widths[:s.printed] {
		s.width += width
	}
	s.widen(narrowest)
	s.end = s.last
	if s.HasTotals() {
		s.end++
	}
	if len(s.Notes) > 0 {
		s.end += 1 + len(s.Notes)
	}
	s.abreast = 1
	if s.chart {
		s.printed += chartColumns
		s.end = max(s.end, headRow+chartRows)
	} else if s.width > landscapeRoom {
		s.spread()
	}
}

// widen prints empty columns too, so that what is above or below a narrow table has
// room.
func (s *sheet) widen(width int) {
	for s.width < width {
		s.printed++
		s.width += usualWidth
	}
	s.first, s.line = s.printed, s.width
}

// keysFirst moves the columns that name a row to the left, where pages at the side
// repeat them.
func (s *sheet) keysFirst() {
	slices.SortStableFunc(s.Columns, func(a, b table.Heading) int {
		switch {
		case a.Key == b.Key:
			return 0
		case a.Key:
			return -1
		}
		return 1
	})
	s.measure()
	s.arrange()
}

// spread puts a table that is too wide for one page on several side by side. Those
// after the first repeat the columns that name a row; sentences are beside these on
// the first, since what is above repeated columns would be repeated in part.
func (s *sheet) spread() {
	s.keys = max(1, slices.IndexFunc(s.Columns, func(c table.Heading) bool { return !c.Key }))
	again := 0
	for _, width := range s.widths[:s.keys] {
		again += width
	}
	s.abreast = (s.width - again + landscapeRoom - again - 1) / (landscapeRoom - again)
	page := (s.width + (s.abreast-1)*again) / s.abreast // the least that each of them holds
	s.first, s.line = 0, -again
	for _, width := range s.widths {
		if s.line+again+width > page {
			break
		}
		s.line += width
		s.first++
	}
}

// line is a sentence over the whole width of the table, or of its first page.
type line struct {
	row   int
	style styleName
	text  string
}

// lines are the sentences above and below the rows.
func (s *sheet) lines() []line {
	list := []line{{1, titleStyle, s.Title}}
	if s.Lead != "" {
		list = append(list, line{2, leadStyle, s.Lead})
	}
	row := s.last + 2
	if s.HasTotals() {
		row++
	}
	for i, note := range s.Notes {
		list = append(list, line{row + i, noteStyle, note})
	}
	return list
}

func (s *sheet) writeRows(w *rowWriter) {
	lines := s.lines()
	for _, l := range lines {
		if l.row < s.head {
			s.writeLine(w, l)
		}
	}
	s.writeHeader(w)
	if s.xml == nil {
		s.writeData(w)
	} else if w.flush(); w.err == nil {
		_, w.err = w.out.Write(s.xml.Bytes())
	}
	if s.HasTotals() {
		s.writeTotals(w)
	}
	for _, l := range lines {
		if l.row > s.head {
			s.writeLine(w, l)
		}
	}
}

// writeData writes the rows of the table, and learns how much room they take.
func (s *sheet) writeData(w *rowWriter) {
	formulas := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		formulas[i] = s.formula(c.Formula)
	}
	for row := range s.Rows {
		s.writeRow(w, row, formulas)
	}
}

var reference = regexp.MustCompile(`\{\w+\}`)

// formula puts the letters of columns where a formula names them; the row's
// number follows them.
func (s *sheet) formula(text string) string {
	return reference.ReplaceAllStringFunc(text, func(name string) string {
		return letters(s.column(strings.Trim(name, "{}"))) + "%[1]d"
	})
}

// column finds a column by its name.
func (s *sheet) column(name string) int {
	return slices.IndexFunc(s.Columns, func(c table.Heading) bool { return c.Name == name })
}

// writeLine breaks a sentence into as many lines as it needs.
func (s *sheet) writeLine(w *rowWriter, l line) {
	w.begin(l.row)
	w.text(s.keys, s.named[l.style], text(l.text))
	w.end(s.lineHeight(l))
}

func (s *sheet) lineHeight(l line) float64 {
	size := lineSizes[l.style]
	room := int(float64(s.line) / size)
	return min(float64(linesOf(l.text, room)*lineHeight)*size+rowPadding, excelize.MaxRowHeight)
}

func (s *sheet) headHeight() float64 {
	lines := 1
	for i, c := range s.Columns {
		lines = max(lines, linesOf(c.Head, s.widths[i]-gap(c.Kind)))
	}
	return float64(lines*lineHeight + headRoom)
}

func (s *sheet) writeHeader(w *rowWriter) {
	w.begin(s.head)
	for i, c := range s.Columns {
		style := headStyle
		if c.Kind.IsNumber() {
			style = numberHeadStyle
		}
		w.text(i, s.named[style], text(c.Head))
	}
	w.end(s.headHeight())
}

func heightOf(lines int) float64 {
	return min(float64(lines*lineHeight+rowPadding), excelize.MaxRowHeight)
}

// writeRow writes a row. Text that is wider than its column is broken into
// lines.
func (s *sheet) writeRow(w *rowWriter, row int, formulas []string) {
	at, lines := headRow+1+row, 1
	w.begin(at)
	for i := range s.Columns {
		v := s.Columns[i].Cell(row)
		look, width := lookOf(v.Kind), 0
		switch {
		case v.Kind == table.Nothing:
			w.text(i, s.toned[v.Tone][look], words{})
		case isText(v):
			t := textOf(v)
			if t.width > s.rooms[i] {
				look, lines = wrappedLook, max(lines, linesOf(t.text, s.rooms[i]))
			}
			w.text(i, s.toned[v.Tone][look], t)
			width = t.width + gap(v.Kind) - gap(s.Columns[i].Kind) // which has numbers beside it where they differ
		default:
			formula := formulas[i]
			if formula != "" {
				formula = fmt.Sprintf(formula, at)
			}
			width = w.figure(i, s.toned[v.Tone][look], formula, v)
		}
		s.wide[i] = max(s.wide[i], width)
	}
	height := heightOf(lines)
	s.tall += height
	w.end(height)
}

// writeTotals writes the row of totals: formulas that follow the filter, beside
// what they come to while nothing is filtered.
func (s *sheet) writeTotals(w *rowWriter) {
	w.begin(s.last + 1)
	for i := range s.Columns {
		switch c := &s.Columns[i]; {
		case c.Column.Total && c.Kind.IsNumber():
			w.figure(i, s.named[totalStyles[c.Kind]], "SUBTOTAL(109,"+s.relative(i)+")", c.Total())
		case i == 0:
			w.text(i, s.named[totalTextStyle], text(s.words.T("Total")))
		default:
			w.text(i, s.named[totalTextStyle], words{})
		}
	}
	w.end(lineHeight + rowPadding)
}
