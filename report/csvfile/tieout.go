package csvfile

import (
	"io"

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
	{Head: "ours", Cell: tieOutAmount(func(t *calc.TieOut) decimal.NullDecimal { return t.Ours })},
	{Head: "theirs", Cell: tieOutAmount(func(t *calc.TieOut) decimal.NullDecimal { return decimal.NewNullDecimal(t.Amount) })},
	{Head: "difference", Cell: tieOutAmount(func(t *calc.TieOut) decimal.NullDecimal { return t.Difference })},
	{Head: "currency", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Currency) }},
	{Head: "source", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Source) }},
	{Head: "state", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.State.String()) }},
	{Head: "explanation", Cell: func(t *calc.TieOut) table.Value { return table.Text(t.Explanation.English()) }},
}

// tieOutAmount shows an amount, or a number of locations as it is.
func tieOutAmount(of func(*calc.TieOut) decimal.NullDecimal) func(*calc.TieOut) table.Value {
	return func(t *calc.TieOut) table.Value {
		if amount := of(t); amount.Valid && !t.Figure.IsMoney() {
			return table.Exact(amount.Decimal)
		}
		return table.MoneyIf(of(t))
	}
}

// TieOut writes tieout.csv: each control beside our figure of its day; difference
// = ours − theirs.
func TieOut(w io.Writer, r *calc.Result, o Options) error {
	rows := make([]*calc.TieOut, len(r.TieOuts))
	for i := range r.TieOuts {
		rows[i] = &r.TieOuts[i]
	}
	return write(w, o, tieOutColumns, rows)
}
