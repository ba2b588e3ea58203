package xlsx

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// What is in a workbook besides styles, theme and charts is written here as text:
// excelize makes values of it and reads and writes these again and again, which took
// as long as all the rest of a small statement.

// part is a part of a workbook: a text that many workbooks have alike, or what writes
// it.
type part struct {
	name, shared string
	write        func(io.Writer) error
}

// frame lists the parts that do not depend on the sheets.
func (b *book) frame() []part {
	return []part{
		{name: "_rels/.rels", shared: linksXML(link{3, officeLink + "extended-properties", "docProps/app.xml"},
			link{2, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"},
			link{1, officeLink + "officeDocument", "xl/workbook.xml"})},
		{name: "docProps/app.xml", shared: appXML},
		{name: "docProps/core.xml", write: writing(b.core)},
		{name: stylesPart, shared: b.forms.styles},
		{name: themePart, shared: b.forms.theme},
	}
}

// part is the part of a sheet, which counts from 1.
func (s *sheet) part(number int) part {
	return part{name: fmt.Sprintf("xl/worksheets/sheet%d.xml", number), write: func(w io.Writer) error {
		defer s.release()
		return s.write(w, number == 1)
	}}
}

// parts lists the charts of the sheets, and what names them.
func (b *book) parts() (list []part, err error) {
	var types, sheets, names strings.Builder
	links := []link{{1, sheetLink, "worksheets/sheet1.xml"}, {2, officeLink + "styles", "styles.xml"}, {3, officeLink + "theme", "theme/theme1.xml"}}
	charts := 0
	for i, s := range b.sheets {
		id := i + 1
		if i > 0 {
			id += 2
			links = append(links, link{id, sheetLink, fmt.Sprintf("worksheets/sheet%d.xml", i+1)})
			fmt.Fprintf(&types, sheetType, i+1)
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"></sheet>`, escaped(s.Sheet), i+1, id)
		for _, n := range s.names() {
			where := ""
			if n.local {
				where = fmt.Sprintf(` localSheetId="%d"`, i)
			}
			if n.name == filterName {
				where = ` hidden="true"` + where
			}
			fmt.Fprintf(&names, `<definedName%s name="%s">%s</definedName>`, where, n.name, escaped(n.refersTo))
		}
		if of, at := s.chartOf(); of != nil {
			c, err := of.chartAt(at)
			if err != nil {
				return nil, err
			}
			charts++
			fmt.Fprintf(&types, chartTypes, charts)
			list = append(list,
				part{name: fmt.Sprintf("xl/charts/chart%d.xml", charts), shared: c.chart},
				part{name: fmt.Sprintf("xl/drawings/drawing%d.xml", charts), shared: c.drawing},
				part{name: fmt.Sprintf("xl/drawings/_rels/drawing%d.xml.rels", charts), shared: linksXML(link{1, officeLink + "chart", fmt.Sprintf("../charts/chart%d.xml", charts)})},
				part{name: fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", i+1), shared: linksXML(link{1, officeLink + "drawing", fmt.Sprintf("../drawings/drawing%d.xml", charts)})})
		}
	}
	return append(list,
		part{name: "[Content_Types].xml", shared: fmt.Sprintf(typesXML, types.String())},
		part{name: "xl/_rels/workbook.xml.rels", shared: linksXML(links...)},
		part{name: "xl/workbook.xml", write: writing(fmt.Sprintf(workbookXML, sheets.String(), names.String()))}), nil
}

func writing(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// write writes the sheet.
func (s *sheet) write(out io.Writer, first bool) error {
	return useRows(out, func(w *rowWriter) {
		selected, drawing := "", ""
		if first {
			selected = ` tabSelected="true"`
		}
		w.buffer = fmt.Appendf(w.buffer, sheetBegin, s.all(), selected, s.head+1, s.head)
		for i, width := range s.widths {
			w.buffer = fmt.Appendf(w.buffer, `<col min="%[1]d" max="%[1]d" width="%[2]d" customWidth="1"/>`, i+1, width)
		}
		w.buffer = append(w.buffer, "</cols><sheetData>"...)
		s.writeRows(w)
		lines := s.lines()
		w.buffer = fmt.Appendf(w.buffer, sheetMiddle, s.filtered(), len(lines))
		for _, l := range lines {
			w.buffer = fmt.Appendf(w.buffer, `<mergeCell ref="%[1]s%[3]d:%[2]s%[3]d"/>`, letters(s.keys), letters(s.first-1), l.row)
		}
		if of, _ := s.chartOf(); of != nil {
			drawing = drawingXML
		}
		orientation, size := s.page()
		w.buffer = fmt.Appendf(w.buffer, sheetEnd, s.pagesBelow(), s.abreast, orientation, size,
			escaped("&L"+printable(s.footer)+"&R&A · "+s.words.T("page %s of %s", "&P", "&N")), drawing)
	})
}

// link is a relationship of parts by its number in its part.
type link struct {
	id           int
	kind, target string
}

func linksXML(links ...link) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, l := range links {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Target="%s" Type="%s"></Relationship>`, l.id, l.target, l.kind)
	}
	b.WriteString("</Relationships>")
	return b.String()
}

// coreXML words the properties of a document.
func coreXML(asOf calc.Date, language, title, subject, author string) string {
	shown := func(s string) string { return escaped(wording.Visible(s)) }
	return fmt.Sprintf(xmlHead+`<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:subject>%s</dc:subject><dc:creator>%s</dc:creator><lastModifiedBy>cspcoop</lastModifiedBy><dc:language>%s</dc:language>`+
		`<dcterms:created xsi:type="dcterms:W3CDTF">%[5]s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[5]s</dcterms:modified></coreProperties>`,
		shown(title), shown(subject), shown(author), language, asOf.Time().Format(time.RFC3339))
}

// escaped returns a text as XML has it.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}

const (
	filterName = "_xlnm._FilterDatabase"
	stylesPart = "xl/styles.xml"
	themePart  = "xl/theme/theme1.xml"
	officeLink = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	sheetLink  = officeLink + "worksheet"

	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

	appXML = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Application>cspcoop</Application></Properties>`

	sheetType  = `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"></Override>`
	chartTypes = `<Override PartName="/xl/charts/chart%[1]d.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"></Override>` +
		`<Override PartName="/xl/drawings/drawing%[1]d.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"></Override>`
	typesXML = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"></Default><Default Extension="xml" ContentType="application/xml"></Default>` +
		`<Override PartName="/xl/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"></Override>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"></Override>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"></Override>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"></Override>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"></Override>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"></Override>%s</Types>`

	workbookXML = xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main">` +
		`<fileVersion appName="xl" lastEdited="6" lowestEdited="6" rupBuild="14420"></fileVersion><workbookPr filterPrivacy="true" defaultThemeVersion="164011"></workbookPr>` +
		`<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="14805" windowHeight="8010"></workbookView></bookViews>` +
		`<sheets>%s</sheets><definedNames>%s</definedNames><calcPr calcId="122211"></calcPr></workbook>`

	sheetBegin = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheetPr filterMode="true"><pageSetUpPr fitToPage="true"></pageSetUpPr></sheetPr><dimension ref="%s"></dimension>` +
		`<sheetViews><sheetView showGridLines="false"%s workbookViewId="0"><pane activePane="bottomLeft" state="frozen" topLeftCell="A%d" ySplit="%d"></pane></sheetView></sheetViews>` +
		`<sheetFormatPr defaultRowHeight="15"></sheetFormatPr><cols>`
	// Figures are kept from being overwritten by accident; there is no password. Filters
	// and column widths stay free.
	sheetMiddle = `</sheetData><sheetProtection sheet="true" objects="true" scenarios="true" formatCells="true" formatColumns="false" formatRows="false" insertColumns="true" insertRows="true" insertHyperlinks="true" deleteColumns="true" deleteRows="true" selectLockedCells="false" sort="true" autoFilter="false" pivotTables="true" selectUnlockedCells="false"></sheetProtection>` +
		`<autoFilter ref="%s"></autoFilter><mergeCells count="%d">`
	sheetEnd = `</mergeCells><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0" footer="0"></pageMargins>` +
		`<pageSetup fitToHeight="%d" fitToWidth="%d" orientation="%s" paperSize="%d"></pageSetup><headerFooter><oddFooter>%s</oddFooter></headerFooter>%s</worksheet>`
	drawingXML = `<drawing xmlns:relationships="http://schemas.openxmlformats.org/officeDocument/2006/relationships" relationships:id="rId1"></drawing>`
)
