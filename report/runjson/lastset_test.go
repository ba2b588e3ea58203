package runjson

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/report/xlsx/sample"
)

// TestReadLast reads back what a set leaves for the next one.
func TestReadLast(t *testing.T) {
	r, err := reconcile.Calculate(calc.Input{
		AsOf: sample.AsOf,
		Sources: []*calc.Source{sample.Earnings("a.csv", sample.Row{
			ID: "1", Participant: "9", Program: "CSP Indirect Reseller", Type: "Coop", Date: "2020-01-31", Currency: "EUR", Amount: "-10.50", USD: "-11.60"})},
		Policy: calc.Policy{Rules: calc.DefaultPolicy().Rules, Journal: &calc.JournalPolicy{Accounts: calc.JournalAccounts{
			CoOpReceivable: "1520", CoOpIncome: "=4020 \"co-op\"", Owed: "2990"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := Write(&file, r, nil, nil); err != nil {
		t.Fatal(err)
	}
	got, err := readLast(file.String())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Booked) != 2 || len(got.Funds) != 1 {
		t.Fatalf("%d bookings of %d funds, want 2 of 1", len(got.Booked), len(got.Funds))
	}
	for i, b := range got.Booked {
		want := r.Booked[i]
		if !b.Amount.Equal(want.Amount) || !b.USD.Equal(want.USD) {
			t.Errorf("booking %d: %s and %s USD, want %s and %s", i, b.Amount, b.USD, want.Amount, want.USD)
		}
		b.Amount, b.USD = want.Amount, want.USD
		if !reflect.DeepEqual(b, want) {
			t.Errorf("booking %d: %+v, want %+v", i, b, want)
		}
	}
}

func readLast(content string) (*calc.LastSet, error) {
	set, err := ReadSet([]byte(content))
	if err != nil {
		return nil, err
	}
	return set.Last()
}

func TestReadLastRefuses(t *testing.T) {
	for content, want := range map[string]string{
		`{`:                       "reading run.json: ",
		`{"as_of": "31.10.2020"}`: "reading run.json: as_of: ",
		`{"as_of": "2020-10-31", "funds": [{"participant_id": "9", "earning_period": "2020"}]}`:                        "fund of 9: ",
		`{"as_of": "2020-10-31", "booked": [{"participant_id": "9", "earning_period": "2020"}]}`:                       "booking for 9: ",
		`{"as_of": "2020-10-31", "booked": [{"participant_id": "9", "earning_period": "FY20H2", "event": "accrued"}]}`: `booking for 9: "accrued" is no event of the journal`,
	} {
		t.Run(content, func(t *testing.T) {
			if _, err := readLast(content); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", content, err, want)
			}
		})
	}
}
