// Package ics writes deadlines.ics: the last days to claim as calendar entries
// that a calendar recognises again in the next set, with reminders.
package ics

import (
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

// deadline is an entry: something to do by a day.
type deadline struct {
	uid, summary, description string
	day                       calc.Date
}

// Deadlines writes an all-day entry for everything on the list of things to do:
// the last day to claim of every open fund, and every claim that waits for the
// partner before it. The text is in the documents' language, identities are not;
// reminders come on the configured days of warning.
func Deadlines(w io.Writer, r *calc.Result, words *wording.Words) error {
	calendar := ical.NewCalendar()
	calendar.SetProductId("-//cspcoop//deadlines//EN")
	calendar.SetMethod(ical.MethodPublish)
	calendar.SetXWRCalName(words.T("Co-op claim deadlines"))
	for _, d := range deadlines(r, words) {
		event := calendar.AddEvent(d.uid)
		event.SetDtStampTime(r.AsOf.Time())
		event.SetAllDayStartAt(d.day.Time())
		event.SetAllDayEndAt(d.day.AddDays(1).Time())
		event.SetTimeTransparency(ical.TransparencyTransparent)
		event.SetSummary(d.summary)
		event.SetDescription(d.description)
		for _, days := range r.Policy.Claims.WarnDays {
			alarm := event.AddAlarm()
			alarm.SetAction(ical.ActionDisplay)
			alarm.SetTrigger(fmt.Sprintf("-P%dD", days))
			alarm.SetDescription(d.summary)
		}
	}
	text := calendar.Serialize(ical.WithNewLineWindows)
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("writing the calendar: %w", err)
	}
	return nil
}

// deadlines lists what is to be done, the nearest day first.
func deadlines(r *calc.Result, words *wording.Words) []deadline {
	var list []deadline
	for _, task := range lists.ToDo(r) {
		var d deadline
		switch {
		case task.Hold != nil:
			d = hold(task, words)
		case task.Claim == nil:
			d = fund(task.Balance, r.AsOf, words)
		default:
			d = claim(task, words)
		}
		d.day = task.Day
		list = append(list, d)
	}
	return list
}

// fund describes the last day of a fund. An entry is read on later days than the
// as-of date, so its summary counts no days.
func fund(b *calc.Balance, asOf calc.Date, words *wording.Words) deadline {
	action := words.Action(b)
	summary := words.T("%s: last day to claim", words.Partner(b.Statement))
	if b.AtRisk().IsPositive() {
		summary = words.T("%s: last day to claim %s", words.Partner(b.Statement), words.Amount(b.AtRisk(), b.FundCurrency))
	}
	return deadline{
		uid:     uid("fund", b.Statement.Participant, b.Statement.Program, b.Period.String()),
		summary: summary,
		description: lines(
			words.T("As of %s: %s", words.Date(asOf), action.Headline),
			action.Detail,
			words.Place(b.Statement),
			words.T("Co-op earned %s", words.Period(b.Period)),
		),
	}
}

func hold(task lists.Task, words *wording.Words) deadline {
	h, action := task.Hold, words.Task(task)
	return deadline{
		uid:         uid("hold", h.Statement.Participant, h.Statement.Program, h.State.Name+" "+h.Since.String()),
		summary:     words.T("%s: %s", words.Partner(h.Statement), action.Headline),
		description: lines(action.Detail, words.Place(h.Statement)),
	}
}

func claim(task lists.Task, words *wording.Words) deadline {
	c := task.Claim
	partner, place := wording.Visible(c.Participant), words.T("%s · partner location %s", wording.Visible(c.ProgramName), wording.Visible(c.Participant))
	if c.Balance != nil {
		partner, place = words.Partner(c.Balance.Statement), words.Place(c.Balance.Statement)
	}
	return deadline{
		uid:     uid("claim", c.Participant, c.ProgramName, c.ID),
		summary: words.T("%s: %s", partner, words.ClaimStep(c)),
		description: lines(
			words.ClaimTitle(c),
			words.T("%s, %s", words.Amount(c.Amount, c.Currency), words.ClaimState(c)),
			place,
			words.T("Co-op earned %s", words.Period(c.Earned)),
		),
	}
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
