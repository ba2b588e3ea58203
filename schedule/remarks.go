package schedule

import (
	"fmt"
	"strings"
	"time"
)

const shownTime = "Mon 2 Jan 2006 15:04 MST"

// Remarks says what may surprise whoever wrote the expression, and in its last line the next three times at which
// runs are due. There is nothing to say about a plain one.
func (p *Plan) Remarks(now time.Time) []string {
	next := p.upcoming(now, 3)
	list := append(p.when.remarks(next), p.clockChanges(now)...)
	if len(list) == 0 {
		return nil
	}
	var times []string
	for _, due := range next {
		times = append(times, due.Format(shownTime))
	}
	return append(list, "the next runs are due "+strings.Join(times, ", "))
}

// clockChanges returns remarks on the next runs, within a year, whose time of day the clocks skip or repeat.
func (p *Plan) clockChanges(now time.Time) []string {
	var list []string
	var skipped, repeated bool
	for _, change := now.In(p.zone).ZoneBounds(); !change.IsZero() && change.Before(now.AddDate(1, 0, 0)); _, change = change.ZoneBounds() {
		before := wallClock(change.Add(-time.Second)).Add(time.Second)
		after := wallClock(change)
		low, high := before, after
		if after.Before(before) {
			low, high = after, before
		}
		wall := p.when.Next(low.Add(-time.Second))
		if wall.IsZero() || !wall.Before(high) {
			continue
		}
		shown := wall.Format("2 Jan 2006 15:04")
		switch {
		case before.Before(after) && !skipped:
			skipped = true
			list = append(list, fmt.Sprintf("the clocks in %s skip %s: that run is due at %s", p.zone, shown, after.Format("15:04")))
		case after.Before(before) && !repeated:
			repeated = true
			list = append(list, fmt.Sprintf("the clocks in %s show %s twice: that run is due the first time", p.zone, shown))
		}
	}
	return list
}
