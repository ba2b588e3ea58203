package importer

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"

	"github.com/xuri/excelize/v2"
)

var exportHeader = []any{"earningId", "participantId", "programName", "earningType", "earningDate", "earningAmount", "transactionCurrency", "earningAmountUSD"}

// excelDate is a day as a cell holds it.
func excelDate(t *testing.T, day string) time.Time {
	t.Helper()
	d, err := calc.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return d.Time()
}

func TestWorkbookWithSeveralReports(t *testing.T) {
	day := excelDate(t, "2020-03-31")
	data := workbook(t,
		sheet{name: "Earnings", rows: [][]any{exportHeader, {"E1", 4400123, "CSP Indirect Provider", "Coop", day, 10.25, "USD", 10.25}}},
		sheet{name: "Notes", rows: [][]any{{"ask Fabrikam about March"}}},
		sheet{name: "Plain", rows: [][]any{{"Title"}, nil, {"Month", "Partner ID", "Program", "Earnings (USD)"}, {day, "4400123", "p", "7.50"}}},
		sheet{name: "Payments", rows: [][]any{{"paymentID", "participantID", "programName", "paymentDate", "totalPayment"}, {"77", "4400123", "p", day, 5}}},
		sheet{name: "Register", rows: [][]any{{"claimId", "participantId", "programName", "usagePeriod", "currency", "amount", "status"},
			{"C1", "4400123", "p", "FY20H1", "USD", 5, "Approved"}}},
		sheet{name: "Hidden", rows: [][]any{exportHeader, {"E1", "x", "p", "Coop", "nonsense", "x", "USD", 1}}, edit: func(f *excelize.File) {
			if err := f.SetSheetVisible("Hidden", false); err != nil {
				t.Fatal(err)
			}
		}},
	)
	s := taken(t, data, Options{})
	if s.Kind != calc.KindMixed || !s.HasRegister || len(s.Payments) != 1 || len(s.Register) != 1 || s.RowCount() != 4 {
		t.Errorf("%s, register %v, %d payments, %d rows", s.Kind, s.HasRegister, len(s.Payments), s.RowCount())
	}
	wantLines(t, "earnings", essence(s),
		"E1 4400123 CSP Indirect Provider Coop 2 2020-03-31 10.25 USD 10.25",
		" 4400123 p  0 2020-03-31 7.5 USD 7.5")
	wantLines(t, "sheets", s.Sheets, "Earnings", "Plain", "Payments", "Register")
	if p := s.Earnings.At(1).Place(); p.Sheet != "Plain" || p.Row != 4 {
		t.Errorf("the plain row is at %+v", p)
	}
	if f := finding(t, s, calc.SheetPassedOver); f.Place().Sheet != "Notes" {
		t.Errorf("ignored %+v", f.Place())
	}
	if f := finding(t, s, calc.HiddenSheet); !strings.Contains(f.Message(), "Hidden") {
		t.Errorf("hidden %q", f.Message())
	}
}

// Evidence is the file's: what one sheet proves decides for the others.
func TestEvidenceOfAllSheets(t *testing.T) {
	plain := func(name, date string, amount int) sheet {
		return sheet{name: name, rows: [][]any{{"Date", "Partner ID", "Program", "Earnings (USD)"}, {date, "a", "p", amount}}}
	}
	s := taken(t, workbook(t, plain("One", "03/04/2020", 7), plain("Two", "13/04/2020", 8)), Options{})
	wantLines(t, "earnings", amounts(s), "2020-04-03 7 USD 7", "2020-04-13 8 USD 8")
	wantFaults(t, workbook(t, plain("One", "04/13/2020", 7), plain("Two", "13/04/2020", 8)), Options{}, "Two!A2 Date: dates contradict each other: this one has the day first, \"04/13/2020\" in row 2 of sheet \"One\"")
}

func TestWorkbookValues(t *testing.T) {
	day := excelDate(t, "2020-03-31")
	data := workbook(t, sheet{name: "S", rows: [][]any{exportHeader,
		{"E1", 4400123, "p", "Coop", day.Add(23*time.Hour + 59*time.Minute), "10.50", "USD", 10.5},
		{"E2", "4400123", "p", "Coop", "2020-03-31", 4.25, "USD", "4.25"},
		{"93739671328e8430", "4400123", "p", "Coop", "2020-03", 1, "USD", nil},
	}, edit: func(f *excelize.File) {
		if err := f.SetCellFormula("S", "H4", "F4"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetRowVisible("S", 3, false); err != nil {
			t.Fatal(err)
		}
	}})
	// excelize saves a formula without its value, which is a fault here.
	wantFaults(t, data, Options{}, "S!H4 earningAmountUSD: the formula has no saved value")
	wantLines(t, "notes of a saved value", notes(taken(t, withText(t, data, "</f>", "</f><v>1</v>"), Options{})), "HIDDEN_ROWS S 0", "FORMULA_VALUES S 0")

	data = workbook(t, sheet{name: "S", rows: [][]any{exportHeader,
		{"E1", 4400123, "p", "Coop", day.Add(23*time.Hour + 59*time.Minute), "10.50", "USD", 10.5},
		{"E2", "4400123", "p", "Coop", "2020-03-31", 4.25, "USD", "4.25"},
	}, edit: func(f *excelize.File) {
		if err := f.SetRowVisible("S", 3, false); err != nil {
			t.Fatal(err)
		}
	}})
	s := taken(t, data, Options{})
	wantLines(t, "earnings", essence(s), "E1 4400123 p Coop 2 2020-03-31 10.5 USD 10.5", "E2 4400123 p Coop 2 2020-03-31 4.25 USD 4.25")
	wantLines(t, "notes", notes(s), "HIDDEN_ROWS S 0")
}

// withText returns a workbook with another text in its parts.
func withText(t *testing.T, workbook []byte, before, after string) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var changed bytes.Buffer
	to := zip.NewWriter(&changed)
	for _, part := range from.File {
		reader, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		writer, err := to.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := writer.Write(bytes.ReplaceAll(content, []byte(before), []byte(after))); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return changed.Bytes()
}

func TestWorkbookFaults(t *testing.T) {
	day := excelDate(t, "2020-03-31")
	row := func(changed int, value any) []any {
		r := []any{"E1", "4400123", "p", "Coop", day, 1.5, "USD", 1.5}
		r[changed] = value
		return r
	}
	for _, c := range []struct {
		name string
		row  []any
		want []string
	}{
		{"a date as an amount", row(5, day), []string{"S!F2 earningAmount: the amount is shown as a date"}},
		{"true as an amount", row(5, true), []string{"S!F2 earningAmount: the cell holds true or false"}},
		{"a date as an id", row(0, day), []string{"S!A2 earningId: the id is shown as a date"}},
		{"a date as a program", row(2, day), []string{"S!C2 programName: the text is shown as a date"}},
		{"16 digits", row(0, 1234567890123456), []string{"S!A2 earningId: the id is a number of more than 15 digits"}},
		{"a broken number as an id", row(0, 12.5), []string{"S!A2 earningId: is no id"}},
		{"a month as a number", row(4, 202003), []string{"S!E2 earningDate: is outside"}},
		{"a value right of the header", append(row(0, "E1"), "x"), []string{"S!I2 I: there is a value to the right"}},
		{"a blank amount", row(5, nil), []string{"S!F2 earningAmount: the cell is blank"}},
		{"a blank last cell", row(7, nil), []string{"S!H2 earningAmountUSD: the cell is blank"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantFaults(t, workbook(t, sheet{name: "S", rows: [][]any{exportHeader, c.row}}), Options{}, c.want...)
		})
	}
}

// A merged type would make the cells below it blank, and their rows gross.
func TestMergedCells(t *testing.T) {
	merged := func(from, to string) func(*excelize.File) {
		return func(f *excelize.File) {
			if err := f.MergeCell("S", from, to); err != nil {
				t.Fatal(err)
			}
		}
	}
	rows := [][]any{{"Northwind Traders", nil, nil}, exportHeader,
		{"E1", "a", "p", "Coop", "2020-03-31", 1, "USD", 1}, {"E2", "a", "p", nil, "2020-03-31", 1, "USD", 1}}
	wantFaults(t, workbook(t, sheet{"S", rows, merged("D3", "D4")}), Options{}, "S!D3 earningType: the cell is merged", "S!D4 earningType: the cell is merged")
	s := taken(t, workbook(t, sheet{"S", rows, merged("A1", "H1")}), Options{})
	if s.Earnings.Len() != 2 {
		t.Errorf("%d earnings below a merged title, want 2", s.Earnings.Len())
	}
}

func TestHeaderFaultsOfWorkbooks(t *testing.T) {
	wantFaults(t, workbook(t, sheet{name: "S", rows: [][]any{{"Month", "Month", "Partner", "Program", "Earnings (USD)"}}}), Options{}, "S!B1 Month: the column is there twice")
	wantFaults(t, workbook(t, sheet{name: "S", rows: [][]any{{"nothing"}}}, sheet{name: "T"}), Options{}, "0: no header of a known report")
}

func TestContradictionAcrossSheets(t *testing.T) {
	one := sheet{name: "One", rows: [][]any{exportHeader, {"E1", "a", "p", "Coop", "2020-03-31", 1, "USD", 1}}}
	two := sheet{name: "Two", rows: [][]any{exportHeader, {"E1", "a", "p", "Coop", "2020-03-31", 2, "USD", 2}}}
	wantFaults(t, workbook(t, one, two), Options{}, `Two!F2 earningAmount: earning E1 has another amount in this file, 1 in row 2 of sheet "One"`)
}

// Two sheets without ids that have the same total of one month, and nothing
// else in common, may be the same money or not.
func TestSheetsThatMayRepeatEachOther(t *testing.T) {
	plain := func(name string) sheet {
		return sheet{name: name, rows: [][]any{{"Month", "Partner ID", "Program", "Earnings (USD)"}, {"2020-04", "a", "p", 7.5}}}
	}
	wantFaults(t, workbook(t, plain("One"), plain("Two")), Options{},
		`2: sheets "One" and "Two" both have 7.50 in Apr 2020 of a (row 2 of sheet "Two"), and nothing shows whether it is the same money`)
}
