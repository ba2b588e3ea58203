package claims

import (
	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// windBack sets a claim to the state in which its own dates put it on a day, and
// takes out what the register says of later days: one paid later is approved
// then, one approved or rejected later is in review.
func windBack(claim *calc.Claim, day calc.Date) {
	claim.State = claim.Status
	if claim.State == calc.ClaimPaid && (claim.PaidOn.After(day) || claim.ApprovedOn.After(day)) {
		claim.State = calc.ClaimApproved
		claim.PaidAmount, claim.PaidCurrency, claim.PaymentID = decimal.NullDecimal{}, "", ""
	}
	if claim.State == calc.ClaimApproved && claim.ApprovedOn.After(day) || claim.State == calc.ClaimRejected && claim.RejectedOn.After(day) {
		claim.State = calc.ClaimInReview
		claim.Approved = decimal.NullDecimal{}
	}
	for _, d := range []*calc.Date{&claim.Resubmitted, &claim.ApprovedOn, &claim.RejectedOn, &claim.PaidOn, &claim.LastActivity} {
		if d.After(day) {
			*d = calc.Date{}
		}
	}
}
