package xlsx

import (
	"io"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
	"cspcoop/report/wording"
)

// Statement writes the workbook of one participant and program: its funds,
// months with a chart, every counted earning, what moved, claims, what was
// compared, findings and sources. Sheets that have nothing to say are absent.
// Amounts are in USD where no currency is beside them.
func Statement(w io.Writer, r *calc.Result, s *calc.Statement, words *wording.Words, o Options) error {
	b, err := newBook(r.AsOf, words, o, words.T("Statement of co-op and rebate, %s", words.Partner(s)), words.Place(s))
	if err != nil {
		return err
	}
	t := table.New(words, r, s, table.Sheet|table.Screen)
	months := t.Months()
	months.Notes = gapNotes(words, lists.Gaps(s))
	list := []func() table.Table{ready(statementSummary(t, r, s)), ready(months), t.Currencies}
	for _, earnings := range t.Earnings(b.rows-headRow-1, o.Shown) { // and the row of totals
		list = append(list, ready(earnings))
	}
	return b.write(w, append(list, t.Engagements, t.RollForward, t.Closing, t.Comparatives, t.TieOuts, t.Claims, t.Season, t.YearEnd,
		t.Splits, t.Changes, t.Restated, t.Changed, t.Payments, t.Bank, t.Payouts, t.Unpaid, t.Unmatched,
		t.Published, t.UnpaidBy, t.Holds, t.Causes, t.Findings, t.Acknowledged, t.Shares))
}

func statementSummary(t *table.Tables, r *calc.Result, s *calc.Statement) table.Table {
	sheet := t.Funds()
	sheet.Sheet, sheet.Title = t.T("Summary"), t.Partner(s)
	sheet.Notes = []string{t.T("%s, as of %s", t.Place(s), t.Date(r.AsOf))}
	if balance := s.Lead(); balance != nil {
		action := t.Action(balance)
		sheet.Lead = action.Headline
		sheet.Notes = append(sheet.Notes, action.Detail, t.T("Rule applied: %s", t.Rule(balance.Rule)))
	}
	lead(&sheet, t, lists.ForAccountant(s.Findings), false)
	return sheet
}

// gapNotes names the months without any row.
func gapNotes(w *wording.Words, gaps []calc.Gap) []string {
	var notes []string
	for _, g := range gaps {
		notes = append(notes, w.NoRows(g))
	}
	return notes
}
