package payments

import (
	"slices"

	"cspcoop/calc"
)

// ageUnpaid ages a statement's unpaid rebate, beside the payouts that are open,
// and reports what is late. It is late only as far as exports show: a payment
// made after the newest one is not known.
func (c *check) ageUnpaid() {
	a := &c.out.Unpaid
	var late []calc.Earning
	var notSeen, rebate, overdue calc.Sum
	type month struct {
		end calc.Date
		usd calc.Sum // unpaid
	}
	months := map[calc.Month]*month{}
	for _, e := range c.inForce() {
		if e.Kind() != calc.Rebate {
			continue
		}
		status := c.paymentOf(e)
		paid := c.matches[e.PaymentID()]
		missing := status == calc.StatusPaid && paid != nil && paid.State == calc.MatchMissing
		if !missing && !c.waits(e) {
			continue
		}
		m := months[e.Date().Month()]
		if m == nil {
			m = &month{end: e.Date().Month().Last()}
			months[e.Date().Month()] = m
		}
		m.usd.Add(e.USD())
		if missing {
			notSeen.Add(e.USD())
			continue
		}
		a.Rows = append(a.Rows, e)
		rebate.Add(e.USD())
		due := m.end.AddDays(c.LateDays)
		if c.AsOf.After(due) && c.KnownUntil.After(due) && status == calc.StatusWaiting {
			overdue.Add(e.USD())
			late = append(late, e)
		}
	}
	a.NotSeen, a.Rebate, a.Late = notSeen.Decimal(), rebate.Decimal(), overdue.Decimal()
	for _, m := range months {
		a.Add(m.usd.Decimal(), m.end.DaysUntil(c.AsOf))
	}
	slices.SortFunc(a.Rows, calc.CompareByDate)
	if !a.Late.IsPositive() {
		return
	}
	first := slices.MinFunc(late, calc.CompareByDate)
	a.Held = a.Late.LessThan(c.minimum)
	if a.Held {
		c.report(first.Finding(calc.Info, calc.PaymentHeld, calc.Say(
			"%s of rebate has been unpaid since %s, and is not late: Microsoft pays a program and type once %s has accumulated",
			calc.USD(a.Late), first.Date().Month(), calc.USD(c.minimum))))
		return
	}
	c.report(first.Finding(calc.Warning, calc.RebateLate, calc.Say(
		"%s of rebate from %s is unpaid more than %s after its month, the oldest since %s; all that is unpaid, by age: 0-30 days %s, 31-60 days %s, 61-90 days %s, over 90 days %s; check bank and tax details in Partner Center, then ask Microsoft",
		calc.USD(a.Late), calc.CountOf(len(late), "%s earning", "%s earnings"), calc.Days(c.LateDays), first.Date().Month(),
		calc.Figure(a.Buckets[0]), calc.Figure(a.Buckets[1]), calc.Figure(a.Buckets[2]), calc.USD(a.Buckets[3]))))
}

// waits reports whether an earning is rebate that is still to be paid.
func (c *check) waits(e calc.Earning) bool {
	status := c.paymentOf(e)
	return e.Kind() == calc.Rebate && (status == calc.StatusWaiting || status == calc.StatusFailed)
}

// paymentOf says whether an earning was paid: by its payment, where a Payments
// report has it, else by its own status. One that is Sent but missing from the
// report counts as paid here, because it has a finding of its own.
func (c *check) paymentOf(e calc.Earning) calc.PayStatus {
	m := c.matches[e.PaymentID()]
	if m == nil || m.State == calc.MatchUnchecked {
		return e.Money()
	}
	switch m.State {
	case calc.MatchFailed:
		return calc.StatusOf(m.Status)
	case calc.MatchLater:
		return calc.StatusWaiting
	case calc.MatchAgrees, calc.MatchTaxed, calc.MatchDiffers, calc.MatchWithoutEarnings, calc.MatchMissing, calc.MatchUnchecked:
	}
	if calc.StatusOf(m.Status) == calc.StatusWaiting {
		return calc.StatusWaiting // the report has it, and it is not sent yet
	}
	return calc.StatusPaid
}
