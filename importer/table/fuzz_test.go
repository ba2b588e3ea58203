package table

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// tight keeps a fuzzed file from taking long.
var tight = Limits{
	MaxZipEntries: 50, MaxInflatedBytes: 4 << 20, MaxStringBytes: 1 << 20,
	MaxFieldBytes: 4 << 10, MaxLineBytes: 64 << 10, MaxColumns: 200, MaxRows: 10_000,
}

// readFuzzed opens data and reads its rows, then again in blocks. Whatever the data, the answer
// is rows that ascend or faults, and the same ones again.
func readFuzzed(t *testing.T, data []byte, folder string) {
	file, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)),
		Options{Header: header, Limits: tight, TempDir: folder, blockBytes: 64})
	if err != nil {
		if faults, ok := asFaults(err); !ok || faults.Total == 0 || faults.Error() == "" {
			t.Fatalf("an error that is no fault: %v", err)
		}
		return
	}
	defer func() {
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	for _, sheet := range file.Sheets {
		rows, err := collect(sheet)
		if _, bad := asFaults(err); err != nil && (!bad || file.Format == XLSX) {
			t.Fatalf("rows end with %v", err)
		}
		last := 0
		for _, r := range rows {
			if r.Number <= last || len(r.Cells) == 0 {
				t.Fatalf("row %d with %d cells follows row %d", r.Number, len(r.Cells), last)
			}
			last = r.Number
			for _, c := range r.Cells {
				if _, bad := badCharacter([]byte(c.Text)); bad && len(r.Faults) == 0 {
					t.Fatalf("row %d holds %q, and no fault says so", r.Number, c.Text)
				}
			}
		}
		again, againErr := inBlocks(sheet, 2)
		if text(again) != text(rows) || fmt.Sprint(againErr) != fmt.Sprint(err) {
			t.Fatalf("the rows differ when they are read again, in blocks: %v, not %v", againErr, err)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"Month,Amount\n2020-03,5\n",
		"sep=;\r\nMonth;Amount\r\n\"a\r\nb\";\"\"\"\"\r\n",
		"\xFF\xFEM\x00o\x00n\x00t\x00h\x00\n\x00",
		"Month\tAmount\nM\xFCller\t1",
		"Month,Amount\n\"open\n",
		"Month,0\x1f",
		"Amount\rx",
		"Month\tAmount\n\"Surface\" Hub\t50\"\n\"a\tb\"\t1\n\"open\t2\n",
		"Month|Amount\n50\"|\"a\"\"\"\n",
		"Month;Amount\n\"a;1\nb\";2\n",
	} {
		f.Add([]byte(seed))
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte(zipMagic)) {
			return // FuzzXLSX
		}
		readFuzzed(t, data, folder)
	})
}

func FuzzXLSX(f *testing.F) {
	f.Add(book(f, `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))
	f.Add(stored(f, bookParts(worksheet(`<row r="2"><c r="B2" s="1"><v>43831</v></c></row>`))))
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte(zipMagic)) {
			readFuzzed(t, data, folder)
		}
	})
}

// FuzzSheetXML puts its text into a whole workbook, past the checksums.
func FuzzSheetXML(f *testing.F) {
	for _, seed := range []string{
		worksheet(`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>a_x000D_</t></is></c></row>`),
		worksheet(`<row hidden="1"><c><f>1</f><v>1E-3</v></c></row>`, `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`),
		`<x:worksheet xmlns:x="` + mainSpaceStrict + `"><x:sheetData/></x:worksheet>`,
	} {
		f.Add(seed)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, sheet string) {
		readFuzzed(t, stored(t, bookParts(sheet)), folder)
	})
}

// FuzzQuotes puts two fields between tabs: whatever quotes they hold, there is a
// row for each line, with two fields that lost nothing but quotes, or a fault.
func FuzzQuotes(f *testing.F) {
	f.Add(`50"`, `"Surface" Hub`)
	f.Add(`"a`, `b"`)
	f.Add(`"""a""","b"`, `"`)
	f.Add(`""""`, `"`)
	f.Fuzz(func(t *testing.T, a, b string) {
		line := a + "\t" + b
		if _, bad := badCharacter([]byte(line)); bad || strings.ContainsAny(line, "\r\n") || strings.Count(line, "\t") > 1 || len(line) > 1000 {
			return
		}
		file := mustOpen(t, []byte("Month\tAmount\n"+line+"\nx\ty\n"+line+"\n"), Options{Header: header})
		rows, err := collect(file.Sheets[0])
		if err != nil {
			t.Fatal(err)
		}
		faulty := slices.ContainsFunc(rows, func(r Row) bool { return len(r.Faults) > 0 }) // the file is refused, whatever its rows are
		if !faulty && (len(rows) < 2 || rows[len(rows)-1].Number != 4 && strings.Trim(line, " \t") != "") {
			t.Fatalf("rows %+v of %q", rows, line)
		}
		for _, r := range rows[1:] {
			if len(r.Faults) > 0 || r.Number == 3 {
				continue
			}
			got := ""
			for _, c := range r.Cells {
				got += c.Text
			}
			unquoted := func(s string) string { return strings.NewReplacer(`"`, "", "\t", "").Replace(s) }
			if len(r.Cells) != 2 || unquoted(got) != unquoted(line) {
				t.Fatalf("%q is read as %+v", line, r.Cells)
			}
		}
	})
}

// FuzzDialect writes two fields in each dialect; they come back as they were.
func FuzzDialect(f *testing.F) {
	f.Add("Contoso, Ltd.", "say \"no\"", uint8(0))
	f.Add("a;b", "line\nbreak", uint8(1))
	f.Add("tab\t", "", uint8(5))
	f.Fuzz(func(t *testing.T, a, b string, dialect uint8) {
		for _, field := range []string{a, b} {
			if _, bad := badCharacter([]byte(field)); bad || len(field) > 1000 {
				return
			}
		}
		delimiter := string(delimiters[int(dialect)%len(delimiters)])
		end := []string{"\n", "\r\n"}[int(dialect)/len(delimiters)%2]
		if breaks := strings.ContainsAny(a+b, "\r\n"); breaks && (delimiter == "\t" || strings.Contains(a+b, delimiter)) {
			return // refused between tabs, and where they could end rows
		}
		quote := func(field string) string { return `"` + strings.ReplaceAll(field, `"`, `""`) + `"` }
		data := "Month" + delimiter + "Amount" + end + quote(a) + delimiter + quote(b) + end
		file := mustOpen(t, []byte(data), Options{Header: header})
		rows, err := collect(file.Sheets[0])
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 2 || len(rows[1].Cells) != 2 || rows[1].Cells[0].Text != a || rows[1].Cells[1].Text != b || len(rows[1].Faults) > 0 {
			t.Fatalf("rows %+v, want %q and %q", rows, a, b)
		}
	})
}
