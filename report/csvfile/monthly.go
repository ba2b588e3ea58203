package csvfile

import (
	"io"

	"cspcoop/calc"
	"cspcoop/calc/lists"
	"cspcoop/report/table"
)

type month = lists.MonthLine

var monthColumns = []table.Column[month]{
	{Head: "participant_id", Cell: func(m month) table.Value { return table.Text(m.Participant) }},
	{Head: "program", Cell: func(m month) table.Value { return table.Text(m.Program) }},
	{Head: "month", Cell: func(m month) table.Value { return table.Text(m.Month.String()) }},
	{Head: "currency", Cell: func(m month) table.Value { return table.Text(m.Currency) }},
	{Head: "rebate", Cell: func(m month) table.Value { return table.Money(m.Plain(calc.Rebate)) }},
	{Head: "coop", Cell: func(m month) table.Value { return table.Money(m.Plain(calc.CoOp)) }},
	{Head: "other", Cell: func(m month) table.Value { return table.Money(m.Plain(calc.Other)) }},
	{Head: "rebate_usd", Cell: func(m month) table.Value { return table.Money(m.USD(calc.Rebate)) }},
	{Head: "coop_usd", Cell: func(m month) table.Value { return table.Money(m.USD(calc.CoOp)) }},
	{Head: "other_usd", Cell: func(m month) table.Value { return table.Money(m.USD(calc.Other)) }},
}

// Monthly writes monthly.csv: one row per participant, program, month and
// currency.
func Monthly(w io.Writer, r *calc.Result, o Options) error {
	return write(w, o, monthColumns, lists.MonthLines(r.Statements))
}
