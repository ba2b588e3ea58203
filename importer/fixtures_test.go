package importer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// figures words what an earning puts into the figures; amounts count by value.
func figures(s *calc.Source) []string {
	var list []string
	for _, e := range s.Earnings.All() {
		list = append(list, fmt.Sprintf("%s %s %s %d %s %s %s %s", e.ID(), e.Participant(), e.Program(), e.Kind(), e.Date(),
			e.Amount().Decimal().StringFixed(6), e.Currency(), e.USD().Decimal().StringFixed(6)))
	}
	slices.Sort(list)
	return list
}

// TestDialects reads one export that was saved in many ways: every file gives
// the same earnings.
func TestDialects(t *testing.T) {
	want, err := readFile(t, "../fixtures/dialects/comma-utf8-lf.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want.Earnings.Len() != 24 {
		t.Fatalf("the plain file has %d earnings, want 24", want.Earnings.Len())
	}
	files, _ := filepath.Glob("../fixtures/dialects/*.*")
	for _, f := range files {
		if filepath.Ext(f) == ".md" || strings.HasPrefix(filepath.Base(f), "expected") {
			continue
		}
		t.Run(filepath.Base(f), func(t *testing.T) {
			got, err := readFile(t, f, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(figures(got), figures(want)) {
				t.Errorf("earnings differ:\n%s\nwant\n%s", strings.Join(figures(got), "\n"), strings.Join(figures(want), "\n"))
			}
		})
	}
}

var (
	tableLine = regexp.MustCompile("^\\| `([^`]+)` \\| (.+) \\| (.+) \\|$")
	rowNumber = regexp.MustCompile(`rows? (\d+)`)
)

// TestBroken compares every broken file with the place that its README names.
func TestBroken(t *testing.T) {
	readme, err := os.ReadFile("../fixtures/broken/README.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := 0
	for line := range strings.Lines(string(readme)) {
		m := tableLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			continue
		}
		name, place := m[1], m[3]
		listed++
		t.Run(name, func(t *testing.T) {
			src, err := readFile(t, filepath.Join("../fixtures/broken", name), Options{})
			if name == "total-disagrees.csv" {
				if err != nil || !slices.ContainsFunc(src.Findings, func(f calc.Finding) bool { return f.Code() == calc.TotalRowDiffers && f.Place().Row == 8 }) {
					t.Errorf("want the file taken with a finding on its total row, got %v", err)
				}
				return
			}
			var faults *table.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("want the file refused, got %v", err)
			}
			text := faults.Error()
			for _, n := range rowNumber.FindAllStringSubmatch(place, 1) {
				row, _ := strconv.Atoi(n[1])
				if !slices.ContainsFunc(faults.List, func(f table.Fault) bool {
					return f.Row == row || f.Row == row+1 && f.Part != "" || strings.Contains(f.Problem, "row "+n[1])
				}) {
					t.Errorf("no fault names row %d: %s", row, text)
				}
			}
			if _, column, ok := strings.Cut(place, ", "); ok && strings.HasPrefix(column, "earning") {
				column, _, _ = strings.Cut(column, " ")
				if faults.List[0].Column != column {
					t.Errorf("column %q, want %q: %s", faults.List[0].Column, column, text)
				}
			}
			for _, f := range faults.List {
				if f.Problem == "" || f.Want == "" {
					t.Errorf("a fault does not say what is wrong and what to do: %+v", f)
				}
			}
		})
	}
	if listed < 60 {
		t.Errorf("the README lists %d files, want all of them", listed)
	}
}
