package xlsx

import (
	"cspcoop/calc"
	"cspcoop/report/wording"
)

// addSources writes what became of every row of every file: the proof that
// nothing is missing and nothing stands twice.
func addSources(b *book, r *calc.Result) error {
	w := b.words
	columns := fileColumns(w, func(a *calc.SourceAccount) *calc.Source { return a.Source })
	rows := func(head string, fate calc.Fate) column[*calc.SourceAccount] {
		return column[*calc.SourceAccount]{head: head, kind: count, total: true, cell: func(a *calc.SourceAccount) value { return number(a.By[fate]) }}
	}
	usd := func(head string, fate calc.Fate) column[*calc.SourceAccount] {
		return column[*calc.SourceAccount]{head: head, kind: exact, total: true, screen: fate != calc.Counted, cell: func(a *calc.SourceAccount) value { return unrounded(a.USD[fate]) }}
	}
	columns = append(columns,
		column[*calc.SourceAccount]{head: w.T("Rows"), kind: count, total: true, cell: func(a *calc.SourceAccount) value { return number(a.Rows) }},
		rows(w.T("Counted"), calc.Counted),
		rows(w.T("Duplicates"), calc.Duplicate),
		rows(w.T("Superseded"), calc.Superseded),
		rows(w.T("Repeated"), calc.Repeated),
		rows(w.T("Skipped"), calc.Skipped),
		column[*calc.SourceAccount]{head: w.T("Not accounted for"), kind: count, total: true, formula: "D%[1]d-SUM(E%[1]d:I%[1]d)",
			cell: func(*calc.SourceAccount) value { return number(0) }},
		usd(w.T("Counted (USD)"), calc.Counted),
		usd(w.T("Duplicates (USD)"), calc.Duplicate),
		usd(w.T("Superseded (USD)"), calc.Superseded),
		usd(w.T("Repeated (USD)"), calc.Repeated),
		usd(w.T("Skipped (USD)"), calc.Skipped),
	)
	return addTable(b, table[*calc.SourceAccount]{
		sheet:   w.T("Sources"),
		title:   w.T("Sources, and what became of every row"),
		lead:    w.T("%s rows read, %s counted, all accounted for", w.Count(r.Totals.Rows), w.Count(r.Totals.By[calc.Counted])),
		rows:    r.Sources,
		columns: columns,
		notes: []string{
			w.T("Counted earnings come to %s of rebate, %s of co-op, %s of other types and %s of transfers.",
				w.Amount(r.Totals.Rebate, "USD"), w.Amount(r.Totals.CoOp, "USD"), w.Amount(r.Totals.Other, "USD"), w.Amount(r.Totals.Transferred, "USD")),
		},
	})
}

// addShares writes the files that a statement's rows came from.
func addShares(b *book, s *calc.Statement) error {
	w := b.words
	columns := append(fileColumns(w, func(share calc.SourceShare) *calc.Source { return share.Source }),
		column[calc.SourceShare]{head: w.T("Rows counted here"), kind: count, total: true, cell: func(share calc.SourceShare) value { return number(share.Counted) }})
	return addTable(b, table[calc.SourceShare]{
		sheet: w.T("Sources"), title: w.T("Sources of this statement"), rows: s.Sources, columns: columns,
	})
}

func fileColumns[T any](w *wording.Words, of func(T) *calc.Source) []column[T] {
	return []column[T]{
		{head: w.T("File"), widest: 32, cell: func(row T) value { return text(of(row).File) }},
		{head: w.T("Report"), widest: 14, cell: func(row T) value { return text(w.FileKind(of(row).Kind)) }},
		{head: w.T("SHA-256"), widest: 34, cell: func(row T) value { return text(of(row).SHA256) }},
	}
}
