package calc

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// LastSet is the statement set that a result is compared with: the newest
// earlier sealed one or, where none is sealed, the newest earlier one.
type LastSet struct {
	AsOf   Date
	SHA256 string // of its run.json
	Sealed bool
	// SealedBy and SealedOn say who sealed it and on which day in UTC.
	SealedBy string
	SealedOn Date
	Funds    []FundState
	Booked   []Booking // what the books hold after its journal
	Claims   []ClaimState
	Holds    []HoldState // that it warned of
	Sources  []string    // SHA-256 of every file that it had
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

// ClaimState is how a claim was in a statement set.
type ClaimState struct {
	ID          string
	Participant string
	Program     string        // current name
	Earned      EarningPeriod // whose co-op it claims
	State       ClaimStatus
	Amount      decimal.Decimal // to be paid for it, in Currency
	Currency    string
}

// HoldState is a hold that a statement set warned of.
type HoldState struct {
	Participant string
	Program     string // current name
	Held        string // payment status and reason
	Since       Date   // assumed start
	LastDay     Date   // last day on which it could be resolved
}

// StateOf returns what the next set needs to know of a hold.
func (h *Hold) StateOf() HoldState {
	return HoldState{h.Statement.Participant, h.Statement.Program, h.State.String(), h.Since, h.LastDay}
}

// StateOf returns what the next set needs to know of a claim.
func (c *Claim) StateOf() ClaimState {
	return ClaimState{c.ID, c.Participant, c.ProgramName, c.Earned, c.State, c.Worth(), c.Currency}
}

// Flows are what came into a fund and left it, each with the sign of its name:
// what was paid out is positive.
type Flows struct {
	Earned      decimal.Decimal // co-op earned, adjustments apart
	Adjusted    decimal.Decimal
	Transferred decimal.Decimal // rollovers
	PaidOut     decimal.Decimal // released for automatic payout, whether or not it arrived
	ClaimsPaid  decimal.Decimal
	Forfeited   decimal.Decimal
}

// Net returns what the flows leave.
func (f Flows) Net() decimal.Decimal {
	return f.Earned.Add(f.Adjusted).Add(f.Transferred).Sub(f.PaidOut).Sub(f.ClaimsPaid).Sub(f.Forfeited)
}

// Add sums flows one by one.
func (f Flows) Add(g Flows) Flows {
	return Flows{
		f.Earned.Add(g.Earned), f.Adjusted.Add(g.Adjusted), f.Transferred.Add(g.Transferred),
		f.PaidOut.Add(g.PaidOut), f.ClaimsPaid.Add(g.ClaimsPaid), f.Forfeited.Add(g.Forfeited),
	}
}

func (f Flows) Sub(g Flows) Flows {
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

// Balanced reports whether opening and movements give the closing.
func (m *FundMovement) Balanced() bool {
	return m.Opening.Add(m.Moved.Net()).Equal(m.Closing) && m.ToDate.Net().Equal(m.Closing)
}

// Since is how a balance was in the last set, and what moved.
type Since struct {
	AsOf            Date
	CoOp            decimal.Decimal // USD, then
	State           State           // then, with the window as of then
	CoOpMoved       decimal.Decimal // USD since then
	RebateMoved     decimal.Decimal // USD since then
	DecisionChanged bool            // other than by the passing of time
	RuleChanged     bool
}

// State returns what the next set needs to go on from a balance.
func (b *Balance) State() FundState {
	s := FundState{
		Participant: b.Statement.Participant, Program: b.Statement.Program, Period: b.Period, Currency: b.FundCurrency,
		Decision: b.Decision, Rule: b.Rule.Name, Rebate: b.Rebate, CoOp: b.CoOp, Other: b.Other,
	}
	if b.Movement != nil {
		s.Flows = b.Movement.ToDate
	}
	return s
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
