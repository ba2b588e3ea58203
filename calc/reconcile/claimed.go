package reconcile

import (
	"cspcoop/calc"
	"cspcoop/calc/claims"
)

// claimed adds what claims take from the funds.
type claimed struct {
	decided
	outcome claims.Outcome
}

// settleClaims takes the claims register to the funds.
func settleClaims(d decided, last *calc.LastSet) claimed {
	c := claimed{decided: d, outcome: claims.Settle(claims.Input{AsOf: d.AsOf, Policy: d.Policy, Ledger: d.ledger, Last: last, Funds: d.funds()})}
	c.findings = append(c.findings, c.outcome.Findings...)
	return c
}
