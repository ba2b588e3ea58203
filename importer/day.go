package importer

import (
	"errors"
	"strings"
	"time"

	"cspcoop/calc"
)

// Dates outside these years are mistakes.
const firstYear, lastYear = 2000, 2099

// maxDateText is longer than any date with its time of day and zone.
const maxDateText = 64

// written is a date's text split up. Where day and month could change
// places, first and second hold them as written.
type written struct {
	year, month, day int  // when the order is certain
	first, second    int  // else
	openYear         bool // the year may come first: 05-02-20
	monthOnly        bool
	clock            time.Duration
	clocked          bool
}

// ambiguous reports whether the text allows two different days.
func (w written) ambiguous() bool {
	return w.order() == 0 && w.first != w.second
}

// order returns which order the text proves: 0 none.
func (w written) order() dateOrder {
	switch {
	case w.first > 12:
		return dayFirst
	case w.second > 12:
		return monthFirst
	}
	return 0
}

// dateOrder says what comes first in a date such as 03/04/2020.
type dateOrder uint8

const (
	dayFirst dateOrder = iota + 1
	monthFirst
)

var (
	errDate      = errors.New("is no date")
	errNoSuchDay = errors.New("does not exist in the calendar")
	errYear      = errors.New("is outside 2000-01-01 to 2099-12-31")
	errShortYear = errors.New("has a year of two digits above 29, which spreadsheets take for 1930 to 1999")
)

// lastShortYear is the last year that two digits stand for, as spreadsheets and
// Windows have it: 30 is 1930.
const lastShortYear = 29

func shortYear(digits string) (int, error) {
	year := atoi(digits)
	if year > lastShortYear {
		return 0, errShortYear
	}
	return 2000 + year, nil
}

// endsMonth reports whether the next day is in another month.
func (w written) endsMonth() bool {
	day, err := w.date(0)
	return err == nil && day.AddDays(1).Month() != day.Month()
}

// date returns the day; the file's order decides where the text leaves it open. A
// month is its last day (cspcoop help rules, Files).
func (w written) date(file dateOrder) (calc.Date, error) {
	order := w.order()
	if order == 0 {
		order = file
	}
	year, month, day := w.year, w.month, w.day
	switch {
	case w.openYear && file != 0 && file != order:
		return calc.Date{}, errDate
	case w.first == 0:
	case order == monthFirst:
		month, day = w.first, w.second
	default:
		day, month = w.first, w.second
	}
	if month < 1 || month > 12 {
		return calc.Date{}, errNoSuchDay
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
	if len(s) > maxDateText {
		return written{}, errDate
	}
	day, clock := cutClock(visible(s))
	day = plainDay(day)
	if clock == "" {
		if w, ok := monthText(day); ok {
			return w, nil
		}
	}
	w, err := splitDay(day)
	if err != nil || clock == "" {
		return w, err
	}
	w.clock, err = splitClock(clock)
	w.clocked = err == nil
	return w, err
}

// cutClock cuts the time of day off: what follows the last blank, or the T,
// before the first colon.
func cutClock(s string) (day, clock string) {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s, ""
	}
	i := strings.LastIndexAny(s[:colon], " Tt")
	if i < 0 {
		return s, ""
	}
	return strings.TrimRight(s[:i], " ,"), s[i+1:]
}

// plainDay makes of a date as Excel writes it in some regions one that it writes in
// others: 31. 1. 2020, 31.01.2020., 2020. 01. 31., 31.01.2020 г., 2020年1月31日, and
// Friday, January 31, 2020.
func plainDay(s string) string {
	if !isASCII(s) {
		s = eastAsian.Replace(s)
	}
	if first, rest, found := strings.Cut(s, ","); found && isWeekday(first) {
		s = trimBlanks(rest)
	}
	if strings.Count(s, ".") < 2 {
		return s
	}
	for _, year := range []string{"г.", "г", "r.", "r"} {
		if rest, found := strings.CutSuffix(s, " "+year); found {
			s = trimBlanks(rest)
		}
	}
	if plain := strings.TrimSuffix(strings.ReplaceAll(s, ". ", "."), "."); strings.Trim(plain, ".0123456789") == "" {
		return plain
	}
	return s
}

// eastAsian reads the words for year, month and day as separators.
var eastAsian = strings.NewReplacer("年", "-", "月", "-", "日", "", "년 ", "-", "월 ", "-", "년", "-", "월", "-", "일", "")

// isWeekday recognises English days of the week, in full or by three letters.
func isWeekday(s string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(s, d.String()) || strings.EqualFold(s, d.String()[:3]) {
			return true
		}
	}
	return false
}

func splitDay(s string) (written, error) {
	if hasLetter(s) {
		return namedDay(s)
	}
	if len(s) == len("20200131") && calc.IsDigits(s) {
		month, day := atoi(s[4:6]), atoi(s[6:])
		return written{year: atoi(s[:4]), month: month, day: day}, dayExists(month, day)
	}
	for _, separator := range []string{"-", "/", "."} {
		if parts := strings.Split(s, separator); len(parts) == 3 {
			return numericDay(parts, separator)
		}
	}
	return written{}, errDate
}

// numericDay reads 2020-03-31, 31/03/2020, 3/31/20 and 31.03.2020. Dotted
// dates have the day first wherever they are used.
func numericDay(parts []string, separator string) (written, error) {
	for _, p := range parts {
		if !calc.IsDigits(p) || len(p) > 4 {
			return written{}, errDate
		}
	}
	a, b, c := atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
	switch {
	case len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
		return written{year: a, month: b, day: c}, dayExists(b, c)
	case len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2])%2 != 0:
		return written{}, errDate
	}
	w := written{year: c, first: a, second: b}
	if len(parts[2]) == 2 {
		var err error
		if w.year, err = shortYear(parts[2]); err != nil {
			return written{}, err
		}
		w.openYear = separator == "-" && a <= lastShortYear && len(parts[0]) == 2 && len(parts[1]) == 2 && dayExists(b, c) == nil
	}
	switch {
	case separator == ".":
		return written{year: w.year, month: b, day: a}, dayExists(b, a)
	case a > 12 && b > 12 || dayExists(min(a, b), max(a, b)) != nil:
		return written{}, errNoSuchDay
	}
	return w, nil
}

func dayExists(month, day int) error {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return errNoSuchDay
	}
	return nil
}

// words splits a date that has its month as a word or is a month alone.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" -/.,", r) })
}

// monthText reads 2020-03, 03/2020, Mar 2020, March 2020 and Mar-20, which is
// how Excel writes a month back.
func monthText(s string) (written, bool) {
	parts := words(s)
	if len(parts) != 2 || !calc.IsDigits(parts[1]) || len(parts[1]) > 4 {
		return written{}, false
	}
	a, b := parts[0], parts[1]
	if m := monthNumber(a); m > 0 {
		switch len(b) {
		case 4:
			return written{year: atoi(b), month: m, monthOnly: true}, true
		case 2:
			year, err := shortYear(b)
			return written{year: year, month: m, monthOnly: true}, err == nil
		}
		return written{}, false
	}
	switch {
	case !calc.IsDigits(a) || strings.ContainsAny(s, " ,"):
	case len(a) == 4 && len(b) <= 2:
		return written{year: atoi(a), month: atoi(b), monthOnly: true}, true
	case len(b) == 4 && len(a) <= 2:
		return written{year: atoi(b), month: atoi(a), monthOnly: true}, true
	}
	return written{}, false
}

// namedDay reads 31 Mar 2020, 31-Mar-20 and March 31, 2020.
func namedDay(s string) (written, error) {
	parts := words(s)
	if len(parts) != 3 || len(parts[2]) != 4 && len(parts[2]) != 2 || !calc.IsDigits(parts[2]) {
		return written{}, errDate
	}
	day, month := parts[0], monthNumber(parts[1])
	if month == 0 {
		day, month = parts[1], monthNumber(parts[0])
	}
	if month == 0 || !calc.IsDigits(day) || len(day) > 2 {
		return written{}, errDate
	}
	year := atoi(parts[2])
	if len(parts[2]) == 2 {
		var err error
		if year, err = shortYear(parts[2]); err != nil {
			return written{}, err
		}
	}
	return written{year: year, month: month, day: atoi(day)}, dayExists(month, atoi(day))
}

// monthNumber recognises English months, in full or by three letters; 0 is none.
func monthNumber(s string) int {
	s = strings.ToLower(s)
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if s == name || s == name[:3] || m == time.September && s == "sept" {
			return int(m)
		}
	}
	return 0
}
