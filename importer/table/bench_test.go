package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"cspcoop/importer/table/strictzip"
)

// BenchmarkCSV reads records of 45 fields, as an earnings export has, and
// BenchmarkCSVBlocks reads them with two workers.
func BenchmarkCSV(b *testing.B) { benchmark(b, wideText(), readRows) }

func BenchmarkCSVBlocks(b *testing.B) { benchmark(b, wideText(), readBlocks) }

// BenchmarkEncodingCSV reads the same records by the standard library, which
// keeps neither their lines nor what was quoted.
func BenchmarkEncodingCSV(b *testing.B) {
	benchmark(b, wideText(), func(b *testing.B, data []byte) {
		r := csv.NewReader(bytes.NewReader(data))
		r.ReuseRecord, r.FieldsPerRecord = true, -1
		for {
			if _, err := r.Read(); err == io.EOF {
				return
			} else if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSplit splits the records of a block, of which a reader uses every second
// column.
func BenchmarkSplit(b *testing.B) {
	text := string(wideText()[:blockBytes])
	text = text[:strings.LastIndexByte(text, '\n')+1]
	used := make([]bool, 45)
	for i := range used {
		used[i] = i%2 == 0
	}
	c := &csvFile{delimiter: ',', width: len(used), options: Options{Limits: DefaultLimits()}}
	rows := 0
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r := records{csv: c, text: text, used: used, line: 1}
		if err := r.each(func(Row) error { rows++; return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(rows), "ns/row")
}

// The XLSX benchmarks read 10,000 rows of 45 columns, and the Inflate ones only
// inflate them, with the same inflater.
func BenchmarkXLSXInline(b *testing.B) { benchmark(b, wideBook(b, false), readRows) }

func BenchmarkXLSXShared(b *testing.B) { benchmark(b, wideBook(b, true), readRows) }

func BenchmarkInflateInline(b *testing.B) { benchmark(b, wideBook(b, false), inflateAll) }

func BenchmarkInflateShared(b *testing.B) { benchmark(b, wideBook(b, true), inflateAll) }

func benchmark(b *testing.B, data []byte, read func(*testing.B, []byte)) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		read(b, data)
	}
}

func readRows(b *testing.B, data []byte) {
	readSheet(b, data, func(s *Sheet) error {
		return s.Rows(context.Background(), func(Row) error { return nil })
	})
}

func readBlocks(b *testing.B, data []byte) {
	readSheet(b, data, func(s *Sheet) error {
		return s.Blocks(context.Background(), 2, atOnce(func(block *Block) error {
			return block.Rows(func(Row) error { return nil })
		}))
	})
}

func readSheet(b *testing.B, data []byte, read func(*Sheet) error) {
	file, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)),
		Options{Header: header, TempDir: b.TempDir(), DialectByStart: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := read(file.Sheets[0]); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}

// wideText is a CSV file of 10,000 records; one in ten has a quoted field.
func wideText() []byte {
	record := strings.Repeat("2020-03-01,CSP Direct Bill Partner,1234.56,", 15)
	record = record[:len(record)-1] + "\n"
	quoted := strings.Replace(record, "CSP Direct Bill Partner", "\"Contoso, Ltd.\"", 1)
	return []byte("Month,Amount\n" + strings.Repeat(strings.Repeat(record, 9)+quoted, 1000))
}

// wideBook is a workbook of 10,000 rows and 45 columns, half of them numbers.
func wideBook(b *testing.B, shared bool) []byte {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var rows, table strings.Builder
	count := 0
	for r := 1; r <= 10_000; r++ {
		fmt.Fprintf(&rows, `<row r="%d">`, r)
		for c := range 45 {
			text := fmt.Sprintf("value %x", random.Uint32())
			switch {
			case c%2 == 0:
				fmt.Fprintf(&rows, `<c r="%s"><v>%d.%02d</v></c>`, CellRef(r, c), random.IntN(10_000), random.IntN(100))
			case shared:
				fmt.Fprintf(&rows, `<c r="%s" t="s"><v>%d</v></c>`, CellRef(r, c), count)
				fmt.Fprintf(&table, `<si><t>%s</t></si>`, text)
				count++
			default:
				fmt.Fprintf(&rows, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, CellRef(r, c), text)
			}
		}
		rows.WriteString(`</row>`)
	}
	return pack(b, with(bookParts(worksheet(rows.String())),
		part{"xl/sharedStrings.xml", `<sst xmlns="` + mainSpace + `">` + table.String() + `</sst>`}))
}

// inflateAll inflates every part and compares its checksum.
func inflateAll(b *testing.B, data []byte) {
	archive, err := strictzip.Open(bytes.NewReader(data), int64(len(data)), strictzip.Limits{Entries: 100, Ratio: 100, Inflated: 1 << 30})
	if err != nil {
		b.Fatal(err)
	}
	for _, part := range archive.Parts {
		if err := part.Prove(); err != nil {
			b.Fatal(err)
		}
	}
}
