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
	before := len(c.ledger.findings)
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
			c.tell(claim, Error, ClaimWithoutFund,
				"claim %s is for co-op earned in %s by %s in %s, of which no export tells; check participant, program and usage period, or drop the missing export",
				claim.ID, claim.Earned, claim.Participant, claim.ProgramName)
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
	c.checkClaims(r)
	c.claimFindings = slices.Clone(c.ledger.findings[before:])
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
		row.Place.File = inForce.File
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
			invoice := *row.Invoice
			invoice.Place = row.Place
			claim.Invoices = append(claim.Invoices, invoice)
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
		c.tell(claim, Error, ClaimTooLate, "claim %s was submitted on %s, after the last day to claim, %s; it takes nothing from the fund",
			claim.ID, claim.Submitted, claim.Deadline)
		return
	}
	if claim.Balance == nil || claim.State != ClaimEditing && !claim.State.reserves() {
		return
	}
	inFund, ok := c.inFundCurrency(claim, claim.Worth())
	if !ok {
		c.tell(claim, Error, ClaimCurrency, "%s", c.rateMissing(claim))
		return
	}
	if claim.State == ClaimEditing {
		claim.Planned, claim.PlannedUSD = inFund, claim.Balance.USD(inFund)
		return
	}
	claim.Taken, claim.TakenUSD = inFund, claim.Balance.USD(inFund)
}

// inFundCurrency takes an amount of a claim to its fund's currency, rounded to
// cents (rules.md §6, Money): as it is; by amountUSD when the fund is in USD; by
// the configured rate. The second value is false without any of them.
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
	rate, ok := c.Policy.Rates.On(c.rateDay(claim), claim.Currency, fund)
	if !ok {
		return decimal.Zero, false
	}
	claim.Rate = decimal.NewNullDecimal(rate)
	return Cents(amount.Mul(rate)), true
}

func (c *calculation) rateMissing(claim *Claim) string {
	fund := claim.Balance.FundCurrency
	return fmt.Sprintf("claim %s is in %s and its fund in %s; nothing is taken for it until a rate from %s to %s for %s stands in [rates]",
		claim.ID, claim.Currency, fund, claim.Currency, fund, c.rateDay(claim))
}

// rateDay gives the day whose rate takes a claim to its fund's currency: that of
// its submission, else its activity's end, else the as-of date.
func (c *calculation) rateDay(claim *Claim) Date {
	switch {
	case !claim.Submitted.IsZero():
		return claim.Submitted
	case !claim.ActivityEnd.IsZero():
		return claim.ActivityEnd
	}
	return c.AsOf
}

// tell reports a finding about a claim at its place in the register.
func (c *calculation) tell(claim *Claim, s Severity, code Code, format string, args ...any) {
	c.tellAt(claim, claim.Place, s, code, format, args...)
}

func (c *calculation) tellAt(claim *Claim, place Place, s Severity, code Code, format string, args ...any) {
	f := Finding{Severity: s, Code: code, Participant: claim.Participant, Program: claim.ProgramName, Period: claim.Earned, Place: place, Message: fmt.Sprintf(format, args...)}
	claim.Findings = append(claim.Findings, f)
	c.report(f)
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
		b.ByState[claim.State].add(claim)
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
	t := b.exact.turnover
	if b.FundCurrency == "USD" || t.plain.IsZero() {
		return Cents(inFund)
	}
	return Cents(inFund.Mul(t.usd).DivRound(t.plain, 20))
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
