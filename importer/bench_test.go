package importer

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"cspcoop/calc"
)

// benchRows is how many earnings the benchmarks read.
const benchRows = 50_000

// wideExport is an export of 20 columns as Partner Center writes them.
func wideExport() []byte {
	var b strings.Builder
	b.WriteString("earningId,participantId,participantName,programName,transactionId,transactionCurrency,transactionDate,transactionAmount,lever,earningRate,earningType,earningAmount,earningAmountUSD,earningDate,calculationDate,paymentId,paymentStatus,customerName,productName,quantity\n")
	for i := range benchRows {
		fmt.Fprintf(&b, "%016x,%d,Northwind Cloud,CSP Direct Bill Partner,%012X,EUR,2020-07-%02dT00:00:00,%d.%02d,CSP Direct Partner: Core,0.030,Rebate,%d.%02d,%d.%02d,2020-07-31T00:00:00,2020-08-04T%02d:%02d:%02d,50170%05d,Sent,\"Fabrikam %d, Inc.\",\"Microsoft 365 E3, annual commitment\",%d\n",
			uint64(i)*0x9e3779b97f4a7c15, 4400000+i%400, i*7919, 1+i%31, i%90000, i%100, i%4000, i%100, i%5000, i%100, i%24, i%60, i*7%60, i%800, i%5000, 1+i%40)
	}
	return []byte(b.String())
}

// BenchmarkEarnings imports a CSV export, BenchmarkEarningsDetail with what is
// only shown, and BenchmarkEarningsRowByRow as all other reports are read.
func BenchmarkEarnings(b *testing.B) { benchmarkImport(b, Options{}) }

func BenchmarkEarningsDetail(b *testing.B) { benchmarkImport(b, Options{KeepDetail: true}) }

func BenchmarkEarningsRowByRow(b *testing.B) { benchmarkImport(b, Options{oneByOne: true}) }

func benchmarkImport(b *testing.B, o Options) {
	data := wideExport()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	var s *calc.Source
	for b.Loop() {
		s = taken(b, data, o)
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)*benchRows/b.Elapsed().Seconds(), "rows/s")
	with := liveBytes()
	runtime.KeepAlive(s)
	s = nil //nolint:wastedassign,ineffassign // so that it can be collected
	b.ReportMetric(float64(with-liveBytes())/benchRows, "B/earning")
}

// liveBytes is how much memory is in use.
func liveBytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
