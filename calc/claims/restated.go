package claims

import (
	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// highestCoOp gives, for funds with claims that are paid automatically or
// negative, the most co-op in USD, rounded to cents, that any versions of their
// earnings came to; negative adjustments, which are booked in the month that
// they adjust (cspcoop help rules), left out. It depends on what the archive holds, not
// on the order in which it arrived.
func (c *settlement) highestCoOp() map[*fund]decimal.Decimal {
	watched := map[calc.FundKey]*history{}
	highest := map[*fund]decimal.Decimal{}
	for _, b := range c.funds {
		if (b.Decision == calc.AutoPayout || b.Decision == calc.Negative) && len(liveClaims(b)) > 0 {
			watched[b.Key()] = &history{
				of: b, earnings: map[calc.Identity]decimal.Decimal{}, sheets: map[calc.Month]map[*calc.Source]decimal.Decimal{}, withIDs: map[calc.Month]bool{},
			}
		}
	}
	if len(watched) == 0 {
		return highest
	}
	for i, src := range c.Ledger.Sources {
		for j, e := range src.Earnings.All() {
			h := watched[calc.FundKey{Participant: e.Participant(), Program: e.ProgramKey(), Period: calc.PeriodOf(e.Date())}]
			if fate := c.Ledger.Fates[i][j]; h == nil || fate != calc.Counted && fate != calc.Superseded {
				continue
			}
			if coop, ok := c.coOpOf(e); ok && (e.Reason() != calc.Adjustment || coop.IsPositive()) {
				h.see(e, coop)
			}
		}
	}
	for _, h := range watched {
		highest[h.of] = h.highest()
	}
	return highest
}

// coOpOf returns an earning's co-op in USD, exact; false when it has no part in
// the co-op of its period.
func (c *settlement) coOpOf(e calc.Earning) (decimal.Decimal, bool) {
	if e.Class(c.Policy.ClaimRows) != calc.Earned || e.Date().After(c.AsOf) {
		return decimal.Zero, false
	}
	switch e.Kind() {
	case calc.CoOp:
		return e.USD().Decimal(), true
	case calc.Gross:
		return e.USD().Decimal().Mul(c.Policy.Rules.ForRow(e).GrossShare()), true
	case calc.Rebate, calc.Other:
	}
	return decimal.Zero, false
}

// history is what the versions of a fund's earnings came to, in USD.
type history struct {
	of       *fund
	earnings map[calc.Identity]decimal.Decimal               // the highest version of each
	sheets   map[calc.Month]map[*calc.Source]decimal.Decimal // rows without ids, by file
	withIDs  map[calc.Month]bool                             // months in which these are duplicates
}

func (h *history) see(e calc.Earning, coop decimal.Decimal) {
	month := e.Date().Month()
	if e.ID() == "" {
		if h.sheets[month] == nil {
			h.sheets[month] = map[*calc.Source]decimal.Decimal{}
		}
		h.sheets[month][e.Source()] = h.sheets[month][e.Source()].Add(coop)
		return
	}
	h.withIDs[month] = true
	if before, seen := h.earnings[e.Identity()]; !seen || coop.GreaterThan(before) {
		h.earnings[e.Identity()] = coop
	}
}

func (h *history) highest() decimal.Decimal {
	var sum decimal.Decimal
	for _, coop := range h.earnings {
		sum = sum.Add(coop)
	}
	for month, files := range h.sheets {
		if h.withIDs[month] {
			continue
		}
		var most decimal.NullDecimal
		for _, coop := range files {
			if !most.Valid || coop.GreaterThan(most.Decimal) {
				most = decimal.NewNullDecimal(coop)
			}
		}
		sum = sum.Add(most.Decimal)
	}
	return calc.Cents(sum)
}
