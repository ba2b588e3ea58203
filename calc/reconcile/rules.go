package reconcile

import (
	"cmp"
	"slices"

	"cspcoop/calc"
)

// decideOtherwise returns the funds that the published rule set would decide
// differently, where it is not in force.
func decideOtherwise(c decided) (otherwise map[*calc.Fund]*calc.Otherwise, found findings) {
	otherwise = map[*calc.Fund]*calc.Otherwise{}
	if c.Policy.Published == nil {
		return otherwise, nil
	}
	for _, b := range c.funds() {
		rule := c.Policy.Published.ForDecision(calc.KeyOfProgram(b.Program), b.Period)
		o := &calc.Otherwise{Rule: *rule, CoOp: calc.Cents(b.Exact.Published)}
		if o.Decision = decision(o.CoOp, rule, b.Period, c.AsOf); o.Decision == b.Decision {
			continue
		}
		otherwise[b] = o
		found.report(b.Finding(calc.Warning, calc.NewerThreshold, calc.Say(
			"%s of co-op is %s by the rule in force, but %s by the published rules (%s; threshold %s); if they apply to you, set rule_set = %s in cspcoop.toml",
			calc.USD(o.CoOp), b.Decision, o.Decision, calc.Term(rule.Name), calc.USD(rule.Threshold), `"`+calc.PublishedSet+`"`)))
	}
	return otherwise, found
}

// appliedRules lists the rules that decided a fund, the oldest first.
func appliedRules(funds []*calc.Fund) []calc.Rule {
	var list []calc.Rule
	for _, b := range funds {
		if !slices.ContainsFunc(list, func(x calc.Rule) bool { return x.Name == b.Rule.Name && x.First == b.Rule.First }) {
			list = append(list, b.Rule)
		}
	}
	slices.SortFunc(list, func(a, b calc.Rule) int { return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.Name, b.Name)) })
	return list
}
