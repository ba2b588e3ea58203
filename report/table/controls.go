package table

import (
	"cspcoop/calc"
	"cspcoop/calc/lists"

	"github.com/shopspring/decimal"
)

type tieOut = Column[*calc.TieOut]

// TieOuts lists the totals from outside the exports beside ours.
func (t *Tables) TieOuts() Table {
	all := t.result.TieOuts
	if t.statement != nil {
		all = t.statement.TieOuts
	}
	var rows []*calc.TieOut
	for i := range all {
		rows = append(rows, &all[i])
	}
	table := Of(t.in, rows, join(
		[]tieOut{
			{Head: t.T("As of"), Cell: func(x *calc.TieOut) Value { return Date(x.AsOf) }},
			{Head: t.T("Figure"), Key: true, Cell: func(x *calc.TieOut) Value { return Text(t.Figure(x.Figure)) }},
		},
		owned(t, func(x *calc.TieOut) (string, string) { return x.Location, x.ProgramName }, t.controlTime()...),
		[]tieOut{
			{Head: t.T("Ours"), Name: "Control_Ours", Cell: TieAmount(func(x *calc.TieOut) decimal.NullDecimal { return x.Ours })},
			{Head: t.T("Control"), Name: "Control_Theirs", Cell: TieAmount(func(x *calc.TieOut) decimal.NullDecimal { return decimal.NewNullDecimal(x.Amount) })},
			{Head: t.T("Difference"), Name: "Control_Difference", Formula: "{Control_Ours}-{Control_Theirs}", Cell: TieAmount(func(x *calc.TieOut) decimal.NullDecimal { return x.Difference })},
			{Head: t.T("Explained"), In: Sheet, Name: "Control_Explained", Cell: TieAmount(func(x *calc.TieOut) decimal.NullDecimal {
				return decimal.NullDecimal{Decimal: x.Explained, Valid: x.Difference.Valid}
			})},
			{Head: t.T("Currency"), Cell: func(x *calc.TieOut) Value { return Text(x.Currency) }},
			{Head: t.T("Result"), Cell: func(x *calc.TieOut) Value { return t.tie(x) }},
			{Head: t.T("Explanation"), Widest: 60, Cell: func(x *calc.TieOut) Value { return Text(t.Why(x.Explanation)).In(Quiet) }},
			{Head: t.T("Ours consists of"), Widest: 40, In: Sheet, Cell: func(x *calc.TieOut) Value { return Text(t.Why(lists.OursOf(t.result, x))).In(Quiet) }},
			{Head: t.T("Read from"), Widest: 26, In: Sheet | Page, Cell: func(x *calc.TieOut) Value { return Text(x.Source) }},
			{Head: t.T("By whom"), In: Sheet, Cell: func(x *calc.TieOut) Value { return Text(x.By) }},
			{Head: t.T("Where"), In: Sheet, Cell: func(x *calc.TieOut) Value { return Text(t.Where(x.Place)) }},
		}, t.controlLines())...)
	table.Name, table.Sheet, table.Title = "controls", t.T("Controls"), t.T("Totals from outside the exports")
	return table
}

// controlLines are the columns that name the lines of the lead schedule: all of
// them, and the one that the control is summed in.
func (t *Tables) controlLines() []tieOut {
	if t.statement != nil {
		return nil
	}
	of := map[*calc.TieOut]*lists.LeadControl{}
	for i := range t.lead().Controls {
		c := &t.lead().Controls[i]
		of[c.TieOut] = c
	}
	return append([]tieOut{{Head: t.T("Lines"), In: Sheet, Cell: func(x *calc.TieOut) Value { return Text(lineNumbers(of[x].Lines)) }}},
		leadLine(t, "Control_Line", func(x *calc.TieOut) int { return of[x].Line(t.lead()) })...)
}

// controlTime are the columns that say of which time a control is.
func (t *Tables) controlTime() []tieOut {
	return append(halves(t, (*calc.TieOut).Earned), tieOut{Head: t.T("Month"), Cell: func(x *calc.TieOut) Value { return Month(x.Month) }})
}

// TieAmount shows an amount, or a number of locations as it is.
func TieAmount(of func(*calc.TieOut) decimal.NullDecimal) func(*calc.TieOut) Value {
	return func(x *calc.TieOut) Value {
		if amount := of(x); amount.Valid && !x.Figure.IsMoney() {
			return Count(int(amount.Decimal.IntPart()))
		}
		return MoneyIf(of(x))
	}
}

// tie says how a control and ours agree, and marks what stays open.
func (t *Tables) tie(x *calc.TieOut) Value {
	switch {
	case x.State == calc.TieAgrees:
		return Text(t.T("Agrees")).In(Settled)
	case x.State == calc.TieNoExport:
		return Text(t.T("No export")).In(Alarming)
	case x.Difference.Valid && x.Open().IsZero():
		return Text(t.T("Explained"))
	}
	return Text(t.T("Open")).In(Doubtful)
}
