package lists

import (
	"cmp"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// LeadControl is a control with the lines that have what it is about: several where
// it is about several half-years, and none where no export has it.
type LeadControl struct {
	*calc.TieOut
	Lines []int
}

// Line returns the one line of a control in the line's currency; 0 where there are
// several lines, or none.
func (c *LeadControl) Line(s *LeadSchedule) int {
	if len(c.Lines) != 1 || s.Lines[c.Lines[0]-1].Currency != c.Currency {
		return 0
	}
	return c.Lines[0]
}

// addControls lists the controls, and counts those of amounts in their lines.
func (s *LeadSchedule) addControls(r *calc.Result) {
	for i := range r.TieOuts {
		c := LeadControl{TieOut: &r.TieOuts[i]}
		c.Lines = s.controlLines(c.TieOut)
		s.Controls = append(s.Controls, c)
		if n := c.Line(s); n > 0 {
			l := &s.Lines[n-1]
			l.Controls = l.Controls.Plus(calc.CountTieOuts(r.TieOuts[i : i+1]))
			l.Difference, l.Explained = l.Difference.Add(c.Difference.Decimal), l.Explained.Add(c.TieOut.Explained)
		}
	}
}

// controlLines returns the lines of a control: those of the payments that ours sums,
// or those of its program and period, in its currency where there are any.
func (s *LeadSchedule) controlLines(t *calc.TieOut) []int {
	var list, inCurrency []int
	switch {
	case !t.Figure.IsMoney() || t.State == calc.TieNoExport:
	case t.Figure == calc.ControlPayment:
		for i := range s.Parts {
			if p := &s.Parts[i]; slices.Contains(t.Payments, p.Payment) {
				list = append(list, p.Line)
			}
		}
	default:
		for i := range s.Lines {
			l := &s.Lines[i]
			if t.ProgramName != "" && calc.KeyOfProgram(t.ProgramName) != calc.KeyOfProgram(l.Program) || l.Period.IsZero() || !t.Earned().IsZero() && t.Earned() != l.Period {
				continue
			}
			if list = append(list, l.Number); l.Currency == t.Currency {
				inCurrency = append(inCurrency, l.Number)
			}
		}
	}
	if len(inCurrency) > 0 {
		list = inCurrency
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// ShownControls returns no more than so many controls where there is no room for
// all, in their order: open ones before explained ones, and those before the ones
// that agree. The others are counted.
func (s *LeadSchedule) ShownControls(most int) (shown []LeadControl, rest calc.TieCount) {
	if len(s.Controls) <= most {
		return s.Controls, rest
	}
	rank := func(c LeadControl) int {
		switch {
		case c.State == calc.TieAgrees:
			return 2
		case c.Difference.Valid && c.Open().IsZero():
			return 1
		}
		return 0
	}
	order := make([]int, len(s.Controls))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(s.Controls[a]) - rank(s.Controls[b]) })
	for _, i := range order[most:] {
		rest = rest.Plus(calc.CountTieOuts([]calc.TieOut{*s.Controls[i].TieOut}))
	}
	order = order[:most]
	slices.Sort(order)
	for _, i := range order {
		shown = append(shown, s.Controls[i])
	}
	return shown, rest
}

// OursOf says what our figure beside a control consists of.
func OursOf(r *calc.Result, t *calc.TieOut) calc.Sentence {
	if !t.Ours.Valid {
		return calc.Sentence{}
	}
	usd := ""
	if t.Currency == "USD" {
		usd = "_usd"
	}
	switch t.Figure {
	case calc.ControlRebate, calc.ControlCoOp, calc.ControlOther:
		if t.AsOf.Before(r.AsOf) {
			return calc.Say("column %s of monthly.csv, up to %s", t.Figure.String()+usd, t.AsOf)
		}
		return calc.Say("column %s of monthly.csv", t.Figure.String()+usd)
	case calc.ControlPayment:
		return calc.Say("column net of payments.csv: %s", paymentIDs(t.Payments))
	case calc.ControlLocations:
		return calc.Say("participants in monthly.csv")
	case calc.ControlRemaining, calc.ControlClaimed:
	}
	column := t.Figure.String() + "_fund"
	if t.AsOf.Before(r.AsOf) {
		return calc.Say("column %s of balances.csv, as of %s", column, t.AsOf)
	}
	if says, ok := ofFunds(r, t); ok {
		return says
	}
	return calc.Say("column %s of balances.csv", column)
}

// ofFunds says how the roll-forward of the control's funds comes to ours; ok is
// false where it does not, as in another currency or for funds that are closed.
func ofFunds(r *calc.Result, t *calc.TieOut) (says calc.Sentence, ok bool) {
	var closing, paid, approved, review decimal.Decimal
	for _, m := range r.RollForward {
		if (t.Location == "" || m.Participant == t.Location) && (t.ProgramName == "" || calc.KeyOfProgram(m.Program) == calc.KeyOfProgram(t.ProgramName)) &&
			(t.Period.IsZero() || m.Period == t.Period) && m.Currency == t.Currency {
			closing, paid = closing.Add(m.Closing), paid.Add(m.ToDate.ClaimsPaid)
			approved, review = approved.Add(m.ApprovedUnpaid), review.Add(m.InReview)
		}
	}
	claimed := paid.Add(approved).Add(review)
	switch {
	case t.Figure == calc.ControlRemaining && closing.Sub(approved).Sub(review).Equal(t.Ours.Decimal):
		return calc.Say("closing %s less %s of claims that are approved or in review", calc.Figure(closing), calc.Figure(approved.Add(review))), true
	case t.Figure == calc.ControlClaimed && claimed.Equal(t.Ours.Decimal):
		return calc.Say("claims paid %s, approved %s, in review or sent back %s", calc.Figure(paid), calc.Figure(approved), calc.Figure(review)), true
	}
	return says, false
}

// paymentIDs names the first of many payments.
func paymentIDs(list []*calc.PaymentMatch) calc.Parameter {
	const most = 4
	ids := make([]string, len(list))
	for i, m := range list {
		ids[i] = cmp.Or(m.ID, m.Reference)
	}
	slices.Sort(ids)
	return calc.FirstOf(ids, most)
}
