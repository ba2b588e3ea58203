package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cspcoop/importer"
	"cspcoop/importer/table"
)

// mainSpace and relSpace are the namespaces of ECMA-376 that a workbook needs.
const (
	mainSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relSpace     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace = "http://schemas.openxmlformats.org/package/2006/"

	sheetPart  = "xl/worksheets/sheet1.xml"
	sheetStart = `<worksheet xmlns="` + mainSpace + `"><sheetData>`
	sheetEnd   = `</sheetData></worksheet>`
)

// part is a part of a workbook.
type part struct{ name, content string }

// workbookParts is a workbook of one sheet but for the sheet itself.
var workbookParts = []part{
	{"[Content_Types].xml", `<Types xmlns="` + packageSpace + `content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="r1" Type="` + relSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><sheets><sheet name="Report" sheetId="1" r:id="r1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="r1" Type="` + relSpace + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + relSpace + `/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + mainSpace + `"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>`},
}

// smallReports are what the workbooks hold whose bytes are changed.
var smallReports = map[string]string{
	"earnings":   plainHeader + "a1,4400123,CSP Indirect Reseller,Coop,2019-03-31,100.01,EUR,90.02\na2,4400123,CSP Indirect Reseller,Rebate,2019-03-31,150.03,EUR,135.04\n",
	"summarized": "participantId,programName,earningType,earningDate,earningAmountUSD,transactionCurrency,earningAmount\n4400123,CSP Indirect Reseller,Coop,2019-03-31,100.01,USD,100.01\n",
	"monthly":    "Month,Partner ID,Program,Currency,Amount\n2019-03,4400123,CSP Indirect Reseller,USD,1000.01\n2019-04,4400123,CSP Indirect Reseller,USD,-20.02\n",
	"payments":   "paymentID,participantID,programName,paymentDate,earned,earnedUSD,earnedCurrencyCode,totalPayment,paymentStatus\n5017002210,4400123,CSP Indirect Reseller,2019-05-15,100.01,100.01,USD,100.01,SENT\n",
	"claims":     "claimId,participantId,programName,usagePeriod,currency,amount,status,submittedDate\n1234567,4400123,CSP Indirect Reseller,FY20H1,EUR,999.99,Submitted,2019-10-14\n",
}

// smallWorkbooks packs each report in each way that a zip archive knows: stored
// or deflated, with sizes and checksum ahead of the data or behind it.
func smallWorkbooks(t *testing.T) map[string][]byte {
	t.Helper()
	books := map[string][]byte{}
	for name, report := range smallReports {
		parts := append(slices.Clone(workbookParts), part{sheetPart, sheetOf(t, report)})
		for _, method := range []uint16{zip.Store, zip.Deflate} {
			for _, behind := range []bool{false, true} {
				books[fmt.Sprintf("%s, method %d, behind %t", name, method, behind)] = pack(t, parts, method, behind)
			}
		}
	}
	return books
}

// sheetOf makes a CSV report a worksheet: numbers are numeric cells, all else is
// text.
func sheetOf(t *testing.T, report string) string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(report)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString(sheetStart)
	for _, record := range records {
		b.WriteString("<row>")
		for _, cell := range record {
			if strings.Contains(cell, ".") {
				fmt.Fprintf(&b, "<c><v>%s</v></c>", cell)
				continue
			}
			b.WriteString(`<c t="inlineStr"><is><t>`)
			if err := xml.EscapeText(&b, []byte(cell)); err != nil {
				t.Fatal(err)
			}
			b.WriteString("</t></is></c>")
		}
		b.WriteString("</row>")
	}
	return b.String() + sheetEnd
}

func pack(t *testing.T, parts []part, method uint16, behind bool) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		header := &zip.FileHeader{Name: p.name, Method: method}
		content := []byte(p.content)
		create := z.CreateHeader
		if !behind {
			header.CRC32, header.UncompressedSize64 = crc32.ChecksumIEEE(content), uint64(len(content))
			if method == zip.Deflate {
				content = deflated(t, content)
			}
			header.CompressedSize64 = uint64(len(content))
			create = z.CreateRaw
		}
		f, err := create(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func deflated(t *testing.T, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestChangedByte changes one byte of a good workbook: it is refused, or gives
// the very same rows. In long rounds that is every other value of every byte, in
// short ones a few.
func TestChangedByte(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for name, book := range smallWorkbooks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := importer.Options{Table: table.Options{TempDir: t.TempDir()}}
			want, err := importer.Read(t.Context(), bytes.NewReader(book), int64(len(book)), o)
			if err != nil || want.RowCount() == 0 {
				t.Fatalf("the good workbook is refused: %v", err)
			}
			changed := slices.Clone(book)
			refused, taken := 0, 0
			try := func(i int, value byte) {
				changed[i] = value
				defer func() { changed[i] = book[i] }()
				got, err := importer.Read(t.Context(), bytes.NewReader(changed), int64(len(changed)), o)
				var faults *table.Faults
				switch {
				case errors.As(err, &faults):
					refused++
				case err != nil:
					t.Errorf("byte %d as %#02x: %v, which is no refusal", i, value, err)
				case !reflect.DeepEqual(got, want):
					t.Errorf("byte %d as %#02x is taken and gives other rows", i, value)
				default:
					taken++
				}
			}
			if soak {
				for i := range book {
					for value := range 256 {
						if byte(value) != book[i] {
							try(i, byte(value))
						}
					}
				}
			} else {
				random := rand.New(rand.NewPCG(seed, 0))
				for range rounds(400, 0) {
					i := random.IntN(len(book))
					try(i, book[i]^byte(1+random.IntN(255)))
				}
			}
			t.Logf("%d bytes, %d changes refused, %d without effect", len(book), refused, taken)
			if refused == 0 {
				t.Error("no change was refused")
			}
		})
	}
}
