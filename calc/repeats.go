package calc

// Pair is a row and an earlier one of the same earning in the same file.
type Pair struct {
	*Earning
	Other *Earning
}

// Repetitions lists rows of one file that repeat an earning, each with the first
// row of it: the mark of a Growth report.
func Repetitions(rows []Earning) []Pair {
	var pairs []Pair
	eachRepeat(rows, func(first, again *Earning) {
		if !moneyDiffers(first, again) {
			pairs = append(pairs, Pair{again, first})
		}
	})
	return pairs
}

// Contradictions lists rows of one file that give an earning another amount
// than a row above, with nothing to tell which is newer; such a file is refused
// (rules.md §6, Growth).
func Contradictions(rows []Earning) []Pair {
	states := map[identity][]*Earning{} // the different states of an earning so far
	var pairs []Pair
	eachRepeat(rows, func(first, again *Earning) {
		key := again.identity()
		if states[key] == nil {
			states[key] = []*Earning{first}
		}
		seen := false
		for _, e := range states[key] {
			if contradicts(e, again) {
				pairs = append(pairs, Pair{again, e})
				return
			}
			seen = seen || !moneyDiffers(e, again) && e.Calculated == again.Calculated && e.PaymentStatus == again.PaymentStatus
		}
		if !seen {
			states[key] = append(states[key], again)
		}
	})
	return pairs
}

func contradicts(a, b *Earning) bool {
	return moneyDiffers(a, b) && a.Calculated.Compare(b.Calculated) == 0 && statusRank(a.PaymentStatus) == statusRank(b.PaymentStatus)
}

// eachRepeat calls with every row whose earning stands above in the same file.
func eachRepeat(rows []Earning, found func(first, again *Earning)) {
	seen := make(map[identity]int, len(rows))
	for i := range rows {
		if rows[i].ID == "" {
			continue
		}
		key := rows[i].identity()
		if first, again := seen[key]; again {
			found(&rows[first], &rows[i])
			continue
		}
		seen[key] = i
	}
}
