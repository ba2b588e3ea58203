package importer

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Dates outside these years are mistakes.
const firstYear, lastYear = 2000, 2099

// written is a date's text taken apart. Where day and month could change
// places, first and second hold them as they stand.
type written struct {
	year, month, day int // when the order is certain
	first, second    int // else
	monthOnly        bool
	clock            time.Duration
	clocked          bool
}

// ambiguous says that the text allows two different days.
func (w written) ambiguous() bool {
	return w.first != 0 && w.first <= 12 && w.second <= 12 && w.first != w.second
}

// order tells which order the text proves: 0 none.
func (w written) order() dateOrder {
	switch {
	case w.first == 0 || w.first <= 12 && w.second <= 12:
		return 0
	case w.first > 12:
		return dayFirst
	}
	return monthFirst
}

// dateOrder says what stands first in a date such as 03/04/2020.
type dateOrder uint8

const (
	dayFirst dateOrder = iota + 1
	monthFirst
)

var (
	errDate      = errors.New("is no date")
	errNoSuchDay = errors.New("does not exist in the calendar")
	errYear      = errors.New("lies outside 2000-01-01 to 2099-12-31")
)

// date gives the day under an order; a month is its last day (rules.md §6,
// Files).
func (w written) date(order dateOrder) (calc.Date, error) {
	year, month, day := w.year, w.month, w.day
	switch {
	case w.first == 0:
	case order == monthFirst:
		month, day = w.first, w.second
	default:
		day, month = w.first, w.second
	}
	if year < firstYear || year > lastYear {
		return calc.Date{}, errYear
	}
	if w.monthOnly {
		return calc.NewMonth(year, time.Month(month)).Last(), nil
	}
	d, err := calc.NewDate(year, time.Month(month), day)
	if err != nil {
		return calc.Date{}, errNoSuchDay
	}
	return d, nil
}

// splitDate takes a date's text apart: ISO dates, numeric dates with one of
// / . - between, dates with an English month name, months, each with or without
// a time of day. A zone offset never moves the day.
func splitDate(s string) (written, error) {
	s = trimBlanks(s)
	if len(s) > 64 {
		return written{}, errDate
	}
	if w, ok := monthText(s); ok {
		return w, w.checkMonth()
	}
	day, rest := s, ""
	if i := strings.IndexAny(s, "T "); i >= 0 && startsWithDigit(s) && !hasLetter(s[:i]) {
		day, rest = s[:i], s[i+1:]
		if !strings.Contains(rest, ":") && rest != "" {
			day, rest = s, "" // 31 Mar 2020
		}
	}
	w, err := splitDay(day)
	if err != nil || rest == "" {
		return w, err
	}
	w.clock, err = splitClock(strings.TrimSpace(rest))
	w.clocked = err == nil
	return w, err
}

func (w written) checkMonth() error {
	if w.month < 1 || w.month > 12 {
		return errNoSuchDay
	}
	return nil
}

func splitDay(s string) (written, error) {
	if hasLetter(s) {
		return namedDay(s)
	}
	for _, sep := range []string{"-", "/", "."} {
		parts := strings.Split(s, sep)
		if len(parts) != 3 {
			continue
		}
		for _, p := range parts {
			if !digits(p) {
				return written{}, errDate
			}
		}
		a, b, c := atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
		switch {
		case len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
			return written{year: a, month: b, day: c}, dayExists(b, c)
		case len(parts[2]) != 4 || len(parts[0]) > 2 || len(parts[1]) > 2:
			return written{}, errDate
		case sep == ".": // dotted dates have the day first wherever they are used
			if a == 0 || b == 0 || a > 31 || b > 12 {
				return written{}, errNoSuchDay
			}
			return written{year: c, month: b, day: a}, nil
		case a == 0 || b == 0 || a > 31 || b > 31 || a > 12 && b > 12:
			return written{}, errNoSuchDay
		}
		return written{year: c, first: a, second: b}, nil
	}
	return written{}, errDate
}

func dayExists(month, day int) error {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return errNoSuchDay
	}
	return nil
}

// monthText reads 2020-03, 03/2020, Mar 2020, March 2020 and Mar-20, which is
// how Excel writes a month back.
func monthText(s string) (written, bool) {
	a, b, ok := cutAny(s, "-/. ")
	if !ok {
		return written{}, false
	}
	if m := monthNumber(a); m > 0 && digits(b) {
		switch len(b) {
		case 4:
			return written{year: atoi(b), month: m, monthOnly: true}, true
		case 2:
			return written{year: 2000 + atoi(b), month: m, monthOnly: true}, true
		}
		return written{}, false
	}
	switch {
	case !digits(a) || !digits(b):
	case len(a) == 4 && len(b) == 2:
		return written{year: atoi(a), month: atoi(b), monthOnly: true}, true
	case len(b) == 4 && len(a) <= 2:
		return written{year: atoi(b), month: atoi(a), monthOnly: true}, true
	}
	return written{}, false
}

// namedDay reads 31 Mar 2020, 31-Mar-2020 and March 31, 2020.
func namedDay(s string) (written, error) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '.' })
	if len(parts) != 3 || len(parts[2]) != 4 || !digits(parts[2]) {
		return written{}, errDate
	}
	day, month := parts[0], monthNumber(parts[1])
	if month == 0 {
		day, month = parts[1], monthNumber(parts[0])
	}
	if month == 0 || !digits(day) || len(day) > 2 {
		return written{}, errDate
	}
	return written{year: atoi(parts[2]), month: month, day: atoi(day)}, dayExists(month, atoi(day))
}

func monthNumber(s string) int {
	s = strings.TrimSuffix(strings.ToLower(s), ".")
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if s == name || s == name[:3] || m == time.September && s == "sept" {
			return int(m)
		}
	}
	return 0
}

// splitClock reads 14:03, 14:03:05.1234567, 2:03:05 PM, each with or without a
// zone, which is passed over.
func splitClock(s string) (time.Duration, error) {
	s = strings.ToUpper(s)
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, "UTC"), "Z"))
	if i := strings.LastIndexAny(s, "+-"); i > 0 {
		zone := strings.ReplaceAll(s[i+1:], ":", "")
		if len(zone) != 4 && len(zone) != 2 || !digits(zone) {
			return 0, errDate
		}
		s = strings.TrimSpace(s[:i])
	}
	half := ""
	if strings.HasSuffix(s, "AM") || strings.HasSuffix(s, "PM") {
		s, half = strings.TrimSpace(s[:len(s)-2]), s[len(s)-2:]
	}
	s, fraction, fractional := strings.Cut(s, ".")
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 || fractional && (len(parts) != 3 || !digits(fraction) || len(fraction) > 9) {
		return 0, errDate
	}
	limits := []int{23, 59, 59}
	var at [3]int
	for i, p := range parts {
		if !digits(p) || len(p) > 2 || atoi(p) > limits[i] {
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
		nanos := atoi((fraction + "000000000")[:9])
		clock += time.Duration(nanos)
	}
	return clock, nil
}

// Day number 0 of Excel's two date systems, for days after February 1900.
var (
	epoch1900 = calc.MustDate(1899, time.December, 30)
	epoch1904 = calc.MustDate(1904, time.January, 1)
)

// serialDate reads a spreadsheet's day number; its fraction is the time of day,
// to the millisecond.
func serialDate(d decimal.Decimal, date1904 bool) (written, error) {
	days := d.Floor()
	if days.IsNegative() || days.GreaterThan(decimal.New(100000, 0)) {
		return written{}, errYear
	}
	epoch := epoch1900
	if date1904 {
		epoch = epoch1904
	}
	ms := d.Sub(days).Mul(decimal.New(86_400_000, 0)).Round(0).IntPart()
	day := epoch.AddDays(int(days.IntPart()))
	if ms >= 86_400_000 {
		day, ms = day.AddDays(1), 0
	}
	t := day.Time()
	return written{year: t.Year(), month: int(t.Month()), day: t.Day(), clock: time.Duration(ms) * time.Millisecond, clocked: ms > 0}, nil
}

func cutAny(s, seps string) (before, after string, ok bool) {
	i := strings.IndexAny(s, seps)
	if i < 0 || strings.ContainsAny(s[i+1:], seps) {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s) // callers checked that these are a few digits
	return n
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
}
