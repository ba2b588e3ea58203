package reconcile

import (
	"cspcoop/calc"
	"cspcoop/calc/claims"
)

// claimed are statements whose funds have their claims.
type claimed struct {
	decided
	outcome claims.Outcome
}

// settleClaims takes the claims register to the funds, and lays out the calendars,
// which show claims too.
func settleClaims(d decided, last *calc.LastSet) claimed {
	c := claimed{decided: d, outcome: claims.Settle(claims.Input{AsOf: d.AsOf, Policy: d.Policy, Ledger: d.ledger, Last: last, Balances: d.balances()})}
	c.findings = append(c.findings, c.outcome.Findings...)
	for _, s := range c.drawn {
		finishCalendar(s.out, d.AsOf)
	}
	return c
}
