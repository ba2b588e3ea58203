package claims

import (
	"cspcoop/calc"
)

// stage is how far a claim has come whose money is claimed; 0 for a draft.
func stage(s calc.ClaimStatus) (stage int, money bool) {
	switch s {
	case calc.ClaimEditing:
		return 0, true
	case calc.ClaimInReview, calc.ClaimActionRequired, calc.ClaimDisputed:
		return 1, true
	case calc.ClaimApproved:
		return 2, true
	case calc.ClaimPaid:
		return 3, true
	case calc.ClaimRejected, calc.ClaimExpired:
	}
	return 0, false
}

// compareWithLast reports the claims of the last set whose money a newer
// register gives back without a rejection: those that it lacks, and those that
// it has in an earlier stage or as a draft.
func (c *settlement) compareWithLast() {
	if c.Last == nil {
		return
	}
	now := map[string]*calc.Claim{}
	for _, claim := range c.Claims {
		now[claim.ID] = claim
	}
	for _, was := range c.Last.Claims {
		before, claimed := stage(was.State)
		if !claimed || before == 0 {
			continue
		}
		amount := calc.NewMoney(was.Amount, was.Currency)
		claim := now[was.ID]
		if claim == nil {
			f := calc.NewFinding(calc.Error, calc.ClaimVanished,
				calc.Say("claim %s, %s, was %s in the statement of %s and is no longer in the claims register; its money is free again%s",
					was.ID, amount, calc.Quoted{Of: was.State}, c.Last.AsOf, calc.ForOperator(calc.Say(": drop a register with the claim, or acknowledge that it is gone"))))
			about := calc.Subject{Participant: was.Participant, Program: was.Program, Period: was.Earned}
			if c.Register != nil {
				about.Place.File = c.Register.File
			}
			c.report(f.About(about))
			continue
		}
		is := claim.State
		if claim.Status == calc.ClaimEditing {
			is = calc.ClaimEditing // even where the draft has expired by now
		}
		if after, money := stage(is); money && after < before {
			c.reportOn(claim, calc.Error, calc.ClaimWentBack, "claim %s, %s, was %s in the statement of %s and is %s in the claims register; correct its status%s",
				was.ID, amount, calc.Quoted{Of: was.State}, c.Last.AsOf, calc.Quoted{Of: is}, calc.ForOperator(calc.Say(", or acknowledge that it went back")))
		}
	}
}
