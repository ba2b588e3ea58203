package csvfile

import (
	"cspcoop/calc"
	"cspcoop/report/table"
)

var balanceColumns = []table.Column[*calc.Balance]{
	{Head: "participant_id", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Statement.Participant) }},
	{Head: "participant_name", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Statement.Name) }},
	{Head: "program", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Statement.Program) }},
	{Head: "earning_period", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Period.String()) }},
	{Head: "earning_start", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Period.Start().String()) }},
	{Head: "earning_end", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Period.End().String()) }},
	{Head: "usage_start", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Period.UsageStart().String()) }},
	{Head: "usage_end", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Period.UsageEnd().String()) }},
	{Head: "claim_deadline", Cell: func(b *calc.Balance) table.Value { return table.Text(b.ClaimDeadline.String()) }},
	{Head: "funds_expire", Cell: func(b *calc.Balance) table.Value { return table.Text(b.FundsExpire.String()) }},
	{Head: "rebate_usd", Cell: func(b *calc.Balance) table.Value { return table.Money(b.Rebate) }},
	{Head: "coop_usd", Cell: func(b *calc.Balance) table.Value { return table.Money(b.CoOp) }},
	{Head: "other_usd", Cell: func(b *calc.Balance) table.Value { return table.Money(b.Other) }},
	{Head: "threshold_usd", Cell: func(b *calc.Balance) table.Value { return table.Money(b.Rule.Threshold) }},
	{Head: "decision", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Decision.String()) }},
	{Head: "claim_window", Cell: func(b *calc.Balance) table.Value { return table.Text(b.Window.String()) }},
	{Head: "days_left", Cell: func(b *calc.Balance) table.Value { return table.Count(b.DaysLeft).If(b.Window == calc.WindowOpen) }}, // 0 on the last day to claim
	{Head: "fund_currency", Cell: func(b *calc.Balance) table.Value { return table.Text(b.FundCurrency) }},
	{Head: "coop_fund", Cell: func(b *calc.Balance) table.Value { return table.Money(b.CoOpFund) }},
	{Head: "claimed_fund", Cell: func(b *calc.Balance) table.Value { return table.MoneyIf(b.Claimed) }},
	{Head: "planned_fund", Cell: func(b *calc.Balance) table.Value { return table.MoneyIf(b.Planned) }},
	{Head: "remaining_fund", Cell: func(b *calc.Balance) table.Value { return table.MoneyIf(b.Remaining) }},
	{Head: "forfeited_fund", Cell: func(b *calc.Balance) table.Value { return table.MoneyIf(b.Forfeited) }},
	{Head: "provisional", Cell: func(b *calc.Balance) table.Value { return yesNo(b.Provisional) }},
	{Head: "claim_opens", Cell: func(b *calc.Balance) table.Value { return table.Text(b.ClaimsOpen.String()) }},
}

// Balances is balances.csv: one row per participant, program and earning period.
var Balances = sorted("balances.csv", balanceColumns, (*calc.Result).Balances)
