package table

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// Findings lists what needs a person's eye, the worst first.
func (t *Tables) Findings() Table {
	list := t.result.Findings
	if t.statement != nil {
		list = lists.ForAccountant(t.statement.Findings)
	}
	if t.in == Paper {
		list = lists.WithoutNotes(list)
	}
	table := Of(t.in, list, findingColumns(t, func(f calc.Finding) calc.Finding { return f })...)
	table.Name, table.Sheet, table.Title = "findings", t.T("Findings"), t.T("Findings")
	if len(list) == 0 {
		table.Lead = t.T("Nothing needs a person's eye.")
	}
	return table
}

// cause is what was found for one reason.
type cause struct {
	calc.Finding // the first one
	count        int
	statements   map[[2]string]bool
}

// Causes sums the findings by their code, the worst first: the whole list is in
// the workbook.
func (t *Tables) Causes() Table {
	var list []cause
	for _, f := range lists.WithoutNotes(t.result.Findings) {
		if len(list) == 0 || list[len(list)-1].Code() != f.Code() || list[len(list)-1].Severity() != f.Severity() {
			list = append(list, cause{Finding: f, statements: map[[2]string]bool{}})
		}
		last := &list[len(list)-1]
		last.count++
		if f.Participant != "" {
			last.statements[[2]string{f.Participant, f.Program}] = true
		}
	}
	table := Of(t.in, list,
		Column[cause]{Head: t.T("Severity"), Cell: func(c cause) Value { return severity(c.Finding, t.Severity(c.Severity())) }},
		Column[cause]{Head: t.T("Finding"), Cell: func(c cause) Value { return Text(t.T("%s (%s)", t.Sentence(t.Code(c.Code())), c.Code())) }},
		Column[cause]{Head: t.T("Number"), Cell: func(c cause) Value { return Count(c.count) }},
		Column[cause]{Head: t.T("Statements"), Cell: func(c cause) Value { return Known(len(c.statements)) }},
		Column[cause]{Head: t.T("The first of them"), Widest: 60, Cell: func(c cause) Value {
			if c.Participant == "" {
				return Text(t.Message(c.Finding)).In(Quiet)
			}
			return Text(t.T("%s: %s", t.PartnerOf(c.Participant), t.Message(c.Finding))).In(Quiet)
		}},
	)
	table.Name, table.Title = "findings", t.T("Findings")
	table.Notes = []string{t.T("Each of them is in summary.xlsx and in exceptions.csv.")}
	if len(list) == 0 {
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
		list = t.statement.Closed
	}
	table := Of(t.in, list, findingColumns(t, func(f closed) calc.Finding { return f.Finding },
		Column[closed]{Head: t.T("Acknowledged by"), Widest: 20, Cell: func(f closed) Value { return Text(f.By) }},
		Column[closed]{Head: t.T("On"), Cell: func(f closed) Value { return Date(f.On) }},
		Column[closed]{Head: t.T("Comment"), Cell: func(f closed) Value { return Text(f.Comment) }},
	)...)
	table.Name, table.Sheet, table.Title = "acknowledged", t.T("Acknowledged"), t.T("Acknowledged findings")
	return table
}

// findingColumns say what was found; more is between that and its place.
func findingColumns[T any](t *Tables, of func(T) calc.Finding, more ...Column[T]) []Column[T] {
	place := func(in Where, head string, cell func(calc.Place) Value) Column[T] {
		return Column[T]{Head: head, In: in, Widest: 26, Cell: func(row T) Value { return cell(of(row).Place) }}
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
		owned(t, func(row T) (string, string) { return of(row).Participant, of(row).Program }),
		[]Column[T]{
			{Head: t.T("Earning period"), In: Sheet | Page, Cell: func(row T) Value { return t.half(of(row).Period) }},
			{Head: t.T("Label"), In: Sheet, Cell: func(row T) Value { return Text(of(row).Period.String()) }},
			place(Paper|Page, t.T("Where"), func(p calc.Place) Value { return Text(t.Where(p)).In(Quiet) }),
			place(Sheet, t.T("File"), func(p calc.Place) Value { return Text(p.File) }),
			place(Sheet, t.T("Sheet"), func(p calc.Place) Value { return Text(p.Sheet) }),
			place(Sheet, t.T("Row"), func(p calc.Place) Value { return Known(p.Row) }),
			place(Screen, t.T("Column"), func(p calc.Place) Value { return Text(p.Column) }),
			{Head: t.T("Code"), In: Screen, Cell: func(row T) Value { return Text(string(of(row).Code())) }},
			{Head: t.T("What the code means"), In: Screen, Widest: 60, Cell: func(row T) Value { return Text(t.Code(of(row).Code())) }},
		})
}
