package importer

import (
	"strings"
	"time"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// splitClock reads 14:03, 14:03:05.1234567, 2:03:05 PM, each with or without a
// zone, which is ignored: dates are taken as written (cspcoop help rules, Files).
func splitClock(s string) (time.Duration, error) {
	s, ok := cutZone(strings.ToUpper(strings.TrimSpace(s)))
	if !ok {
		return 0, errDate
	}
	half := ""
	if strings.HasSuffix(s, "AM") || strings.HasSuffix(s, "PM") {
		s, half = strings.TrimSpace(s[:len(s)-2]), s[len(s)-2:]
	}
	s, fraction, fractional := strings.Cut(s, ".")
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 || fractional && (len(parts) != 3 || !calc.IsDigits(fraction) || len(fraction) > 9) {
		return 0, errDate
	}
	limits := []int{23, 59, 59}
	var at [3]int
	for i, p := range parts {
		if !calc.IsDigits(p) || len(p) > 2 || atoi(p) > limits[i] {
			return 0, errDate
		}
		at[i] = atoi(p)
	}
	switch {
	case half == "":
	case at[0] < 1 || at[0] > 12:
		return 0, errDate
	case half == "AM":
		at[0] %= 12
	default:
		at[0] = at[0]%12 + 12
	}
	clock := time.Duration(at[0])*time.Hour + time.Duration(at[1])*time.Minute + time.Duration(at[2])*time.Second
	if fractional {
		clock += time.Duration(atoi((fraction + "000000000")[:9]))
	}
	return clock, nil
}

// cutZone cuts off Z, UTC, GMT or an offset.
func cutZone(s string) (clock string, ok bool) {
	for _, name := range []string{"Z", "UTC", "GMT"} {
		if rest, found := strings.CutSuffix(s, name); found {
			return strings.TrimSpace(rest), true
		}
	}
	i := strings.LastIndexAny(s, "+-\u2212")
	if i < 0 {
		return s, true
	}
	zone := strings.ReplaceAll(strings.TrimLeft(s[i:], "+-\u2212"), ":", "")
	return strings.TrimSpace(s[:i]), calc.IsDigits(zone) && (len(zone) == 4 || len(zone) == 2)
}

// stampLayout is how a stamp with a time of day goes through gocsv.
const stampLayout = "2006-01-02T15:04:05.999999999"

// stampOf reads a canonical stamp.
func stampOf(text string) (calc.Stamp, error) {
	if len(text) == len(time.DateOnly) {
		day, err := calc.ParseDate(text)
		return calc.Stamp{Day: day}, err
	}
	t, err := time.Parse(stampLayout, text)
	if err != nil {
		return calc.Stamp{}, err
	}
	day := calc.DateOf(t)
	return calc.Stamp{Day: day, Clock: t.Sub(day.Time()), Clocked: true}, nil
}

// Day number 0 of Excel's two date systems, for days after February 1900.
var (
	epoch1900 = calc.MustDate(1899, time.December, 30)
	epoch1904 = calc.MustDate(1904, time.January, 1)
)

// maxSerial is after 2099 in both date systems.
const maxSerial = 100_000

// serialText reads a number of a workbook as a day.
func serialText(text string, date1904 bool) (written, error) {
	n, err := splitNumber(text)
	if err != nil || n.style || !n.bounded() {
		return written{}, errYear
	}
	value, err := decimal.NewFromString(n.canonical())
	if err != nil {
		return written{}, errYear
	}
	return serialDate(value, date1904)
}

// serialDate reads a spreadsheet's day number. Its fraction is the time of day,
// to the millisecond. Less than half a second before midnight it is the next
// day, as spreadsheets show it: a day that was calculated is often a hair off.
func serialDate(d decimal.Decimal, date1904 bool) (written, error) {
	const daySeconds, dayMilliseconds = 86_400, 86_400_000
	days := d.Floor()
	if !d.Sub(days).Mul(decimal.New(daySeconds, 0)).Round(0).LessThan(decimal.New(daySeconds, 0)) {
		days = days.Add(decimal.New(1, 0))
		d = days
	}
	if days.IsNegative() || days.GreaterThan(decimal.New(maxSerial, 0)) {
		return written{}, errYear
	}
	epoch := epoch1900
	if date1904 {
		epoch = epoch1904
	}
	ms := d.Sub(days).Mul(decimal.New(dayMilliseconds, 0)).Round(0).IntPart()
	t := epoch.AddDays(int(days.IntPart())).Time()
	return written{
		year: t.Year(), month: int(t.Month()), day: t.Day(),
		clock: time.Duration(ms) * time.Millisecond, clocked: ms > 0,
	}, nil
}

// serialInText reports whether a text is the number by which a spreadsheet
// stores a day from 2000 on, and which day it is.
func serialInText(text string) (calc.Date, bool) {
	const first, last = 36526, 73050 // 2000-01-01 to 2099-12-31
	whole, _, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	n, err := splitPlain(text)
	if err != nil || n.negative || n.exponent != 0 || len(whole) != 5 || atoi(whole) < first || atoi(whole) > last {
		return calc.Date{}, false
	}
	n.mark = '.'
	w, err := serialText(n.canonical(), false)
	if err != nil {
		return calc.Date{}, false
	}
	day, err := w.date(0)
	return day, err == nil
}
