package xlsx

import (
	"io"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// Summary writes the workbook of the portfolio: every fund by urgency, totals by
// state, what to do by when, months with a chart, the roll-forward, comparative figures, the journal, what changed,
// payments, exceptions, and the sources as the proof of completeness. Sheets
// that have nothing to say are absent.
func Summary(w io.Writer, r *calc.Result, words *wording.Words, o Options) error {
	b, err := newBook(r.AsOf, words, o, words.T("Portfolio of co-op and rebate"), words.T("as of %s", words.Date(r.AsOf)))
	if err != nil {
		return err
	}
	defer b.Close()
	b.portfolio = true
	steps := []func() error{
		func() error { return addPortfolio(b, r) },
		func() error { return addStates(b, r.States()) },
		func() error { return addDeadlines(b, r.Deadlines()) },
		func() error { return addSteps(b, r) },
		func() error { return addMonths(b, r.Calendar()) },
		func() error { return addMonthsByPartner(b, r) },
		func() error { return addRollForward(b, r, r.RollForward) },
		func() error { return addComparatives(b, r.Comparatives, r.Last) },
		func() error { return addJournal(b, r) },
		func() error { return addEntities(b, r) },
		func() error { return addClaims(b, r.Claims) },
		func() error { return addReconciliation(b, r.Statements, r.StrayPayments) },
		func() error { return addFindings(b, r.Findings) },
		func() error { return addAcknowledged(b, r.Closed) },
		func() error { return addSources(b, r) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return b.writeTo(w)
}

func addPortfolio(b *book, r *calc.Result) error {
	w := b.words
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
	columns := named(b, func(b *calc.Balance) *calc.Statement { return b.Statement }, balanceColumns(w)...)
	columns = append(columns, column[*calc.Balance]{head: w.T("Legal entity"), optional: true, screen: true, cell: func(b *calc.Balance) value { return text(b.Statement.Entity) }})
	return addTable(b, table[*calc.Balance]{
		sheet:   w.T("Portfolio"),
		title:   w.T("Portfolio as of %s", w.Date(r.AsOf)),
		lead:    lead,
		rows:    rows,
		columns: columns,
		notes:   notes,
	})
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
