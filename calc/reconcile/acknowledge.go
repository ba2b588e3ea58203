package reconcile

import (
	"cmp"
	"slices"

	"cspcoop/calc"
)

// acknowledges reports whether an acknowledgement is of a finding with its code; blank
// fields match all.
func acknowledges(a *calc.Acknowledgement, f calc.Finding) bool {
	about, program := f.Subject(), calc.KeyOfProgram(a.Program)
	return (a.Participant == "" || a.Participant == about.Participant) &&
		(a.Earning == "" || a.Earning == about.Earning) &&
		(a.Period.IsZero() || a.Period == about.Period) &&
		(program == "" || program == calc.KeyOfProgram(about.Program))
}

// closeAcknowledged separates acknowledged findings from open ones. An acknowledgement
// that is dated after the as-of date does not count yet; one that matches nothing is a
// finding itself.
func closeAcknowledged(in calc.Input, found []calc.Finding) (open []calc.Finding, acknowledged []calc.ClosedFinding) {
	given := slices.DeleteFunc(slices.Clone(in.Acknowledged), func(a calc.Acknowledgement) bool { return a.On.After(in.AsOf) })
	if len(given) == 0 {
		return found, nil
	}
	byCode := map[calc.Code][]int{}
	for i, a := range given {
		byCode[a.Code] = append(byCode[a.Code], i)
	}
	used := make([]bool, len(given))
	for _, f := range found {
		var by *calc.Acknowledgement // the first that matches
		for _, i := range byCode[f.Code()] {
			if a := &given[i]; acknowledges(a, f) {
				used[i] = true
				by = cmp.Or(by, a)
			}
		}
		if by == nil {
			open = append(open, f)
		} else {
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
	about := calc.Subject{Participant: a.Participant, Period: a.Period, Earning: a.Earning, Place: a.Place}
	if a.Program != "" {
		about.Program = calc.CurrentName(a.Program)
	}
	return f.About(about)
}
