package csvfile

import (
	"bytes"
	"testing"

	"cspcoop/calc"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
)

func TestJournal(t *testing.T) {
	period, err := calc.ParsePeriod("FY20H2")
	if err != nil {
		t.Fatal(err)
	}
	amount := decimal.RequireFromString
	entry := calc.JournalEntry{
		Participant: "4400123", Program: "CSP Direct Bill Partner", Period: period, Event: calc.CoOpEarned, Currency: "EUR", Memo: "co-op earned for FY20H2",
	}
	first, second := entry, entry
	first.ID, second.ID = "2020-10-31-0001", "2020-10-31-0002"
	first.Lines = []calc.JournalLine{
		{Account: "1520 Co-op, receivable", Debit: amount("1234.5"), DebitUSD: amount("1300")},
		{Account: "=4020", Credit: amount("1234.5"), CreditUSD: amount("1300")},
	}
	second.Lines = []calc.JournalLine{
		{Account: "4020", CreditUSD: amount("0.01")},
		{Account: "1520", DebitUSD: amount("0.01")},
	}
	var got bytes.Buffer
	if err := Journal.Write(&got, &calc.Result{AsOf: sample.AsOf, Journal: []calc.JournalEntry{second, first}}, Options{}); err != nil {
		t.Fatal(err)
	}
	const fund = ",2020-10-31,4400123,CSP Direct Bill Partner,FY20H2,coop-earned,"
	want := "entry_id,posting_date,participant_id,program,earning_period,event,account,debit,credit,currency,debit_usd,credit_usd,memo\n" +
		"2020-10-31-0001" + fund + "'=4020,,1234.50,EUR,,1300.00,co-op earned for FY20H2\n" +
		"2020-10-31-0001" + fund + "\"1520 Co-op, receivable\",1234.50,,EUR,1300.00,,co-op earned for FY20H2\n" +
		"2020-10-31-0002" + fund + "1520,,,EUR,0.01,,co-op earned for FY20H2\n" +
		"2020-10-31-0002" + fund + "4020,,,EUR,,0.01,co-op earned for FY20H2\n"
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
