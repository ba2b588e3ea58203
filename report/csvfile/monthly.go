package csvfile

import (
	"io"

	"cspcoop/calc"
	"cspcoop/report/table"
)

// month is a row of monthly.csv.
type month struct {
	*calc.Statement
	calc.MonthLine
}

var monthColumns = []table.Column[month]{
	{Head: "participant_id", Cell: func(m month) table.Value { return table.Text(m.Participant) }},
	{Head: "program", Cell: func(m month) table.Value { return table.Text(m.Program) }},
	{Head: "month", Cell: func(m month) table.Value { return table.Text(m.Month.String()) }},
	{Head: "currency", Cell: func(m month) table.Value { return table.Text(m.Currency) }},
	{Head: "rebate", Cell: func(m month) table.Value { return table.Money(m.Rebate) }},
	{Head: "coop", Cell: func(m month) table.Value { return table.Money(m.CoOp) }},
	{Head: "other", Cell: func(m month) table.Value { return table.Money(m.Other) }},
	{Head: "rebate_usd", Cell: func(m month) table.Value { return table.Money(m.RebateUSD) }},
	{Head: "coop_usd", Cell: func(m month) table.Value { return table.Money(m.CoOpUSD) }},
	{Head: "other_usd", Cell: func(m month) table.Value { return table.Money(m.OtherUSD) }},
}

// Monthly writes monthly.csv: one row per participant, program, month and
// currency.
func Monthly(w io.Writer, r *calc.Result, o Options) error {
	var rows []month
	for _, s := range r.Statements {
		for _, line := range s.Months {
			rows = append(rows, month{s, line})
		}
	}
	return write(w, o, monthColumns, rows)
}
