package reconcile

import (
	"cspcoop/calc"
)

// gaps finds the months without any row in force, dated up to the as-of date.
// One that a single export spans is a case of its own.
func (s *statement) gaps(facts []fact) []calc.Gap {
	has := map[calc.Month]bool{}
	first, last := facts[0].month, facts[len(facts)-1].month
	see := func(m calc.Month) {
		has[m] = true
		if m.Compare(first) < 0 {
			first = m
		}
		if m.Compare(last) > 0 {
			last = m
		}
	}
	for i := range facts {
		if i == 0 || facts[i].month != facts[i-1].month {
			see(facts[i].month)
		}
	}
	for _, e := range s.aside {
		see(e.Date().Month())
	}
	var list []calc.Gap
	for m := first; m.Compare(last) < 0; m = m.Add(1) {
		if has[m] {
			continue
		}
		g := calc.Gap{First: m, Last: m, Spanned: s.spans(m)}
		if n := len(list); n > 0 && list[n-1].Last.Add(1) == m && list[n-1].Spanned == g.Spanned {
			list[n-1].Last = m
			continue
		}
		list = append(list, g)
	}
	return list
}

// spans reports whether one file has rows of the statement before and after the
// month.
func (s *statement) spans(m calc.Month) bool {
	for _, r := range s.reach {
		if r.first.Month().Compare(m) < 0 && m.Compare(r.last.Month()) < 0 {
			return true
		}
	}
	return false
}

func (s *drawn) reportGaps(spanned bool) {
	var list calc.List
	var first calc.Month
	for _, g := range s.gaps {
		if g.Spanned != spanned {
			continue
		}
		if len(list) == 0 {
			first = g.First
		}
		if g.First == g.Last {
			list = append(list, g.First)
		} else {
			list = append(list, calc.Say("%s to %s", g.First, g.Last))
		}
	}
	if len(list) == 0 {
		return
	}
	severity, says := calc.Warning, calc.Say("there are no rows for %s: no export spans this time; drop the export of these months, or acknowledge that nothing was earned", list)
	if spanned {
		severity, says = calc.Info, calc.Say("there are no rows for %s: an export spans this time, so nothing seems to have been earned", list)
	}
	s.report(s.finding(severity, calc.MonthsMissing, first.Period(), says))
}
