package reconcile_test

import (
	"fmt"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
)

// typed returns a row of a type, with an id of its own.
func typed(typ, id, date, amount string) line {
	l := coop(id, date, amount)
	l.typ = typ
	return l
}

// change reconciles an archive after a change to its typed input.
func (a archive) change(t testing.TB, change func(in *calc.Input)) *calc.Result {
	t.Helper()
	in := a.input()
	change(&in)
	return calculateInput(t, in)
}

// each calls with every earning of an input that has the id, "" meaning all.
func each(in *calc.Input, id string, change func(e *calc.EarningCells)) {
	for _, s := range in.Sources {
		calctest.Change(s, func(_ int, e *calc.EarningCells) {
			if id == "" || e.ID == id {
				change(e)
			}
		})
	}
}

// reported returns the findings of a code as "severity participant period place:
// message" lines, in their order.
func reported(r *calc.Result, code calc.Code) []string {
	var list []string
	for _, f := range r.Findings {
		if f.Code() == code {
			list = append(list, fmt.Sprintf("%s %s %s %s/%d: %s", f.Severity(), f.Participant(), f.Period(), f.Place().File, f.Place().Row, f.Message()))
		}
	}
	return list
}

// expectFindings fails unless the findings of a code hold these texts, one each.
func expectFindings(t testing.TB, name string, r *calc.Result, code calc.Code, want ...string) {
	t.Helper()
	got := reported(r, code)
	if len(got) != len(want) {
		t.Errorf("%s: %d of %s, want %d:\n%s", name, len(got), code, len(want), strings.Join(got, "\n"))
		return
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("%s: %s says\n%s\nwithout\n%s", name, code, got[i], want[i])
		}
	}
}
