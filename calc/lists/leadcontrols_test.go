package lists_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// TestShownControls: where there is no room for all, open controls come before
// explained ones, and those before the ones that agree; in their order.
func TestShownControls(t *testing.T) {
	one := decimal.NewFromInt(1)
	of := func(row int, state calc.TieState, difference, explained decimal.Decimal) lists.LeadControl {
		x := &calc.TieOut{State: state, Difference: decimal.NewNullDecimal(difference), Explained: explained}
		x.Place.Row = row
		return lists.LeadControl{TieOut: x}
	}
	s := &lists.LeadSchedule{Controls: []lists.LeadControl{
		of(2, calc.TieAgrees, decimal.Zero, decimal.Zero), of(3, calc.TieDiffers, one, one), of(4, calc.TieAgrees, decimal.Zero, decimal.Zero),
		of(5, calc.TieDiffers, one, decimal.Zero), of(6, calc.TieNoExport, one, decimal.Zero),
	}}
	for most, want := range map[int]string{
		5: "[2 3 4 5 6] 0 0 0 0",
		4: "[2 3 5 6] 1 0 0 0",
		3: "[3 5 6] 2 0 0 0",
		2: "[5 6] 2 1 0 0",
		1: "[5] 2 1 0 1",
	} {
		t.Run(fmt.Sprint(most), func(t *testing.T) {
			shown, rest := s.ShownControls(most)
			var rows []int
			for _, c := range shown {
				rows = append(rows, c.Place.Row)
			}
			if got := fmt.Sprint(rows, rest.Agree, rest.Differ-rest.Open, rest.Open, rest.NoExport); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}
