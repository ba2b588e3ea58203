package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// about is what acknowledgements are found by; a blank participant is any.
type about struct {
	code        calc.Code
	participant string
}

// acknowledges reports whether an acknowledgement is of a finding with its code and
// participant; blank fields match all.
func acknowledges(a *calc.Acknowledgement, f calc.Subject) bool {
	if a.Earning != "" && a.Earning != f.Earning || !a.Period.IsZero() && a.Period != f.Period {
		return false
	}
	program := calc.KeyOfProgram(a.Program)
	return program == "" || program == calc.KeyOfProgram(f.Program)
}

// closeAcknowledged separates acknowledged findings from open ones. An acknowledgement
// that is dated after the as-of date does not count yet; one that matches nothing is a
// finding itself.
func closeAcknowledged(in calc.Input, found []calc.Finding) (open []calc.Finding, acknowledged []calc.ClosedFinding) {
	given := slices.DeleteFunc(slices.Clone(in.Acknowledged), func(a calc.Acknowledgement) bool { return a.On.After(in.AsOf) })
	if len(given) == 0 {
		return found, nil
	}
	index := map[about][]int{}
	for i, a := range given {
		key := about{a.Code, a.Participant}
		index[key] = append(index[key], i)
	}
	used := make([]bool, len(given))
	for _, f := range found {
		first := len(given) // that matches
		for _, participant := range []string{f.Participant(), ""} {
			for _, i := range index[about{f.Code(), participant}] {
				if acknowledges(&given[i], f.Subject()) {
					used[i] = true
					first = min(first, i)
				}
			}
		}
		if first == len(given) {
			open = append(open, f)
		} else {
			by := &given[first]
			acknowledged = append(acknowledged, calc.ClosedFinding{Finding: f, By: by.By, On: by.On, Comment: by.Comment})
		}
	}
	for i, a := range given {
		if !used[i] {
			open = append(open, nothing(&a))
		}
	}
	return calc.SortFindings(open), acknowledged
}

// nothing reports an acknowledgement that matches no finding.
func nothing(a *calc.Acknowledgement) calc.Finding {
	f := calc.NewFinding(calc.Info, calc.AcknowledgedNothing,
		calc.Say("the acknowledgement of %s by %s of %s matches no finding; remove its line, or correct it", string(a.Code), a.By, a.On))
	subject := calc.Subject{Participant: a.Participant, Period: a.Period, Earning: a.Earning, Place: a.Place}
	if a.Program != "" {
		subject.Program = calc.CurrentName(a.Program)
	}
	return f.About(subject)
}
