package xlsx

import (
	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// addStates writes how many funds are in each state and what is in them.
func addStates(b *book, states []calc.StateTotal) error {
	if len(states) == 0 {
		return nil
	}
	w := b.words
	return addTable(b, table[calc.StateTotal]{
		sheet: w.T("States"),
		title: w.T("Funds by state"),
		rows:  states,
		columns: []column[calc.StateTotal]{
			{head: w.T("State"), cell: func(s calc.StateTotal) value { return text(w.State(s.State)) }},
			{head: w.T("Funds"), kind: count, total: true, cell: func(s calc.StateTotal) value { return number(s.Funds) }},
			{head: w.T("Co-op (USD)"), kind: money, total: true, cell: func(s calc.StateTotal) value { return amount(s.CoOp) }},
			{head: w.T("At risk (USD)"), kind: money, total: true, cell: func(s calc.StateTotal) value { return amount(s.AtRisk) }},
			{head: w.T("Forfeited (USD)"), kind: money, total: true, cell: func(s calc.StateTotal) value { return amount(s.Forfeited) }},
		},
		notes: []string{w.T("Funds in other currencies are converted at the rate of their own earnings.")},
	})
}

// addDeadlines writes what is lost on which day unless it is claimed.
func addDeadlines(b *book, deadlines []calc.Deadline) error {
	if len(deadlines) == 0 {
		return nil
	}
	w := b.words
	return addTable(b, table[calc.Deadline]{
		sheet: w.T("Deadlines"),
		title: w.T("Last days to claim"),
		rows:  deadlines,
		columns: []column[calc.Deadline]{
			{head: w.T("Last day to claim"), kind: day, cell: func(d calc.Deadline) value { return date(d.Day) }},
			{head: w.T("Days left"), kind: count, marks: dueMarks, cell: func(d calc.Deadline) value { return number(d.DaysLeft) }},
			{head: w.T("Open funds"), kind: count, total: true, cell: func(d calc.Deadline) value { return number(len(d.Funds)) }},
			{head: w.T("At risk (USD)"), kind: money, total: true, cell: func(d calc.Deadline) value { return amount(d.AtRisk) }},
		},
	})
}

// step is something to do by a day: to claim a fund, or to go on with a claim.
type step struct {
	balance *calc.Balance
	claim   *calc.Claim // nil for the fund itself
	what    string
}

// addSteps writes what has to be done by when.
func addSteps(b *book, r *calc.Result) error {
	w := b.words
	var rows []step
	for _, balance := range calc.ByUrgency(r.Balances()) {
		if balance.Window != calc.WindowOpen {
			continue
		}
		rows = append(rows, step{balance: balance, what: w.Action(balance).Headline})
		for _, claim := range balance.Claims {
			if what := w.ClaimStep(claim); what != "" {
				rows = append(rows, step{balance, claim, what})
			}
		}
	}
	lead := ""
	if len(rows) == 0 {
		lead = w.T("Nothing has to be claimed.")
	}
	columns := append([]column[step]{
		{head: w.T("Last day to claim"), kind: day, cell: func(s step) value { return date(s.balance.ClaimDeadline) }},
		{head: w.T("Days left"), kind: count, marks: dueMarks, cell: func(s step) value { return daysLeft(s.balance) }},
		{head: w.T("What to do"), cell: func(s step) value { return text(s.what) }},
	}, named(b, func(s step) *calc.Statement { return s.balance.Statement },
		column[step]{head: w.T("Earning period"), widest: 12, cell: func(s step) value { return text(w.Period(s.balance.Period)) }},
		column[step]{head: w.T("Spend by"), kind: day, cell: func(s step) value { return date(s.balance.Period.UsageEnd()) }},
		column[step]{head: w.T("Claim"), widest: 14, cell: claimOf},
		column[step]{head: w.T("Fund in"), cell: func(s step) value { return text(s.balance.FundCurrency) }},
		column[step]{head: w.T("At risk"), kind: money, cell: ofFund((*calc.Balance).AtRisk)},
		column[step]{head: w.T("At risk (USD)"), kind: money, total: true, cell: ofFund(func(b *calc.Balance) decimal.Decimal { return b.USD(b.AtRisk()) })},
		column[step]{head: w.T("Without a plan"), kind: money, cell: ofFund((*calc.Balance).Unplanned)},
	)...)
	return addTable(b, table[step]{
		sheet: w.T("To do"), title: w.T("What to do by when"), lead: lead, rows: rows, columns: columns,
	})
}

func claimOf(s step) value {
	if s.claim == nil {
		return value{}
	}
	return text(s.claim.ID)
}

// ofFund shows an amount once, beside the fund itself.
func ofFund(of func(*calc.Balance) decimal.Decimal) func(step) value {
	return func(s step) value {
		if s.claim != nil {
			return value{}
		}
		return amount(of(s.balance))
	}
}
