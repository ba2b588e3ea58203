package calc

import (
	"fmt"
	"time"
)

// YearDay is a day that every year has.
type YearDay struct {
	Month time.Month
	Day   int
}

// ParseYearDay reads a month and a day such as 02-16. 29 February is refused,
// because most years lack it.
func ParseYearDay(s string) (YearDay, error) {
	d, err := ParseDate("2001-" + s)
	if err != nil {
		return YearDay{}, fmt.Errorf("%q is no month and day such as \"02-16\"", s)
	}
	return YearDay{d.Month().Calendar(), d.Time().Day()}, nil
}

// In returns the day of a year.
func (d YearDay) In(year int) Date { return MustDate(year, d.Month, d.Day) }

// String returns the form 02-16.
func (d YearDay) String() string { return fmt.Sprintf("%02d-%02d", int(d.Month), d.Day) }

// HalfDays is a day of each calendar half-year, January to June and July to
// December; a zero YearDay is none.
type HalfDays [2]YearDay

// NewHalfDays sorts days into their half-years, of which each has one at most.
func NewHalfDays(days ...YearDay) (HalfDays, error) {
	var h HalfDays
	for _, d := range days {
		half := &h[(d.Month-1)/6]
		if half.Day != 0 {
			return h, fmt.Errorf("%s and %s are in the same half-year; name one day in January to June, and one in July to December", *half, d)
		}
		*half = d
	}
	return h, nil
}

// In returns the day in a half-year; no date when there is none.
func (h HalfDays) In(half EarningPeriod) Date {
	d := h[half.index%2]
	if d.Day == 0 {
		return Date{}
	}
	return d.In(half.FirstMonth().Year())
}

// Texts lists the days as 02-16.
func (h HalfDays) Texts() []string {
	var list []string
	for _, d := range h {
		if d.Day != 0 {
			list = append(list, d.String())
		}
	}
	return list
}

// ClaimCalendar says when the co-op of an earning period may be claimed.
type ClaimCalendar struct {
	Open      HalfDays // day in the usage period from which claims are taken; none: its first day
	GraceDays int      // from the usage period's last day to the last day to claim
	Documents HalfDays // day in the half-year of the last day to claim by which a returned claim's documents must be approved; none: not set
}

// Opens returns the first day on which claims for a period's co-op are taken.
func (c ClaimCalendar) Opens(p EarningPeriod) Date {
	if day := c.Open.In(p.Next()); !day.IsZero() {
		return day
	}
	return p.UsageStart()
}

// LastDay returns the last day to claim.
func (c ClaimCalendar) LastDay(p EarningPeriod) Date { return p.UsageEnd().AddDays(c.GraceDays) }

// Expire returns the day after the last day to claim.
func (c ClaimCalendar) Expire(p EarningPeriod) Date { return c.LastDay(p).AddDays(1) }

// DocumentsBy returns the day by which the documents of a claim that was sent
// back must be approved; no date when the calendar has none.
func (c ClaimCalendar) DocumentsBy(p EarningPeriod) Date {
	return c.Documents.In(PeriodOf(c.LastDay(p)))
}

// Check returns an error for a calendar in which claims close before they open,
// or documents have to be approved before the last day to claim.
func (c ClaimCalendar) Check() error {
	for _, p := range []EarningPeriod{NewMonth(2020, time.January).Period(), NewMonth(2020, time.July).Period()} {
		if by := c.DocumentsBy(p); !by.IsZero() && by.Before(c.LastDay(p)) {
			return fmt.Errorf("documents would have to be approved by %s, before the last day to claim, %s", by, c.LastDay(p))
		}
	}
	return nil
}
