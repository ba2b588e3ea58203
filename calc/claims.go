package calc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// claims takes the register in force, the one received last, to the funds
// (rules.md §4).
func (c *calculation) claims(r *Result) {
	balances := map[fundKey]*Balance{}
	for _, s := range r.Statements {
		for _, b := range s.Balances {
			balances[fundKey{s.Participant, KeyOfProgram(s.Program), b.Period}] = b
		}
	}
	for _, claim := range c.register() {
		key := fundKey{claim.Participant, KeyOfProgram(claim.Program), claim.Earned}
		claim.Balance = balances[key]
		if claim.Balance == nil {
			claim.Deadline = claim.Earned.ClaimDeadline(c.Policy.Rules.ForDecision(key.program, claim.Earned).GraceDays)
			c.report(claim.finding(Error, ClaimWithoutFund, fmt.Sprintf(
				"claim %s is for co-op earned in %s by %s in %s, of which no export tells; check participant, program and usage period, or drop the missing export",
				claim.ID, claim.Earned, claim.Participant, claim.ProgramName)))
		} else {
			claim.Deadline = claim.Balance.ClaimDeadline
			claim.ProgramName = claim.Balance.Statement.Program
			claim.Balance.Claims = append(claim.Balance.Claims, claim)
		}
		c.takeFromFund(claim)
		r.Claims = append(r.Claims, claim)
	}
	for _, b := range r.Balances() {
		b.settleClaims()
	}
}

type fundKey struct {
	participant string
	program     ProgramKey
	period      EarningPeriod
}

// register gives the claims of the register in force, those submitted after the
// as-of date left out, and gives every row of every register its fate.
func (c *calculation) register() []*Claim {
	var inForce *Source
	for _, s := range c.ledger.sources {
		if s.HasRegister && (inForce == nil || s.Receipt > inForce.Receipt) {
			inForce = s
		}
	}
	if inForce == nil {
		return nil
	}
	c.inForce = inForce
	byID := map[string]*Claim{}
	var list []*Claim
	for _, row := range inForce.Register {
		if row.Submitted.After(c.AsOf) {
			c.registerSkipped++
			continue
		}
		claim := byID[row.ID]
		if claim == nil {
			claim = &Claim{ClaimTerms: row.ClaimTerms, Place: row.Place, ProgramName: currentName(row.Program), Earned: row.Usage.Previous(), State: row.Status}
			byID[row.ID] = claim
			list = append(list, claim)
		}
		if row.Invoice != nil {
			claim.Invoices = append(claim.Invoices, *row.Invoice)
		}
	}
	if c.registerSkipped > 0 {
		c.report(Finding{Severity: Info, Code: AfterAsOf, Place: Place{File: inForce.File}, Message: fmt.Sprintf(
			"%d rows of claims submitted after %s are left out", c.registerSkipped, c.AsOf)})
	}
	slices.SortFunc(list, func(a, b *Claim) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func currentName(program string) string {
	if known := KeyOfProgram(program).Known(); known != "" {
		return known
	}
	return spaced(program)
}

// takeFromFund says what a claim takes from its fund or plans of it.
func (c *calculation) takeFromFund(claim *Claim) {
	if claim.State == ClaimEditing && c.AsOf.After(claim.Deadline) {
		claim.State = ClaimExpired
	}
	if claim.Submitted.After(claim.Deadline) {
		c.report(claim.finding(Error, ClaimTooLate, fmt.Sprintf(
			"claim %s was submitted on %s, after the last day to claim, %s; it takes nothing from the fund",
			claim.ID, claim.Submitted, claim.Deadline)))
		return
	}
	if claim.Balance == nil || claim.State != ClaimEditing && !claim.State.reserves() {
		return
	}
	amount := claim.Amount
	if (claim.State == ClaimApproved || claim.State == ClaimPaid) && claim.Approved.Valid {
		amount = claim.Approved.Decimal
	}
	inFund, ok := c.inFundCurrency(claim, amount)
	if !ok {
		return
	}
	if claim.State == ClaimEditing {
		claim.Planned = inFund
		return
	}
	claim.Taken = inFund
	claim.TakenUSD = claim.Balance.USD(inFund)
}

// inFundCurrency takes an amount of a claim to its fund's currency, rounded to
// cents (rules.md §6, Money): as it is; by amountUSD when the fund is in USD; by
// the configured rate. Without any of them it reports an error.
func (c *calculation) inFundCurrency(claim *Claim, amount decimal.Decimal) (decimal.Decimal, bool) {
	fund := claim.Balance.FundCurrency
	if claim.Currency == fund {
		return Cents(amount), true
	}
	if fund == "USD" && claim.AmountUSD.Valid {
		if amount.Equal(claim.Amount) {
			return Cents(claim.AmountUSD.Decimal), true
		}
		if !claim.Amount.IsZero() {
			return Cents(claim.AmountUSD.Decimal.Mul(amount).DivRound(claim.Amount, 20)), true
		}
	}
	day := claim.Submitted
	if day.IsZero() {
		day = claim.ActivityEnd
	}
	if day.IsZero() {
		day = c.AsOf
	}
	if rate, ok := c.Policy.Rates.On(day, claim.Currency, fund); ok {
		claim.Rate = decimal.NewNullDecimal(rate)
		return Cents(amount.Mul(rate)), true
	}
	c.report(claim.finding(Error, ClaimCurrency, fmt.Sprintf(
		"claim %s is in %s and its fund in %s; nothing is taken for it until a rate from %s to %s for %s stands in [rates]",
		claim.ID, claim.Currency, fund, claim.Currency, fund, day)))
	return decimal.Zero, false
}

// finding makes a finding about a claim at its place in the register.
func (c *Claim) finding(s Severity, code Code, message string) Finding {
	return Finding{Severity: s, Code: code, Participant: c.Participant, Program: c.ProgramName, Period: c.Earned, Place: c.Place, Message: message}
}

// settleClaims gives a fund's claimed, planned, remaining and forfeited amounts
// where they apply (contract, balances.csv).
func (b *Balance) settleClaims() {
	slices.SortFunc(b.Claims, func(x, y *Claim) int {
		return cmp.Or(x.Submitted.Compare(y.Submitted), strings.Compare(x.ID, y.ID))
	})
	if b.Decision != ClaimRequired && len(b.Claims) == 0 {
		return
	}
	var claimed, planned decimal.Decimal
	for _, claim := range b.Claims {
		claimed = claimed.Add(claim.Taken)
		planned = planned.Add(claim.Planned)
	}
	b.Claimed, b.Planned = decimal.NewNullDecimal(claimed), decimal.NewNullDecimal(planned)
	if b.Decision != ClaimRequired {
		return
	}
	left := b.CoOpFund.Sub(claimed)
	if b.Window == WindowOpen {
		b.Remaining, b.Forfeited = decimal.NewNullDecimal(left), decimal.NewNullDecimal(decimal.Zero)
		return
	}
	b.Remaining, b.Forfeited = decimal.NewNullDecimal(decimal.Zero), decimal.NewNullDecimal(decimal.Max(decimal.Zero, left))
}

// USD gives what an amount of the fund is worth in USD, rounded to cents, at the
// rate of the fund's own earnings.
func (b *Balance) USD(inFund decimal.Decimal) decimal.Decimal {
	if b.FundCurrency == "USD" || b.exact.fund.IsZero() {
		return Cents(inFund)
	}
	return Cents(inFund.Mul(b.exact.coop).DivRound(b.exact.fund, 20))
}

// claimedIn gives what claims submitted in the month have taken, in USD.
func (s *Statement) claimedIn(m Month) decimal.Decimal {
	var sum decimal.Decimal
	for _, b := range s.Balances {
		for _, claim := range b.Claims {
			if !claim.Submitted.IsZero() && claim.Submitted.Month() == m {
				sum = sum.Add(claim.TakenUSD)
			}
		}
	}
	return sum
}
