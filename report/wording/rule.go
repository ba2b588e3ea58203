package wording

import (
	"strings"

	"cspcoop/calc"
)

// Rule words a rule: what it splits and decides, when claims are taken, and
// where it comes from.
func (w *Words) Rule(r calc.Rule) string {
	share, threshold, grace := w.Percent(r.CoOpShare.Shift(2)), w.Amount(r.Threshold, "USD"), w.Count(r.Claims.GraceDays)
	terms := []string{w.T("%s co-op, claim required when a period exceeds %s, %s days of grace", share, threshold, grace)}
	if r.Comparison == calc.Reaches {
		terms[0] = w.T("%s co-op, claim required when a period reaches %s, %s days of grace", share, threshold, grace)
	}
	if r.GrossRebate {
		terms = append(terms, w.T("rows without a type are rebate"))
	}
	if days := w.yearDays(r.Claims.Open); days != "" {
		terms = append(terms, w.T("claims open on %s", days))
	}
	if days := w.yearDays(r.Claims.Documents); days != "" {
		terms = append(terms, w.T("documents of returned claims approved by %s", days))
	}
	origin := []string{w.Term(r.Name), w.T("configured")}
	if r.Set != "" {
		origin[1] = w.T("rule set %s", r.Set)
	}
	if r.Source != "" && r.Source != r.Name {
		origin = append(origin, w.T("source: %s", r.Source))
	}
	return strings.Join(terms, ", ") + " (" + strings.Join(origin, "; ") + ")"
}

// yearDays words the days that each year has; "" for none.
func (w *Words) yearDays(days calc.HalfDays) string {
	var list []string
	for _, d := range days {
		if d.Day != 0 {
			day := d.In(2001)
			list = append(list, w.in(w.DayMonth, w.dayOf(day), w.ShortMonths, day))
		}
	}
	return strings.Join(list, " / ")
}

// Otherwise words what the published rules would decide differently about a
// fund.
func (w *Words) Otherwise(o calc.Otherwise) string {
	b := o.Balance
	return w.T("%s, %s: %s of co-op is \u201c%s\u201d, and \u201c%s\u201d by the published rules (threshold %s).",
		w.Partner(b.Statement), w.Period(b.Period), w.Amount(o.CoOp, "USD"), w.Decision(b), w.State(calc.State{Decision: o.Decision}), w.Amount(o.Rule.Threshold, "USD"))
}

// EnablePublished says how the published rules are put in force.
func (w *Words) EnablePublished() string {
	return w.T("If the published rules apply to you, set %s in cspcoop.toml.", "rule_set = \""+calc.PublishedSet+"\"")
}
