package payments

import (
	"cmp"
	"slices"
	"strings"

	"cspcoop/calc"
)

// sumStatuses sums the earnings that are not paid by their payment status, and
// reports those that do not take their course. Where a Payments report has the
// payment, it has the last word on the status, and a finding of its own.
func (c *check) sumStatuses() {
	type sum struct {
		total  calc.StatusTotal
		usd    calc.Sum
		rebate calc.Sum
		own    []calc.Earning // whose status no report speaks of
	}
	sums := map[*calc.PaymentState]*sum{}
	for _, e := range c.inForce() {
		state, reported := c.stateOf(e)
		if state == nil || state.Money == calc.StatusPaid {
			continue
		}
		s := sums[state]
		if s == nil {
			s = &sum{total: calc.StatusTotal{State: state}}
			sums[state] = s
		}
		s.total.Earnings++
		s.usd.Add(e.USD())
		if c.waits(e) {
			s.rebate.Add(e.USD())
		}
		if !reported {
			s.own = append(s.own, e)
		}
	}
	for state, s := range sums {
		s.total.USD, s.total.Rebate = s.usd.Decimal(), s.rebate.Decimal()
		c.out.UnpaidBy = append(c.out.UnpaidBy, s.total)
		if state.Code == "" || len(s.own) == 0 {
			continue
		}
		own := s.total
		if len(s.own) < own.Earnings {
			own = calc.StatusTotal{Earnings: len(s.own)}
			for _, e := range s.own {
				own.USD = own.USD.Add(e.USD().Decimal())
			}
		}
		c.report(slices.MinFunc(s.own, calc.CompareByDate).Finding(severityOf(state), state.Code, calc.Say(
			"%s, %s together, with the payment status %s: the money %s; %s",
			calc.CountOf(own.Earnings, "%s earning", "%s earnings"), calc.USD(own.USD), calc.Quoted{Of: state.String()}, calc.Term(state.Meaning), turn(state))))
	}
	slices.SortFunc(c.out.UnpaidBy, func(a, b calc.StatusTotal) int {
		return cmp.Or(cmp.Compare(a.State.Rank, b.State.Rank), strings.Compare(a.State.String(), b.State.String()))
	})
}

// stateOf returns an earning's payment status, by its payment where a Payments
// report has it; nil where neither says anything that is known.
func (c *check) stateOf(e calc.Earning) (state *calc.PaymentState, reported bool) {
	m := c.matches[e.PaymentID()]
	if m != nil && m.State == calc.MatchLater && e.Money() == calc.StatusPaid {
		return calc.PaymentStateOf("In progress"), false
	}
	if m == nil || m.State == calc.MatchUnchecked || m.State == calc.MatchMissing || m.State == calc.MatchLater {
		return e.PaymentState(), false
	}
	state, _ = calc.DescribedState(m.Status, m.StatusText)
	return state, true
}

// findHolds gathers what is held and will be forfeited, by the day until which
// the hold can be resolved, and reports what lapses soon.
func (c *check) findHolds() {
	type key struct {
		state *calc.PaymentState
		since calc.Date
	}
	type hold struct {
		calc.Hold
		usd calc.Sum
	}
	holds := map[key]*hold{}
	for _, e := range c.inForce() {
		state, _ := c.stateOf(e)
		if state == nil || !state.Held {
			continue
		}
		since, shown := c.heldSince(e)
		k := key{state, since}
		h := holds[k]
		if h == nil {
			last := since.AddDays(c.holdDays)
			h = &hold{Hold: calc.Hold{State: state, Since: since, LastDay: last, DaysLeft: c.AsOf.DaysUntil(last)}}
			holds[k] = h
		}
		h.Shown = h.Shown || shown
		h.Rows = append(h.Rows, e)
		h.usd.Add(e.USD())
	}
	for _, h := range holds {
		slices.SortFunc(h.Rows, calc.CompareByDate)
		h.USD = h.usd.Decimal()
		if !h.USD.IsPositive() {
			continue // what is owed to Microsoft does not lapse
		}
		c.out.Holds = append(c.out.Holds, h.Hold)
	}
	slices.SortFunc(c.out.Holds, func(a, b calc.Hold) int {
		return cmp.Or(a.LastDay.Compare(b.LastDay), strings.Compare(a.State.String(), b.State.String()))
	})
	for i := range c.out.Holds {
		c.warnOfHold(&c.out.Holds[i])
	}
}

// heldSince returns the assumed start of an earning's hold; shown reports
// whether an export without the hold gave it.
func (c *check) heldSince(e calc.Earning) (since calc.Date, shown bool) {
	if c.Replaced != nil {
		for _, other := range c.Replaced()[e] {
			if state := other.PaymentState(); state == nil || !state.Held {
				if day := c.Calculated(other.Source()); day.After(since) {
					since = day
				}
			}
		}
	}
	if since.IsZero() {
		return e.Date(), false
	}
	return since, true
}

// warnOfHold warns of a hold, more loudly from step to step: the last of them is
// an error.
func (c *check) warnOfHold(h *calc.Hold) {
	steps := slices.DeleteFunc(slices.Sorted(slices.Values(c.warnDays)), func(days int) bool { return h.DaysLeft > days })
	severity := calc.Warning
	switch {
	case h.DaysLeft < 0:
	case len(steps) == 0:
		return
	case steps[0] == slices.Min(c.warnDays):
		severity = calc.Error
	}
	c.report(h.Rows[0].Finding(severity, calc.PaymentLapses, lapse{h, c.holdDays}))
}

// lapse is a hold that is or will be forfeited after so many days.
type lapse struct {
	*calc.Hold
	after int
}

// Money returns what is held.
func (l lapse) Money() calc.Money { return calc.USD(l.USD) }

// Says says what is held and until when it can be resolved.
func (l lapse) Says() calc.Sentence {
	why := calc.Say("the earning date")
	if l.Shown {
		why = calc.Say("the newest calculation date of the last export that does not show the hold")
	}
	what := calc.Say("%s is held (%s) and assumed to be since %s, %s", calc.USD(l.USD), l.State.Why(), l.Since, why)
	if l.DaysLeft < 0 {
		return calc.Say("%s: by that it lapsed after %s, %s later; ask Microsoft at once", what, l.LastDay, calc.Days(l.after))
	}
	return calc.Say("%s: what is held for %s is forfeited, so resolve it by %s at the latest (days left: %s); %s",
		what, calc.Days(l.after), l.LastDay, l.DaysLeft, turn(l.State))
}
