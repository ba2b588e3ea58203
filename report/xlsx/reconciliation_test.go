package xlsx

import (
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
)

// reconciled makes a result in which an earning was restated, payments agree,
// differ and lack their earnings, and one earning's payment is in no report.
func reconciled(t *testing.T) *calc.Result {
	row := func(id, kind, amount string) sample.Row {
		return sample.Row{ID: id, Participant: "7700111", Name: "Litware, Inc.", Program: "CSP Indirect Reseller", Type: kind,
			Date: "2020-03-31", Currency: "USD", Amount: amount, USD: amount}
	}
	before := sample.Earnings("april.csv", row("E1", "Rebate", "150.00"), row("E2", "Coop", "100.00"))
	now := sample.Earnings("may.csv", row("E1", "Rebate", "120.00"), row("E2", "Coop", "100.00"), row("E3", "Rebate", "80.00"), row("E4", "Rebate", "70.00"))
	now.SHA256 = strings.Repeat("b", 64)
	calctest.Change(now, func(row int, cells *calc.EarningCells) {
		cells.Calculated, cells.PaymentID = calc.Stamp{Day: sample.Day("2020-05-05")}, []string{"P1", "P2", "P3", ""}[row]
		if row == 3 {
			cells.PaymentStatus = "Unprocessed"
		}
	})

	payments := &calc.Source{File: "payments.csv", SHA256: strings.Repeat("c", 64), Receipt: 3, Kind: calc.KindPayments, Sheets: []string{""}}
	pay := func(id, day, amount string) {
		earned := decimal.NewNullDecimal(decimal.RequireFromString(amount))
		payments.Payments = append(payments.Payments, calc.Payment{ID: id, Participant: "7700111", Program: "CSP Indirect Reseller", Date: sample.Day(day),
			Earned: earned, EarnedUSD: earned, Currency: "USD", Total: earned, Status: "Sent", Place: calc.Place{File: payments.File, Row: len(payments.Payments) + 2}})
	}
	pay("P0", "2020-01-15", "10.00")
	pay("P1", "2020-06-15", "120.00")
	pay("P2", "2020-06-15", "90.00")
	pay("P9", "2020-10-15", "55.00")
	return sample.Calculate(t, before, now, payments)
}

// TestReconciliation reads the sheets that say what was compared, in the
// statement and over all partners.
func TestReconciliation(t *testing.T) {
	files := books(t, reconciled(t), Options{})
	for _, name := range []string{"7700111", "summary"} {
		f := open(t, files[name])
		for _, test := range []struct {
			sheet, head string
			want        []string
		}{
			{"Changed earnings", "Earning id", []string{"E1"}},
			{"Changed earnings", "USD before", []string{"150"}},
			{"Changed earnings", "USD now", []string{"120"}},
			{"Changed earnings", "Difference (USD)", []string{"-30"}},
			{"Changed earnings", "Before in", []string{"april.csv, row 2"}},
			{"Changed earnings", "Now in", []string{"may.csv, row 2"}},
			{"Restated", "Rebate restated (USD)", []string{"-30.00"}},
			{"Payments", "Payment id", []string{"P3", "P0", "P1", "P2", "P9"}},
			{"Payments", "Result", []string{"In no Payments report", "Without earnings", "Matched", "Different", "Without earnings"}},
			{"Payments", "Difference", []string{"-80", "0", "0", "-10", "0"}},
			{"Unmatched", "What", []string{"In no Payments report", "Without earnings", "Without earnings", "Rebate not yet paid"}},
			{"Unmatched", "Amount", []string{"80", "10", "55", "70"}},
			{"Unmatched", "Earning id", []string{"E3", "", "", "E4"}},
			{"Payouts", "Paid", []string{"100"}},
		} {
			got := columnOf(t, f, test.sheet, test.head, true)
			if n := len(test.want); len(got) < n || !slices.Equal(got[:n], test.want) { // a total may follow
				t.Errorf("%s, %s, %s:\n got %q\nwant %q", name, test.sheet, test.head, got, test.want)
			}
		}
		layout, err := f.GetPageLayout("Changed earnings")
		if err != nil {
			t.Fatal(err)
		}
		if *layout.FitToWidth < 1 || *layout.FitToWidth > 2 {
			t.Errorf("%s: changed earnings are printed on %d pages side by side", name, *layout.FitToWidth)
		}
	}
}

// TestAbsentSheets: a sheet that has nothing to say is left out.
func TestAbsentSheets(t *testing.T) {
	list := open(t, books(t, sample.Portfolio(t), Options{})["6600789"]).GetSheetList()
	for _, sheet := range []string{"Restated", "Payments", "Unmatched", "Payouts", "Split", "Claims", "Acknowledged"} {
		if slices.Contains(list, sheet) {
			t.Errorf("there is a sheet %s", sheet)
		}
	}
}
