package xlsx

import (
	"io"
	"testing"

	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"
)

func BenchmarkStatement(b *testing.B) {
	r := sample.Portfolio(b)
	for b.Loop() {
		if err := Statement(io.Discard, r, r.Statements[0], wording.English(), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
