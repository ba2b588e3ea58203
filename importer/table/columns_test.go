package table

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// readColumns reads a sheet twice, with all cells and with those of used columns,
// and compares the rows.
func readColumns(t *testing.T, s *Sheet, random *rand.Rand) (rows int) {
	t.Helper()
	used := make([]bool, random.IntN(8))
	for i := range used {
		used[i] = random.IntN(2) == 0
	}
	want, wantErr := collect(s)
	err := s.Blocks(context.Background(), 1, atOnce(func(b *Block) error {
		return b.Columns(used, func(row Row) error {
			full := want[rows]
			rows++
			whole := row.Whole()
			row.whole, whole.whole, full.whole = nil, nil, nil
			if fmt.Sprint(whole) != fmt.Sprint(full) {
				t.Fatalf("the whole row is %+v, want %+v", whole, full)
			}
			row.Cells = slices.Clone(row.Cells)
			for i := range min(len(row.Cells), len(used)) {
				if !used[i] {
					row.Cells[i], full.Cells[i] = Cell{}, Cell{}
				}
			}
			if fmt.Sprint(row) != fmt.Sprint(full) {
				t.Fatalf("used columns %v: %+v, want %+v", used, row, full)
			}
			return nil
		})
	}))
	if rows != len(want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Fatalf("%d rows (%v), want %d (%v)", rows, err, len(want), wantErr)
	}
	return rows
}

// TestColumns: with used columns only, the records, their places and their faults are
// the same, and nothing is lost of those that are asked for as a whole.
func TestColumns(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 1))
	limits := Limits{MaxFieldBytes: 20, MaxColumns: 6}
	rows := 0
	for range 2000 {
		data := randomText(random, append(oddPieces, "\xFF", "ü", "a quite long and harmless field", `"x, y"`))
		delimiter := rune(delimiters[random.IntN(len(delimiters))])
		file, err := openBytes(t, []byte(data), Options{Delimiter: delimiter, Limits: limits, blockBytes: 1 + random.IntN(200)})
		if err == nil {
			rows += readColumns(t, file.Sheets[0], random)
		}
	}
	for seed := range uint64(5) {
		for _, sheet := range mustOpen(t, randomBook(t, rand.New(rand.NewPCG(seed, 1))), Options{}).Sheets {
			rows += readColumns(t, sheet, random)
		}
	}
	if rows < 5000 {
		t.Errorf("only %d rows", rows)
	}
}
