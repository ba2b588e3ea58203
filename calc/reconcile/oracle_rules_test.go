package reconcile_test

import (
	"regexp"
	"slices"
)

// guideRule is the rule of all months unless another one fits.
var guideRule = rule{share: "0.40", threshold: "4000", grace: 45, set: true}

// publishedRules are the changes since, as the topic "rules" lists them.
var publishedRules = []rule{
	guideRule,
	{first: "2020-07-01", share: "0.40", threshold: "4000", opens: []string{"02-16", "08-16"}, grace: 46, set: true},
	{
		first: "2021-07-01", programs: []string{"CSP Direct Bill Partner", "CSP Indirect Provider", "CSP Indirect Reseller"},
		share: "0.40", threshold: "10000", reaches: true, opens: []string{"02-16", "08-16"}, grace: 46, set: true,
	},
	{
		first: "2021-07-01", programs: []string{"Microsoft Commerce Incentives"},
		share: "0", threshold: "10000", reaches: true, opens: []string{"02-16", "08-16"}, grace: 46, set: true,
	},
	{
		first: "2021-07-01", programs: []string{"Hosting", "OEM Reseller - ProWins"}, // of those of the table the ones that dice throw
		share: "0.40", threshold: "1500", reaches: true, opens: []string{"02-16", "08-16"}, grace: 46, set: true,
	},
	{
		first: "2022-11-01", programs: []string{"Microsoft Commerce Incentives"}, engagements: []string{"* CSP *"},
		share: "0.40", threshold: "10000", reaches: true, opens: []string{"02-16", "08-16"}, grace: 46, set: true,
	},
}

// ruleFor returns the rule that fits: the newest, then a configured one, then the
// one that names most. Rules for single engagements or levers split, and decide
// nothing.
func (a archive) ruleFor(program, engagement, lever, month string, deciding bool) rule {
	table := append([]rule{guideRule}, a.rules...)
	if a.published {
		table = append(table, publishedRules...)
	}
	fitting := slices.DeleteFunc(table, func(r rule) bool {
		late := r.first != "" && month < r.first[:7]
		elsewhere := len(r.programs) > 0 && !slices.ContainsFunc(r.programs, func(p string) bool { return programOf(p) == program })
		single := deciding && len(r.levers)+len(r.engagements) > 0
		other := !deciding && (!among(r.levers, lever) || !among(r.engagements, engagement))
		return late || elsewhere || single || other
	})
	fitting = greatest(fitting, func(r rule) string { return r.first })
	fitting = greatest(fitting, func(r rule) int { return map[bool]int{false: 1}[r.set] })
	fitting = greatest(fitting, func(r rule) int {
		return min(1, len(r.programs)) + min(1, len(r.engagements)) + min(1, len(r.levers))
	})
	return fitting[len(fitting)-1]
}

var wordCSP = regexp.MustCompile(`(?i)(^|[^\pL\pN])csp([^\pL\pN]|$)`)

// among reports whether a rule names what is given; the one pattern that dice
// throw is any name with the word CSP.
func among(names []string, name string) bool {
	return len(names) == 0 || slices.ContainsFunc(names, func(n string) bool {
		if n == "* CSP *" {
			return wordCSP.MatchString(name)
		}
		return squeeze(n) == squeeze(name)
	})
}

// opening returns the day from which claims are taken in the usage period that
// begins on a day.
func (a archive) opening(r rule, usage string) string {
	for _, d := range r.opens {
		if on := usage[:5] + d; on >= usage && on <= lastDay(usage[:7], 6) {
			return on
		}
	}
	return usage
}
