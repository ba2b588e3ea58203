package xlsx

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// claimsOf gives a statement's claims, those on the fund of the newest period
// first.
func claimsOf(s *calc.Statement) []*calc.Claim {
	var claims []*calc.Claim
	for _, balance := range slices.Backward(s.Balances) {
		claims = append(claims, balance.Claims...)
	}
	return claims
}

// addClaims writes claims with what comes next, when there are any.
func addClaims(b *book, claims []*calc.Claim) error {
	if len(claims) == 0 {
		return nil
	}
	return addTable(b, table[*calc.Claim]{
		sheet: b.words.T("Claims"), title: b.words.T("Recent claims"), rows: claims,
		columns: owned(b, func(c *calc.Claim) owner { return owner{c.Participant, c.ProgramName} }, claimColumns(b.words)...),
		notes:   []string{b.words.T("Age counts business days in the status, as far as the register tells.")},
	})
}

func claimColumns(w *wording.Words) []column[*calc.Claim] {
	return []column[*calc.Claim]{
		{head: w.T("Claim"), widest: 14, cell: func(c *calc.Claim) value { return text(c.ID) }},
		{head: w.T("Name"), widest: 18, cell: func(c *calc.Claim) value { return text(c.Name) }},
		{head: w.T("Activity"), widest: 18, cell: func(c *calc.Claim) value { return text(c.Activity) }},
		{head: w.T("Activity from"), kind: day, cell: func(c *calc.Claim) value { return date(c.ActivityStart) }},
		{head: w.T("Activity to"), kind: day, cell: func(c *calc.Claim) value { return date(c.ActivityEnd) }},
		{head: w.T("Currency"), cell: func(c *calc.Claim) value { return text(c.Currency) }},
		{head: w.T("Amount"), kind: money, cell: func(c *calc.Claim) value { return amount(c.Amount) }},
		{head: w.T("Status"), widest: 14, cell: func(c *calc.Claim) value { return text(w.ClaimState(c)) }},
		{head: w.T("Age (days)"), kind: count, optional: true, cell: age},
		{head: w.T("Last activity"), kind: day, optional: true, cell: func(c *calc.Claim) value { return date(c.LastActivity) }},
		{head: w.T("Next step"), widest: 32, optional: true, cell: func(c *calc.Claim) value { return text(w.NextStep(c)) }},
		{head: w.T("Last day to claim"), kind: day, screen: true, cell: func(c *calc.Claim) value { return date(c.Deadline) }},
		{head: w.T("Co-op earned"), screen: true, cell: func(c *calc.Claim) value { return text(w.Period(c.Earned)) }},
		{head: w.T("Category"), optional: true, screen: true, cell: func(c *calc.Claim) value { return text(c.Category) }},
		{head: w.T("Approved"), kind: money, optional: true, screen: true, cell: func(c *calc.Claim) value { return optional(c.Approved) }},
		{head: w.T("Fund in"), screen: true, cell: fundCurrency},
		{head: w.T("Taken from the fund"), kind: money, screen: true, cell: func(c *calc.Claim) value { return amount(c.Taken) }},
		{head: w.T("Planned"), kind: money, optional: true, screen: true, cell: func(c *calc.Claim) value { return nonZero(c.Planned) }},
		{head: w.T("Rate used"), kind: exact, optional: true, screen: true, cell: rateUsed},
		{head: w.T("Submitted"), kind: day, optional: true, screen: true, cell: func(c *calc.Claim) value { return date(c.Submitted) }},
		{head: w.T("Paid on"), kind: day, optional: true, screen: true, cell: func(c *calc.Claim) value { return date(c.PaidOn) }},
		{head: w.T("Invoices"), optional: true, screen: true, cell: invoices},
		{head: w.T("Proof of execution"), optional: true, screen: true, cell: func(c *calc.Claim) value { return text(strings.Join(c.Proof, "; ")) }},
		{head: w.T("Missing"), optional: true, screen: true, cell: func(c *calc.Claim) value { return text(strings.Join(c.Missing, "; ")) }},
		{head: w.T("Comments"), optional: true, screen: true, cell: func(c *calc.Claim) value { return text(c.Comments) }},
		{head: w.T("Row of the register"), kind: count, optional: true, screen: true, cell: func(c *calc.Claim) value { return known(c.Place.Row) }},
	}
}

// age is empty where the register does not tell when the status began.
func age(c *calc.Claim) value {
	if c.Since.IsZero() {
		return value{}
	}
	return number(c.Age)
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
