package calc

import (
	"fmt"
	"slices"
)

// paymentFindings makes the findings of a statement's payments; from is the first
// month of which earnings are archived. Payments without earnings are gathered,
// because a missing export makes all of its payments such ones.
func paymentFindings(list []*PaymentMatch, from Month) []Finding {
	var found []Finding
	var before, without []*PaymentMatch
	for _, m := range list {
		switch m.State {
		case MatchDiffers:
			found = append(found, m.finding(Warning, PaidOtherwise, m.differenceWords()+"; ask Microsoft for the payment's details, or drop a newer earnings export"))
		case MatchTaxed:
			found = append(found, m.finding(Info, PaidOtherwise, fmt.Sprintf("%s; the difference is the %s of the Payments report", m.differenceWords(), m.Tax)))
		case MatchMissing:
			found = append(found, m.Rows[0].finding(Warning, SentWithoutPayment, fmt.Sprintf(
				"payment %s is Sent, say its earnings (%d, %s USD), but no Payments report has it; look for it in the bank account, then ask Microsoft",
				m.ID, len(m.Rows), inWords(m.Earned))))
		case MatchFailed:
			found = append(found, m.failure())
		case MatchWithoutEarnings:
			if !from.IsZero() && m.Date.Month().Compare(from) <= 0 {
				before = append(before, m)
			} else {
				without = append(without, m)
			}
		case MatchUnchecked, MatchAgrees, MatchLater:
		}
		if !m.TotalDiffers.IsZero() && m.State != MatchFailed {
			found = append(found, m.finding(Warning, PaymentTotal, fmt.Sprintf(
				"payment %s of %s: totalPayment is %s %s, which is %s from what was earned, with sales tax and without withheld tax; ask Microsoft what else was taken or added",
				m.ID, m.Date, inWords(m.Total), m.PayCurrency, inWords(m.TotalDiffers))))
		}
	}
	return slices.Concat(found,
		withoutEarnings(without, Warning, "no earnings carry their ids; drop the earnings export of the months that they pay"),
		withoutEarnings(before, Info, "they are older than the first archived earnings"))
}

// withoutEarnings makes one finding for each report, participant and
// program.
func withoutEarnings(list []*PaymentMatch, severity Severity, why string) []Finding {
	var found []Finding
	type key struct{ file, participant, program string }
	groups := map[key][]*PaymentMatch{}
	for _, m := range list {
		k := key{m.Place.File, m.Participant, m.Program}
		groups[k] = append(groups[k], m)
	}
	for _, group := range groups {
		first := group[0]
		found = append(found, first.finding(severity, PaidWithoutEarnings, fmt.Sprintf(
			"%s without earnings (first: %s of %s over %s %s): %s",
			count(len(group), "payment"), first.ID, first.Date, inWords(first.Paid), first.PayCurrency, why)))
	}
	return found
}

// differenceWords says how the two sides differ.
func (m *PaymentMatch) differenceWords() string {
	what := fmt.Sprintf("payment %s of %s", m.ID, m.Date)
	switch {
	case m.Currency == "":
		return fmt.Sprintf("%s names neither a currency of its earnings nor an amount in USD, so that it cannot be compared", what)
	case m.OtherPay != "":
		return fmt.Sprintf("%s is in %s, but its earnings say that they were paid in %s (compared in %s: %s paid, %s earned)",
			what, m.PayCurrency, m.OtherPay, m.Currency, inWords(m.Paid), inWords(m.Earned))
	}
	why := "rounding them explains"
	if m.Currency != m.PayCurrency {
		why = "rounding and exchange rates explain"
	}
	return fmt.Sprintf("%s pays %s %s before tax, but its earnings (%d) come to %s %s: a difference of %s, of which %s %s at most",
		what, inWords(m.Paid), m.Currency, len(m.Rows), inWords(m.Earned), m.Currency, inWords(m.Difference), why, inWords(m.Tolerance))
}

// failure tells of a payment that was reversed, rejected or failed. Without
// earnings it is only for information: another payment has them.
func (m *PaymentMatch) failure() Finding {
	what := fmt.Sprintf("payment %s of %s over %s %s is %s", m.ID, m.Date, inWords(m.Total), m.PayCurrency, fold(m.Status))
	if m.StatusText != "" {
		what += fmt.Sprintf(" (%s)", m.StatusText)
	}
	if len(m.Rows) == 0 {
		return m.finding(Info, PaymentReturned, what+"; no earnings carry it any more")
	}
	return m.finding(Warning, PaymentReturned, fmt.Sprintf(
		"%s, and its earnings (%d, %s %s) are unpaid; check bank and tax details in Partner Center, and look for the repeated payment",
		what, len(m.Rows), inWords(m.Earned), m.Currency))
}

// finding makes a finding at the payment's place in its report.
func (m *PaymentMatch) finding(s Severity, code Code, message string) Finding {
	return Finding{Severity: s, Code: code, Participant: m.Participant, Program: m.Program, Place: m.Place, Message: message}
}
