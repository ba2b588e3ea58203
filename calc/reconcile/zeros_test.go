package reconcile_test

import (
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
)

// Ids of digits only that differ in leading zeros are two ids, and an error.
func TestLeadingZeros(t *testing.T) {
	row := func(id, participant, amount string) line {
		l := coop(id, "2020-03-31", amount)
		l.participant = participant
		return l
	}
	for _, c := range []struct {
		name string
		rows []line
		want []string // what the findings name
	}{
		{"participants", []line{row("E1", "0440123", "10"), row("E2", "440123", "7")}, []string{"participant 440123 (0.00 USD of rebate, 7.00 USD of co-op) differs from 0440123 (0.00 and 10.00)"}},
		{"three participants", []line{row("E1", "0440123", "10"), row("E2", "440123", "7"), row("E3", "00440123", "1")}, []string{"participant 0440123 ", "participant 440123 "}},
		{"other participants", []line{row("E1", "0440123", "10"), row("E2", "4401230", "7"), row("E3", "A0440123", "1"), row("E4", "A440123", "1")}, nil},
		{"earnings", []line{row("0001", "p", "10"), row("1", "p", "7"), row("01", "p", "2")}, []string{"earning 1 (7.00 USD) differs from 0001 (10.00 USD) in", "earning 01 (2.00 USD) differs from 0001 (10.00 USD) in"}},
		{"zero itself", []line{row("0", "p", "10"), row("00", "p", "7")}, []string{"earning 00 "}},
		{"other earnings", []line{row("0001", "p", "10"), row("10", "p", "7"), row("E1", "p", "7"), row("E01", "p", "7")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf("2020-09-30", export("a.csv", c.rows...)).calculate(t)
			var messages []string
			for _, f := range r.Findings {
				if f.Code() == calc.LeadingZeros {
					messages = append(messages, f.Message())
					if f.Severity() != calc.Error {
						t.Errorf("severity %s", f.Severity())
					}
				}
			}
			if len(messages) != len(c.want) {
				t.Fatalf("%q", messages)
			}
			for i, want := range c.want {
				if !strings.HasPrefix(messages[i], want) {
					t.Errorf("%q, want %q", messages[i], want)
				}
			}
		})
	}
}

// A word that nobody knows is reported with its rows and money.
func TestUnknownWords(t *testing.T) {
	typed := func(id, typ, reason, status string) line {
		l := coop(id, "2020-03-31", "5")
		l.typ, l.reason, l.status = typ, reason, status
		return l
	}
	r := asOf("2020-09-30", export("a.csv",
		typed("1", "MDF", "", "Sent"), typed("2", "MDF", "", "Sent"), typed("3", "Coop", "Whim", "Sent"), typed("4", "Coop", "", "Frozen"),
		typed("5", "Co–operative funds", "AR Compliance", "Tax invoice rejected"), typed("6", "Adjustment-Coop", "Whim", "n/a"), typed("7", "Claim", "", "Escheated"),
	)).calculate(t)
	for code, want := range map[calc.Code][]string{
		calc.UnknownEarningType:   {`2 rows from here on, 10.00 USD together: the earning type "MDF" is not known`},
		calc.UnknownReasonCode:    {`2 rows from here on, 10.00 USD together: the reason code "Whim" is not known`},
		calc.UnknownPaymentStatus: {`1 row, 5.00 USD: the payment status "Frozen" is not known`},
	} {
		var got []string
		for _, f := range r.Findings {
			if f.Code() == code {
				got = append(got, f.Message())
			}
		}
		if len(got) != len(want) || !strings.HasPrefix(got[0], want[0]) {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if b := onlyBalance(t, r); b.CoOp.String() != "20" || b.Other.String() != "10" {
		t.Errorf("co-op %s, other %s", b.CoOp, b.Other)
	}
}

// A row of type Claim pays a claim, whatever the configuration says of Coop rows
// with a claimId.
func TestTypeClaim(t *testing.T) {
	paid := func(id, claim string) line {
		l := coop(id, "2020-03-31", "5")
		l.typ, l.claimID = "Claim", claim
		return l
	}
	r := asOf("2020-09-30", export("a.csv", coop("1", "2020-03-31", "7"), paid("2", "C1"), paid("3", ""))).calculate(t)
	if b := onlyBalance(t, r); b.CoOp.String() != "7" || !b.Other.IsZero() {
		t.Errorf("co-op %s, other %s", b.CoOp, b.Other)
	}
	for code, want := range map[calc.Code][]string{
		calc.ClaimPaymentRows: {`1 row, 5.00 USD: the payment of a claim (type "Claim"), but the claimId is blank`, `1 row, 5.00 USD: the payment of a claim (type "Claim"), not counted`},
	} {
		var got []string
		for _, f := range r.Findings {
			if f.Code() == code {
				got = append(got, f.Message())
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%s: %q", code, got)
		}
		for i := range want {
			if !strings.HasPrefix(got[i], want[i]) {
				t.Errorf("%s: %q, want %q", code, got[i], want[i])
			}
		}
	}
}

// Unknown columns are one finding, however many files have them.
func TestUnknownColumnsOnce(t *testing.T) {
	files := []*calc.Source{}
	for _, name := range []string{"b.csv", "a.csv", "c.csv"} {
		s := &calc.Source{File: name, SHA256: name, Kind: calc.KindEarnings}
		message := "unknown columns are ignored: \"novelty\""
		if name == "c.csv" {
			message = "unknown columns are ignored: \"other\""
		}
		s.Findings = []calc.Finding{calc.NewFinding(calc.Info, calc.UnknownColumns, calc.Say("%s", message))}
		files = append(files, s)
	}
	r := calculateInput(t, calc.Input{AsOf: day("2020-09-30"), Sources: files, Policy: calc.DefaultPolicy()})
	var got []string
	for _, f := range r.Findings {
		if f.Code() == calc.UnknownColumns {
			got = append(got, f.Place().File+": "+f.Message())
		}
	}
	want := []string{`a.csv: unknown columns are ignored: "novelty" (here and in 1 other file)`, `c.csv: unknown columns are ignored: "other"`}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
