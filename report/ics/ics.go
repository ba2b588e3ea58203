// Package ics writes deadlines.ics: the days of funds, claims and holds as
// calendar entries that a calendar recognizes again in the next set, with
// reminders.
package ics

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/wording"

	ical "github.com/arran4/golang-ical"
)

// entry is what the calendar says of an event.
type entry struct {
	uid, summary, description string
	reminders                 []int // days before
}

// Deadlines writes an all-day entry for everything on the list of things to do,
// and for the other days of each open fund: spend by, claims open, documents
// approved by. What an earlier set announced and needs nothing more is cancelled.
// The text is in the documents' language, identities are not; reminders come on
// the configured days of warning.
func Deadlines(w io.Writer, r *calc.Result, words *wording.Words) error {
	calendar := ical.NewCalendar()
	calendar.SetProductId("-//cspcoop//deadlines//EN")
	calendar.SetMethod(ical.MethodPublish)
	calendar.SetXWRCalName(words.T("Co-op claim deadlines"))
	calendar.Components = append(calendar.Components, &events{result: r, words: words})
	out := bufio.NewWriter(w) // which keeps the errors that the calendar ignores
	err := calendar.SerializeTo(out, ical.WithNewLineWindows)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("writing the calendar: %w", err)
	}
	return nil
}

// events are the entries of a calendar. Each is made when it is written, since those of
// very many partners take much memory.
type events struct {
	ical.ComponentBase
	result *calc.Result
	words  *wording.Words
}

// SerializeTo writes the entries.
func (e *events) SerializeTo(w io.Writer, form *ical.SerializationConfiguration) error {
	for _, event := range lists.Events(e.result) {
		if err := entryOf(event, e.result, e.words).SerializeTo(w, form); err != nil {
			return err
		}
	}
	return nil
}

func entryOf(e lists.Event, r *calc.Result, words *wording.Words) *ical.VEvent {
	d := describe(e, r, words)
	event := ical.NewEvent(d.uid)
	event.SetDtStampTime(r.AsOf.Time())
	event.SetAllDayStartAt(e.Day.Time())
	event.SetAllDayEndAt(e.Day.AddDays(1).Time())
	event.SetTimeTransparency(ical.TransparencyTransparent)
	event.SetSequence(sequence(r.AsOf))
	event.SetSummary(d.summary)
	event.SetDescription(d.description)
	if e.Cancelled {
		event.SetStatus(ical.ObjectStatusCancelled)
		return event
	}
	for _, days := range d.reminders {
		alarm := event.AddAlarm()
		alarm.SetAction(ical.ActionDisplay)
		alarm.SetTrigger(fmt.Sprintf("-P%dD", days))
		alarm.SetDescription(d.summary)
	}
	return event
}

// sequence numbers the versions of an entry, so that a calendar takes that of a
// later set.
func sequence(asOf calc.Date) int {
	day := asOf.Time()
	return day.Year()*10000 + int(day.Month())*100 + day.Day()
}

// kinds name occasions in identities, which stay the same for ever.
var kinds = [...]string{lists.LastDay: "fund", lists.ClaimsOpen: "open", lists.SpendBy: "spend", lists.DocumentsBy: "documents", lists.Waiting: "claim", lists.Held: "hold"}

// describe says what an event is about.
func describe(e lists.Event, r *calc.Result, words *wording.Words) entry {
	what := e.Period.String()
	switch e.Occasion {
	case lists.Waiting:
		what = e.ClaimID
	case lists.Held:
		what = e.Hold.Held + " " + e.Hold.Since.String()
	case lists.LastDay, lists.ClaimsOpen, lists.SpendBy, lists.DocumentsBy:
	}
	d := entry{uid: uid(kinds[e.Occasion], e.Participant, e.Program, what), reminders: r.Policy.Claims.WarnDays}
	partner, place := wording.Visible(e.Participant), words.T("%s · participant %s", wording.Visible(e.Program), wording.Visible(e.Participant))
	if e.Statement != nil {
		partner, place = words.Partner(e.Statement), words.Place(e.Statement)
	}
	earned := func() string { return words.T("Co-op earned %s", words.Period(e.Period)) }
	switch {
	case e.Occasion == lists.Held && e.Cancelled:
		d.summary = words.T("%s: nothing left to do about the hold (%s)", partner, wording.Visible(e.Hold.Held))
		if e.Day.Before(r.AsOf) {
			d.summary = words.T("%s: the hold (%s) was not resolved by its last day, or is over", partner, wording.Visible(e.Hold.Held))
		}
		d.description = place
	case e.Occasion == lists.Held:
		action := words.Task(*e.Task)
		d.summary = words.T("%s: %s", partner, action.Headline)
		d.description = lines(action.Detail, place)
	case e.Cancelled && e.Occasion == lists.Waiting:
		d.summary = words.T("%s: nothing left to do for claim %s", partner, wording.Visible(e.ClaimID))
		d.description = lines(place, earned())
	case e.Cancelled:
		d.summary = words.T("%s: nothing left to claim", partner)
		d.description = lines(place, earned())
	case e.Occasion == lists.Waiting:
		c := e.Task.Claim
		d.summary = words.T("%s: %s", partner, words.ClaimStep(c))
		d.description = lines(words.ClaimTitle(c), words.T("%s, %s", words.Amount(c.Amount, c.Currency), words.ClaimState(c)), place, earned())
	default:
		d.summary = fundSummary(e, partner, words)
		if warn := d.reminders; e.Occasion == lists.ClaimsOpen && len(warn) > 0 {
			d.reminders = []int{slices.Min(warn)}
		}
		action := words.Action(e.Balance)
		d.description = lines(words.T("As of %s: %s", words.Date(r.AsOf), action.Headline), action.Detail, place, earned())
	}
	return d
}

// fundSummary words a day of a fund. An entry is read on later days than the
// as-of date, so it counts no days.
func fundSummary(e lists.Event, partner string, words *wording.Words) string {
	b := e.Balance
	amount := words.Amount(b.AtRisk(), b.FundCurrency)
	switch e.Occasion {
	case lists.ClaimsOpen:
		return words.T("%s: claims open for %s", partner, amount)
	case lists.SpendBy:
		return words.T("%s: spend by %s: %s", partner, words.Weekday(e.Day), amount)
	case lists.DocumentsBy:
		return words.T("%s: returned claims: documents approved by %s", partner, words.Weekday(e.Day))
	case lists.LastDay, lists.Waiting, lists.Held:
	}
	if b.AtRisk().IsPositive() {
		return words.T("%s: last day to claim %s", partner, amount)
	}
	return words.T("%s: last day to claim", partner)
}

// lines joins the lines that say something.
func lines(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), "\n")
}

// uid names an entry by what it is about, so that the next set's entry replaces
// this one. Programs that were renamed keep their identity.
func uid(kind, participant, program, what string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{kind, participant, string(calc.KeyOfProgram(program)), what}, "\x00")))
	return hex.EncodeToString(sum[:16]) + "@cspcoop"
}
