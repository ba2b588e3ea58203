package versions

import "cspcoop/calc"

// Pair is a row and an earlier one of the same earning.
type Pair struct {
	*calc.Earning
	Other *calc.Earning
}

// Repeats lists the rows of one file whose earning stands above, each with the
// first row of it.
func Repeats(rows []calc.Earning) []Pair {
	var pairs []Pair
	index := newIDIndex(len(rows))
	for i := range rows {
		e := &rows[i]
		if e.ID == "" {
			continue
		}
		first, again := index.find(e.ID, int32(i), func(at int32) bool { return rows[at].Same(e) })
		if again {
			pairs = append(pairs, Pair{e, &rows[first]})
		}
	}
	return pairs
}

// Repetitions gives the repeats that have the same money: the mark of a Growth
// report.
func Repetitions(repeats []Pair) []Pair {
	var pairs []Pair
	for _, p := range repeats {
		if !moneyDiffers(p.Other, p.Earning) {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// Contradictions lists, of a file's repeats, the rows that give an earning
// another amount than a row above, with nothing to tell which is newer; such a
// file is refused (rules.md §6, Growth).
func Contradictions(repeats []Pair) []Pair {
	states := map[*calc.Earning][]*calc.Earning{} // by its first row: the different states of an earning so far
	var pairs []Pair
	for _, p := range repeats {
		first, again := p.Other, p.Earning
		if states[first] == nil {
			states[first] = []*calc.Earning{first}
		}
		if e := contradicted(states[first], again); e != nil {
			pairs = append(pairs, Pair{again, e})
			continue
		}
		if !known(states[first], again) {
			states[first] = append(states[first], again)
		}
	}
	return pairs
}

// contradicted gives the first state that a row contradicts, or nil.
func contradicted(states []*calc.Earning, row *calc.Earning) *calc.Earning {
	for _, e := range states {
		if moneyDiffers(e, row) && e.Calculated.Compare(row.Calculated) == 0 && calc.StatusRank(e.PaymentStatus) == calc.StatusRank(row.PaymentStatus) {
			return e
		}
	}
	return nil
}

// known says that a row is in a state that was seen.
func known(states []*calc.Earning, row *calc.Earning) bool {
	for _, e := range states {
		if !moneyDiffers(e, row) && e.Calculated == row.Calculated && e.PaymentStatus == row.PaymentStatus {
			return true
		}
	}
	return false
}
