package payments

import (
	"slices"

	"cspcoop/calc"
)

// ageing ages a statement's unpaid rebate, beside the payouts that are open, and
// reports what is late. It is late only as far as exports show: a payment made after
// the newest one is not known.
type ageing struct {
	months                   []unpaidMonth // in the order of rows
	rows                     []calc.Earning
	notSeen, rebate, overdue calc.Sum
	late                     int
	first                    calc.Earning // that is late
}

type unpaidMonth struct {
	calc.Month
	usd calc.Sum
}

func (a *ageing) see(c *check, r *row) {
	if r.kind != calc.Rebate {
		return
	}
	missing := r.status == calc.StatusPaid && r.match != nil && r.match.State == calc.MatchMissing
	if !missing && !r.waits() {
		return
	}
	month := r.date.Month()
	if n := len(a.months); n == 0 || a.months[n-1].Month != month {
		a.months = append(a.months, unpaidMonth{Month: month})
	}
	a.months[len(a.months)-1].usd.Add(r.usd)
	if missing {
		a.notSeen.Add(r.usd)
		return
	}
	a.rows = append(a.rows, r.Earning)
	a.rebate.Add(r.usd)
	due := month.Last().AddDays(c.LateDays)
	if r.status == calc.StatusWaiting && c.AsOf.After(due) && c.KnownUntil.After(due) {
		a.overdue.Add(r.usd)
		if a.late++; a.late == 1 || calc.CompareByDate(r.Earning, a.first) < 0 {
			a.first = r.Earning
		}
	}
}

func (a *ageing) finish(c *check) {
	out := &c.out.Unpaid
	out.NotSeen, out.Rebate, out.Late, out.Rows = a.notSeen.Decimal(), a.rebate.Decimal(), a.overdue.Decimal(), a.rows
	for i := range a.months {
		out.Add(a.months[i].usd.Decimal(), a.months[i].Last().DaysUntil(c.AsOf))
	}
	if len(c.Aside) > 0 {
		slices.SortFunc(out.Rows, calc.CompareByDate)
	}
	if !out.Late.IsPositive() {
		return
	}
	out.Held = out.Late.LessThan(c.MinimumPayment)
	if out.Held {
		c.report(a.first.Finding(calc.Info, calc.PaymentHeld, calc.Say(
			"%s of rebate has been unpaid since %s, and is not late: Microsoft pays a program and type once %s has accumulated",
			calc.USD(out.Late), a.first.Date().Month(), calc.USD(c.MinimumPayment))))
		return
	}
	c.report(a.first.Finding(calc.Warning, calc.RebateLate, calc.Say(
		"%s of rebate from %s is unpaid more than %s after its month, the oldest since %s; all that is unpaid, by age: 0-30 days %s, 31-60 days %s, 61-90 days %s, over 90 days %s; check bank and tax details in Partner Center, then ask Microsoft",
		calc.USD(out.Late), calc.CountOf(a.late, "%s earning", "%s earnings"), calc.Days(c.LateDays), a.first.Date().Month(),
		calc.Figure(out.Buckets[0]), calc.Figure(out.Buckets[1]), calc.Figure(out.Buckets[2]), calc.USD(out.Buckets[3]))))
}
