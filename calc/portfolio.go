package calc

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// State is what becomes of a fund as a portfolio lists it: its decision and,
// where claims are needed, whether they are still taken.
type State struct {
	Decision Decision
	Window   Window
}

// states are all states in the order of urgency.
var states = []State{
	{ClaimRequired, WindowOpen}, {ClaimRequired, WindowUpcoming}, {Accruing, NoWindow}, {AutoPayout, NoWindow}, {Negative, NoWindow}, {ClaimRequired, WindowClosed},
}

// StateTotal sums the funds of one state, in USD.
type StateTotal struct {
	State
	Funds     int
	CoOp      decimal.Decimal // earned
	AtRisk    decimal.Decimal // what remains to be claimed, at each fund's own rate
	Forfeited decimal.Decimal // at each fund's own rate
}

// States sums the portfolio by state, the most urgent first; states without a
// fund are left out.
func (r *Result) States() []StateTotal {
	var list []StateTotal
	for _, state := range states {
		t := StateTotal{State: state}
		for _, b := range r.Balances() {
			if b.Decision == state.Decision && b.Window == state.Window {
				t.Funds++
				t.CoOp = t.CoOp.Add(b.CoOp)
				t.AtRisk = t.AtRisk.Add(b.USD(b.AtRisk()))
				t.Forfeited = t.Forfeited.Add(b.USD(b.Forfeited.Decimal))
			}
		}
		if t.Funds > 0 {
			list = append(list, t)
		}
	}
	return list
}

// Deadline is a day on which money lapses: the last day to claim of funds, or
// that to resolve what holds payments.
type Deadline struct {
	Day      Date
	DaysLeft int
	Funds    []*Balance
	Holds    []*Hold
	AtRisk   decimal.Decimal // USD, at each fund's own rate
	Held     decimal.Decimal // USD, the part of it that is in holds
}

// ToClaim returns what of it is at risk in funds, in USD.
func (d Deadline) ToClaim() decimal.Decimal { return d.AtRisk.Sub(d.Held) }

// Deadlines lists the last days to claim of all funds that are open or will be,
// and those of payments whose hold lapses soon, the nearest first.
func (r *Result) Deadlines() []Deadline {
	var list []Deadline
	at := func(day Date) *Deadline {
		i := slices.IndexFunc(list, func(d Deadline) bool { return d.Day == day })
		if i < 0 {
			i = len(list)
			list = append(list, Deadline{Day: day, DaysLeft: r.AsOf.DaysUntil(day)})
		}
		return &list[i]
	}
	for _, b := range r.Balances() {
		if !b.Window.Claimable() {
			continue
		}
		d := at(b.ClaimDeadline)
		d.Funds = append(d.Funds, b)
		d.AtRisk = d.AtRisk.Add(b.USD(b.AtRisk()))
	}
	for _, h := range r.Lapsing() {
		d := at(h.LastDay)
		d.Holds = append(d.Holds, h)
		d.AtRisk = d.AtRisk.Add(Cents(h.USD()))
		d.Held = d.Held.Add(Cents(h.USD()))
	}
	slices.SortFunc(list, func(a, b Deadline) int { return a.Day.Compare(b.Day) })
	return list
}

// Largest lists the open funds with the most at risk, at most n of them.
func (r *Result) Largest(n int) []*Balance {
	list := slices.DeleteFunc(r.Balances(), func(b *Balance) bool { return !b.AtRisk().IsPositive() })
	LargestFirst(list, (*Balance).AtRisk)
	return list[:min(n, len(list))]
}

// LargestFirst sorts funds by an amount in USD, which is calculated once of each.
func LargestFirst(list []*Balance, amount func(*Balance) decimal.Decimal) {
	usd := make(map[*Balance]decimal.Decimal, len(list))
	for _, b := range list {
		usd[b] = b.USD(amount(b))
	}
	slices.SortStableFunc(list, func(a, b *Balance) int { return usd[b].Cmp(usd[a]) })
}

// Calendar sums the portfolio by month, in USD, from the first month with
// earnings to the last, or to the end of its half-year once that is over, none
// left out.
func (r *Result) Calendar() []CalendarMonth {
	exact, claimed := map[Month]Shares{}, map[Month]decimal.Decimal{}
	for _, s := range r.Statements {
		for _, m := range s.Calendar {
			claimed[m.Month] = claimed[m.Month].Add(m.Claimed)
		}
		for _, line := range s.Months {
			exact[line.Month] = exact[line.Month].Plus(line.SharesUSD())
		}
	}
	if len(claimed) == 0 {
		return nil
	}
	months := slices.SortedFunc(maps.Keys(claimed), Month.Compare)
	return NewCalendar(months[0], months[len(months)-1], func(m Month) (Shares, decimal.Decimal) { return exact[m], claimed[m] })
}

// NewCalendar lists the months from one to another, none left out, by what was earned
// in each, exact, and by what claims have taken, in USD.
func NewCalendar(first, last Month, of func(Month) (earned Shares, claimed decimal.Decimal)) []CalendarMonth {
	var list []CalendarMonth
	var toDate decimal.Decimal
	for m := first; m.Compare(last) <= 0; m = m.Add(1) {
		earned, claimed := of(m)
		if m == m.Period().FirstMonth() {
			toDate = decimal.Zero
		}
		toDate = toDate.Add(earned.CoOp)
		list = append(list, CalendarMonth{Month: m, Shares: earned.Cents(), Claimed: claimed, CoOpToDate: Cents(toDate)})
	}
	return list
}

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
