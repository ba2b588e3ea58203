package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

func TestVanishedEarnings(t *testing.T) {
	row := func(id, date string) line { return coop(id, date, "10") }
	on := func(calculated string, f file) file {
		for i := range f.rows {
			f.rows[i].calculated = calculated
		}
		return f
	}
	old := func() file {
		return on("2020-05-01", export("old", row("X", "2020-03-10"), row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))
	}
	rebate := typed("Rebate", "R", "2020-03-10", "15")
	elsewhere := row("E", "2020-03-10")
	elsewhere.participant = "4712"
	for _, c := range []struct {
		name    string
		newer   []file
		want    []string
		partial int
	}{
		{"missing from its own month", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))},
			[]string{"warning 4711 FY20H2 old/2: earning X (co-op of 10.00 USD in Mar 2020) is missing from new, which is newer and covers the month; it still counts"}, 0},
		{"months before and after", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("C", "2020-04-10"), row("D", "2020-05-10")))},
			[]string{"old/2: 2 earnings, 20.00 USD together, are missing from new, which is newer and covers their months; they still count; ask Microsoft whether they were withdrawn (first: X"}, 0},
		{"newer by its newest earning", []file{on("2020-05-01", export("new", row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-05-10")))},
			[]string{"earning X"}, 0},
		{"still there", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("X", "2020-03-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))}, nil, 0},
		{"there again", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-04-10"))),
			on("2020-07-01", export("newest", row("X", "2020-03-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))}, nil, 0},
		{"the month is out of range", []file{on("2020-06-01", export("new", row("C", "2020-04-10"), row("D", "2020-05-10")))}, nil, 0},
		{"an older export", []file{on("2020-04-30", export("new", row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))}, nil, 0},
		{"of the same age", []file{on("2020-05-01", export("new", row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))}, nil, 0},
		{"Growth: its ids repeat", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("A", "2020-02-10"), row("C", "2020-04-10"), row("B", "2020-03-20")))}, nil, 0},
		{"Summarized: no ids", []file{on("2020-06-01", sheet("new", 9, row("", "2020-02-10"), row("", "2020-03-20"), row("", "2020-04-10")))}, nil, 0},
		{"another type alone", []file{on("2020-06-01", export("new", rebate, typed("Rebate", "R2", "2020-02-10", "1"), typed("Rebate", "R3", "2020-04-10", "1")))}, nil, 0},
		{"another participant alone", []file{on("2020-06-01", export("new", elsewhere))}, nil, 0},
		{"a filtered download", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("D", "2020-05-10")))}, nil, 1},
		{"half of it is no filter", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("C", "2020-04-10")))}, []string{"2 earnings"}, 0},
		{"restated to another month of the newer export", []file{on("2020-06-01", export("new", row("A", "2020-02-10"), row("X", "2020-04-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))}, nil, 0},
		{"filtered, then whole", []file{
			on("2020-07-01", export("filtered", row("A", "2020-02-10"), row("D", "2020-06-10"))),
			on("2020-06-01", export("new", row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))}, []string{"is missing from new"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, first := range []bool{true, false} {
				files := append([]file{old()}, c.newer...)
				if !first {
					files = append(append([]file{}, c.newer...), old())
				}
				r := asOf("2020-07-31", files...).calculate(t)
				expectFindings(t, c.name, r, calc.EarningVanished, c.want...)
				if got := findings(r, calc.ExportPartial); got != c.partial {
					t.Errorf("%s: %d filtered downloads reported, want %d: %v", c.name, got, c.partial, reported(r, calc.ExportPartial))
				}
			}
		})
	}
	r := asOf("2020-02-29", old(), on("2020-06-01", export("new", row("A", "2020-02-10"), row("B", "2020-03-20"), row("C", "2020-04-10")))).calculate(t)
	expectFindings(t, "after the as-of date", r, calc.EarningVanished)
}

// What vanished is listed by earning and totalled by period, and still counts.
func TestVanishedStillCount(t *testing.T) {
	var all, left []line
	for i := range 100 {
		l := version(coop(fmt.Sprint("E", i), fmt.Sprintf("2020-%02d-10", 1+i%7), "10"), "2020-08-01", nil)
		all = append(all, l)
		if i%7 == 0 || i%2 == 0 {
			left = append(left, version(l, "2020-08-02", nil))
		}
	}
	left = append(left, version(coop("last", "2020-07-30", "0"), "2020-08-02", nil))
	r := asOf("2020-07-31", export("a", all...), export("b", left...)).calculate(t)
	changes := r.Statements[0].Changes
	if len(changes.Vanished) != 100-len(left)+1 || len(reported(r, calc.EarningVanished)) != 2 {
		t.Errorf("%d vanished, %d findings", len(changes.Vanished), len(reported(r, calc.EarningVanished)))
	}
	var total string
	for _, p := range changes.Periods {
		total += fmt.Sprint(p.Period, " ", p.VanishedUSD, " ")
	}
	if total != "FY20H2 360 FY21H1 70 " || r.Totals.CoOp.String() != "1000" {
		t.Errorf("%s, %s counts", total, r.Totals.CoOp)
	}
}
