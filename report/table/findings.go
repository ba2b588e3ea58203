package table

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// Findings lists what needs a person's eye, the worst first.
func (t *Tables) Findings() Table {
	list := t.findings()
	behind := lists.Behind(t.statements())
	table := Of(t.in, list, join(findingColumns(t, func(f calc.Finding) calc.Finding { return f },
		Column[calc.Finding]{Head: t.T("Money behind it (USD)"), In: Sheet, Cell: func(f calc.Finding) Value { return NonZero(behind(f)) }},
	), errorLine(t, "Error_Line", func(f calc.Finding) calc.Finding { return f }))...)
	table.Name, table.Sheet, table.Title = "findings", t.T("Findings"), t.T("Findings")
	if len(list) == 0 {
		table.Lead = t.T("Nothing needs a person's eye.")
	}
	return table
}

func (t *Tables) findings() []calc.Finding {
	if t.statement != nil {
		return lists.ForAccountant(t.statement.Findings)
	}
	return t.result.Findings
}

// Causes sums the findings by their code, the worst and the largest first: one
// line for each cause. What was found for several is not summed over them. The whole
// list is in the workbook.
func (t *Tables) Causes() Table {
	causes := lists.Causes(t.statements(), t.findings())
	table := Of(t.in, causes,
		Column[lists.Cause]{Head: t.T("Severity"), Group: true, Cell: func(c lists.Cause) Value { return severity(c.Finding, t.Severity(c.Severity())) }},
		Column[lists.Cause]{Head: t.T("What was found"), Cell: func(c lists.Cause) Value { return Text(t.Cause(c)) }},
		Column[lists.Cause]{Head: t.T("Number"), Cell: func(c lists.Cause) Value { return Count(c.Count).If(c.Count != 1) }},
		Column[lists.Cause]{Head: t.T("Statements"), Cell: func(c lists.Cause) Value { return Known(c.Statements).If(t.statement == nil) }},
		Column[lists.Cause]{Head: t.T("Money behind it (USD)"), Cell: func(c lists.Cause) Value { return NonZero(c.USD) }},
	)
	table.Name, table.Sheet, table.Title = "findings", t.T("Causes"), t.T("Findings by cause")
	if t.in == Paper {
		table.Title = t.T("Findings")
	}
	table.Notes = []string{t.T("Each of them is in summary.xlsx and in exceptions.csv.")}
	if t.statement != nil || t.in == Sheet|Screen {
		table.Notes = []string{t.T("Each of them, with its place, is in the sheet Findings of the workbook.")}
	}
	if len(causes) == 0 && t.in == Paper {
		table.Lead = t.T("Nothing needs a person's eye.")
	}
	return table
}

// severity marks what matters.
func severity(f calc.Finding, text string) Value {
	return Text(text).In([...]Tone{calc.Info: Usual, calc.Warning: Doubtful, calc.Error: Alarming}[f.Severity()])
}

// Acknowledged lists the findings that were acknowledged, by whom and why.
func (t *Tables) Acknowledged() Table {
	type closed = calc.ClosedFinding
	list := t.result.Closed
	if t.statement != nil {
		list = slices.Clone(t.statement.Closed)
		for i := range list {
			list[i].Finding = list[i].Finding.ForAccountant()
		}
	}
	of := func(f closed) calc.Finding { return f.Finding }
	table := Of(t.in, list, join(findingColumns(t, of,
		Column[closed]{Head: t.T("Acknowledged by"), Widest: 20, Cell: func(f closed) Value { return Text(f.By) }},
		Column[closed]{Head: t.T("On"), Cell: func(f closed) Value { return Date(f.On) }},
		Column[closed]{Head: t.T("Comment"), Cell: func(f closed) Value { return Text(f.Comment) }},
	), errorLine(t, "Acknowledged_Line", of))...)
	table.Name, table.Sheet, table.Title = "acknowledged", t.T("Acknowledged"), t.T("Acknowledged findings")
	return table
}

// errorLine is the column by which errors are counted in the lead schedule.
func errorLine[T any](t *Tables, name string, of func(T) calc.Finding) []Column[T] {
	return leadLine(t, name, func(row T) int {
		f := of(row)
		if f.Severity() != calc.Error {
			return 0
		}
		return t.lead().FundLine(f.Participant(), f.Program(), f.Period())
	})
}

// findingColumns say what was found; more is between that and its place.
func findingColumns[T any](t *Tables, of func(T) calc.Finding, more ...Column[T]) []Column[T] {
	place := func(in Where, head string, cell func(calc.Place) Value) Column[T] {
		return Column[T]{Head: head, In: in, Widest: 26, Cell: func(row T) Value { return cell(of(row).Place()) }}
	}
	return join(
		[]Column[T]{
			{Head: t.T("Finding"), In: Paper, Group: true, Cell: func(row T) Value {
				f := of(row)
				return severity(f, t.T("%s: %s (%s)", t.Severity(f.Severity()), t.Code(f.Code()), f.Code()))
			}},
			{Head: t.T("Severity"), In: Sheet | Page, Cell: func(row T) Value { return severity(of(row), t.Severity(of(row).Severity())) }},
			{Head: t.T("What was found"), Widest: 70, Cell: func(row T) Value { return Text(t.Message(of(row))) }},
		},
		more,
		owned(t, func(row T) (string, string) { return of(row).Participant(), of(row).Program() }),
		[]Column[T]{
			{Head: t.T("Earning period"), In: Sheet | Page, Cell: func(row T) Value { return t.half(of(row).Period()) }},
			{Head: t.T("Label"), In: Sheet, Cell: func(row T) Value { return Text(of(row).Period().String()) }},
			place(Paper|Page, t.T("Where"), func(p calc.Place) Value { return Text(t.Where(p)).In(Quiet) }),
			place(Sheet, t.T("File"), func(p calc.Place) Value { return Text(p.File) }),
			place(Sheet, t.T("Sheet"), func(p calc.Place) Value { return Text(p.Sheet) }),
			place(Sheet, t.T("Row"), func(p calc.Place) Value { return Known(p.Row) }),
			place(Screen, t.T("Column"), func(p calc.Place) Value { return Text(p.Column) }),
			{Head: t.T("Code"), In: Screen, Cell: func(row T) Value { return Text(string(of(row).Code())) }},
			{Head: t.T("What the code means"), In: Screen, Widest: 60, Cell: func(row T) Value { return Text(t.Code(of(row).Code())) }},
		})
}
