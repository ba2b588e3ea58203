package versions

import (
	"slices"
	"time"

	"cspcoop/calc"
)

// Pair is a row and an earlier one of the same earning.
type Pair struct {
	calc.Earning
	Other calc.Earning
}

// Repeats lists the rows of one file whose earning is in a row above, each with
// its first row.
func Repeats(rows *calc.Earnings) []Pair {
	hashes := hashIDs([]*calc.Earnings{rows}, func(e calc.Earning) string {
		if e.Kind() == calc.Other { // of which one id may have any number
			return e.ID() + " " + calc.TypeKey(e.Type())
		}
		return e.ID()
	})
	var pairs []Pair
	for _, x := range findAgain(hashes, func(a, b int32) bool { return rows.At(int(a)).Same(rows.At(int(b))) }) {
		pairs = append(pairs, Pair{rows.At(int(x.at)), rows.At(int(x.first))})
	}
	return pairs
}

// Repetitions returns the repeats that have the same money: the mark of a Growth
// report.
func Repetitions(repeats []Pair) []Pair {
	var pairs []Pair
	for _, p := range repeats {
		if !shown.differ(p.Other, p.Earning) {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// shown compares money as a file shows it, whatever is configured.
var shown comparing

// Contradictions lists, of a file's repeats, the rows that give an earning other
// money than a row above, with nothing to say which is newer; such a file is
// refused.
func Contradictions(repeats []Pair) []Pair {
	seen := map[age]*ageStates{}
	var pairs []Pair
	for _, p := range repeats {
		for _, e := range []calc.Earning{p.Other, p.Earning} { // seeing the first row again changes nothing
			key := age{p.Other, e.Calculated().Day, e.Rank()}
			if seen[key] == nil {
				seen[key] = &ageStates{byClock: map[time.Duration]calc.Earning{}}
			}
			if above := seen[key].add(e); !above.IsZero() {
				pairs = append(pairs, Pair{e, above})
			}
		}
	}
	return pairs
}

// age is what makes rows of an earning equally new, but for a time of day.
type age struct {
	earning calc.Earning // its first row
	day     calc.Date
	status  int
}

// ageStates holds the rows of one age that do not contradict each other. Those
// with a time of day contradict rows of the same time and rows without one; a
// row without one contradicts all.
type ageStates struct {
	first, other calc.Earning // the first row, and the first one with other money
	unclocked    calc.Earning // the first one without a time of day
	byClock      map[time.Duration]calc.Earning
}

// add keeps a row, or returns the first one that it contradicts.
func (s *ageStates) add(e calc.Earning) calc.Earning {
	candidates := []calc.Earning{s.first, s.other}
	if e.Calculated().Clocked {
		candidates = []calc.Earning{s.unclocked, s.byClock[e.Calculated().Clock]}
		slices.SortFunc(candidates, func(a, b calc.Earning) int {
			if a.IsZero() || b.IsZero() {
				return 0
			}
			return calc.CompareByPlace(a, b)
		})
	}
	for _, c := range candidates {
		if !c.IsZero() && shown.differ(c, e) {
			return c
		}
	}
	switch {
	case s.first.IsZero():
		s.first = e
	case s.other.IsZero() && shown.differ(s.first, e):
		s.other = e
	}
	switch {
	case e.Calculated().Clocked && s.byClock[e.Calculated().Clock].IsZero():
		s.byClock[e.Calculated().Clock] = e
	case !e.Calculated().Clocked && s.unclocked.IsZero():
		s.unclocked = e
	}
	return calc.Earning{}
}
