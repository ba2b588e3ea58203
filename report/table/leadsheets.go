package table

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

// booksFormula sums what the books held before and what the journal posts; "" where
// no fund is booked.
func (t *Tables) booksFormula() string {
	held := slices.ContainsFunc(t.lead().Held, func(b lists.LeadBooking) bool { return t.heldLine(b) > 0 })
	posted := slices.ContainsFunc(lists.Postings(t.result), func(p lists.Posting) bool { return t.lead().PostingLine(p) > 0 })
	const before, journal = "SUMIFS(Held_Amount,Held_Line,{Lead_Line})", "SUMIFS(Journal_Debit,Journal_Line,{Lead_Line})-SUMIFS(Journal_Credit,Journal_Line,{Lead_Line})"
	switch {
	case held && posted:
		return before + "+" + journal
	case held:
		return before
	case posted:
		return journal
	}
	return ""
}

func (t *Tables) heldLine(b lists.LeadBooking) int {
	return t.lead().Line(b.Program, b.Period, b.Currency)
}

// LeadHeld lists what the journals of earlier sets booked on the accounts of funds.
func (t *Tables) LeadHeld() Table {
	type held = lists.LeadBooking
	table := Of(t.in, t.lead().Held, join(
		owned(t, func(b held) (string, string) { return b.Participant, b.Program }, halves(t, func(b held) calc.EarningPeriod { return b.Period })...),
		[]Column[held]{
			{Head: t.T("Event"), Widest: 16, Cell: func(b held) Value { return Text(t.JournalEvent(b.Event)) }},
			{Head: t.T("Account"), Cell: func(b held) Value { return Text(b.Account) }},
			{Head: t.T("Held"), Name: "Held_Amount", Cell: func(b held) Value { return Money(b.Held) }},
			{Head: t.T("Currency"), Cell: func(b held) Value { return Text(b.Currency) }},
		}, leadLine(t, "Held_Line", t.heldLine))...)
	table.Name, table.Sheet, table.Title = "held", t.T("Books before"), t.T("What the books hold of funds by the journals of earlier sets")
	return table
}

// LeadPayments lists what each payment has in the lines of the lead schedule.
func (t *Tables) LeadPayments() Table {
	type share = lists.LeadPart
	amount := func(head, name string, of func(share) decimal.Decimal) Column[share] {
		return Column[share]{Head: head, Name: name, Cell: func(p share) Value { return Exact(of(p)) }}
	}
	banked := func(head, name string, of func(share) decimal.Decimal) Column[share] {
		return Column[share]{Head: head, Name: name, Cell: func(p share) Value { return Exact(of(p)).If(t.lead().Banked) }}
	}
	table := Of(t.in, t.lead().Parts, join(
		[]Column[share]{{Head: t.T("Line"), Name: "Part_Line", Cell: func(p share) Value { return Count(p.Line).In(Quiet) }}},
		owned(t, func(p share) (string, string) { return p.Payment.Participant, p.Payment.Program }, halves(t, func(p share) calc.EarningPeriod { return p.Period })...),
		[]Column[share]{
			{Head: t.T("Payment id"), Key: true, Widest: 16, Cell: func(p share) Value { return Text(p.Payment.ID) }},
			{Head: t.T("Sent on"), Cell: func(p share) Value { return Date(p.Payment.Date) }},
			{Head: t.T("Currency"), Cell: func(p share) Value { return Text(p.Payment.Currency) }},
			amount(t.T("By the earnings"), "Part_Earned", func(p share) decimal.Decimal { return p.Earned }),
			amount(t.T("Co-op paid out"), "Part_CoOp", func(p share) decimal.Decimal { return p.CoOp }),
			amount(t.T("Claims"), "Part_Claims", func(p share) decimal.Decimal { return p.Claims }),
			amount(t.T("By Payments reports"), "Part_Paid", func(p share) decimal.Decimal { return p.Paid }),
			amount(t.T("By tax and rounding"), "Part_Settled", func(p share) decimal.Decimal { return p.Settled }),
			amount(t.T("Tax"), "Part_Tax", func(p share) decimal.Decimal { return p.Tax }),
			banked(t.T("Bank"), "Part_Bank", func(p share) decimal.Decimal { return p.Banked }),
			banked(t.T("Not on bank statements"), "Part_Outside", func(p share) decimal.Decimal { return p.Outside }),
			{Head: t.T("Payments report"), Widest: 30, Cell: func(p share) Value { return Text(t.Where(p.Payment.Place)) }},
			{Head: t.T("Bank lines"), Widest: 40, Cell: func(p share) Value { return Text(t.bankPlaces(p.Payment.Bank.Lines)) }},
		})...)
	table.Name, table.Sheet, table.Title = "lead-payments", t.T("Lead payments"), t.T("What each payment has in the lines of the lead schedule")
	table.Notes = []string{t.T("A payment for several half-years is in the line of each with what its earnings come to, and in the newest with the rest. The sheet Earnings of each statement has the earnings by payment id.")}
	return table
}

// bankPlaces says where bank lines are.
func (t *Tables) bankPlaces(lines []*calc.BankLine) string {
	var list []string
	for _, l := range lines {
		list = append(list, t.Where(l.Place))
	}
	return strings.Join(list, "; ")
}
