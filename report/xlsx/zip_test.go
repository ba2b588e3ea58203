package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"testing"
)

// TestNumbersInPieces: wherever the stream is broken, the sheet comes out alike.
func TestNumbersInPieces(t *testing.T) {
	const (
		sheet = `<row r="1"><c r="A1" s="2" t="str"><f>NUMBER</f><v>12.50</v></c><c r="B1" t="str"><f>SUM(A1:A1)</f><v>12.50</v></c>` +
			`<c r="C1" t="inlineStr"><is><t> t="str"&gt;&lt;f&gt;NUMBER&lt;/f&gt;</t></is></c></row></sheetData>`
		want = `<row r="1"><c r="A1" s="2"><v>12.50</v></c><c r="B1"><f>SUM(A1:A1)</f><v>12.50</v></c>` +
			`<c r="C1" t="inlineStr"><is><t> t="str"&gt;&lt;f&gt;NUMBER&lt;/f&gt;</t></is></c></row></sheetData>`
	)
	for at := range len(sheet) {
		var got bytes.Buffer
		n := &numbers{out: &got}
		for _, piece := range []string{sheet[:at], sheet[at:]} {
			if k, err := io.WriteString(n, piece); err != nil || k != len(piece) {
				t.Fatal(k, err)
			}
		}
		if err := n.flush(); err != nil {
			t.Fatal(err)
		}
		if got.String() != want {
			t.Fatalf("broken at %d:\n%s", at, got.String())
		}
	}
}

func TestSortedZip(t *testing.T) {
	var first []byte
	for _, order := range [][]string{{"b", "a", "c"}, {"c", "b", "a"}} {
		var out bytes.Buffer
		z := newSortedZip(&out)
		for _, name := range order {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, "part "+name); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = out.Bytes()
		}
		if !bytes.Equal(first, out.Bytes()) {
			t.Error("the order of parts shows")
		}
	}
	archive, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r) // checks size and CRC
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, string(data))
	}
	if want := []string{"part a", "part b", "part c"}; !slices.Equal(names, want) {
		t.Errorf("parts %q, want %q", names, want)
	}
}
