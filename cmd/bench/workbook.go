package main

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
)

// numeric are the columns that a workbook holds as numbers.
var numeric = map[string]bool{
	"transactionExchangeRate": true, "transactionAmount": true, "transactionAmountUSD": true, "earningRate": true, "quantity": true,
	"earningAmount": true, "earningAmountUSD": true, "earningExchangeRate": true, "paymentAmountWOTax": true, "paymentExchangeRate": true, "storeFee": true,
}

// parts of a workbook that do not depend on its rows.
var parts = [][2]string{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Earnings" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet ` + mainSpace + `><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>`},
}

const mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// writeXLSX writes rows as a workbook, with its texts in the cells or in the
// table of shared strings.
func writeXLSX(path string, rows iter.Seq[[]string], shared bool) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, part := range parts {
		w, err := z.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, part[1]); err != nil {
			return err
		}
	}
	texts := &sharedTexts{index: map[string]int{}}
	if err := writePart(z, "xl/worksheets/sheet1.xml", func(w *bufio.Writer) {
		fmt.Fprintf(w, "<worksheet %s><sheetData>", mainSpace)
		number := 1
		writeRow(w, number, header, texts, shared)
		for row := range rows {
			number++
			writeRow(w, number, row, texts, shared)
		}
		w.WriteString("</sheetData></worksheet>")
	}); err != nil {
		return err
	}
	if err := writePart(z, "xl/sharedStrings.xml", func(w *bufio.Writer) {
		fmt.Fprintf(w, `<sst %s uniqueCount="%d">`, mainSpace, len(texts.list))
		for _, s := range texts.list {
			w.WriteString(`<si><t xml:space="preserve">` + escaped(s) + "</t></si>")
		}
		w.WriteString("</sst>")
	}); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return f.Close()
}

// writePart writes one part; its errors are kept by the writer until Flush.
func writePart(z *zip.Writer, name string, content func(*bufio.Writer)) error {
	part, err := z.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(part, 1<<16)
	content(w)
	return w.Flush()
}

func writeRow(w *bufio.Writer, number int, cells []string, texts *sharedTexts, shared bool) {
	fmt.Fprintf(w, `<row r="%d">`, number)
	for i, text := range cells {
		ref := fmt.Sprintf("%s%d", columnNames[i], number)
		switch {
		case text == "":
		case number > 1 && numeric[header[i]]:
			fmt.Fprintf(w, `<c r="%s"><v>%s</v></c>`, ref, text)
		case shared:
			fmt.Fprintf(w, `<c r="%s" t="s"><v>%d</v></c>`, ref, texts.add(text))
		default:
			fmt.Fprintf(w, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, ref, escaped(text))
		}
	}
	w.WriteString("</row>")
}

// sharedTexts is the table of shared strings.
type sharedTexts struct {
	index map[string]int
	list  []string
}

func (t *sharedTexts) add(s string) int {
	i, known := t.index[s]
	if !known {
		i = len(t.list)
		t.index[s] = i
		t.list = append(t.list, s)
	}
	return i
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

// columnNames are A, B, … AS.
var columnNames = func() []string {
	var names []string
	for i := range header {
		name := string(rune('A' + i%26))
		if i >= 26 {
			name = string(rune('A'+i/26-1)) + name
		}
		names = append(names, name)
	}
	return names
}()

// partSize returns the inflated size of a workbook's part, in bytes.
func partSize(path, name string) (int64, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer z.Close()
	part, err := z.Open(name)
	if err != nil {
		return 0, err
	}
	info, err := part.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
