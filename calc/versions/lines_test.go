package versions

import (
	"fmt"
	"slices"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
)

// However many ids are alike, and types an id has, each earning has one line with
// its rows in their order: as a search through all lines finds.
func TestLinesOfIdsThatAreAlike(t *testing.T) {
	for name, c := range map[string]struct {
		rows int
		id   func(i int) (id, kind string)
	}{
		"types of one id":  {400, func(i int) (string, string) { return "E-1", fmt.Sprint("type ", i*7%90) }},
		"upper and lower":  {300, func(i int) (string, string) { return alike("earning", i*5%60), "Rebate" }},
		"leading zeros":    {300, func(i int) (string, string) { return fmt.Sprintf("%0*d", 1+i*3%40, 7), "Coop" }},
		"ids and types":    {600, func(i int) (string, string) { return alike("e-one", i*5%16), fmt.Sprint("type ", i%11) }},
		"few":              {40, func(i int) (string, string) { return alike("ab", i%4), fmt.Sprint("type ", i%2) }},
		"just below index": {64, func(i int) (string, string) { return alike("abc", i%8), "Fee" }},
	} {
		t.Run(name, func(t *testing.T) {
			src := &calc.Source{}
			for i := range c.rows {
				id, kind := c.id(i)
				calctest.Add(src, calc.EarningCells{Type: kind, Currency: "USD", ID: id})
			}
			x := gatherLines(newLedger([]*calc.Source{src}))
			var want [][]row
			for i := range src.Earnings.Len() {
				at := slices.IndexFunc(want, func(rows []row) bool { return src.Earnings.At(int(rows[0].at)).Same(src.Earnings.At(i)) })
				if at < 0 {
					at, want = len(want), append(want, nil)
				}
				want[at] = append(want[at], row{0, int32(i)})
			}
			got := slices.Collect(func(yield func([]row) bool) {
				for c := range x.all() {
					yield(slices.Clone(c))
				}
			})
			if len(got) != len(want) {
				t.Fatalf("%d lines, want %d", len(got), len(want))
			}
			types, cases := 0, 0
			for i := range got {
				if !slices.Equal(got[i], want[i]) {
					t.Fatalf("line %d has rows %v, want %v", i, got[i], want[i])
				}
				id := func(i int) string { return x.ledger.earning(got[i][0]).ID() }
				before := 0
				for k := range i {
					if id(k) == id(i) {
						before++
					}
				}
				if before == 1 {
					types++
				}
				if id(0) != id(i) {
					cases++
				}
			}
			if len(x.types) != types || len(x.cases) != cases {
				t.Errorf("%d ids with a second type and %d alike, want %d and %d", len(x.types), len(x.cases), types, cases)
			}
		})
	}
}

// alike writes a word with upper-case letters where a number has ones.
func alike(word string, number int) string {
	letters := []byte(word)
	for i := range letters {
		if number>>i&1 == 1 && letters[i] >= 'a' {
			letters[i] -= 'a' - 'A'
		}
	}
	return string(letters)
}
