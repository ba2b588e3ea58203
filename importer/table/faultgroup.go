package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// FaultGroup is all faults of one kind in one column of a sheet.
type FaultGroup []Fault

// Groups gathers the faults that were listed by column and kind, so that 120
// rows with one habit are one entry, in the order of their first faults.
func (f *Faults) Groups() []FaultGroup {
	type kind struct {
		member, sheet, part, column, problem, want string
		field                                      int
	}
	var groups []FaultGroup
	at := map[kind]int{}
	for _, fault := range f.List {
		k := kind{fault.Member, fault.Sheet, fault.Part, fault.Column, fault.Problem, fault.Want, fault.Field}
		i, known := at[k]
		if !known || fault.Row == 0 {
			i = len(groups)
			at[k] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], fault)
	}
	return groups
}

// String words the group for people: column, rows, problem, an example, and what
// to do. The problem of a column reads as of its value, so that a single fault
// keeps its own words.
func (g FaultGroup) String() string {
	if len(g) == 1 {
		return g[0].String()
	}
	found := ""
	if example := g[max(slices.IndexFunc(g, func(f Fault) bool { return f.Value != "" }), 0)]; example.Value != "" {
		where := "row " + strconv.Itoa(example.Row)
		if example.Cell != "" {
			where = example.Cell
		}
		found = fmt.Sprintf(" (for example %q in %s)", example.Value, where)
	}
	return g[0].say(g.rows(), found)
}

// rows names the rows of the group: "rows 2–121 and 3 more".
func (g FaultGroup) rows() string {
	const shown = 3 // runs of rows
	type run struct{ first, last int }
	var runs []run
	for _, f := range g {
		n := len(runs) - 1
		if n < 0 || f.Row != runs[n].last && f.Row != runs[n].last+1 {
			runs = append(runs, run{f.Row, f.Row})
		} else {
			runs[n].last = f.Row
		}
	}
	var names []string
	named, all := 0, 0
	for i, r := range runs {
		if all += r.last - r.first + 1; i >= shown {
			continue
		}
		named = all
		name := strconv.Itoa(r.first)
		if r.last > r.first {
			name += "–" + strconv.Itoa(r.last)
		}
		names = append(names, name)
	}
	last := len(names) - 1
	switch {
	case all == 1:
		return "row " + names[0]
	case all > named:
		return fmt.Sprintf("rows %s and %d more", strings.Join(names, ", "), all-named)
	case last > 0:
		return "rows " + strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return "rows " + names[0]
}
