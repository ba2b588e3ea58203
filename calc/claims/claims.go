package claims

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/versions"
)

// Input is what claims are settled with.
type Input struct {
	AsOf   calc.Date
	Policy calc.Policy
	Ledger *versions.Ledger
	Last   *calc.LastSet // nil when there is none
	Funds  []*calc.Fund
}

// Outcome is what came of the register in force.
type Outcome struct {
	Claims   []*calc.Claim // by id, without their balances
	Funds    map[*calc.Fund]*calc.FundClaims
	Register *calc.Source // nil when there is none
	Skipped  int          // its rows of claims submitted after the as-of date
	Findings []calc.Finding
}

// settlement is the state of one Settle.
type settlement struct {
	Input
	Outcome
	funds []*fund
	of    map[*calc.Claim]*fund // a claim's fund, where there is one
}

// fund is a fund with what claims take from it.
type fund struct {
	*calc.Fund
	*calc.FundClaims
}

func (c *settlement) report(f calc.Finding) { c.Findings = append(c.Findings, f) }

// Settle takes the register in force, the one received last, to the funds
// (cspcoop help rules).
func Settle(in Input) Outcome {
	c := &settlement{Input: in, Outcome: Outcome{Funds: map[*calc.Fund]*calc.FundClaims{}}, of: map[*calc.Claim]*fund{}}
	funds := map[calc.FundKey]*fund{}
	for _, f := range in.Funds {
		b := &fund{f, &calc.FundClaims{}}
		c.funds = append(c.funds, b)
		c.Outcome.Funds[f], funds[f.Key()] = b.FundClaims, b
	}
	for _, claim := range c.register() {
		key := calc.NewFundKey(claim.Participant, claim.Program, claim.Earned)
		var calendar calc.ClaimCalendar
		if b := funds[key]; b == nil {
			calendar = c.Policy.Rules.ForDecision(key.Program, claim.Earned).Claims
			c.reportOn(claim, calc.Error, calc.ClaimWithoutFund,
				"claim %s is for co-op earned in %s by %s in %s, for which no export has earnings; check participant, program and usage period%s",
				claim.ID, claim.Earned, claim.Participant, claim.ProgramName, calc.ForOperator(calc.Say(", or drop the missing export")))
		} else {
			c.of[claim] = b
			calendar = b.Rule.Claims
			claim.ProgramName = b.Program
			b.Claims = append(b.Claims, claim)
		}
		claim.Opens, claim.Deadline = calendar.Opens(claim.Earned), calendar.LastDay(claim.Earned)
		claim.DocumentsBy = calendar.DocumentsBy(claim.Earned)
		c.takeFromFund(claim)
		c.Claims = append(c.Claims, claim)
	}
	for _, b := range c.funds {
		b.settle()
	}
	c.compareWithLast()
	c.checkClaims()
	return c.Outcome
}

// register returns the claims of the register in force, those submitted after the
// as-of date left out.
func (c *settlement) register() []*calc.Claim {
	var inForce *calc.Source
	for _, s := range c.Ledger.Sources {
		if s.HasRegister && len(s.Register) > 0 && (inForce == nil || s.Receipt > inForce.Receipt) {
			inForce = s
		}
	}
	if inForce == nil {
		return nil
	}
	c.Register = inForce
	byID := map[string]*calc.Claim{}
	var list []*calc.Claim
	for _, row := range inForce.Register {
		row.Place.File = inForce.File
		if row.Submitted.After(c.AsOf) {
			c.Skipped++
			continue
		}
		claim := byID[row.ID]
		if claim == nil {
			claim = &calc.Claim{ClaimTerms: row.ClaimTerms, Place: row.Place, ProgramName: calc.CurrentName(row.Program), Earned: row.Usage.Previous()}
			windBack(claim, c.AsOf)
			byID[row.ID] = claim
			list = append(list, claim)
		}
		if row.Invoice != nil {
			invoice := *row.Invoice
			invoice.Place = row.Place
			claim.Invoices = append(claim.Invoices, invoice)
		}
	}
	if c.Skipped > 0 {
		c.report(inForce.Finding(calc.Info, calc.AfterAsOf, calc.Say("%s of claims submitted after %s: left out", calc.CountOf(c.Skipped, "%s row", "%s rows"), c.AsOf)))
	}
	slices.SortFunc(list, func(a, b *calc.Claim) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// takeFromFund says what a claim takes from its fund or plans of it.
func (c *settlement) takeFromFund(claim *calc.Claim) {
	if claim.State == calc.ClaimEditing && c.AsOf.After(claim.Deadline) {
		claim.State = calc.ClaimExpired
	}
	if claim.Submitted.After(claim.Deadline) {
		c.reportOn(claim, calc.Error, calc.ClaimTooLate, "claim %s was submitted on %s, after the last day to claim, %s; it takes nothing from the fund",
			claim.ID, claim.Submitted, claim.Deadline)
		return
	}
	b := c.of[claim]
	if b == nil || claim.State != calc.ClaimEditing && !claim.State.Reserves() {
		return
	}
	inFund, ok := c.inFundCurrency(claim, claim.Worth())
	if !ok {
		c.reportRateMissing(claim)
		return
	}
	if claim.State == calc.ClaimEditing {
		claim.Planned, claim.PlannedUSD = inFund, b.USD(inFund)
		return
	}
	claim.Taken, claim.TakenUSD = inFund, b.USD(inFund)
}

// inFundCurrency takes an amount of a claim to its fund's currency, rounded to
// cents (cspcoop help rules, Money): as it is; by amountUSD when the fund is in USD; by
// the configured rate. The second value is false without any of them.
func (c *settlement) inFundCurrency(claim *calc.Claim, amount decimal.Decimal) (decimal.Decimal, bool) {
	fund := c.of[claim].FundCurrency
	if claim.Currency == fund {
		return calc.Cents(amount), true
	}
	if fund == "USD" && claim.AmountUSD.Valid {
		if amount.Equal(claim.Amount) {
			return calc.Cents(claim.AmountUSD.Decimal), true
		}
		if !claim.Amount.IsZero() {
			return calc.Cents(claim.AmountUSD.Decimal.Mul(amount).DivRound(claim.Amount, 20)), true
		}
	}
	rate, ok := c.Policy.Rates.On(c.rateDay(claim), claim.Currency, fund)
	if !ok {
		return decimal.Zero, false
	}
	claim.Rate = decimal.NewNullDecimal(rate)
	return calc.Cents(amount.Mul(rate)), true
}

func (c *settlement) reportRateMissing(claim *calc.Claim) {
	fund := c.of[claim].FundCurrency
	c.reportOn(claim, calc.Error, calc.ClaimCurrency, "claim %s is in %s and its fund in %s; nothing is taken for it until [rates] has a rate from %s to %s for %s",
		claim.ID, claim.Currency, fund, claim.Currency, fund, c.rateDay(claim))
}

// rateDay returns the day whose rate takes a claim to its fund's currency: that of
// its submission, else its activity's end, else the as-of date.
func (c *settlement) rateDay(claim *calc.Claim) calc.Date {
	switch {
	case !claim.Submitted.IsZero():
		return claim.Submitted
	case !claim.ActivityEnd.IsZero():
		return claim.ActivityEnd
	}
	return c.AsOf
}

// reportOn reports a finding about a claim at its place in the register.
func (c *settlement) reportOn(claim *calc.Claim, s calc.Severity, code calc.Code, template string, parameters ...calc.Parameter) {
	c.reportAt(claim, claim.Place, s, code, template, parameters...)
}

func (c *settlement) reportAt(claim *calc.Claim, place calc.Place, s calc.Severity, code calc.Code, template string, parameters ...calc.Parameter) {
	f := calc.NewFinding(s, code, calc.Say(template, parameters...)).
		About(calc.Subject{Participant: claim.Participant, Program: claim.ProgramName, Period: claim.Earned, Place: place})
	if f.Money().Currency == "" {
		f = f.Behind(calc.NewMoney(claim.Worth(), claim.Currency))
	}
	claim.Findings = append(claim.Findings, f)
	c.report(f)
}

// settle adds up a fund's claimed, planned, remaining and forfeited amounts
// where they apply (contract, balances.csv).
func (b *fund) settle() {
	slices.SortFunc(b.Claims, func(x, y *calc.Claim) int {
		return cmp.Or(x.Submitted.Compare(y.Submitted), strings.Compare(x.ID, y.ID))
	})
	if b.Decision != calc.ClaimRequired && len(b.Claims) == 0 {
		return
	}
	var claimed, planned decimal.Decimal
	for _, claim := range b.Claims {
		claimed = claimed.Add(claim.Taken)
		planned = planned.Add(claim.Planned)
		b.ByState[claim.State].Add(claim)
	}
	b.Claimed, b.Planned = decimal.NewNullDecimal(claimed), decimal.NewNullDecimal(planned)
	if b.Decision != calc.ClaimRequired {
		return
	}
	left := b.CoOpFund.Sub(claimed)
	if b.Window.Claimable() {
		b.Remaining, b.Forfeited = decimal.NewNullDecimal(left), decimal.NewNullDecimal(decimal.Zero)
		return
	}
	b.Remaining, b.Forfeited = decimal.NewNullDecimal(decimal.Zero), decimal.NewNullDecimal(decimal.Max(decimal.Zero, left))
}

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
