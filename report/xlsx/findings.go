package xlsx

import (
	"fmt"

	"cspcoop/calc"
)

// addFindings writes what needs a person's eye, the worst first.
func addFindings(b *book, findings []calc.Finding) error {
	w := b.words
	lead := ""
	if len(findings) == 0 {
		lead = w.T("Nothing needs a person's eye")
	}
	return addTable(b, table[calc.Finding]{
		sheet: w.T("Exceptions"),
		title: w.T("Exceptions"),
		lead:  lead,
		rows:  findings,
		columns: []column[calc.Finding]{
			{head: w.T("Severity"), cell: func(f calc.Finding) value { return text(w.Severity(f.Severity)) }},
			{head: w.T("What and what to do"), cell: func(f calc.Finding) value { return text(w.Sentence(f.Message)) }},
			{head: w.T("Partner location"), optional: true, cell: func(f calc.Finding) value { return text(f.Participant) }},
			{head: w.T("Program"), optional: true, cell: func(f calc.Finding) value { return text(f.Program) }},
			{head: w.T("Earning period"), optional: true, cell: func(f calc.Finding) value { return text(f.Period.String()) }},
			{head: w.T("File"), optional: true, cell: func(f calc.Finding) value { return text(f.Place.File) }},
			{head: w.T("Sheet"), optional: true, cell: func(f calc.Finding) value { return text(f.Place.Sheet) }},
			{head: w.T("Row"), kind: count, optional: true, cell: func(f calc.Finding) value { return known(f.Place.Row) }},
			{head: w.T("Column"), optional: true, cell: func(f calc.Finding) value { return text(f.Place.Column) }},
			{head: w.T("Code"), cell: func(f calc.Finding) value { return text(string(f.Code)) }},
		},
		extras: func(b *book, p place) error {
			if len(findings) == 0 {
				return nil
			}
			is := func(s calc.Severity) string { return fmt.Sprintf("$A%d=%q", p.head+1, w.Severity(s)) }
			return b.highlight(p, 0, highlight{is(calc.Error), red, redBg}, highlight{is(calc.Warning), amber, amberBg})
		},
	})
}
