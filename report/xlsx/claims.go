package xlsx

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// addClaims writes a statement's claims, the fund of the newest period first.
func addClaims(b *book, s *calc.Statement) error {
	var claims []*calc.Claim
	for _, balance := range slices.Backward(s.Balances) {
		claims = append(claims, balance.Claims...)
	}
	if len(claims) == 0 {
		return nil
	}
	return addTable(b, table[*calc.Claim]{
		sheet: b.words.T("Claims"), title: b.words.T("Recent claims"), rows: claims, columns: claimColumns(b.words),
	})
}

func claimColumns(w *wording.Words) []column[*calc.Claim] {
	return []column[*calc.Claim]{
		{head: w.T("Claim"), cell: func(c *calc.Claim) value { return text(c.ID) }},
		{head: w.T("Name"), cell: func(c *calc.Claim) value { return text(c.Name) }},
		{head: w.T("Status"), cell: func(c *calc.Claim) value { return text(w.ClaimState(c)) }},
		{head: w.T("Next step"), optional: true, cell: func(c *calc.Claim) value { return text(w.ClaimStep(c)) }},
		{head: w.T("Co-op earned"), cell: func(c *calc.Claim) value { return text(w.Period(c.Earned)) }},
		{head: w.T("Category"), optional: true, cell: func(c *calc.Claim) value { return text(c.Category) }},
		{head: w.T("Activity"), cell: func(c *calc.Claim) value { return text(c.Activity) }},
		{head: w.T("Activity from"), kind: day, cell: func(c *calc.Claim) value { return date(c.ActivityStart) }},
		{head: w.T("Activity to"), kind: day, cell: func(c *calc.Claim) value { return date(c.ActivityEnd) }},
		{head: w.T("Currency"), cell: func(c *calc.Claim) value { return text(c.Currency) }},
		{head: w.T("Amount"), kind: money, cell: func(c *calc.Claim) value { return amount(c.Amount) }},
		{head: w.T("Approved"), kind: money, optional: true, cell: func(c *calc.Claim) value { return optional(c.Approved) }},
		{head: w.T("Fund currency"), cell: fundCurrency},
		{head: w.T("Taken from the fund"), kind: money, cell: func(c *calc.Claim) value { return amount(c.Taken) }},
		{head: w.T("Planned"), kind: money, optional: true, cell: func(c *calc.Claim) value { return nonZero(c.Planned) }},
		{head: w.T("Rate used"), kind: exact, optional: true, cell: rateUsed},
		{head: w.T("Submitted"), kind: day, optional: true, cell: func(c *calc.Claim) value { return date(c.Submitted) }},
		{head: w.T("Last activity"), kind: day, optional: true, cell: func(c *calc.Claim) value { return date(c.LastActivity) }},
		{head: w.T("Paid"), kind: day, optional: true, cell: func(c *calc.Claim) value { return date(c.PaidOn) }},
		{head: w.T("Last day to claim"), kind: day, cell: func(c *calc.Claim) value { return date(c.Deadline) }},
		{head: w.T("Invoices"), optional: true, cell: invoices},
		{head: w.T("Proof of execution"), optional: true, cell: func(c *calc.Claim) value { return text(strings.Join(c.Proof, "; ")) }},
		{head: w.T("Missing"), optional: true, cell: func(c *calc.Claim) value { return text(strings.Join(c.Missing, "; ")) }},
		{head: w.T("Comments"), optional: true, cell: func(c *calc.Claim) value { return text(c.Comments) }},
		{head: w.T("Row of the register"), kind: count, optional: true, cell: func(c *calc.Claim) value { return known(c.Place.Row) }},
	}
}

func fundCurrency(c *calc.Claim) value {
	if c.Balance == nil {
		return value{}
	}
	return text(c.Balance.FundCurrency)
}

func rateUsed(c *calc.Claim) value {
	if !c.Rate.Valid {
		return value{}
	}
	return unrounded(c.Rate.Decimal)
}

func invoices(c *calc.Claim) value {
	var numbers []string
	for _, i := range c.Invoices {
		numbers = append(numbers, i.Number)
	}
	return text(strings.Join(numbers, "; "))
}
