package reconcile

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// An earnedFigure is a figure that rows add up to: a column of monthly.csv and, in
// USD, of balances.csv too.
type earnedFigure struct {
	name string
	kind calc.Kind
	usd  bool
}

var earnedFigures = []earnedFigure{
	{"rebate_usd", calc.Rebate, true}, {"coop_usd", calc.CoOp, true}, {"other_usd", calc.Other, true},
	{"rebate", calc.Rebate, false}, {"coop", calc.CoOp, false}, {"other", calc.Other, false},
}

func earnedFigureNamed(name string) (earnedFigure, bool) {
	i := slices.IndexFunc(earnedFigures, func(f earnedFigure) bool { return f.name == name })
	if i < 0 {
		return earnedFigure{}, false
	}
	return earnedFigures[i], true
}

// A fundFigure is a figure in the fund's currency, a column of balances.csv or
// rollforward.csv: what the statement says, and the parts that must add up to it.
type fundFigure struct {
	name  string
	value func(*calc.Balance) decimal.Decimal
	parts func(*fundParts)
}

var fundFigures = []fundFigure{
	{"coop_fund", func(b *calc.Balance) decimal.Decimal { return b.CoOpFund }, func(p *fundParts) { p.inFund(nil) }},
	{"claimed_fund", func(b *calc.Balance) decimal.Decimal { return b.Claimed.Decimal }, func(p *fundParts) { p.taken(1) }},
	{"planned_fund", func(b *calc.Balance) decimal.Decimal { return b.Planned.Decimal }, (*fundParts).planned},
	{"remaining_fund", func(b *calc.Balance) decimal.Decimal { return b.Remaining.Decimal }, func(p *fundParts) {
		if p.b.Window.Claimable() {
			p.one("co-op in the fund", p.b.CoOpFund)
			p.taken(-1)
		}
	}},
	{"forfeited_fund", func(b *calc.Balance) decimal.Decimal { return b.Forfeited.Decimal }, (*fundParts).forfeited},
	{"opening", func(b *calc.Balance) decimal.Decimal { return b.Movement.Opening }, func(p *fundParts) {
		p.one("closing of the last statement set", p.m.Opening)
	}},
	{"earned", func(b *calc.Balance) decimal.Decimal { return b.Movement.Moved.Earned }, func(p *fundParts) {
		p.inFund(func(e calc.Earning) bool { return e.Reason() != calc.Rollover })
		p.one("of which adjustments", p.m.ToDate.Adjusted.Neg())
		p.one("rounding to cents", p.m.ToDate.Earned.Sub(p.sum()))
		p.sinceLast(p.m.ToDate.Earned, p.m.Moved.Earned)
	}},
	{"adjusted", func(b *calc.Balance) decimal.Decimal { return b.Movement.Moved.Adjusted }, func(p *fundParts) {
		p.adjusted()
		p.one("rounding to cents", p.m.ToDate.Adjusted.Sub(p.sum()))
		p.sinceLast(p.m.ToDate.Adjusted, p.m.Moved.Adjusted)
	}},
	{"transferred", func(b *calc.Balance) decimal.Decimal { return b.Movement.Moved.Transferred }, func(p *fundParts) {
		p.inFund(func(e calc.Earning) bool { return e.Reason() == calc.Rollover })
		p.one("rounding to cents, with what was earned", p.m.ToDate.Transferred.Sub(p.sum()))
		p.sinceLast(p.m.ToDate.Transferred, p.m.Moved.Transferred)
	}},
	{"paid_out", func(b *calc.Balance) decimal.Decimal { return b.Movement.Moved.PaidOut }, func(p *fundParts) {
		if p.b.Decision == calc.AutoPayout {
			p.one("co-op in the fund, released for payout", p.b.CoOpFund)
			p.taken(-1)
			p.one("claims took more than the fund holds", p.m.ToDate.PaidOut.Sub(p.sum()))
		}
		p.sinceLast(p.m.ToDate.PaidOut, p.m.Moved.PaidOut)
	}},
	{"claims_paid", func(b *calc.Balance) decimal.Decimal { return b.Movement.Moved.ClaimsPaid }, func(p *fundParts) {
		p.taken(1, calc.ClaimPaid)
		p.sinceLast(p.m.ToDate.ClaimsPaid, p.m.Moved.ClaimsPaid)
	}},
	{"forfeited", func(b *calc.Balance) decimal.Decimal { return b.Movement.Moved.Forfeited }, func(p *fundParts) {
		p.forfeited()
		p.sinceLast(p.m.ToDate.Forfeited, p.m.Moved.Forfeited)
	}},
	{"closing", func(b *calc.Balance) decimal.Decimal { return b.Movement.Closing }, (*fundParts).closing},
	{"approved_unpaid", func(b *calc.Balance) decimal.Decimal { return b.Movement.ApprovedUnpaid }, func(p *fundParts) {
		p.taken(1, calc.ClaimApproved)
	}},
	{"in_review", func(b *calc.Balance) decimal.Decimal { return b.Movement.InReview }, func(p *fundParts) {
		p.taken(1, calc.ClaimInReview, calc.ClaimActionRequired, calc.ClaimDisputed)
	}},
	{"planned", func(b *calc.Balance) decimal.Decimal { return b.Planned.Decimal }, (*fundParts).planned},
	{"free", func(b *calc.Balance) decimal.Decimal { return b.Movement.Free }, func(p *fundParts) {
		p.closing()
		p.one("approved and not yet paid", p.m.ApprovedUnpaid.Neg())
		p.one("in review", p.m.InReview.Neg())
		p.one("planned by drafts", p.m.Planned.Neg())
	}},
}

// Figures lists what can be asked for.
func Figures() []string {
	var names []string
	for _, f := range earnedFigures {
		names = append(names, f.name)
	}
	for _, f := range fundFigures {
		names = append(names, f.name)
	}
	return names
}

// fundParts collects the parts of a fund's figure.
type fundParts struct {
	*Explanation
	r *calc.Result
	b *calc.Balance
	m *calc.FundMovement // of b
}

// one adds a part, unless it is zero.
func (p *fundParts) one(what string, amount decimal.Decimal) {
	if !amount.IsZero() {
		p.Parts = append(p.Parts, Part{What: what, Amount: amount})
	}
}

// claims adds a part for each claim with an amount.
func (p *fundParts) claims(amount func(*calc.Claim) decimal.Decimal) {
	for _, c := range p.b.Claims {
		if a := amount(c); !a.IsZero() {
			p.Parts = append(p.Parts, Part{What: fmt.Sprintf("claim %s, %s", c.ID, c.State), Amount: a, Claim: c})
		}
	}
}

// taken adds or subtracts what claims in one of the states have taken, or in any.
func (p *fundParts) taken(sign int64, states ...calc.ClaimStatus) {
	p.claims(func(c *calc.Claim) decimal.Decimal {
		if len(states) > 0 && !slices.Contains(states, c.State) {
			return decimal.Zero
		}
		return c.Taken.Mul(decimal.New(sign, 0))
	})
}

func (p *fundParts) planned() { p.claims(func(c *calc.Claim) decimal.Decimal { return c.Planned }) }

// sinceLast subtracts what the last set had already.
func (p *fundParts) sinceLast(toDate, moved decimal.Decimal) {
	p.one("in the last statement set already", moved.Sub(toDate))
}

func (p *fundParts) forfeited() {
	if p.b.Window == calc.WindowClosed && p.b.Forfeited.Decimal.IsPositive() {
		p.one("co-op in the fund", p.b.CoOpFund)
		p.taken(-1)
	}
}

func (p *fundParts) closing() {
	p.one("opening", p.m.Opening)
	p.one("earned", p.m.Moved.Earned)
	p.one("adjusted", p.m.Moved.Adjusted)
	p.one("transferred", p.m.Moved.Transferred)
	p.one("paid out", p.m.Moved.PaidOut.Neg())
	p.one("claims paid", p.m.Moved.ClaimsPaid.Neg())
	p.one("forfeited", p.m.Moved.Forfeited.Neg())
}

// inFund adds what earnings and transfers put into a fund, those that only lets
// through.
func (p *fundParts) inFund(only func(calc.Earning) bool) {
	b := p.b
	wanted := func(e calc.Earning) bool { return b.Holds(e) && (only == nil || only(e)) }
	if p.oneCurrency() {
		p.earned(p.r, calc.CoOp, false, func(e calc.Earning) bool { return wanted(e) && e.Currency() == b.FundCurrency })
	} else {
		p.earned(p.r, calc.CoOp, true, wanted)
	}
	for e := range p.rows {
		if e.Reason() != calc.Rollover || !wanted(e) {
			continue
		}
		amount, how := p.converted(e)
		p.Parts = append(p.Parts, Part{What: "Co-op Rollover of " + e.Date().Text() + how, Amount: amount, Rows: []calc.Trace{{Earning: e}}})
	}
}

// adjusted adds the co-op of rows that adjust a fund, gross ones by their share.
func (p *fundParts) adjusted() {
	plain := p.oneCurrency()
	for e := range p.rows {
		if !p.b.Holds(e) || e.Reason() != calc.Adjustment || e.Kind() != calc.CoOp && e.Kind() != calc.Gross {
			continue
		}
		amount := e.USD().Decimal()
		if plain {
			amount = e.Amount().Decimal()
		}
		if e.Kind() == calc.Gross {
			amount = amount.Mul(p.r.Policy.Rules.ForRow(e).GrossShare())
		}
		p.Parts = append(p.Parts, Part{What: "adjustment of " + e.Date().Text(), Amount: amount, Rows: []calc.Trace{{Earning: e}}})
	}
}

// oneCurrency reports whether all co-op earnings of the fund are in its currency:
// a fund in another one than USD has no others.
func (p *fundParts) oneCurrency() bool {
	if p.b.FundCurrency != "USD" {
		return true
	}
	found := false
	for e := range p.rows {
		if p.b.Holds(e) && e.Reason() != calc.Rollover && (e.Kind() == calc.CoOp || e.Kind() == calc.Gross) {
			if e.Currency() != "USD" {
				return false
			}
			found = true
		}
	}
	return found
}

// converted returns a transfer in the fund's currency, and how it came to it.
func (p *fundParts) converted(e calc.Earning) (amount decimal.Decimal, how string) {
	if e.Currency() == p.b.FundCurrency {
		return e.Amount().Decimal(), ""
	}
	if p.b.FundCurrency == "USD" {
		return e.USD().Decimal(), ""
	}
	rate, ok := p.r.Policy.Rates.On(e.Date().Month().Last(), e.Currency(), p.b.FundCurrency)
	if !ok {
		return decimal.Zero, ", without a rate"
	}
	return e.Amount().Decimal().Mul(rate), fmt.Sprintf(" at the rate of %s", rate)
}
