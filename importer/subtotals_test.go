package importer

import (
	"strings"
	"testing"
)

// A row that sums up others, with or without a label, is refused and never
// counted beside them.
func TestSubtotalsAmongRows(t *testing.T) {
	const header = "Month,Partner ID,Program,Type,Earnings (USD)"
	const problem = ": this looks like a subtotal, which would count its rows twice"
	defaults := Options{DefaultParticipant: "4400123", DefaultProgram: "p"}
	for _, c := range []struct {
		name string
		o    Options
		rows []string
		want []string // faults; none: taken
	}{
		{"no type beside types", Options{}, []string{"2020-01,1,p,Rebate,60", "2020-01,1,p,Coop,40", "2020-01,1,p,,100"}, []string{"4" + problem}},
		{"above its rows", Options{}, []string{"2020-01,1,p,,100", "2020-01,1,p,Rebate,60", "2020-01,1,p,Coop,40"}, []string{"2" + problem}},
		{"of each participant", Options{}, []string{"2020-01,1,p,,100", "2020-01,2,p,,10", "2020-01,1,p,Rebate,60", "2020-01,1,p,Coop,40", "2020-01,2,p,Rebate,6", "2020-01,2,p,Coop,4"}, []string{"2" + problem, "3" + problem}},
		{"no type and another amount", Options{}, []string{"2020-01,1,p,Rebate,60", "2020-01,1,p,Coop,40", "2020-01,1,p,,99"}, nil},
		{"one equal row may be chance", Options{}, []string{"2020-01,1,p,Rebate,60", "2020-01,1,p,,60"}, nil},
		{"blanks that the configuration fills", defaults, []string{"2020-01,4400123,p,Coop,60", "2020-01,4400123,p,Coop,40", "2020-01,,,Coop,100", "2020-02,4400123,p,Coop,7", "2020-02,,,Coop,7"}, []string{"4" + problem, "6" + problem}},
		{"a blank program", defaults, []string{"2020-01,1,q,Coop,60", "2020-01,2,q,Coop,40", "2020-01,1,,Coop,100"}, []string{"4" + problem}},
		{"blanks that sum up nothing", defaults, []string{"2020-01,1,q,Coop,60", "2020-01,2,q,Coop,40", "2020-01,,,Coop,30"}, nil},
		{"a type that is a total", Options{}, []string{"2020-01,1,p,Rebate,60", "2020-01,1,p,Total,60"}, []string{"3 Type: labels a total"}},
		{"a participant that is one", Options{}, []string{"2020-01,1,p,Rebate,60", "2020-01,1 Total,p,Rebate,60"}, []string{"3 Partner ID: labels a total"}},
		{"all participants", Options{}, []string{"2020-01,1,p,Rebate,60", "2020-01,(All),p,Rebate,60"}, []string{"3 Partner ID: labels a total"}},
		{"all programs", Options{}, []string{"2020-01,1,p,Rebate,60", "2020-01,1,Alle,Rebate,60"}, []string{"3 Program: labels a total"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := lines(append([]string{header}, c.rows...)...)
			if len(c.want) > 0 {
				wantFaults(t, data, c.o, c.want...)
			} else if s := taken(t, data, c.o); s.Earnings.Len() != len(c.rows) {
				t.Errorf("%d earnings", s.Earnings.Len())
			}
		})
	}
	t.Run("an earning with an id is none", func(t *testing.T) {
		data := earnings("E1,1,p,Rebate,2020-01-31,60,USD,60,SENT", "E2,1,p,Coop,2020-01-31,40,USD,40,SENT", "E3,1,p,,2020-01-31,100,USD,100,SENT")
		if s := taken(t, data, Options{}); s.Earnings.Len() != strings.Count(string(data), "SENT") {
			t.Errorf("%d earnings", s.Earnings.Len())
		}
	})
}
