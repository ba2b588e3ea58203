//go:build documents

package xlsx

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
)

// recalculated returns a workbook as LibreOffice saves it again, all formulas
// calculated again.
func recalculated(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(in, data, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	office := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), in)
	if log, err := office.CombinedOutput(); err != nil {
		t.Fatalf("soffice, from the package libreoffice-calc: %v\n%s", err, log)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "out", "book.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	return open(t, saved)
}

// TestLibreOffice compares every cell of every sheet with what another program
// reads and calculates.
func TestLibreOffice(t *testing.T) {
	files := books(t, sample.Portfolio(t), Options{rows: 12})
	files["summary of all that is tied"] = books(t, sample.Tied(t), Options{})["summary"]
	files["summary in French"] = inLanguage(t, "fr")["summary"]
	for name, data := range files {
		ours, theirs := open(t, data), recalculated(t, data)
		if got, want := theirs.GetSheetList(), ours.GetSheetList(); !slices.Equal(got, want) {
			t.Errorf("%s: sheets %q, want %q", name, got, want)
			continue
		}
		cells := 0
		for _, sheet := range ours.GetSheetList() {
			rows, err := ours.GetRows(sheet, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for y, row := range rows {
				for x, want := range row {
					at, err := excelize.CoordinatesToCellName(x+1, y+1)
					if err != nil {
						t.Fatal(err)
					}
					got, err := theirs.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
					if err != nil {
						t.Fatal(err)
					}
					if !same(got, want) {
						t.Errorf("%s, %s!%s: LibreOffice has %q, the file %q", name, sheet, at, got, want)
					}
					cells++
				}
			}
		}
		if cells < 20 {
			t.Errorf("%s: %d cells compared", name, cells)
		}
	}
}

// same compares texts as they are, and numbers by their value.
func same(got, want string) bool {
	if got == want {
		return true
	}
	a, errA := decimal.NewFromString(got)
	b, errB := decimal.NewFromString(want)
	return errA == nil && errB == nil && a.Round(8).Equal(b.Round(8))
}

// TestTemplateInLibreOffice: the lists still work after another program had the
// template.
func TestTemplateInLibreOffice(t *testing.T) {
	f := recalculated(t, books(t, sample.Portfolio(t), Options{})["template"])
	validations, err := f.GetDataValidations("Claims")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, v := range validations {
		if v.Type == "list" {
			kinds = append(kinds, strings.ReplaceAll(v.Formula1, "&quot;", `"`))
		}
	}
	slices.Sort(kinds)
	if got := strings.Join(kinds, " "); got != `"yes,no" list_activity list_category list_status` {
		t.Errorf("lists %s", got)
	}
}
