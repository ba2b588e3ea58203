package reconcile

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// moved adds how the funds moved since the last set.
type moved struct {
	claimed
	last        *calc.LastSet        // nil when there is none
	rollForward []*calc.FundMovement // by participant, program and period, those of funds that are gone too
	movements   map[*calc.Fund]*calc.FundMovement
	since       map[*calc.Fund]*calc.Since // of those that the last set has
}

// rollForward compares every fund with the last statement set.
func rollForward(from claimed, last *calc.LastSet) moved {
	c := moved{claimed: from, last: last, movements: map[*calc.Fund]*calc.FundMovement{}, since: map[*calc.Fund]*calc.Since{}}
	before := map[calc.FundKey]calc.FundState{}
	if last != nil {
		for _, f := range last.Funds {
			before[calc.NewFundKey(f.Participant, f.Program, f.Period)] = f
		}
	}
	for _, b := range c.funds() {
		key := b.Key()
		was, known := before[key]
		delete(before, key)
		if known && was.Currency != b.FundCurrency {
			c.report(b.Finding(calc.Warning, calc.FundCurrencyChanged, calc.Say(
				"the fund was kept in %s in the statement of %s and is kept in %s now, because of the currencies of its co-op earnings; its roll-forward starts again",
				was.Currency, c.last.AsOf, b.FundCurrency)))
			c.rollForward = append(c.rollForward, end(was))
			was.Flows = calc.Flows{}
		}
		c.movements[b] = movement(b, c.outcome.Funds[b], was.Flows)
		c.rollForward = append(c.rollForward, c.movements[b])
		if known {
			c.since[b] = c.compare(b, was)
		}
	}
	for key, was := range before {
		if was.Net().IsZero() && was.CoOp.IsZero() && was.Rebate.IsZero() {
			continue
		}
		c.rollForward = append(c.rollForward, end(was))
		f := calc.NewFinding(calc.Warning, calc.FundGone, calc.Say(
			"the statement of %s had %s of co-op here, and no earning is left of it; look up the restated earnings",
			c.last.AsOf, calc.USD(was.CoOp)))
		c.report(f.About(calc.Subject{Participant: key.Participant, Program: was.Program, Period: key.Period}))
	}
	slices.SortFunc(c.rollForward, func(a, b *calc.FundMovement) int {
		return cmp.Or(cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.Program, b.Program), a.Period.Compare(b.Period), cmp.Compare(a.Currency, b.Currency))
	})
	return c
}

// end takes back all that a fund held: it is gone, or goes on in another
// currency.
func end(f calc.FundState) *calc.FundMovement {
	return &calc.FundMovement{
		Participant: f.Participant, Program: f.Program, Period: f.Period, Currency: f.Currency,
		Opening: f.Net(), Moved: calc.Flows{}.Sub(f.Flows),
	}
}

// movement compares a fund's flows to date with those of the last set.
func movement(b *calc.Fund, by *calc.FundClaims, before calc.Flows) *calc.FundMovement {
	m := &calc.FundMovement{Participant: b.Participant, Program: b.Program, Period: b.Period, Currency: b.FundCurrency}
	taken := by.Claimed.Decimal
	for _, claim := range by.Claims {
		switch claim.State {
		case calc.ClaimPaid:
			m.ToDate.ClaimsPaid = m.ToDate.ClaimsPaid.Add(claim.Taken)
		case calc.ClaimApproved:
			m.ApprovedUnpaid = m.ApprovedUnpaid.Add(claim.Taken)
		case calc.ClaimInReview, calc.ClaimActionRequired, calc.ClaimDisputed:
			m.InReview = m.InReview.Add(claim.Taken)
		case calc.ClaimEditing, calc.ClaimRejected, calc.ClaimExpired:
		}
	}
	m.ToDate.Adjusted = calc.Cents(b.Exact.Adjusted)
	m.ToDate.Transferred = b.Transferred
	m.ToDate.Earned = b.CoOpFund.Sub(m.ToDate.Adjusted).Sub(m.ToDate.Transferred)
	if b.Decision == calc.AutoPayout {
		m.ToDate.PaidOut = decimal.Max(decimal.Zero, b.CoOpFund.Sub(taken))
	}
	m.ToDate.Forfeited = by.Forfeited.Decimal
	m.Opening = before.Net()
	m.Moved = m.ToDate.Sub(before)
	m.Closing = m.ToDate.Net()
	m.Planned = by.Planned.Decimal
	m.Free = m.Closing.Sub(m.ApprovedUnpaid).Sub(m.InReview).Sub(m.Planned)
	return m
}

// compare describes how a balance moved since the last set. A period that ended
// since then was decided by the passing of time, which is no change of mind.
func (c *moved) compare(b *calc.Fund, was calc.FundState) *calc.Since {
	s := &calc.Since{
		AsOf: c.last.AsOf, CoOp: was.CoOp,
		State:     calc.State{Decision: was.Decision, Window: window(b, was.Decision, c.last.AsOf)},
		CoOpMoved: b.CoOp.Sub(was.CoOp), RebateMoved: b.Rebate.Sub(was.Rebate),
		RuleChanged: was.Rule != b.Rule.Name,
	}
	s.DecisionChanged = was.Decision != calc.Accruing && b.Decision != was.Decision
	switch {
	case s.DecisionChanged:
		why := calc.Say("co-op moved by %s to %s", calc.USD(s.CoOpMoved), calc.USD(b.CoOp))
		if was.PaidOut.IsPositive() {
			why = calc.Say("%s; %s had been released for payout", why, calc.NewMoney(was.PaidOut, was.Currency))
		}
		if s.RuleChanged {
			why = calc.Say("%s, and the rule changed from %s to %s", why, calc.Quoted{Of: calc.Term(was.Rule)}, calc.Quoted{Of: calc.Term(b.Rule.Name)})
		}
		c.report(b.Finding(calc.Error, calc.DecisionChanged, calc.Say(
			"the statement of %s said %s, this one says %s: %s", c.last.AsOf, was.Decision, b.Decision, why)))
	case was.Decision != calc.Accruing && !s.CoOpMoved.IsZero():
		c.report(b.Finding(calc.Warning, calc.BalanceChanged, calc.Say(
			"since the statement of %s, co-op of the closed period moved by %s to %s; it is still %s",
			c.last.AsOf, calc.USD(s.CoOpMoved), calc.USD(b.CoOp), b.Decision)))
	}
	return s
}
