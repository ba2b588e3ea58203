package runjson

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"cspcoop/calc"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
)

var update = flag.Bool("update", false, "write the golden files")

var settings = []Setting{{"claims.rows", "payment"}, {"provisional_days", "60"}}

var files = []File{{"balances.csv", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}

func TestWrite(t *testing.T) {
	var got bytes.Buffer
	if err := Write(&got, sample.Portfolio(t), settings, files); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("testdata/run.json", got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/run.json")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// TestTotals adds the sources up as a reader of the file would.
func TestTotals(t *testing.T) {
	var file bytes.Buffer
	if err := Write(&file, sample.Portfolio(t), settings, files); err != nil {
		t.Fatal(err)
	}
	var got struct {
		AsOf    string                       `json:"as_of"`
		Sources []map[string]json.RawMessage `json:"sources"`
		Totals  map[string]json.RawMessage   `json:"totals"`
	}
	if err := json.Unmarshal(file.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.AsOf != "2020-10-31" || string(got.Totals["balanced"]) != "true" {
		t.Errorf("as_of %s, balanced %s", got.AsOf, got.Totals["balanced"])
	}
	number := func(raw json.RawMessage) decimal.Decimal {
		d, err := decimal.NewFromString(string(bytes.Trim(raw, `"`)))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, key := range []string{
		"rows", "counted", "duplicates", "superseded", "repeated", "skipped",
		"counted_usd", "duplicates_usd", "superseded_usd", "repeated_usd", "skipped_usd",
	} {
		t.Run(key, func(t *testing.T) {
			var sum decimal.Decimal
			for _, s := range got.Sources {
				sum = sum.Add(number(s[key]))
			}
			if total := number(got.Totals[key]); !total.Equal(sum) {
				t.Errorf("%s: total %s, sources give %s", key, total, sum)
			}
		})
	}
	for i, s := range append(got.Sources, got.Totals) {
		sum := decimal.Zero
		for _, key := range []string{"counted", "duplicates", "superseded", "repeated", "skipped"} {
			sum = sum.Add(number(s[key]))
		}
		if !number(s["rows"]).Equal(sum) || sum.IsZero() {
			t.Errorf("source %d: %s rows, %s accounted for", i, s["rows"], sum)
		}
	}
}

func TestEmptyListsAreLists(t *testing.T) {
	var got bytes.Buffer
	if err := Write(&got, &calc.Result{AsOf: sample.AsOf}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(got.Bytes(), []byte("null")) {
		t.Errorf("a list is null:\n%s", got.Bytes())
	}
}

func TestExact(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0.00", "12": "12.00", "1.5": "1.50", "1.2340": "1.234", "-0.000": "0.00", "-0.001": "-0.001",
	} {
		t.Run(in, func(t *testing.T) {
			if got := exact(decimal.RequireFromString(in)); got != want {
				t.Errorf("exact(%s) = %s, want %s", in, got, want)
			}
		})
	}
}
