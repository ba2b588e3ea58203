package calc_test

import (
	"testing"
	"time"

	"cspcoop/calc"
)

// Every day that a date can be is in the month that the calendar of the
// standard library says.
func TestMonthOfEveryDay(t *testing.T) {
	year, month := 1, time.January
	first := calc.MustDate(1, time.January, 1)
	for d := first; ; {
		next := time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC)
		days := next.AddDate(0, 0, -1).Day()
		for i := range days {
			if got := d.AddDays(i).Month(); got != calc.NewMonth(year, month) {
				t.Fatalf("%s is in %s", d.AddDays(i), got)
			}
		}
		if year == 9999 && month == time.December {
			return
		}
		d, year, month = d.AddDays(days), next.Year(), next.Month()
	}
}

func day(s string) calc.Date {
	d, err := calc.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
