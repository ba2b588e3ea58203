package lists

import (
	"cmp"
	"slices"
	"strings"

	"cspcoop/calc"
)

// UnpaidBy lists what is not paid of each statement by its payment status.
func UnpaidBy(statements []*calc.Statement) []calc.StatusTotal {
	var list []calc.StatusTotal
	for _, s := range statements {
		list = append(list, s.UnpaidBy...)
	}
	return list
}

// StatusTotals sums what is not paid over statements by its payment status.
func StatusTotals(statements []*calc.Statement) []calc.StatusTotal {
	var list []calc.StatusTotal
	for _, x := range UnpaidBy(statements) {
		i := slices.IndexFunc(list, func(t calc.StatusTotal) bool { return t.State == x.State })
		if i < 0 {
			i = len(list)
			list = append(list, calc.StatusTotal{State: x.State})
		}
		list[i].Earnings += x.Earnings
		list[i].USD, list[i].Rebate = list[i].USD.Add(x.USD), list[i].Rebate.Add(x.Rebate)
	}
	slices.SortFunc(list, func(a, b calc.StatusTotal) int {
		return cmp.Or(cmp.Compare(a.State.Rank, b.State.Rank), strings.Compare(a.State.String(), b.State.String()))
	})
	return list
}
