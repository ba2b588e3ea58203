package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// Options is the part of the configuration that concerns workbooks.
type Options struct {
	Letter bool       // printed on paper of the United States, else A4
	Issuer string     // who issues the statements; names the author
	Inputs string     // first digits of the SHA-256 over what the set was made from; may be empty
	Shown  calc.Shown // what rows of earnings show; nil where the result has it

	rows int // that a sheet holds; 0: as many as Excel takes
}

// book is a workbook in the making.
type book struct {
	*styleSheet
	words  *wording.Words
	paper  int    // by its number in workbooks
	core   string // XML of its properties
	footer string // left part of every page's footer
	sheets []*sheet
	rows   int // that a sheet holds
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
		styleSheet: styles, words: words, paper: paperA4, rows: cmp.Or(o.rows, maxRows),
		core:   coreXML(asOf, words.Language(), title, subject, author),
		footer: words.T("%s · as of %s", author, words.Date(asOf)),
	}
	if o.Letter {
		b.paper = paperLetter
	}
	if o.Inputs != "" {
		b.footer += " · " + o.Inputs
	}
	return b, nil
}

// write writes a workbook of tables. One that has nothing to say is left out. Each is
// made when its sheet is written and let go after it: those of very many partners would
// take gigabytes together. The first sheet is written last, since the chart of another
// one may be below its table.
func (b *book) write(w io.Writer, tables []func() table.Table) error {
	out := newArchive(w)
	out.add(b.frame()...)
	for _, made := range tables {
		t := made()
		if t.Rows == 0 && t.Lead == "" && len(b.sheets) > 0 {
			continue
		}
		b.sheets = append(b.sheets, b.sheetOf(t))
		if n := len(b.sheets); n > 1 {
			out.add(b.sheets[n-1].part(n))
		}
		if out.err != nil {
			break
		}
	}
	first := b.sheets[0]
	drawn := slices.IndexFunc(b.sheets, func(s *sheet) bool { return s.chart && s.Rows > 0 })
	if drawn >= 0 && first.Rows <= mostAboveChart && first.width <= landscapeRoom {
		first.below = b.sheets[drawn]
		first.end += 1 + chartRows
		first.widen(chartWidth)
	}
	out.add(first.part(1))
	parts, err := b.parts()
	if err == nil {
		out.add(parts...)
		err = out.close()
	}
	if err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// ready is a table that is made already.
func ready(t table.Table) func() table.Table { return func() table.Table { return t } }

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
