package pdf

import (
	"io"
	"testing"

	"cspcoop/report/wording"
)

func BenchmarkStatement(b *testing.B) {
	r := northwind(b)
	words := wording.English()
	b.ReportAllocs()
	for b.Loop() {
		if err := Statement(io.Discard, r, r.Statements[0], words, options); err != nil {
			b.Fatal(err)
		}
	}
}
