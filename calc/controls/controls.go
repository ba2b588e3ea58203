package controls

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// Input is what controls are compared with.
type Input struct {
	AsOf       calc.Date
	Policy     calc.Policy
	Controls   []calc.Control
	Statements []*calc.Statement // as of that day
	Stray      []*calc.PaymentMatch
	Rows       calc.Rows

	// On returns some statements as they were on an earlier day, by today's: funds
	// with their claims, and months. Those that had nothing then are left out.
	On func(day calc.Date, wanted func(*calc.Statement) bool) map[*calc.Statement]*calc.Statement
	// Aside returns the rows of a statement that are in force and no figures.
	Aside func(*calc.Statement) []calc.Earning
	// KnownUntil returns until when exports with rows of a statement reach.
	KnownUntil func(*calc.Statement) calc.Date
}

// comparison is the state of one Compare.
type comparison struct {
	Input
	directory
	then   map[calc.Date]map[*calc.Statement]*calc.Statement // statements on earlier days, by today's
	before func(calc.Date) map[calc.Earning]calc.Earning
}

// Compare sets every control that speaks of the as-of date or an earlier day
// beside our figure of its day, in the order of tieout.csv.
func Compare(in Input) []calc.TieOut {
	c := &comparison{Input: in, directory: newDirectory(in.Statements), then: map[calc.Date]map[*calc.Statement]*calc.Statement{}, before: versionsKnown(in.Rows)}
	var due []calc.Control
	for _, line := range in.Controls {
		if !line.AsOf.After(in.AsOf) {
			due = append(due, line)
		}
	}
	c.windBack(due)
	list := make([]calc.TieOut, len(due))
	for i, line := range due {
		list[i] = c.compare(line)
	}
	c.explainLocations(list)
	slices.SortStableFunc(list, inOrder)
	return list
}

// scope is what one control is about.
type scope struct {
	*calc.TieOut
	now  []*calc.Statement
	then []*calc.Statement // of these, those that had anything on the control's day
}

// covers reports whether a control is about a participant's program.
func (c *comparison) covers(line *calc.Control, participant, ofProgram string) bool {
	return (line.Participant == "" || c.resolve(line.Participant) == participant) &&
		(line.Program == "" || calc.KeyOfProgram(line.Program) == calc.KeyOfProgram(ofProgram))
}

// windBack finds the statements as they were on the days of the controls.
func (c *comparison) windBack(due []calc.Control) {
	byDay := map[calc.Date][]calc.Control{}
	for _, line := range due {
		if line.AsOf.Before(c.AsOf) {
			byDay[line.AsOf] = append(byDay[line.AsOf], line)
		}
	}
	for day, lines := range byDay {
		c.then[day] = c.On(day, func(s *calc.Statement) bool {
			return slices.ContainsFunc(lines, func(line calc.Control) bool { return c.covers(&line, s.Participant, s.Program) })
		})
	}
}

// compare sets one control beside our figure.
func (c *comparison) compare(line calc.Control) calc.TieOut {
	t := calc.TieOut{Control: line, Location: c.resolve(line.Participant)}
	if line.Program != "" {
		t.ProgramName = calc.CurrentName(line.Program)
	}
	s := &scope{TieOut: &t}
	for _, statement := range c.Statements {
		if !c.covers(&line, statement.Participant, statement.Program) {
			continue
		}
		s.now = append(s.now, statement)
		then := statement
		if line.AsOf.Before(c.AsOf) {
			then = c.then[line.AsOf][statement]
		}
		if then != nil {
			s.then = append(s.then, then)
		}
	}
	if len(s.now) == 1 && line.Participant != "" || line.Program != "" && len(s.now) > 0 {
		t.ProgramName = s.now[0].Program
	}
	ours, state, why := c.ours(s)
	t.State, t.Explanation = state, why
	theirs := calc.Cents(line.Amount)
	switch {
	case state == calc.TieNoExport:
		t.Difference = decimal.NewNullDecimal(theirs.Neg())
		return t
	case !ours.Valid:
		return t
	}
	t.Ours = ours
	t.Difference = decimal.NewNullDecimal(ours.Decimal.Sub(theirs))
	if t.State = calc.TieDiffers; t.Difference.Decimal.IsZero() {
		t.State = calc.TieAgrees
		return t
	}
	c.explain(s)
	return t
}

// ours returns our figure, rounded to cents. A figure that is invalid has a reason;
// so has the state that no export has it.
func (c *comparison) ours(s *scope) (ours decimal.NullDecimal, state calc.TieState, why calc.Sentence) {
	figure := func(d decimal.Decimal) (decimal.NullDecimal, calc.TieState, calc.Sentence) {
		return decimal.NewNullDecimal(calc.Cents(d)), calc.TieDiffers, calc.Sentence{}
	}
	none := func(why calc.Sentence) (decimal.NullDecimal, calc.TieState, calc.Sentence) {
		return decimal.NullDecimal{}, calc.TieNoExport, why
	}
	switch s.Figure {
	case calc.ControlPayment:
		all, sum := c.payments(s)
		if all == 0 {
			return none(calc.Say("no Payments report has a payment of it"))
		}
		return figure(sum)
	case calc.ControlLocations:
		found := locations(s)
		if len(s.now) == 0 {
			return none(calc.Say("no export has earnings of it"))
		}
		return figure(decimal.New(int64(len(found)), 0))
	case calc.ControlRebate, calc.ControlCoOp, calc.ControlOther, calc.ControlRemaining, calc.ControlClaimed:
	}
	if len(s.now) == 0 {
		return none(calc.Say("no export has earnings of it"))
	}
	if end := s.end(); !slices.ContainsFunc(s.then, s.earnedIn) && !slices.ContainsFunc(s.now, func(x *calc.Statement) bool { return !c.KnownUntil(x).Before(end) }) {
		return none(calc.Say("no export has earnings of this time; the newest one with any of it reaches to %s", c.reach(s)))
	}
	if s.Figure == calc.ControlRemaining || s.Figure == calc.ControlClaimed {
		sum, missing := c.inFunds(s)
		if missing != "" {
			return decimal.NullDecimal{}, calc.TieDiffers, calc.Say("the fund is kept in %s, and there is no rate to %s; add it to [rates], or read the control in %s", missing, s.Currency, missing)
		}
		return figure(sum)
	}
	return figure(s.earned())
}

// end returns the last day that the control speaks of.
func (s *scope) end() calc.Date {
	end := s.AsOf
	if !s.Period.IsZero() && s.Period.End().Before(end) {
		end = s.Period.End()
	}
	if !s.Month.IsZero() && s.Month.Last().Before(end) {
		end = s.Month.Last()
	}
	return end
}

// holds reports whether the control speaks of earnings of a month.
func (s *scope) holds(m calc.Month) bool {
	return (s.Period.IsZero() || m.Period() == s.Period) && (s.Month.IsZero() || m == s.Month)
}

// earnedIn reports whether a statement has earnings of the time that the control
// speaks of.
func (s *scope) earnedIn(statement *calc.Statement) bool {
	return slices.ContainsFunc(statement.Months, func(m calc.MonthLine) bool { return s.holds(m.Month) })
}

// earned sums what was earned: each statement's exact sum rounded once, as in
// balances.csv and monthly.csv.
func (s *scope) earned() decimal.Decimal {
	var sum decimal.Decimal
	for _, statement := range s.then {
		var exact decimal.Decimal
		for i := range statement.Months {
			m := &statement.Months[i]
			switch {
			case !s.holds(m.Month):
			case s.Currency == "USD":
				exact = exact.Add(m.ExactUSD(kindOf(s.Figure)))
			case s.Currency == m.Currency:
				exact = exact.Add(m.Exact(kindOf(s.Figure)))
			}
		}
		sum = sum.Add(calc.Cents(exact))
	}
	return sum
}

// funds lists the funds that the control speaks of.
func (s *scope) funds() []*calc.Balance {
	var list []*calc.Balance
	for _, statement := range s.then {
		for _, b := range statement.Balances {
			if s.Period.IsZero() || b.Period == s.Period {
				list = append(list, b)
			}
		}
	}
	return list
}

// inFunds sums what is left in funds, or what claims have taken of them; missing
// is the currency of a fund that cannot be converted.
func (c *comparison) inFunds(s *scope) (sum decimal.Decimal, missing string) {
	for _, b := range s.funds() {
		amount := b.Claimed.Decimal
		if s.Figure == calc.ControlRemaining {
			amount = remaining(b)
		}
		switch rate, ok := c.Policy.Rates.On(s.AsOf, b.FundCurrency, s.Currency); {
		case b.FundCurrency == s.Currency || amount.IsZero():
		case s.Currency == "USD":
			amount = b.USD(amount)
		case ok:
			amount = calc.Cents(amount.Mul(rate))
		default:
			missing = b.FundCurrency
			continue
		}
		sum = sum.Add(amount)
	}
	return sum, missing
}

// remaining returns what is left of a fund, also while it accrues; nothing is left
// of one that is paid automatically.
func remaining(b *calc.Balance) decimal.Decimal {
	if b.Decision == calc.Accruing {
		return b.CoOpFund.Sub(b.Claimed.Decimal)
	}
	return b.Remaining.Decimal
}

// payments counts the payments of the participant and program that Payments
// reports have, and sums those that the control speaks of.
func (c *comparison) payments(s *scope) (all int, sum decimal.Decimal) {
	for _, p := range c.paid(s) {
		all++
		if s.pays(p) && p.State != calc.MatchFailed {
			sum = sum.Add(p.Total)
			s.Payments = append(s.Payments, p)
		}
	}
	return all, sum
}

// paid lists the payments of the control's participant and program in Payments
// reports.
func (c *comparison) paid(s *scope) []*calc.PaymentMatch {
	var list []*calc.PaymentMatch
	add := func(matches []*calc.PaymentMatch) {
		for _, p := range matches {
			if !p.Date.IsZero() && p.PayCurrency != "" && c.covers(&s.Control, p.Participant, p.Program) {
				list = append(list, p)
			}
		}
	}
	for _, statement := range s.now {
		add(statement.Payments)
	}
	add(c.Stray)
	return list
}

// pays reports whether the control speaks of a payment of this day and currency.
func (s *scope) pays(p *calc.PaymentMatch) bool {
	return p.PayCurrency == s.Currency && !p.Date.After(s.AsOf) && s.holds(p.Date.Month())
}

// locations lists the participants with earnings of the time that the control
// speaks of.
func locations(s *scope) []string {
	var list []string
	for _, statement := range s.then {
		if s.earnedIn(statement) {
			list = append(list, statement.Participant)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// reach returns until when exports of the control's participant and program reach.
func (c *comparison) reach(s *scope) calc.Date {
	var last calc.Date
	for _, statement := range s.now {
		last = calc.Latest(last, c.KnownUntil(statement))
	}
	return last
}

// inOrder orders controls as tieout.csv has them.
func inOrder(a, b calc.TieOut) int {
	return cmp.Or(a.AsOf.Compare(b.AsOf), cmp.Compare(a.Location, b.Location), cmp.Compare(a.ProgramName, b.ProgramName),
		a.Earned().Compare(b.Earned()), a.Month.Compare(b.Month), cmp.Compare(a.Figure, b.Figure), cmp.Compare(a.Place.Row, b.Place.Row))
}
