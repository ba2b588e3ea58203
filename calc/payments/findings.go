package payments

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
)

// Findings makes the findings of a statement's payments; from is the first
// month of which earnings are archived. Payments without earnings are gathered,
// because a missing export makes all of its payments such ones.
func Findings(list []*calc.PaymentMatch, from calc.Month) []calc.Finding {
	var found []calc.Finding
	var before, without []*calc.PaymentMatch
	for _, m := range list {
		switch m.State {
		case calc.MatchDiffers:
			found = append(found, m.Finding(calc.Warning, calc.PaymentDiffers, differenceWords(m)+"; ask Microsoft for the payment's details, or drop a newer earnings export"))
		case calc.MatchTaxed:
			found = append(found, m.Finding(calc.Info, calc.PaymentDiffers, fmt.Sprintf("%s; the difference is the %s of the Payments report", differenceWords(m), m.Tax)))
		case calc.MatchMissing:
			found = append(found, m.Rows[0].Finding(calc.Warning, calc.SentWithoutPayment, fmt.Sprintf(
				"payment %s is Sent, say its earnings (%d, %s USD), but no Payments report has it; look for it in the bank account, then ask Microsoft",
				m.ID, len(m.Rows), calc.AmountText(m.Earned))))
		case calc.MatchFailed:
			found = append(found, failure(m))
		case calc.MatchWithoutEarnings:
			if !from.IsZero() && m.Date.Month().Compare(from) <= 0 {
				before = append(before, m)
			} else {
				without = append(without, m)
			}
		case calc.MatchUnchecked, calc.MatchAgrees, calc.MatchLater:
		}
		if !m.TotalDiffers.IsZero() && m.State != calc.MatchFailed {
			found = append(found, m.Finding(calc.Warning, calc.PaymentTotalDiffers, fmt.Sprintf(
				"payment %s of %s: totalPayment is %s %s, which is %s from what was earned, with sales tax and without withheld tax; ask Microsoft what else was taken or added",
				m.ID, m.Date, calc.AmountText(m.Total), m.PayCurrency, calc.AmountText(m.TotalDiffers))))
		}
	}
	return slices.Concat(found,
		withoutEarnings(without, calc.Warning, "no earnings carry their ids; drop the earnings export of the months that they pay"),
		withoutEarnings(before, calc.Info, "they are older than the first archived earnings"))
}

// withoutEarnings makes one finding for each report, participant and
// program.
func withoutEarnings(list []*calc.PaymentMatch, severity calc.Severity, why string) []calc.Finding {
	var found []calc.Finding
	type key struct{ file, participant, program string }
	groups := map[key][]*calc.PaymentMatch{}
	for _, m := range list {
		k := key{m.Place.File, m.Participant, m.Program}
		groups[k] = append(groups[k], m)
	}
	for _, group := range groups {
		first := group[0]
		found = append(found, first.Finding(severity, calc.PaidWithoutEarnings, fmt.Sprintf(
			"%s without earnings (first: %s of %s over %s %s): %s",
			calc.CountText(len(group), "payment"), first.ID, first.Date, calc.AmountText(first.Paid), first.PayCurrency, why)))
	}
	return found
}

// differenceWords says how the two sides differ.
func differenceWords(m *calc.PaymentMatch) string {
	what := fmt.Sprintf("payment %s of %s", m.ID, m.Date)
	switch {
	case m.Currency == "":
		return fmt.Sprintf("%s names neither a currency of its earnings nor an amount in USD, so that it cannot be compared", what)
	case m.OtherPay != "":
		return fmt.Sprintf("%s is in %s, but its earnings say that they were paid in %s (compared in %s: %s paid, %s earned)",
			what, m.PayCurrency, m.OtherPay, m.Currency, calc.AmountText(m.Paid), calc.AmountText(m.Earned))
	}
	why := "rounding them explains"
	if m.Currency != m.PayCurrency {
		why = "rounding and exchange rates explain"
	}
	return fmt.Sprintf("%s pays %s %s before tax, but its earnings (%d) come to %s %s: a difference of %s, of which %s %s at most",
		what, calc.AmountText(m.Paid), m.Currency, len(m.Rows), calc.AmountText(m.Earned), m.Currency, calc.AmountText(m.Difference), why, calc.AmountText(m.Tolerance))
}

// unpaid reports whether a payment of this status did not arrive, or came back.
func unpaid(status string) bool {
	money := calc.StatusOf(status)
	return money == calc.StatusFailed || money == calc.StatusLost
}

// failure describes a payment that did not arrive. Without earnings it is only
// for information: another payment has them.
func failure(m *calc.PaymentMatch) calc.Finding {
	state := calc.PaymentStateOf(m.Status)
	what := fmt.Sprintf("payment %s of %s over %s %s is %s", m.ID, m.Date, calc.AmountText(m.Total), m.PayCurrency, strings.ToLower(m.Status))
	if m.StatusText != "" {
		what += fmt.Sprintf(" (%s)", m.StatusText)
	}
	if len(m.Rows) == 0 {
		return m.Finding(calc.Info, state.Code, what+"; no earnings carry it any more")
	}
	return m.Finding(severityOf(state), state.Code, fmt.Sprintf("%s, and its earnings (%d, %s %s) are unpaid: the money %s; %s",
		what, len(m.Rows), calc.AmountText(m.Earned), m.Currency, state.Meaning, turn(state)))
}

// turn says whose turn it is, and what to do.
func turn(s *calc.PaymentState) string {
	switch s.Turn {
	case calc.PartnersTurn:
		return "your turn: " + s.Advice
	case calc.MicrosoftsTurn:
		return "Microsoft's turn: " + s.Advice
	case calc.NobodysTurn:
	}
	return s.Advice
}

// severityOf is a warning where money does not arrive by itself.
func severityOf(s *calc.PaymentState) calc.Severity {
	if s.Money == calc.StatusLost || s.Turn == calc.PartnersTurn || s.Code == calc.PaymentFailed {
		return calc.Warning
	}
	return calc.Info
}
