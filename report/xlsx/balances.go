package xlsx

import (
	"cspcoop/calc"
	"cspcoop/report/wording"
)

// balanceColumns says what a fund holds and what becomes of it.
func balanceColumns(w *wording.Words) []column[*calc.Balance] {
	return []column[*calc.Balance]{
		{head: w.T("Earning period"), widest: 12, cell: func(b *calc.Balance) value { return text(w.Period(b.Period)) }},
		{head: w.T("Decision"), widest: 13, cell: func(b *calc.Balance) value { return text(w.Decision(b)) }},
		{head: w.T("Last day to claim"), kind: day, cell: claimable(func(b *calc.Balance) value { return date(b.ClaimDeadline) })},
		{head: w.T("Days left"), kind: count, marks: dueMarks, cell: daysLeft},
		{head: w.T("Rebate (USD)"), kind: money, total: true, cell: func(b *calc.Balance) value { return amount(b.Rebate) }},
		{head: w.T("Co-op (USD)"), kind: money, total: true, cell: func(b *calc.Balance) value { return amount(b.CoOp) }},
		{head: w.T("Fund in"), cell: func(b *calc.Balance) value { return text(b.FundCurrency) }},
		{head: w.T("Co-op in the fund"), kind: money, cell: func(b *calc.Balance) value { return amount(b.CoOpFund) }},
		{head: w.T("Claimed"), kind: money, optional: true, cell: func(b *calc.Balance) value { return optional(b.Claimed) }},
		{head: w.T("Planned by drafts"), kind: money, optional: true, cell: func(b *calc.Balance) value { return optional(b.Planned) }},
		{head: w.T("Remaining"), kind: money, optional: true, cell: func(b *calc.Balance) value { return optional(b.Remaining) }},
		{head: w.T("Forfeited"), kind: money, optional: true, cell: func(b *calc.Balance) value { return optional(b.Forfeited) }},
		{head: w.T("What to do"), widest: 60, screen: true, cell: func(b *calc.Balance) value { return text(w.Action(b).Headline) }},
		{head: w.T("Other (USD)"), kind: money, total: true, optional: true, screen: true, cell: func(b *calc.Balance) value { return nonZero(b.Other) }},
		{head: w.T("Provisional"), optional: true, screen: true, cell: func(b *calc.Balance) value { return yes(w, b.Provisional) }},
		{head: w.T("Of the fund by transfers"), kind: money, optional: true, screen: true, cell: func(b *calc.Balance) value { return nonZero(b.Transferred) }},
	}
}

// claimable leaves the cell of a fund empty that nothing can be claimed of.
func claimable(cell func(*calc.Balance) value) func(*calc.Balance) value {
	return func(b *calc.Balance) value {
		if b.Decision != calc.ClaimRequired {
			return value{}
		}
		return cell(b)
	}
}

func daysLeft(b *calc.Balance) value {
	if b.Window != calc.WindowOpen {
		return value{}
	}
	return number(b.DaysLeft)
}

// yes gives an empty cell for no.
func yes(w *wording.Words, is bool) value {
	if !is {
		return value{}
	}
	return text(w.T("yes"))
}

// otherwise says for which period the newer threshold would decide otherwise
// (rules.md §2).
func otherwise(w *wording.Words, o calc.Otherwise) string {
	return w.T("The newer threshold of %s would decide %s of %s otherwise",
		w.Amount(o.Rule.Threshold, "USD"), w.Period(o.Balance.Period), w.Partner(o.Balance.Statement))
}
