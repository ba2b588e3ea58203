package wording

import (
	"strings"

	"cspcoop/calc"
)

// Code words what a finding's code means; a code without a note stands for
// itself.
func (w *Words) Code(code calc.Code) string {
	note, known := calc.NoteOf(code)
	if !known {
		return string(code)
	}
	return strings.ReplaceAll(w.T(note.Meaning), "`", "") // the marks of code are for Markdown
}

// Match words how a payment and its earnings agree.
func (w *Words) Match(s calc.MatchState) string {
	switch s {
	case calc.MatchAgrees:
		return w.T("Matched")
	case calc.MatchTaxed:
		return w.T("Explained by tax")
	case calc.MatchDiffers:
		return w.T("Different")
	case calc.MatchWithoutEarnings:
		return w.T("Without earnings")
	case calc.MatchMissing:
		return w.T("In no Payments report")
	case calc.MatchFailed:
		return w.T("Failed or reversed")
	case calc.MatchLater:
		return w.T("After the as-of date")
	case calc.MatchUnchecked:
	}
	return w.T("Not checked")
}

// Payout words what became of an automatic payout.
func (w *Words) Payout(s calc.PayoutState) string {
	switch s {
	case calc.PayoutPending:
		return w.T("Expected")
	case calc.PayoutArrived:
		return w.T("Arrived")
	case calc.PayoutHeld:
		return w.T("Below the minimum payment")
	case calc.PayoutMissing:
		return w.T("Missing")
	case calc.PayoutUnknown:
	}
	return w.T("Not in any export")
}

// Gap words months without rows, March 2020 or March 2020 to May 2020.
func (w *Words) Gap(g calc.Gap) string {
	if g.First == g.Last {
		return w.Month(g.First)
	}
	return w.T("%s to %s", w.Month(g.First), w.Month(g.Last))
}

// NoRows says that months have no rows, and what it may mean.
func (w *Words) NoRows(g calc.Gap) string {
	if g.Spanned {
		return w.T("No rows for %s; an export reaches across, so that nothing seems to have been earned.", w.Gap(g))
	}
	return w.T("No rows for %s, and no export reaches across: a file may be missing.", w.Gap(g))
}
