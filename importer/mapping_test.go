package importer

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// TestMappingKeepsEveryCell sends random texts through gocsv: every column comes
// out in its own field, as it went in.
func TestMappingKeepsEveryCell(t *testing.T) {
	t.Run("earnings", func(t *testing.T) { keepsEveryCell[earningRow](t, earningsReport) })
	t.Run("payments", func(t *testing.T) { keepsEveryCell[calc.Payment](t, paymentsReport) })
	t.Run("claims", func(t *testing.T) { keepsEveryCell[claimRow](t, claimsReport) })
}

func keepsEveryCell[T any](t *testing.T, r *report) {
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", "0", " ", "00123", "1e5", "=1+1", "Ünïcode 北京 🙂", "a,b;c\t\"d\"", "line\nbreak", "TRUE", "null"}
	for range 50 {
		order := random.Perm(len(r.columns))
		var header, record []string
		for _, i := range order {
			header = append(header, r.columns[i].name)
			record = append(record, sample(random, &r.columns[i], texts))
		}
		rows, err := mapped[T](header, [][]string{record, record})
		if err != nil || len(rows) != 2 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		fields := typedCells(reflect.ValueOf(rows[1]))
		without := slices.DeleteFunc(slices.Clone(header), func(name string) bool {
			return fields[name] != nil || slices.Contains(DetailNames[:], name) // that rowReader.detailOf takes
		})
		if len(without) > 3 { // what is only checked has no field
			t.Fatalf("%d columns without a field: %s", len(without), without)
		}
		for name, cell := range fields {
			at := slices.Index(header, name)
			if at < 0 {
				t.Fatalf("%s is no column of its report", name)
			}
			if got := asWritten(cell); got != record[at] {
				t.Errorf("%s is %q, and went in as %q", name, got, record[at])
			}
		}
	}
}

// typedCells returns the fields of a row by their columns, those of embedded ones too.
func typedCells(row reflect.Value) map[string]any {
	cells := map[string]any{}
	for i := range row.NumField() {
		f := row.Type().Field(i)
		if f.Anonymous {
			maps.Copy(cells, typedCells(row.Field(i)))
		} else if name := f.Tag.Get("csv"); name != "-" {
			cells[name] = row.Field(i).Interface()
		}
	}
	return cells
}

// asWritten words a typed cell as it went in.
func asWritten(cell any) string {
	switch c := cell.(type) {
	case money:
		if !c.given {
			return ""
		}
		return c.Decimal().StringFixed(2)
	case decimal.Decimal:
		return c.StringFixed(2)
	case decimal.NullDecimal:
		if !c.Valid {
			return ""
		}
		return c.Decimal.StringFixed(2)
	case bool:
		return map[bool]string{true: "yes", false: "no"}[c]
	case fmt.Stringer:
		return c.String()
	}
	return fmt.Sprint(cell)
}

// sample returns a validated text of a kind, blank at times.
func sample(random *rand.Rand, f *field, texts []string) string {
	kind, blank := f.kind, random.IntN(4) == 0 && f.need != filled
	switch {
	case f.shown || kind == textValue || kind == idValue || kind == currencyValue:
		return texts[random.IntN(len(texts))]
	case kind == yesNoValue:
		return []string{"yes", "no"}[random.IntN(2)]
	case kind == statusValue:
		return []string{"Paid", "In review"}[random.IntN(2)]
	case blank:
		return ""
	case kind == numberValue:
		return fmt.Sprintf("-%d.%02d", 1+random.IntN(1e9), 10+random.IntN(90))
	case kind == periodValue:
		return fmt.Sprintf("FY%02dH%d", 1+random.IntN(98), 1+random.IntN(2))
	}
	return fmt.Sprintf("20%02d-%02d-%02d", random.IntN(100), 1+random.IntN(12), 1+random.IntN(28))
}

// quoted records survive the way through a CSV file as well.
func TestTextsSurviveTheFile(t *testing.T) {
	texts := []string{"Contoso, Ltd.", `Fabrikam "North"`, "Litware; Inc", "Adatum\nCorporation", "Ünïcode 北京 🙂", "=1+1", "-", "0123", "1e5"}
	var b strings.Builder
	w := csv.NewWriter(&b)
	records := [][]string{{"earningDate", "participantId", "participantName", "programName", "lever", "earningAmountUSD"}}
	for i, text := range texts {
		records = append(records, []string{"2020-03-31", fmt.Sprint("p", i), text, text, text, "1.00"})
	}
	if err := w.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	s := taken(t, []byte(b.String()), Options{})
	for i, text := range texts {
		t.Run(text, func(t *testing.T) {
			if e := s.Earnings.At(i); e.ParticipantName() != text || e.Program() != text || e.Lever() != text {
				t.Errorf("%q became %q, %q, %q", text, e.ParticipantName(), e.Program(), e.Lever())
			}
		})
	}
}
