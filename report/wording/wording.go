// Package wording puts a result into words: amounts, days, periods and the
// sentences that say what to do. Every document takes them from here, so that
// a PDF, its workbook, the web page and the terminal never say it differently.
//
// Sentences are fmt formats in English; every other language is a catalog, a file
// of their translations in the folder catalog.
// Machine-readable files do not use this package.
package wording

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
	"golang.org/x/text/feature/plural"
)

// Minus is the sign of negative amounts.
const Minus = calc.Minus

// Words words a result in one language and region. It may be used by several
// goroutines at a time.
type Words struct {
	*locale
	translations map[string]string // of formats; an English one is its own
}

// English is the language of documents unless the configuration names another,
// and that of the terminal.
func English() *Words {
	l := &englishes[0]
	return &Words{locale: l}
}

// Language returns the BCP 47 tag, for document metadata.
func (w *Words) Language() string { return w.tag.String() }

// T words a sentence or label; key is its English text, a fmt format. Numbers
// that may have more than three digits are words already, by Count.
func (w *Words) T(key string, args ...any) string {
	return fmt.Sprintf(cmp.Or(w.translations[key], key), args...)
}

// Number words a number of things; one and many are the keys of its singular
// and its plural, "%s fund" and "%s funds". Which of them a number takes is the
// language's matter: French has no earnings in the singular.
func (w *Words) Number(n int, one, many string) string {
	key := many
	if plural.Cardinal.MatchPlural(w.tag, n, 0, 0, 0, 0) == plural.One {
		key = one
	}
	return w.T(key, w.Count(n))
}

// Money words an amount with exactly two decimals, grouped thousands and a real
// minus sign. The currency is said beside it: in a column's head or by Amount.
func (w *Words) Money(d decimal.Decimal) string {
	whole, cents, _ := strings.Cut(calc.Cents(d).StringFixed(2), ".")
	return calc.Grouped(whole, w.Group) + w.Decimal + cents
}

// Amount words an amount with its currency, 5,316.00 USD.
func (w *Words) Amount(d decimal.Decimal, currency string) string {
	return w.Money(d) + "\u00a0" + currency
}

// Exact words a number with all of its decimals, as a rate has them.
func (w *Words) Exact(d decimal.Decimal) string {
	return strings.NewReplacer("-", Minus, ".", w.Decimal).Replace(d.String())
}

// Percent words a share of a hundred, 12.5% or in other languages 12,5 %.
func (w *Words) Percent(d decimal.Decimal) string {
	return fmt.Sprintf(w.locale.Percent, w.Exact(d))
}

// Count words a number of things, grouped.
func (w *Words) Count(n int) string { return calc.Grouped(strconv.Itoa(n), w.Group) }

// Days words a number of days, "1 day" or "122 days".
func (w *Words) Days(n int) string { return w.Number(n, "%s day", "%s days") }

// Date words a day, 14 February 2021.
func (w *Words) Date(d calc.Date) string { return w.in(w.locale.Date, w.dayOf(d), w.locale.Months, d) }

// ShortDate words a day where room is short, 14 Feb 2021.
func (w *Words) ShortDate(d calc.Date) string {
	return w.in(w.locale.ShortDate, w.dayOf(d), w.ShortMonths, d)
}

// Weekday words a deadline with its day of the week, Fri 14 Feb 2020.
func (w *Words) Weekday(d calc.Date) string {
	return fmt.Sprintf(w.locale.Weekday, w.Weekdays[d.Time().Weekday()], w.ShortDate(d))
}

// Month words a month, March 2020.
func (w *Words) Month(m calc.Month) string {
	return fmt.Sprintf(w.locale.Month, w.locale.Months[m.Calendar()-1], m.Year())
}

// ShortMonth words a month where room is short, Mar 2020.
func (w *Words) ShortMonth(m calc.Month) string {
	return w.ShortMonths[m.Calendar()-1] + " " + w.Year(m)
}

// MonthInitials words a month on an axis, Mar.
func (w *Words) MonthInitials(m calc.Month) string {
	return strings.TrimSuffix(w.ShortMonths[m.Calendar()-1], ".")
}

// Months words the months of a half-year, Jan–Jun 2020.
func (w *Words) Months(p calc.EarningPeriod) string {
	return w.ShortMonths[p.Start().Month().Calendar()-1] + "–" + w.ShortMonth(p.End().Month())
}

// Fiscal words a half-year by Microsoft's fiscal year, FY20 H2.
func (w *Words) Fiscal(p calc.EarningPeriod) string {
	label := p.String()
	return label[:4] + w.locale.Fiscal + label[4:]
}

// Period words a half-year so that nobody takes one half for the other,
// Jan–Jun 2020 (FY20 H2) (cspcoop help rules).
func (w *Words) Period(p calc.EarningPeriod) string {
	return w.Months(p) + " (" + w.Fiscal(p) + ")"
}

// Sealed words who sealed the last set, and when; "" where nobody did.
func (w *Words) Sealed(last *calc.LastSet) string {
	if !last.Sealed {
		return ""
	}
	return w.T("The statement of %s was sealed by %s on %s.", w.Date(last.AsOf), last.SealedBy, w.Date(last.SealedOn))
}

// Span words two days, 1–30 Sep 2020 or 28 Dec 2020 – 3 Jan 2021.
func (w *Words) Span(from, to calc.Date) string {
	switch {
	case from == to:
		return w.ShortDate(to)
	case from.Month() == to.Month():
		return w.in(w.locale.ShortDate, w.dayOf(from)+"–"+w.dayOf(to), w.ShortMonths, to)
	case from.Month().Year() == to.Month().Year():
		return w.in(w.DayMonth, w.dayOf(from), w.ShortMonths, from) + " – " + w.ShortDate(to)
	}
	return w.ShortDate(from) + " – " + w.ShortDate(to)
}
