package versions_test

import (
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/versions"
)

// A summary that names no participant gets the configured one.
func TestSameTotals(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string
		found int
	}{
		{"a summary of two participants", []string{"2020-01 150 1, 2020-02 37 1", "2020-01 100 2, 2020-02 30 2, 2020-01 50 3, 2020-02 7 3"}, 1},
		{"a summary in their file", []string{"2020-01 150 1, 2020-02 37 1, 2020-01 100 2, 2020-02 30 2, 2020-01 50 3, 2020-02 7 3"}, 1},
		{"a summary beside another file", []string{"2020-01 150 1, 2020-02 37 1, 2020-01 100 2, 2020-02 30 2, 2020-01 50 3, 2020-02 7 3", "2020-01 9 4"}, 1},
		{"one month of three participants", []string{"2020-01 150 1", "2020-01 100 2, 2020-01 30 3, 2020-01 20 4"}, 1},
		{"one month of two may be chance", []string{"2020-01 150 1", "2020-01 100 2, 2020-01 50 3"}, 0},
		{"two participants that are alike", []string{"2020-01 150 1, 2020-02 37 1", "2020-01 150 2, 2020-02 37 2"}, 0},
		{"another month differs", []string{"2020-01 150 1, 2020-02 38 1", "2020-01 100 2, 2020-02 30 2, 2020-01 50 3, 2020-02 7 3"}, 0},
		{"one participant that is alike, without a participant", []string{"without participants: 2020-01 150 1, 2020-02 37 1", "2020-01 150 2, 2020-02 37 2"}, 1},
		{"one of several that is alike, without a participant", []string{"without participants: 2020-01 150 1, 2020-02 37 1", "2020-01 150 2, 2020-02 37 2, 2020-03 9 2, 2020-01 8 3"}, 1},
		{"one month that is alike, without a participant", []string{"without participants: 2020-01 150 1", "2020-01 150 2"}, 1},
		{"one month of two, without a participant", []string{"without participants: 2020-01 150 1", "2020-01 100 2, 2020-01 50 3"}, 1},
		{"another month, without a participant", []string{"without participants: 2020-01 150 1, 2020-02 38 1", "2020-01 150 2, 2020-02 37 2"}, 0},
		{"each month of another participant, without a participant", []string{"without participants: 2020-01 150 1, 2020-02 37 1", "2020-01 150 2, 2020-02 37 3"}, 0},
		{"another program, without a participant", []string{"without participants: 2020-01 150 1, 2020-02 37 1", "2020-01 150 2 @B, 2020-02 37 2 @B"}, 0},
		{"one program that is alike, without a program", []string{"without programs: 2020-01 150 1, 2020-02 37 1", "2020-01 150 1 @B, 2020-02 37 1 @B"}, 1},
		{"another participant, without a program", []string{"without programs: 2020-01 150 1, 2020-02 37 1", "2020-01 150 2 @B, 2020-02 37 2 @B"}, 0},
		{"neither named", []string{"without participants without programs: 2020-01 150 1, 2020-02 37 1", "2020-01 150 2 @B, 2020-02 37 2 @B"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var sources []*calc.Source
			for i, rows := range c.files {
				sheet, rows, named := strings.Cut(rows, ": ")
				if !named {
					sheet, rows = "", sheet
				}
				s := workbook(t, " "+sheet+": "+rows)
				s.SHA256 = string(rune('a' + i))
				sources = append(sources, s)
			}
			l := versions.Settle(sources, calc.DefaultPolicy())
			found := 0
			for _, f := range l.Findings {
				if f.Code() == calc.SameTotals && f.Participant() == "1" {
					found++
				}
			}
			if found != c.found || len(l.Findings) != c.found {
				t.Errorf("findings %v", l.Findings)
			}
		})
	}
}
