// Package schedule knows when a run is due and sees to it that each is done once: cron expressions and business
// days in a time zone, a durable journal of what is due, running, done or failed, and the service that catches up
// after an absence. It knows nothing of money and of files to import: it is given that work (see [Work]).
package schedule

import (
	"fmt"
	"time"

	"cspcoop/calc"

	"github.com/robfig/cron/v3"
)

// AsOf is the day as of which a run calculates.
type AsOf uint8

const (
	// DueDate is the day on which the run is due.
	DueDate AsOf = iota
	// MonthEnd is the last day of the month before that day.
	MonthEnd
)

// UnmarshalText reads due-date or month-end.
func (a *AsOf) UnmarshalText(text []byte) error {
	switch string(text) {
	case "due-date":
		*a = DueDate
	case "month-end":
		*a = MonthEnd
	default:
		return fmt.Errorf(`%q is no way to choose the as-of date; use "due-date" or "month-end"`, text)
	}
	return nil
}

// A Plan says when runs are due. Its expression is read on the wall clock of its zone, and every time it names is
// due exactly once: a time that the clocks skip in spring is due when they have jumped, a time that comes twice in
// autumn is due when it first comes.
type Plan struct {
	zone *time.Location
	asOf AsOf
	when when
}

// when is a way to say when runs are due: a schedule on the wall clock, as though the zone were UTC, which knows no
// skipped and no repeated hours.
type when interface {
	cron.Schedule
	// remarks says what may surprise whoever wrote it, given the times that are due next.
	remarks(next []time.Time) []string
}

// NewPlan reads a cron expression of five fields ("0 6 5 * *") or a business day ("business-day 5 06:00"),
// which leaves out weekends and the holidays. An expression that never fires is an error.
func NewPlan(expression string, zone *time.Location, holidays []calc.Date, asOf AsOf) (*Plan, error) {
	p := &Plan{zone: zone, asOf: asOf}
	var err error
	if rest, ok := cutBusinessDay(expression); ok {
		p.when, err = parseBusinessDay(rest, holidays)
	} else {
		p.when, err = parseCron(expression)
	}
	if err != nil {
		return nil, fmt.Errorf("when = %q: %w", expression, err)
	}
	return p, nil
}

// Next returns the first time after t at which a run is due, in the plan's zone. It is the zero time when there is
// none within five years.
func (p *Plan) Next(t time.Time) time.Time {
	// Due times rise with the wall clock's, and no wall time up to that of t is due after t: the search can begin
	// there.
	wall := wallClock(t.In(p.zone))
	for {
		wall = p.when.Next(wall)
		if wall.IsZero() {
			return time.Time{}
		}
		if due := firstAt(wall, p.zone); due.After(t) {
			return due
		}
	}
}

// upcoming returns the next n times at which runs are due.
func (p *Plan) upcoming(t time.Time, n int) []time.Time {
	var list []time.Time
	for len(list) < n {
		if t = p.Next(t); t.IsZero() {
			break
		}
		list = append(list, t)
	}
	return list
}

// DayOf returns the as-of date of a run that is due then.
func (p *Plan) DayOf(due time.Time) calc.Date {
	day := calc.DateOf(due.In(p.zone))
	if p.asOf == MonthEnd {
		return day.Month().Add(-1).Last()
	}
	return day
}
