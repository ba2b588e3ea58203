package xlsx

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// Paper is what a workbook is printed on.
type Paper uint8

// Papers.
const (
	A4 Paper = iota
	Letter
)

// Options is the part of the configuration that concerns workbooks.
type Options struct {
	Paper  Paper
	Issuer string     // who issues the statements; names the author
	Inputs string     // first digits of the SHA-256 over what the set was made from; may be empty
	Shown  calc.Shown // what rows of earnings show; nil where the result has it

	rows int // that a sheet holds; 0: as many as Excel takes
}

// book is a workbook in the making.
type book struct {
	*styleSheet
	words  *wording.Words
	paper  Paper
	core   string // XML of its properties
	footer string // left part of every page's footer
	sheets []*sheet
	drawn  *sheet        // whose chart the first sheet shows too; nil for none
	rows   int           // that a sheet holds
	xml    *bytes.Buffer // rows of the first sheets
	cells  int           // that these have
}

// maxRows is how many rows a sheet of Excel has.
const maxRows = 1 << 20

func newBook(asOf calc.Date, words *wording.Words, o Options, title, subject string) (*book, error) {
	styles, err := sharedStyles(words.Sheet())
	if err != nil {
		return nil, err
	}
	author := cmp.Or(o.Issuer, "cspcoop")
	b := &book{
		styleSheet: styles, words: words, paper: o.Paper, rows: cmp.Or(o.rows, maxRows), xml: rowBuffers.Get().(*bytes.Buffer),
		core:   coreXML(asOf, words.Language(), title, subject, author),
		footer: words.T("%s · as of %s", author, words.Date(asOf)),
	}
	b.xml.Reset()
	if o.Inputs != "" {
		b.footer += " · " + o.Inputs
	}
	return b, nil
}

// finish writes a workbook of tables. One that has nothing to say is left out.
func (b *book) finish(w io.Writer, tables []table.Table) error {
	for _, t := range tables {
		if t.Rows == 0 && t.Lead == "" && len(b.sheets) > 0 {
			continue
		}
		s := b.sheetOf(t)
		if b.sheets = append(b.sheets, s); s.chart && s.Rows > 0 && b.drawn == nil {
			b.drawn = s
		}
	}
	if first := b.sheets[0]; b.drawn != nil && first.Rows <= mostAboveChart && first.width <= landscapeRoom {
		first.below = b.drawn
		first.end += 1 + chartRows
		first.widen(chartWidth)
	}
	parts, err := b.parts()
	if err == nil {
		err = writeParts(w, parts)
	}
	if err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// Close lets go of what the workbook took. What only one with long texts needs is not
// kept for others.
func (b *book) Close() {
	if b.xml.Cap() <= 128*mostKept {
		rowBuffers.Put(b.xml)
	}
	b.xml = nil
}

// chartOf returns the sheet whose chart is on a sheet, and at which of its cells; nil
// where there is none.
func (s *sheet) chartOf() (of *sheet, at string) {
	switch {
	case s.Rows == 0:
	case s.below != nil:
		return s.below, fmt.Sprintf("A%d", s.end-chartRows+1)
	case s.chart:
		return s, fmt.Sprintf("%s%d", letters(s.columns+1), s.head)
	}
	return nil, ""
}

// names are the defined names that belong to a sheet.
func (s *sheet) names() (list []definedName) {
	titles := fmt.Sprintf("%s!$%d:$%d", s.quoted(), s.head, s.head)
	if s.abreast > 1 {
		titles = fmt.Sprintf("%s!$A:$%s,%s", s.quoted(), letters(s.keys-1), titles)
	}
	list = []definedName{
		{filterName, s.quoted() + "!" + s.filtered(), true},
		{"_xlnm.Print_Titles", titles, true},
		{"_xlnm.Print_Area", fmt.Sprintf("%s!$A$1:$%s$%d", s.quoted(), letters(s.printed-1), s.end), true},
	}
	for i, c := range s.Columns {
		if c.Name != "" && s.Rows > 0 {
			list = append(list, definedName{name: c.Name, refersTo: s.absolute(i)})
		}
	}
	return slices.Clip(list)
}

// definedName is a name for cells, of the whole workbook or of one sheet.
type definedName struct {
	name, refersTo string
	local          bool
}
