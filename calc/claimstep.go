package calc

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
		StepClaimAnew:     "correct what was wrong and resubmit",
	}[a]
}

// Step is what a partner does next about a claim.
type Step struct {
	Action StepAction
	By     Date // last day for it; for StepWait the first; no date when none is set
}
