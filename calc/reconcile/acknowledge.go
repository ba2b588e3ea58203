package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// ackKey is what an acknowledgement matches; blank fields match all.
type ackKey struct {
	code                 calc.Code
	participant, earning string
	program              calc.ProgramKey
	period               calc.EarningPeriod
}

// ackKeys lists what may acknowledge a finding: its own fields, and each of them
// blank.
func ackKeys(f calc.Finding) []ackKey {
	keys := []ackKey{{f.Code(), f.Participant(), f.Earning(), calc.KeyOfProgram(f.Program()), f.Period()}}
	for _, blank := range []func(*ackKey){
		func(k *ackKey) { k.participant = "" },
		func(k *ackKey) { k.earning = "" },
		func(k *ackKey) { k.program = "" },
		func(k *ackKey) { k.period = calc.EarningPeriod{} },
	} {
		for _, k := range keys {
			before := k
			if blank(&k); k != before {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// closeAcknowledged separates acknowledged findings from open ones. An acknowledgement that is dated after the as-of date does not count
// yet; one that matches nothing is a finding itself.
func closeAcknowledged(in calc.Input, found []calc.Finding) (open []calc.Finding, acknowledged []calc.ClosedFinding) {
	given := slices.DeleteFunc(slices.Clone(in.Acknowledged), func(a calc.Acknowledgement) bool { return a.On.After(in.AsOf) })
	if len(given) == 0 {
		return found, nil
	}
	index := map[ackKey][]int{}
	for i, a := range given {
		key := ackKey{a.Code, a.Participant, a.Earning, calc.KeyOfProgram(a.Program), a.Period}
		index[key] = append(index[key], i)
	}
	used := make([]bool, len(given))
	for _, f := range found {
		var matching []int
		for _, key := range ackKeys(f) {
			matching = append(matching, index[key]...)
		}
		if len(matching) == 0 {
			open = append(open, f)
			continue
		}
		for _, i := range matching {
			used[i] = true
		}
		a := given[slices.Min(matching)]
		acknowledged = append(acknowledged, calc.ClosedFinding{Finding: f, By: a.By, On: a.On, Comment: a.Comment})
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
