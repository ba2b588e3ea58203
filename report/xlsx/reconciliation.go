package xlsx

import (
	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// addReconciliation writes what was compared: splits, changes, payments. stray
// payments belong to no statement.
func addReconciliation(b *book, statements []*calc.Statement, stray []*calc.PaymentMatch) error {
	steps := []func() error{
		func() error { return addSplits(b, statements) },
		func() error { return addChanges(b, statements) },
		func() error { return addRestated(b, statements) },
		func() error { return addPayments(b, statements, stray) },
		func() error { return addPayouts(b, statements) },
		func() error { return addUnmatched(b, statements, stray) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// splitRow is a comparison of one statement.
type splitRow struct {
	owner
	*calc.SplitCheck
}

// addSplits writes reported co-op against its share; over all partners only what
// differs.
func addSplits(b *book, statements []*calc.Statement) error {
	var rows []splitRow
	for _, s := range statements {
		for i := range s.Splits {
			if x := &s.Splits[i]; !b.portfolio || x.Differs() {
				rows = append(rows, splitRow{ownerOf(s), x})
			}
		}
	}
	if len(rows) == 0 {
		return nil
	}
	w := b.words
	figure := func(head string, of func(splitRow) decimal.Decimal) column[splitRow] {
		return column[splitRow]{head: head, kind: exact, cell: func(x splitRow) value { return unrounded(of(x)) }}
	}
	differs := w.T("Differs")
	return addTable(b, table[splitRow]{
		sheet: w.T("Split"),
		title: w.T("Reported co-op against its share"),
		rows:  rows,
		columns: owned(b, func(x splitRow) owner { return x.owner },
			column[splitRow]{head: w.T("Month"), kind: month, cell: func(x splitRow) value { return monthOf(x.Month) }},
			column[splitRow]{head: w.T("Lever"), widest: 28, cell: func(x splitRow) value { return text(x.Lever) }},
			column[splitRow]{head: w.T("Currency"), cell: func(x splitRow) value { return text(x.Currency) }},
			figure(w.T("Rebate"), func(x splitRow) decimal.Decimal { return x.Rebate }),
			figure(w.T("Co-op"), func(x splitRow) decimal.Decimal { return x.CoOp }),
			figure(w.T("Co-op by the rule"), func(x splitRow) decimal.Decimal { return x.Expected }),
			figure(w.T("Difference"), func(x splitRow) decimal.Decimal { return x.Difference }),
			figure(w.T("Explained by rounding"), func(x splitRow) decimal.Decimal { return x.Tolerance }),
			column[splitRow]{head: w.T("Result"), marks: wordMarks(nil, []string{differs}), cell: func(x splitRow) value {
				if x.Differs() {
					return text(differs)
				}
				return text(w.T("Agrees"))
			}},
		),
	})
}

// payoutRow is an automatic payout of one statement.
type payoutRow struct {
	owner
	*calc.Payout
}

// addPayouts writes whether automatic payouts arrived.
func addPayouts(b *book, statements []*calc.Statement) error {
	var rows []payoutRow
	for _, s := range statements {
		for i := range s.Payouts {
			rows = append(rows, payoutRow{ownerOf(s), &s.Payouts[i]})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	w := b.words
	figure := func(head string, of func(payoutRow) decimal.Decimal) column[payoutRow] {
		return column[payoutRow]{head: head, kind: exact, cell: func(x payoutRow) value { return unrounded(of(x)) }}
	}
	return addTable(b, table[payoutRow]{
		sheet: w.T("Payouts"),
		title: w.T("Co-op that is paid automatically"),
		rows:  rows,
		columns: owned(b, func(x payoutRow) owner { return x.owner },
			column[payoutRow]{head: w.T("Earning period"), widest: 12, cell: func(x payoutRow) value { return text(w.Period(x.Balance.Period)) }},
			column[payoutRow]{head: w.T("Payout"), marks: wordMarks([]string{w.Payout(calc.PayoutMissing)}, nil), cell: func(x payoutRow) value { return text(w.Payout(x.State)) }},
			column[payoutRow]{head: w.T("Due by"), kind: day, cell: func(x payoutRow) value { return date(x.Due) }},
			column[payoutRow]{head: w.T("Arrived on"), kind: day, optional: true, cell: func(x payoutRow) value { return date(x.Arrived) }},
			column[payoutRow]{head: w.T("Fund in"), cell: func(x payoutRow) value { return text(x.Balance.FundCurrency) }},
			figure(w.T("Earned"), func(x payoutRow) decimal.Decimal { return x.Earned }),
			figure(w.T("Paid"), func(x payoutRow) decimal.Decimal { return x.Paid }),
			figure(w.T("Rolled over"), func(x payoutRow) decimal.Decimal { return x.RolledOver }),
			figure(w.T("Open"), func(x payoutRow) decimal.Decimal { return x.Open }),
		),
	})
}
