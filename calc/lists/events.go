package lists

import (
	"slices"

	"cspcoop/calc"
)

// Occasion is what a calendar entry is about.
type Occasion uint8

// The occasions.
const (
	LastDay     Occasion = iota // the last day to claim a fund
	ClaimsOpen                  // the first day on which it can be claimed
	SpendBy                     // the last day of its usage period
	DocumentsBy                 // the day by which documents of returned claims must be approved
	Waiting                     // a claim waits for the partner
	Held                        // the last day to resolve what holds payments
)

// Event is an entry of the calendar. An entry is the same one in the next set
// when occasion, participant, program, and period, claim or hold are.
type Event struct {
	Occasion
	Day       calc.Date
	Cancelled bool // the last set had it, and nothing is left to do

	Participant, Program string
	Period               calc.EarningPeriod
	ClaimID              string
	Hold                 calc.HoldState  // of Held
	Statement            *calc.Statement // nil when there is none
	Balance              *calc.Balance   // of LastDay, ClaimsOpen, SpendBy and DocumentsBy; nil when the fund is gone
	Task                 *Task           // of Waiting and Held, unless cancelled
}

// Events lists what a calendar shows, the nearest day first: what is to be done,
// the other days of each open fund, and what the last set announced that needs
// nothing more.
func Events(r *calc.Result) []Event {
	var list []Event
	announced := map[calc.FundKey]bool{}
	if r.Last != nil {
		for _, f := range r.Last.Funds {
			if f.Decision == calc.ClaimRequired {
				announced[calc.NewFundKey(f.Participant, f.Program, f.Period)] = true
			}
		}
	}
	for _, b := range Funds(r.Balances()) {
		list = append(list, daysOf(b, r.AsOf, announced[b.Key()])...)
		delete(announced, b.Key())
	}
	for _, task := range ToDo(r) {
		e := Event{Day: task.Day, Statement: task.Statement(), Period: task.Period(), Task: &task}
		e.Participant, e.Program = task.Owner()
		switch {
		case task.Hold != nil:
			e.Occasion, e.Hold = Held, task.Hold.StateOf()
		case task.Claim != nil:
			e.Occasion, e.ClaimID = Waiting, task.Claim.ID
		default:
			continue // with the fund's other days
		}
		list = append(list, e)
	}
	if r.Last != nil {
		list = append(list, gone(r, announced)...)
		list = append(list, settled(r, list)...)
	}
	slices.SortStableFunc(list, func(a, b Event) int { return a.Day.Compare(b.Day) })
	return list
}

// daysOf lists the days of a fund that are not over. Those of one that has
// nothing left to claim, or was announced and is not to be claimed any more, are
// cancelled.
func daysOf(b *calc.Balance, asOf calc.Date, announced bool) []Event {
	pending := slices.ContainsFunc(b.Claims, pending)
	left := b.AtRisk().IsPositive()
	claimable := b.Window.Claimable()
	var list []Event
	add := func(o Occasion, day calc.Date, due bool) {
		if day.IsZero() || day.Before(asOf) || !due && !announced {
			return
		}
		list = append(list, Event{Occasion: o, Day: day, Cancelled: !due, Participant: b.Statement.Participant, Program: b.Statement.Program,
			Period: b.Period, Statement: b.Statement, Balance: b})
	}
	add(ClaimsOpen, b.ClaimsOpen, claimable && left)
	add(SpendBy, b.Period.UsageEnd(), claimable && left)
	add(LastDay, b.ClaimDeadline, claimable && (left || pending || len(b.Claims) == 0))
	add(DocumentsBy, b.Rule.Claims.DocumentsBy(b.Period), claimable && left || pending && b.Decision == calc.ClaimRequired)
	return list
}

// pending reports whether a claim may still come back, so that its money has to
// be claimed again.
func pending(c *calc.Claim) bool {
	switch c.State {
	case calc.ClaimEditing, calc.ClaimInReview, calc.ClaimActionRequired, calc.ClaimDisputed:
		return true
	case calc.ClaimApproved, calc.ClaimPaid, calc.ClaimRejected, calc.ClaimExpired:
	}
	return false
}

// gone cancels the days of funds that the last set announced and that have no
// earnings any more.
func gone(r *calc.Result, announced map[calc.FundKey]bool) []Event {
	var list []Event
	for _, f := range r.Last.Funds {
		key := calc.NewFundKey(f.Participant, f.Program, f.Period)
		if !announced[key] {
			continue
		}
		calendar := r.Policy.Rules.ForDecision(key.Program, f.Period).Claims
		for o, day := range []calc.Date{LastDay: calendar.LastDay(f.Period), ClaimsOpen: calendar.Opens(f.Period), SpendBy: f.Period.UsageEnd(), DocumentsBy: calendar.DocumentsBy(f.Period)} {
			if !day.IsZero() && !day.Before(r.AsOf) {
				list = append(list, Event{Occasion: Occasion(o), Day: day, Cancelled: true, Participant: f.Participant, Program: f.Program, Period: f.Period})
			}
		}
	}
	return list
}

// settled cancels the entries of claims that waited in the last set and do not any
// more, and of holds that it warned of and that are over: paid, held for another reason
// or since another day, or lapsed.
func settled(r *calc.Result, live []Event) []Event {
	known := map[eventKey]bool{}
	for _, e := range live {
		known[e.key()] = true
	}
	var list []Event
	cancel := func(e Event) {
		if !known[e.key()] {
			e.Cancelled, e.Statement = true, statementOf(r, e.Participant, e.Program)
			list = append(list, e)
		}
	}
	for _, last := range r.Last.Claims {
		switch last.State {
		case calc.ClaimEditing, calc.ClaimActionRequired, calc.ClaimRejected:
			day := r.Policy.Rules.ForDecision(calc.KeyOfProgram(last.Program), last.Earned).Claims.LastDay(last.Earned)
			if !day.Before(r.AsOf) {
				cancel(Event{Occasion: Waiting, Day: day, Participant: last.Participant, Program: last.Program, Period: last.Earned, ClaimID: last.ID})
			}
		case calc.ClaimInReview, calc.ClaimDisputed, calc.ClaimApproved, calc.ClaimPaid, calc.ClaimExpired:
		}
	}
	for _, last := range r.Last.Holds {
		cancel(Event{Occasion: Held, Day: last.LastDay, Participant: last.Participant, Program: last.Program, Hold: last})
	}
	return list
}

// eventKey is what makes an entry for a claim or a hold the same as another.
type eventKey struct {
	Occasion
	calc.StatementKey
	claim, held string
	since       calc.Date
}

func (e *Event) key() eventKey {
	return eventKey{e.Occasion, calc.NewStatementKey(e.Participant, e.Program), e.ClaimID, e.Hold.Held, e.Hold.Since}
}

// statementOf returns a participant's statement of a program; nil when there is
// none.
func statementOf(r *calc.Result, participant, program string) *calc.Statement {
	key := calc.KeyOfProgram(program)
	for _, s := range r.Statements {
		if s.Participant == participant && calc.KeyOfProgram(s.Program) == key {
			return s
		}
	}
	return nil
}
