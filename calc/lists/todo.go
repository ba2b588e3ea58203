// Package lists decides which rows the lists of documents hold, and in which
// order: what is to be done by when, what is due soon, what was lost, what
// changed. Every format shows the same lists.
package lists

import (
	"cmp"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Task is something to do by a day: to claim a fund, to go on with a claim, or
// to resolve what holds a payment.
type Task struct {
	Balance  *calc.Balance // nil for a hold, and for a claim without a fund
	Claim    *calc.Claim   // nil for a hold, and for the fund itself
	Hold     *calc.Hold    // nil for the others
	Day      calc.Date
	DaysLeft int
	Due      calc.Due
	AtRisk   decimal.Decimal // USD; zero for a claim, whose money is its fund's
}

// ToDo lists the last days to claim of all funds that are open or will be, also
// of those that are claimed in full, because a rejected claim opens them again,
// and behind each fund the claims that wait for the partner, one that was sent
// back until the day on which its documents must be approved; and payments whose
// hold lapses soon. The nearest day comes first, and of one day the largest
// amount. Claims without a fund are part of it.
func ToDo(r *calc.Result) []Task {
	var list []Task
	add := func(task Task, day calc.Date) {
		task.Day, task.DaysLeft = day, r.AsOf.DaysUntil(day)
		task.Due = r.Policy.Claims.Due(task.DaysLeft)
		if task.DaysLeft >= 0 {
			list = append(list, task)
		}
	}
	for _, b := range Funds(r.Balances()) {
		if b.Window.Claimable() {
			add(Task{Balance: b, AtRisk: b.USD(b.AtRisk())}, b.ClaimDeadline)
		}
		for _, c := range b.Claims {
			if waits(c) {
				add(Task{Balance: b, Claim: c}, c.NextStep.By)
			}
		}
	}
	for _, c := range r.Claims {
		if c.Balance == nil && waits(c) {
			add(Task{Claim: c}, c.NextStep.By)
		}
	}
	for _, h := range r.Lapsing() {
		add(Task{Hold: h, AtRisk: calc.Cents(h.USD())}, h.LastDay)
	}
	slices.SortStableFunc(list, func(a, b Task) int { return a.Day.Compare(b.Day) })
	return list
}

// waits reports whether the partner has to act on a claim before its last day.
func waits(c *calc.Claim) bool {
	switch c.NextStep.Action {
	case calc.StepComplete, calc.StepSubmit, calc.StepAnswer, calc.StepResubmit:
		return true
	case calc.StepNone, calc.StepWait, calc.StepDiscard, calc.StepLookUp, calc.StepExpectPayment, calc.StepAsk, calc.StepAskLate:
	}
	return false
}

// Funds orders funds by what has to be done: those to be claimed by their last day and
// then by what is at risk in USD, the largest first; then as calc.ByUrgency.
func Funds(balances []*calc.Balance) []*calc.Balance {
	list := calc.ByUrgency(balances)
	open := list[:len(Only(list, func(b *calc.Balance) bool { return b.Window.Claimable() }))] // they are in front
	calc.LargestFirst(open, (*calc.Balance).AtRisk)
	slices.SortStableFunc(open, func(a, b *calc.Balance) int { return a.ClaimDeadline.Compare(b.ClaimDeadline) })
	return list
}

// Only returns the funds that a predicate holds of, in their order.
func Only(balances []*calc.Balance, wanted func(*calc.Balance) bool) []*calc.Balance {
	return slices.DeleteFunc(slices.Clone(balances), func(b *calc.Balance) bool { return !wanted(b) })
}

// Lost lists the funds of which something was forfeited, the largest loss first.
func Lost(r *calc.Result) []*calc.Balance {
	list := Only(r.Balances(), func(b *calc.Balance) bool { return b.Forfeited.Decimal.IsPositive() })
	calc.LargestFirst(list, func(b *calc.Balance) decimal.Decimal { return b.Forfeited.Decimal })
	return list
}

// Flipped reports whether the last set decided a fund differently.
func Flipped(b *calc.Balance) bool { return b.Since != nil && b.Since.DecisionChanged }

// Moved reports whether a fund is not what it was in the last set.
func Moved(b *calc.Balance) bool {
	s := b.Since
	return s != nil && (s.DecisionChanged || s.RuleChanged || !s.CoOpMoved.IsZero() || !s.RebateMoved.IsZero())
}

// Claims lists all claims of a statement, those on the newest half-year first.
// One without a fund is among them.
func Claims(s *calc.Statement) []*calc.Claim {
	list := slices.Clone(s.Claims)
	slices.SortStableFunc(list, func(a, b *calc.Claim) int {
		return cmp.Or(b.Earned.Compare(a.Earned), a.Submitted.Compare(b.Submitted))
	})
	return list
}

// Outcome is what claims have come to in a fund that must be claimed.
type Outcome uint8

const (
	// ToClaim: something remains, and can be claimed.
	ToClaim Outcome = iota
	// Overdrawn: claims take more than the fund holds.
	Overdrawn
	// ClaimedInFull: claims took all of it.
	ClaimedInFull
	// NothingToClaim: the fund held nothing.
	NothingToClaim
	// Forfeited: something was left when the window closed.
	Forfeited
)

// OutcomeOf returns what claims have come to in a fund that must be claimed.
func OutcomeOf(b *calc.Balance) Outcome {
	remaining, claimed := b.Remaining.Decimal, b.Claimed.Decimal
	switch {
	case b.Window == calc.WindowClosed && b.Forfeited.Decimal.IsPositive():
		return Forfeited
	case claimed.GreaterThan(b.CoOpFund) && claimed.IsPositive():
		return Overdrawn
	case remaining.IsPositive():
		return ToClaim
	case claimed.IsPositive():
		return ClaimedInFull
	}
	return NothingToClaim
}

// Owner returns the participant and the program that a task is about.
func (t Task) Owner() (participant, program string) {
	switch {
	case t.Hold != nil:
		return t.Hold.Statement.Participant, t.Hold.Statement.Program
	case t.Balance != nil:
		return t.Balance.Statement.Participant, t.Balance.Statement.Program
	}
	return t.Claim.Participant, t.Claim.ProgramName
}

// Statement returns the statement that a task is about; nil for a claim without
// a fund.
func (t Task) Statement() *calc.Statement {
	switch {
	case t.Hold != nil:
		return t.Hold.Statement
	case t.Balance != nil:
		return t.Balance.Statement
	}
	return nil
}

// Period returns the half-year that a task is about.
func (t Task) Period() calc.EarningPeriod {
	switch {
	case t.Hold != nil:
		return calc.PeriodOf(t.Hold.First.Date())
	case t.Balance != nil:
		return t.Balance.Period
	}
	return t.Claim.Earned
}

// Watched lists the funds that still accrue, at most n of them: those that come
// nearest to having to be claimed first.
func Watched(r *calc.Result, n int) []*calc.Balance {
	list := slices.DeleteFunc(r.Balances(), func(b *calc.Balance) bool { return b.Projection == nil })
	slices.SortStableFunc(list, func(a, b *calc.Balance) int { return a.Projection.Distance.Cmp(b.Projection.Distance) })
	return list[:min(n, len(list))]
}
