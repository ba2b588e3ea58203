package csvfile

import (
	"io"
	"strconv"

	"cspcoop/calc"
)

var balanceColumns = []column[*calc.Balance]{
	{"participant_id", func(b *calc.Balance) string { return text(b.Statement.Participant) }},
	{"participant_name", func(b *calc.Balance) string { return text(b.Statement.Name) }},
	{"program", func(b *calc.Balance) string { return text(b.Statement.Program) }},
	{"earning_period", func(b *calc.Balance) string { return b.Period.String() }},
	{"earning_start", func(b *calc.Balance) string { return b.Period.Start().String() }},
	{"earning_end", func(b *calc.Balance) string { return b.Period.End().String() }},
	{"usage_start", func(b *calc.Balance) string { return b.Period.UsageStart().String() }},
	{"usage_end", func(b *calc.Balance) string { return b.Period.UsageEnd().String() }},
	{"claim_deadline", func(b *calc.Balance) string { return b.ClaimDeadline.String() }},
	{"funds_expire", func(b *calc.Balance) string { return b.FundsExpire.String() }},
	{"rebate_usd", func(b *calc.Balance) string { return money(b.Rebate) }},
	{"coop_usd", func(b *calc.Balance) string { return money(b.CoOp) }},
	{"other_usd", func(b *calc.Balance) string { return money(b.Other) }},
	{"threshold_usd", func(b *calc.Balance) string { return money(b.Rule.Threshold) }},
	{"decision", func(b *calc.Balance) string { return b.Decision.String() }},
	{"claim_window", func(b *calc.Balance) string { return b.Window.String() }},
	{"days_left", daysLeft},
	{"fund_currency", func(b *calc.Balance) string { return text(b.FundCurrency) }},
	{"coop_fund", func(b *calc.Balance) string { return money(b.CoOpFund) }},
	{"claimed_fund", func(b *calc.Balance) string { return optional(b.Claimed) }},
	{"planned_fund", func(b *calc.Balance) string { return optional(b.Planned) }},
	{"remaining_fund", func(b *calc.Balance) string { return optional(b.Remaining) }},
	{"forfeited_fund", func(b *calc.Balance) string { return optional(b.Forfeited) }},
	{"provisional", func(b *calc.Balance) string { return yesNo(b.Provisional) }},
}

// daysLeft is 0 on the last day to claim and empty when nothing can be claimed.
func daysLeft(b *calc.Balance) string {
	if b.Window != calc.WindowOpen {
		return ""
	}
	return strconv.Itoa(b.DaysLeft)
}

// Balances writes balances.csv: one row per participant, program and earning
// period.
func Balances(w io.Writer, r *calc.Result) error {
	return write(w, balanceColumns, r.Balances())
}
