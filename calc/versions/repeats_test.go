package versions_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/calc/versions"
)

// Contradictions compares every row with those above of the same age, which this
// test does for all pairs.
func TestContradictionsOfOneEarning(t *testing.T) {
	differing, total := 0, 0
	for seed := range 3000 {
		at := seed
		next := func(n int) int {
			at = (at*1103515245 + 12345) & 0x7fffffff
			return at >> 8 % (1 << 20) % n
		}
		source := &calc.Source{File: "a.csv"}
		for i := range 2 + next(7) {
			e := calc.EarningCells{
				Participant: "1", Type: "Coop", PaymentStatus: []string{"Sent", "Upcoming"}[next(2)],
				ID: "E", Row: uint32(i + 2), Amount: calc.NewAmount(decimal.New(int64(next(2)), 0)),
				Calculated: calc.Stamp{Day: calc.MustDate(2020, time.July, 5)},
			}
			if clock := next(3); clock > 0 {
				e.Calculated.Clocked, e.Calculated.Clock = true, time.Duration(clock)*time.Hour
			}
			calctest.Add(source, e)
		}
		want := ""
		var kept []calc.Earning
		for i := range source.Earnings.Len() {
			e := source.Earnings.At(i)
			above := contradicted(kept, e)
			if above.IsZero() {
				kept = append(kept, e)
				continue
			}
			want += fmt.Sprintf("row %d contradicts row %d\n", e.Row(), above.Row())
		}
		got := ""
		for _, p := range versions.Contradictions(versions.Repeats(source.Earnings)) {
			got += fmt.Sprintf("row %d contradicts row %d\n", p.Row(), p.Other.Row())
		}
		if total++; want != "" {
			differing++
		}
		if got != want {
			t.Fatalf("seed %d: got\n%swant\n%s", seed, got, want)
		}
	}
	if differing < total/4 {
		t.Errorf("only %d of %d files contradict themselves", differing, total)
	}
}

func contradicted(rows []calc.Earning, e calc.Earning) calc.Earning {
	for _, o := range rows {
		if !o.Amount().Equal(e.Amount()) && o.Calculated().Compare(e.Calculated()) == 0 && o.Rank() == e.Rank() {
			return o
		}
	}
	return calc.Earning{}
}
