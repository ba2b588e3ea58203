package reconcile

import (
	"fmt"
	"slices"

	"cspcoop/calc"
)

func matches(a *calc.Acknowledgement, f calc.Finding) bool {
	return a.Code == f.Code &&
		(a.Participant == "" || a.Participant == f.Participant) &&
		(a.Program == "" || calc.KeyOfProgram(a.Program) == calc.KeyOfProgram(f.Program)) &&
		(a.Period.IsZero() || a.Period == f.Period) &&
		(a.Earning == "" || a.Earning == f.Earning)
}

// closeAcknowledged takes acknowledged findings from the open list. One that is
// dated after the as-of date does not count yet; one that matches nothing is a
// finding itself.
func (c *calculation) closeAcknowledged(r *calc.Result, findings []calc.Finding) []calc.Finding {
	given := slices.DeleteFunc(slices.Clone(c.Acknowledged), func(a calc.Acknowledgement) bool { return a.On.After(c.AsOf) })
	used := make([]bool, len(given))
	closed := map[calc.Finding]bool{}
	var open []calc.Finding
	for _, f := range findings {
		for i := range given {
			if !matches(&given[i], f) {
				continue
			}
			used[i] = true
			if !closed[f] {
				closed[f] = true
				r.Closed = append(r.Closed, calc.ClosedFinding{Finding: f, By: given[i].By, On: given[i].On, Comment: given[i].Comment})
			}
		}
		if !closed[f] {
			open = append(open, f)
		}
	}
	for _, claim := range r.Claims {
		claim.Findings = slices.DeleteFunc(claim.Findings, func(f calc.Finding) bool { return closed[f] })
	}
	for i, a := range given {
		if !used[i] {
			open = append(open, nothing(&a))
		}
	}
	return calc.SortFindings(open)
}

// nothing reports an acknowledgement that matches no finding.
func nothing(a *calc.Acknowledgement) calc.Finding {
	f := calc.Finding{Severity: calc.Info, Code: calc.AcknowledgedNothing, Participant: a.Participant, Period: a.Period, Earning: a.Earning, Place: a.Place,
		Message: fmt.Sprintf("the acknowledgement of %s by %s of %s matches no finding; remove its line, or correct it", a.Code, a.By, a.On)}
	if a.Program != "" {
		f.Program = calc.CurrentName(a.Program)
	}
	return f
}
