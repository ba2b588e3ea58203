package calc_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"cspcoop/calc"
)

// Every half-year from 2015 to 2035 against the calendar of package time.
func TestDatesOfEveryHalfYear(t *testing.T) {
	for start := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC); start.Year() <= 2035; start = start.AddDate(0, 6, 0) {
		usage, after := start.AddDate(0, 6, 0), start.AddDate(1, 0, 0)
		iso := func(d time.Time) string { return d.Format(time.DateOnly) }
		p := calc.PeriodOf(calc.DateOf(start))
		for _, c := range []struct {
			what string
			got  calc.Date
			want time.Time
		}{
			{"start", p.Start(), start},
			{"end", p.End(), usage.AddDate(0, 0, -1)},
			{"usage start", p.UsageStart(), usage},
			{"usage end", p.UsageEnd(), after.AddDate(0, 0, -1)},
			{"last day to claim", calc.ClaimCalendar{GraceDays: 45}.LastDay(p), after.AddDate(0, 0, 44)},
			{"last day without grace", calc.ClaimCalendar{}.LastDay(p), after.AddDate(0, 0, -1)},
			{"expiry", calc.ClaimCalendar{GraceDays: 45}.Expire(p), after.AddDate(0, 0, 45)},
			{"opening", calc.ClaimCalendar{GraceDays: 45}.Opens(p), usage},
		} {
			if c.got.String() != iso(c.want) {
				t.Errorf("%s of the half-year from %s is %s, want %s", c.what, iso(start), c.got, iso(c.want))
			}
		}
		fiscal := usage.AddDate(0, 0, -1).AddDate(0, 6, 0).Year() // year N ends on 30 June N
		half := map[time.Month]int{time.January: 2, time.July: 1}[start.Month()]
		label := fmt.Sprintf("FY%02dH%d", fiscal%100, half)
		if p.FiscalYear() != fiscal || p.FiscalHalf() != half || p.String() != label {
			t.Errorf("the half-year from %s is %s (year %d half %d), want %s", iso(start), p, p.FiscalYear(), p.FiscalHalf(), label)
		}
		if parsed, err := calc.ParsePeriod(label); err != nil || parsed != p {
			t.Errorf("ParsePeriod(%s) = %v, %v", label, parsed, err)
		}
		if p.Next().Previous() != p || p.Next().Start() != p.UsageStart() || p.Compare(p.Next()) >= 0 {
			t.Errorf("%s and %s are no neighbours", p, p.Next())
		}
		for d := start; d.Before(usage); d = d.AddDate(0, 0, 1) {
			if got := calc.PeriodOf(calc.DateOf(d)); got != p {
				t.Fatalf("%s is in %s, want %s", iso(d), got, p)
			}
		}
	}
}

func TestGuideDates(t *testing.T) {
	for _, c := range []struct{ date, label, usage, end, deadline, expiry string }{
		{"2019-01-01", "FY19H2", "2019-07-01", "2019-12-31", "2020-02-14", "2020-02-15"},
		{"2019-06-30", "FY19H2", "2019-07-01", "2019-12-31", "2020-02-14", "2020-02-15"},
		{"2020-01-01", "FY20H2", "2020-07-01", "2020-12-31", "2021-02-14", "2021-02-15"},
		{"2020-07-01", "FY21H1", "2021-01-01", "2021-06-30", "2021-08-14", "2021-08-15"},
		{"2020-12-31", "FY21H1", "2021-01-01", "2021-06-30", "2021-08-14", "2021-08-15"},
	} {
		t.Run(c.date, func(t *testing.T) {
			p := calc.PeriodOf(day(c.date))
			claims := calc.Guide2019().Claims
			got := fmt.Sprint(p, " ", p.UsageStart(), " ", p.UsageEnd(), " ", claims.LastDay(p), " ", claims.Expire(p))
			if want := fmt.Sprint(c.label, " ", c.usage, " ", c.end, " ", c.deadline, " ", c.expiry); got != want {
				t.Errorf("%s: %s, want %s", c.date, got, want)
			}
		})
	}
}

func TestParsePeriod(t *testing.T) {
	for in, start := range map[string]string{
		"FY20H2": "2020-01-01", "fy20h2": "2020-01-01", "FY20 H2": "2020-01-01", "Fy21 h1": "2020-07-01", "FY00H1": "1999-07-01", "FY99H2": "2099-01-01",
	} {
		t.Run(in, func(t *testing.T) {
			if p, err := calc.ParsePeriod(in); err != nil || p.Start().String() != start {
				t.Errorf("ParsePeriod(%q) starts %s (%v), want %s", in, p.Start(), err, start)
			}
		})
	}
	for _, in := range []string{"", "FY20", "FY20H", "FY20H0", "FY20H3", "FY2020H2", "FY20H22", "20H2", "FYxxH2", "FY+1H2", "FY-1H2", "H2FY20", "FY20-H2", "FY２０H2", "2020H2"} {
		t.Run(in, func(t *testing.T) {
			if p, err := calc.ParsePeriod(in); err == nil {
				t.Errorf("ParsePeriod(%q) = %s, want an error", in, p)
			}
		})
	}
}

func TestDatesThatDoNotExist(t *testing.T) {
	for _, in := range []string{"", "2019-02-29", "2100-02-29", "2020-13-01", "2020-00-10", "2020-04-31", "2020-4-3", "20-04-03", "2020-04-03 ", "2020-04-03T00:00", "03/04/2020"} {
		t.Run(in, func(t *testing.T) {
			if d, err := calc.ParseDate(in); err == nil {
				t.Errorf("ParseDate(%q) = %s, want an error", in, d)
			}
		})
	}
	for _, c := range [][3]int{{2019, 2, 29}, {2020, 13, 1}, {2020, 0, 1}, {2020, 1, 0}, {2020, 1, 32}, {0, 1, 1}, {10000, 1, 1}} {
		if d, err := calc.NewDate(c[0], time.Month(c[1]), c[2]); err == nil {
			t.Errorf("NewDate%v = %s, want an error", c, d)
		}
	}
	if d, err := calc.NewDate(2020, 2, 29); err != nil || d.String() != "2020-02-29" {
		t.Errorf("leap day: %s, %v", d, err)
	}
}

// Each day from 1999 to 2101 against package time, in step.
func TestDateArithmetic(t *testing.T) {
	first := calc.MustDate(1999, 1, 1)
	at := time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; at.Year() < 2101; n++ {
		d := first.AddDays(n)
		if d.String() != at.Format(time.DateOnly) || !d.Time().Equal(at) || first.DaysUntil(d) != n || d.DaysUntil(first) != -n {
			t.Fatalf("day %d is %s, want %s", n, d, at.Format(time.DateOnly))
		}
		if m := d.Month(); m != calc.NewMonth(at.Year(), at.Month()) || m.String() != at.Format("2006-01") ||
			m.Last().Time().AddDate(0, 0, 1).Day() != 1 || m.First().Time().Day() != 1 {
			t.Fatalf("%s is in %s (%s to %s)", d, m, m.First(), m.Last())
		}
		if d.Before(d) || d.After(d) || !d.Before(d.AddDays(1)) || !d.AddDays(1).After(d) || d.Compare(d.AddDays(1)) >= 0 {
			t.Fatalf("%s is out of order", d)
		}
		at = at.AddDate(0, 0, 1)
	}
}

// The day is the one that the clock's own zone shows.
func TestDateOfKeepsTheZonesDay(t *testing.T) {
	for _, offset := range []int{-12, -5, 0, 9, 14} {
		zone := time.FixedZone("", offset*3600)
		for _, hour := range []int{0, 23} {
			if got := calc.DateOf(time.Date(2020, 6, 30, hour, 59, 59, 0, zone)); got.String() != "2020-06-30" {
				t.Errorf("at %d o'clock in UTC%+d it is %s", hour, offset, got)
			}
		}
	}
}

func TestNoDateNoPeriod(t *testing.T) {
	text, err := json.Marshal(map[string]any{"date": calc.Date{}, "month": calc.Month{}, "period": calc.EarningPeriod{}})
	if err != nil || string(text) != `{"date":"","month":"","period":""}` {
		t.Errorf("%s, %v", text, err)
	}
	if !(calc.Date{}).IsZero() || !(calc.EarningPeriod{}).IsZero() || !(calc.Date{}).Before(calc.MustDate(1, 1, 1)) {
		t.Error("no date is not the earliest")
	}
	text, _ = json.Marshal([]any{day("2020-03-05"), day("2020-03-05").Month(), calc.PeriodOf(day("2020-03-05"))})
	if string(text) != `["2020-03-05","2020-03","FY20H2"]` {
		t.Errorf("%s", text)
	}
}

func TestBusinessDaysUntil(t *testing.T) {
	friday := day("2020-02-14")
	for days, want := range map[int]int{-3: 0, 0: 0, 1: 0, 2: 0, 3: 1, 4: 2, 7: 5, 10: 6, 14: 10} {
		if got := friday.BusinessDaysUntil(friday.AddDays(days)); got != want {
			t.Errorf("%d days after Friday %d business days have passed, want %d", days, got, want)
		}
	}
}
