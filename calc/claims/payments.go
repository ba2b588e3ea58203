package claims

import (
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// claimPaid gathers the rows of the archive that pay one claim.
type claimPaid struct {
	first  calc.Earning
	amount map[string]decimal.Decimal // by currency
}

// checkClaimPayments matches Coop rows that pay claims with the register
// (cspcoop help rules). Without a register there is nothing to match them with.
func (c *settlement) checkClaimPayments() {
	if c.Register == nil {
		return
	}
	listed := map[string]bool{}
	for _, row := range c.Register.Register {
		listed[row.ID] = true
	}
	byID := map[string]*calc.Claim{}
	for _, claim := range c.Claims {
		byID[claim.ID] = claim
	}
	paid := c.claimPayments()
	for _, id := range slices.Sorted(maps.Keys(paid)) {
		p := paid[id]
		switch claim := byID[id]; {
		case claim != nil:
			c.comparePayment(claim, p)
		case !listed[id]:
			for _, currency := range slices.Sorted(maps.Keys(p.amount)) {
				c.report(p.first.Finding(calc.Warning, calc.ClaimPaymentUnmatched, calc.Say(
					"%s was paid for claim %s, which the claims register does not have; enter the claim, or correct its claimId",
					calc.NewMoney(p.amount[currency], currency), id)))
			}
		}
	}
}

// claimPayments gathers the rows that pay claims, by claim, up to the as-of
// date; of several versions the one that counts.
func (c *settlement) claimPayments() map[string]*claimPaid {
	paid := map[string]*claimPaid{}
	for i, src := range c.Ledger.Sources {
		for j, e := range src.Earnings.All() {
			if c.Ledger.Fates[i][j] != calc.Skipped || e.Class(c.Policy.ClaimRows) != calc.ClaimPayment || e.Date().After(c.AsOf) {
				continue
			}
			if e.ClaimID() == "" {
				continue // reported with its rows: the export does not name the claim
			}
			p := paid[e.ClaimID()]
			if p == nil {
				p = &claimPaid{first: e, amount: map[string]decimal.Decimal{}}
				paid[e.ClaimID()] = p
			}
			p.amount[e.Currency()] = p.amount[e.Currency()].Add(e.Amount().Decimal())
		}
	}
	return paid
}

// comparePayment compares what the exports say was paid for a claim with what
// the register says was approved. Payments in another currency than the claim's
// are paid at a rate that is not known here, and are not compared.
func (c *settlement) comparePayment(claim *calc.Claim, p *claimPaid) {
	paid, canCompare := p.amount[claim.Currency]
	if !canCompare || len(p.amount) > 1 {
		return
	}
	due := claim.Worth()
	switch {
	case claim.State != calc.ClaimApproved && claim.State != calc.ClaimPaid:
		c.reportOn(claim, calc.Warning, calc.ClaimPaymentDiffers, "exports show %s as paid for claim %s, but the register has it as %s; look it up and correct its status",
			calc.NewMoney(paid, claim.Currency), claim.ID, calc.Quoted{Of: claim.State})
	case !paid.Equal(due):
		c.reportOn(claim, calc.Warning, calc.ClaimPaymentDiffers, "exports show %s as paid for claim %s, but %s was approved (difference %s); compare with Partner Center",
			calc.NewMoney(paid, claim.Currency), claim.ID, calc.NewMoney(due, claim.Currency), calc.Figure(paid.Sub(due)))
	}
}
