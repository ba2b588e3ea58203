package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"

	"github.com/xuri/excelize/v2"
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
	Issuer string // who issues the statements; names the author
	Inputs string // first digits of the SHA-256 over what the set was made from; may be empty

	rows int // that a sheet holds; 0: as many as Excel takes
}

// book is a workbook in the making.
type book struct {
	*excelize.File
	words  *wording.Words
	paper  Paper
	footer string // left part of every page's footer
	styles [styleNames]int
	toned  [tones][looks]int
	shared map[string]any // parts that all workbooks have
	sheets int
	drawn  *sheet               // whose chart the first sheet shows too; nil for none
	data   map[string]sheetData // of the sheets, by part
	rows   int                  // that a sheet holds
}

// maxRows is how many rows a sheet of Excel has.
const maxRows = 1 << 20

func newBook(asOf calc.Date, words *wording.Words, o Options, title, subject string) (*book, error) {
	styles, err := sharedStyles(formatsOf(words.Language()))
	if err != nil {
		return nil, err
	}
	b := &book{
		File: excelize.NewFile(), words: words, paper: o.Paper, rows: cmp.Or(o.rows, maxRows),
		styles: styles.named, toned: styles.toned, shared: styles.parts, data: map[string]sheetData{},
	}
	b.Styles = styles.file.Styles
	author := o.Issuer
	if author == "" {
		author = "cspcoop"
	}
	b.footer = words.T("%s · as of %s", author, words.Date(asOf))
	if o.Inputs != "" {
		b.footer += " · " + o.Inputs
	}
	stamp := asOf.Time().Format(time.RFC3339)
	err = b.SetDocProps(&excelize.DocProperties{
		Title: wording.Visible(title), Subject: wording.Visible(subject), Creator: wording.Visible(author),
		LastModifiedBy: "cspcoop", Created: stamp, Modified: stamp, Language: words.Language(),
	})
	if err != nil {
		return nil, fmt.Errorf("setting document properties: %w", err)
	}
	if err := b.SetAppProps(&excelize.AppProperties{Application: "cspcoop"}); err != nil {
		return nil, fmt.Errorf("setting document properties: %w", err)
	}
	return b, nil
}

// finish writes a workbook of tables.
func (b *book) finish(w io.Writer, tables []table.Table) error {
	if i := slices.IndexFunc(tables, func(t table.Table) bool { return t.Chart > 0 && t.Rows > 0 }); i >= 0 {
		b.drawn = b.sheetOf(tables[i])
	}
	for _, t := range tables {
		if err := b.add(t); err != nil {
			return err
		}
	}
	return b.writeTo(w)
}

// writeTo ends the workbook. Excelize would gather it in memory; so the archive
// writes past it. What all workbooks have alike was written once.
func (b *book) writeTo(w io.Writer) error {
	b.Styles, b.Theme = nil, nil
	for name, content := range b.shared {
		b.Pkg.Store(name, content)
	}
	b.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newSortedZip(w, b.data) })
	if err := b.Write(io.Discard); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// addSheet adds a sheet; the first one takes the place of the one that a new
// workbook has.
func (b *book) addSheet(name string) error {
	b.sheets++
	if b.sheets == 1 {
		return b.SetSheetName(b.GetSheetName(0), name)
	}
	_, err := b.NewSheet(name)
	return err
}
