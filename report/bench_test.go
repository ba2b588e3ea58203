package report_test

import (
	"context"
	"fmt"
	"io"
	"testing"

	"cspcoop/report"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"
)

// sink takes a file and forgets it.
type sink struct{ io.Writer }

func (sink) Close() error { return nil }

// forgotten is a set of which nothing is kept.
type forgotten struct{}

func (forgotten) Create(string) (io.WriteCloser, error) { return sink{io.Discard}, nil }

func (forgotten) FileNames(names []string) map[string]string {
	same := map[string]string{}
	for _, name := range names {
		same[name] = name
	}
	return same
}

// BenchmarkWrite writes the set of many partners with 200 earnings each,
// and reports how many documents a second that makes.
func BenchmarkWrite(b *testing.B) {
	const partners, months, perMonth = 20, 8, 25
	var rows []sample.Row
	for i := range partners * months * perMonth {
		partner, month := i%partners, i/partners%months
		kind := []string{"Rebate", "Coop"}[i/partners/months%2]
		rows = append(rows, sample.Row{
			ID: fmt.Sprintf("%016x", uint64(i+1)*0x9e3779b97f4a7c15), Participant: fmt.Sprint(4400000 + partner), Name: fmt.Sprintf("Northwind Cloud %d B.V.", partner),
			Program: "CSP Direct Bill Partner", Type: kind, Date: fmt.Sprintf("2020-%02d-28", 1+month), Currency: "EUR",
			Amount: fmt.Sprintf("%d.%02d", i*7919%900, i%100), USD: fmt.Sprintf("%d.%02d", i*7919%990, i%100), Customer: fmt.Sprintf("Tailspin Toys %d", i%500),
		})
	}
	r := sample.Calculate(b, sample.Earnings("earnings.csv", rows...))
	documents := 0
	b.ReportAllocs()
	for b.Loop() {
		err := report.Write(context.Background(), r, forgotten{},
			report.Options{Words: wording.English(), Issuer: "Contoso Finance"})
		if err != nil {
			b.Fatal(err)
		}
		documents += 2 * (len(r.Statements) + 1)
	}
	b.ReportMetric(float64(documents)/b.Elapsed().Seconds(), "documents/s")
}
