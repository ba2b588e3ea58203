package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/importer/table"
)

// fuzzLimits keep one input small, so that a bomb is known by what it takes.
var fuzzLimits = table.Limits{
	MaxZipEntries: 200, MaxInflatedBytes: 8 << 20, MaxStringBytes: 4 << 20,
	MaxFieldBytes: 16 << 10, MaxLineBytes: 256 << 10, MaxColumns: 512, MaxRows: 5000,
}

// maxFuzzBytes is far more than any input under fuzzLimits may take, all its
// garbage counted.
const maxFuzzBytes = 1 << 30

// FuzzImport imports any bytes: a file is refused with reasons, or taken with
// an account of every row, and the same way each time, in blocks and row by
// row.
func FuzzImport(f *testing.F) {
	for _, pattern := range []string{"../fixtures/dialects/*.*", "../fixtures/broken/*.*", "../fixtures/guide/*/*.csv", "../fixtures/demo/inbox/*/*2021-1*", "../fixtures/real/*.*"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatalf("no seeds in %s: %v", pattern, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			if len(data) < 32<<10 {
				f.Add(data)
			}
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		o := Options{
			Table: table.Options{Limits: fuzzLimits, TempDir: dir}, KeepDetail: true,
			Rates: euro, DefaultParticipant: "4400123",
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)), o)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > maxFuzzBytes {
			t.Fatalf("%d bytes took %d", len(data), took)
		}
		one := o
		one.oneByOne = true
		if got, want := account(s, err), account(Read(context.Background(), bytes.NewReader(data), int64(len(data)), one)); got != want {
			t.Fatalf("in blocks:\n%s\nrow by row:\n%s", got, want)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Fatalf("%d files are left in the temporary folder", len(left))
		}
		if err != nil {
			var faults *table.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("an error that is none of the file's: %v", err)
			}
			for _, fault := range faults.List {
				if fault.Problem == "" || fault.Want == "" {
					t.Fatalf("a fault does not say what is wrong and what to do: %+v", fault)
				}
			}
			return
		}
		if rows := dataRows(t, data, o); rows != s.RowCount() {
			t.Fatalf("%d rows are accounted for, the file has %d", s.RowCount(), rows)
		}
		again, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)), o)
		if err != nil || again.Kind != s.Kind || !slices.Equal(essence(again), essence(s)) || fmt.Sprint(again.Findings) != fmt.Sprint(s.Findings) {
			t.Fatalf("another import differs: %v", err)
		}
		checkTaken(t, s)
	})
}

// checkTaken compares what was taken with the bounds of its values.
func checkTaken(t *testing.T, s *calc.Source) {
	t.Helper()
	if s.Kind == "" {
		t.Fatal("the file is of no kind")
	}
	first, last := calc.MustDate(firstYear, 1, 1), calc.MustDate(lastYear, 12, 31)
	for i := range s.Earnings.Len() {
		e := s.Earnings.At(i)
		if e.Date().Before(first) || e.Date().After(last) || e.Participant() == "" || e.Program() == "" || len(e.Currency()) != 3 || e.Row() == 0 {
			t.Fatalf("an earning that cannot be: %+v %+v %+v", e.Date(), calctest.Cells(e), e.Place())
		}
	}
	for _, p := range s.Payments {
		if p.ID == "" || p.Participant == "" || !p.Total.Valid {
			t.Fatalf("a payment that cannot be: %+v", p)
		}
	}
	for _, c := range s.Register {
		if c.ID == "" || c.Usage.IsZero() || c.Amount.IsNegative() || c.Currency == "" {
			t.Fatalf("a claim that cannot be: %+v", c)
		}
	}
}

// dataRows counts the rows below the headers that hold anything.
func dataRows(t *testing.T, data []byte, o Options) int {
	t.Helper()
	vocabularies := newVocabularies(nil, nil)
	o.Table.Header = func(fields []string) int {
		_, known := identify(headerNames(fields), vocabularies)
		return known
	}
	file, err := table.Open(context.Background(), bytes.NewReader(data), int64(len(data)), o.Table)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := 0
	for _, s := range file.Sheets {
		below, seen := false, 0
		err := s.Rows(context.Background(), func(row table.Row) error {
			seen++
			if below {
				if !blank(row.Cells) {
					rows++
				}
				return nil
			}
			var cells []string
			for _, c := range row.Cells {
				if c.Kind == table.Text {
					cells = append(cells, c.Text)
				}
			}
			v, _ := identify(headerNames(cells), vocabularies)
			below = v != nil && seen <= headerSearch
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return rows
}
