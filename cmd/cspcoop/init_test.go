package main

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The register's template offers the names of today where the rules are those of
// today, and those of the guide's years too where they are the guide's.
func TestTemplateOffersNamesOfTheRules(t *testing.T) {
	for _, c := range []struct {
		rules    string
		offers   []string
		outdated bool
	}{
		{"published", []string{"Demand Generation", "Partner Skilling", "Microsoft AI Cloud Partner Program participation", "Migration services"}, false},
		{"guide-2019", []string{"Demand Generation", "Partner Readiness", "Partner Skilling", "MPN participation", "Migration services"}, true},
	} {
		t.Run(c.rules, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "books")
			if err := makeWorkspace(dir, c.rules); err != nil {
				t.Fatal(err)
			}
			f, err := excelize.OpenFile(filepath.Join(dir, "claims-template.xlsx"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			rows, err := f.GetRows("Lists")
			if err != nil {
				t.Fatal(err)
			}
			names := slices.Concat(rows...)
			for _, name := range c.offers {
				if !slices.Contains(names, name) {
					t.Errorf("%q is not offered", name)
				}
			}
			if slices.Contains(names, "Partner Readiness") != c.outdated || slices.Contains(names, "MPN participation") != c.outdated {
				t.Errorf("offered: %q", names)
			}
		})
	}
}
