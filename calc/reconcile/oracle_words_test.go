package reconcile_test

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// squeeze folds case and takes blanks and hyphens out.
func squeeze(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad_", r)
	}), "")
	return strings.ToLower(s)
}

func kindOf(typ string) string {
	switch t := squeeze(typ); t {
	case "", "earning":
		return "gross"
	case "rebate", "coop":
		return t
	default:
		return "other " + t
	}
}

// programOf returns the current name of a program that was renamed, and folds the
// names of others.
func programOf(name string) string {
	folded := strings.ReplaceAll(strings.ToLower(strings.Join(strings.Fields(name), "")), "\u2013", "-")
	switch folded {
	case "csp1tdirectpartner", "cspdirectbillpartner":
		return "CSP Direct Bill Partner"
	case "csp2tindirectprovider", "cspindirectprovider":
		return "CSP Indirect Provider"
	case "csp2tindirectreseller", "cspindirectreseller":
		return "CSP Indirect Reseller"
	}
	return folded
}

func advance(status string) int {
	switch squeeze(status) {
	case "unprocessed", "upcoming":
		return 1
	case "inprogress", "processed":
		return 2
	case "sent":
		return 3
	case "failed", "rejected", "reversed":
		return 4
	}
	return 0
}

// halfOf returns the first month of the half-year that holds a date.
func halfOf(date string) string {
	if date[5:7] <= "06" {
		return date[:4] + "-01"
	}
	return date[:4] + "-07"
}

func labelOf(period string) string {
	t := timeOf(firstDay(period))
	if t.Month() == time.January {
		return fmt.Sprintf("FY%02dH2", t.Year()%100)
	}
	return fmt.Sprintf("FY%02dH1", (t.Year()+1)%100)
}

func timeOf(date string) time.Time {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return t
}

func firstDay(month string) string { return month + "-01" }

// lastDay returns the last day of the n months that begin with a month.
func lastDay(month string, n int) string {
	return timeOf(firstDay(month)).AddDate(0, n, -1).Format(time.DateOnly)
}

func plus(date string, days int) string {
	return timeOf(date).AddDate(0, 0, days).Format(time.DateOnly)
}

func between(from, to string) int {
	return int(timeOf(to).Sub(timeOf(from)) / (24 * time.Hour))
}
