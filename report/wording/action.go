package wording

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// Action says what to do about a fund.
type Action struct {
	Headline string // one line
	Detail   string // what follows from it; may be empty
}

// Action words what to do about a fund and by when.
func (w *Words) Action(b *calc.Balance) Action {
	switch b.Decision {
	case calc.ClaimRequired:
		return w.claim(b)
	case calc.Accruing:
		return w.accruing(b)
	case calc.Negative:
		return Action{
			Headline: w.T("Nothing is paid: %s is owed", w.Amount(b.CoOp, "USD")),
			Detail:   w.T("Clawbacks exceed what was earned. The balance stands until later earnings offset it."),
		}
	case calc.AutoPayout:
	}
	if b.CoOp.IsZero() {
		return Action{Headline: w.T("Nothing to do: no co-op was earned in %s", w.Months(b.Period))}
	}
	return Action{
		Headline: w.T("Paid automatically in the payment cycle after %s", w.Date(b.Period.End())),
		Detail:   w.T("%s of co-op comes with the rebate payment. Nothing has to be claimed.", w.Amount(b.CoOp, "USD")),
	}
}

func (w *Words) claim(b *calc.Balance) Action {
	last := w.Weekday(b.ClaimDeadline)
	closed := b.Window == calc.WindowClosed
	switch lists.OutcomeOf(b) {
	case lists.Forfeited:
		return Action{
			Headline: w.T("%s forfeited", w.Amount(b.Forfeited.Decimal, b.FundCurrency)),
			Detail:   w.T("The last day to claim was %s.", last),
		}
	case lists.Overdrawn:
		over := w.T("Overdrawn by %s", w.Amount(b.Claimed.Decimal.Sub(b.CoOpFund), b.FundCurrency))
		if closed {
			return Action{over, w.T("Claims took more than the fund held. The last day to claim was %s.", last)}
		}
		return Action{over, w.T("Claims take more than the fund holds. Correct a claim before %s.", last)}
	case lists.ClaimedInFull:
		if closed {
			return Action{Headline: w.T("Claimed in full; the last day was %s", last)}
		}
		return Action{w.T("Claimed in full"), w.T("Nothing remains to be claimed by %s.", last)}
	case lists.NothingToClaim:
		if closed {
			return Action{Headline: w.T("The fund held nothing to claim; the last day was %s", last)}
		}
		return Action{w.T("Nothing to claim: the fund holds %s", w.Amount(b.CoOpFund, b.FundCurrency)), w.T("The last day to claim is %s.", last)}
	case lists.ToClaim:
	}
	remaining := b.Remaining.Decimal
	if b.Window == calc.WindowUpcoming {
		return Action{
			Headline: w.T("Claims open on %s: %s to claim by %s", w.Weekday(b.ClaimsOpen), w.Amount(remaining, b.FundCurrency), last),
			Detail:   w.spend(b),
		}
	}
	left := w.T("%s left", w.Days(b.DaysLeft))
	if b.DaysLeft == 0 {
		left = w.T("today is the last day")
	}
	return Action{
		Headline: w.T("Claim %s by %s, %s", w.Amount(remaining, b.FundCurrency), w.Weekday(b.ClaimDeadline), left),
		Detail:   w.spend(b),
	}
}

func (w *Words) spend(b *calc.Balance) string {
	var s string
	open := b.Window == calc.WindowUpcoming || b.DaysLeft > b.Rule.Claims.GraceDays
	if open {
		s = w.T("Spend it on eligible activities by %s.", w.Date(b.Period.UsageEnd()))
	} else {
		s = w.T("The usage period is over: claim what was spent by %s.", w.Date(b.Period.UsageEnd()))
	}
	if !b.Planned.Decimal.IsPositive() {
		return s
	}
	planned, rest := w.Amount(b.Planned.Decimal, b.FundCurrency), w.Amount(b.Unplanned(), b.FundCurrency)
	if open || b.Unplanned().IsZero() {
		return s + " " + w.T("Drafts cover %s of it; %s is uncovered.", planned, rest)
	}
	return s + " " + w.T("Drafts cover %s of it; %s is uncovered and can only be claimed if it was spent by then.", planned, rest)
}

func (w *Words) accruing(b *calc.Balance) Action {
	p := b.Projection
	end := w.Date(b.Period.End())
	if p.Distance.IsZero() {
		return Action{
			Headline: w.T("Accruing: the threshold is reached, a claim will be required"),
			Detail:   w.T("%s of co-op so far. Claims open on %s.", w.Amount(b.CoOp, "USD"), w.Date(b.ClaimsOpen)),
		}
	}
	headline := w.T("Accruing: %s short of the threshold, projected to be paid automatically", w.Amount(p.Distance, "USD"))
	if p.MustClaim {
		headline = w.T("Accruing: %s short of the threshold, projected to exceed it", w.Amount(p.Distance, "USD"))
	}
	return Action{
		Headline: headline,
		Detail:   w.T("%s of co-op so far; at this rate %s by %s.", w.Amount(b.CoOp, "USD"), w.Amount(p.CoOp, "USD"), end),
	}
}

// Task says what to do about a task of the list of things to do.
func (w *Words) Task(t lists.Task) Action {
	switch {
	case t.Hold != nil:
		return w.hold(t.Hold)
	case t.Claim == nil:
		return w.Action(t.Balance)
	}
	return Action{w.ClaimStep(t.Claim), w.T("%s, %s", w.ClaimTitle(t.Claim), w.Amount(t.Claim.Amount, t.Claim.Currency))}
}

// Standing names a balance's decision, and says where it is provisional.
func (w *Words) Standing(b *calc.Balance) string {
	if b.Provisional {
		return w.T("%s, provisional", w.Decision(b))
	}
	return w.Decision(b)
}

// Decision words a balance's decision as a label.
func (w *Words) Decision(b *calc.Balance) string {
	return w.State(calc.State{Decision: b.Decision, Window: b.Window})
}

// State words what becomes of a fund as a label.
func (w *Words) State(s calc.State) string {
	switch {
	case s.Decision == calc.ClaimRequired && s.Window == calc.WindowClosed:
		return w.T("Window closed")
	case s.Window == calc.WindowUpcoming:
		return w.T("Claim required, not open yet")
	case s.Decision == calc.ClaimRequired:
		return w.T("Claim required")
	case s.Decision == calc.Accruing:
		return w.T("Accruing")
	case s.Decision == calc.Negative:
		return w.T("Negative")
	}
	return w.T("Paid automatically")
}

// mostLeading is how many leading findings a document repeats at its top; all of
// them are among its findings.
const mostLeading = 5

// Leading words the findings that come before everything else in a document;
// owner adds whose they are, where a document has several.
func (w *Words) Leading(findings []calc.Finding, owner bool) []Action {
	var list []Action
	leading := calc.Leading(findings)
	for _, f := range leading[:min(mostLeading, len(leading))] {
		a := Action{Headline: w.Sentence(w.Code(f.Code())), Detail: Visible(w.Message(f))}
		if owner && f.Participant() != "" {
			a.Detail = w.T("%s · participant %s", Visible(f.Program()), Visible(f.Participant())) + ": " + a.Detail
		}
		list = append(list, a)
	}
	if more := len(leading) - len(list); more > 0 {
		list = append(list, Action{Headline: w.T("%s more of this kind are among the findings.", w.Count(more))})
	}
	return list
}
