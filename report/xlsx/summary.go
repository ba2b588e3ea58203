package xlsx

import (
	"io"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// Summary writes the workbook of the portfolio: every fund by urgency, months,
// deadlines, the roll-forward, legal entities when configured, exceptions, and the sources as the
// proof of completeness.
func Summary(w io.Writer, r *calc.Result, words *wording.Words, o Options) error {
	b, err := newBook(r.AsOf, words, o, words.T("Portfolio of co-op and rebate"), words.T("as of %s", words.Date(r.AsOf)))
	if err != nil {
		return err
	}
	defer b.Close()
	steps := []func() error{
		func() error { return addPortfolio(b, r) },
		func() error { return addAllMonths(b, r) },
		func() error { return addDeadlines(b, r) },
		func() error { return addAllMovements(b, r) },
		func() error { return addEntities(b, r) },
		func() error { return addFindings(b, r.Findings) },
		func() error { return addSources(b, r) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return b.writeTo(w)
}

func statementOf(b *calc.Balance) *calc.Statement { return b.Statement }

func addPortfolio(b *book, r *calc.Result) error {
	w := b.words
	partner := partnerColumns(w, statementOf)
	if len(r.Entities) > 0 {
		partner = append(partner, column[*calc.Balance]{head: w.T("Legal entity"), cell: func(b *calc.Balance) value { return text(b.Statement.Entity) }})
	}
	rows := calc.ByUrgency(r.Balances())
	lead := ""
	if len(rows) > 0 {
		lead = w.T("%s: %s", w.Partner(rows[0].Statement), w.Action(rows[0]).Headline)
	}
	var notes []string
	for _, applied := range r.Rules {
		notes = append(notes, w.T("Rule applied: %s", w.Rule(applied)))
	}
	for _, o := range r.Otherwise {
		notes = append(notes, otherwise(w, o))
	}
	return addTable(b, table[*calc.Balance]{
		sheet:   w.T("Portfolio"),
		title:   w.T("Portfolio as of %s", w.Date(r.AsOf)),
		lead:    lead,
		rows:    rows,
		columns: append(partner, balanceColumns(w)...),
		notes:   notes,
		extras:  highlightDeadlines(len(partner) + daysLeftColumn),
	})
}

// step is something to do by a day: to claim a fund, or to go on with a claim.
type step struct {
	balance *calc.Balance
	claim   *calc.Claim // nil for the fund itself
	what    string
}

// addDeadlines writes what has to be done by when.
func addDeadlines(b *book, r *calc.Result) error {
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
	columns := append([]column[step]{
		{head: w.T("Last day to claim"), kind: day, cell: func(s step) value { return date(s.balance.ClaimDeadline) }},
		{head: w.T("Days left"), kind: count, cell: func(s step) value { return daysLeft(s.balance) }},
		{head: w.T("What to do"), cell: func(s step) value { return text(s.what) }},
	}, partnerColumns(w, func(s step) *calc.Statement { return s.balance.Statement })...)
	columns = append(columns,
		column[step]{head: w.T("Earning period"), cell: func(s step) value { return text(w.Period(s.balance.Period)) }},
		column[step]{head: w.T("Spend by"), kind: day, cell: func(s step) value { return date(s.balance.Period.UsageEnd()) }},
		column[step]{head: w.T("Claim"), cell: claimOf},
		column[step]{head: w.T("Currency"), cell: func(s step) value { return text(s.balance.FundCurrency) }},
		column[step]{head: w.T("At risk"), kind: money, cell: ofFund((*calc.Balance).AtRisk)},
		column[step]{head: w.T("Without a plan"), kind: money, cell: ofFund((*calc.Balance).Unplanned)},
	)
	return addTable(b, table[step]{
		sheet: w.T("Deadlines"), title: w.T("What to do by when"), rows: rows, columns: columns, extras: highlightDeadlines(1),
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

// addEntities writes the subtotals of the configured legal entities.
func addEntities(b *book, r *calc.Result) error {
	if len(r.Entities) == 0 {
		return nil
	}
	w := b.words
	return addTable(b, table[calc.Entity]{
		sheet: w.T("Legal entities"),
		title: w.T("Legal entities"),
		rows:  r.Entities,
		columns: []column[calc.Entity]{
			{head: w.T("Legal entity"), cell: func(e calc.Entity) value { return text(e.Name) }},
			{head: w.T("Statements"), kind: count, total: true, cell: func(e calc.Entity) value { return number(len(e.Statements)) }},
			{head: w.T("Rebate (USD)"), kind: money, total: true, cell: func(e calc.Entity) value { return amount(e.Rebate) }},
			{head: w.T("Co-op (USD)"), kind: money, total: true, cell: func(e calc.Entity) value { return amount(e.CoOp) }},
			{head: w.T("Other (USD)"), kind: money, total: true, cell: func(e calc.Entity) value { return amount(e.Other) }},
			{head: w.T("At risk (USD)"), kind: money, total: true, cell: func(e calc.Entity) value { return amount(e.AtRiskUSD) }},
		},
	})
}
