package calc

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// checkFunds holds every fund that has claims against all that they take and
// plan.
func (c *calculation) checkFunds(balances []*Balance) {
	highest := c.highestCoOp(balances)
	for _, b := range balances {
		switch {
		case len(b.Claims) == 0:
			continue
		case b.Decision == ClaimRequired:
			c.checkTaken(b)
		case b.Rule.MustClaim(highest[b]):
			c.tellRestated(b, highest[b])
		default:
			c.checkNotClaimable(b)
		}
		c.checkCaps(b)
	}
}

func (c *calculation) checkTaken(b *Balance) {
	claimed, planned := b.Claimed.Decimal, b.Planned.Decimal
	left := b.CoOpFund.Sub(claimed)
	switch {
	case left.IsNegative():
		c.tellFund(b, Error, FundOverdrawn, "claims take %s %s, but the fund holds %s %s: it is overdrawn by %s; withdraw or lower a claim",
			claimed.StringFixed(2), b.FundCurrency, b.CoOpFund.StringFixed(2), b.FundCurrency, left.Neg().StringFixed(2))
	case planned.GreaterThan(left):
		c.tellFund(b, Warning, FundOverplanned, "drafts plan %s %s, but %s %s remain in the fund; lower a draft by %s or leave one out",
			planned.StringFixed(2), b.FundCurrency, left.StringFixed(2), b.FundCurrency, planned.Sub(left).StringFixed(2))
	}
}

// tellFund reports a finding about a fund's claims at the first one's place.
func (c *calculation) tellFund(b *Balance, s Severity, code Code, format string, args ...any) {
	f := b.finding(s, code, fmt.Sprintf(format, args...))
	f.Place = b.Claims[0].Place
	for _, claim := range b.liveClaims() {
		claim.Findings = append(claim.Findings, f)
	}
	c.report(f)
}

// liveClaims gives the claims of a fund that are not over.
func (b *Balance) liveClaims() []*Claim {
	return slices.DeleteFunc(slices.Clone(b.Claims), (*Claim).over)
}

// checkNotClaimable reports claims for a fund that still accrues, is paid
// automatically or is negative (rules.md §2).
func (c *calculation) checkNotClaimable(b *Balance) {
	for _, claim := range b.liveClaims() {
		severity := Error
		if claim.State == ClaimEditing {
			severity = Warning
		}
		switch b.Decision {
		case Accruing:
			if claim.State == ClaimEditing {
				severity = Info
			}
			c.tell(claim, severity, NotClaimable, "claim %s is for co-op of %s, which still accrues; it can be claimed from %s on, if it comes to more than is paid automatically",
				claim.ID, b.Period, b.Period.UsageStart())
		case AutoPayout:
			c.tell(claim, severity, NotClaimable, "claim %s is for co-op of %s, %s USD, which is paid automatically and cannot be claimed; withdraw the claim%s",
				claim.ID, b.Period, b.CoOp.StringFixed(2), unlessIncomplete(b))
		case Negative:
			c.tell(claim, severity, NotClaimable, "claim %s is for co-op of %s, which is negative, %s USD, so that nothing can be claimed; withdraw the claim%s",
				claim.ID, b.Period, b.CoOp.StringFixed(2), unlessIncomplete(b))
		case ClaimRequired:
		}
	}
}

func unlessIncomplete(b *Balance) string {
	if b.Provisional {
		return ", unless the export that completes the period changes that"
	}
	return ""
}

// tellRestated reports once, for all its claims, a fund that would have to be
// claimed had its earnings not been restated.
func (c *calculation) tellRestated(b *Balance, was decimal.Decimal) {
	var ids []string
	for _, claim := range b.liveClaims() {
		ids = append(ids, claim.ID)
	}
	now := "it is paid automatically"
	if b.Decision == Negative {
		now = "nothing is paid"
	}
	c.tellFund(b, Error, FundRestated,
		"co-op of %s was restated from %s USD to %s USD: %s, and it cannot be claimed any more; its claims (%s) take %s %s and plan %s: ask Microsoft what becomes of them before anything is booked",
		b.Period, was.StringFixed(2), b.CoOp.StringFixed(2), now, strings.Join(ids, ", "),
		b.Claimed.Decimal.StringFixed(2), b.FundCurrency, b.Planned.Decimal.StringFixed(2))
}

// checkCaps holds all that a fund's claims take and plan for one activity
// against its cap, in the order of submission, drafts last. It reports the claim
// with which the cap is exceeded.
func (c *calculation) checkCaps(b *Balance) {
	taken := map[*Activity]decimal.Decimal{} // entries of the one table
	told := map[*Activity]bool{}
	for _, drafts := range []bool{false, true} {
		for _, claim := range b.Claims {
			if claim.Entry == nil || claim.Entry.Cap.IsZero() || (claim.State == ClaimEditing) != drafts {
				continue
			}
			sum := taken[claim.Entry].Add(claim.Taken).Add(claim.Planned)
			taken[claim.Entry] = sum
			most := b.allowed(claim.Entry.Cap)
			if !sum.GreaterThan(most) || told[claim.Entry] {
				continue
			}
			told[claim.Entry] = true
			severity := Error
			if drafts {
				severity = Warning
			}
			c.tell(claim, severity, OverCap, "with claim %s, claims for %s come to %s %s in this usage period, but at most %s %s may be claimed for it (%s); lower it by %s or claim for something else",
				claim.ID, claim.Entry.Name, sum.StringFixed(2), b.FundCurrency, most.StringFixed(2), b.FundCurrency, claim.Entry.Cap, sum.Sub(most).StringFixed(2))
		}
	}
}

// allowed gives what a cap comes to, in the fund's currency and rounded to
// cents. A cap in USD is taken there at the rate of the fund's own earnings.
func (b *Balance) allowed(limit Cap) decimal.Decimal {
	usd := limit.USD
	if b.FundCurrency != "USD" && !b.exact.coop.IsZero() {
		usd = usd.Mul(b.exact.fund).DivRound(b.exact.coop, 20)
	}
	return Cents(decimal.Max(usd, b.exact.fund.Mul(limit.Share)))
}

// String words a cap: "10 % of the co-op earned or 3000.00 USD, whichever is
// greater".
func (c Cap) String() string {
	share := c.Share.Shift(2).String() + " % of the co-op earned"
	switch {
	case c.USD.IsZero():
		return share
	case c.Share.IsZero():
		return c.USD.StringFixed(2) + " USD"
	}
	return share + " or " + c.USD.StringFixed(2) + " USD, whichever is greater"
}
