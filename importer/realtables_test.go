package importer

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRealTables reads base.csv as other programs wrote it: the same earnings, or
// a refusal that says why.
func TestRealTables(t *testing.T) {
	want, err := readFile(t, "../fixtures/real/base.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want.Earnings.Len() != 12 {
		t.Fatalf("base.csv has %d earnings, want 12", want.Earnings.Len())
	}
	for name, refusal := range map[string]string{
		"x_sheetjs_json.xlsx":          "",
		"x_sheetjs_serial.xlsx":        "",
		"x_xlsxjsstyle_text.xlsx":      "",
		"x_sheetjs_html.xls":           "the table of a web page",
		"x_sheetjs_xlsb.xlsb":          "an Excel binary workbook",
		"y_k_altstyles.xlsx":           "",
		"y_k_duration.xlsx":            "",
		"y_k_emptysst.xlsx":            "",
		"y_k_is_and_v.xlsx":            "",
		"y_k_is_then_v.xlsx":           "",
		"y_k_lowerref.xlsx":            "",
		"y_k_mergecols.xlsx":           "",
		"y_k_numref.xlsx":              `row 1: "0" is no cell of row 1, whose cells are called A1`,
		"y_k_partcase.xlsx":            "",
		"y_k_stylesmissing_named.xlsx": "",
		"y_k_tworows1.xlsx":            "row 1: row 1 follows row 1",
		"y_k_zip_desc_size.xlsx":       "",
		"y_m_backslash.xlsx":           "",
		"y_m_macrodefault.xlsx":        "",
		"y_m_trailing.xlsx":            "bytes follow the end of the archive",
		"y_n_idfmt.xlsx":               "",
		"p_tsv_inch_inner.tsv":         "",
		"p_tsv_starts_quote.tsv":       "",
		"q_swallow.tsv":                "row 4, column customerName: begins with a quote that is not closed on its line",
		"q_swallow_far.tsv":            "row 4, column customerName: begins with a quote that is not closed on its line",
		"s_s_pipe.csv":                 "",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readFile(t, filepath.Join("../fixtures/real", name), Options{})
			switch {
			case refusal != "":
				if err == nil || !strings.Contains(everyFault(err), refusal) {
					t.Errorf("want it refused, because %s; got %v", refusal, err)
				}
			case err != nil:
				t.Fatal(everyFault(err))
			case !slices.Equal(figures(got), figures(want)):
				t.Errorf("earnings differ:\n%s\nwant\n%s", strings.Join(figures(got), "\n"), strings.Join(figures(want), "\n"))
			}
		})
	}
}
