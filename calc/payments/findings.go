package payments

import (
	"slices"

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
			found = append(found, m.Finding(calc.Warning, calc.PaymentDiffers, calc.Say("%s; ask Microsoft for the payment's details%s", differenceOf(m), calc.ForOperator(calc.Say(", or drop a newer earnings export")))).Behind(differing(m)))
		case calc.MatchTaxed:
			found = append(found, m.Finding(calc.Info, calc.PaymentDiffers, calc.Say("%s; the difference is the %s of the Payments report", differenceOf(m), m.Tax)))
		case calc.MatchMissing:
			found = append(found, m.Rows[0].Finding(calc.Warning, calc.SentWithoutPayment, calc.Say(
				"payment %s is Sent according to its earnings (%s, %s), but no Payments report has it; look for it in the bank account, then ask Microsoft",
				m.ID, rowsOf(m), calc.NewMoney(m.Earned, m.Currency))).Behind(calc.USD(m.RowsUSD())))
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
			found = append(found, m.Finding(calc.Warning, calc.PaymentTotalDiffers, calc.Say(
				"payment %s of %s: totalPayment is %s, which is %s from what was earned, with sales tax and without withheld tax; ask Microsoft what else was taken or added",
				m.ID, m.Date, calc.NewMoney(m.Total, m.PayCurrency), calc.Figure(m.TotalDiffers))))
		}
	}
	return slices.Concat(found,
		withoutEarnings(without, calc.Warning, calc.Say("no earnings carry their ids; drop the earnings export of the months that they pay")),
		withoutEarnings(before, calc.Info, calc.Say("they are older than the first archived earnings")))
}

// Explanation says how a payment and its earnings differ; ok is false where they
// agree.
func Explanation(m *calc.PaymentMatch) (says calc.Sentence, ok bool) {
	switch m.State {
	case calc.MatchDiffers:
		return calc.Say("earnings: %s", differenceOf(m)), true
	case calc.MatchTaxed:
		return calc.Say("earnings: %s; the difference is the %s of the Payments report", differenceOf(m), m.Tax), true
	case calc.MatchWithoutEarnings:
		return calc.Say("no earnings carry its id"), true
	case calc.MatchMissing:
		return calc.Say("its earnings are Sent, and no Payments report has it"), true
	case calc.MatchFailed:
		return calc.Say("it has the status %s", calc.Quoted{Of: m.Status}), true
	case calc.MatchUnchecked, calc.MatchAgrees, calc.MatchLater:
	}
	return calc.Sentence{}, false
}

// withoutEarnings makes one finding for each report, participant and
// program.
func withoutEarnings(list []*calc.PaymentMatch, severity calc.Severity, why calc.Sentence) []calc.Finding {
	var found []calc.Finding
	type key struct{ file, participant, program string }
	groups := map[key][]*calc.PaymentMatch{}
	for _, m := range list {
		k := key{m.Place.File, m.Participant, m.Program}
		groups[k] = append(groups[k], m)
	}
	for _, group := range groups {
		first := group[0]
		found = append(found, first.Finding(severity, calc.PaidWithoutEarnings, calc.Say(
			"%s without earnings (first: %s of %s, %s): %s",
			calc.CountOf(len(group), "%s payment", "%s payments"), first.ID, first.Date, calc.NewMoney(first.Paid, first.PayCurrency), why)))
	}
	return found
}

// differenceOf says how the two sides differ.
func differenceOf(m *calc.PaymentMatch) calc.Sentence {
	paid, earned := calc.NewMoney(m.Paid, m.Currency), calc.NewMoney(m.Earned, m.Currency)
	switch {
	case m.Currency == "":
		return calc.Say("payment %s of %s names neither a currency of its earnings nor an amount in USD, so that it cannot be compared", m.ID, m.Date)
	case m.OtherPay != "":
		return calc.Say("payment %s of %s is in %s, but its earnings say that they were paid in %s (%s paid, %s earned)",
			m.ID, m.Date, m.PayCurrency, m.OtherPay, paid, earned)
	}
	why := calc.Say("rounding them explains")
	if m.Currency != m.PayCurrency {
		why = calc.Say("rounding and exchange rates explain")
	}
	return calc.Say("payment %s of %s pays %s before tax, but its earnings (%s) come to %s: a difference of %s, of which %s %s at most",
		m.ID, m.Date, paid, rowsOf(m), earned, calc.Figure(m.Difference), why, calc.Figure(m.Tolerance))
}

func rowsOf(m *calc.PaymentMatch) calc.Things { return calc.CountOf(len(m.Rows), "%s row", "%s rows") }

// unpaid reports whether a payment of this status did not arrive, or came back.
func unpaid(status string) bool {
	money := calc.StatusOf(status)
	return money == calc.StatusFailed || money == calc.StatusLost
}

// failure describes a payment that did not arrive. Without earnings it is only
// for information: another payment has them.
func failure(m *calc.PaymentMatch) calc.Finding {
	state := calc.PaymentStateOf(m.Status)
	what := calc.Say("payment %s of %s (%s) has the status %s", m.ID, m.Date, calc.NewMoney(m.Total, m.PayCurrency), calc.Quoted{Of: m.Status})
	if m.StatusText != "" {
		what = calc.Say("%s (%s)", what, m.StatusText)
	}
	if len(m.Rows) == 0 {
		return m.Finding(calc.Info, state.Code, calc.Say("%s; no earnings carry it any more", what))
	}
	return m.Finding(severityOf(state), state.Code, calc.Say("%s, and its earnings (%s, %s) are unpaid: the money %s; %s",
		what, rowsOf(m), calc.NewMoney(m.Earned, m.Currency), calc.Term(state.Meaning), turn(state)))
}

// turn says whose turn it is, and what to do.
func turn(s *calc.PaymentState) calc.Sentence {
	switch s.Turn {
	case calc.PartnersTurn:
		return calc.Say("your turn: %s", calc.Term(s.Advice))
	case calc.MicrosoftsTurn:
		return calc.Say("Microsoft's turn: %s", calc.Term(s.Advice))
	case calc.NobodysTurn:
	}
	return calc.Say("%s", calc.Term(s.Advice))
}

// severityOf is a warning where money does not arrive by itself.
func severityOf(s *calc.PaymentState) calc.Severity {
	if s.Money == calc.StatusLost || s.Turn == calc.PartnersTurn || s.Code == calc.PaymentFailed {
		return calc.Warning
	}
	return calc.Info
}

// differing returns the money of which a payment and its earnings differ.
func differing(m *calc.PaymentMatch) calc.Money {
	if m.Currency == m.PayCurrency {
		return m.InUSD(m.Difference)
	}
	return calc.NewMoney(m.Difference, m.Currency)
}
