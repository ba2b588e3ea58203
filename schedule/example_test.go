package schedule_test

import (
	"fmt"
	"time"

	"cspcoop/calc"
	"cspcoop/schedule"
)

// The fifth business day of each month, but for Saturdays, Sundays and the
// holidays of the configuration. The statements are as of the month before.
func ExamplePlan() {
	newYear := calc.MustDate(2021, time.January, 1)
	plan, err := schedule.NewPlan("business-day 5 06:00", time.UTC, []calc.Date{newYear}, schedule.MonthEnd)
	if err != nil {
		panic(err)
	}
	due := plan.Next(time.Date(2020, time.December, 31, 12, 0, 0, 0, time.UTC))
	fmt.Println(due.Format(time.DateTime), "as of", plan.DayOf(due))
	// Output: 2021-01-08 06:00:00 as of 2020-12-31
}
