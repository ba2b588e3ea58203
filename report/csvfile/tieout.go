package csvfile

import (
	"cspcoop/calc"
	"cspcoop/report/table"

	"github.com/shopspring/decimal"
)

var tieOutColumns = []table.Column[*calc.TieOut]{
	{Head: "as_of", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.AsOf.String()) }},
	{Head: "participant_id", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Location) }},
	{Head: "program", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.ProgramName) }},
	{Head: "earning_period", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Period.String()) }},
	{Head: "month", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Month.String()) }},
	{Head: "figure", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Figure.String()) }},
	{Head: "ours", Cell: table.TieAmount(func(t *calc.TieOut) decimal.NullDecimal { return t.Ours })},
	{Head: "theirs", Cell: table.TieAmount(func(t *calc.TieOut) decimal.NullDecimal { return decimal.NewNullDecimal(t.Amount) })},
	{Head: "difference", Cell: table.TieAmount(func(t *calc.TieOut) decimal.NullDecimal { return t.Difference })},
	{Head: "currency", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Currency) }},
	{Head: "source", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Source) }},
	{Head: "state", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.State.String()) }},
	{Head: "explanation", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Explanation.English()) }},
}

// TieOut is tieout.csv: each control beside our figure of its day; difference = ours −
// theirs.
var TieOut = sorted("tieout.csv", tieOutColumns, func(r *calc.Result) []*calc.TieOut {
	rows := make([]*calc.TieOut, len(r.TieOuts))
	for i := range r.TieOuts {
		rows[i] = &r.TieOuts[i]
	}
	return rows
})
