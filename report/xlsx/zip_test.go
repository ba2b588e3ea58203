package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"testing"
)

func TestSortedZip(t *testing.T) {
	var first []byte
	for _, order := range [][]string{{"b", "a", "c"}, {"c", "b", "a"}} {
		var out bytes.Buffer
		z := &sortedZip{out: &out}
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
