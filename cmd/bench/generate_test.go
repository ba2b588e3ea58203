package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
)

var small = size{rows: 12_000}

// The export is what the targets speak of: 45 columns, 2 % restated, commas and
// line breaks in quotes, two currencies; and the same on every machine.
func TestYear(t *testing.T) {
	ids := map[string]int{}
	currencies := map[string]bool{}
	var rows, comma, lineBreak int
	for row := range year(small.rows, small.pairs()) {
		rows++
		if len(row) != 45 {
			t.Fatalf("row %d has %d columns", rows, len(row))
		}
		ids[row[0]]++
		currencies[row[7]] = true
		for _, cell := range row {
			if bytes.ContainsRune([]byte(cell), ',') {
				comma++
			}
			if bytes.ContainsRune([]byte(cell), '\n') {
				lineBreak++
			}
		}
	}
	repeated := 0
	for id, n := range ids {
		if n > 2 {
			t.Errorf("earning %s stands %d times", id, n)
		}
		repeated += n - 1
	}
	if rows != small.rows || repeated != rows/50 || comma == 0 || lineBreak == 0 || len(currencies) != 2 {
		t.Errorf("%d rows, %d repeated, %d commas, %d line breaks, currencies %v", rows, repeated, comma, lineBreak, currencies)
	}
}

func TestExportIsTheSameEverywhere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "year.csv")
	if err := writeCSV(path, header, year(small.rows, small.pairs())); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	const want = "054b828dd591f67655da3cabf1c64958814f3a31307de6972a296e855a5cd9cb"
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("SHA-256 of the export is %s, want %s: figures measured before no longer compare", got, want)
	}
}

// Both workbooks say what the CSV file of the same rows says.
func TestFormsHaveTheSameBalances(t *testing.T) {
	dir := t.TempDir()
	rows := func() func(func([]string) bool) { return head(year(small.rows, small.pairs()), small.workbook()) }
	in := inputsIn(dir)
	if err := writeCSV(in.csv, header, rows()); err != nil {
		t.Fatal(err)
	}
	if err := writeXLSX(in.inline, rows(), false); err != nil {
		t.Fatal(err)
	}
	if err := writeXLSX(in.shared, rows(), true); err != nil {
		t.Fatal(err)
	}
	var want [][]string
	for _, path := range []string{in.csv, in.inline, in.shared} {
		var out bytes.Buffer
		if err := importFile(path, &out); err != nil {
			t.Fatalf("%s: %v", filepath.Base(path), err)
		}
		got, err := sums(out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if err := sameAnswer(want, got); err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
}

// A later download overlaps the one before by eleven months, part of it restated.
func TestDownloadsOverlap(t *testing.T) {
	const perMonth = 100
	before := map[string][]string{}
	for row := range download(0, perMonth, 4) {
		before[row[0]] = row
	}
	var same, restated, fresh int
	for row := range download(1, perMonth, 4) {
		switch old := before[row[0]]; {
		case old == nil:
			fresh++
		case old[17] != row[17] || old[20] != row[20]:
			restated++
		default:
			same++
		}
	}
	if fresh != perMonth || restated != 2 || same != 11*perMonth-2 {
		t.Errorf("%d new, %d restated, %d unchanged", fresh, restated, same)
	}
}

func TestVerdicts(t *testing.T) {
	target := &target{
		name:  "CSV",
		ours:  &contender{name: "cspcoop", taken: []sample{{elapsed: 9e9}, {elapsed: 3e9}, {elapsed: 4e9}}},
		peers: []*contender{{name: "DuckDB", limit: "0.5", taken: []sample{{elapsed: 4e9}}}, {name: "pandas", absent: "no python3 here has pandas"}},
		bounds: func() ([]bound, error) {
			return []bound{{"documents a second", 50, 100, "%.0f", true}}, nil
		},
	}
	got, err := target.lines()
	if err != nil {
		t.Fatal(err)
	}
	want := []line{
		{"CSV", "cspcoop", "4.00 s (0.00 s CPU)", "", ""},
		{"", "DuckDB", "4.00 s (0.00 s CPU)", "", ""},
		{"", "cspcoop ÷ DuckDB", "1.00 ×", "≤ 0.5 ×", "missed: 2.0 times the limit"},
		{"", "pandas", "missing: no python3 here has pandas", "", ""},
		{"", "documents a second", "50", "≥ 100", "missed: 2.0 times the limit"},
	}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("lines are\n%v, want\n%v", got, want)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
}
