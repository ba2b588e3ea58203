package schedule

import (
	"fmt"
	"slices"
	"time"

	"cspcoop/calc"
)

// begin is the journal of a workspace that has none: the newest published set is the last run done, and without
// any the next due time is the first. Sets of days to come were made by hand and say nothing about what is done.
func begin(p *Plan, published []calc.Date, now time.Time) *journal {
	j := &journal{Since: now.UTC()}
	today := calc.DateOf(now.In(p.zone))
	published = slices.DeleteFunc(slices.Clone(published), func(day calc.Date) bool { return day.After(today) })
	if len(published) == 0 {
		return j
	}
	newest := slices.MaxFunc(published, calc.Date.Compare)
	j.Since = firstAt(newest.Time(), p.zone).UTC()
	for due := p.Next(j.Since); !due.IsZero() && !due.After(now) && !p.DayOf(due).After(newest); due = p.Next(due) {
		j.Since = due.UTC()
	}
	return j
}

// setBack is how far a clock may be put back without the journal being taken for one of the future.
const setBack = 24 * time.Hour

// enter adds the runs that have become due up to now, and says what it did about a clock that was wrong.
func (j *journal) enter(p *Plan, now time.Time) (note string) {
	if j.Since.After(now.Add(setBack)) {
		note = fmt.Sprintf("the clock was put back from %s: runs of days to come are struck from the journal", j.Since.Format(time.DateOnly))
		j.Runs = slices.DeleteFunc(j.Runs, func(r Run) bool { return r.Due.After(now) })
		j.Since = now.UTC()
	}
	for due := p.Next(j.Since); !due.IsZero() && !due.After(now); due = p.Next(due) {
		j.add(newRun(due, p.DayOf(due), false))
		j.Since = due.UTC()
	}
	return note
}

// Waits between attempts: once a minute at first, then twice as long each time.
const (
	firstPause   = time.Minute
	longestPause = time.Hour
)

// pauseOver reports whether it is time for another attempt after so many that failed, the last one at that time.
// Where the clock was put back, it is.
func pauseOver(failures int, last, now time.Time) bool {
	if failures == 0 || now.Before(last) {
		return true
	}
	pause := min(firstPause<<min(failures-1, 6), longestPause)
	return !now.Before(last.Add(pause))
}
