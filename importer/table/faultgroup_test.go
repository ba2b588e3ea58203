package table

import "testing"

func TestFaultGroups(t *testing.T) {
	fault := func(row int, column, value, problem string) Fault {
		return Fault{Row: row, Column: column, Value: value, Problem: problem, Want: "a number"}
	}
	habit := func(from, to int) []Fault {
		var list []Fault
		for row := from; row <= to; row++ {
			list = append(list, fault(row, "Amount", "x", "is no number"))
		}
		return list
	}
	for _, c := range []struct {
		name string
		list []Fault
		want []string
	}{
		{"one", habit(7, 7), []string{`row 7, column Amount: is no number (found "x"); a number`}},
		{"a run", habit(2, 121), []string{`rows 2–121, column Amount: is no number (for example "x" in row 2); a number`}},
		{"two rows", append(habit(2, 2), habit(9, 9)...), []string{`rows 2 and 9, column Amount: is no number (for example "x" in row 2); a number`}},
		{"many runs", append(append(append(habit(2, 5), habit(7, 7)...), habit(9, 10)...), append(habit(12, 13), habit(20, 20)...)...),
			[]string{`rows 2–5, 7, 9–10 and 3 more, column Amount: is no number (for example "x" in row 2); a number`}},
		{"two columns and two kinds", []Fault{fault(2, "A", "x", "is no number"), fault(2, "B", "y", "is no date"), fault(3, "A", "", "the cell is blank"), fault(3, "B", "z", "is no date"), fault(4, "A", "q", "is no number")},
			[]string{`rows 2 and 4, column A: is no number (for example "x" in row 2); a number`, `rows 2–3, column B: is no date (for example "y" in row 2); a number`, `row 3, column A: the cell is blank; a number`}},
		{"of the file", []Fault{{Problem: "is empty", Want: "an export"}, {Problem: "is empty", Want: "an export"}}, []string{"is empty; an export", "is empty; an export"}},
		{"twice in a row", append(habit(2, 2), habit(2, 2)...), []string{`row 2, column Amount: is no number (for example "x" in row 2); a number`}},
		{"cells", []Fault{{Sheet: "S", Row: 2, Cell: "C2", Column: "A", Value: "x", Problem: "is no number"}, {Sheet: "S", Row: 3, Cell: "C3", Column: "A", Value: "y", Problem: "is no number"}},
			[]string{`sheet S, rows 2–3, column A: is no number (for example "x" in C2)`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			groups := (&Faults{List: c.list, Total: len(c.list)}).Groups()
			places := 0
			var got []string
			for _, g := range groups {
				got = append(got, g.String())
				places += len(g)
			}
			if places != len(c.list) {
				t.Errorf("%d places of %d", places, len(c.list))
			}
			for i := range max(len(got), len(c.want)) {
				if i >= len(got) || i >= len(c.want) || got[i] != c.want[i] {
					t.Fatalf("%q, want %q", got, c.want)
				}
			}
		})
	}
}
