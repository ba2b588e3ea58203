package payments

import (
	"cmp"
	"slices"
	"strings"

	"cspcoop/calc"
)

// statuses sums the earnings that are not paid by their payment status, and reports
// those that do not take their course. Where a Payments report has the payment, it
// has the last word on the status, and a finding of its own.
type statuses map[*calc.PaymentState]*statusSum

type statusSum struct {
	earnings    int
	usd, rebate calc.Sum
	own         ownStatus
}

// ownStatus are the earnings whose status no report speaks of.
type ownStatus struct {
	earnings int
	usd      calc.Sum
	first    calc.Earning
}

func (all statuses) see(_ *check, r *row) {
	if r.state == nil || r.state.Money == calc.StatusPaid {
		return
	}
	s := all[r.state]
	if s == nil {
		s = &statusSum{}
		all[r.state] = s
	}
	s.earnings++
	s.usd.Add(r.usd)
	if r.waits() {
		s.rebate.Add(r.usd)
	}
	if !r.reported {
		s.own.usd.Add(r.usd)
		if s.own.earnings++; s.own.earnings == 1 || calc.CompareByDate(r.Earning, s.own.first) < 0 {
			s.own.first = r.Earning
		}
	}
}

func (all statuses) finish(c *check) {
	for state, s := range all {
		c.out.UnpaidBy = append(c.out.UnpaidBy, calc.StatusTotal{State: state, Earnings: s.earnings, USD: s.usd.Decimal(), Rebate: s.rebate.Decimal()})
		if state.Code != "" && s.own.earnings > 0 {
			c.report(s.own.first.Finding(severityOf(state), state.Code, calc.Say(
				"%s, %s together, with the payment status %s: the money %s; %s",
				calc.CountOf(s.own.earnings, "%s earning", "%s earnings"), calc.USD(s.own.usd.Decimal()), calc.Quoted{Of: state.String()}, calc.Term(state.Meaning), turn(state))))
		}
	}
	slices.SortFunc(c.out.UnpaidBy, func(a, b calc.StatusTotal) int {
		return cmp.Or(cmp.Compare(a.State.Rank, b.State.Rank), strings.Compare(a.State.String(), b.State.String()))
	})
}

// holds gathers what is held and will be forfeited, by the day until which the hold
// can be resolved, and reports what lapses soon. There may be one for every row that
// is held, so that its rows are sorted rather than looked up.
type holds struct{ rows []heldRow }

// heldRow is a row that is held since a day.
type heldRow struct {
	calc.Earning
	state *calc.PaymentState
	since calc.Date
	shown bool // by an export without the hold
}

func (h *holds) see(c *check, r *row) {
	if r.state != nil && r.state.Held {
		since, shown := c.heldSince(r.Earning)
		h.rows = append(h.rows, heldRow{r.Earning, r.state, since, shown})
	}
}

func (h *holds) finish(c *check) {
	same := func(a, b heldRow) int {
		if c := a.since.Compare(b.since); c != 0 || a.state == b.state {
			return c
		}
		return strings.Compare(a.state.String(), b.state.String())
	}
	slices.SortStableFunc(h.rows, same)
	n := 0
	for i := range h.rows {
		if i == 0 || same(h.rows[i-1], h.rows[i]) != 0 {
			n++
		}
	}
	c.out.Holds = make([]calc.Hold, 0, n)
	for rows := h.rows; len(rows) > 0; rows = rows[n:] {
		last := rows[0].since.AddDays(c.HoldDays)
		hold := calc.Hold{State: rows[0].state, Since: rows[0].since, LastDay: last, DaysLeft: c.AsOf.DaysUntil(last)}
		var usd calc.Sum
		for n = 0; n < len(rows) && same(rows[n], rows[0]) == 0; n++ {
			usd.Add(rows[n].USD())
			hold.Shown = hold.Shown || rows[n].shown
			if n == 0 || calc.CompareByDate(rows[n].Earning, hold.First) < 0 {
				hold.First = rows[n].Earning
			}
		}
		hold.Earnings, hold.Amount = n, usd.Amount()
		if hold.Amount.IsPositive() { // what is owed to Microsoft does not lapse
			c.out.Holds = append(c.out.Holds, hold)
		}
	}
	c.out.Findings = slices.Grow(c.out.Findings, len(c.out.Holds))
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
	severity := calc.Warning
	switch due := c.Claims.Due(h.DaysLeft); {
	case h.DaysLeft < 0: // it has lapsed
	case due == calc.DueLater:
		return
	case due == calc.DueNow:
		severity = calc.Error
	}
	c.report(h.First.Finding(severity, calc.PaymentLapses, (*lapse)(h)))
}

// lapse is a hold that is or will be forfeited.
type lapse calc.Hold

// Money returns what is held.
func (l *lapse) Money() calc.Money { return calc.USD((*calc.Hold)(l).USD()) }

// Says says what is held and until when it can be resolved.
func (l *lapse) Says() calc.Sentence {
	after := calc.Days(l.Since.DaysUntil(l.LastDay))
	why := calc.Say("the earning date")
	if l.Shown {
		why = calc.Say("the newest calculation date of the last export that does not show the hold")
	}
	what := calc.Say("%s is held (%s) and assumed to be since %s, %s", l.Money(), l.State.Why(), l.Since, why)
	if l.DaysLeft < 0 {
		return calc.Say("%s: by that it lapsed after %s, %s later; ask Microsoft at once", what, l.LastDay, after)
	}
	return calc.Say("%s: what is held for %s is forfeited, so resolve it by %s at the latest (days left: %s); %s",
		what, after, l.LastDay, l.DaysLeft, turn(l.State))
}
