package bank

import (
	"math/bits"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// mostInSum is how many payments or lines are searched for a set that adds up: all
// of their sets are tried.
const mostInSum = 16

// sumsTo returns the sets of some amounts, of a least size, that come to a sum: no
// more than two, because two are ambiguous. Of more than mostInSum amounts none is
// searched for.
func sumsTo[T any](sum decimal.Decimal, list []T, amount func(T) decimal.Decimal, least int) [][]T {
	if len(list) < least || len(list) > mostInSum {
		return nil
	}
	const digits = 4 // after the mark; finer amounts are in no sum
	units := make([]int64, len(list))
	want, ok := unitsOf(sum, digits)
	for i, x := range list {
		var exact bool
		units[i], exact = unitsOf(amount(x), digits)
		ok = ok && exact
	}
	if !ok {
		return nil
	}
	var sets [][]T
	var total int64
	chosen := uint(0)
	for n := uint(1); n < 1<<len(list) && len(sets) < 2; n++ {
		at := bits.TrailingZeros(n) // Gray code: one changes at a time
		if chosen ^= 1 << at; chosen&(1<<at) != 0 {
			total += units[at]
		} else {
			total -= units[at]
		}
		if total != want || bits.OnesCount(chosen) < least {
			continue
		}
		var set []T
		for i, x := range list {
			if chosen&(1<<i) != 0 {
				set = append(set, x)
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// unitsOf returns an amount in units of so many digits; false where it has more, or
// is so large that sums could overflow.
func unitsOf(d decimal.Decimal, digits int32) (int64, bool) {
	shifted := d.Shift(digits)
	return shifted.IntPart(), shifted.IsInteger() && shifted.Abs().LessThan(decimal.New(1, 17))
}

// paymentsOf returns the sets of payments that one line may pay. Of too many
// payments to try all sets, those of one date are tried as a whole.
func paymentsOf(sum decimal.Decimal, list []*payment) [][]*payment {
	if len(list) <= mostInSum {
		return sumsTo(sum, list, netOf, 2)
	}
	byDate := map[calc.Date][]*payment{}
	var days []calc.Date
	for _, p := range list {
		if byDate[p.Date] == nil {
			days = append(days, p.Date)
		}
		byDate[p.Date] = append(byDate[p.Date], p)
	}
	slices.SortFunc(days, calc.Date.Compare)
	var sets [][]*payment
	for _, day := range days {
		var total decimal.Decimal
		for _, p := range byDate[day] {
			total = total.Add(p.net)
		}
		if total.Equal(sum) && len(byDate[day]) > 1 {
			sets = append(sets, byDate[day])
		}
	}
	return sets
}
