package importer

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"cspcoop/calc"

	"golang.org/x/text/encoding/unicode"
)

const controlsHeader = "as_of,participant_id,program,earning_period,month,figure,amount,currency,source,by"

func inWords(list []calc.Control) []string {
	var lines []string
	for _, c := range list {
		lines = append(lines, strings.Join([]string{c.AsOf.String(), c.Participant, c.Program, c.Period.String(), c.Month.String(), c.Figure.String(), c.Amount.String(), c.Currency, c.Source, c.By, fmt.Sprint(c.Place.Row)}, "|"))
	}
	return lines
}

func readControls(t *testing.T, data []byte, o Options) []calc.Control {
	t.Helper()
	list, err := ReadControls(t.Context(), bytes.NewReader(data), int64(len(data)), o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Controls are read as people write them.
func TestControls(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"as in the contract", "2022-01-31,4400123,CSP Indirect Reseller,FY22H1,,coop,1234.50,EUR,Earnings page,A. Controller", "2022-01-31|4400123|CSP Indirect Reseller|FY22H1||coop|1234.5|EUR|Earnings page|A. Controller|2"},
		{"months and words", "2022-01-31, 4400123 ,x,Jul-Dec 2021,,Co-op,\"1,234.50\",eur,p,b", "2022-01-31|4400123|x|FY22H1||coop|1234.5|EUR|p|b|2"},
		{"a month", "2022-01-31,4400123,x,,2021-12,Rebate earned,1,USD,p,b", ""},
		{"a month in words", "2022-01-31,4400123,x,FY22H1,Dec 2021,REBATE,1,USD,p,b", "2022-01-31|4400123|x|FY22H1|2021-12|rebate|1|USD|p|b|2"},
		{"a month as a spreadsheet writes it", "2022-01-31,4400123,x,,Dec-21,other,-1,USD,p,b", "2022-01-31|4400123|x||2021-12|other|-1|USD|p|b|2"},
		{"a number of locations", "2022-01-31,,,,,Locations,12,USD,p,b", "2022-01-31|||||locations|12||p|b|2"},
		{"payments of all programs", "2022-01-31,Contoso GmbH,,,2021-12,payments,5,USD,p,b", "2022-01-31|Contoso GmbH|||2021-12|payment|5|USD|p|b|2"},
		{"remaining co-op", "2022-01-31,1,x,FY22H1,,Remaining co-op,5,USD,p,b", "2022-01-31|1|x|FY22H1||remaining|5|USD|p|b|2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := lines(controlsHeader, c.line)
			if c.want == "" {
				if _, err := ReadControls(t.Context(), bytes.NewReader(data), int64(len(data)), Options{}); err == nil || !strings.Contains(err.Error(), "is no figure to compare with") {
					t.Errorf("error %v", err)
				}
				return
			}
			wantLines(t, "controls", inWords(readControls(t, data, Options{})), c.want)
		})
	}
}

// A spreadsheet that saves the file again does not harm it.
func TestControlsInDialects(t *testing.T) {
	want := inWords(readControls(t, lines(controlsHeader, "2022-01-31,4400123,x,FY22H1,,coop,1234.50,EUR,p,b"), Options{}))
	german := "as_of;participant_id;program;earning_period;month;figure;amount;currency;source;by\r\n31.01.2022;4400123;x;FY22H1;;coop;1.234,50;EUR;p;b\r\n"
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(german)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"semicolons and decimal commas": german, "a byte-order mark": "\ufeff" + german, "UTF-16": wide,
		"tabs": strings.ReplaceAll(german, ";", "\t"), "columns in another order": "by,source,currency,amount,figure,month,earning_period,program,participant_id,as_of\nb,p,EUR,1234.50,coop,,FY22H1,x,4400123,2022-01-31\n",
	} {
		t.Run(name, func(t *testing.T) {
			wantLines(t, "controls", inWords(readControls(t, []byte(text), Options{})), want...)
		})
	}
}

func TestControlsFaults(t *testing.T) {
	o := Options{Controls: true}
	for _, c := range []struct {
		name string
		rows []string
		want []string
	}{
		{"every bad cell", []string{"2022-02-30,4400123,x,FY22,soon,profit,much,EURO,,"},
			[]string{"2 as_of: does not exist", "2 earning_period: is no half-year", "2 month: is no month", "2 figure: is no figure to compare with", "2 amount: is no number", "2 currency: is no ISO", "2 source: the cell is blank", "2 by: the cell is blank"}},
		{"no currency", []string{"2022-01-31,1,x,FY22H1,,coop,1,,p,b"}, []string{"2 currency: the amount has no currency"}},
		{"half a location", []string{"2022-01-31,,,,,locations,1.5,,p,b"}, []string{"2 amount: is no number of participants"}},
		{"a fund by month", []string{"2022-01-31,1,x,,2021-12,remaining,1,USD,p,b"}, []string{"2 month: co-op is claimed by earning period"}},
		{"a month of another period", []string{"2022-01-31,1,x,FY22H1,2022-01,coop,1,USD,p,b"}, []string{"2 month: is not in the earning period FY22H1"}},
		{"too few fields", []string{"2022-01-31,1,x,FY22H1,coop,1,USD,p,b"}, []string{"2: the header has 10 fields, the row 9"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantFaults(t, lines(append([]string{controlsHeader}, c.rows...)...), o, c.want...)
		})
	}
	t.Run("a column is missing", func(t *testing.T) {
		wantFaults(t, lines("as_of,program,earning_period,month,figure,amount,currency,source,by"), o, "1 participant_id: the required column is missing")
	})
	t.Run("the header alone", func(t *testing.T) {
		if list := readControls(t, lines(controlsHeader), Options{}); len(list) > 0 {
			t.Errorf("controls %v", list)
		}
	})
	t.Run("in the inbox", func(t *testing.T) {
		wantFaults(t, lines(controlsHeader, "2022-01-31,1,x,FY22H1,,coop,1,USD,p,b"), Options{}, "1: this is a list of control totals")
	})
	t.Run("an export in its place", func(t *testing.T) {
		data := lines("Month,Amount,Currency", "2020-03,5,USD")
		_, err := ReadControls(t.Context(), bytes.NewReader(data), int64(len(data)), Options{DefaultParticipant: "1", DefaultProgram: "x"})
		if err == nil || !strings.Contains(err.Error(), "the header is that of another report") {
			t.Errorf("error %v", err)
		}
	})
}
