package csvfile

import (
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

// Monthly is monthly.csv: one row per participant, program, month and currency.
var Monthly = sorted("monthly.csv", monthColumns, func(r *calc.Result) []month { return lists.MonthLines(r.Statements) })
