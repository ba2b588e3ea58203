package table

import (
	"cspcoop/calc"
)

// fates are what becomes of rows, in the order of their columns.
var fates = []calc.Fate{calc.Counted, calc.Duplicate, calc.Superseded, calc.Repeated, calc.Skipped}

// digestShown is how much of a file's SHA-256 is printed on paper:
// enough to distinguish files. Workbooks and run.json have all of it.
const digestShown = 12

func files[T any](t *Tables, of func(T) *calc.Source) []Column[T] {
	return []Column[T]{
		{Head: t.T("File"), Widest: 44, Cell: func(row T) Value { return Text(of(row).File) }},
		{Head: t.T("Report"), In: Sheet | Page, Widest: 14, Cell: func(row T) Value { return Text(t.FileKind(of(row).Kind)) }},
	}
}

// Sources lists what became of every row of every file: the proof that nothing
// is missing and nothing counts twice.
func (t *Tables) Sources() Table {
	type source = *calc.SourceAccount
	columns := append(files(t, func(a source) *calc.Source { return a.Source }),
		Column[source]{Head: t.T("Rows"), Name: "Sources_Rows", Total: true, Cell: func(a source) Value { return Count(a.Rows) }})
	for _, fate := range fates {
		columns = append(columns, Column[source]{Head: t.Fate(fate), Name: "Sources_" + fate.String(), Total: true, Cell: func(a source) Value { return Count(a.By[fate]) }})
	}
	columns = append(columns, Column[source]{Head: t.T("Not accounted for"), In: Sheet, Total: true,
		Formula: "{Sources_Rows}-SUM({Sources_counted}:{Sources_skipped})", Cell: func(source) Value { return Count(0) }})
	for _, fate := range fates {
		in := Screen
		if fate == calc.Counted {
			in = 0
		}
		columns = append(columns, Column[source]{Head: t.T("%s (USD)", t.Fate(fate)), In: in, Total: true, Cell: func(a source) Value { return Exact(a.USD[fate]) }})
	}
	table := Of(t.in, t.result.Sources, append(columns, Column[source]{Head: t.T("SHA-256"), Widest: 34, Cell: func(a source) Value { return t.digest(a.SHA256) }})...)
	table.Dense = true
	table.Name, table.Sheet, table.Title = "sources", t.T("Sources"), t.T("Sources, and what became of every row")
	table.Lead = t.T("%s rows read, %s counted, all accounted for", t.Words.Count(t.result.Totals.Rows), t.Words.Count(t.result.Totals.By[calc.Counted]))
	table.Notes = []string{t.T("Counted earnings come to %s of rebate, %s of co-op, %s of other types and %s of transfers.",
		t.Amount(t.result.Totals.Rebate, "USD"), t.Amount(t.result.Totals.CoOp, "USD"), t.Amount(t.result.Totals.Other, "USD"), t.Amount(t.result.Totals.Transferred, "USD"))}
	return table
}

func (t *Tables) digest(sha256 string) Value {
	if t.in == Paper {
		return Text(sha256[:min(len(sha256), digestShown)]).In(Quiet)
	}
	return Text(sha256).In(Fine)
}

// Shares lists the files that a statement's rows came from.
func (t *Tables) Shares() Table {
	table := Of(t.in, t.statement.Sources, append(files(t, func(s calc.SourceShare) *calc.Source { return s.Source }),
		Column[calc.SourceShare]{Head: t.T("Rows in the file"), Total: true, Cell: func(s calc.SourceShare) Value { return Count(s.Rows) }},
		Column[calc.SourceShare]{Head: t.T("Counted here"), Total: true, Cell: func(s calc.SourceShare) Value { return Count(s.Counted) }},
		Column[calc.SourceShare]{Head: t.T("SHA-256"), Widest: 34, Cell: func(s calc.SourceShare) Value { return t.digest(s.SHA256) }})...)
	table.Name, table.Sheet, table.Title = "sources", t.T("Sources"), t.T("Sources of this statement")
	return table
}

// Fates sums the rows of all files by what became of them.
func (t *Tables) Fates() Table {
	totals := &t.result.Totals
	table := Of(t.in, fates,
		Column[calc.Fate]{Head: t.T("Rows"), Cell: func(f calc.Fate) Value { return Text(t.Fate(f)) }},
		Column[calc.Fate]{Head: t.T("Number"), Total: true, Cell: func(f calc.Fate) Value { return Count(totals.By[f]) }},
		Column[calc.Fate]{Head: t.T("Earnings (USD)"), Total: true, Cell: func(f calc.Fate) Value { return Exact(totals.USD[f]) }},
	)
	table.Name, table.Title = "proof", t.T("Proof of completeness")
	return table
}
