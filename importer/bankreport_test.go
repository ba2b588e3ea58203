package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// german are the columns of the fixture.
var german = map[string][]string{
	"date": {"Buchungstag"}, "amount": {"Betrag"}, "currency": {"Währung"}, "reference": {"Verwendungszweck"}, "counterparty": {"Empfänger"}, "balance": {"Saldo"},
}

func bankLines(s *calc.Source) (list []string) {
	for _, b := range s.Bank {
		list = append(list, fmt.Sprintf("%s %s %s..%s %s->%s", b.Account, b.Currency, b.First, b.Last, b.Opening.Decimal, b.Closing.Decimal))
		for _, l := range b.Lines {
			list = append(list, fmt.Sprintf("%d: %s %s %s [%s] %q %q", l.Place.Row, l.Booked, l.Amount, l.Currency, l.Entry, l.Counterparty, l.Text))
		}
	}
	return list
}

func TestBankCSV(t *testing.T) {
	fixture, err := os.ReadFile("../fixtures/bank/statement.csv")
	if err != nil {
		t.Fatal(err)
	}
	two := map[string][]string{"date": {"Date"}, "amount": {"In"}, "debit": {"Out"}, "reference": {"Text"}, "account": {"IBAN"}, "entry": {"No"}}
	for name, c := range map[string]struct {
		file    []byte
		columns map[string][]string
		want    []string
	}{
		"the last day first": {fixture, german, []string{
			" EUR 2022-01-07..2022-01-10 1000->3409.9",
			`2: 2022-01-10 2500 EUR [] "Microsoft Ireland" "Incentives 0107000042"`,
			`3: 2022-01-07 -90.1 EUR [] "Contoso Estates" "Miete"`}},
		"two columns of amounts, two accounts": {
			lines("IBAN,No,Date,Text,In,Out", "NL 1,7,2022-01-05,rent,,90.10", "NL2,8,2022-01-06,incentives,100.00,0.00", "NL 1,9,2022-01-07,fee,0.00,-1.5"), two,
			[]string{
				"NL1 EUR 2022-01-05..2022-01-07 0->0", `2: 2022-01-05 -90.1 EUR [7] "" "rent"`, `4: 2022-01-07 -1.5 EUR [9] "" "fee"`,
				"NL2 EUR 2022-01-06..2022-01-06 0->0", `3: 2022-01-06 100 EUR [8] "" "incentives"`}},
		"of a bank that has fewer columns": {lines("IBAN,Date,Text,In", "NL1,2022-01-05,rent,-90.10"), two, []string{"NL1 EUR 2022-01-05..2022-01-05 0->0", `2: 2022-01-05 -90.1 EUR [] "" "rent"`}},
		"no rows":                          {lines("IBAN,No,Date,Text,In,Out"), two, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			o := Options{BankColumns: c.columns, DefaultCurrency: "EUR"}
			s := taken(t, c.file, o)
			if got := bankLines(s); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if s.Kind != calc.KindBank {
				t.Errorf("it is %s", s.Kind)
			}
		})
	}
}

func TestBankCSVRefused(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a line is missing": {lines("Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung;Saldo", "2022-01-05;A;x;1,00;EUR;11,00", "2022-01-06;A;x;2,00;EUR;14,00"),
			"3 Saldo: the balance is not the one of the line before it with this line's amount"},
		"a blank balance": {lines("Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung;Saldo", "2022-01-05;A;x;1,00;EUR;11,00", "2022-01-06;A;x;2,00;EUR;"), "3 Saldo: the cell is blank"},
		"a blank amount":  {lines("Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung;Saldo", "2022-01-05;A;x;;EUR;11,00"), "2 Betrag: the row has no amount"},
		"a wrong date":    {lines("Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung;Saldo", "2022-02-30;A;x;1,00;EUR;11,00"), "2 Buchungstag: does not exist in the calendar"},
	} {
		t.Run(name, func(t *testing.T) { wantFaults(t, c.file, Options{BankColumns: german}, c.want) })
	}
}

// TestBankColumnsOfOthers makes sure that a header with some of the columns is what
// it was without [bank.columns].
func TestBankColumnsOfOthers(t *testing.T) {
	o := Options{DefaultParticipant: "4400123", DefaultProgram: "CSP Direct Bill Partner", DefaultCurrency: "USD"}
	o.BankColumns = map[string][]string{"date": {"Date"}, "amount": {"Amount"}, "reference": {"Reference"}}
	if s := taken(t, lines("Date,Amount", "2022-01-31,10.00"), o); s.Kind != calc.KindMonthly || s.Earnings.Len() != 1 {
		t.Errorf("a plain sheet is %s with %d earnings", s.Kind, s.Earnings.Len())
	}
	if s := taken(t, lines("Date,Amount,Reference", "2022-01-31,10.00,x"), o); s.Kind != calc.KindBank {
		t.Errorf("a bank statement is %s", s.Kind)
	}
}

func TestCheckBankColumns(t *testing.T) {
	for name, c := range map[string]struct {
		columns map[string][]string
		want    string
	}{
		"none":          {nil, ""},
		"good":          {german, ""},
		"unknown":       {map[string][]string{"date": {"D"}, "amount": {"A"}, "reference": {"R"}, "fee": {"F"}}, `"fee" is no column of a bank statement`},
		"one missing":   {map[string][]string{"date": {"D"}, "amount": {"A"}}, "reference is missing"},
		"two meanings":  {map[string][]string{"date": {"D"}, "amount": {"d "}, "reference": {"R"}}, `the header "D" of date is empty, or already means amount`},
		"without words": {map[string][]string{"date": {}, "amount": {"A"}, "reference": {"R"}}, "date names no header"},
	} {
		t.Run(name, func(t *testing.T) {
			err := CheckBankColumns(c.columns)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestBankInZIP takes statements out of an archive, each with its place.
func TestBankInZIP(t *testing.T) {
	var files []file
	for _, name := range []string{"camt053-v02.xml", "mt940.sta"} {
		data, err := os.ReadFile("../fixtures/bank/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file{"2022/" + name, string(data)})
	}
	data := zipped(t, files...)
	list, err := ReadAll(context.Background(), bytes.NewReader(data), int64(len(data)), Options{}, nil)
	if err != nil || len(list) != 2 || list[0].Source.Kind != calc.KindBank || list[1].Source.RowCount() != 3 {
		t.Errorf("%d members: %v", len(list), err)
	}
	files[1].content = strings.Replace(files[1].content, "2500,00", "2500,01", 1)
	data = zipped(t, files...)
	_, err = ReadAll(context.Background(), bytes.NewReader(data), int64(len(data)), Options{}, nil)
	var faults *table.Faults
	if !errors.As(err, &faults) || faults.List[0].Member != "2022/mt940.sta" {
		t.Errorf("a bad member: %v", err)
	}
}

// FuzzBankCSV reads any table by the columns of a bank: it is refused with reasons,
// or every row is a line.
func FuzzBankCSV(f *testing.F) {
	fixture, err := os.ReadFile("../fixtures/bank/statement.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(fixture)
	f.Add(lines("Buchungstag,Empfänger,Verwendungszweck,Betrag,Währung,Saldo", "2022-01-05,A,x,1.00,EUR,11.00"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		o := Options{Table: table.Options{Limits: fuzzLimits, TempDir: dir}, BankColumns: german}
		s, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)), o)
		var faults *table.Faults
		if err != nil {
			if !errors.As(err, &faults) || faults.Total == 0 {
				t.Fatalf("neither taken nor refused: %v", err)
			}
			return
		}
		again, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)), o)
		if err != nil || fmt.Sprint(bankLines(s)) != fmt.Sprint(bankLines(again)) {
			t.Fatalf("read in two ways: %v", err)
		}
		for _, b := range s.Bank {
			for _, l := range b.Lines {
				if l.Booked.IsZero() || l.Currency == "" || l.Place.Row < 2 {
					t.Fatalf("a line without its day, currency or place: %+v", l)
				}
			}
		}
	})
}
