package calc

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// MinimumPayment is what has to gather for a program and type before Microsoft
// pays it out, in USD (rules.md §1).
var MinimumPayment = decimal.New(200, 0)

// AgeLimits are the days up to which each bucket of an Ageing reaches; what is
// older is in the last one.
var AgeLimits = [...]int{30, 60, 90}

// Ageing sums rebate that is unpaid at the as-of date by the days since its
// earning month's end, in USD and exact. Rebate whose export tells no payment
// status, as in plain sheets, is left out.
type Ageing struct {
	Buckets [len(AgeLimits) + 1]decimal.Decimal // 0–30 (the running month too), 31–60, 61–90, over 90 days
	Total   decimal.Decimal
	Rows    []*Earning // by date and id

	Late decimal.Decimal // unpaid for longer than the configured days, failed payments left out
	Held bool            // Late is not late, because less than MinimumPayment has gathered
}

// ageUnpaid ages a statement's unpaid rebate, and reports what is late. It is
// late only as far as exports tell: a payment made after the newest one is
// not known.
func (c *calculation) ageUnpaid(s *statement) {
	a := &s.out.Unpaid
	known := c.knownUntil(s)
	var late []*Earning
	for _, e := range s.inForce() {
		if e.Kind != Rebate {
			continue
		}
		status := s.paymentOf(e)
		if status != statusWaiting && status != statusFailed {
			continue
		}
		usd, end := e.USD.Decimal(), e.Date.Month().Last()
		a.Rows = append(a.Rows, e)
		a.Total = a.Total.Add(usd)
		bucket := ageBucket(end.DaysUntil(c.AsOf))
		a.Buckets[bucket] = a.Buckets[bucket].Add(usd)
		due := end.AddDays(c.Policy.LateDays)
		if c.AsOf.After(due) && known.After(due) && status == statusWaiting {
			a.Late = a.Late.Add(usd)
			late = append(late, e)
		}
	}
	slices.SortFunc(a.Rows, byDate)
	if !a.Late.IsPositive() {
		return
	}
	first := slices.MinFunc(late, byDate)
	a.Held = a.Late.LessThan(MinimumPayment)
	if a.Held {
		s.report(first.finding(Info, PaymentHeld, fmt.Sprintf(
			"%s USD of rebate is unpaid since %s, and not late: Microsoft pays a program and type once %s USD have gathered",
			inWords(a.Late), first.Date.Month(), MinimumPayment)))
		return
	}
	s.report(first.finding(Warning, RebateLate, fmt.Sprintf(
		"%s USD of rebate from %s is unpaid more than %d days after its month, the oldest since %s; all unpaid rebate by age: %s; check bank and tax details in Partner Center, then ask Microsoft",
		inWords(a.Late), count(len(late), "earning"), c.Policy.LateDays, first.Date.Month(), a.words())))
}

func ageBucket(days int) int {
	for i, limit := range AgeLimits {
		if days <= limit {
			return i
		}
	}
	return len(AgeLimits)
}

func (a *Ageing) words() string {
	return fmt.Sprintf("0-30 days %s, 31-60 days %s, 61-90 days %s, over 90 days %s USD",
		inWords(a.Buckets[0]), inWords(a.Buckets[1]), inWords(a.Buckets[2]), inWords(a.Buckets[3]))
}

// paymentOf says whether an earning was paid: by its payment, where a Payments
// report tells it, else by its own status. One that is Sent but missing from the
// report counts as paid here, because it has a finding of its own.
func (s *statement) paymentOf(e *Earning) payStatus {
	m := s.matches[e.PaymentID]
	if m == nil || m.State == MatchUnchecked {
		return s.statuses.of(e.Terms)
	}
	switch m.State {
	case MatchFailed:
		return statusFailed
	case MatchLater:
		return statusWaiting
	case MatchAgrees, MatchTaxed, MatchDiffers, MatchWithoutEarnings, MatchMissing, MatchUnchecked:
	}
	return statusPaid
}

// knownUntil gives the day up to which the exports with a statement's rows tell:
// the newest of their calculation and earning dates.
func (c *calculation) knownUntil(s *statement) Date {
	var until Date
	for _, r := range s.reach {
		for _, d := range []Date{c.ledger.newest[r.source].calculated.Day, c.ledger.newest[r.source].earned} {
			if d.After(until) {
				until = d
			}
		}
	}
	return until
}
