package lists

import (
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// Commitment is a line of the season plan, in the fund's currency: what a claim or
// a draft covers of a fund or, behind them, what nothing covers. The lines of a fund
// that can be claimed add up to its co-op.
type Commitment struct {
	Balance *calc.Balance
	Claim   *calc.Claim // nil for what nothing covers
	Amount  decimal.Decimal
}

// Season lists funds with the activities that claims and drafts cover.
func Season(open []*calc.Balance) []Commitment {
	var list []Commitment
	for _, b := range open {
		rest := b.CoOpFund
		for _, c := range b.Claims {
			if amount := c.Taken.Add(c.Planned); !c.Over() || !amount.IsZero() {
				list = append(list, Commitment{b, c, amount})
				rest = rest.Sub(amount)
			}
		}
		if b.Window.Claimable() { // else it is forfeited
			list = append(list, Commitment{Balance: b, Amount: rest})
		}
	}
	return list
}

// Open lists the funds that can be claimed, the most urgent first.
func Open(balances []*calc.Balance) []*calc.Balance {
	return Only(Funds(balances), func(b *calc.Balance) bool { return b.Window.Claimable() })
}

// Carried lists the funds that can be claimed, and those that claims still hold money of
// after their window: approved and not paid, or not decided. The most urgent is first.
func Carried(balances []*calc.Balance) []*calc.Balance {
	return Only(Funds(balances), func(b *calc.Balance) bool {
		return b.Window.Claimable() || slices.ContainsFunc(b.Claims, func(c *calc.Claim) bool {
			return c.State != calc.ClaimPaid && !c.Taken.IsZero()
		})
	})
}

// Support sorts a fund by what supports it, in the fund's currency, as at a year's
// end. What was paid or forfeited is no part of it.
type Support struct {
	Balance       *calc.Balance
	Approved      decimal.Decimal
	InReview      decimal.Decimal // submitted and not decided
	Documented    decimal.Decimal // drafts that miss nothing
	Unsupported   decimal.Decimal // drafts that miss something, and what nothing covers
	NotYetUsable  decimal.Decimal // what nothing covers before claims open
	AllowanceBase decimal.Decimal // all but what is approved
}

// YearEnd sorts funds by what supports them.
func YearEnd(funds []*calc.Balance) []Support {
	var list []Support
	at := map[*calc.Balance]int{}
	for _, line := range Season(funds) {
		i, known := at[line.Balance]
		if !known {
			i = len(list)
			at[line.Balance] = i
			list = append(list, Support{Balance: line.Balance})
		}
		part := list[i].part(line)
		if part == nil {
			continue // it was paid
		}
		*part = part.Add(line.Amount)
		if part != &list[i].Approved {
			list[i].AllowanceBase = list[i].AllowanceBase.Add(line.Amount)
		}
	}
	return list
}

// part returns where a line belongs; nil for what was paid.
func (s *Support) part(line Commitment) *decimal.Decimal {
	c := line.Claim
	switch {
	case c == nil && line.Balance.Window == calc.WindowUpcoming:
		return &s.NotYetUsable
	case c == nil:
		return &s.Unsupported
	}
	switch c.State {
	case calc.ClaimPaid:
		return nil
	case calc.ClaimApproved:
		return &s.Approved
	case calc.ClaimEditing:
		if len(c.Missing) == 0 {
			return &s.Documented
		}
		return &s.Unsupported
	case calc.ClaimInReview, calc.ClaimActionRequired, calc.ClaimDisputed, calc.ClaimRejected, calc.ClaimExpired:
	}
	return &s.InReview
}
