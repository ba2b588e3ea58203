package claims

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// checkFunds compares every fund that has claims with all that they take and
// plan.
func (c *settlement) checkFunds() {
	highest := c.highestCoOp()
	for _, b := range c.funds {
		was, paid := highest[b]
		switch {
		case len(b.Claims) == 0:
			continue
		case b.Decision == calc.ClaimRequired:
			c.checkTaken(b)
		case paid && b.Rule.MustClaim(was):
			c.reportRestated(b, was)
		default:
			c.checkNotClaimable(b)
		}
		c.checkCaps(b)
	}
}

func (c *settlement) checkTaken(b *fund) {
	claimed, planned := b.Claimed.Decimal, b.Planned.Decimal
	left := b.CoOpFund.Sub(claimed)
	switch {
	case left.IsNegative():
		c.reportFund(b, calc.Error, calc.FundOverdrawn, "claims take %s, but the fund holds %s: it is overdrawn by %s; withdraw or lower a claim",
			calc.NewMoney(claimed, b.FundCurrency), calc.NewMoney(b.CoOpFund, b.FundCurrency), calc.Figure(left.Neg()))
	case planned.GreaterThan(left):
		c.reportFund(b, calc.Warning, calc.FundOverplanned, "drafts plan %s, but %s remain in the fund; lower a draft by %s or leave one out",
			calc.NewMoney(planned, b.FundCurrency), calc.NewMoney(left, b.FundCurrency), calc.Figure(planned.Sub(left)))
	}
}

// reportFund reports a finding about a fund's claims at the first one's place.
func (c *settlement) reportFund(b *fund, s calc.Severity, code calc.Code, template string, parameters ...calc.Parameter) {
	f := b.Finding(s, code, calc.Say(template, parameters...)).At(b.Claims[0].Place)
	for _, claim := range liveClaims(b) {
		claim.Findings = append(claim.Findings, f)
	}
	c.report(f)
}

// liveClaims returns the claims of a fund that are not over.
func liveClaims(b *fund) []*calc.Claim {
	return slices.DeleteFunc(slices.Clone(b.Claims), (*calc.Claim).Over)
}

// checkNotClaimable reports claims for a fund that still accrues, is paid
// automatically or is negative (cspcoop help rules).
func (c *settlement) checkNotClaimable(b *fund) {
	for _, claim := range liveClaims(b) {
		severity := calc.Error
		if claim.State == calc.ClaimEditing {
			severity = calc.Warning
		}
		switch b.Decision {
		case calc.Accruing:
			if claim.State == calc.ClaimEditing {
				severity = calc.Info
			}
			c.reportOn(claim, severity, calc.FundNotClaimable, "claim %s is for co-op of %s, which still accrues; it can be claimed from %s on, if it comes to more than is paid automatically",
				claim.ID, b.Period, b.Period.UsageStart())
		case calc.AutoPayout:
			c.reportOn(claim, severity, calc.FundNotClaimable, "claim %s is for co-op of %s, %s, which is paid automatically and cannot be claimed; %s",
				claim.ID, b.Period, calc.USD(b.CoOp), withdraw(b))
		case calc.Negative:
			c.reportOn(claim, severity, calc.FundNotClaimable, "claim %s is for co-op of %s, which is negative, %s, so that nothing can be claimed; %s",
				claim.ID, b.Period, calc.USD(b.CoOp), withdraw(b))
		case calc.ClaimRequired:
		}
	}
}

func withdraw(b *fund) calc.Sentence {
	if b.Provisional {
		return calc.Say("withdraw the claim, unless the export that completes the period changes that")
	}
	return calc.Say("withdraw the claim")
}

// reportRestated reports once, for all its claims, a fund that would have to be
// claimed had its earnings not been restated.
func (c *settlement) reportRestated(b *fund, was decimal.Decimal) {
	var ids calc.List
	for _, claim := range liveClaims(b) {
		ids = append(ids, claim.ID)
	}
	now := calc.Say("it is paid automatically")
	if b.Decision == calc.Negative {
		now = calc.Say("nothing is paid")
	}
	c.reportFund(b, calc.Error, calc.FundRestatedBelowThreshold,
		"co-op of %s was restated from %s to %s: %s, and it cannot be claimed any more; its claims (%s) take %s and plan %s: ask Microsoft what becomes of them before anything is booked",
		b.Period, calc.USD(was), calc.USD(b.CoOp), now, ids,
		calc.NewMoney(b.Claimed.Decimal, b.FundCurrency), calc.Figure(b.Planned.Decimal))
}

// checkCaps compares all that a fund's claims take and plan for one activity
// with its cap, in the order of submission, drafts last. It reports the claim
// with which the cap is exceeded.
func (c *settlement) checkCaps(b *fund) {
	taken := map[*calc.Activity]decimal.Decimal{} // entries of the one table
	noted := map[*calc.Activity]bool{}
	for _, drafts := range []bool{false, true} {
		for _, claim := range b.Claims {
			if claim.Entry == nil || claim.Entry.Cap.IsZero() || (claim.State == calc.ClaimEditing) != drafts {
				continue
			}
			sum := taken[claim.Entry].Add(claim.Taken).Add(claim.Planned)
			taken[claim.Entry] = sum
			most := allowed(b, claim.Entry.Cap)
			if !sum.GreaterThan(most) || noted[claim.Entry] {
				continue
			}
			noted[claim.Entry] = true
			severity := calc.Error
			if drafts {
				severity = calc.Warning
			}
			c.reportOn(claim, severity, calc.OverCap, "with claim %s, claims for %s come to %s in this usage period, but at most %s may be claimed for it (%s); lower it by %s or claim for something else",
				claim.ID, claim.Entry.NameIn(claim.Usage.FiscalYear()), calc.NewMoney(sum, b.FundCurrency), calc.NewMoney(most, b.FundCurrency), claim.Entry.Cap, calc.Figure(sum.Sub(most)))
		}
	}
}

// allowed returns what a cap comes to, in the fund's currency and rounded to
// cents. A cap in USD is taken there at the rate of the fund's own earnings.
func allowed(b *fund, limit calc.Cap) decimal.Decimal {
	usd := limit.USD
	if b.FundCurrency != "USD" && !b.Exact.CoOp.IsZero() {
		usd = usd.Mul(b.Exact.Fund).DivRound(b.Exact.CoOp, 20)
	}
	return calc.Cents(decimal.Max(usd, b.Exact.Fund.Mul(limit.Share)))
}
