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
// amounts are sums since the fund began, in Currency and rounded to cents. It and
// the states below are in run.json, in the order of their fields.
type FundState struct {
	Participant string          `json:"participant_id"`
	Program     string          `json:"program"` // current name
	Period      EarningPeriod   `json:"earning_period"`
	Currency    string          `json:"fund_currency"`
	Decision    Decision        `json:"decision"`
	Rule        string          `json:"rule"`       // name of the rule that decided
	Rebate      decimal.Decimal `json:"rebate_usd"` // USD, as the two below
	CoOp        decimal.Decimal `json:"coop_usd"`
	Other       decimal.Decimal `json:"other_usd"`
	Flows
}

// ClaimState is how a claim was in a statement set.
type ClaimState struct {
	ID          string          `json:"claim_id"`
	Participant string          `json:"participant_id"`
	Program     string          `json:"program"`        // current name
	Earned      EarningPeriod   `json:"earning_period"` // whose co-op it claims
	State       ClaimStatus     `json:"status"`
	Amount      decimal.Decimal `json:"amount"` // to be paid for it, in Currency
	Currency    string          `json:"currency"`
}

// HoldState is a hold that a statement set warned of.
type HoldState struct {
	Participant string `json:"participant_id"`
	Program     string `json:"program"`        // current name
	Held        string `json:"payment_status"` // payment status and reason
	Since       Date   `json:"held_since"`     // assumed start
	LastDay     Date   `json:"last_day"`       // last day on which it could be resolved
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
	Earned      decimal.Decimal `json:"earned"` // co-op earned, adjustments apart
	Adjusted    decimal.Decimal `json:"adjusted"`
	Transferred decimal.Decimal `json:"transferred"` // rollovers
	PaidOut     decimal.Decimal `json:"paid_out"`    // released for automatic payout, whether or not it arrived
	ClaimsPaid  decimal.Decimal `json:"claims_paid"`
	Forfeited   decimal.Decimal `json:"forfeited"`
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

// Sub subtracts flows one by one.
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
		Participant: b.Participant, Program: b.Program, Period: b.Period, Currency: b.FundCurrency,
		Decision: b.Decision, Rule: b.Rule.Name, Rebate: b.Rebate, CoOp: b.CoOp, Other: b.Other,
	}
	if b.Movement != nil {
		s.Flows = b.Movement.ToDate
	}
	return s
}

// MarshalText returns the decision's word, for JSON.
func (d Decision) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the decision's word.
func (d *Decision) UnmarshalText(text []byte) error {
	for *d = Accruing; *d <= ClaimRequired; *d++ {
		if d.String() == string(text) {
			return nil
		}
	}
	return fmt.Errorf("%q is no decision", text)
}
