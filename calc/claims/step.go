package claims

import (
	"cmp"

	"cspcoop/calc"
)

// nextStep says what a partner does next. It comes after the claim's needs and
// age are known.
func (c *settlement) nextStep(claim *calc.Claim) calc.Step {
	switch claim.State {
	case calc.ClaimEditing:
		return draftStep(claim, c.of[claim])
	case calc.ClaimActionRequired:
		by := calc.Latest(claim.Deadline, claim.DocumentsBy)
		if c.AsOf.After(by) && !by.IsZero() {
			return calc.Step{Action: calc.StepAskLate, By: by}
		}
		return calc.Step{Action: calc.StepAnswer, By: by}
	case calc.ClaimInReview, calc.ClaimDisputed:
		return c.awaited(claim, calc.StepLookUp)
	case calc.ClaimApproved:
		return c.awaited(claim, calc.StepExpectPayment)
	case calc.ClaimRejected:
		if b := c.of[claim]; b != nil && b.Window.Claimable() {
			return calc.Step{Action: calc.StepResubmit, By: claim.Deadline}
		}
	case calc.ClaimPaid, calc.ClaimExpired:
	}
	return calc.Step{}
}

func draftStep(c *calc.Claim, b *fund) calc.Step {
	switch {
	case b != nil && (b.Decision == calc.Accruing || b.Window == calc.WindowUpcoming):
		return calc.Step{Action: calc.StepWait, By: c.Opens}
	case b != nil && b.Decision != calc.ClaimRequired:
		return calc.Step{Action: calc.StepDiscard}
	case len(c.Missing) > 0:
		return calc.Step{Action: calc.StepComplete, By: c.Deadline}
	}
	return calc.Step{Action: calc.StepSubmit, By: c.Deadline}
}

// awaited is what to do while Microsoft has to act: look, and ask once it takes
// too long.
func (c *settlement) awaited(claim *calc.Claim, look calc.StepAction) calc.Step {
	days, _ := c.patience(claim.State)
	switch {
	case claim.Since.IsZero():
		return calc.Step{Action: look}
	case claim.Age > days:
		return calc.Step{Action: calc.StepAsk}
	}
	return calc.Step{Action: look, By: claim.Since.AddBusinessDays(days)}
}

// since returns the day on which a claim's state began, as far as the register
// says: a review starts again when the claim is resubmitted (cspcoop help rules).
func since(c *calc.Claim) calc.Date {
	sent := calc.Latest(c.Submitted, c.Resubmitted)
	switch c.State {
	case calc.ClaimInReview:
		return cmp.Or(sent, c.LastActivity)
	case calc.ClaimApproved:
		return cmp.Or(c.ApprovedOn, calc.Latest(sent, c.LastActivity))
	case calc.ClaimPaid:
		return cmp.Or(c.PaidOn, calc.Latest(c.ApprovedOn, c.LastActivity))
	case calc.ClaimExpired:
		return c.Deadline.AddDays(1)
	case calc.ClaimRejected:
		return cmp.Or(c.RejectedOn, calc.Latest(sent, c.LastActivity))
	case calc.ClaimEditing, calc.ClaimActionRequired, calc.ClaimDisputed:
	}
	return calc.Latest(sent, c.LastActivity)
}

// newestDate returns the newest day up to another on which anything happened to a
// claim. An activity's dates do not say so: they may be planned.
func newestDate(c *calc.Claim, until calc.Date) calc.Date {
	days := []calc.Date{c.Submitted, c.Resubmitted, c.ApprovedOn, c.RejectedOn, c.PaidOn, c.LastActivity}
	for _, i := range c.Invoices {
		days = append(days, i.Date)
	}
	var newest calc.Date
	for _, d := range days {
		if !d.After(until) {
			newest = calc.Latest(newest, d)
		}
	}
	return newest
}
