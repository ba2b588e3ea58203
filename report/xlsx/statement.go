package xlsx

import (
	"io"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// Statement writes the workbook of one participant and program: summary, months
// with a chart, every counted earning, the roll-forward, comparative figures, claims, what changed,
// payments, exceptions and sources. Sheets that have nothing to say are absent.
// Amounts are in USD where no currency stands beside them.
func Statement(w io.Writer, r *calc.Result, s *calc.Statement, words *wording.Words, o Options) error {
	b, err := newBook(r.AsOf, words, o, words.T("Statement of co-op and rebate, %s", words.Partner(s)), words.Place(s))
	if err != nil {
		return err
	}
	defer b.Close()
	steps := []func() error{
		func() error { return addStatementSummary(b, r, s) },
		func() error { return addMonths(b, s.Calendar, gapNotes(b, s.Gaps)...) },
		func() error { return addEarnings(b, s) },
		func() error { return addRollForward(b, r, s.RollForward) },
		func() error { return addComparatives(b, s.Comparatives, r.Last) },
		func() error { return addClaims(b, claimsOf(s)) },
		func() error { return addReconciliation(b, []*calc.Statement{s}, nil) },
		func() error { return addFindings(b, s.Findings) },
		func() error { return addAcknowledged(b, s.Closed) },
		func() error { return addShares(b, s) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return b.writeTo(w)
}

func addStatementSummary(b *book, r *calc.Result, s *calc.Statement) error {
	w := b.words
	lead := ""
	notes := []string{w.T("%s, as of %s", w.Place(s), w.Date(r.AsOf))}
	if balance := s.Lead(); balance != nil {
		action := w.Action(balance)
		lead = action.Headline
		notes = append(notes, action.Detail, w.T("Rule applied: %s", w.Rule(balance.Rule)))
	}
	for _, o := range s.Otherwise {
		notes = append(notes, otherwise(w, o))
	}
	return addTable(b, table[*calc.Balance]{
		sheet:   w.T("Summary"),
		title:   w.Partner(s),
		lead:    lead,
		rows:    calc.ByUrgency(s.Balances),
		columns: balanceColumns(w),
		notes:   notes,
	})
}
