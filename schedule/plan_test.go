package schedule

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	location, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return location
}

func plan(t testing.TB, expression, zoneName string, holidays ...string) *Plan {
	t.Helper()
	p, err := NewPlan(expression, zone(t, zoneName), days(t, holidays...), DueDate)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func days(t testing.TB, texts ...string) []calc.Date {
	t.Helper()
	list := make([]calc.Date, len(texts))
	for i, text := range texts {
		if err := list[i].UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func moment(t testing.TB, text string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestNext(t *testing.T) {
	tests := []struct {
		name, when, zone, after string
		want                    []string
	}{
		{"the 5th, winter and summer", "0 6 5 * *", "Europe/Berlin", "2020-02-05T05:00:00Z",
			[]string{"2020-03-05T06:00:00+01:00", "2020-04-05T06:00:00+02:00"}},
		{"day 31 passes over short months", "0 6 31 * *", "UTC", "2020-01-31T06:00:00Z",
			[]string{"2020-03-31T06:00:00Z", "2020-05-31T06:00:00Z"}},
		{"29 February", "0 6 29 2 *", "UTC", "2020-02-29T06:00:00Z", []string{"2024-02-29T06:00:00Z"}},
		{"day of month or weekday", "0 6 13 * fri", "UTC", "2020-03-10T00:00:00Z",
			[]string{"2020-03-13T06:00:00Z", "2020-03-20T06:00:00Z"}},
		{"in the hour that Berlin skips", "30 2 * * *", "Europe/Berlin", "2020-03-28T12:00:00Z",
			[]string{"2020-03-29T03:00:00+02:00", "2020-03-30T02:30:00+02:00"}},
		{"in the hour that Berlin repeats", "30 2 * * *", "Europe/Berlin", "2020-10-24T12:00:00Z",
			[]string{"2020-10-25T02:30:00+02:00", "2020-10-26T02:30:00+01:00"}},
		{"asked for in the repeated hour", "30 2 * * *", "Europe/Berlin", "2020-10-25T01:10:00Z",
			[]string{"2020-10-26T02:30:00+01:00"}},
		{"every quarter over a skipped hour", "*/15 * * * *", "America/New_York", "2020-03-08T06:45:00Z",
			[]string{"2020-03-08T03:00:00-04:00", "2020-03-08T03:15:00-04:00"}},
		{"every quarter over a repeated hour", "*/15 * * * *", "America/New_York", "2020-11-01T05:30:00Z",
			[]string{"2020-11-01T01:45:00-04:00", "2020-11-01T02:00:00-05:00"}},
		{"midnight that Santiago skips", "0 0 6 9 *", "America/Santiago", "2020-09-01T00:00:00Z",
			[]string{"2020-09-06T01:00:00-03:00"}},
		{"half an hour that Lord Howe skips", "10 2 * * *", "Australia/Lord_Howe", "2020-10-03T12:00:00Z",
			[]string{"2020-10-04T02:30:00+11:00"}},
		{"a day that Apia skips", "0 6 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z",
			[]string{"2011-12-31T00:00:00+14:00"}},
		{"5th business day", "business-day 5 06:00", "UTC", "2020-01-31T00:00:00Z",
			[]string{"2020-02-07T06:00:00Z", "2020-03-06T06:00:00Z"}},
		{"1st business day after a weekend", "business-day 1 23:59", "UTC", "2020-07-31T00:00:00Z",
			[]string{"2020-08-03T23:59:00Z", "2020-09-01T23:59:00Z"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at := moment(t, test.after)
			p := plan(t, test.when, test.zone)
			for _, want := range test.want {
				if at = p.Next(at); at.Format(time.RFC3339) != want {
					t.Fatalf("due %s, want %s", at.Format(time.RFC3339), want)
				}
			}
		})
	}
}

func TestHolidaysMoveTheBusinessDay(t *testing.T) {
	p := plan(t, "business-day 5 06:00", "Europe/Berlin", "2021-01-01", "2021-01-06", "2021-01-06")
	if due := p.Next(moment(t, "2020-12-31T00:00:00Z")); due.Format(time.DateOnly) != "2021-01-11" {
		t.Errorf("due %s, want 2021-01-11: the 1st and the 6th are holidays", due)
	}
}

// Whatever the clocks do, a run of every day is due once on each day, at its time, or at the change that skipped it.
func TestEachDayOfTenYearsHasItsRun(t *testing.T) {
	zones := []string{"UTC", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe",
		"Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Kathmandu", "Europe/Dublin"}
	for _, name := range zones {
		for _, clock := range []string{"00:00", "01:30", "02:00", "02:30", "06:00", "23:30"} {
			t.Run(name+" "+clock, func(t *testing.T) {
				t.Parallel()
				hour, minute, _ := strings.Cut(clock, ":")
				p := plan(t, strings.TrimPrefix(minute, "0")+" "+hour+" * * *", name)
				if minute == "00" {
					p = plan(t, "0 "+hour+" * * *", name)
				}
				at := firstAt(time.Date(2019, 12, 31, 23, 59, 0, 0, time.UTC), p.zone)
				for day := calc.MustDate(2020, 1, 1); day.Before(calc.MustDate(2030, 1, 1)); day = day.AddDays(1) {
					at = p.Next(at)
					if calc.DateOf(at) != day {
						t.Fatalf("on %s the run is due %s", day, at)
					}
					checkTimeOfDay(t, at, clock)
				}
			})
		}
	}
}

// checkTimeOfDay compares with what a clock on the wall shows, minute by minute.
func checkTimeOfDay(t *testing.T, due time.Time, clock string) {
	t.Helper()
	shows := func(at time.Time) bool { return at.Format("15:04") == clock }
	if !shows(due) {
		before := due.Add(-time.Minute)
		if before.Format("15:04") >= clock && before.Day() == due.Day() || due.Format("15:04") < clock {
			t.Fatalf("due %s, though the clocks do not skip %s then", due, clock)
		}
		return
	}
	if _, was := due.Add(-4 * time.Hour).Zone(); was == offset(due) {
		return
	}
	for earlier := due.Add(-4 * time.Hour); earlier.Before(due); earlier = earlier.Add(time.Minute) {
		if shows(earlier) {
			t.Fatalf("due %s, though the clocks showed %s at %s already", due, clock, earlier)
		}
	}
}

func offset(at time.Time) int {
	_, seconds := at.Zone()
	return seconds
}

// The business day is checked against a count that goes backwards from it.
func TestBusinessDaysOfTenYears(t *testing.T) {
	holidays := []string{"2020-01-01", "2020-12-25", "2021-01-01", "2024-05-01", "2024-05-09", "2026-01-06"}
	p := plan(t, "business-day 5 06:00", "Europe/Berlin", holidays...)
	at := moment(t, "2019-12-31T12:00:00Z")
	for month := calc.NewMonth(2020, 1); month.Year() < 2030; month = month.Add(1) {
		at = p.Next(at)
		day := calc.DateOf(at)
		if day.Month() != month || at.Format("15:04") != "06:00" {
			t.Fatalf("in %s the run is due %s", month, at)
		}
		count := month.First().AddDays(-1).BusinessDaysUntil(day)
		for _, holiday := range holidays {
			if h := days(t, holiday)[0]; h.Month() == month && !h.After(day) {
				count--
			}
		}
		if weekday := at.Weekday(); count != 5 || weekday == time.Saturday || weekday == time.Sunday || slices.Contains(holidays, day.String()) {
			t.Errorf("%s is business day %d of its month, want the 5th", day, count)
		}
	}
}

func TestAsOfDates(t *testing.T) {
	auckland := zone(t, "Pacific/Auckland")
	due := moment(t, "2020-02-29T18:00:00Z") // 1 March, 07:00 in Auckland
	for rule, want := range map[AsOf]string{DueDate: "2020-03-01", MonthEnd: "2020-02-29"} {
		t.Run(want, func(t *testing.T) {
			p, err := NewPlan("0 7 1 * *", auckland, nil, rule)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.DayOf(due).String(); got != want {
				t.Errorf("rule %d gives %s, want %s", rule, got, want)
			}
		})
	}
}

func TestRefusedExpressions(t *testing.T) {
	tests := []struct{ when, says string }{
		{"", "write minute, hour"},
		{"0 6 5 *", "takes 5 fields, not 4"},
		{"0 0 6 5 * *", "takes 5 fields, not 6"},
		{"60 6 5 * *", `"60" is no minute: use 0 to 59`},
		{"0 6 5 * 7", `"7" is no weekday: use 0 to 6 or sun to sat`},
		{"0 6 first * *", `"first" is no day of month`},
		{"0 6 * */0 *", `"*/0" is no month`},
		{"0 6 30 2 *", "never fires"},
		{"0 6 31 4,6,9,11 *", "never fires"},
		{"TZ=UTC", "time_zone"},
		{"TZ=Europe/Berlin 0 6 5 * *", "time_zone"},
		{" CRON_TZ=UTC 0 6 5 * *", "time_zone"},
		{"@every -1h", "@every"},
		{"@monthly", "0 6 5 * *"},
		{"business-day", "business-day 5 06:00"},
		{"business-day 5", "business-day 5 06:00"},
		{"business-day 0 06:00", "1 to 20"},
		{"business-day 21 06:00", "1 to 20"},
		{"business-day 5 25:00", "25:00"},
		{"business-day 5 06:00 UTC", "business-day 5 06:00"},
	}
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			_, err := NewPlan(test.when, time.UTC, nil, DueDate)
			if err == nil || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), `when = "`) {
				t.Errorf("%q: error %v, want one that says %q", test.when, err, test.says)
			}
		})
	}
	tooMany := days(t, "2021-02-01", "2021-02-02")
	if _, err := NewPlan("business-day 20 06:00", time.UTC, tooMany, DueDate); err == nil || !strings.Contains(err.Error(), "2021-02") {
		t.Errorf("a month without a 20th business day: error %v", err)
	}
}

func TestRemarks(t *testing.T) {
	tests := []struct {
		name, when, zone string
		holidays         []string
		want             []string // "" where nothing is odd
	}{
		{"plain", "0 6 5 * *", "Europe/Berlin", nil, nil},
		{"day 31 in a long month", "0 6 31 1,3 *", "UTC", nil, nil},
		{"business day", "business-day 5 06:00", "Europe/Berlin", []string{"2027-12-24"}, nil},
		{"day 31", "0 6 31 * *", "UTC", nil, []string{"without a day 31", "Thu 31 Dec 2026 06:00"}},
		{"29 February", "0 6 29 2 *", "UTC", nil, []string{"without a day 29", "29 Feb 2028"}},
		{"two kinds of days", "0 6 1-7 * mon", "UTC", nil, []string{"match either"}},
		{"skipped", "30 2 * * *", "Europe/Berlin", nil, []string{"skip 28 Mar 2027 02:30", "due at 03:00", "twice", "31 Oct 2027 02:30"}},
		{"skipped, but not on that day", "30 2 5 * *", "Europe/Berlin", nil, nil},
		{"holidays run out", "business-day 5 06:00", "UTC", []string{"2026-12-25"}, []string{"up to 25 Dec 2026", "7 Jan 2027"}},
	}
	now := moment(t, "2026-12-01T00:00:00Z")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := strings.Join(plan(t, test.when, test.zone, test.holidays...).Remarks(now), "\n")
			if test.want == nil && got != "" {
				t.Fatalf("remarks on a plain expression: %s", got)
			}
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("remarks do not say %q:\n%s", want, got)
				}
			}
			if lines := strings.Split(got, "\n"); got != "" && strings.Count(lines[len(lines)-1], ":") != 3 {
				t.Errorf("the last remark does not give three times: %s", lines[len(lines)-1])
			}
		})
	}
}

func FuzzPlan(f *testing.F) {
	for _, seed := range []string{"0 6 5 * *", "business-day 5 06:00", "TZ=UTC", "@every 1h", "*/7 1-5/2 ? jan-mar sun", "1 1 31 2 *"} {
		f.Add(seed)
	}
	berlin := zone(f, "Europe/Berlin")
	at := moment(f, "2020-03-28T23:00:00Z")
	f.Fuzz(func(t *testing.T, expression string) {
		p, err := NewPlan(expression, berlin, nil, DueDate)
		if err != nil {
			return
		}
		first := p.Next(at)
		if !first.After(at) || !p.Next(first).After(first) && !p.Next(first).IsZero() {
			t.Fatalf("%q: due %s after %s, then %s", expression, first, at, p.Next(first))
		}
		p.Remarks(at)
	})
}
