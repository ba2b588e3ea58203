package table

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
)

func TestXLSXCells(t *testing.T) {
	tests := []struct {
		name, cell string
		want       Cell // at A1; Blank means that no row comes
	}{
		{"number", `<c r="A1"><v>1234.5600000000001</v></c>`, Cell{Text: "1234.5600000000001", Kind: Number}},
		{"exponent", `<c r="A1" t="n"><v>-1E-3</v></c>`, Cell{Text: "-1E-3", Kind: Number}},
		{"built-in date", `<c r="A1" s="1"><v>43831</v></c>`, Cell{Text: "43831", Kind: Number, AsDate: true}},
		{"custom date", `<c r="A1" s="2"><v>43831.5</v></c>`, Cell{Text: "43831.5", Kind: Number, AsDate: true}},
		{"shared string", `<c r="A1" t="s"><v>1</v></c>`, Cell{Text: "Amount", Kind: Text}},
		{"inline string", `<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>`, Cell{Text: " a ", Kind: Text}},
		{"rich string", `<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>x</t></rPh><phoneticPr fontId="1"/></is></c>`, Cell{Text: "ab", Kind: Text}},
		{"references", `<c r="A1" t="str"><v>a&amp;b&lt;&#x20AC;&#13;</v></c>`, Cell{Text: "a&b<€\r", Kind: Text}},
		{"CDATA and comment", `<c r="A1" t="str"><v>a<![CDATA[<b>]]><!-- no -->c</v></c>`, Cell{Text: "a<b>c", Kind: Text}},
		{"escapes", `<c r="A1" t="str"><v>a_x000D__x000a_b_x005F_x000D_c_xD83D__xDE00_</v></c>`, Cell{Text: "a\r\nb_x000D_c😀", Kind: Text}},
		{"no escape", `<c r="A1" t="str"><v>_x00 _xZZZZ_ _xD83D_ __x0041_</v></c>`, Cell{Text: "_x00 _xZZZZ_ _xD83D_ _A", Kind: Text}},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, Cell{Text: "TRUE", Kind: Bool}},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, Cell{Text: "FALSE", Kind: Bool}},
		{"error", `<c r="A1" t="e"><v>#REF!</v></c>`, Cell{Text: "#REF!", Kind: Error}},
		{"ISO date", `<c r="A1" t="d"><v>2020-03-01T00:00:00</v></c>`, Cell{Text: "2020-03-01T00:00:00", Kind: ISODate}},
		{"formula", `<c r="A1"><f>1+1</f><v>2</v></c>`, Cell{Text: "2", Kind: Number}},
		{"shared formula", `<c r="A1"><f t="shared" si="0"/><v>2</v></c>`, Cell{Text: "2", Kind: Number}},
		{"array formula", `<c r="A1" t="str"><f t="array" ref="A1:A2">X</f><v>y</v></c>`, Cell{Text: "y", Kind: Text}},
		{"formula without a value", `<c r="A1"><f>1+1</f></c>`, Cell{NoCache: true}},
		{"formula with an empty number", `<c r="A1"><f>1+1</f><v></v></c>`, Cell{NoCache: true}},
		{"formula with an empty text", `<c r="A1" t="str"><f>""</f><v></v></c>`, Cell{}},
		{"without a reference", `<c><v>5</v></c>`, Cell{Text: "5", Kind: Number}},
		{"extension", `<c r="A1"><v>5</v><extLst><ext><x/></ext></extLst></c>`, Cell{Text: "5", Kind: Number}},
		{"only a style", `<c r="A1" s="1"/>`, Cell{}},
		{"empty number", `<c r="A1"><v/></c>`, Cell{}},
		{"empty shared string", `<c r="A1" t="s"><v/></c>`, Cell{}},
		{"empty truth value", `<c r="A1" t="b"><v></v></c>`, Cell{}},
		{"empty value of a strange style", `<c r="A1" s="9"><v/></c>`, Cell{}},
		{"only a strange style", `<c r="A1" s="-9"/>`, Cell{}},
		{"lower-case reference", `<c r="a1"><v>5</v></c>`, Cell{Text: "5", Kind: Number}},
		{"number in pretty XML", "<c r=\"A1\" t=\"n\">\n  <v>\n    5.50\n  </v>\n</c>", Cell{Text: "5.50", Kind: Number}},
		{"shared string in pretty XML", "<c r=\"A1\" t=\"s\"><v> 1\t</v></c>", Cell{Text: "Amount", Kind: Text}},
		{"truth in capitals", `<c r="A1" t="b"><v>TRUE</v></c>`, Cell{Text: "TRUE", Kind: Bool}},
		{"value, then the same inline", `<c r="A1" t="inlineStr"><v>a</v><is><t>a</t></is></c>`, Cell{Text: "a", Kind: Text}},
		{"inline, then the same value", `<c r="A1" t="inlineStr"><is><t>a</t></is><v>a</v></c>`, Cell{Text: "a", Kind: Text}},
		{"inline beside an empty value", `<c r="A1" t="inlineStr"><is><t>a</t></is><v/></c>`, Cell{Text: "a", Kind: Text}},
		{"number beside an empty inline text", `<c r="A1"><v>7</v><is><t/></is></c>`, Cell{Text: "7", Kind: Number}},
		{"duration", `<c r="A1" t="d"><v>PT0H11M0.000S</v></c>`, Cell{Text: "PT0H11M0.000S", Kind: ISODate}},
		{"an extension of another program", `<c r="A1"><x:y xmlns:x="urn:x"><x:v>1</x:v></x:y><v>5</v></c>`, Cell{Text: "5", Kind: Number}},
		{"invalid", `<c r="A1"><v>NaN</v></c>`, Cell{Text: "NaN", Kind: Invalid}},
		{"empty inline string", `<c r="A1" t="inlineStr"><is><t></t></is></c>`, Cell{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := mustOpen(t, book(t, `<row r="1">`+tt.cell+`</row>`), Options{})
			rows, err := collect(file.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			if tt.want == (Cell{}) {
				if len(rows) > 0 {
					t.Errorf("rows %+v, want none", rows)
				}
				return
			}
			if len(rows) != 1 || len(rows[0].Cells) != 1 || rows[0].Cells[0] != tt.want {
				t.Errorf("rows %+v, want %+v", rows, tt.want)
			}
		})
	}
}

func TestXLSXPlaces(t *testing.T) {
	data := book(t, `<row/><row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="E3"><v>3</v></c></row>`+
		`<row hidden="1"><c><v>4</v></c></row><row r="1048576"><c r="XFD1048576"><v>5</v></c></row>`)
	file := mustOpen(t, data, Options{})
	rows, err := collect(file.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	if got, want := text(rows[:2]), "3: |1|2||3\n4: 4\n"; got != want {
		t.Errorf("rows\n%swant\n%s", got, want)
	}
	if len(rows) != 3 || rows[2].Number != 1048576 || len(rows[2].Cells) != 16384 || rows[2].Cells[16383].Text != "5" {
		t.Errorf("the last cell of the sheet is missing")
	}
	if len(file.Notes) != 1 || file.Notes[0].Code != calc.HiddenRows || !slices.Equal(file.Notes[0].Says.Parameters, []calc.Parameter{1}) {
		t.Errorf("notes %v, want one of one hidden row", file.Notes)
	}
}

func TestXLSXMerged(t *testing.T) {
	var rows strings.Builder
	for r := 1; r <= 4; r++ {
		fmt.Fprintf(&rows, `<row r="%d">`, r)
		for c := range 4 {
			fmt.Fprintf(&rows, `<c r="%s"><v>1</v></c>`, CellRef(r, c))
		}
		rows.WriteString(`</row>`)
	}
	data := book(t, rows.String(), `<mergeCells count="2"><mergeCell ref="B2:C3"/><mergeCell ref="D1:D2"/></mergeCells>`)
	file := mustOpen(t, data, Options{})
	got, err := collect(file.Sheets[0])
	if err != nil {
		t.Fatal(err)
	}
	var marks strings.Builder
	for _, r := range got {
		for _, c := range r.Cells {
			marks.WriteByte("-m"[map[bool]int{true: 1}[c.Merged]])
		}
		marks.WriteByte(' ')
	}
	if marks.String() != "---m -mmm -mm- ---- " {
		t.Errorf("merged %q", marks.String())
	}
}

func TestXLSXSheets(t *testing.T) {
	sheets := `<sheet name="Chart" sheetId="1" r:id="c"/><sheet name="Hidden" sheetId="2" state="hidden" r:id="h"/>` +
		`<sheet name="Secret" sheetId="3" state="veryHidden" r:id="s"/><sheet name="A &amp; B" sheetId="4" r:id="r1"/>`
	rels := strings.Replace(bookRelsXML, "</Rel",
		`<Relationship Id="c" Type="`+relSpace+`/chartsheet" Target="chartsheets/sheet1.xml"/>`+
			`<Relationship Id="h" Type="`+relSpace+`/worksheet" Target="worksheets/sheet2.xml"/>`+
			`<Relationship Id="s" Type="`+relSpace+`/worksheet" Target="worksheets/sheet3.xml"/></Rel`, 1)
	parts := with(bookParts(worksheet(`<row><c><v>1</v></c></row>`)),
		part{"xl/workbook.xml", strings.Replace(strings.Replace(workbookXML, `<sheet name="Earnings" sheetId="1" r:id="r1"/>`, sheets, 1),
			"<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)},
		part{"xl/_rels/workbook.xml.rels", rels},
		part{"xl/worksheets/sheet2.xml", worksheet(`<row><c><v>2</v></c></row>`)},
		part{"xl/worksheets/sheet3.xml", worksheet(`<row><c><v>3</v></c></row>`)},
	)
	file := mustOpen(t, pack(t, parts), Options{})
	if len(file.Sheets) != 1 || file.Sheets[0].Name != "A & B" || !file.Sheets[0].Date1904 {
		t.Errorf("sheets %+v, want the visible one, with dates from 1904", file.Sheets)
	}
	if len(file.Notes) != 2 || file.Notes[0].Code != calc.HiddenSheet || file.Notes[1].Sheet != "Secret" {
		t.Errorf("notes %v, want both hidden sheets", file.Notes)
	}
}

func TestXLSXVariants(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`
	strict := strings.NewReplacer(mainSpace, mainSpaceStrict, relSpace, relSpaceStrict)
	prefixed := `<x:worksheet xmlns:x="` + mainSpace + `"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`
	around := `<worksheet xmlns="` + mainSpace + `" xmlns:mc="` + compatibility + `"><mc:AlternateContent><mc:Choice Requires="x"><sheetData/></mc:Choice></mc:AlternateContent>` +
		`<dimension ref="Z99"/><sheetData>` + rows + `</sheetData><autoFilter ref="A1:A1"/><extLst><ext/></extLst></worksheet>`
	var strictParts []part
	for _, p := range bookParts(worksheet(rows)) {
		strictParts = append(strictParts, part{p.name, strict.Replace(p.content)})
	}
	utf16 := "\xFF\xFE"
	for _, c := range `<?xml version="1.0" encoding="UTF-16"?>` + worksheet(rows) {
		utf16 += string([]byte{byte(c), 0})
	}
	for name, parts := range map[string][]part{
		"strict namespaces":              strictParts,
		"a prefix":                       bookParts(prefixed),
		"what is ignored":                bookParts(around),
		"declaration and mark":           bookParts("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<!-- x --><?y z?>" + worksheet(rows) + "\n"),
		"UTF-16":                         bookParts(utf16),
		"ISO-8859-1":                     bookParts(`<?xml version="1.0" encoding="ISO-8859-1"?>` + worksheet(rows)),
		"hidden in a strange way":        bookParts(worksheet(`<row r="1" hidden="maybe"><c r="A1" t="s"><v>0</v></c></row>`)),
		"extensions between rows":        bookParts(worksheet(`<x:a xmlns:x="urn:x"><row/></x:a><row r="1"><x:a xmlns:x="urn:x"/><c r="A1" t="s"><v>0</v></c></row>`)),
		"a named part of styles missing": with(bookParts(worksheet(`<row r="1"><c r="A1" s="7" t="s"><v>0</v></c></row>`)), part{"xl/styles.xml", ""}),
		"no styles": with(bookParts(worksheet(rows)), part{"xl/styles.xml", ""},
			part{"xl/_rels/workbook.xml.rels", strings.Replace(bookRelsXML, "/styles\"", "/theme\"", 1)}),
	} {
		t.Run(name, func(t *testing.T) {
			file := mustOpen(t, pack(t, parts), Options{})
			got, err := collect(file.Sheets[0])
			if err != nil || text(got) != "1: Month\n" {
				t.Errorf("rows %q, %v", text(got), err)
			}
		})
	}
}

// TestXLSXParts takes a workbook whatever way its parts are named and declared.
func TestXLSXParts(t *testing.T) {
	parts := bookParts(worksheet(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))
	renamed := func(rename func(string) string) []part {
		var list []part
		for _, p := range parts {
			list = append(list, part{rename(p.name), p.content})
		}
		return list
	}
	types := func(entry string) []part {
		return with(parts, part{contentTypesPart, strings.Replace(typesXML, "</Types>", entry+"</Types>", 1)})
	}
	rels := func(old, with string) part {
		return part{"xl/_rels/workbook.xml.rels", strings.Replace(bookRelsXML, old, with, 1)}
	}
	strange := "xl/worksheets/Sheet 1é.xml"
	for name, parts := range map[string][]part{
		"backslashes":             renamed(func(n string) string { return strings.ReplaceAll(n, "/", `\`) }),
		"capitals":                renamed(strings.ToUpper),
		"dots":                    renamed(func(n string) string { return "./" + n }),
		"SheetJS":                 types(`<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>`),
		"code that is not there":  types(`<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>`),
		"printer settings":        append(types(`<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>`), part{"xl/printerSettings/printerSettings1.bin", "x"}),
		"an escaped target":       with(parts, part{"xl/worksheets/sheet1.xml", ""}, part{strange, parts[6].content}, rels("worksheets/sheet1.xml", "worksheets/Sheet%201%C3%A9.xml")),
		"a target from the root":  with(parts, rels("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")),
		"a target with dots":      with(parts, rels("worksheets/sheet1.xml", "../xl/./worksheets/sheet1.xml")),
		"a target with backslash": with(parts, rels("worksheets/sheet1.xml", `worksheets\sheet1.xml`)),
		"strings for no cell":     with(parts, part{"xl/sharedStrings.xml", ""}, part{"xl/worksheets/sheet1.xml", worksheet(`<row r="1"><c r="A1" t="str"><v>Month</v></c></row>`)}),
	} {
		t.Run(name, func(t *testing.T) {
			file := mustOpen(t, pack(t, parts), Options{})
			got, err := collect(file.Sheets[0])
			if err != nil || text(got) != "1: Month\n" {
				t.Errorf("rows %q, %v", text(got), err)
			}
		})
	}
	t.Run("strings that are missing", func(t *testing.T) {
		wantFault(t, faultsOf(t, pack(t, with(parts, part{"xl/sharedStrings.xml", ""})), Options{}), "cell A1", "sharedStrings.xml", "missing")
	})
}

// TestXLSXStyles distinguishes dates from numbers by cell style, whatever way the part of
// styles is written.
func TestXLSXStyles(t *testing.T) {
	formats := `<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="14" formatCode="0.00"/></numFmts>`
	other := `<cellStyleXfs><xf numFmtId="15"/></cellStyleXfs><dxfs><dxf><numFmt numFmtId="0" formatCode="yyyy"/></dxf></dxfs>`
	alternative := func(id, fallback string) string {
		return `<mc:AlternateContent xmlns:mc="` + compatibility + `"><mc:Choice Requires="x14"><xf numFmtId="` + id + `"/></mc:Choice>` +
			`<mc:Choice Requires="x15"><xf numFmtId="0"/></mc:Choice><mc:Fallback><xf numFmtId="` + fallback + `"/></mc:Fallback></mc:AlternateContent>`
	}
	for name, xfs := range map[string]string{
		"plain":        `<xf numFmtId="0"/><xf numFmtId="164"/><xf/><xf numFmtId="17"/><xf numFmtId="14"/><xf numFmtId="165"/>`,
		"alternatives": alternative("0", "0") + alternative("164", "0") + `<xf/>` + alternative("17", "0") + alternative("14", "15") + alternative("165", "0"),
	} {
		t.Run(name, func(t *testing.T) {
			styles := `<styleSheet xmlns="` + mainSpace + `">` + formats + other + `<cellXfs>` + xfs + `</cellXfs></styleSheet>`
			var cells strings.Builder
			for style := range 6 {
				fmt.Fprintf(&cells, `<c s="%d"><v>1</v></c>`, style)
			}
			file := mustOpen(t, pack(t, with(bookParts(worksheet(`<row>`+cells.String()+`</row>`)), part{"xl/styles.xml", styles})), Options{})
			rows, err := collect(file.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range []bool{false, true, false, true, false, false} {
				if rows[0].Cells[i].AsDate != want {
					t.Errorf("style %d is a date: %v, want %v", i, !want, want)
				}
			}
		})
	}
}

// TestXLSXZerosInFront reads numbers with the zeros that their formats show.
func TestXLSXZerosInFront(t *testing.T) {
	styles := `<styleSheet xmlns="` + mainSpace + `"><numFmts><numFmt numFmtId="164" formatCode="0000000"/><numFmt numFmtId="165" formatCode="000;-000"/>` +
		`<numFmt numFmtId="166" formatCode="000.00"/></numFmts><cellXfs><xf numFmtId="1"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`
	for _, tt := range []struct{ cell, want string }{
		{`<c r="A1" s="1"><v>440123</v></c>`, "0440123"},
		{`<c r="A1" s="1" ><v>440123</v></c>`, "0440123"},
		{`<c r="A1" s="2"><v>7</v></c>`, "007"},
		{`<c r="A1" s="1"><v>12345678</v></c>`, "12345678"},
		{`<c r="A1" s="1"><v>-7</v></c>`, "-7"},
		{`<c r="A1" s="1"><v>7.5</v></c>`, "7.5"},
		{`<c r="A1" s="3"><v>7</v></c>`, "7"},
		{`<c r="A1" s="0"><v>7</v></c>`, "7"},
		{`<c r="A1" s="1" t="str"><v>7</v></c>`, "7"},
	} {
		t.Run(tt.cell, func(t *testing.T) {
			file := mustOpen(t, pack(t, with(bookParts(worksheet(`<row r="1">`+tt.cell+`</row>`)), part{"xl/styles.xml", styles})), Options{})
			if rows, err := collect(file.Sheets[0]); err != nil || rows[0].Cells[0].Text != tt.want {
				t.Errorf("%s: %+v, %v; want %q", tt.cell, rows, err, tt.want)
			}
		})
	}
}

func TestXLSXMergedLines(t *testing.T) {
	rows := `<row r="1"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row><row r="2"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>`
	for ref, want := range map[string]string{
		"A:A": "m--m--", "B:C": "-mm-mm", "C:B": "-mm-mm", "1:1": "mmm---", "2:9": "---mmm", "$a$1:$b$1": "mm----", "W:X": "------", "B2": "----m-", "B2:A1": "mm-mm-",
	} {
		t.Run(ref, func(t *testing.T) {
			file := mustOpen(t, book(t, rows, `<mergeCells><mergeCell ref="`+ref+`"/></mergeCells>`), Options{})
			got, err := collect(file.Sheets[0])
			if err != nil {
				t.Fatal(err)
			}
			marks := ""
			for _, r := range got {
				for _, c := range r.Cells {
					marks += map[bool]string{true: "m", false: "-"}[c.Merged]
				}
			}
			if marks != want {
				t.Errorf("%s: merged %q, want %q", ref, marks, want)
			}
		})
	}
}

func TestXLSXSharedStrings(t *testing.T) {
	var table, rows, want strings.Builder
	for i := range 20_000 { // several batches
		fmt.Fprintf(&table, `<si><t>text number %d</t></si>`, i)
		fmt.Fprintf(&rows, `<row><c t="s"><v>%d</v></c></row>`, i)
		fmt.Fprintf(&want, "%d: text number %d\n", i+1, i)
	}
	parts := with(bookParts(worksheet(rows.String())),
		part{"xl/sharedStrings.xml", `<sst xmlns="` + mainSpace + `">` + table.String() + `</sst>`})
	file := mustOpen(t, pack(t, parts), Options{})
	got, err := collect(file.Sheets[0])
	if err != nil || text(got) != want.String() {
		t.Errorf("the shared strings do not come back (%v)", err)
	}
}

func TestXLSXLeavesNothingBehind(t *testing.T) {
	good := book(t, `<row><c><v>1</v></c></row>`)
	bad := book(t, `<row><c t="str"><v>_x0000_</v></c></row>`)
	folder := t.TempDir()
	if _, err := openBytes(t, bad, Options{TempDir: folder}); err == nil {
		t.Fatal("a wrong number was taken")
	}
	t.Run("open and close", func(t *testing.T) { mustOpen(t, good, Options{TempDir: folder}) })
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestDateFormatCodes(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, "DD/MM/YYYY": true, "[h]:mm": true, "[$-409]d mmm yy;@": true, "[ss]": true, "mmm yyyy": true,
		"General": false, "0.00": false, "#,##0.00 [$€-407]": false, `0 "days"`: false, `0\d`: false, "0_d": false,
		"0.00E+00": false, "[Red]0.00": false, "0;[h]": false, `"open`: false, "[open": false, "@": false, `0\`: false,
	} {
		t.Run(code, func(t *testing.T) {
			if dateFormatCode(code) != want {
				t.Errorf("%q shows a date: %v, want %v", code, !want, want)
			}
		})
	}
}

// Rows that come before the workbook is proven are the same, and Prove returns what
// Open does without them; what shows late about cells is ErrDialect.
func TestXLSXRowsBeforeProof(t *testing.T) {
	var rows strings.Builder
	for r := 1; r <= 5_000; r++ { // some chunks of the spool
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="s"><v>1</v></c><c r="B%d" t="inlineStr"><is><t>%s</t></is></c></row>`, r, r, r, strings.Repeat("text ", 25))
	}
	const last = `<row r="5001"%s><c r="A5001"><v>%s</v></c></row>`
	for _, tt := range []struct {
		name    string
		sheet   string
		changes []part
		again   bool
	}{
		{"whole", worksheet(rows.String() + fmt.Sprintf(last, ` hidden="1"`, "1")), nil, false},
		{"row out of order", worksheet(rows.String() + `<row r="7"/>`), nil, false},
		{"no end", strings.TrimSuffix(worksheet(rows.String()), "</worksheet>"), nil, false},
		{"character", worksheet(rows.String() + `<row r="5001"><c r="A5001" t="str"><v>_x0001_</v></c></row>`), nil, false},
		{"string", worksheet(rows.String()), []part{{"xl/sharedStrings.xml", `<sst xmlns="` + mainSpace + `"><si><t>a</t></si><si><t>_x0001_</t></si></sst>`}}, false},
		{"merged", worksheet(rows.String(), `<mergeCells><mergeCell ref="A1:B1"/></mergeCells>`), nil, true},
		{"no number", worksheet(rows.String() + fmt.Sprintf(last, "", "ten")), nil, true},
		{"no string of that number", worksheet(rows.String() + `<row r="5001"><c r="A5001" t="s"><v>2</v></c></row>`), nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := pack(t, with(bookParts(tt.sheet), tt.changes...))
			early := mustOpen(t, data, Options{DialectByStart: true})
			got, readErr := collect(early.Sheets[0])
			err := early.Prove()
			if tt.again {
				if !errors.Is(err, ErrDialect) {
					t.Errorf("error %v, want ErrDialect", err)
				}
				return
			}
			proven, want := openBytes(t, data, Options{})
			if fmt.Sprint(err) != fmt.Sprint(want) {
				t.Fatalf("error %v, want %v", err, want)
			}
			if want != nil {
				return
			}
			rows, err := collect(proven.Sheets[0])
			if readErr != nil || err != nil || text(got) != text(rows) || fmt.Sprint(early.Notes) != fmt.Sprint(proven.Notes) {
				t.Errorf("%d rows with notes %v, %v; want %d with notes %v, %v", len(got), early.Notes, readErr, len(rows), proven.Notes, err)
			}
		})
	}
	parts := with(bookParts(worksheet(rows.String())), part{"docProps/app.xml", "<Properties>Contoso</Properties>"})
	data := stored(t, parts)
	data[bytes.Index(data, []byte("Contoso"))]++
	file := mustOpen(t, data, Options{DialectByStart: true})
	if _, err := collect(file.Sheets[0]); err != nil {
		t.Error(err)
	}
	wantFault(t, file.Prove(), "docProps/app.xml", "checksum")
}
