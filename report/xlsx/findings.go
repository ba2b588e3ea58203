package xlsx

import (
	"cspcoop/calc"
	"cspcoop/report/wording"
)

// addFindings writes what needs a person's eye, the worst first.
func addFindings(b *book, findings []calc.Finding) error {
	w := b.words
	lead, notes := "", recorded(w)
	if len(findings) == 0 {
		lead, notes = w.T("Nothing needs a person's eye"), nil
	}
	return addTable(b, table[calc.Finding]{
		sheet:   w.T("Exceptions"),
		title:   w.T("Exceptions"),
		lead:    lead,
		rows:    findings,
		columns: findingColumns(b, func(f calc.Finding) calc.Finding { return f }),
		notes:   notes,
	})
}

// recorded is the note below findings that are not in the workbook's language.
func recorded(w *wording.Words) []string {
	note := w.Recorded()
	if note == "" {
		return nil
	}
	return []string{note}
}

// addAcknowledged writes the findings that were acknowledged, by whom and why.
func addAcknowledged(b *book, closed []calc.ClosedFinding) error {
	if len(closed) == 0 {
		return nil
	}
	w := b.words
	columns := findingColumns(b, func(f calc.ClosedFinding) calc.Finding { return f.Finding },
		column[calc.ClosedFinding]{head: w.T("Acknowledged by"), widest: 20, cell: func(f calc.ClosedFinding) value { return text(f.By) }},
		column[calc.ClosedFinding]{head: w.T("On"), kind: day, cell: func(f calc.ClosedFinding) value { return date(f.On) }},
		column[calc.ClosedFinding]{head: w.T("Comment"), cell: func(f calc.ClosedFinding) value { return text(f.Comment) }},
	)
	return addTable(b, table[calc.ClosedFinding]{
		sheet: w.T("Acknowledged"), title: w.T("Acknowledged exceptions"), rows: closed, columns: columns, notes: recorded(w),
	})
}

// findingColumns say what was found; more stands between that and its place.
func findingColumns[T any](b *book, of func(T) calc.Finding, more ...column[T]) []column[T] {
	w := b.words
	columns := append([]column[T]{
		{head: w.T("Severity"), marks: wordMarks([]string{w.Severity(calc.Error)}, []string{w.Severity(calc.Warning)}),
			cell: func(row T) value { return text(w.Severity(of(row).Severity)) }},
		{head: w.T("What and what to do"), widest: 70, cell: func(row T) value { return text(w.Sentence(of(row).Message)) }},
	}, more...)
	columns = append(columns, owned(b, func(row T) owner { return owner{of(row).Participant, of(row).Program} },
		column[T]{head: w.T("Earning period"), optional: true, cell: func(row T) value { return text(of(row).Period.String()) }})...)
	return append(columns,
		column[T]{head: w.T("File"), widest: 26, optional: true, cell: func(row T) value { return text(of(row).Place.File) }},
		column[T]{head: w.T("Sheet"), widest: 16, optional: true, cell: func(row T) value { return text(of(row).Place.Sheet) }},
		column[T]{head: w.T("Row"), kind: count, optional: true, cell: func(row T) value { return known(of(row).Place.Row) }},
		column[T]{head: w.T("Column"), widest: 16, optional: true, screen: true, cell: func(row T) value { return text(of(row).Place.Column) }},
		column[T]{head: w.T("Code"), screen: true, cell: func(row T) value { return text(string(of(row).Code)) }},
		column[T]{head: w.T("What the code means"), widest: 60, screen: true, cell: func(row T) value { return text(w.Code(of(row).Code)) }},
	)
}
