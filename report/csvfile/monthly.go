package csvfile

import (
	"io"

	"cspcoop/calc"
)

// month is a row of monthly.csv.
type month struct {
	*calc.Statement
	calc.MonthLine
}

var monthColumns = []column[month]{
	{"participant_id", func(m month) string { return text(m.Participant) }},
	{"program", func(m month) string { return text(m.Program) }},
	{"month", func(m month) string { return m.Month.String() }},
	{"currency", func(m month) string { return text(m.Currency) }},
	{"rebate", func(m month) string { return money(m.Rebate) }},
	{"coop", func(m month) string { return money(m.CoOp) }},
	{"other", func(m month) string { return money(m.Other) }},
	{"rebate_usd", func(m month) string { return money(m.RebateUSD) }},
	{"coop_usd", func(m month) string { return money(m.CoOpUSD) }},
	{"other_usd", func(m month) string { return money(m.OtherUSD) }},
}

// Monthly writes monthly.csv: one row per participant, program, month and
// currency.
func Monthly(w io.Writer, r *calc.Result) error {
	var rows []month
	for _, s := range r.Statements {
		for _, line := range s.Months {
			rows = append(rows, month{s, line})
		}
	}
	return write(w, monthColumns, rows)
}
