package table

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// BenchmarkCSV reads records of 45 fields, as an earnings export has.
func BenchmarkCSV(b *testing.B) {
	line := strings.Repeat("2020-03-01,CSP Direct Bill Partner,1234.56,", 15)
	line = line[:len(line)-1] + "\n"
	data := []byte("Month,Amount\n" + strings.Repeat(line, 10_000))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		readAll(b, bytes.NewReader(data), int64(len(data)))
	}
}

// BenchmarkXLSX reads 10,000 rows of 45 columns, and BenchmarkInflate only
// inflates them.
func BenchmarkXLSX(b *testing.B) {
	data := wideBook(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		readAll(b, bytes.NewReader(data), int64(len(data)))
	}
}

func BenchmarkInflate(b *testing.B) {
	data := wideBook(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		inflateAll(b, data)
	}
}

func readAll(b *testing.B, r io.ReaderAt, size int64) {
	file, err := Open(context.Background(), r, size, Options{Header: header, TempDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	if err := file.Sheets[0].Rows(context.Background(), func(Row) error { return nil }); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}

// wideBook is a workbook of 10,000 rows and 45 columns, half of them numbers.
func wideBook(b *testing.B) []byte {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	var rows strings.Builder
	for r := 1; r <= 10_000; r++ {
		fmt.Fprintf(&rows, `<row r="%d">`, r)
		for c := range 45 {
			if c%2 == 0 {
				fmt.Fprintf(&rows, `<c r="%s"><v>%d.%02d</v></c>`, CellRef(r, c), random.IntN(10_000), random.IntN(100))
			} else {
				fmt.Fprintf(&rows, `<c r="%s" t="inlineStr"><is><t>value %x</t></is></c>`, CellRef(r, c), random.Uint32())
			}
		}
		rows.WriteString(`</row>`)
	}
	return book(b, rows.String())
}

// inflateAll inflates every part and does nothing else.
func inflateAll(b *testing.B, data []byte) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, part); err != nil {
			b.Fatal(err)
		}
	}
}
