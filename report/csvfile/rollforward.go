package csvfile

import (
	"cspcoop/calc"
	"cspcoop/report/table"
)

var rollForwardColumns = []table.Column[*calc.FundMovement]{
	{Head: "participant_id", Cell: func(f *calc.FundMovement) table.Value { return table.Text(f.Participant) }},
	{Head: "program", Cell: func(f *calc.FundMovement) table.Value { return table.Text(f.Program) }},
	{Head: "earning_period", Cell: func(f *calc.FundMovement) table.Value { return table.Text(f.Period.String()) }},
	{Head: "fund_currency", Cell: func(f *calc.FundMovement) table.Value { return table.Text(f.Currency) }},
	{Head: "opening", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Opening) }},
	{Head: "earned", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Moved.Earned) }},
	{Head: "adjusted", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Moved.Adjusted) }},
	{Head: "transferred", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Moved.Transferred) }},
	{Head: "paid_out", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Moved.PaidOut) }},
	{Head: "claims_paid", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Moved.ClaimsPaid) }},
	{Head: "forfeited", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Moved.Forfeited) }},
	{Head: "closing", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Closing) }},
	{Head: "approved_unpaid", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.ApprovedUnpaid) }},
	{Head: "in_review", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.InReview) }},
	{Head: "planned", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Planned) }},
	{Head: "free", Cell: func(f *calc.FundMovement) table.Value { return table.Money(f.Free) }},
}

// RollForward is rollforward.csv: for each fund the closing of the last set, what moved
// since then, and the closing of this one. opening + earned + adjusted + transferred −
// paid_out − claims_paid − forfeited = closing.
var RollForward = sorted("rollforward.csv", rollForwardColumns, func(r *calc.Result) []*calc.FundMovement { return r.RollForward })
