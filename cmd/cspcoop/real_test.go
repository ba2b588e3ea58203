package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/report"
)

const realAsOf = "2020-09-30"

// runOn runs a workspace on files of fixtures/real, and returns its statement
// set, or the reasons of a refusal.
func runOn(t *testing.T, config string, names ...string) (set, refused string) {
	t.Helper()
	return runWriting(t, report.Write, config, names...)
}

func runWriting(t *testing.T, write writeSet, config string, names ...string) (set, refused string) {
	t.Helper()
	dir := newWorkspace(t)
	if err := os.WriteFile(filepath.Join(dir, "cspcoop.toml"), []byte("settle = \"0s\"\n"+config), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join("../../fixtures/real", name))
		if err != nil {
			t.Fatal(err)
		}
		dropFile(t, dir, name, content)
	}
	var errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs, disk: disk.OS(), write: write}
	status := a.execute(context.Background(), []string{"run", "--workspace", dir, "--as-of", realAsOf})
	if status != exitDone && status != exitRefused {
		t.Fatalf("exit status %d\n%s", status, errs.String())
	}
	for _, name := range names {
		if reason, err := os.ReadFile(filepath.Join(dir, "rejected", name+".reason.txt")); err == nil {
			refused += string(reason)
		}
	}
	return filepath.Join(dir, "statements", realAsOf), refused
}

func records(t *testing.T, set, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join(set, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	list, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// codes returns the codes of exceptions.csv with their severities.
func exceptionCodes(t *testing.T, set string) []string {
	t.Helper()
	var list []string
	for _, r := range records(t, set, "exceptions.csv")[1:] {
		if code := r[0] + " " + r[1]; !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	return list
}

// TestRealFilesSayTheSame proves that a file which says the same as base.csv has
// the same balances and months.
func TestRealFilesSayTheSame(t *testing.T) {
	base, _ := runOn(t, "", "base.csv")
	balances, months := records(t, base, "balances.csv"), records(t, base, "monthly.csv")
	for _, names := range []string{
		"p_schema_2023_full.csv", "p_schema_2026_new.csv", "p_ui_headers_enrollment.csv", "u_hdr_powerbi.csv",
		"p_type_Co-Op_Earnings.csv", "p_type_Coop_Rebate.csv", "p_type_Cooperative.csv", "p_type_coop_en_dash.csv", "p_type_softhyphen.csv",
		"q_a.csv", "q_eq_earningid.csv", "q_a.csv q_eq_earningid.csv", "u_id_int.csv", "u_id_float.csv", "u_id_int.csv u_id_float.csv",
		"s_d_us2y.csv", "s_d_uk2y.csv", "s_d_de2y.csv", "s_d_ddmonyy.csv", "x_sheetjs_csv.csv", "y_gnumeric_de.txt",
		"s_n_paren.csv", "s_n_trailminus.csv", "y_n_idfmt.xlsx", "u_pc_us_original.csv",
		"p_tool_export_headers.csv", "v_dates_hu.csv", "v_dates_browser.csv", "v_dates_ja.csv", "v_amounts_marks.csv",
	} {
		t.Run(names, func(t *testing.T) {
			config := ""
			if names == "p_tool_export_headers.csv" { // it has no column for the participant
				config = "default_participant = \"0440123\"\n"
			}
			set, refused := runWriting(t, writeTables, config, strings.Fields(names)...)
			if refused != "" {
				t.Fatal(refused)
			}
			got := records(t, set, "balances.csv")
			for i := range got { // the tool leaves the name out
				if config != "" && i > 0 {
					got[i][1] = balances[i][1]
				}
			}
			if !equalRecords(got, balances) {
				t.Errorf("balances.csv:\n%v\nwant\n%v", got, balances)
			}
			if got := records(t, set, "monthly.csv"); !equalRecords(got, months) {
				t.Errorf("monthly.csv:\n%v\nwant\n%v", got, months)
			}
			for _, code := range exceptionCodes(t, set) {
				if strings.HasPrefix(code, "error") || slices.Contains([]string{"warning TWO_COLUMNS", "info UNKNOWN_COLUMNS", "warning UNKNOWN_EARNING_TYPE"}, code) {
					t.Errorf("a finding that should not be: %s", code)
				}
			}
		})
	}
}

func equalRecords(a, b [][]string) bool { return slices.EqualFunc(a, b, slices.Equal[[]string]) }

// TestRealFilesWithFindings takes files with a finding that names what is odd.
func TestRealFilesWithFindings(t *testing.T) {
	for _, c := range []struct {
		names, finding string
		rebate, coop   string // of the first balance; "" where it does not matter
	}{
		{"p_type_MDF.csv", "warning UNKNOWN_EARNING_TYPE", "11357.49", "0.00"},
		{"t_m_amount_usd.csv", "", "10324.99", "6883.33"},
		{"t_m_total_earn.csv", "", "10324.99", "6883.33"},
		{"t_m_earned_date.csv", "", "", ""},
		{"u_part_zero_noid.csv u_part_nozero_noid.csv", "error LEADING_ZEROS", "", ""},
		{"z06_leading_zero_a.csv z06_leading_zero_b.csv", "error LEADING_ZEROS", "", ""},
		{"u_first_eps.xlsx", "", "", ""},
		{"u_first_minus48s.xlsx", "warning DATES_BEFORE_MIDNIGHT", "", ""},
		{"x_tz_exceljs_Europe_Amsterdam.xlsx", "warning DATES_BEFORE_MIDNIGHT", "", ""},
		{"y_fixct_tz_sheetjs_America_Sao_Paulo.xlsx", "warning DATES_BEFORE_MIDNIGHT", "", ""},
		{"base.csv t_pay_Cancelled.csv", "warning UNKNOWN_PAYMENT_STATUS", "11357.49", "7571.66"},
		{"base.csv t_pay_Rejected_during_review.csv", "warning PAYMENT_FAILED", "11357.49", "7571.66"},
		{"base.csv t_pay_Tax_invoice_rejected.csv", "warning PAYMENT_FAILED", "11357.49", "7571.66"},
		{"base.csv q_pay2019.csv", "", "11357.49", "7571.66"},
		{"base.csv c_c_fmt.csv", "", "11357.49", "7571.66"},
		{"w_summary_untyped.xlsx", "warning SHEET_REPEATED", "693.41", "462.27"},
		{"w_summary_no_program.xlsx", "warning SHEET_REPEATED", "759.37", "506.24"},
		{"w_summary_one_program.xlsx", "warning SHEET_REPEATED", "2102.75", "1401.83"},
		{"w_summary_member.zip", "warning SHEET_REPEATED", "660.50", "440.25"},
		{"s_n_group_en.csv", "", "11357.49", "7571.65"},
		{"s_n_group_ch.csv", "", "11357.49", "7571.65"},
	} {
		t.Run(c.names, func(t *testing.T) {
			config := ""
			if strings.HasSuffix(c.names, "_program.xlsx") { // its summary names none
				config = "default_program = \"CSP\"\n"
			}
			set, refused := runOn(t, config, strings.Fields(c.names)...)
			if refused != "" {
				t.Fatal(refused)
			}
			if codes := exceptionCodes(t, set); c.finding != "" && !slices.Contains(codes, c.finding) {
				t.Errorf("no %s among %q", c.finding, codes)
			}
			b := records(t, set, "balances.csv")
			rebate, coop := b[1][slices.Index(b[0], "rebate_usd")], b[1][slices.Index(b[0], "coop_usd")]
			if c.rebate != "" && (rebate != c.rebate || coop != c.coop) {
				t.Errorf("rebate %s and co-op %s, want %s and %s", rebate, coop, c.rebate, c.coop)
			}
		})
	}
}

// TestRealAdjustments books the documented reason codes as adjustments.
func TestRealAdjustments(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/real/r_reason_*.csv")
	if err != nil || len(files) < 4 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			set, _ := runOn(t, "", filepath.Base(f))
			moved := records(t, set, "rollforward.csv")
			if at := slices.Index(moved[0], "adjusted"); moved[1][at] != "-500.00" {
				t.Errorf("adjusted %s", moved[1][at])
			}
			if codes := exceptionCodes(t, set); slices.Contains(codes, "warning UNKNOWN_REASON_CODE") {
				t.Errorf("%q", codes)
			}
		})
	}
}

// TestRealFilesRefused refuses files with a reason that says what is wrong.
func TestRealFilesRefused(t *testing.T) {
	for name, reason := range map[string]string{
		"u_uk_excel_saved.xlsx":      "day and month changed places in this column",
		"v_uk_libreoffice_saved.csv": "day and month changed places in this column",
		"s_n_dollar.csv":             `has the currency sign "$", but the amount is in EUR`,
		"s_n_eursuffix.csv":          `has the currency sign "€", but the amount is in USD`,
		"s_n_dash_zero.csv":          "a dash is zero only in a column whose other amounts are in accounting format",
		"t_m_amount_bracket.csv":     "set default_currency in cspcoop.toml",
		"o_ineligible.csv":           `"Ineligible revenue usage" report`,
		"o_historical.csv":           `"Historical statements" report`,
		"t_s_subtotals.csv":          "row 5: this looks like a subtotal",
		"t_s_subtotal_excel.csv":     "row 8: this looks like a subtotal",
		"w_subtotal_untyped.csv":     "row 4: this looks like a subtotal",
		"s_s_footer_note.csv":        "row 15: this looks like a note",
	} {
		t.Run(name, func(t *testing.T) {
			_, refused := runOn(t, "", name)
			if !strings.Contains(refused, reason) {
				t.Errorf("%q does not say %q", refused, reason)
			}
		})
	}
	if set, _ := runOn(t, "default_currency = \"USD\"\n", "t_m_amount_bracket.csv"); len(records(t, set, "balances.csv")) != 2 {
		t.Error("with its currency, t_m_amount_bracket.csv is not taken")
	}
}
