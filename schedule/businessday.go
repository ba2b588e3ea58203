package schedule

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"cspcoop/calc"
)

// businessDay is the n-th day of each month that is neither a Saturday, a Sunday nor a holiday, at a time of day.
type businessDay struct {
	n        int
	at       time.Duration // since midnight on the wall clock
	holidays map[calc.Date]bool
	last     calc.Date // of the holidays; zero without any
}

// mostBusinessDays is how many business days the shortest month has, holidays aside.
const mostBusinessDays = 20

// cutBusinessDay returns what follows the word business-day.
func cutBusinessDay(expression string) ([]string, bool) {
	fields := strings.Fields(expression)
	if len(fields) == 0 || fields[0] != "business-day" {
		return nil, false
	}
	return fields[1:], true
}

func parseBusinessDay(fields []string, holidays []calc.Date) (when, error) {
	if len(fields) != 2 {
		return nil, errors.New(`write which one and when, such as "business-day 5 06:00"`)
	}
	n, err := strconv.Atoi(fields[0])
	if err != nil || n < 1 || n > mostBusinessDays {
		return nil, fmt.Errorf("%q is no business day of every month; use 1 to %d", fields[0], mostBusinessDays)
	}
	clock, err := time.Parse("15:04", fields[1])
	if err != nil {
		return nil, fmt.Errorf("%q is no time of day; write it as 06:00", fields[1])
	}
	b := &businessDay{n: n, at: clock.Sub(clock.Truncate(24 * time.Hour)), holidays: map[calc.Date]bool{}}
	for _, holiday := range holidays {
		b.holidays[holiday] = true
	}
	days := slices.SortedFunc(maps.Keys(b.holidays), calc.Date.Compare)
	for _, holiday := range days {
		if _, ok := b.in(holiday.Month()); !ok {
			return nil, fmt.Errorf("%s has no business day %d when its holidays are left out", holiday.Month(), n)
		}
		b.last = holiday
	}
	return b, nil
}

// Next implements [cron.Schedule] on the wall clock.
func (b *businessDay) Next(wall time.Time) time.Time {
	for month := calc.DateOf(wall).Month(); ; month = month.Add(1) {
		// Every month has the day: parseBusinessDay made sure.
		day, _ := b.in(month)
		if due := day.Time().Add(b.at); due.After(wall) {
			return due
		}
	}
}

// in returns the day in a month; false when the month has too few.
func (b *businessDay) in(month calc.Month) (calc.Date, bool) {
	count := 0
	for day := month.First(); !day.After(month.Last()); day = day.AddDays(1) {
		weekday := day.Time().Weekday()
		if weekday == time.Saturday || weekday == time.Sunday || b.holidays[day] {
			continue
		}
		if count++; count == b.n {
			return day, true
		}
	}
	return calc.Date{}, false
}

func (b *businessDay) remarks(next []time.Time) []string {
	if b.last.IsZero() || len(next) == 0 || next[len(next)-1].Year() <= b.last.Time().Year() {
		return nil
	}
	return []string{fmt.Sprintf("holidays are listed up to %s only; after that only weekends are left out", b.last.Text())}
}
