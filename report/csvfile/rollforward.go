package csvfile

import (
	"io"

	"cspcoop/calc"
)

var rollForwardColumns = []column[*calc.FundMovement]{
	{"participant_id", func(f *calc.FundMovement) string { return text(f.Participant) }},
	{"program", func(f *calc.FundMovement) string { return text(f.Program) }},
	{"earning_period", func(f *calc.FundMovement) string { return f.Period.String() }},
	{"fund_currency", func(f *calc.FundMovement) string { return text(f.Currency) }},
	{"opening", func(f *calc.FundMovement) string { return money(f.Opening) }},
	{"earned", func(f *calc.FundMovement) string { return money(f.Moved.Earned) }},
	{"adjusted", func(f *calc.FundMovement) string { return money(f.Moved.Adjusted) }},
	{"transferred", func(f *calc.FundMovement) string { return money(f.Moved.Transferred) }},
	{"paid_out", func(f *calc.FundMovement) string { return money(f.Moved.PaidOut) }},
	{"claims_paid", func(f *calc.FundMovement) string { return money(f.Moved.ClaimsPaid) }},
	{"forfeited", func(f *calc.FundMovement) string { return money(f.Moved.Forfeited) }},
	{"closing", func(f *calc.FundMovement) string { return money(f.Closing) }},
	{"approved_unpaid", func(f *calc.FundMovement) string { return money(f.ApprovedUnpaid) }},
	{"in_review", func(f *calc.FundMovement) string { return money(f.InReview) }},
	{"planned", func(f *calc.FundMovement) string { return money(f.Planned) }},
	{"free", func(f *calc.FundMovement) string { return money(f.Free) }},
}

// RollForward writes rollforward.csv: for each fund the closing of the last set,
// what moved since then, and the closing of this one. opening + earned +
// adjusted + transferred − paid_out − claims_paid − forfeited = closing.
func RollForward(w io.Writer, r *calc.Result) error {
	return write(w, rollForwardColumns, r.RollForward)
}
