package schedule

import "time"

// wallClock returns what a clock in the zone of t shows, as a time in UTC.
func wallClock(t time.Time) time.Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return time.Date(year, month, day, hour, minute, second, t.Nanosecond(), time.UTC)
}

// firstAt returns the moment at which a clock in the zone first shows the wall time. Where clocks are put forward
// over it, that is the moment in which they are.
func firstAt(wall time.Time, zone *time.Location) time.Time {
	year, month, day := wall.Date()
	hour, minute, second := wall.Clock()
	t := time.Date(year, month, day, hour, minute, second, 0, zone)
	from, to := t.ZoneBounds()
	// Date does not promise which of the two offsets around a change it takes.
	switch shown := wallClock(t); {
	case shown.After(wall):
		return from
	case shown.Before(wall):
		return to
	}
	if from.IsZero() {
		return t
	}
	_, offset := from.Add(-time.Second).Zone()
	earlier := wall.Add(-time.Duration(offset) * time.Second)
	if earlier.Before(from) {
		return earlier.In(zone)
	}
	return t
}
