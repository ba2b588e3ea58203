package table

import (
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// Claims lists the claims of the register in force with what comes next, those
// without a fund among them.
func (t *Tables) Claims() Table {
	type claim = *calc.Claim
	rows := t.result.Claims
	if t.statement != nil {
		rows = lists.Claims(t.statement)
	}
	table := Of(t.in, rows, join(
		[]Column[claim]{{Head: t.T("Co-op earned"), Group: true, In: Paper, Cell: func(c claim) Value {
			if c.Balance == nil {
				return Text(t.Period(c.Earned))
			}
			return Text(t.T("%s: %s", t.Period(c.Earned), t.Amount(c.Balance.CoOpFund, c.Balance.FundCurrency)))
		}}},
		[]Column[claim]{{Head: t.T("Claim"), Widest: 14, Cell: func(c claim) Value { return Text(c.ID) }}},
		owned(t, func(c claim) (string, string) { return c.Participant, c.ProgramName }),
		[]Column[claim]{
			{Head: t.T("Name"), In: Sheet | Page, Widest: 18, Cell: func(c claim) Value { return Text(c.Name) }},
			{Head: t.T("Activity"), Widest: 18, Cell: func(c claim) Value { return Text(c.Activity) }},
			{Head: t.T("Activity dates"), In: Paper, Cell: func(c claim) Value { return Text(strings.ReplaceAll(t.ActivityDates(c), " ", "\u00a0")) }},
			{Head: t.T("Activity from"), In: Sheet, Cell: func(c claim) Value { return Date(c.ActivityStart) }},
			{Head: t.T("Activity to"), In: Sheet, Cell: func(c claim) Value { return Date(c.ActivityEnd) }},
			{Head: t.T("Status"), Widest: 14, Cell: func(c claim) Value { return Text(t.ClaimState(c)) }},
			{Head: t.T("Amount"), Total: t.in != Paper && oneClaimCurrency(rows), Cell: func(c claim) Value { return Money(c.Amount) }},
			{Head: t.T("Currency"), Cell: func(c claim) Value { return Text(c.Currency) }},
			{Head: t.T("In USD"), In: Paper, Cell: func(c claim) Value {
				return MoneyIf(c.AmountUSD).If(c.Balance != nil && c.Balance.FundCurrency == "USD" && c.Currency != "USD")
			}},
			{Head: t.T("Approved"), In: Paper, Cell: func(c claim) Value { return MoneyIf(c.Approved) }},
			{Head: t.T("Rate used"), In: Paper, Cell: rate},
			{Head: t.T("Taken from the fund"), In: Paper, Total: true, Cell: func(c claim) Value { return Money(c.Taken) }},
			{Head: t.T("Business days"), In: Sheet, Cell: age},
			{Head: t.T("Last activity"), In: Sheet, Cell: func(c claim) Value { return Date(c.LastActivity) }},
			{Head: t.T("Next step"), Widest: 32, Cell: func(c claim) Value { return Text(t.NextStep(c)) }},
			{Head: t.T("Last day to claim"), In: Screen, Cell: func(c claim) Value { return Date(c.Deadline) }},
			{Head: t.T("Co-op earned"), In: Screen, Cell: func(c claim) Value { return t.half(c.Earned) }},
			{Head: t.T("Label"), In: Screen, Cell: func(c claim) Value { return Text(c.Earned.String()) }},
			{Head: t.T("Category"), In: Screen, Cell: func(c claim) Value { return Text(c.Category) }},
			{Head: t.T("Approved"), In: Screen, Cell: func(c claim) Value { return MoneyIf(c.Approved) }},
			{Head: t.T("Fund in"), In: Screen, Cell: Part(func(c claim) *calc.Balance { return c.Balance }, func(b *calc.Balance) Value { return Text(b.FundCurrency) })},
			{Head: t.T("Taken from the fund"), In: Screen, Cell: func(c claim) Value { return Money(c.Taken) }},
			{Head: t.T("Planned"), In: Screen, Cell: func(c claim) Value { return NonZero(c.Planned) }},
			{Head: t.T("Rate used"), In: Screen, Cell: rate},
			{Head: t.T("Submitted"), In: Screen, Cell: func(c claim) Value { return Date(c.Submitted) }},
			{Head: t.T("Paid on"), In: Screen, Cell: func(c claim) Value { return Date(c.PaidOn) }},
			{Head: t.T("Invoices"), In: Screen, Cell: invoices},
			{Head: t.T("Proof of execution"), In: Screen, Cell: func(c claim) Value { return Text(strings.Join(c.Proof, "; ")) }},
			{Head: t.T("Missing"), In: Screen, Cell: func(c claim) Value { return Text(t.Terms(c.Missing, "; ")) }},
			{Head: t.T("Comments"), In: Screen, Cell: func(c claim) Value { return Text(c.Comments) }},
			{Head: t.T("Row of the register"), In: Screen, Cell: func(c claim) Value { return Known(c.Place.Row) }},
		})...)
	table.Name, table.Sheet, table.Title = "claims", t.T("Claims"), t.T("Claims")
	table.Sums, table.Dense = t.in == Paper, true
	table.Notes = []string{t.T("Business days are those in the present status, as far as the register shows.")}
	return table
}

// rate is empty where a claim is in its fund's currency.
func rate(c *calc.Claim) Value { return Exact(c.Rate.Decimal).If(c.Rate.Valid) }

func oneClaimCurrency(rows []*calc.Claim) bool {
	for _, c := range rows {
		if c.Currency != rows[0].Currency {
			return false
		}
	}
	return true
}

// age is empty where the register does not say when the status began.
func age(c *calc.Claim) Value { return Count(c.Age).If(!c.Since.IsZero()) }

func invoices(c *calc.Claim) Value {
	var numbers []string
	for _, i := range c.Invoices {
		numbers = append(numbers, i.Number)
	}
	return Text(strings.Join(numbers, "; "))
}

// Invoices lists what a claim's money was spent on.
func (t *Tables) Invoices(c *calc.Claim) Table {
	rows := c.Invoices
	if c.CSR {
		rows = append(rows[:len(rows):len(rows)], calc.Invoice{Document: t.T("Certification service report"), Amount: c.CSRAmount, Currency: c.Currency})
	}
	table := Of(t.in, rows,
		Column[calc.Invoice]{Head: t.T("Document"), Cell: func(i calc.Invoice) Value { return Text(i.Document) }},
		Column[calc.Invoice]{Head: t.T("Invoice number"), Cell: func(i calc.Invoice) Value { return Text(i.Number) }},
		Column[calc.Invoice]{Head: t.T("Date"), Cell: func(i calc.Invoice) Value { return Date(i.Date) }},
		Column[calc.Invoice]{Head: t.T("Amount"), Cell: func(i calc.Invoice) Value { return MoneyIf(i.Amount) }},
		Column[calc.Invoice]{Head: t.T("Currency"), Cell: func(i calc.Invoice) Value { return Text(i.Currency) }},
	)
	table.Name, table.Title = "invoices", t.T("Invoice and expense information")
	return table
}

// Needs lists what a claim's activity needs beside what the register names.
func (t *Tables) Needs(c *calc.Claim) Table {
	type need = calc.Need
	table := Of(t.in, c.Needs,
		Column[need]{Head: t.T("State"), Cell: func(n need) Value {
			switch {
			case len(n.Named) > 0:
				return Text(t.T("Named")).In(Settled)
			case n.Optional:
				return Text(t.T("Optional")).In(Quiet)
			}
			return Text(t.T("Missing")).In(Alarming)
		}},
		Column[need]{Head: t.T("What"), Cell: func(n need) Value {
			if n.When != "" {
				return Text(t.T("%s (%s)", t.Term(n.What), t.Term(n.When)))
			}
			return Text(t.Term(n.What))
		}},
		Column[need]{Head: t.T("Named in the register"), Cell: func(n need) Value { return Text(t.Parameter(n.Named)) }},
	)
	table.Name, table.Title = "checklist", t.T("What the activity needs")
	return table
}
