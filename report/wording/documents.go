package wording

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Whole words an amount without its cents where it has none, for an axis.
func (w *Words) Whole(d decimal.Decimal) string {
	return strings.TrimSuffix(w.Money(d), w.Decimal+"00")
}

// Precise words an amount with all of its decimals, at least two.
func (w *Words) Precise(d decimal.Decimal) string {
	if calc.Cents(d).Equal(d) {
		return w.Money(d)
	}
	whole, decimals, _ := strings.Cut(d.String(), ".")
	return calc.Grouped(whole, w.Group) + w.Decimal + decimals
}

// Year words a month's year, 2020.
func (w *Words) Year(m calc.Month) string { return strconv.Itoa(m.Year()) }

// Sentence makes a sentence of a finding's message: with a capital, unless it
// begins with a name or a number, and a full stop.
func (w *Words) Sentence(message string) string {
	first, _, _ := strings.Cut(message, " ")
	isWord := func(r rune) bool { return unicode.IsLower(r) || r == '-' || r == ',' || r == '’' }
	if strings.TrimFunc(first, isWord) == "" {
		r, size := utf8.DecodeRuneInString(message)
		message = string(unicode.ToUpper(r)) + message[size:]
	}
	if message == "" || strings.ContainsAny(message[len(message)-1:], ".!?") {
		return message
	}
	return message + "."
}

// Where formats where a finding is: file, sheet, row and column.
func (w *Words) Where(p calc.Place) string {
	parts := []string{}
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Sheet != "" {
		parts = append(parts, w.T("sheet %s", p.Sheet))
	}
	if p.Row > 0 {
		parts = append(parts, w.T("row %s", w.Count(p.Row)))
	}
	if p.Column != "" {
		parts = append(parts, w.T("column %s", p.Column))
	}
	return strings.Join(parts, ", ")
}

// FileKind words what report a file is.
func (w *Words) FileKind(k calc.FileKind) string {
	switch k {
	case calc.KindEarnings:
		return w.T("Earnings")
	case calc.KindGrowth:
		return w.T("Growth")
	case calc.KindSummarized:
		return w.T("Summarized earnings")
	case calc.KindMonthly:
		return w.T("Monthly sheet")
	case calc.KindPayments:
		return w.T("Payments")
	case calc.KindClaims:
		return w.T("Claims register")
	case calc.KindBank:
		return w.T("Bank statement")
	case calc.KindControls: // in the workspace; no source is one
	case calc.KindMixed:
		return w.T("Several reports")
	case calc.KindArchive: // the kind of a receipt; no source is one
	}
	return string(k)
}

// Fate words what became of rows.
func (w *Words) Fate(f calc.Fate) string {
	switch f {
	case calc.Counted:
		return w.T("Counted")
	case calc.Duplicate:
		return w.T("Duplicates")
	case calc.Superseded:
		return w.T("Superseded")
	case calc.Repeated:
		return w.T("Repeated")
	case calc.Skipped:
		return w.T("Skipped")
	}
	return f.String()
}
