package xlsx

import (
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// changeRow is what changed about one period of a statement.
type changeRow struct {
	owner
	period  calc.EarningPeriod
	total   calc.PeriodChange
	balance *calc.Balance // nil when nothing of the period counts any more
}

// changesOf gives the periods of a statement that exports changed or that the
// last set tells, the oldest first.
func changesOf(s *calc.Statement) []changeRow {
	var rows []changeRow
	for _, total := range s.Changes.Periods {
		rows = append(rows, changeRow{ownerOf(s), total.Period, total, nil})
	}
	for _, balance := range s.Balances {
		i := slices.IndexFunc(rows, func(x changeRow) bool { return x.period == balance.Period })
		switch {
		case i >= 0:
			rows[i].balance = balance
		case balance.Since != nil:
			rows = append(rows, changeRow{ownerOf(s), balance.Period, calc.PeriodChange{}, balance})
		}
	}
	slices.SortFunc(rows, func(a, b changeRow) int { return a.period.Compare(b.period) })
	return rows
}

// addChanges writes for each period what exports changed and how it stood in
// the last set.
func addChanges(b *book, statements []*calc.Statement) error {
	var rows []changeRow
	for _, s := range statements {
		rows = append(rows, changesOf(s)...)
	}
	if len(rows) == 0 {
		return nil
	}
	w := b.words
	total := func(head string, of func(*calc.PeriodChange) decimal.Decimal) column[changeRow] {
		return column[changeRow]{head: head, kind: money, optional: true, total: true, cell: func(x changeRow) value { return nonZero(of(&x.total)) }}
	}
	then := func(head string, kind kind, of func(*calc.Since) value) column[changeRow] {
		return column[changeRow]{head: head, kind: kind, optional: true, cell: func(x changeRow) value {
			if x.balance == nil || x.balance.Since == nil {
				return value{}
			}
			return of(x.balance.Since)
		}}
	}
	flipped := w.T("Decision changed")
	return addTable(b, table[changeRow]{
		sheet: w.T("Changes"),
		title: w.T("What changed, by period"),
		lead:  sinceLead(b, statements),
		rows:  rows,
		columns: owned(b, func(x changeRow) owner { return x.owner },
			column[changeRow]{head: w.T("Earning period"), widest: 12, cell: func(x changeRow) value { return text(w.Period(x.period)) }},
			then(w.T("Co-op then (USD)"), money, func(s *calc.Since) value { return amount(s.CoOp) }),
			then(w.T("Co-op moved (USD)"), money, func(s *calc.Since) value { return amount(s.CoOpMoved) }),
			then(w.T("Rebate moved (USD)"), money, func(s *calc.Since) value { return amount(s.RebateMoved) }),
			then(w.T("Decision then"), plain, func(s *calc.Since) value { return text(w.State(calc.State{Decision: s.Decision})) }),
			column[changeRow]{head: w.T("Decision now"), optional: true, cell: decisionNow(b)},
			column[changeRow]{head: w.T("What is new"), optional: true, marks: wordMarks([]string{flipped}, nil), cell: func(x changeRow) value {
				switch {
				case x.balance == nil || x.balance.Since == nil:
				case x.balance.Since.DecisionChanged:
					return text(flipped)
				case x.balance.Since.RuleChanged:
					return text(w.T("Rule changed"))
				}
				return value{}
			}},
			column[changeRow]{head: w.T("Restated earnings"), kind: count, optional: true, cell: func(x changeRow) value { return known(x.total.Restated) }},
			total(w.T("Rebate restated (USD)"), func(p *calc.PeriodChange) decimal.Decimal { return p.RestatedUSD[calc.Rebate] }),
			total(w.T("Co-op restated (USD)"), func(p *calc.PeriodChange) decimal.Decimal { return p.RestatedUSD[calc.CoOp] }),
			total(w.T("Gross restated (USD)"), func(p *calc.PeriodChange) decimal.Decimal { return p.RestatedUSD[calc.Gross] }),
			total(w.T("Other restated (USD)"), func(p *calc.PeriodChange) decimal.Decimal { return p.RestatedUSD[calc.Other] }),
			total(w.T("Adjusted after its end (USD)"), func(p *calc.PeriodChange) decimal.Decimal { return p.AdjustedUSD }),
			total(w.T("Transferred after its end (USD)"), func(p *calc.PeriodChange) decimal.Decimal { return p.MovedUSD }),
			total(w.T("Missing from newer exports (USD)"), func(p *calc.PeriodChange) decimal.Decimal { return p.VanishedUSD }),
			column[changeRow]{head: w.T("Changes of payment status"), kind: count, optional: true, cell: func(x changeRow) value { return known(x.total.Statuses) }},
		),
		notes: []string{w.T("Earnings that are missing from newer exports still count.")},
	})
}

func decisionNow(b *book) func(changeRow) value {
	return func(x changeRow) value {
		if x.balance == nil {
			return value{}
		}
		return text(b.words.Decision(x.balance))
	}
}

// sinceLead names the set that balances are compared with.
func sinceLead(b *book, statements []*calc.Statement) string {
	for _, s := range statements {
		for _, balance := range s.Balances {
			if balance.Since != nil {
				return b.words.T("“Then” is the set as of %s", b.words.Date(balance.Since.AsOf))
			}
		}
	}
	return ""
}
