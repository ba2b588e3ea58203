package calc

import "time"

// StepAction is what a partner does next about a claim.
type StepAction uint8

const (
	// StepNone: nothing is left to do.
	StepNone StepAction = iota
	// StepComplete: a draft lacks something.
	StepComplete
	// StepSubmit: a draft is complete.
	StepSubmit
	// StepWait: the fund still accrues; the draft can be submitted from a day on.
	StepWait
	// StepDiscard: the fund is paid automatically or owed; it cannot be claimed.
	StepDiscard
	// StepAnswer: Microsoft waits for the partner.
	StepAnswer
	// StepLookUp: Microsoft should have decided by a day.
	StepLookUp
	// StepExpectPayment: the payment should arrive by a day.
	StepExpectPayment
	// StepAsk: Microsoft has taken longer than it should.
	StepAsk
	// StepClaimAnew: the claim was rejected and the window is open.
	StepClaimAnew
)

// String gives the action as a sentence in lower case without full stop.
func (a StepAction) String() string {
	return [...]string{
		StepNone:          "nothing is left to do",
		StepComplete:      "add what is missing and submit it",
		StepSubmit:        "submit it",
		StepWait:          "wait until its fund can be claimed",
		StepDiscard:       "discard it, its fund cannot be claimed",
		StepAnswer:        "answer Microsoft and resubmit it",
		StepLookUp:        "look up the decision in Partner Center",
		StepExpectPayment: "look for the payment",
		StepAsk:           "ask Microsoft why it takes so long",
		StepClaimAnew:     "mend what was wrong and claim anew",
	}[a]
}

// Step is what a partner does next about a claim.
type Step struct {
	Action StepAction
	By     Date // last day for it; for StepWait the first; no date when none is set
}

// nextStep says what a partner does next. It comes after the claim's needs and
// age are known.
func (c *calculation) nextStep(claim *Claim) Step {
	switch claim.State {
	case ClaimEditing:
		return claim.draftStep()
	case ClaimActionRequired:
		return Step{StepAnswer, claim.Deadline}
	case ClaimInReview, ClaimDisputed:
		return c.awaited(claim, StepLookUp)
	case ClaimApproved:
		return c.awaited(claim, StepExpectPayment)
	case ClaimRejected:
		if claim.Balance != nil && claim.Balance.Window == WindowOpen {
			return Step{StepClaimAnew, claim.Deadline}
		}
	case ClaimPaid, ClaimExpired:
	}
	return Step{}
}

func (c *Claim) draftStep() Step {
	switch b := c.Balance; {
	case b != nil && b.Decision == Accruing:
		return Step{StepWait, c.Usage.Start()}
	case b != nil && b.Decision != ClaimRequired:
		return Step{Action: StepDiscard}
	case len(c.Missing) > 0:
		return Step{StepComplete, c.Deadline}
	}
	return Step{StepSubmit, c.Deadline}
}

// awaited is what to do while Microsoft has to act: look, and ask once it takes
// too long.
func (c *calculation) awaited(claim *Claim, look StepAction) Step {
	days, _ := c.patience(claim.State)
	switch {
	case claim.Since.IsZero():
		return Step{Action: look}
	case claim.Age > days:
		return Step{Action: StepAsk}
	}
	return Step{look, claim.Since.addBusinessDays(days)}
}

// addBusinessDays gives the n-th weekday after a day.
func (d Date) addBusinessDays(n int) Date {
	for n > 0 {
		d = d.AddDays(1)
		if w := d.Time().Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return d
}

// since gives the day on which a claim's state began, as far as the register
// tells: a review starts again when the claim is resubmitted (rules.md §4).
func (c *Claim) since() Date {
	sent := latest(c.Submitted, c.Resubmitted)
	switch c.State {
	case ClaimInReview:
		return firstOf(sent, c.LastActivity)
	case ClaimApproved:
		return firstOf(c.ApprovedOn, latest(sent, c.LastActivity))
	case ClaimPaid:
		return firstOf(c.PaidOn, latest(c.ApprovedOn, c.LastActivity))
	case ClaimExpired:
		return c.Deadline.AddDays(1)
	case ClaimEditing, ClaimActionRequired, ClaimDisputed, ClaimRejected:
	}
	return latest(sent, c.LastActivity)
}

// newestDate gives the newest day up to another on which anything happened to a
// claim. An activity's dates do not tell it: they may be planned.
func (c *Claim) newestDate(until Date) Date {
	days := []Date{c.Submitted, c.Resubmitted, c.ApprovedOn, c.PaidOn, c.LastActivity}
	for _, i := range c.Invoices {
		days = append(days, i.Date)
	}
	var newest Date
	for _, d := range days {
		if !d.After(until) {
			newest = latest(newest, d)
		}
	}
	return newest
}

func latest(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}

func firstOf(a, b Date) Date {
	if a.IsZero() {
		return b
	}
	return a
}
