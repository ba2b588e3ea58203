package wording

import (
	"strings"
	"testing"
	"time"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// What stands alone names the claim and its last day; what Microsoft has to do
// is in no list of things to do.
func TestClaimSteps(t *testing.T) {
	w := English()
	const alone, beside = true, false
	for action, want := range map[calc.StepAction]struct {
		todo bool
		next string
	}{
		calc.StepNone:          {beside, ""},
		calc.StepComplete:      {alone, "Add what is missing and submit it by Fri 14 Feb 2020: photos"},
		calc.StepSubmit:        {alone, "Submit it by Fri 14 Feb 2020"},
		calc.StepWait:          {beside, "Submit it from Fri 14 Feb 2020 on: its fund still accrues"},
		calc.StepDiscard:       {beside, "Discard it: its fund cannot be claimed"},
		calc.StepAnswer:        {alone, "Answer Microsoft and resubmit it by Fri 14 Feb 2020; missing: photos"},
		calc.StepLookUp:        {beside, "Look up the decision in Partner Center; it is due by Fri 14 Feb 2020"},
		calc.StepExpectPayment: {beside, "Look for the payment; it is due by Fri 14 Feb 2020"},
		calc.StepAsk:           {beside, "Ask Microsoft about the delay"},
		calc.StepAskLate:       {beside, "Fri 14 Feb 2020, the last day to answer Microsoft, has passed: ask whether it can still be answered; if not, 90.00\u00a0USD is forfeited"},
		calc.StepResubmit:      {alone, "Correct what was wrong and resubmit by Fri 14 Feb 2020"},
	} {
		c := &calc.Claim{NextStep: calc.Step{Action: action, By: calc.MustDate(2020, time.February, 14)}, Missing: []string{"photos"}, Taken: decimal.New(90, 0), Balance: &calc.Balance{Fund: calc.Fund{FundCurrency: "USD"}}}
		c.ID = "C-1"
		if got := w.NextStep(c); got != want.next {
			t.Errorf("%s: next step %q, want %q", action, got, want.next)
		}
		step := w.ClaimStep(c)
		if want.todo != (step != "") {
			t.Errorf("%s: to do %q", action, step)
		}
		if want.todo && (!strings.Contains(step, "claim C-1") || !strings.Contains(step, "Fri 14 Feb 2020")) {
			t.Errorf("%s: to do %q", action, step)
		}
	}
}

// A register may not say since when a claim waits; nothing is due by a day
// then.
func TestUndatedSteps(t *testing.T) {
	for action, want := range map[calc.StepAction]string{
		calc.StepLookUp:        "Look up the decision in Partner Center",
		calc.StepExpectPayment: "Look for the payment",
	} {
		if got := English().NextStep(&calc.Claim{NextStep: calc.Step{Action: action}}); got != want {
			t.Errorf("%s: %q, want %q", action, got, want)
		}
	}
}

func TestCode(t *testing.T) {
	w := English()
	if got := w.Code(calc.Forfeited); got != "co-op was not claimed in time and is lost" {
		t.Errorf("FORFEITED means %q", got)
	}
	if got := w.Code(calc.ReviewOverdue); got != "a claim is in review for longer than [claims] review_days" {
		t.Errorf("REVIEW_OVERDUE means %q", got)
	}
	if got := w.Code("NEW_CODE"); got != "NEW_CODE" {
		t.Errorf("a code without a note means %q", got)
	}
}
