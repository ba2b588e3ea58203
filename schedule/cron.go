package schedule

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// cronWhen is an expression of five fields: minute, hour, day of month, month, weekday.
type cronWhen struct{ *cron.SpecSchedule }

const cronForm = `write minute, hour, day of month, month and weekday, such as "0 6 5 * *" for the 5th at 06:00, or "business-day 5 06:00"`

// cronFields are the fields in their order.
var cronFields = []struct {
	option       cron.ParseOption
	name, values string
}{
	{cron.Minute, "minute", "0 to 59"}, {cron.Hour, "hour", "0 to 23"}, {cron.Dom, "day of month", "1 to 31"},
	{cron.Month, "month", "1 to 12 or jan to dec"}, {cron.Dow, "weekday", "0 to 6 or sun to sat"},
}

func parseCron(expression string) (when, error) {
	if err := refuseBeyondCron(expression); err != nil {
		return nil, err
	}
	fields := strings.Fields(expression)
	if len(fields) != len(cronFields) {
		return nil, fmt.Errorf("it takes %d fields, not %d; %s", len(cronFields), len(fields), cronForm)
	}
	for i, f := range cronFields {
		if _, err := cron.NewParser(f.option).Parse(fields[i]); err != nil { // in words of its own
			return nil, fmt.Errorf("%q is no %s: use %s, lists such as 1,15, ranges such as 1-5, steps such as */2, or *", fields[i], f.name, f.values)
		}
	}
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(expression)
	spec, ok := parsed.(*cron.SpecSchedule)
	if err != nil || !ok {
		return nil, fmt.Errorf("it cannot be read; %s", cronForm)
	}
	spec.Location = time.UTC // the wall clock's own
	leapYear := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	if spec.Next(leapYear.Add(-time.Second)).IsZero() {
		return nil, errors.New("it never fires: no month that it names has such a day")
	}
	return cronWhen{spec}, nil
}

// refuseBeyondCron refuses what the cron library reads besides five fields. Some of it makes it panic, and none of
// it names times on a wall clock of the configured zone.
func refuseBeyondCron(expression string) error {
	text := strings.TrimSpace(expression)
	switch {
	case strings.HasPrefix(text, "TZ="), strings.HasPrefix(text, "CRON_TZ="):
		return errors.New("the time zone is not part of it; set time_zone at the top of cspcoop.toml instead")
	case strings.HasPrefix(text, "@"):
		return fmt.Errorf("names such as @monthly and @every have no time of day in the configured zone; %s", cronForm)
	}
	return nil
}

// anyValue is the bit by which the cron library marks a field that was written as a star.
const anyValue = 1 << 63

func (c cronWhen) remarks([]time.Time) []string {
	var list []string
	anyDay, anyWeekday := c.Dom&anyValue != 0, c.Dow&anyValue != 0
	if !anyDay && !anyWeekday {
		list = append(list, "day of month and weekday are both given: it fires on days that match either of them")
	}
	if last := 63 - bits.LeadingZeros64(c.Dom&^anyValue); !anyDay && last > c.shortestMonth() {
		list = append(list, fmt.Sprintf("months without a day %d have no run on it", last))
	}
	return list
}

// shortestMonth returns the number of days of the shortest month that the expression names.
func (c cronWhen) shortestMonth() int {
	shortest := 31
	for month := time.January; month <= time.December; month++ {
		if c.Month&(1<<month) != 0 {
			shortest = min(shortest, time.Date(2021, month+1, 0, 0, 0, 0, 0, time.UTC).Day())
		}
	}
	return shortest
}
