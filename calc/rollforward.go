package calc

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// LastSet is the statement set that a result is compared with: the newest
// earlier sealed one or, where none is sealed, the newest earlier one.
type LastSet struct {
	AsOf   Date
	Sealed bool
	Funds  []FundState
	Booked []Booking // what the books hold after its journal
}

// FundState is what a statement set says of a fund: enough to go on from. Its
// amounts are sums since the fund began, in Currency and rounded to cents.
type FundState struct {
	Participant string
	Program     string // current name
	Period      EarningPeriod
	Currency    string
	Decision    Decision
	Rule        string          // name of the rule that decided
	Rebate      decimal.Decimal // USD
	CoOp        decimal.Decimal // USD
	Other       decimal.Decimal // USD
	Flows
}

// Flows are what came into a fund and left it, each with the sign of its name:
// what was paid out is positive.
type Flows struct {
	Earned      decimal.Decimal // co-op earned, adjustments apart
	Adjusted    decimal.Decimal
	Transferred decimal.Decimal // rollovers
	PaidOut     decimal.Decimal // automatically
	ClaimsPaid  decimal.Decimal
	Forfeited   decimal.Decimal
}

// Net gives what the flows leave.
func (f Flows) Net() decimal.Decimal {
	return f.Earned.Add(f.Adjusted).Add(f.Transferred).Sub(f.PaidOut).Sub(f.ClaimsPaid).Sub(f.Forfeited)
}

func (f Flows) sub(g Flows) Flows {
	return Flows{
		f.Earned.Sub(g.Earned), f.Adjusted.Sub(g.Adjusted), f.Transferred.Sub(g.Transferred),
		f.PaidOut.Sub(g.PaidOut), f.ClaimsPaid.Sub(g.ClaimsPaid), f.Forfeited.Sub(g.Forfeited),
	}
}

// FundMovement is one row of rollforward.csv: a fund's opening, its movements
// since the last set, and its closing, in Currency and rounded to cents.
type FundMovement struct {
	Participant string
	Program     string
	Period      EarningPeriod
	Currency    string
	Opening     decimal.Decimal // closing of the last set, zero without one
	Moved       Flows           // since then
	Closing     decimal.Decimal
	ToDate      Flows // since the fund began

	// Of the closing.
	ApprovedUnpaid decimal.Decimal // claims approved and not yet paid
	InReview       decimal.Decimal // claims in review, waiting for the partner or disputed
	Planned        decimal.Decimal // drafts
	Free           decimal.Decimal // the rest
}

// Balanced says that opening and movements give the closing.
func (m *FundMovement) Balanced() bool {
	return m.Opening.Add(m.Moved.Net()).Equal(m.Closing) && m.ToDate.Net().Equal(m.Closing)
}

// Since is how a balance stood in the last set, and what moved.
type Since struct {
	AsOf            Date
	CoOp            decimal.Decimal // USD, then
	Decision        Decision        // then
	CoOpMoved       decimal.Decimal // USD since then
	RebateMoved     decimal.Decimal // USD since then
	DecisionChanged bool            // other than by the passing of time
	RuleChanged     bool
}

// rollForward sets every fund against the last statement set.
func (c *calculation) rollForward(r *Result) {
	r.Last = c.Last
	before := map[fundKey]FundState{}
	if c.Last != nil {
		for _, f := range c.Last.Funds {
			before[fundKey{f.Participant, KeyOfProgram(f.Program), f.Period}] = f
		}
	}
	for _, b := range r.Balances() {
		key := fundKey{b.Statement.Participant, KeyOfProgram(b.Statement.Program), b.Period}
		was, known := before[key]
		delete(before, key)
		if known && was.Currency != b.FundCurrency {
			c.report(b.finding(Warning, FundCurrencyMoved, fmt.Sprintf(
				"the fund was kept in %s in the statement of %s and is kept in %s now, because of the currencies of its co-op earnings; its roll-forward begins anew",
				was.Currency, c.Last.AsOf, b.FundCurrency)))
			r.RollForward = append(r.RollForward, was.end())
			was.Flows = Flows{}
		}
		b.Movement = b.movement(was.Flows)
		r.RollForward = append(r.RollForward, b.Movement)
		if known {
			c.compare(b, was)
		}
	}
	for key, was := range before {
		if was.Net().IsZero() && was.CoOp.IsZero() && was.Rebate.IsZero() {
			continue
		}
		r.RollForward = append(r.RollForward, was.end())
		c.report(Finding{Severity: Warning, Code: FundGone, Participant: key.participant, Program: was.Program, Period: key.period, Message: fmt.Sprintf(
			"the statement of %s had %s USD of co-op here, and no earning is left of it; look up the restated earnings",
			c.Last.AsOf, was.CoOp.StringFixed(2))})
	}
	slices.SortFunc(r.RollForward, func(a, b *FundMovement) int {
		return cmp.Or(cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.Program, b.Program), a.Period.Compare(b.Period), cmp.Compare(a.Currency, b.Currency))
	})
}

// end takes back all that a fund held: it is gone, or goes on in another
// currency.
func (f FundState) end() *FundMovement {
	return &FundMovement{
		Participant: f.Participant, Program: f.Program, Period: f.Period, Currency: f.Currency,
		Opening: f.Net(), Moved: Flows{}.sub(f.Flows),
	}
}

// movement sets a fund's flows to date against those of the last set.
func (b *Balance) movement(before Flows) *FundMovement {
	m := &FundMovement{Participant: b.Statement.Participant, Program: b.Statement.Program, Period: b.Period, Currency: b.FundCurrency}
	taken := b.Claimed.Decimal
	for _, claim := range b.Claims {
		switch claim.State {
		case ClaimPaid:
			m.ToDate.ClaimsPaid = m.ToDate.ClaimsPaid.Add(claim.Taken)
		case ClaimApproved:
			m.ApprovedUnpaid = m.ApprovedUnpaid.Add(claim.Taken)
		case ClaimInReview, ClaimActionRequired, ClaimDisputed:
			m.InReview = m.InReview.Add(claim.Taken)
		case ClaimEditing, ClaimRejected, ClaimExpired:
		}
	}
	m.ToDate.Adjusted = Cents(b.exact.adjusted)
	m.ToDate.Transferred = b.Transferred
	m.ToDate.Earned = b.CoOpFund.Sub(m.ToDate.Adjusted).Sub(m.ToDate.Transferred)
	if b.Decision == AutoPayout {
		m.ToDate.PaidOut = decimal.Max(decimal.Zero, b.CoOpFund.Sub(taken))
	}
	m.ToDate.Forfeited = b.Forfeited.Decimal
	m.Opening = before.Net()
	m.Moved = m.ToDate.sub(before)
	m.Closing = m.ToDate.Net()
	m.Planned = b.Planned.Decimal
	m.Free = m.Closing.Sub(m.ApprovedUnpaid).Sub(m.InReview).Sub(m.Planned)
	return m
}

// compare tells how a balance moved since the last set. A period that ended
// since then was decided by the passing of time, which is no change of mind.
func (c *calculation) compare(b *Balance, was FundState) {
	s := &Since{
		AsOf: c.Last.AsOf, CoOp: was.CoOp, Decision: was.Decision,
		CoOpMoved: b.CoOp.Sub(was.CoOp), RebateMoved: b.Rebate.Sub(was.Rebate),
		RuleChanged: was.Rule != b.Rule.Name,
	}
	s.DecisionChanged = was.Decision != Accruing && b.Decision != was.Decision
	b.Since = s
	switch {
	case s.DecisionChanged:
		why := fmt.Sprintf("co-op moved by %s USD to %s USD", s.CoOpMoved.StringFixed(2), b.CoOp.StringFixed(2))
		if s.RuleChanged {
			why += fmt.Sprintf(", and the rule changed from %q to %q", was.Rule, b.Rule.Name)
		}
		c.report(b.finding(Error, DecisionChanged, fmt.Sprintf(
			"the statement of %s said %s, this one says %s: %s", c.Last.AsOf, was.Decision, b.Decision, why)))
	case was.Decision != Accruing && !s.CoOpMoved.IsZero():
		c.report(b.finding(Warning, BalanceChanged, fmt.Sprintf(
			"since the statement of %s, co-op of the closed period moved by %s USD to %s USD; it is still %s",
			c.Last.AsOf, s.CoOpMoved.StringFixed(2), b.CoOp.StringFixed(2), b.Decision)))
	}
}

// State gives what the next set needs to go on from a balance.
func (b *Balance) State() FundState {
	return FundState{
		Participant: b.Statement.Participant, Program: b.Statement.Program, Period: b.Period, Currency: b.FundCurrency,
		Decision: b.Decision, Rule: b.Rule.Name, Rebate: b.Rebate, CoOp: b.CoOp, Other: b.Other, Flows: b.Movement.ToDate,
	}
}

// ParseDecision reads the word that Decision.String gives.
func ParseDecision(s string) (Decision, error) {
	for _, d := range []Decision{Accruing, Negative, AutoPayout, ClaimRequired} {
		if d.String() == s {
			return d, nil
		}
	}
	return 0, fmt.Errorf("%q is no decision", s)
}
