package importer

import (
	"strings"
	"testing"

	"cspcoop/calc"
)

func TestTotalRows(t *testing.T) {
	rows := []string{"E1,a,p,Coop,2020-03-31,10.25,USD,10.25,SENT", "E2,a,p,Coop,2020-03-31,-0.25,USD,-0.25,SENT"}
	mixed := []string{rows[0], "E2,a,p,Coop,2020-03-31,100,EUR,110.00,SENT"}
	for _, c := range []struct {
		name    string
		rows    []string
		total   string
		code    calc.Code
		message string
	}{
		{"Total", rows, "Total,,,,,10.00,,10.00,", calc.TotalRowCode, "agrees"},
		{"elsewhere in the row", rows, ",,,Grand total:,,10,,,", calc.TotalRowCode, "agrees"},
		{"Summe", rows, "Summe,,,,,10.00,,,", calc.TotalRowCode, "agrees"},
		{"Total USD", rows, "Total USD,,,,,10.00,USD,10.0,", calc.TotalRowCode, "agrees"},
		{"合計", rows, "合計,,,,,10.00,,,", calc.TotalRowCode, "agrees"},
		{"Итого", rows, "Итого:,,,,,10.00,,,", calc.TotalRowCode, "agrees"},
		{"unlabelled", rows, ",,,,,10.00,,10.00,", calc.TotalRowCode, "agrees"},
		{"rounded", rows, "Total,,,,,10,,10,", calc.TotalRowCode, "agrees"},
		{"fewer fields", rows, "Total,,,,,10.00", calc.TotalRowCode, "agrees"},
		{"without amounts", rows, "Total,,,,,,,,", calc.TotalRowCode, "no amount"},
		{"in two currencies", mixed, "Total,,,,,110.25,,120.25,", calc.TotalRowCode, "agrees"},
		{"in two currencies, and no USD", mixed, "Total,,,,,110.25,,,", calc.TotalRowCode, "no amount"},
		{"another amount", rows, "Total,,,,,10.01,,10.00,", calc.TotalRowDiffers, "column earningAmount says 10.01, its rows add up to 10"},
		{"another amount in USD", mixed, "Total,,,,,110.25,,20.25,", calc.TotalRowDiffers, "column earningAmountUSD says 20.25, its rows add up to 120.25"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := taken(t, earnings(append(c.rows, c.total)...), Options{})
			f := finding(t, s, c.code)
			if s.Earnings.Len() != 2 || len(s.Totals) != 1 || s.Totals[0].Row != 4 || f.Place().Row != 4 || !strings.Contains(f.Message(), c.message) {
				t.Errorf("%d earnings, totals %v, finding %+v", s.Earnings.Len(), s.Totals, f)
			}
			if (f.Severity() == calc.Warning) != (c.code == calc.TotalRowDiffers) || (f.Place().Column != "") != (c.code == calc.TotalRowDiffers) {
				t.Errorf("finding %+v", f)
			}
		})
	}
}

func TestNoTotalRows(t *testing.T) {
	row := "E1,a,p,Coop,2020-03-31,10.25,USD,10.25,SENT"
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"amounts alone that do not add up", []string{row, ",,,,,11.00,,11.00,"}, []string{"3 earningId: ", "3 participantId: ", "3 programName: ", "3 earningDate: ", "3 transactionCurrency: "}},
		{"a row below the total", []string{row, "Total,,,,,10.25,,10.25,", strings.Replace(row, "E1", "E2", 1), strings.Replace(row, "E1", "E3", 1)}, []string{"4: a row follows the total in row 3"}},
		{"a total that has a day", []string{row, "E2,Total,p,Coop,2020-03-31,10.25,USD,10.25,SENT", "E3,a,Grand total:,Coop,2020-03-31,10.25,USD,10.25,SENT"}, []string{"3 participantId: labels a total", "4 programName: labels a total"}},
		{"a blank id", []string{row, ",a,Total Solutions,Coop,2020-03-31,1,USD,1,SENT"}, []string{"3 earningId: "}},
		{"text beside the amounts", []string{row, ",,,,,10.25,,10.25,checked"}, []string{"3 earningId: ", "3 participantId: ", "3 programName: ", "3 earningDate: ", "3 transactionCurrency: "}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFaults(t, earnings(c.rows...), Options{}, c.want...) })
	}
	s := taken(t, earnings("Total,a,p,Coop,2020-03-31,10.25,USD,10.25,SENT", "E2,a,Total Solutions,Coop,2020-03-31,1,USD,1,SENT"), Options{})
	if s.Earnings.Len() != 2 || len(s.Totals) != 0 {
		t.Errorf("%d earnings and totals %v, want two earnings", s.Earnings.Len(), s.Totals)
	}
}

func TestTotalsOfOtherReports(t *testing.T) {
	s := taken(t, lines("paymentID,participantID,programName,paymentDate,totalPayment", "1,a,p,2020-03-15,10", "2,a,p,2020-03-15,5.5", "Total,,,,15.50"), Options{})
	if len(s.Payments) != 2 || len(s.Totals) != 1 {
		t.Errorf("%d payments, totals %v", len(s.Payments), s.Totals)
	}
	finding(t, s, calc.TotalRowCode)

	register := "claimId,participantId,programName,usagePeriod,currency,amount,status"
	s = taken(t, lines(register, "1,a,p,FY20H1,EUR,10,Paid", "Total,,,,,10,"), Options{})
	if len(s.Register) != 1 || len(s.Totals) != 1 {
		t.Errorf("%d claims, totals %v", len(s.Register), s.Totals)
	}
}
