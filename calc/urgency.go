package calc

import (
	"cmp"
	"slices"
)

// urgency ranks balances by what has to be done.
type urgency uint8

const (
	claimOpen urgency = iota
	accrues
	paidOut
	over
)

func (b *Balance) urgency() urgency {
	switch b.Decision {
	case ClaimRequired:
		if b.Window.Claimable() {
			return claimOpen
		}
		return over
	case Accruing:
		return accrues
	case AutoPayout, Negative:
		return paidOut
	}
	return over
}

// ByUrgency orders funds by what has to be done: open claims by their last day,
// accruing ones by their distance to the threshold, then what is paid and what
// is over, the newest first.
func ByUrgency(balances []*Balance) []*Balance {
	list := slices.Clone(balances)
	slices.SortStableFunc(list, func(a, b *Balance) int {
		if c := cmp.Compare(a.urgency(), b.urgency()); c != 0 {
			return c
		}
		return cmp.Or(
			a.compareWithin(b),
			cmp.Compare(a.Statement.Participant, b.Statement.Participant),
			cmp.Compare(a.Statement.Program, b.Statement.Program),
			a.Period.Compare(b.Period),
		)
	})
	return list
}

// compareWithin orders two funds of the same urgency.
func (b *Balance) compareWithin(o *Balance) int {
	switch b.urgency() {
	case claimOpen:
		return b.ClaimDeadline.Compare(o.ClaimDeadline)
	case accrues:
		if b.Projection != nil && o.Projection != nil {
			return b.Projection.Distance.Cmp(o.Projection.Distance)
		}
	case paidOut, over:
	}
	return o.Period.Compare(b.Period)
}
