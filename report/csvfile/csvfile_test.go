package csvfile

import (
	"bytes"
	"encoding/csv"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/xlsx/sample"

	"github.com/shopspring/decimal"
)

var update = flag.Bool("update", false, "write the golden files")

func TestFiles(t *testing.T) {
	r := sample.Portfolio(t)
	for _, file := range []File{Balances, Monthly, Exceptions, Claims} {
		t.Run(file.Name, func(t *testing.T) {
			var got bytes.Buffer
			if err := file.Write(&got, r, Options{}); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", file.Name)
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got.String(), want)
			}
		})
	}
}

// TestHeaders compares the columns with contract.md, word for word.
func TestHeaders(t *testing.T) {
	for want, file := range map[string]File{
		"participant_id,participant_name,program,earning_period,earning_start,earning_end,usage_start,usage_end,claim_deadline,funds_expire,rebate_usd,coop_usd,other_usd,threshold_usd,decision,claim_window,days_left,fund_currency,coop_fund,claimed_fund,planned_fund,remaining_fund,forfeited_fund,provisional,claim_opens\n": Balances,
		"participant_id,program,month,currency,rebate,coop,other,rebate_usd,coop_usd,other_usd\n": Monthly,
		"severity,code,participant_id,program,earning_period,file,row,column,message\n":           Exceptions,
	} {
		t.Run(want[:20], func(t *testing.T) {
			var got bytes.Buffer
			if err := file.Write(&got, &calc.Result{}, Options{}); err != nil {
				t.Fatal(err)
			}
			if got.String() != want {
				t.Errorf("header\n%q, want\n%q", got.String(), want)
			}
		})
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":               "",
		"Contoso":        "Contoso",
		"a=b":            "a=b",
		"4400123":        "4400123",
		"=1+1":           "'=1+1",
		"+47 22":         "'+47 22",
		"-10 %":          "'-10 %",
		"@SUM(A1)":       "'@SUM(A1)",
		"\tx":            "'\tx",
		"\rx":            "'\rx",
		"  =1":           "'  =1",
		"\u00a0=1":       "'\u00a0=1",
		"\u3000＝1":       "'\u3000＝1",
		"\u200b=1":       "'\u200b=1",
		"－1":             "'－1",
		"＠x":             "'＠x",
		"  plain":        "  plain",
		"bad \xff bytes": "bad \ufffd bytes",
	} {
		t.Run(in, func(t *testing.T) {
			if got := text(in); got != want {
				t.Errorf("text(%q) = %q, want %q", in, got, want)
			}
		})
	}
}

func TestMoney(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0.00", "-0.004": "0.00", "-0.005": "-0.01", "1234567.1": "1234567.10", "99999999999999999999.995": "100000000000000000000.00",
	} {
		t.Run(in, func(t *testing.T) {
			if got := format(table.Money(decimal.RequireFromString(in))); got != want {
				t.Errorf("money(%s) = %s, want %s", in, got, want)
			}
		})
	}
}

// TestQuoting reads awkward names back with a reader that is strict about
// RFC 4180.
func TestQuoting(t *testing.T) {
	name := "Tailspin, \"Toys\"\nand more; Ünïcödé 株式会社"
	r := sample.Calculate(t, sample.Earnings("a.csv", sample.Row{
		ID: "1", Participant: "9", Name: name, Program: "CSP Direct Bill Partner", Type: "Coop", Date: "2020-01-31", Currency: "USD", Amount: "1", USD: "1"}))
	var got bytes.Buffer
	if err := Balances.Write(&got, r, Options{}); err != nil {
		t.Fatal(err)
	}
	if bytes.HasPrefix(got.Bytes(), []byte("\xef\xbb\xbf")) || bytes.Contains(got.Bytes(), []byte("\r\n")) {
		t.Error("byte-order mark or CRLF in the file")
	}
	records, err := csv.NewReader(&got).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if records[1][1] != name {
		t.Errorf("name %q came back as %q", name, records[1][1])
	}
}

// TestSorted gives a result in reverse order.
func TestSorted(t *testing.T) {
	r := sample.Portfolio(t)
	slices.Reverse(r.Statements)
	slices.Reverse(r.Findings)
	for _, file := range []File{Balances, Monthly, Exceptions, Claims} {
		var got bytes.Buffer
		if err := file.Write(&got, r, Options{}); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&got).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(records) < 3 || !slices.IsSortedFunc(records[1:], slices.Compare[[]string]) {
			t.Errorf("%s: %d records, not sorted", records[0][0], len(records))
		}
	}
}

func TestSheetInMessage(t *testing.T) {
	hidden := calc.NewFinding(calc.Info, calc.HiddenRows, calc.Say("hidden rows are data"))
	r := &calc.Result{Findings: []calc.Finding{hidden.At(calc.Place{File: "a.xlsx", Sheet: "Q1", Row: 7, Column: "Amount"})}}
	var got bytes.Buffer
	if err := Exceptions.Write(&got, r, Options{}); err != nil {
		t.Fatal(err)
	}
	want := "info,HIDDEN_ROWS,,,,a.xlsx,7,Amount,\"sheet \"\"Q1\"\": hidden rows are data\"\n"
	if !strings.HasSuffix(got.String(), want) {
		t.Errorf("got %q, want it to end in %q", got.String(), want)
	}
}

// full refuses every byte.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteError(t *testing.T) {
	if err := Balances.Write(full{}, sample.Portfolio(t), Options{}); err == nil {
		t.Error("a full disk went unnoticed")
	}
}
