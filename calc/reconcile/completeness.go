package reconcile

import (
	"fmt"
	"strings"

	"cspcoop/calc"
)

// gaps finds the months without any row in force, dated up to the as-of date.
// One that a single export spans is told apart.
func (s *statement) gaps() []calc.Gap {
	has := map[calc.Month]bool{}
	first, last := s.rows[0].Date.Month(), s.rows[0].Date.Month()
	for _, e := range s.inForce() {
		m := e.Date.Month()
		has[m] = true
		if m.Compare(first) < 0 {
			first = m
		}
		if m.Compare(last) > 0 {
			last = m
		}
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

// spans says that one file has rows of the statement before and after the
// month.
func (s *statement) spans(m calc.Month) bool {
	for _, r := range s.reach {
		if r.first.Compare(m) < 0 && m.Compare(r.month) < 0 {
			return true
		}
	}
	return false
}

func (s *statement) reportGaps(spanned bool) {
	var list []string
	var first calc.Month
	for _, g := range s.out.Gaps {
		if g.Spanned != spanned {
			continue
		}
		if len(list) == 0 {
			first = g.First
		}
		list = append(list, g.String())
	}
	if len(list) == 0 {
		return
	}
	severity, advice := calc.Warning, "no export reaches across; drop the export of these months, or acknowledge that nothing was earned"
	if spanned {
		severity, advice = calc.Info, "an export reaches across, so that nothing seems to have been earned"
	}
	s.report(s.out.Finding(severity, calc.MonthsMissing, first.Period(), fmt.Sprintf("there are no rows for %s: %s", strings.Join(list, ", "), advice)))
}
