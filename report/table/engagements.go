package table

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// Engagements lists what each engagement earned by half-year.
func (t *Tables) Engagements() Table {
	table := t.engagements(lists.Engagements(t.statements()), func(x lists.Engagement) string { return x.Engagement })
	table.Name, table.Sheet, table.Title = "engagements", t.T("Engagements"), t.T("Earned by engagement, USD")
	return table
}

// EngagementTotals sums all statements by group of engagements.
func (t *Tables) EngagementTotals() Table {
	table := t.engagements(lists.EngagementTotals(t.result.Statements), func(x lists.Engagement) string { return x.Group + x.Engagement })
	table.Name, table.Sheet, table.Title = "engagement-totals", t.T("Engagement totals"), t.T("Earned by engagement, all partners, USD")
	return table
}

func (t *Tables) engagements(rows []lists.Engagement, name func(lists.Engagement) string) Table {
	type line = lists.Engagement
	columns := join(
		halves(t, func(x line) calc.EarningPeriod { return x.Period }),
		[]Column[line]{
			{Head: t.T("Engagement"), Widest: 40, Cell: func(x line) Value {
				switch {
				case x.Rounding:
					return Text(t.T("Rounding"))
				case name(x) == "":
					return Text(t.T("Rows without an engagement"))
				}
				return Text(name(x))
			}},
			{Head: t.T("Group"), In: Sheet | Screen, Cell: func(x line) Value { return Text(x.Group) }},
			{Head: t.T("Rows"), Total: true, Cell: func(x line) Value { return Known(x.Rows) }},
			{Head: t.T("Rebate"), Total: true, Cell: func(x line) Value { return Money(x.Rebate) }},
			{Head: t.T("Co-op"), Total: true, Cell: func(x line) Value { return Money(x.CoOp) }},
			{Head: t.T("Other"), Total: true, Spare: true, Cell: func(x line) Value { return Money(x.Other) }},
		})
	columns[0].Group = len(rows) == 0 || t.statement != nil || rows[0].Statement == nil
	if t.statement == nil && len(rows) > 0 && rows[0].Statement != nil {
		columns = owned(t, func(x line) (string, string) { return ownerOf(x.Statement) }, columns...)
	}
	table := Of(t.in, rows, columns...)
	table.Sums = t.in == Paper
	return table
}
