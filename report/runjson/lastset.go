package runjson

import (
	"encoding/json"
	"fmt"
	"io"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// fund is a fund's state in run.json: sums since it began, in Currency unless
// they end in _usd. The next set goes on from it.
type fund struct {
	Participant string          `json:"participant_id"`
	Program     string          `json:"program"`
	Period      string          `json:"earning_period"`
	Currency    string          `json:"fund_currency"`
	Decision    string          `json:"decision"`
	Rule        string          `json:"rule"`
	RebateUSD   decimal.Decimal `json:"rebate_usd"`
	CoOpUSD     decimal.Decimal `json:"coop_usd"`
	OtherUSD    decimal.Decimal `json:"other_usd"`
	Earned      decimal.Decimal `json:"earned"`
	Adjusted    decimal.Decimal `json:"adjusted"`
	Transferred decimal.Decimal `json:"transferred"`
	PaidOut     decimal.Decimal `json:"paid_out"`
	ClaimsPaid  decimal.Decimal `json:"claims_paid"`
	Forfeited   decimal.Decimal `json:"forfeited"`
}

func fundOf(s calc.FundState) fund {
	return fund{
		s.Participant, s.Program, s.Period.String(), s.Currency, s.Decision.String(), s.Rule, s.Rebate, s.CoOp, s.Other,
		s.Earned, s.Adjusted, s.Transferred, s.PaidOut, s.ClaimsPaid, s.Forfeited,
	}
}

func (f fund) state() (calc.FundState, error) {
	period, err := calc.ParsePeriod(f.Period)
	if err != nil {
		return calc.FundState{}, err
	}
	decision, err := calc.ParseDecision(f.Decision)
	return calc.FundState{
		Participant: f.Participant, Program: f.Program, Period: period, Currency: f.Currency, Decision: decision, Rule: f.Rule,
		Rebate: f.RebateUSD, CoOp: f.CoOpUSD, Other: f.OtherUSD,
		Flows: calc.Flows{Earned: f.Earned, Adjusted: f.Adjusted, Transferred: f.Transferred, PaidOut: f.PaidOut, ClaimsPaid: f.ClaimsPaid, Forfeited: f.Forfeited},
	}, err
}

// booking is what the books hold of one event of a fund once this set's journal
// is posted. The next journal goes on from it.
type booking struct {
	Participant string          `json:"participant_id"`
	Program     string          `json:"program"`
	Period      string          `json:"earning_period"`
	Event       string          `json:"event"`
	Debit       string          `json:"debit_account"`
	Credit      string          `json:"credit_account"`
	Currency    string          `json:"currency"`
	Amount      decimal.Decimal `json:"amount"`
	USD         decimal.Decimal `json:"amount_usd"`
}

func bookingOf(b calc.Booking) booking {
	return booking{b.Participant, b.Program, b.Period.String(), b.Event.String(), b.Debit, b.Credit, b.Currency, b.Amount, b.USD}
}

func (b booking) read() (calc.Booking, error) {
	period, err := calc.ParsePeriod(b.Period)
	if err != nil {
		return calc.Booking{}, err
	}
	event, err := calc.ParseJournalEvent(b.Event)
	return calc.Booking{
		Participant: b.Participant, Program: b.Program, Period: period, Event: event,
		Debit: b.Debit, Credit: b.Credit, Currency: b.Currency, Amount: b.Amount, USD: b.USD,
	}, err
}

// claim is a claim's state in run.json. The next set compares its register with
// it.
type claim struct {
	ID          string          `json:"claim_id"`
	Participant string          `json:"participant_id"`
	Program     string          `json:"program"`
	Period      string          `json:"earning_period"`
	Status      string          `json:"status"`
	Amount      decimal.Decimal `json:"amount"`
	Currency    string          `json:"currency"`
}

func claimOf(c calc.ClaimState) claim {
	return claim{c.ID, c.Participant, c.Program, c.Earned.String(), c.State.String(), c.Amount, c.Currency}
}

func (c claim) state() (calc.ClaimState, error) {
	period, err := calc.ParsePeriod(c.Period)
	if err != nil {
		return calc.ClaimState{}, err
	}
	status, known := calc.ParseClaimStatus(c.Status)
	if !known {
		return calc.ClaimState{}, fmt.Errorf("%q is no status of a claim", c.Status)
	}
	return calc.ClaimState{ID: c.ID, Participant: c.Participant, Program: c.Program, Earned: period, State: status, Amount: c.Amount, Currency: c.Currency}, nil
}

// hold is a payment's hold that a set warned of. The next set says when nothing is
// left to do about it.
type hold struct {
	Participant string `json:"participant_id"`
	Program     string `json:"program"`
	Status      string `json:"payment_status"`
	Since       string `json:"held_since"`
	LastDay     string `json:"last_day"`
}

func holdOf(s calc.HoldState) hold {
	return hold{s.Participant, s.Program, s.Held, s.Since.String(), s.LastDay.String()}
}

func (h hold) state() (calc.HoldState, error) {
	since, err := calc.ParseDate(h.Since)
	if err != nil {
		return calc.HoldState{}, err
	}
	last, err := calc.ParseDate(h.LastDay)
	return calc.HoldState{Participant: h.Participant, Program: h.Program, Held: h.Status, Since: since, LastDay: last}, err
}

// ReadLast reads the run.json of an earlier set, for what the next set says
// since then.
func ReadLast(r io.Reader) (*calc.LastSet, error) {
	var file struct {
		AsOf    string    `json:"as_of"`
		Sources []source  `json:"sources"`
		Funds   []fund    `json:"funds"`
		Booked  []booking `json:"booked"`
		Claims  []claim   `json:"claims"`
		Holds   []hold    `json:"holds"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("reading run.json: %w", err)
	}
	day, err := calc.ParseDate(file.AsOf)
	if err != nil {
		return nil, fmt.Errorf("reading run.json: as_of: %w", err)
	}
	last := &calc.LastSet{AsOf: day}
	for _, f := range file.Funds {
		state, err := f.state()
		if err != nil {
			return nil, fmt.Errorf("reading run.json: fund of %s: %w", f.Participant, err)
		}
		last.Funds = append(last.Funds, state)
	}
	for _, b := range file.Booked {
		booked, err := b.read()
		if err != nil {
			return nil, fmt.Errorf("reading run.json: booking for %s: %w", b.Participant, err)
		}
		last.Booked = append(last.Booked, booked)
	}
	for _, c := range file.Claims {
		state, err := c.state()
		if err != nil {
			return nil, fmt.Errorf("reading run.json: claim %s: %w", c.ID, err)
		}
		last.Claims = append(last.Claims, state)
	}
	for _, h := range file.Holds {
		state, err := h.state()
		if err != nil {
			return nil, fmt.Errorf("reading run.json: hold of %s: %w", h.Participant, err)
		}
		last.Holds = append(last.Holds, state)
	}
	for _, s := range file.Sources {
		last.Sources = append(last.Sources, s.SHA256)
	}
	return last, nil
}
