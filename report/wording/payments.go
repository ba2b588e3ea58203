package wording

import (
	"strings"

	"cspcoop/calc"
)

// hold says what to do about a payment that is held, and what the day rests on.
func (w *Words) hold(h *calc.Hold) Action {
	detail := w.T("%s. It is assumed to be held since %s, the earning date, because no export shows when the hold began.", w.Turn(h.State), w.Date(h.Since))
	if h.Shown {
		detail = w.T("%s. It is assumed to be held since %s, the newest calculation date of the last export that does not show the hold.", w.Turn(h.State), w.Date(h.Since))
	}
	return Action{w.T("Resolve the hold on %s (%s) by %s at the latest", w.Amount(calc.Cents(h.USD()), "USD"), h.State.Why(), w.Weekday(h.LastDay)), detail}
}

// Turn says whose turn it is about a payment status, and what to do.
func (w *Words) Turn(s *calc.PaymentState) string {
	advice := w.T(s.Advice)
	switch s.Turn {
	case calc.PartnersTurn:
		return w.T("Your turn: %s", advice)
	case calc.MicrosoftsTurn:
		return w.T("Microsoft\u2019s turn: %s", advice)
	case calc.NobodysTurn:
	}
	return strings.TrimSuffix(w.Sentence(advice), ".")
}

// Reason says what a documented reason code means, and what to do.
func (w *Words) Reason(r *calc.ReasonCode) string {
	return w.T("%s; %s", w.T(r.Meaning), w.T(r.Advice))
}
