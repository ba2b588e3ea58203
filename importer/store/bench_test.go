package store

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"cspcoop/importer/disk"
)

// export is a transaction history of so many rows.
func export(rows int) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	header := []string{"earningId", "participantId", "participantName", "partnerCountryCode", "programName", "transactionId", "transactionCurrency",
		"transactionDate", "transactionAmount", "lever", "earningRate", "quantity", "earningType", "earningAmount", "earningAmountUSD", "earningDate",
		"calculationDate", "earningExchangeRate", "paymentAmountWOTax", "paymentCurrency", "paymentId", "paymentStatus", "customerName", "productName",
		"invoiceNumber", "resellerName"}
	w.Write(header)
	for n := range rows {
		participant := fmt.Sprint(4400000 + n%20)
		month := fmt.Sprintf("2021-%02d", 1+n*12/rows)
		cents := 100 + n*7919%500_000
		kind, paid, paidCurrency, payment := "Rebate", fmt.Sprintf("%d.%02d", cents/100, cents%100), "EUR", fmt.Sprint(5_017_000_000+n%97)
		if n%2 == 1 {
			kind, paid, paidCurrency, payment = "Coop", "", "", ""
		}
		w.Write([]string{fmt.Sprintf("%016x", uint64(n)*0x9e3779b97f4a7c15), participant, "Northwind Cloud " + participant, "NL", "CSP Direct Bill Partner",
			fmt.Sprintf("%012X", uint64(n)*0x94d049bb133111eb>>16), "EUR", month + "-14T00:00:00", fmt.Sprint(cents * 20), "CSP Direct Partner: Core", "0.030", fmt.Sprint(1 + n%40), kind,
			fmt.Sprintf("%d.%02d", cents/100, cents%100), fmt.Sprintf("%d.%04d", cents/90, cents%10_000), month + "-28T00:00:00",
			fmt.Sprintf("%s-28T%02d:%02d:00", month, n/60%24, n%60), "1.1", paid, paidCurrency, payment, "Sent", fmt.Sprintf("Contoso Ltd. %d", n*31%5000), "Office 365 E3",
			fmt.Sprintf("G%09X", n*7), fmt.Sprintf("Tailspin Reseller, Region %d", n%40)})
	}
	w.Flush()
	return out.Bytes()
}

// BenchmarkLoad reads the same earnings from their export and from the store.
func BenchmarkLoad(b *testing.B) {
	const rows = 100_000
	content, o := export(rows), options(b)
	src := read(b, content, o)
	perRow := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
	}
	b.Run("original", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			read(b, content, o)
		}
		perRow(b)
	})
	s := New(disk.OS(), filepath.Join(b.TempDir(), "earnings"), "reading")
	if err := keep(s, anOriginal, src); err != nil {
		b.Fatal(err)
	}
	b.Run("store", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if s.Load(anOriginal) == nil {
				b.Fatal("the source is not kept")
			}
		}
		perRow(b)
	})
	b.Run("keep", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := newEncoder(io.Discard, src).end(identity{anOriginal, "reading"}, src); err != nil {
				b.Fatal(err)
			}
		}
		perRow(b)
	})
}
