package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"os"
	"path/filepath"
	"strings"
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
	for name, c := range map[string]struct {
		rows iter.Seq[[]string]
		want string
	}{
		"the first shape": {year(small.rows, small.pairs()), "054b828dd591f67655da3cabf1c64958814f3a31307de6972a296e855a5cd9cb"},
		"mixed":           {small.mixed().rows(small.rows), "7587291b05be00188f67448eb9a4c792c7b6add183f1c94f5524bec7f322dcd7"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "year.csv")
			if err := writeCSV(path, header, c.rows); err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(content)
			if got := hex.EncodeToString(sum[:]); got != c.want {
				t.Errorf("SHA-256 of the export is %s, want %s: figures measured before no longer compare", got, c.want)
			}
		})
	}
}

// In the second shape nearly every row combines its cells as no other does, and
// texts need their quotes.
func TestMixed(t *testing.T) {
	combined, ids := map[string]bool{}, map[string]int{}
	var rows, negative, comma, lineBreak, quote int
	for row := range small.mixed().rows(small.rows) {
		rows++
		if len(row) != len(header) {
			t.Fatalf("row %d has %d columns", rows, len(row))
		}
		ids[row[0]]++
		combined[strings.Join([]string{row[1], row[3], row[4], row[5], row[7], row[12], row[16], row[19][:7], row[27]}, "|")] = true
		if strings.HasPrefix(row[17], "-") {
			negative++
		}
		text := strings.Join(row, "|")
		comma += strings.Count(text, ",")
		lineBreak += strings.Count(text, "\n")
		quote += strings.Count(text, `"`)
	}
	if len(ids) != rows-rows/50 || len(combined) < rows*9/10 || negative < rows/20 || comma < rows || lineBreak < rows || quote < rows/2 {
		t.Errorf("%d rows, %d ids, %d combinations, %d negative, %d commas, %d line breaks, %d quotes", rows, len(ids), len(combined), negative, comma, lineBreak, quote)
	}
}

// Each set that doubles is read whole, and has twice of what it is about.
func TestGrowthDoubles(t *testing.T) {
	dir := t.TempDir()
	s := size{rows: 2_000}
	if err := generateGrowth(dir, s); err != nil {
		t.Fatal(err)
	}
	for _, d := range dimensions {
		t.Run(d.name, func(t *testing.T) {
			count := map[string][2]int{} // files and rows
			for _, set := range []string{"n", "2n"} {
				files, err := filepath.Glob(filepath.Join(dir, d.name, set, "*.csv"))
				if err != nil {
					t.Fatal(err)
				}
				rows := 0
				for _, src := range imported(t, files...) {
					rows += src.RowCount()
				}
				count[set] = [2]int{len(files), rows}
			}
			if once, twice := count["n"], count["2n"]; once[1] < d.size(s) || twice[1] < 2*once[1]-1 {
				t.Errorf("files and rows of n are %v, of 2n %v", once, twice)
			}
		})
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
		peers: []*contender{{name: "DuckDB", most: 0.5, taken: []sample{{elapsed: 4e9}}}, {name: "pandas", absent: "no python3 here has pandas"}},
		bounds: func() ([]bound, error) {
			return []bound{{"peak memory", 100, 50, "%.0f MB"}, {"documents a second", 50, 0, "%.0f"}}, nil
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
		{"", "peak memory", "100 MB", "≤ 50 MB", "missed: 2.0 times the limit"},
		{"", "documents a second", "50", "", ""},
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
