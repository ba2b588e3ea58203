package versions

import "cspcoop/calc"

// comparing decides whether versions of an earning differ in money.
type comparing struct {
	claimRows calc.ClaimRows
	rules     calc.Rules
}

// role is what a row is to the figures.
type role struct {
	class   calc.Class
	adjusts bool
}

func (c comparing) role(e calc.Earning) role {
	class := e.Class(c.claimRows)
	return role{class: class, adjusts: class == calc.Earned && e.Reason() == calc.Adjustment}
}

// differ reports whether two versions put different money into the figures:
// another amount, month or fund, or the same money in another role.
func (c comparing) differ(a, b calc.Earning) bool {
	return !a.Amount().Equal(b.Amount()) || !a.USD().Equal(b.USD()) || a.Currency() != b.Currency() || a.Date().Month() != b.Date().Month() ||
		a.Participant() != b.Participant() || a.ProgramKey() != b.ProgramKey() || c.role(a) != c.role(b) || c.rulesDiffer(a, b)
}

// rulesDiffer reports whether the engagements or levers of two versions are
// split by different rules.
func (c comparing) rulesDiffer(a, b calc.Earning) bool {
	return len(c.rules) > 0 && (a.Engagement() != b.Engagement() || a.Lever() != b.Lever()) && c.rules.ForRow(a) != c.rules.ForRow(b)
}

// money is what versions that do not differ have in common.
type money struct {
	amount, usd, currency string
	month                 calc.Month
	calc.StatementKey
	role
	rule *calc.Rule
}

func (c comparing) money(e calc.Earning) money {
	return money{
		e.Amount().Decimal().String(), e.USD().Decimal().String(), e.Currency(), e.Date().Month(), e.StatementKey(),
		c.role(e), c.rules.ForRow(e),
	}
}

// Described describes a version as far as the other one differs.
func Described(e, other calc.Earning) calc.Sentence {
	text := calc.Say("%s", calc.NewMoney(e.Amount().Decimal(), e.Currency()))
	alike := e.Amount().Equal(other.Amount()) && e.Currency() == other.Currency()
	if alike && !e.USD().Equal(other.USD()) {
		text = calc.Say("%s (%s)", text, calc.USD(e.USD().Decimal()))
		alike = false
	}
	if e.Participant() != other.Participant() {
		text = calc.Say("%s for %s", text, e.Participant())
	}
	if e.ProgramKey() != other.ProgramKey() {
		text = calc.Say("%s in %s", text, e.ProgramName())
	}
	if e.Date().Month() != other.Date().Month() {
		text = calc.Say("%s in %s", text, e.Date().Month())
	}
	if calc.TypeKey(e.ReasonCode()) != calc.TypeKey(other.ReasonCode()) {
		text = either(e.ReasonCode(), calc.Say("%s with reason code %s", text, e.ReasonCode()), calc.Say("%s without a reason code", text))
	}
	if e.ClaimID() != other.ClaimID() {
		text = either(e.ClaimID(), calc.Say("%s for claim %s", text, e.ClaimID()), calc.Say("%s without a claim", text))
	}
	if alike && e.Engagement() != other.Engagement() {
		text = either(e.Engagement(), calc.Say("%s for engagement %s", text, e.Engagement()), calc.Say("%s without an engagement", text))
	}
	if alike && e.Lever() != other.Lever() {
		text = either(e.Lever(), calc.Say("%s for lever %s", text, e.Lever()), calc.Say("%s without a lever", text))
	}
	return text
}

// either returns what to say of a cell with a value, or of one without.
func either(cell string, with, without calc.Sentence) calc.Sentence {
	if calc.IsPlaceholder(cell) {
		return without
	}
	return with
}
