package calc

import (
	"fmt"
	"time"
)

// Date is a calendar day without clock time or zone. The zero Date is no date.
// Dates are comparable with == and ordered by [Date.Before].
type Date struct {
	days int32 // days since 0000-12-31, so that 1 is 0001-01-01 and 0 is no date
}

const unixEpochDays = 719163 // 1970-01-01 in days since 0000-12-31

// NewDate returns the day, or an error when the calendar has no such day.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || t.Month() != month || t.Day() != day || year < 1 || year > 9999 {
		return Date{}, fmt.Errorf("the calendar has no %04d-%02d-%02d", year, int(month), day)
	}
	return DateOf(t), nil
}

// MustDate is NewDate for dates in the source; it panics on a day
// that does not exist.
func MustDate(year int, month time.Month, day int) Date {
	d, err := NewDate(year, month, day)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the day that t shows in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	utc := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return Date{int32(utc.Unix()/86400) + unixEpochDays}
}

// ParseDate reads an ISO 8601 calendar date, 2020-02-14.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || len(s) != len(time.DateOnly) {
		return Date{}, fmt.Errorf("%q is no date of the form 2020-02-14", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.days == 0 }

// Time returns 00:00 UTC of the day.
func (d Date) Time() time.Time {
	return time.Unix(int64(d.days-unixEpochDays)*86400, 0).UTC()
}

// Before reports whether d is an earlier day than e; no date is before every date.
func (d Date) Before(e Date) bool { return d.days < e.days }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.days > e.days }

// Earliest returns the earlier of two days, or the one that there is.
func Earliest(d, e Date) Date {
	if d.IsZero() || !e.IsZero() && e.Before(d) {
		return e
	}
	return d
}

// Latest returns the later of two days, or the one that there is.
func Latest(d, e Date) Date {
	if e.After(d) {
		return e
	}
	return d
}

// Compare orders days for slices.SortFunc.
func (d Date) Compare(e Date) int { return int(d.days) - int(e.days) }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return Date{d.days + int32(n)} }

// DaysUntil returns the number of days from d to e, negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.days) - int(d.days) }

// Month returns the calendar month that holds the day. It is asked for every
// earning, and counts in years that begin on 1 March, so that a leap day is a
// year's last one: five months from there have 153 days, wherever they start.
func (d Date) Month() Month {
	const fourCenturies, century, fourYears, year = 146097, 36524, 1461, 365
	day := d.days + 305 // since 0000-03-01
	era := day / fourCenturies
	day %= fourCenturies
	years := (day - day/(fourYears-1) + day/century - day/(fourCenturies-1)) / year
	day -= years*year + years/4 - years/100
	return Month{(era*400+years)*12 + (5*day+2)/153 + 2}
}

// String returns ISO 8601, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Text returns the day as English sentences and tables have it, 14 Feb 2020, and ""
// for no date.
func (d Date) Text() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

// MarshalText returns the ISO form, for JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; "" is no date.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if *d = (Date{}); len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}

// BusinessDaysUntil counts the weekdays after d up to and including e; a
// review that began on Friday is one business day old on Monday.
func (d Date) BusinessDaysUntil(e Date) int {
	n := 0
	for day := d.AddDays(1); !day.After(e); day = day.AddDays(1) {
		if day.isWeekday() {
			n++
		}
	}
	return n
}

// AddBusinessDays returns the n-th weekday after d.
func (d Date) AddBusinessDays(n int) Date {
	for n > 0 {
		if d = d.AddDays(1); d.isWeekday() {
			n--
		}
	}
	return d
}

func (d Date) isWeekday() bool {
	w := d.Time().Weekday()
	return w != time.Saturday && w != time.Sunday
}

// Month is a calendar month of a year. The zero Month is no month.
type Month struct {
	index int32 // year*12 + month-1
}

// Text returns the month as English sentences and tables have it, Mar 2020.
func (m Month) Text() string { return m.First().Time().Format("Jan 2006") }

// ParseMonth reads a month of the form 2022-11.
func ParseMonth(s string) (Month, error) {
	d, err := ParseDate(s + "-01")
	if err != nil {
		return Month{}, fmt.Errorf("%q is no month of the form 2022-11", s)
	}
	return d.Month(), nil
}

// NewMonth returns the month of the year.
func NewMonth(year int, month time.Month) Month {
	return Month{int32(year)*12 + int32(month) - 1}
}

// Year returns the calendar year.
func (m Month) Year() int { return int(m.index) / 12 }

// Calendar returns the month of the year.
func (m Month) Calendar() time.Month { return time.Month(m.index%12 + 1) }

// First returns the month's first day.
func (m Month) First() Date { return MustDate(m.Year(), m.Calendar(), 1) }

// Last returns the month's last day: what a cell that holds only a month means
// (cspcoop help rules, Files).
func (m Month) Last() Date { return m.Add(1).First().AddDays(-1) }

// Add returns the month n months later.
func (m Month) Add(n int) Month { return Month{m.index + int32(n)} }

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m.index == 0 }

// MonthsUntil returns the number of months from m to o, negative when o is earlier.
func (m Month) MonthsUntil(o Month) int { return int(o.index) - int(m.index) }

// Compare orders months for slices.SortFunc.
func (m Month) Compare(o Month) int { return int(m.index) - int(o.index) }

// Period returns the earning period that holds the month.
func (m Month) Period() EarningPeriod {
	return EarningPeriod{m.index / 6}
}

// String returns 2020-03, and "" for no month.
func (m Month) String() string {
	if m.index == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), int(m.Calendar()))
}

// MarshalText returns 2020-03, for JSON.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }
