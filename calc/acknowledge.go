package calc

import (
	"fmt"
	"slices"
)

// Acknowledgement says that somebody has dealt with findings. A field that is
// blank matches all.
type Acknowledgement struct {
	Code        Code
	Participant string
	Program     string // in any spelling
	Period      EarningPeriod
	Earning     string // earningId of the row that the finding names
	By          string
	On          Date
	Comment     string
	Place       Place
}

// ClosedFinding is a finding that was acknowledged.
type ClosedFinding struct {
	Finding
	By      string
	On      Date
	Comment string
}

func (a *Acknowledgement) matches(f Finding) bool {
	return a.Code == f.Code &&
		(a.Participant == "" || a.Participant == f.Participant) &&
		(a.Program == "" || KeyOfProgram(a.Program) == KeyOfProgram(f.Program)) &&
		(a.Period.IsZero() || a.Period == f.Period) &&
		(a.Earning == "" || a.Earning == f.Earning)
}

// closeAcknowledged takes acknowledged findings from the open list. One that is
// dated after the as-of date does not count yet; one that matches nothing is a
// finding itself.
func (c *calculation) closeAcknowledged(r *Result, findings []Finding) []Finding {
	given := slices.DeleteFunc(slices.Clone(c.Acknowledged), func(a Acknowledgement) bool { return a.On.After(c.AsOf) })
	used := make([]bool, len(given))
	closed := map[Finding]bool{}
	var open []Finding
	for _, f := range findings {
		for i := range given {
			if !given[i].matches(f) {
				continue
			}
			used[i] = true
			if !closed[f] {
				closed[f] = true
				r.Closed = append(r.Closed, ClosedFinding{f, given[i].By, given[i].On, given[i].Comment})
			}
		}
		if !closed[f] {
			open = append(open, f)
		}
	}
	for _, claim := range r.Claims {
		claim.Findings = slices.DeleteFunc(claim.Findings, func(f Finding) bool { return closed[f] })
	}
	for i, a := range given {
		if !used[i] {
			open = append(open, a.nothing())
		}
	}
	return sortFindings(open)
}

// nothing reports an acknowledgement that matches no finding.
func (a *Acknowledgement) nothing() Finding {
	f := Finding{Severity: Info, Code: AcknowledgedNothing, Participant: a.Participant, Period: a.Period, Earning: a.Earning, Place: a.Place,
		Message: fmt.Sprintf("the acknowledgement of %s by %s of %s matches no finding; remove its line, or correct it", a.Code, a.By, a.On)}
	if a.Program != "" {
		f.Program = currentName(a.Program)
	}
	return f
}
