package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"cspcoop/calc"
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

	rows int // that a sheet holds; 0: as many as Excel takes
}

// book is a workbook in the making.
type book struct {
	*excelize.File
	asOf   calc.Date
	words  *wording.Words
	paper  Paper
	footer string // left part of every page's footer
	styles [styleNames]int
	sheets int
	rows   int // that a sheet holds

	portfolio bool // it is over all partners, so that rows say whose they are
}

// maxRows is how many rows a sheet of Excel has.
const maxRows = 1 << 20

func newBook(asOf calc.Date, words *wording.Words, o Options, title, subject string) (*book, error) {
	b := &book{File: excelize.NewFile(), asOf: asOf, words: words, paper: o.Paper, rows: cmp.Or(o.rows, maxRows)}
	b.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newSortedZip(w) })
	author := o.Issuer
	if author == "" {
		author = "cspcoop"
	}
	b.footer = words.T("%s · as of %s", author, words.Date(asOf))
	stamp := asOf.Time().Format(time.RFC3339)
	err := b.SetDocProps(&excelize.DocProperties{
		Title: wording.Visible(title), Subject: wording.Visible(subject), Creator: wording.Visible(author),
		LastModifiedBy: "cspcoop", Created: stamp, Modified: stamp, Language: words.Language(),
	})
	if err != nil {
		return nil, fmt.Errorf("setting document properties: %w", err)
	}
	if err := b.SetAppProps(&excelize.AppProperties{Application: "cspcoop"}); err != nil {
		return nil, fmt.Errorf("setting document properties: %w", err)
	}
	if err := b.SetDefaultFont(fontName); err != nil {
		return nil, fmt.Errorf("setting the font: %w", err)
	}
	for name, look := range looks() {
		if b.styles[name], err = b.NewStyle(&look); err != nil {
			return nil, fmt.Errorf("making cell style %d: %w", name, err)
		}
	}
	return b, nil
}

// writeTo ends the workbook.
func (b *book) writeTo(w io.Writer) error {
	if err := b.Write(w); err != nil {
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
