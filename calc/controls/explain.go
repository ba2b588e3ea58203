package controls

import (
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// cause is something that explains a difference, or may.
type cause struct {
	amount decimal.Decimal // that it puts into ours and not into theirs
	proven bool            // it is known to have happened after the control's day
	says   calc.Sentence
}

// explain says what explains a difference. One or two things that were proven and
// come to exactly the difference explain it; else everything that may play a part
// is listed, and the difference stays open.
func (c *comparison) explain(s *scope) {
	difference := s.Difference.Decimal
	causes := c.causes(s)
	for i, a := range causes {
		if a.proven && calc.Cents(a.amount).Equal(difference) {
			s.Explained, s.Explanation = difference, a.says
			return
		}
		for _, b := range causes[i+1:] {
			if a.proven && b.proven && calc.Cents(a.amount.Add(b.amount)).Equal(difference) {
				s.Explained, s.Explanation = difference, calc.Say("%s; %s", a.says, b.says)
				return
			}
		}
	}
	s.Explanation = calc.Say("nothing in the exports explains it")
	var before calc.Sentence
	for i, a := range causes {
		if s.Explanation = a.says; i > 0 {
			s.Explanation = calc.Say("%s; %s", before, a.says)
		}
		before = s.Explanation
	}
}

// causes lists what may explain a difference.
func (c *comparison) causes(s *scope) []cause {
	switch s.Figure {
	case calc.ControlRebate, calc.ControlCoOp, calc.ControlOther:
		return slices.Concat(c.restated(s), c.exact(s), c.currencies(s), c.endsEarlier(s))
	case calc.ControlRemaining:
		return slices.Concat(c.restated(s), claims(s), c.endsEarlier(s))
	case calc.ControlClaimed:
		return claims(s)
	case calc.ControlPayment:
		return c.paymentCauses(s)
	case calc.ControlLocations: // see explainLocations
	}
	return nil
}

// versionsKnown returns, for a day, the versions of earnings that counted then:
// by the one that counts now, where that was calculated later.
func versionsKnown(rows calc.Rows) func(calc.Date) map[calc.Earning]calc.Earning {
	known := map[calc.Date]map[calc.Earning]calc.Earning{}
	return func(day calc.Date) map[calc.Earning]calc.Earning {
		if known[day] != nil || rows == nil {
			return known[day]
		}
		before := map[calc.Earning]calc.Earning{}
		for now, old := range rows.Replaced() {
			if old.Fate != calc.Superseded || !now.Calculated().Day.After(day) || old.Calculated().Day.After(day) {
				continue
			}
			if other := before[now]; other.IsZero() || old.Calculated().Compare(other.Calculated()) > 0 {
				before[now] = old.Earning
			}
		}
		known[day] = before
		return before
	}
}

// share returns what of an earning is in the control's figure.
func (c *comparison) share(s *scope, e calc.Earning) decimal.Decimal {
	if e.Class(c.Policy.ClaimRows) != calc.Earned || e.Date().After(s.AsOf) || !s.holds(e.Date().Month()) || !c.covers(&s.Control, e.Participant(), e.ProgramName()) {
		return decimal.Zero
	}
	amount := e.USD().Decimal()
	if s.Currency != "USD" {
		if e.Currency() != s.Currency {
			return decimal.Zero
		}
		amount = e.Amount().Decimal()
	}
	wanted := kindOf(s.Figure)
	switch {
	case e.Kind() == wanted:
		return amount
	case e.Kind() == calc.Gross && wanted != calc.Other:
		coop := amount.Mul(c.Policy.Rules.ForRow(e).GrossShare())
		if wanted == calc.CoOp {
			return coop
		}
		return amount.Sub(coop)
	}
	return decimal.Zero
}

// kindOf returns the kind of earnings that a figure is of.
func kindOf(figure calc.ControlFigure) calc.Kind {
	switch figure {
	case calc.ControlRebate:
		return calc.Rebate
	case calc.ControlOther:
		return calc.Other
	case calc.ControlCoOp, calc.ControlRemaining, calc.ControlClaimed, calc.ControlPayment, calc.ControlLocations:
	}
	return calc.CoOp
}

// restated finds what changed after the control's day: earnings that came back
// with another amount, and earnings that were calculated only then.
func (c *comparison) restated(s *scope) []cause {
	before := c.before(s.AsOf)
	var restated, late decimal.Decimal
	var changed, added []calc.Sentence
	for now, old := range before {
		is, was := c.share(s, now), c.share(s, old)
		if is.Equal(was) {
			continue
		}
		restated = restated.Add(is.Sub(was))
		changed = append(changed, calc.Say("%s from %s to %s, calculated on %s (%s)", name(now), calc.Figure(was), calc.Figure(is), now.Calculated().Day, now.Place()))
	}
	for _, statement := range s.now {
		for e := range c.Rows.Counted(statement) {
			if amount := c.share(s, e); e.Calculated().Day.After(s.AsOf) && before[e].IsZero() && !amount.IsZero() {
				late = late.Add(amount)
				added = append(added, calc.Say("%s, %s, calculated on %s (%s)", name(e), calc.Figure(amount), e.Calculated().Day, e.Place()))
			}
		}
	}
	var list []cause
	if len(changed) > 0 {
		list = append(list, cause{restated, true, calc.Say("restated after %s, by %s: %s", s.AsOf, calc.NewMoney(calc.Cents(restated), s.Currency), listed(changed))})
	}
	if len(added) > 0 {
		list = append(list, cause{late, true, calc.Say("calculated after %s, %s: %s", s.AsOf, calc.NewMoney(calc.Cents(late), s.Currency), listed(added))})
	}
	return list
}

func name(e calc.Earning) calc.Parameter {
	if e.ID() == "" {
		return calc.Say("the earning of %s", e.Date())
	}
	return e.ID()
}

// mostNamed is how many rows and locations a sentence names.
const mostNamed = 3

// listed names the first of many things.
func listed(list []calc.Sentence) calc.Parameter {
	slices.SortFunc(list, func(a, b calc.Sentence) int { return strings.Compare(a.English(), b.English()) })
	return calc.FirstOf(list, mostNamed)
}

// exact finds a row that comes to exactly the difference: an earning that the
// control may leave out, or a row that is no earning and that it may include.
func (c *comparison) exact(s *scope) []cause {
	difference := s.Difference.Decimal
	var list []cause
	for _, statement := range s.now {
		for e := range c.Rows.Counted(statement) {
			if amount := c.share(s, e); !amount.IsZero() && calc.Cents(amount).Equal(difference) {
				list = append(list, cause{amount, false, calc.Say("the control may leave out %s of %s, which comes to exactly that (%s)", name(e), e.Date(), e.Place())})
			}
		}
		for _, e := range c.Aside(statement) {
			amount := e.USD().Decimal()
			if s.Currency != "USD" {
				amount = e.Amount().Decimal()
			}
			if s.holds(e.Date().Month()) && !e.Date().After(s.AsOf) && (s.Currency == "USD" || e.Currency() == s.Currency) && calc.Cents(amount.Neg()).Equal(difference) {
				list = append(list, cause{amount.Neg(), false, calc.Say("the control may include the payment of a claim or a transfer of %s, which comes to exactly that and is not earned (%s)", e.Date(), e.Place())})
			}
		}
	}
	const most = 3
	return list[:min(most, len(list))]
}

// endsEarlier says that exports reach less far than the control, where ours is
// less.
func (c *comparison) endsEarlier(s *scope) []cause {
	if reach := c.reach(s); s.Difference.Decimal.IsNegative() && reach.Before(s.AsOf) {
		return []cause{{says: calc.Say("the newest export with earnings of it reaches to %s, the control to %s%s", reach, s.AsOf, calc.ForOperator(calc.Say("; drop a newer one")))}}
	}
	return nil
}

// currencies names the currencies of earnings that ours leaves out, because the
// control is in another one.
func (c *comparison) currencies(s *scope) []cause {
	if s.Currency == "USD" {
		return nil
	}
	others := map[string]bool{}
	for _, statement := range s.then {
		for i := range statement.Months {
			if m := &statement.Months[i]; s.holds(m.Month) && m.Currency != s.Currency && !m.Exact(kindOf(s.Figure)).IsZero() {
				others[m.Currency] = true
			}
		}
	}
	if len(others) == 0 {
		return nil
	}
	return []cause{{says: calc.Say("ours has only earnings in %s; there are others in %s", s.Currency, codes(others))}}
}

// codes lists currencies.
func codes(currencies map[string]bool) calc.List {
	var list calc.List
	for _, code := range slices.Sorted(maps.Keys(currencies)) {
		list = append(list, code)
	}
	return list
}

// claims finds claims that come to exactly the difference: Partner Center may have
// another status of them.
func claims(s *scope) []cause {
	difference := s.Difference.Decimal.Abs()
	var list []cause
	for _, b := range s.funds() {
		for _, claim := range b.Claims {
			cut := decimal.Zero // by the approval
			if claim.Approved.Valid {
				cut = claim.Amount.Sub(claim.Approved.Decimal)
			}
			switch {
			case claim.Taken.Equal(difference):
				list = append(list, cause{says: calc.Say("claim %s takes exactly that and is %s here; Partner Center may have another status (%s)", claim.ID, claim.State, claim.Place)})
			case claim.Planned.Equal(difference), claim.Over() && claim.Worth().Equal(difference):
				list = append(list, cause{says: calc.Say("claim %s comes to exactly that and takes nothing here, since it is %s; Partner Center may have another status (%s)", claim.ID, claim.State, claim.Place)})
			case cut.Equal(difference):
				list = append(list, cause{says: calc.Say("claim %s was approved with exactly that less than was claimed (%s)", claim.ID, claim.Place)})
			}
		}
	}
	return list
}

// paymentCauses finds taxes, failed payments and payments of other currencies that
// come to exactly the difference.
func (c *comparison) paymentCauses(s *scope) []cause {
	difference := s.Difference.Decimal
	var list []cause
	var withheld, sales decimal.Decimal
	others := map[string]bool{}
	for _, p := range c.paid(s) {
		switch {
		case !s.pays(p):
			if s.holds(p.Date.Month()) && p.PayCurrency != s.Currency {
				others[p.PayCurrency] = true
			}
		case p.State == calc.MatchFailed:
			list = append(list, cause{p.Total.Neg(), true, calc.Say("payment %s of %s, %s, is %s: it was not paid (%s)", p.ID, p.Date, calc.NewMoney(p.Total, p.PayCurrency), calc.Quoted{Of: p.Status}, p.Place)})
		default:
			withheld, sales = withheld.Add(p.WithheldTax), sales.Add(p.SalesTax)
			if p.Total.Equal(difference) {
				list = append(list, cause{says: calc.Say("the control may leave out payment %s of %s, which comes to exactly that (%s)", p.ID, p.Date, p.Place)})
			}
		}
	}
	money := func(tax decimal.Decimal) calc.Money { return calc.NewMoney(tax.Abs(), s.Currency) }
	switch {
	case difference.Equal(withheld.Neg()):
		list = append(list, cause{difference, true, calc.Say("the control is without withheld tax of %s", money(withheld))})
	case difference.Equal(sales):
		list = append(list, cause{difference, true, calc.Say("the control is without sales tax of %s", money(sales))})
	case difference.Equal(sales.Sub(withheld)):
		list = append(list, cause{difference, true, calc.Say("the control is without taxes of %s", money(sales.Sub(withheld)))})
	}
	if len(others) > 0 {
		list = append(list, cause{says: calc.Say("ours has only payments in %s; there are others in %s", s.Currency, codes(others))})
	}
	return list
}
