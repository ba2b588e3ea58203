package table

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

type movement = Column[*calc.FundMovement]

func (t *Tables) movements() []*calc.FundMovement {
	if t.statement != nil {
		return t.statement.RollForward
	}
	return t.result.RollForward
}

// movedFund are the columns that say whose fund moved.
func (t *Tables) movedFund() []movement {
	return join(owned(t, func(m *calc.FundMovement) (string, string) { return m.Participant, m.Program },
		halves(t, func(m *calc.FundMovement) calc.EarningPeriod { return m.Period })...),
		[]movement{{Head: t.T("Fund in"), Cell: func(m *calc.FundMovement) Value { return Text(m.Currency) }}})
}

// oneCurrency reports whether amounts of the funds can be added up.
func (t *Tables) oneCurrency() bool {
	list := t.movements()
	for _, m := range list {
		if m.Currency != list[0].Currency {
			return false
		}
	}
	return true
}

// amountOf is a column of amounts in the currency of each fund.
func (t *Tables) amountOf(head, name string, of func(*calc.FundMovement) decimal.Decimal) movement {
	return movement{Head: head, Name: name, Total: t.oneCurrency(), Spare: true, Cell: func(m *calc.FundMovement) Value { return Money(of(m)) }}
}

// flow is a kind of movement into a fund or, where it is negative, out of it.
type flow struct {
	head, name string
	of         func(calc.Flows) decimal.Decimal
}

// flows are the movements from the opening of a fund to its closing. What leaves the fund
// is negative, so that every line adds up.
func (t *Tables) flows() []flow {
	return []flow{
		{t.T("Earned"), "Earned", func(m calc.Flows) decimal.Decimal { return m.Earned }},
		{t.T("Adjusted"), "Adjusted", func(m calc.Flows) decimal.Decimal { return m.Adjusted }},
		{t.T("Transferred"), "Transferred", func(m calc.Flows) decimal.Decimal { return m.Transferred }},
		{t.T("Released for payout"), "Released", func(m calc.Flows) decimal.Decimal { return m.PaidOut.Neg() }},
		{t.T("Claims paid"), "ClaimsPaid", func(m calc.Flows) decimal.Decimal { return m.ClaimsPaid.Neg() }},
		{t.T("Forfeited"), "Forfeited", func(m calc.Flows) decimal.Decimal { return m.Forfeited.Neg() }},
	}
}

// RollForward lists what came into each fund and left it since the last set.
func (t *Tables) RollForward() Table {
	closing := t.closing()
	closing.Formula = "SUM({Fund_Opening}:{Fund_Forfeited})"
	opening := t.T("Opening")
	if t.sinceSeal() {
		opening, closing.Head = t.T("Opening, as sealed"), t.T("Closing, as known now")
	}
	moved := []movement{t.amountOf(opening, "Fund_Opening", func(m *calc.FundMovement) decimal.Decimal { return m.Opening })}
	for _, f := range t.flows() {
		moved = append(moved, t.amountOf(f.head, "Fund_"+f.name, func(m *calc.FundMovement) decimal.Decimal { return f.of(m.Moved) }))
	}
	line := leadLine(t, "Fund_Line", func(m *calc.FundMovement) int { return t.lead().Line(m.Program, m.Period, m.Currency) })
	table := Of(t.in, t.movements(), join(t.movedFund(), append(moved, closing), line)...)
	table.Name, table.Sheet, table.Title = "roll-forward", t.T("Roll-forward"), t.T("Roll-forward from the beginning: there is no earlier statement")
	if last := t.result.Last; last != nil {
		table.Title = t.T("Roll-forward since the statement of %s", t.Words.Date(last.AsOf))
		if last.Sealed && last.SealedBy != "" {
			table.Title = t.T("Roll-forward since the statement of %s, sealed by %s", t.Words.Date(last.AsOf), last.SealedBy)
			table.Notes = []string{t.Sealed(last)}
		}
	}
	return table
}

// sinceSeal reports whether figures are compared with those of a sealed set.
func (t *Tables) sinceSeal() bool { return t.result.Last != nil && t.result.Last.Sealed }

func (t *Tables) closing() movement {
	c := t.amountOf(t.T("Closing"), "", func(m *calc.FundMovement) decimal.Decimal { return m.Closing })
	c.Spare = false
	cell := c.Cell
	c.Cell = func(m *calc.FundMovement) Value { return cell(m).In(Strong) }
	return c
}

// Closing lists what the closing of each fund consists of.
func (t *Tables) Closing() Table {
	closing := t.closing()
	closing.Formula = "SUM({Fund_Approved}:{Fund_Free})"
	rows := t.movements()
	if t.in == Paper && !slices.ContainsFunc(rows, func(m *calc.FundMovement) bool { return !m.Free.Equal(m.Closing) }) {
		rows = nil // all of it is free: the roll-forward says so
	}
	table := Of(t.in, rows, join(t.movedFund(), []movement{
		t.amountOf(t.T("Approved, not yet paid"), "Fund_Approved", func(m *calc.FundMovement) decimal.Decimal { return m.ApprovedUnpaid }),
		t.amountOf(t.T("In review or sent back"), "", func(m *calc.FundMovement) decimal.Decimal { return m.InReview }),
		t.amountOf(t.T("Planned by drafts"), "", func(m *calc.FundMovement) decimal.Decimal { return m.Planned }),
		t.amountOf(t.T("Free"), "Fund_Free", func(m *calc.FundMovement) decimal.Decimal { return m.Free }),
		closing,
	})...)
	table.Name, table.Sheet, table.Title = "closing", t.T("Closing"), t.T("What the closing of each fund consists of")
	return table
}

// Journal lists what to book since the last set, line by line.
func (t *Tables) Journal() Table {
	type posting = lists.Posting
	var lead string
	if t.result.Policy.Journal != nil {
		lead = t.Recognition(t.result.Policy.Journal.Recognition)
	}
	table := Of(t.in, lists.Postings(t.result), join(
		[]Column[posting]{{Head: t.T("Entry"), Cell: func(p posting) Value { return Text(p.ID) }}},
		owned(t, func(p posting) (string, string) { return p.Participant, p.Program }, halves(t, func(p posting) calc.EarningPeriod { return p.Period })...),
		[]Column[posting]{
			{Head: t.T("Event"), Widest: 16, Cell: func(p posting) Value { return Text(t.JournalEvent(p.Event)) }},
			{Head: t.T("Account"), Cell: func(p posting) Value { return Text(p.Account) }},
			{Head: t.T("Debit"), Name: "Journal_Debit", Cell: func(p posting) Value { return NonZero(p.Debit) }},
			{Head: t.T("Credit"), Name: "Journal_Credit", Cell: func(p posting) Value { return NonZero(p.Credit) }},
			{Head: t.T("Currency"), Cell: func(p posting) Value { return Text(p.Currency) }},
			{Head: t.T("Debit (USD)"), Total: true, Cell: func(p posting) Value { return NonZero(p.DebitUSD) }},
			{Head: t.T("Credit (USD)"), Total: true, Cell: func(p posting) Value { return NonZero(p.CreditUSD) }},
		}, leadLine(t, "Journal_Line", func(p posting) int { return t.lead().PostingLine(p) }))...)
	table.Name, table.Sheet, table.Title, table.Lead = "journal", t.T("Journal"), t.T("Journal"), lead
	return table
}

// JournalTotals sums the journal by event, currency and account.
func (t *Tables) JournalTotals() Table {
	type total = calc.JournalTotal
	table := Of(t.in, t.result.JournalTotals(),
		Column[total]{Head: t.T("Event"), Group: true, Cell: func(x total) Value { return Text(t.JournalEvent(x.Event)) }},
		Column[total]{Head: t.T("Account"), Cell: func(x total) Value { return Text(t.Account(&t.result.Policy.Journal.Accounts, x.Account)) }},
		Column[total]{Head: t.T("Currency"), Cell: func(x total) Value { return Text(x.Currency) }},
		Column[total]{Head: t.T("Debit"), Cell: func(x total) Value { return NonZero(x.Debit) }},
		Column[total]{Head: t.T("Credit"), Cell: func(x total) Value { return NonZero(x.Credit) }},
		Column[total]{Head: t.T("Debit (USD)"), Total: true, Cell: func(x total) Value { return NonZero(x.DebitUSD) }},
		Column[total]{Head: t.T("Credit (USD)"), Total: true, Cell: func(x total) Value { return NonZero(x.CreditUSD) }},
	)
	table.Name, table.Sheet, table.Title = "journal", t.T("Journal"), t.T("Journal")
	return table
}
