package table

import (
	"strings"
	"testing"
)

func TestXLSXSheetFaults(t *testing.T) {
	cell := func(c string) string { return worksheet(`<row r="1">` + c + `</row>`) }
	tests := []struct {
		name, sheet string
		words       []string
	}{
		{"not well-formed", worksheet(`<row r="1"><c r="A1"><v>1</c></row>`), []string{"sheet1.xml", "row 1", "</c> where <v> is open"}},
		{"truncated", worksheet(`<row/>`)[:100], []string{"sheet1.xml", "XML"}},
		{"a document type", `<!DOCTYPE worksheet [<!ENTITY a "b">]>` + worksheet(``), []string{"DOCTYPE"}},
		{"a second root", worksheet(``) + `<a/>`, []string{"second root"}},
		{"text behind the root", worksheet(``) + `x`, []string{"outside of the root"}},
		{"another root", `<chart xmlns="` + mainSpace + `"/>`, []string{"not a worksheet"}},
		{"another namespace", `<worksheet xmlns="urn:x"><sheetData/></worksheet>`, []string{"not a worksheet"}},
		{"no sheetData", `<worksheet xmlns="` + mainSpace + `"/>`, []string{"no list of rows"}},
		{"two sheetData", worksheet(``, `<sheetData/>`), []string{"twice"}},
		{"text between rows", worksheet(`x`), []string{"between the rows"}},
		{"an element between rows", worksheet(`<alt/>`), []string{"alt", "between the rows"}},
		{"rows in alternate content", worksheet(`<mc:AlternateContent xmlns:mc="` + compatibility + `"/>`), []string{"AlternateContent"}},
		{"row twice", worksheet(`<row r="2"/><row r="2"/>`), []string{"row 2 follows row 2"}},
		{"rows out of order", worksheet(`<row r="3"/><row r="2"/>`), []string{"row 2 follows row 3"}},
		{"row 0", worksheet(`<row r="0"/>`), []string{"no row number"}},
		{"row too far", worksheet(`<row r="1048577"/>`), []string{"no row number"}},
		{"row after the last", worksheet(`<row r="1048576"/><row/>`), []string{"1048576"}},
		{"text between cells", cell(`x`), []string{"between the cells"}},
		{"cell twice", cell(`<c r="A1"/><c r="A1"/>`), []string{"cell A1 follows cell A1"}},
		{"cells out of order", cell(`<c r="B1"/><c r="A1"/>`), []string{"cell A1 follows cell B1"}},
		{"cell of another row", cell(`<c r="A2"/>`), []string{"no cell of row 1"}},
		{"cell by number", cell(`<c r="0"/>`), []string{"no cell of row 1", "called A1", "save it again"}},
		{"cell too far", cell(`<c r="XFE1"/>`), []string{"no cell of row 1"}},
		{"cell behind the last", cell(`<c r="XFD1"/><c/>`), []string{"16384 columns"}},
		{"no reference at all", cell(`<c r=""/>`), []string{"no cell of row 1"}},
		{"unknown type", cell(`<c r="A1" t="x"><v>1</v></c>`), []string{"cell A1", "unknown type"}},
		{"unknown style", cell(`<c r="A1" s="9"><v>1</v></c>`), []string{"cell A1", "style of the cell does not exist"}},
		{"wrong style", cell(`<c r="A1" s="-1"><v>1</v></c>`), []string{"cell A1", "style"}},
		{"index out of range", cell(`<c r="A1" t="s"><v>2</v></c>`), []string{"cell A1", "2 shared strings"}},
		{"negative index", cell(`<c r="A1" t="s"><v>-1</v></c>`), []string{"cell A1", `"-1"`}},
		{"index without digits", cell(`<c r="A1" t="s"><v>x</v></c>`), []string{"cell A1"}},
		{"number with text", cell(`<c r="A1"><v>12a</v></c>`), []string{"cell A1", "12a", "no number"}},
		{"infinity", cell(`<c r="A1"><v>INF</v></c>`), []string{"no number"}},
		{"not a number", cell(`<c r="A1"><v>NaN</v></c>`), []string{"no number"}},
		{"number with a comma", cell(`<c r="A1"><v>1,5</v></c>`), []string{"no number"}},
		{"number without digits", cell(`<c r="A1"><v>-.E1</v></c>`), []string{"no number"}},
		{"number with an empty exponent", cell(`<c r="A1"><v>1E</v></c>`), []string{"no number"}},
		{"long number", cell(`<c r="A1"><v>1` + strings.Repeat("0", 64) + `</v></c>`), []string{"no number"}},
		{"neither true nor false", cell(`<c r="A1" t="b"><v>2</v></c>`), []string{"neither"}},
		{"no date", cell(`<c r="A1" t="d"><v>1 March</v></c>`), []string{"ISO date"}},
		{"two values", cell(`<c r="A1"><v>1</v><v>2</v></c>`), []string{"cell A1", "twice"}},
		{"value and inline text", cell(`<c r="A1" t="inlineStr"><v>1</v><is><t>2</t></is></c>`), []string{"cell A1", `"1"`, `"2"`}},
		{"inline text and value", cell(`<c r="A1" t="str"><is><t>2</t></is><v>1</v></c>`), []string{"cell A1", `"1"`, `"2"`}},
		{"alternatives of a value", cell(`<c r="A1"><mc:AlternateContent xmlns:mc="` + compatibility + `"><v>1</v></mc:AlternateContent></c>`), []string{"cell A1", "AlternateContent"}},
		{"inline text in a number", cell(`<c r="A1"><is><t>2</t></is></c>`), []string{"cell A1", "type"}},
		{"value in an inline text", cell(`<c r="A1" t="inlineStr"><v>2</v></c>`), []string{"cell A1", "type"}},
		{"text in a cell", cell(`<c r="A1">5</c>`), []string{"cell A1", "outside of its value"}},
		{"an element in a value", cell(`<c r="A1"><v><b/>5</v></c>`), []string{"element inside"}},
		{"control character", cell(`<c r="A1" t="str"><v>a_x0001_</v></c>`), []string{"cell A1", "U+0001"}},
		{"NUL", cell(`<c r="A1" t="str"><v>a_x0000_</v></c>`), []string{"cell A1", "NUL"}},
		{"raw control character", cell("<c r=\"A1\" t=\"str\"><v>a\x01</v></c>"), []string{"sheet1.xml", "control character"}},
		{"unknown entity", cell(`<c r="A1" t="str"><v>&nbsp;</v></c>`), []string{"reference"}},
		{"large text", cell(`<c r="A1" t="str"><v>` + strings.Repeat("x", 2000) + `</v></c>`), []string{"cell A1", "max_field_bytes = 1000"}},
		{"merged range", worksheet(``, `<mergeCells><mergeCell ref="A:B2"/></mergeCells>`), []string{"A:B2", "merged"}},
		{"merged range without corners", worksheet(``, `<mergeCells><mergeCell ref=":"/></mergeCells>`), []string{"merged"}},
		{"merged range of nothing", worksheet(``, `<mergeCells><mergeCell ref="#REF!"/></mergeCells>`), []string{"merged"}},
		{"merged ranges that overlap", worksheet(``, `<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/></mergeCells>`), []string{"A1 and B2 overlap"}},
		{"many rows", worksheet(strings.Repeat(`<row><c><v>1</v></c></row>`, 101)), []string{"row 101", "max_rows = 100"}},
		{"many columns", cell(strings.Repeat(`<c><v>1</v></c>`, 51)), []string{"AY1", "max_columns = 50"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limits := Limits{MaxFieldBytes: 1000, MaxRows: 100, MaxColumns: 50}
			if strings.Contains(tt.sheet, "XFD1") {
				limits.MaxColumns = 0
			}
			wantFault(t, faultsOf(t, pack(t, bookParts(tt.sheet)), Options{Limits: limits}), tt.words...)
		})
	}
}

func TestXLSXCollectsFaults(t *testing.T) {
	_, err := openBytes(t, book(t, strings.Repeat(`<row><c t="str"><v>a_x0001_</v></c><c t="str"><v>_x0000_</v></c></row>`, 600)+`<row`), Options{})
	faults, ok := asFaults(err)
	if !ok || faults.Total != 1201 || len(faults.List) != MaxFaults {
		t.Fatalf("error %v, want 1201 faults, 1000 of them listed", err)
	}
	if faults.List[1].Cell != "B1" || faults.List[2].Cell != "A2" {
		t.Errorf("faults %v, want them in the order of the cells", faults.List[:3])
	}
}

func TestXLSXStructureFaults(t *testing.T) {
	sheet := worksheet(`<row><c><v>1</v></c></row>`)
	replace := func(whole, old, with string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("%q is not in %q", old, whole)
		}
		return strings.Replace(whole, old, with, 1)
	}
	const entry = `<sheet name="Earnings" sheetId="1" r:id="r1"/>`
	tests := []struct {
		name   string
		change part
		words  []string
	}{
		{"sheet part missing", part{"xl/worksheets/sheet1.xml", ""}, []string{"sheet1.xml", "Earnings", "missing"}},
		{"workbook missing", part{"xl/workbook.xml", ""}, []string{"xl/workbook.xml", "missing"}},
		{"relationships missing", part{"xl/_rels/workbook.xml.rels", ""}, []string{"missing"}},
		{"relationship missing", part{"xl/workbook.xml", replace(workbookXML, `r:id="r1"`, `r:id="r9"`)}, []string{"Earnings", "no part"}},
		{"no sheet", part{"xl/workbook.xml", replace(workbookXML, entry, "")}, []string{"lists no sheet"}},
		{"one part for two sheets", part{"xl/workbook.xml", replace(workbookXML, entry, entry+`<sheet name="B" sheetId="2" r:id="r1"/>`)}, []string{"one part"}},
		{"all hidden", part{"xl/workbook.xml", replace(workbookXML, `sheetId="1"`, `sheetId="1" state="hidden"`)}, []string{"no visible"}},
		{"code by relationship", part{"xl/_rels/workbook.xml.rels", replace(bookRelsXML, relSpace+"/styles", "http://schemas.microsoft.com/office/2006/relationships/vbaProject")}, []string{"xl/styles.xml", "macros"}},
		{"a macro sheet", part{"xl/_rels/workbook.xml.rels", replace(bookRelsXML, relSpace+"/worksheet", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet")}, []string{"worksheets/sheet1.xml", "Earnings", "macros"}},
		{"an external sheet", part{"xl/_rels/workbook.xml.rels", replace(bookRelsXML, `Target="worksheets/sheet1.xml"`, `Target="worksheets/sheet1.xml" TargetMode="External"`)}, []string{"missing"}},
		{"relationship twice", part{"xl/_rels/workbook.xml.rels", replace(bookRelsXML, `Id="r2"`, `Id="r1"`)}, []string{"twice"}},
		{"two string tables", part{"xl/_rels/workbook.xml.rels", replace(bookRelsXML, relSpace+"/styles", relSpace+"/sharedStrings")}, []string{"two parts"}},
		{"broken workbook", part{"xl/workbook.xml", workbookXML[:len(workbookXML)-3]}, []string{"xl/workbook.xml", "XML"}},
		{"broken content types", part{contentTypesPart, typesXML + "x"}, []string{contentTypesPart, "XML"}},
		{"broken styles", part{"xl/styles.xml", stylesXML + "<a/>"}, []string{"xl/styles.xml", "XML"}},
		{"broken shared strings", part{"xl/sharedStrings.xml", stringsXML + "<a/>"}, []string{"xl/sharedStrings.xml", "XML"}},
		{"something among the strings", part{"xl/sharedStrings.xml", replace(stringsXML, "<si>", "<x/><si>")}, []string{"xl/sharedStrings.xml"}},
		{"no table of strings", part{"xl/sharedStrings.xml", "<a/>"}, []string{"xl/sharedStrings.xml", "root"}},
		{"macros", part{"xl/vbaProject.bin", "x"}, []string{"xl/vbaProject.bin", "macros"}},
		{"macros under another name", part{contentTypesPart, replace(typesXML, "</Types>", `<Override PartName="/xl/Styles.xml" ContentType="application/vnd.ms-office.vbaProject"/></Types>`)}, []string{"xl/styles.xml", "macros"}},
		{"macros by content type", part{contentTypesPart, replace(typesXML, "</Types>", `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`)}, []string{"xl/workbook.xml", "macros"}},
		{"macros by the type of all XML", part{contentTypesPart, replace(typesXML, "application/xml", "application/vnd.ms-excel.template.macroEnabled.main+xml")}, []string{"xl/workbook.xml", "macros"}},
		{"date system", part{"xl/workbook.xml", replace(workbookXML, "<sheets>", `<workbookPr date1904="maybe"/><sheets>`)}, []string{"xl/workbook.xml", "date1904"}},
		{"large workbook part", part{"xl/workbook.xml", workbookXML + strings.Repeat(" ", maxStructureBytes)}, []string{"xl/workbook.xml", "67108864"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := openBytes(t, pack(t, with(bookParts(sheet), tt.change)), Options{Limits: Limits{MaxRatio: 1 << 20}})
			wantFault(t, err, tt.words...)
		})
	}
}

func TestSheetNamesAreUnique(t *testing.T) {
	parts := with(bookParts(worksheet(``)),
		part{"xl/workbook.xml", strings.Replace(workbookXML, "</sheets>", `<sheet name="EARNINGS" sheetId="2" r:id="r4"/></sheets>`, 1)},
		part{"xl/_rels/workbook.xml.rels", strings.Replace(bookRelsXML, "</Rel", `<Relationship Id="r4" Type="`+relSpace+`/worksheet" Target="worksheets/sheet2.xml"/></Rel`, 1)},
		part{"xl/worksheets/sheet2.xml", worksheet(``)})
	_, err := openBytes(t, pack(t, parts), Options{})
	wantFault(t, err, "two sheets", "EARNINGS")
}

func TestStringMemoryIsBounded(t *testing.T) {
	parts := with(bookParts(worksheet(``)),
		part{"xl/sharedStrings.xml", `<sst xmlns="` + mainSpace + `">` + strings.Repeat(`<si/>`, 1000) + `</sst>`})
	_, err := openBytes(t, pack(t, parts), Options{Limits: Limits{MaxStringBytes: 10_000}})
	wantFault(t, err, "xl/sharedStrings.xml", "max_string_bytes = 10000")
}

func TestWrongKinds(t *testing.T) {
	ole := func(names ...string) string {
		file := make([]byte, 512+128*len(names))
		copy(file, oleMagic)
		for i, name := range names {
			entry := file[512+128*i:]
			for j := range name {
				entry[2*j] = name[j]
			}
			entry[64] = byte(2 * (len(name) + 1))
		}
		return string(file)
	}
	archive := func(names ...string) string {
		var parts []part
		for _, n := range names {
			parts = append(parts, part{n, "x"})
		}
		return string(pack(t, parts))
	}
	tests := []struct{ name, data, words string }{
		{"no bytes", "", "empty"},
		{"blanks", " \r\n\t\n  \n", "only blanks"},
		{"only a mark", "\xEF\xBB\xBF", "only blanks"},
		{"login page", "\n<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page"},
		{"table of a web page", "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\n<table><tr><td>earningId</td></tr></table></html>", "table of a web page"},
		{"bare table", "\r\n<TABLE border=1><TR><TD>1</TABLE>", "table of a web page"},
		{"login page with a table", "<html><body><form><table><tr><td><input name=user></table></form></html>", "sign-in page"},
		{"web archive", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "MHTML"},
		{"flat OpenDocument", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>`, "OpenDocument"},
		{"Numbers", archive("Index/Document.iwa"), "Numbers"},
		{"oldest xls", "\x09\x08\x10\x00\x00\x06", "old Excel workbook"},
		{"SYLK", "ID;PWXL;N;E\r\n", "SYLK"},
		{"XHTML", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>`, "web page"},
		{"JSON object", `{"error": "unauthorized"}`, "JSON"},
		{"JSON list", "[\n {\"earningId\": 1}]", "JSON"},
		{"PDF", "%PDF-1.7\n", "PDF"},
		{"gzip", "\x1F\x8B\x08\x00", "gzip"},
		{"7z", "7z\xBC\xAF\x27\x1C", "7z"},
		{"RAR", "Rar!\x1A\x07\x00", "RAR"},
		{"bzip2", "BZh91AY", "bzip2"},
		{"xz", "\xFD7zXZ\x00", "xz"},
		{"zstd", "\x28\xB5\x2F\xFD", "zstd"},
		{"tar", strings.Repeat("a", 257) + "ustar\x0000", "tar"},
		{"empty zip", archive(), "empty zip"},
		{"zip", archive("a.csv"), "a ZIP archive, not a report"},
		{"xlsb", archive(contentTypesPart, "_rels/.rels", "xl/workbook.bin"), "XML"},
		{"ods", archive("mimetype", "content.xml"), "OpenDocument"},
		{"XML spreadsheet", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>`, "XML spreadsheet"},
		{"XML", `<?xml version="1.0"?><a/>`, "XML document"},
		{"PNG", "\x89PNG\r\n\x1A\n", "PNG"},
		{"JPEG", "\xFF\xD8\xFF\xE0", "JPEG"},
		{"GIF", "GIF89a", "GIF"},
		{"BMP", "BM\x0A\x00\x00\x00\x00\x00\x00\x00", "BMP"},
		{"WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"},
		{"encrypted workbook", ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "encrypted"},
		{"old xls", ole("Root Entry", "Workbook"), ".xls"},
		{"older xls", ole("Root Entry", "Book"), ".xls"},
		{"another OLE file", ole("Root Entry", "WordDocument"), "OLE"},
		{"prose", "Dear partner, see below.", "header"},
		{"binary", "\x00\x01\x02\x03\xFF\xFE\x80", "header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := openBytes(t, []byte(tt.data), Options{Header: header})
			wantFault(t, err, tt.words)
		})
	}
}

func TestOfficeFilesThatAreNoWorkbook(t *testing.T) {
	rels := func(target string) part {
		return part{"_rels/.rels", strings.Replace(packageRelsXML, "xl/workbook.xml", target, 1)}
	}
	for name, tt := range map[string]struct {
		target, word string
	}{
		"xlsb": {"xl/workbook.bin", "Excel binary workbook"},
		"docx": {"word/document.xml", "Word"},
		"pptx": {"ppt/presentation.xml", "PowerPoint"},
	} {
		_, err := openBytes(t, pack(t, []part{{contentTypesPart, typesXML}, rels(tt.target), {tt.target, "x"}}), Options{})
		t.Run(name, func(t *testing.T) { wantFault(t, err, tt.word) })
	}
}
