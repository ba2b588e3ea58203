package main

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

func acknowledgedIn(content string) ([]calc.Acknowledgement, error) {
	return parseAcknowledged(strings.NewReader(content), int64(len(content)), table.Options{})
}

func TestAcknowledgedFile(t *testing.T) {
	period, err := calc.ParsePeriod("FY20H2")
	if err != nil {
		t.Fatal(err)
	}
	day := calc.MustDate(2020, time.August, 31)
	want := []calc.Acknowledgement{
		{Code: calc.Forfeited, Participant: "4400123", Program: "CSP 1T Direct Partner", Period: period, By: "A. Accountant", On: day, Comment: "too late, \"known\"",
			Place: calc.Place{File: "acknowledged.csv", Row: 2}},
		{Code: calc.Restated, Earning: "E-17", By: "A. Accountant", On: day, Place: calc.Place{File: "acknowledged.csv", Row: 4}},
	}
	for name, content := range map[string]string{
		"comma": "code,participant_id,program,period_or_earning,by,date,comment\n" +
			"FORFEITED,4400123,CSP 1T Direct Partner,FY20H2,A. Accountant,2020-08-31,\"too late, \"\"known\"\"\"\n\n" +
			"RESTATED,,,E-17,A. Accountant,2020-08-31,\n",
		"saved by a spreadsheet, in another order": "\ufeffcomment;date;by;period_or_earning;program;participant_id;code\r\n" +
			"\"too late, \"\"known\"\"\";2020-08-31;A. Accountant;fy20 h2;CSP 1T Direct Partner; 4400123 ;FORFEITED\r\n;;;;;;\r\n" +
			";2020-08-31;A. Accountant;E-17;;;RESTATED\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := acknowledgedIn(content)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, want)
			}
		})
	}
}

func TestAcknowledgedFileRefused(t *testing.T) {
	const header = "code,participant_id,program,period_or_earning,by,date,comment\n"
	for _, c := range []struct {
		name, content string
		want          []string
	}{
		{"columns", "code,participant,program,period_or_earning,by,date,date\n", []string{
			"row 1, column participant: the column is not known", "row 1, column date: the column is here twice",
			"row 1, column participant_id: the column is missing", "row 1, column comment: the column is missing"}},
		{"cells", header + "RESTATE,,,,A. Accountant,2020-08-31,\n\nRESTATED,,,,,31.08.2020,\n", []string{
			`row 2, column code: there is no such code (found "RESTATE")`, "row 4, column by: nobody is named", `row 4, column date: this is no date (found "31.08.2020")`}},
		{"blank code", header + ",,,,A. Accountant,2020-08-31,\n", []string{"row 2, column code: there is no such code"}},
		{"too many fields", header + "RESTATED,,,,A. Accountant,2020-08-31,seen, and filed\n", []string{"row 2: the header has 7 fields, the row 8"}},
		{"cut off", "code,program,period_or_earning,by,date,comment,participant_id\nRESTATED,,,A. Accountant,2020-08-31,,44", []string{
			`row 2, column participant_id: the file ends in the middle of a line, so that this value may be cut off (found "44")`}},
		{"a quote", header + "RESTATED,,,,A. \"B\" Berg,2020-08-31,\n", []string{"row 2: a quote inside of a field"}},
		{"empty", "", []string{"the file is empty"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := acknowledgedIn(c.content)
			var faults *table.Faults
			if !errors.As(err, &faults) || len(faults.List) != len(c.want) {
				t.Errorf("%s: %v, want %d faults", c.name, err, len(c.want))
				return
			}
			for i, f := range faults.List {
				if !strings.HasPrefix(f.String(), c.want[i]) {
					t.Errorf("%s: %s, want %s", c.name, f, c.want[i])
				}
			}
		})
	}
}
