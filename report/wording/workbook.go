package wording

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cspcoop/calc"
)

// Visible shows what would hide in a text: control characters, the marks and
// overrides that turn the direction of writing, and invisible marks appear as
// «U+202E». A joiner stays, emoji and some scripts need it.
func Visible(s string) string {
	if !strings.ContainsFunc(s, hides) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hides(r) {
			fmt.Fprintf(&b, "«U+%04X»", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hides(r rune) bool {
	if r < unicode.MaxASCII {
		return r < ' '
	}
	switch r {
	case '\u200c', '\u200d':
		return false
	case '\ufffe', '\uffff':
		return true
	}
	tag := r >= 0xe0000 && r <= 0xe007f
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && !tag || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}

// Partner returns the name that a participant goes by, its id when it has none.
func (w *Words) Partner(s *calc.Statement) string {
	if s.Name == "" {
		return Visible(s.Participant)
	}
	return Visible(s.Name)
}

// Place says what a statement is for: the program and the participant.
func (w *Words) Place(s *calc.Statement) string {
	return w.T("%s · participant %s", Visible(s.Program), Visible(s.Participant))
}

// ClaimTitle names a claim.
func (w *Words) ClaimTitle(c *calc.Claim) string {
	if c.Name == "" {
		return w.T("Claim %s", Visible(c.ID))
	}
	return w.T("Claim %s, %s", Visible(c.ID), Visible(c.Name))
}

// ActivityDates words the days of a claim's activity, "" where none are known.
func (w *Words) ActivityDates(c *calc.Claim) string {
	switch {
	case c.ActivityStart.IsZero() && c.ActivityEnd.IsZero():
		return ""
	case c.ActivityStart.IsZero():
		return w.ShortDate(c.ActivityEnd)
	case c.ActivityEnd.IsZero():
		return w.ShortDate(c.ActivityStart)
	}
	return w.Span(c.ActivityStart, c.ActivityEnd)
}

// ClaimState words a claim's state.
func (w *Words) ClaimState(c *calc.Claim) string { return w.T(c.State.String()) }

// Class words what an earning row is: its share, gross, or a transfer that moves
// co-op and earns none (cspcoop help rules).
func (w *Words) Class(e calc.Earning) string {
	if e.Reason() == calc.Rollover {
		return w.T("Transfer")
	}
	switch e.Kind() {
	case calc.Rebate:
		return w.T("Rebate")
	case calc.CoOp:
		return w.T("Co-op")
	case calc.Other:
		return w.T("Other")
	case calc.Gross:
	}
	return w.T("Gross")
}

// Severity words how much a finding matters.
func (w *Words) Severity(s calc.Severity) string {
	switch s {
	case calc.Error:
		return w.T("Error")
	case calc.Warning:
		return w.T("Warning")
	case calc.Info:
	}
	return w.T("Info")
}
