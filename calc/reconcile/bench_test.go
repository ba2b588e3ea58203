package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
)

// BenchmarkCalculate reconciles one export of 200,000 rows, of which one in fifty
// is a newer version, for 400 statements over four months. Rows share their
// terms, as an importer makes them do.
func BenchmarkCalculate(b *testing.B) {
	const rows, participants = 200_000, 400
	var terms [participants][2]calc.EarningCells
	for i := range terms {
		for k, typ := range []string{"Rebate", "Coop"} {
			l := coop("", "2020-03-31", "0")
			l.participant, l.typ, l.status = fmt.Sprint(4_400_000+i), typ, "Sent"
			terms[i][k] = l.typed(0)
		}
	}
	dates := []calc.Date{day("2020-01-31"), day("2020-02-29"), day("2020-03-31"), day("2020-04-30")}
	s := &calc.Source{File: "earnings.csv", SHA256: "e", Receipt: 1, Kind: calc.KindEarnings, Sheets: []string{""}}
	s.Earnings = calc.NewEarnings(s, nil)
	for i := range rows {
		at, calculated := i, "2020-05-04"
		if i%50 == 49 {
			at, calculated = i-49, "2020-05-05"
		}
		amount := calc.ScaledAmount(int64(1000+at%977), 2)
		row := terms[at%participants][at/participants%2]
		row.ID, row.PaymentID, row.Row = fmt.Sprintf("%016x", uint64(at)*0x9e3779b97f4a7c15), fmt.Sprint(5_000_000+at%3000), uint32(i+2)
		row.Date, row.Calculated, row.Amount, row.USD = dates[at%len(dates)], stamp(calculated), amount, amount
		s.Earnings.Add(row)
	}
	in := calc.Input{AsOf: day("2022-12-31"), Sources: []*calc.Source{s}, Policy: calc.DefaultPolicy()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := reconcile.Calculate(in); err != nil {
			b.Fatal(err)
		}
	}
}
