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
	{Head: "rebate", Cell: func(m month) table.Value { return table.Money(m.Rebate()) }},
	{Head: "coop", Cell: func(m month) table.Value { return table.Money(m.CoOp()) }},
	{Head: "other", Cell: func(m month) table.Value { return table.Money(m.Other()) }},
	{Head: "rebate_usd", Cell: func(m month) table.Value { return table.Money(m.RebateUSD()) }},
	{Head: "coop_usd", Cell: func(m month) table.Value { return table.Money(m.CoOpUSD()) }},
	{Head: "other_usd", Cell: func(m month) table.Value { return table.Money(m.OtherUSD()) }},
}

// Monthly writes monthly.csv: one row per participant, program, month and
// currency.
func Monthly(w io.Writer, r *calc.Result, o Options) error {
	return write(w, o, monthColumns, lists.MonthLines(r.Statements))
}
