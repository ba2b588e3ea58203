package versions

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"cspcoop/calc"
)

// noteChange records once what became of an earning's older versions: those
// that put other money into the figures, else those of another payment status.
func (l *Ledger) noteChange(counted calc.Earning, restated, moved []row) {
	switch {
	case len(restated) > 0:
		l.Restated = append(l.Restated, calc.Restatement{Counted: counted, Earlier: l.differing(restated)})
	case len(moved) > 0:
		last, _ := l.pick(moved)
		l.Statuses = append(l.Statuses, Pair{counted, l.earning(last)})
	}
}

// differing lists the versions among rows that differ in money: first the one
// that would count, then the newest.
func (l *Ledger) differing(rows []row) []calc.Earning {
	first, _ := l.pick(rows)
	slices.SortFunc(rows, func(a, b row) int {
		x, y := l.earning(a), l.earning(b)
		return cmp.Or(
			y.Calculated().Day.Compare(x.Calculated().Day),
			cmp.Compare(y.Calculated().Clock, x.Calculated().Clock),
			l.Newest[b.source].Earned.Compare(l.Newest[a.source].Earned),
			y.Rank()-x.Rank(),
			strings.Compare(l.Sources[b.source].SHA256, l.Sources[a.source].SHA256),
			cmp.Compare(a.at, b.at),
		)
	})
	seen := map[money]bool{}
	var list []calc.Earning
	for _, r := range append([]row{first}, rows...) {
		e := l.earning(r)
		if key := l.money(e); !seen[key] {
			seen[key] = true
			list = append(list, e)
		}
	}
	return list
}

// Replaced returns every row that does not count because of another one, with
// the one that counts.
func (l *Ledger) Replaced() iter.Seq2[calc.Earning, calc.Replaced] {
	return func(yield func(calc.Earning, calc.Replaced) bool) {
		for i, src := range l.Sources {
			for j := range l.instead[i] {
				counted := l.replacement(row{int32(i), int32(j)})
				if !counted.IsZero() && !yield(counted, calc.Replaced{Earning: src.Earnings.At(j), Fate: l.Fates[i][j]}) {
					return
				}
			}
		}
	}
}
