package importer

import (
	"fmt"
	"regexp"
	"strings"

	"cspcoop/calc"
)

// A usage period is a fiscal label, its months, or both (cspcoop help columns, Claims
// register): "FY20H1", "Jul–Dec 2019", "July 2019 - December 2019 (FY20 H1)",
// "2019-07-01 to 2019-12-31".
var (
	fiscalLabel = regexp.MustCompile(`(?i)\bFY[ -]?(?:20)?(\d{2})[ -]*H([12])\b`)
	// monthsSplit takes the first word or dash that can be between two
	// months; a dash inside of a date has no blank beside it.
	monthsSplit = regexp.MustCompile(`(?i)\s+(?:to|until|through|-)\s+|\s*[–—]\s*|^([a-z]+\.?)-`)
)

// usagePeriodText returns the fiscal label of a usage period.
func usagePeriodText(text string) (string, *cellFault) {
	if text == "" {
		return "", nil
	}
	period, problem := parseUsagePeriod(text)
	if problem != "" {
		return "", &cellFault{problem, `a half-year such as "Jul–Dec 2019 (FY20 H1)", "FY20H1" or "July 2019 - December 2019"`}
	}
	return period.String(), nil
}

// HalfYear reads a half-year as people write it: FY26H2, "FY26 H2" or "Jan-Jun 2026".
func HalfYear(text string) (calc.EarningPeriod, error) {
	period, problem := parseUsagePeriod(strings.TrimSpace(text))
	if problem != "" {
		return period, fmt.Errorf("the period %q %s; write it like FY20H2 or \"Jan-Jun 2020\"", text, problem)
	}
	return period, nil
}

// parseUsagePeriod reads a fiscal label, months, or both; a problem says what is
// wrong with it.
func parseUsagePeriod(text string) (calc.EarningPeriod, string) {
	var byLabel, byMonths calc.EarningPeriod
	months := text
	if m := fiscalLabel.FindStringSubmatchIndex(text); m != nil {
		var err error
		if byLabel, err = calc.ParsePeriod("FY" + text[m[2]:m[3]] + "H" + text[m[4]:m[5]]); err != nil {
			return byLabel, "is no half-year"
		}
		months = text[:m[0]] + " " + text[m[1]:]
	}
	months = strings.Trim(months, " ()[],;:/")
	if months != "" {
		var problem string
		if byMonths, problem = periodOfMonths(months); problem != "" {
			return byMonths, problem
		}
	}
	switch {
	case byLabel.IsZero() && byMonths.IsZero():
		return byLabel, "is no half-year"
	case byLabel.IsZero():
		return byMonths, ""
	case byMonths.IsZero() || byLabel == byMonths:
		return byLabel, ""
	}
	return byLabel, fmt.Sprintf("label and months disagree: %s is %s to %s, but the months are those of %s, %s to %s",
		byLabel, byLabel.Start(), byLabel.End(), byMonths, byMonths.Start(), byMonths.End())
}

// periodOfMonths reads the first and the last month, or day, of a half-year.
func periodOfMonths(text string) (calc.EarningPeriod, string) {
	m := monthsSplit.FindStringIndex(text)
	if m == nil {
		return calc.EarningPeriod{}, "is no half-year"
	}
	from, to := strings.TrimRight(text[:m[0]], " "), text[m[1]:]
	if from == "" { // "Jul-Dec 2019": the name is before the dash
		from = strings.TrimSuffix(text[:m[1]], "-")
	}
	last, ok := periodEnd(to)
	if !ok {
		return calc.EarningPeriod{}, "is no half-year"
	}
	if monthNumber(strings.TrimSuffix(from, ".")) > 0 {
		from = fmt.Sprintf("%s %d", from, last[0].year)
	}
	first, ok := periodEnd(from)
	if !ok {
		return calc.EarningPeriod{}, "is no half-year"
	}
	for _, f := range first {
		for _, l := range last {
			if p, ok := halfYear(f, l); ok {
				return p, ""
			}
		}
	}
	return calc.EarningPeriod{}, "is no half-year, which is January to June or July to December"
}

// periodEnd reads one end of a period, with every order that it allows: only one
// of them can make a half-year.
func periodEnd(text string) ([]written, bool) {
	w, err := splitDate(text)
	switch {
	case err != nil || w.clocked:
		return nil, false
	case w.first == 0:
		return []written{w}, true
	}
	return []written{
		{year: w.year, day: w.first, month: w.second},
		{year: w.year, month: w.first, day: w.second},
	}, true
}

// halfYear reports whether two ends are those of a half-year.
func halfYear(from, to written) (calc.EarningPeriod, bool) {
	last, err := to.date(0)
	if err != nil {
		return calc.EarningPeriod{}, false
	}
	if from.monthOnly {
		from.day = 1
	}
	from.monthOnly = false
	first, err := from.date(0)
	p := calc.PeriodOf(last)
	labelled := p.FiscalYear() <= lastYear // FY00 is the year 2000
	return p, err == nil && first == p.Start() && last == p.End() && labelled
}
