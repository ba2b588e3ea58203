package calc

import "github.com/shopspring/decimal"

// highestCoOp gives, for funds with claims that are paid automatically or
// negative, the most co-op in USD, rounded to cents, that any versions of their
// earnings came to; negative adjustments, which are booked in the month that
// they adjust (rules.md §6), left out. It depends on what the archive holds, not
// on the order in which it arrived.
func (c *calculation) highestCoOp(balances []*Balance) map[*Balance]decimal.Decimal {
	watched := map[fundKey]*history{}
	highest := map[*Balance]decimal.Decimal{}
	for _, b := range balances {
		if (b.Decision == AutoPayout || b.Decision == Negative) && len(b.liveClaims()) > 0 {
			watched[fundKey{b.Statement.Participant, KeyOfProgram(b.Statement.Program), b.Period}] = &history{
				of: b, earnings: map[identity]decimal.Decimal{}, sheets: map[Month]map[*Source]decimal.Decimal{}, withIDs: map[Month]bool{},
			}
		}
	}
	if len(watched) == 0 {
		return highest
	}
	for i, src := range c.ledger.sources {
		for j := range src.Earnings {
			e := &src.Earnings[j]
			h := watched[fundKey{e.Participant, e.ProgramKey, PeriodOf(e.Date)}]
			if fate := c.ledger.fates[i][j]; h == nil || fate != Counted && fate != Superseded {
				continue
			}
			if coop, ok := c.coOpOf(e); ok && (e.Reason != Adjustment || coop.IsPositive()) {
				h.see(e, coop)
			}
		}
	}
	for _, h := range watched {
		highest[h.of] = h.highest()
	}
	return highest
}

// coOpOf gives an earning's co-op in USD, exact; false when it has no part in
// the co-op of its period.
func (c *calculation) coOpOf(e *Earning) (decimal.Decimal, bool) {
	if e.class(c.Policy.ClaimRows) != Earned || e.Date.After(c.AsOf) {
		return decimal.Zero, false
	}
	switch e.Kind {
	case CoOp:
		return e.USD.Decimal(), true
	case Gross:
		return e.USD.Decimal().Mul(c.Policy.Rules.ForSplit(e.ProgramKey, e.Lever, PeriodOf(e.Date)).CoOpShare), true
	case Rebate, Other:
	}
	return decimal.Zero, false
}

// history is what the versions of a fund's earnings came to, in USD.
type history struct {
	of       *Balance
	earnings map[identity]decimal.Decimal          // the highest version of each
	sheets   map[Month]map[*Source]decimal.Decimal // rows without ids, by file
	withIDs  map[Month]bool                        // months in which these are duplicates
}

func (h *history) see(e *Earning, coop decimal.Decimal) {
	month := e.Date.Month()
	if e.ID == "" {
		if h.sheets[month] == nil {
			h.sheets[month] = map[*Source]decimal.Decimal{}
		}
		h.sheets[month][e.Source] = h.sheets[month][e.Source].Add(coop)
		return
	}
	h.withIDs[month] = true
	if before, seen := h.earnings[e.identity()]; !seen || coop.GreaterThan(before) {
		h.earnings[e.identity()] = coop
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
	return Cents(sum)
}
