package xlsx

import (
	"fmt"
	"io"
	"testing"

	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"
)

// BenchmarkEarnings writes a statement with 100,000 earnings.
func BenchmarkEarnings(b *testing.B) {
	rows := make([]sample.Row, 100_000)
	for i := range rows {
		rows[i] = sample.Row{ID: fmt.Sprint(i), Participant: "4400123", Name: "Northwind Cloud AS", Program: "CSP Direct Bill Partner",
			Type: "Coop", Date: "2020-03-31", Currency: "USD", Amount: "12.34", USD: "12.34", Customer: "Litware, Inc."}
	}
	r := sample.Calculate(b, sample.Earnings("large.csv", rows...))
	b.ReportAllocs()
	for b.Loop() {
		if err := Statement(io.Discard, r, r.Statements[0], wording.English(), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStatement(b *testing.B) {
	r := sample.Portfolio(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := Statement(io.Discard, r, r.Statements[0], wording.English(), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
