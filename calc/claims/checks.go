package claims

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// disputeDays is how many business days Microsoft takes to decide a disputed
// claim (cspcoop help rules).
const disputeDays = 5

// checkClaims compares every claim with the rules, its fund, the other claims
// and the payments in the archive (cspcoop help rules, cspcoop help claims).
func (c *settlement) checkClaims() {
	table := map[string]*calc.Activity{}
	for _, claim := range c.Claims {
		claim.Entry = c.activityOf(claim, table)
		claim.Since = since(claim)
		if !claim.Since.IsZero() {
			claim.Age = claim.Since.BusinessDaysUntil(c.AsOf)
		}
		listNeeds(claim)
		claim.NextStep = c.nextStep(claim)
		c.checkDates(claim)
		c.checkState(claim)
		c.checkPaidAmount(claim)
		if !claim.Over() {
			c.checkActivity(claim)
			c.checkDocuments(claim)
			c.checkInvoices(claim)
		}
	}
	c.checkInvoicesTwice()
	c.checkFunds()
	c.checkRegisterAge()
	c.checkClaimPayments()
	for _, claim := range c.Claims {
		claim.Findings = calc.SortFindings(claim.Findings)
	}
}

// checkDates compares a claim's own dates with its usage period and window
// (cspcoop help rules). That it came too late is said where it takes nothing.
func (c *settlement) checkDates(claim *calc.Claim) {
	usage := claim.Usage
	if claim.Submitted.Before(claim.Opens) && !claim.Submitted.IsZero() {
		c.reportOn(claim, calc.Error, calc.ClaimTooEarly, "claim %s was submitted on %s, before claims for its usage period (%s to %s) opened on %s; check the date and the usage period",
			claim.ID, claim.Submitted, usage.Start(), usage.End(), claim.Opens)
	}
	if claim.Submitted.IsZero() && claim.State.Reserves() && claim.State != calc.ClaimPaid {
		c.reportOn(claim, calc.Warning, calc.ClaimUndated, "claim %s is %s without a date of submission; enter submittedDate, so that it can be compared with the last day to claim, %s",
			claim.ID, calc.Quoted{Of: claim.State}, claim.Deadline)
	}
	if claim.Over() {
		return
	}
	start, end := claim.ActivityStart, claim.ActivityEnd
	switch {
	case start.IsZero() || end.IsZero():
		c.reportOn(claim, calc.Warning, calc.ActivityDates, "claim %s does not say from when to when its activity took place; enter activityStart and activityEnd", claim.ID)
	case end.Before(start):
		c.reportOn(claim, calc.Error, calc.ActivityDates, "the activity of claim %s ends on %s, before it starts on %s; correct the dates", claim.ID, end, start)
	}
	if !within(start, usage) || !within(end, usage) {
		c.reportOn(claim, calc.Error, calc.ActivityOutsideUsage, "the activity of claim %s (%s to %s) is not within the usage period, %s to %s; only what was done in it can be claimed: correct the dates or claim from another fund",
			claim.ID, start, end, usage.Start(), usage.End())
	}
}

// within reports whether a day is in a half-year; no date is not outside.
func within(d calc.Date, half calc.EarningPeriod) bool {
	return d.IsZero() || !d.Before(half.Start()) && !d.After(half.End())
}

// checkState says what a claim waits for in its state, and since when.
func (c *settlement) checkState(claim *calc.Claim) {
	switch claim.State {
	case calc.ClaimEditing:
		c.checkDraft(claim)
	case calc.ClaimInReview:
		if claim.Age > c.Policy.Claims.ReviewDays {
			c.reportOn(claim, calc.Warning, calc.ReviewOverdue, "claim %s has been in review since %s, %s; look it up in Partner Center, and ask Microsoft if it still is",
				claim.ID, claim.Since, businessDays(claim.Age))
		}
	case calc.ClaimActionRequired:
		if c.AsOf.After(claim.Deadline) {
			c.reportOn(claim, calc.Warning, calc.PartnerActionRequired, "claim %s, %s, waits for you, and %s, the last day to answer Microsoft, has passed; ask whether it can still be answered",
				claim.ID, calc.NewMoney(claim.Amount, claim.Currency), claim.Deadline)
			return
		}
		c.reportOn(claim, calc.Warning, calc.PartnerActionRequired, "claim %s, %s, waits for you: Microsoft asks for more; answer in Partner Center and resubmit it by %s: the review then starts again",
			claim.ID, calc.NewMoney(claim.Amount, claim.Currency), claim.Deadline)
	case calc.ClaimDisputed:
		if claim.Age > disputeDays {
			c.reportOn(claim, calc.Warning, calc.DisputeWaiting, "claim %s has been disputed since %s, %s, and should be decided after %s; look it up in Partner Center, and ask Microsoft if it still is",
				claim.ID, claim.Since, businessDays(claim.Age), disputeDays)
			return
		}
		c.reportOn(claim, calc.Info, calc.DisputeWaiting, "claim %s has been disputed since %s; a decision is due within %s: look it up in Partner Center",
			claim.ID, claim.Since, businessDays(disputeDays))
	case calc.ClaimApproved:
		if claim.Age > c.Policy.Claims.PaidDays {
			c.reportOn(claim, calc.Warning, calc.PaymentOverdue, "claim %s, %s, has been approved since %s, %s, and is not paid; look for its payment in Partner Center, and ask Microsoft if there is none",
				claim.ID, calc.NewMoney(claim.Worth(), claim.Currency), claim.Since, businessDays(claim.Age))
		}
	case calc.ClaimRejected:
		c.checkRejected(claim)
	case calc.ClaimExpired:
		if claim.Status == calc.ClaimEditing {
			c.reportOn(claim, calc.Warning, calc.DraftExpired, "draft claim %s, %s, was not submitted by the last day to claim, %s, and has expired; take it out of the register, or enter when it was submitted",
				claim.ID, calc.NewMoney(claim.Amount, claim.Currency), claim.Deadline)
		}
	case calc.ClaimPaid:
	}
}

// checkDraft warns of a draft whose window closes, more loudly from step to
// step: the last of them is an error.
func (c *settlement) checkDraft(claim *calc.Claim) {
	b := c.of[claim]
	if b == nil || b.Window != calc.WindowOpen {
		return
	}
	steps := slices.DeleteFunc(slices.Sorted(slices.Values(c.Policy.Claims.WarnDays)), func(days int) bool { return b.DaysLeft > days })
	if len(steps) == 0 {
		return
	}
	severity := calc.Warning
	if steps[0] == slices.Min(c.Policy.Claims.WarnDays) {
		severity = calc.Error
	}
	c.reportOn(claim, severity, calc.DraftDue, "draft claim %s, %s, is not submitted, and its window closes within %s (days left: %s); submit it by %s",
		claim.ID, calc.NewMoney(claim.Amount, claim.Currency), calc.Days(steps[0]), b.DaysLeft, claim.Deadline)
}

// checkRejected says what becomes of the money of a rejected claim: while the
// window is open it can be claimed again, afterwards it is forfeited (cspcoop help rules
// §4).
func (c *settlement) checkRejected(claim *calc.Claim) {
	b := c.of[claim]
	if b == nil || b.Decision != calc.ClaimRequired || claim.Submitted.After(claim.Deadline) {
		return
	}
	if b.Window.Claimable() {
		c.reportOn(claim, calc.Warning, calc.ClaimRejectedCode, "claim %s, %s, was rejected; its money is free again: correct what was wrong, or claim for something else, by %s",
			claim.ID, calc.NewMoney(claim.Amount, claim.Currency), claim.Deadline)
		return
	}
	if rejected := cmp.Or(claim.RejectedOn, claim.LastActivity); !rejected.IsZero() && !rejected.After(claim.Deadline) {
		return // it was rejected in time to claim again
	}
	lost, known := c.inFundCurrency(claim, claim.Amount)
	if !known {
		c.reportRateMissing(claim)
		return
	}
	lost = decimal.Min(lost, b.Forfeited.Decimal)
	c.reportOn(claim, calc.Warning, calc.RejectedForfeits, "claim %s, %s, was rejected after the last day to claim, %s, and adds %s to what is forfeited; dispute it in Partner Center if the rejection is wrong",
		claim.ID, calc.NewMoney(claim.Amount, claim.Currency), claim.Deadline, calc.NewMoney(lost, b.FundCurrency))
}

// checkPaidAmount compares what was paid for a claim with what was approved,
// where both are in one currency.
func (c *settlement) checkPaidAmount(claim *calc.Claim) {
	if claim.Approved.Valid && claim.Approved.Decimal.GreaterThan(claim.Amount) {
		c.reportOn(claim, calc.Error, calc.ApprovedAboveClaim, "claim %s was approved with %s, more than the %s that was claimed; compare with Partner Center and correct the register",
			claim.ID, calc.NewMoney(claim.Approved.Decimal, claim.Currency), calc.NewMoney(claim.Amount, claim.Currency))
	}
	if !claim.PaidAmount.Valid || cmp.Or(claim.PaidCurrency, claim.Currency) != claim.Currency {
		return
	}
	if paid, due := claim.PaidAmount.Decimal, claim.Worth(); !paid.Equal(due) {
		c.reportOn(claim, calc.Warning, calc.PaidAmountDiffers, "claim %s was paid with %s, but %s was approved (difference %s); compare with the payment in Partner Center",
			claim.ID, calc.NewMoney(paid, claim.Currency), calc.NewMoney(due, claim.Currency), calc.Figure(paid.Sub(due)))
	}
}

// checkRegisterAge warns when the register in force is older than its claims
// can have rested. Its age is that of its newest date: when it was received
// must not reach a statement.
func (c *settlement) checkRegisterAge() {
	var newest calc.Date
	for _, claim := range c.Claims {
		newest = calc.Latest(newest, newestDate(claim, c.AsOf))
	}
	if newest.IsZero() {
		return
	}
	age := newest.BusinessDaysUntil(c.AsOf)
	var stuck []*calc.Claim
	for _, claim := range c.Claims {
		if days, moves := c.patience(claim.State); moves && age > days {
			stuck = append(stuck, claim)
		}
	}
	if len(stuck) == 0 {
		return
	}
	c.report(c.Register.Finding(calc.Warning, calc.RegisterStale, calc.Say(
		"the newest date in the claims register is %s, %s ago; claim %s, which has the status %s, must have moved on since then (such claims: %s); look them up in Partner Center%s",
		newest, businessDays(age), stuck[0].ID, calc.Quoted{Of: stuck[0].State}, len(stuck), calc.ForOperator(calc.Say(" and drop a newer register")))))
}

func businessDays(n int) calc.Things { return calc.CountOf(n, "%s business day", "%s business days") }

// patience returns how many business days a claim can stay in a state in which
// Microsoft has to act; in the others it can stay for any time.
func (c *settlement) patience(s calc.ClaimStatus) (days int, moves bool) {
	switch s {
	case calc.ClaimInReview:
		return c.Policy.Claims.ReviewDays, true
	case calc.ClaimDisputed:
		return disputeDays, true
	case calc.ClaimApproved:
		return c.Policy.Claims.PaidDays, true
	case calc.ClaimEditing, calc.ClaimActionRequired, calc.ClaimPaid, calc.ClaimRejected, calc.ClaimExpired:
	}
	return 0, false
}
