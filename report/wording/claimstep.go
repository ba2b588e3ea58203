package wording

import (
	"cspcoop/calc"
)

// NextStep says what the partner does next about a claim, to be shown beside its
// name; it is "" when nothing is left to do.
func (w *Words) NextStep(c *calc.Claim) string {
	by := w.by(c)
	switch c.NextStep.Action {
	case calc.StepComplete:
		return w.T("Add what is missing and submit it by %s: %s", by, w.missing(c))
	case calc.StepSubmit:
		return w.T("Submit it by %s", by)
	case calc.StepWait:
		return w.T("Submit it from %s on: its fund still accrues", by)
	case calc.StepDiscard:
		return w.T("Discard it: its fund cannot be claimed")
	case calc.StepAnswer:
		if len(c.Missing) > 0 {
			return w.T("Answer Microsoft and resubmit it by %s; missing: %s", by, w.missing(c))
		}
		return w.T("Answer Microsoft and resubmit it by %s", by)
	case calc.StepLookUp:
		if by == "" {
			return w.T("Look up the decision in Partner Center")
		}
		return w.T("Look up the decision in Partner Center; it is due by %s", by)
	case calc.StepExpectPayment:
		if by == "" {
			return w.T("Look for the payment")
		}
		return w.T("Look for the payment; it is due by %s", by)
	case calc.StepAsk:
		return w.T("Ask Microsoft about the delay")
	case calc.StepAskLate:
		if c.Balance != nil && c.Taken.IsPositive() {
			return w.T("%s, the last day to answer Microsoft, has passed: ask whether it can still be answered; if not, %s is forfeited", by, w.Amount(c.Taken, c.Balance.FundCurrency))
		}
		return w.T("%s, the last day to answer Microsoft, has passed: ask whether it can still be answered", by)
	case calc.StepResubmit:
		return w.T("Correct what was wrong and resubmit by %s", by)
	case calc.StepNone:
	}
	return ""
}

// ClaimStep says what the partner has to do about a claim before its last day,
// to be shown alone; it is "" while there is nothing to do or Microsoft has to
// act.
func (w *Words) ClaimStep(c *calc.Claim) string {
	id, by := Visible(c.ID), w.by(c)
	var step string
	switch c.NextStep.Action {
	case calc.StepComplete, calc.StepSubmit:
		step = w.T("Submit the draft of claim %s by %s", id, by)
	case calc.StepAnswer:
		step = w.T("Answer Microsoft on claim %s and resubmit it by %s", id, by)
	case calc.StepResubmit:
		return w.T("Resubmit what was rejected as claim %s by %s", id, by)
	case calc.StepNone, calc.StepWait, calc.StepDiscard, calc.StepLookUp, calc.StepExpectPayment, calc.StepAsk, calc.StepAskLate:
		return ""
	}
	if len(c.Missing) > 0 {
		step = w.T("%s; missing: %s", step, w.missing(c))
	}
	return step
}

// by words the day of a claim's next step, "" without one.
func (w *Words) by(c *calc.Claim) string {
	if c.NextStep.By.IsZero() {
		return ""
	}
	return w.Weekday(c.NextStep.By)
}

func (w *Words) missing(c *calc.Claim) string { return Visible(w.Terms(c.Missing, ", ")) }
