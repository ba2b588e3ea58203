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

// BankState words what the bank statements show of a payment.
func (w *Words) BankState(s calc.BankState) string {
	switch s {
	case calc.BankNoStatement:
		return w.T("No bank statement")
	case calc.BankUncovered:
		return w.T("Not covered")
	case calc.BankUnsent:
		return w.T("Not sent")
	case calc.BankReceived:
		return w.T("Received")
	case calc.BankMerged:
		return w.T("Received with others")
	case calc.BankSplit:
		return w.T("Received in parts")
	case calc.BankTaxed:
		return w.T("Explained by tax")
	case calc.BankShort:
		return w.T("Too little")
	case calc.BankOver:
		return w.T("Too much")
	case calc.BankOtherCurrency:
		return w.T("In another currency")
	case calc.BankAmbiguous:
		return w.T("Ambiguous")
	case calc.BankReturned:
		return w.T("Returned")
	case calc.BankMissing:
		return w.T("Not on the statement")
	case calc.BankUnmatched:
	}
	return w.T("Without payment")
}

// Why words an explanation; one that is not given is empty.
func (w *Words) Why(s calc.Sentence) string {
	if s.Template == "" {
		return ""
	}
	return w.Sentence(w.Say(s))
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
		return w.T("No rows for %s; an export spans this time, so nothing seems to have been earned.", w.Gap(g))
	}
	return w.T("No rows for %s, and no export spans this time: a file may be missing.", w.Gap(g))
}

// Figure words what a control is the total of.
func (w *Words) Figure(f calc.ControlFigure) string {
	switch f {
	case calc.ControlRebate:
		return w.T("Rebate")
	case calc.ControlCoOp:
		return w.T("Co-op")
	case calc.ControlOther:
		return w.T("Other")
	case calc.ControlRemaining:
		return w.T("Remaining")
	case calc.ControlClaimed:
		return w.T("Claimed")
	case calc.ControlPayment:
		return w.T("Payments")
	case calc.ControlLocations:
		return w.T("Participants")
	}
	return f.String()
}

// Controls words how totals from outside the exports agree, "" where there are
// none.
func (w *Words) Controls(list []calc.TieOut) string {
	n := calc.CountTieOuts(list)
	if n.All() == 0 {
		return ""
	}
	return w.T("Totals from outside the exports: %s in agreement, %s with an explained difference, %s with an open difference, %s in no export.",
		w.Count(n.Agree), w.Count(n.Differ-n.Open), w.Count(n.Open), w.Count(n.NoExport))
}
