package table

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
)

// header scores a record by how many known column names it has.
func header(fields []string) int {
	score := 0
	for _, f := range fields {
		switch strings.ToLower(strings.TrimSpace(f)) {
		case "month", "partner", "amount", "currency":
			score++
		}
	}
	return score
}

// openBytes opens data as a dropped file.
func openBytes(t testing.TB, data []byte, o Options) (*File, error) {
	t.Helper()
	if o.TempDir == "" {
		o.TempDir = spills
	}
	file, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), o)
	if err == nil {
		t.Cleanup(func() {
			if err := file.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
	return file, err
}

// mustOpen opens data that must be taken.
func mustOpen(t testing.TB, data []byte, o Options) *File {
	t.Helper()
	file, err := openBytes(t, data, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return file
}

// faultsOf returns what keeps a workbook from being taken, were all of its cells used.
func faultsOf(t testing.TB, data []byte, o Options) error {
	t.Helper()
	file, err := openBytes(t, data, o)
	if err != nil {
		return err
	}
	faults := &Faults{}
	for _, s := range file.Sheets {
		rows, err := collect(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			for i, c := range r.Cells {
				if c.Kind == Invalid {
					faults.Add(s.Fault(r.Number, i, c))
				}
			}
		}
	}
	return faults.Err()
}

// collect copies the rows of a sheet.
func collect(s *Sheet) (rows []Row, err error) {
	err = s.Rows(context.Background(), func(r Row) error {
		r.Cells = append([]Cell(nil), r.Cells...)
		rows = append(rows, r)
		return nil
	})
	return rows, err
}

// text shows rows as "number: a|b|c" lines.
func text(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%d: ", r.Number)
		for i, c := range r.Cells {
			if i > 0 {
				b.WriteString("|")
			}
			b.WriteString(c.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// wantFault makes sure that err is *Faults, and that one of them says all of
// the words.
func wantFault(t *testing.T, err error, words ...string) {
	t.Helper()
	var faults *Faults
	if !errors.As(err, &faults) {
		t.Fatalf("error %v, want faults that say %q", err, words)
	}
	for _, f := range faults.List {
		if f.Want == "" {
			t.Errorf("the fault %q does not say what to do", f)
		}
		said := true
		for _, w := range words {
			said = said && strings.Contains(f.String(), w)
		}
		if said {
			return
		}
	}
	t.Errorf("faults %v, want one that says %q", err, words)
}

// part is a file in a workbook under test.
type part struct{ name, content string }

const (
	typesXML = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="` + contentTypesSpace + `">` +
		`<Default Extension="xml" ContentType="application/xml"/></Types>`
	packageRelsXML = `<Relationships xmlns="` + packageRelSpace + `">` +
		`<Relationship Id="r1" Type="` + relSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	workbookXML = `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `">` +
		`<sheets><sheet name="Earnings" sheetId="1" r:id="r1"/></sheets></workbook>`
	bookRelsXML = `<Relationships xmlns="` + packageRelSpace + `">` +
		`<Relationship Id="r1" Type="` + relSpace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r2" Type="` + relSpace + `/sharedStrings" Target="sharedStrings.xml"/>` +
		`<Relationship Id="r3" Type="` + relSpace + `/styles" Target="/xl/styles.xml"/></Relationships>`
	stylesXML = `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>` +
		`<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`
	stringsXML = `<sst xmlns="` + mainSpace + `"><si><t>Month</t></si><si><t>Amount</t></si></sst>`
)

// bookParts is a small workbook whose only sheet has that XML.
func bookParts(sheetXML string) []part {
	return []part{
		{contentTypesPart, typesXML},
		{"_rels/.rels", packageRelsXML},
		{"xl/workbook.xml", workbookXML},
		{"xl/_rels/workbook.xml.rels", bookRelsXML},
		{"xl/styles.xml", stylesXML},
		{"xl/sharedStrings.xml", stringsXML},
		{"xl/worksheets/sheet1.xml", sheetXML},
	}
}

// with replaces parts by name, adds new ones, and drops those without content.
func with(parts []part, changes ...part) []part {
	parts = append([]part(nil), parts...)
	for _, c := range changes {
		found := false
		for i := range parts {
			if parts[i].name == c.name {
				parts[i], found = c, true
			}
		}
		if !found {
			parts = append(parts, c)
		}
	}
	kept := parts[:0]
	for _, p := range parts {
		if p.content != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// pack makes an archive of parts.
func pack(t testing.TB, parts []part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// worksheet wraps what is in sheetData, and what follows it.
func worksheet(rows string, after ...string) string {
	return `<worksheet xmlns="` + mainSpace + `"><sheetData>` + rows + `</sheetData>` + strings.Join(after, "") + `</worksheet>`
}

// book is a workbook with these rows in its only sheet.
func book(t testing.TB, rows string, after ...string) []byte {
	t.Helper()
	return pack(t, bookParts(worksheet(rows, after...)))
}

// stored makes an archive of parts without compression.
func stored(t testing.TB, parts []part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.CreateRaw(&zip.FileHeader{
			Name:               p.name,
			CRC32:              crc32.ChecksumIEEE([]byte(p.content)),
			CompressedSize64:   uint64(len(p.content)),
			UncompressedSize64: uint64(len(p.content)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
