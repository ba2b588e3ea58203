package xlsx

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
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
	Issuer string     // who issues the statements; names the author
	Inputs string     // first digits of the SHA-256 over what the set was made from; may be empty
	Shown  calc.Shown // what rows of earnings show; nil where the result has it

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
	shared map[string]packed // parts that all workbooks have
	sheets int
	drawn  *sheet               // whose chart the first sheet shows too; nil for none
	data   map[string]sheetData // of the sheets, by part
	rows   int                  // that a sheet holds
	xml    *bytes.Buffer        // rows of sheets that have not too many
}

// maxRows is how many rows a sheet of Excel has.
const maxRows = 1 << 20

func newBook(asOf calc.Date, words *wording.Words, o Options, title, subject string) (*book, error) {
	styles, err := sharedStyles(words.Sheet())
	if err != nil {
		return nil, err
	}
	b := &book{
		File: excelize.NewFile(), words: words, paper: o.Paper, rows: cmp.Or(o.rows, maxRows),
		styles: styles.named, toned: styles.toned, shared: styles.parts, data: map[string]sheetData{},
		xml: rowBuffers.Get().(*bytes.Buffer),
	}
	b.xml.Reset()
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

// finish writes a workbook of tables. One that has nothing to say is left out.
func (b *book) finish(w io.Writer, tables []table.Table) error {
	var sheets []*sheet
	for _, t := range tables {
		if t.Rows == 0 && t.Lead == "" && len(sheets) > 0 {
			continue
		}
		s := b.sheetOf(t)
		if sheets = append(sheets, s); s.chart && s.Rows > 0 && b.drawn == nil {
			b.drawn = s
		}
	}
	for _, s := range sheets {
		if err := b.add(s); err != nil {
			return err
		}
	}
	return b.writeTo(w)
}

// writeTo ends the workbook. Excelize would gather it in memory; so the archive
// writes past it. What all workbooks have alike was packed once.
func (b *book) writeTo(w io.Writer) error {
	b.Styles, b.Theme = nil, nil
	b.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newSortedZip(w, b.data, b.shared) })
	if err := b.Write(io.Discard); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// Close lets go of what the workbook took.
func (b *book) Close() error {
	rowBuffers.Put(b.xml)
	b.xml = nil
	return b.File.Close()
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
