package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
)

// TestEverySchema proves that datapackage.json describes every CSV file of a set:
// each column, and each cell by its type.
func TestEverySchema(t *testing.T) {
	r := sample.Tied(t)
	r.Journal = []calc.JournalEntry{}
	files := written(t, r)
	var described struct {
		Resources []struct {
			Path   string
			Schema struct {
				Fields []struct{ Name, Type string }
			}
		}
	}
	if err := json.Unmarshal(files["datapackage.json"], &described); err != nil {
		t.Fatal(err)
	}
	schemas := map[string][]struct{ Name, Type string }{}
	for _, resource := range described.Resources {
		schemas[resource.Path] = resource.Schema.Fields
	}
	found := 0
	for name, content := range files {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		found++
		t.Run(name, func(t *testing.T) {
			lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			fields := schemas[name]
			var names []string
			for _, f := range fields {
				names = append(names, f.Name)
			}
			if !slices.Equal(names, lines[0]) {
				t.Fatalf("described as %q, has %q", names, lines[0])
			}
			for _, line := range lines[1:] {
				for i, f := range fields {
					if line[i] != "" && !isOf(f.Type, line[i]) {
						t.Errorf("%s: %q is no %s", f.Name, line[i], f.Type)
					}
				}
			}
			for i, f := range fields {
				if f.Type == "string" && !slices.Contains(wordsLikeNumbers, f.Name) && len(lines) > 1 && !slices.ContainsFunc(lines[1:], func(line []string) bool { return !isOf("number", line[i]) }) {
					t.Errorf("%s has only numbers and is described as text", f.Name)
				}
			}
		})
	}
	if found < 7 || found != len(schemas) {
		t.Errorf("%d files, %d described", found, len(schemas))
	}
}

// wordsLikeNumbers are columns of text that may be digits alone.
var wordsLikeNumbers = []string{"participant_id", "claim_id", "invoice_number", "payment_id", "row"}

func isOf(kind, cell string) bool {
	var err error
	switch kind {
	case "number", "integer":
		_, err = decimal.NewFromString(cell)
	case "date":
		_, err = calc.ParseDate(cell)
	case "yearmonth":
		_, err = calc.ParseDate(cell + "-01")
	case "boolean":
		return cell == "yes" || cell == "no"
	}
	return err == nil
}
