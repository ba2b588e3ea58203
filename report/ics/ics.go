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
	"cspcoop/report/wording"

	ical "github.com/arran4/golang-ical"
)

// reminders are given in days before the last day to claim.
var reminders = []int{60, 30, 14, 7, 1}

// deadline is an entry: something to do by a day.
type deadline struct {
	uid, summary, description string
	day                       calc.Date
}

// Deadlines writes an all-day entry on the last day to claim of every open
// fund, and for every claim that waits for the partner before it: those that
// Microsoft asked about and drafts. Words are in the documents' language,
// identities are not.
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
		for _, days := range reminders {
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
	for _, b := range r.Balances() {
		if b.Window != calc.WindowOpen {
			continue
		}
		list = append(list, fund(b, r.AsOf, words))
		for _, c := range b.Claims {
			if step := words.ClaimStep(c); step != "" {
				list = append(list, claim(c, step, words))
			}
		}
	}
	slices.SortStableFunc(list, func(a, b deadline) int { return a.day.Compare(b.day) })
	return list
}

// fund words the last day of a fund. An entry is read on later days than the
// as-of date, so its summary counts no days.
func fund(b *calc.Balance, asOf calc.Date, words *wording.Words) deadline {
	action := words.Action(b)
	summary := words.T("%s: last day to claim", words.Partner(b.Statement))
	if b.AtRisk().IsPositive() {
		summary = words.T("%s: last day to claim %s", words.Partner(b.Statement), words.Amount(b.AtRisk(), b.FundCurrency))
	}
	return deadline{
		uid:     uid("fund", b.Statement, b.Period.String()),
		day:     b.ClaimDeadline,
		summary: summary,
		description: lines(
			words.T("As of %s: %s", words.Date(asOf), action.Headline),
			action.Detail,
			words.Place(b.Statement),
			words.T("Co-op earned %s", words.Period(b.Period)),
		),
	}
}

func claim(c *calc.Claim, step string, words *wording.Words) deadline {
	return deadline{
		uid:     uid("claim", c.Balance.Statement, c.ID),
		day:     c.Deadline,
		summary: words.T("%s: %s", words.Partner(c.Balance.Statement), step),
		description: lines(
			words.ClaimTitle(c),
			words.T("%s, %s", words.Amount(c.Amount, c.Currency), words.ClaimState(c)),
			words.Place(c.Balance.Statement),
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
func uid(kind string, s *calc.Statement, what string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{kind, s.Participant, string(calc.KeyOfProgram(s.Program)), what}, "\x00")))
	return hex.EncodeToString(sum[:16]) + "@cspcoop"
}
