package importer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"

	"github.com/xuri/excelize/v2"
)

// quoteField puts a field with commas in quotes.
func quoteField(s string) string {
	if strings.ContainsAny(s, ",\"") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// moneyExport is a small export of earnings in EUR: amount and USD figure of each.
func moneyExport(delimiter string, pairs ...[2]string) []byte {
	rows := []string{strings.Join([]string{"earningId", "participantId", "programName", "earningType", "earningDate", "earningAmount", "transactionCurrency", "earningAmountUSD"}, delimiter)}
	for i, p := range pairs {
		rows = append(rows, strings.Join([]string{fmt.Sprint("E", i), "a", "p", "Coop", "2020-03-31", quoteField(p[0]), "EUR", quoteField(p[1])}, delimiter))
	}
	return lines(rows...)
}

// Amounts in accounting format have one reading where the file proves its marks.
func TestAccountingFormats(t *testing.T) {
	const a, b = "2020-03-31 5400.03 EUR 5940.03", "2020-03-31 -150.24 EUR -165.26"
	for _, c := range []struct {
		name, delimiter string
		pairs           [][2]string
		want            []string
	}{
		{"commas group", ",", [][2]string{{"5,400.03", "5,940.03"}, {"-150.24", "-165.26"}}, []string{a, b}},
		{"points group", ";", [][2]string{{"5.400,03", "5.940,03"}, {"-150,24", "-165,26"}}, []string{a, b}},
		{"points group, tabs between", "\t", [][2]string{{"5.400,03", "5.940,03"}, {"150,24-", "165,26-"}}, []string{a, b}},
		{"blanks group", ";", [][2]string{{"5 400,03", "5\u00a0940,03"}, {"−150,24", "-165,26"}}, []string{a, b}},
		{"narrow blanks group", ";", [][2]string{{"5\u202f400,03", "5\u2009940,03"}, {"-150,24", "-165,26"}}, []string{a, b}},
		{"apostrophes group", ",", [][2]string{{"5'400.03", "5’940.03"}, {"-150.24", "-165.26"}}, []string{a, b}},
		{"brackets", ",", [][2]string{{"5,400.03", "5,940.03"}, {"(150.24)", "( 165.26 )"}}, []string{a, b}},
		{"signs", ",", [][2]string{{"€5,400.03", "$5,940.03"}, {"-€150.24", "$(165.26)"}}, []string{a, b}},
		{"codes", ";", [][2]string{{"EUR 5.400,03", "US$ 5.940,03"}, {"150,24- EUR", "USD -165,26"}}, []string{a, b}},
		{"signs behind", ";", [][2]string{{"5 400,03 €", "5 940,03 $"}, {"-150,24 €", "(165,26 $)"}}, []string{a, b}},
		{"padded", ",", [][2]string{{" 5,400.03 ", " 5,940.03 "}, {" (150.24)", " (165.26)"}}, []string{a, b}},
		{"a dash is zero", ",", [][2]string{{" 5,400.03 ", " $5,940.03 "}, {" -   ", " $-   "}}, []string{a, "2020-03-31 0 EUR 0"}},
		{"whole thousands beside proven ones", ",", [][2]string{{"5,400.03", "5,940.03"}, {"1,234", "1,300"}}, []string{a, "2020-03-31 1234 EUR 1300"}},
		{"whole thousands beside points", ";", [][2]string{{"5.400,03", "5.940,03"}, {"1.234", "1.300"}}, []string{a, "2020-03-31 1234 EUR 1300"}},
		{"millions prove the grouping", ",", [][2]string{{"1,234,567", "1,300,000"}, {"1,234", "1,300"}}, []string{"2020-03-31 1234567 EUR 1300000", "2020-03-31 1234 EUR 1300"}},
		{"lakhs", ",", [][2]string{{"12,34,567.50", "5,940.03"}, {"-150.24", "-165.26"}}, []string{"2020-03-31 1234567.5 EUR 5940.03", b}},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := moneyExport(c.delimiter, c.pairs...)
			wantLines(t, "csv", amounts(taken(t, data, Options{})), c.want...)
			wantSame(t, c.name, data, Options{KeepDetail: true})
			rows := [][]any{{"earningId", "participantId", "programName", "earningType", "earningDate", "earningAmount", "transactionCurrency", "earningAmountUSD"}}
			for i, p := range c.pairs {
				rows = append(rows, []any{fmt.Sprint("E", i), "a", "p", "Coop", "2020-03-31", p[0], "EUR", p[1]})
			}
			wantLines(t, "xlsx", amounts(taken(t, workbook(t, sheet{name: "S", rows: rows}), Options{})), c.want...)
		})
	}
}

// What could be read in two ways, and a sign that contradicts its currency, is
// refused.
func TestAccountingFormatsRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		pairs [][2]string
		want  []string
	}{
		{"nothing proves the mark", [][2]string{{"1,234", "1,300"}}, []string{"2 earningAmount: no number of the file shows"}},
		{"a grouping that nothing proves", [][2]string{{"12.50", "13.50"}, {"1,234", "1.00"}}, []string{"3 earningAmount: groups thousands or has another decimal mark"}},
		{"marks that contradict", [][2]string{{"5,400.03", "5.940,03"}}, []string{"2 earningAmountUSD: decimal marks contradict each other"}},
		{"a dollar for euros", [][2]string{{"$5.00", "$5.50"}}, []string{`2 earningAmount: has the currency sign "$", but the amount is in EUR`}},
		{"a euro for dollars", [][2]string{{"€5.00", "€5.50"}}, []string{`2 earningAmountUSD: has the currency sign "€", but the amount is in USD`}},
		{"another code", [][2]string{{"5.00 GBP", "5.50"}}, []string{`2 earningAmount: has the currency sign "GBP"`}},
		{"a Canadian dollar for USD", [][2]string{{"5.00", "CA$5.50"}}, []string{`2 earningAmountUSD: has the currency sign "CA$"`}},
		{"a dash beside plain numbers", [][2]string{{"5.00", "5.50"}, {"-", "-"}}, []string{"3 earningAmount: is no number: a dash", "3 earningAmountUSD: is no number: a dash"}},
		{"a dash beside accounting in another column", [][2]string{{"5.00", "(5.50)"}, {" - ", " - "}}, []string{"3 earningAmount: is no number: a dash"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFaults(t, moneyExport(",", c.pairs...), Options{}, c.want...) })
	}
	configured := Options{DecimalMark: '.'}
	wantLines(t, "with decimal_mark", amounts(taken(t, moneyExport(",", [2]string{"1,234", "1,300"}), configured)), "2020-03-31 1234 EUR 1300")
}

// Any dollar may be written "$" in its own currency.
func TestDollarsOfOtherCountries(t *testing.T) {
	for _, code := range []string{"AUD", "CAD", "USD", "MXN", "SGD"} {
		t.Run(code, func(t *testing.T) {
			data := earnings("E1,a,p,Coop,2020-03-31,$5.00," + code + ",$5.00,SENT")
			if s := taken(t, data, Options{}); s.Earnings.Len() != 1 {
				t.Errorf("%d earnings", s.Earnings.Len())
			}
		})
	}
	payments := lines("paymentID,participantID,programName,totalPayment,earned,earnedUSD,currencyCode,paymentDate", `77,a,p,"€1,005.00","€1,005.00","$1,100.00",EUR,31/01/20`)
	if s := taken(t, payments, Options{}); s.Payments[0].Total.Decimal.String() != "1005" || s.Payments[0].Currency != "EUR" {
		t.Errorf("%+v", s.Payments[0])
	}
	wantFaults(t, lines("paymentID,participantID,programName,totalPayment,earned,earnedUSD,currencyCode,paymentDate", `77,a,p,£5.00,5.00,5.00,EUR,2020-01-31`), Options{}, `2 totalPayment: has the currency sign "£"`)
	claim := func(amount string) []byte {
		return lines("claimId,participantId,programName,usagePeriod,currency,amount,status", "C1,a,p,FY21H1,EUR,"+quoteField(amount)+",Approved")
	}
	if s := taken(t, claim("€ 1,500.00 "), Options{}); s.Register[0].Amount.String() != "1500" {
		t.Errorf("%+v", s.Register[0])
	}
	wantFaults(t, claim("$1,500.00"), Options{}, `2 amount: has the currency sign "$"`)
	wantFaults(t, claim("(1,500.00)"), Options{}, "2 amount: a claim cannot be negative")
}

// dated is an export with these dates, one a row.
func dated(dates ...string) []byte {
	var rows []string
	for i, d := range dates {
		rows = append(rows, fmt.Sprintf("E%d,a,p,Coop,%s,1.00,USD,1.00,SENT", i, d))
	}
	return earnings(rows...)
}

func TestShortYears(t *testing.T) {
	for _, c := range []struct {
		name  string
		dates []string
		want  []string // none: refused
	}{
		{"month first", []string{"1/31/20", "2/5/20"}, []string{"2020-01-31", "2020-02-05"}},
		{"day first", []string{"31/01/20", "05/02/20"}, []string{"2020-01-31", "2020-02-05"}},
		{"dots", []string{"05.02.20", "06.03.20"}, []string{"2020-02-05", "2020-03-06"}},
		{"dashes", []string{"31-01-20", "05-02-20"}, []string{"2020-01-31", "2020-02-05"}},
		{"names", []string{"31-Jan-20", "5 Feb 20"}, []string{"2020-01-31", "2020-02-05"}},
		{"beside four digits", []string{"31/01/2020", "05/02/20"}, []string{"2020-01-31", "2020-02-05"}},
		{"the order is open", []string{"05/02/20"}, nil},
		{"the year is open", []string{"05-02-20"}, nil},
		{"the year comes first", []string{"20-01-31", "20-02-28"}, nil},
		{"orders that contradict", []string{"31/01/20", "1/31/20"}, nil},
		{"the last century", []string{"31/01/99"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := dated(c.dates...)
			if c.want == nil {
				refusal(t, data, Options{})
				return
			}
			var got []string
			for _, e := range taken(t, data, Options{}).Earnings.All() {
				got = append(got, e.Date().String())
			}
			wantLines(t, "dates", got, c.want...)
			wantSame(t, c.name, data, Options{})
		})
	}
	first := true
	if s := taken(t, dated("05-02-20"), Options{DayFirst: &first}); s.Earnings.At(0).Date().String() != "2020-02-05" {
		t.Errorf("with date_order: %s", s.Earnings.At(0).Date())
	}
}

// A column in which days up to the 12th are certain dates, and later ones texts
// in the other order, was swapped by a spreadsheet of another region.
func TestSwappedDays(t *testing.T) {
	const swapped = "day and month changed places"
	for _, c := range []struct {
		name  string
		dates []string
		taken bool
	}{
		{"German dates among American ones", []string{"01.03.2020", "1/31/2020 12:00:00 AM", "02.07.2020"}, false},
		{"ISO dates among American ones", []string{"2020-03-01", "1/31/2020", "2020-07-02"}, false},
		{"ISO dates among British ones", []string{"2020-03-01", "31/01/2020"}, false},
		{"names among American ones", []string{"1-Mar-20", "1/31/20"}, false},
		{"a certain date late in a month", []string{"2020-03-01", "1/31/2020", "2020-07-31"}, true},
		{"all American", []string{"1/3/2020", "1/31/2020", "2/7/2020"}, true},
		{"British texts of two digits among American ones", []string{"03/01/20 12:00 AM", "1/31/2020 12:00:00 AM", "07/02/20 12:00 AM"}, false},
		{"padded texts among others", []string{"03/01/2020", "1/31/2020", "07/02/2020"}, false},
		{"texts with a time of day among others", []string{"03/01/2020 00:00", "1/31/2020 12:00:00 AM", "07/02/2020 00:00"}, false},
		{"texts with other dashes among others", []string{"03-01-2020", "1/31/2020", "07-02-2020"}, false},
		{"padded as the certain ones", []string{"03/01/2020", "01/31/2020", "10/11/2020"}, true},
		{"nothing to pad", []string{"10/11/2020", "1/31/2020"}, true},
		{"a certain one in the same form", []string{"03/01/20", "1/31/2020", "01/31/20"}, true},
		{"days that are their months", []string{"03/03/20", "1/31/2020"}, true},
		{"all certain", []string{"2020-03-01", "01.03.2020", "1 Mar 2020"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := dated(c.dates...)
			if c.taken {
				taken(t, data, Options{})
				return
			}
			wantFaults(t, data, Options{}, "2 earningDate: "+swapped)
			wantSame(t, c.name, data, Options{})
		})
	}
	for _, c := range []struct {
		name string
		days []any
		want bool
	}{
		{"swapped", []any{"2020-03-01", "1/31/2020 12:00:00 AM", "2020-07-02"}, true},
		{"swapped the other way", []any{"2020-03-01", "31/01/2020", "2020-07-02"}, true},
		{"a date cell late in a month", []any{"2020-03-01", "1/31/2020", "2020-07-31"}, false},
		{"dates only", []any{"2020-03-01", "2020-07-02"}, false},
	} {
		for _, column := range []string{"earningDate", "calculationDate"} {
			t.Run(c.name+" in "+column, func(t *testing.T) {
				rows := [][]any{{"earningId", "participantId", "programName", "earningType", "earningDate", "earningAmountUSD", "calculationDate"}}
				for i, d := range c.days {
					day, certain := d, "2020-08-31"
					if text := d.(string); text[4] == '-' {
						day = excelDate(t, text)
					}
					row := []any{fmt.Sprint("E", i), "a", "p", "Coop", certain, 1.5, certain}
					row[slices.Index([]string{"earningDate", "", "calculationDate"}, column)+4] = day
					rows = append(rows, row)
				}
				data := workbook(t, sheet{name: "S", rows: rows, edit: func(f *excelize.File) {}})
				s, err := readBytes(t, data, Options{})
				switch {
				case c.want && (err == nil || !strings.Contains(everyFault(err), swapped)):
					t.Errorf("want it refused: %v", err)
				case !c.want && err != nil:
					t.Errorf("%s", everyFault(err))
				case !c.want && s.Earnings.Len() != len(c.days):
					t.Errorf("%d earnings", s.Earnings.Len())
				}
			})
		}
	}
}

func TestDatesBeforeMidnight(t *testing.T) {
	for _, c := range []struct {
		name  string
		dates []string
		want  string // of the message; "" for no finding
	}{
		{"an hour or two", []string{"2020-01-31T23:00:00", "2020-06-30T22:00:00", "2020-06-10T22:00:00"}, "all 3 dates of the column are at 22:00:00 or 23:00:00, as when a program moves midnight to another time zone; were they meant for the next day, 2 of them would be a month later"},
		{"seconds", []string{"2020-01-31T23:59:12", "2020-02-29T23:59:12"}, "all 2 dates of the column are at 23:59:12"},
		{"afternoon in another zone", []string{"2020-01-31T15:00:00", "2020-02-29T15:00:00"}, "all 2 dates of the column are at 15:00:00"},
		{"one at midnight", []string{"2020-01-31T23:00:00", "2020-02-29T00:00:00"}, ""},
		{"one without a time", []string{"2020-01-31T23:00:00", "2020-02-29"}, ""},
		{"real times", []string{"2020-01-31T23:00:00", "2020-02-29T21:14:00"}, ""},
		{"three times", []string{"2020-01-31T23:00:00", "2020-02-29T22:30:00", "2020-02-29T22:00:00"}, ""},
		{"noon", []string{"2020-01-31T12:00:00", "2020-02-29T12:00:00"}, ""},
		{"midnight", []string{"2020-01-31T00:00:00", "2020-02-29T00:00:00"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := dated(c.dates...)
			s := taken(t, data, Options{})
			if c.want == "" {
				if slices.ContainsFunc(s.Findings, func(f calc.Finding) bool { return f.Code() == calc.DatesBeforeMidnight }) {
					t.Error("a finding that should not be")
				}
			} else if f := finding(t, s, calc.DatesBeforeMidnight); !strings.HasPrefix(f.Message(), c.want) || f.Place().Column != "earningDate" {
				t.Errorf("%+v", f)
			}
			wantSame(t, c.name, data, Options{})
		})
	}
}

// Ids that spreadsheets and data tools retyped.
func TestRetypedIDs(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{`="E-1"`, "E-1"}, {`="900001"`, "900001"}, {`= "E-1"`, "E-1"}, {`="say ""E"""`, `say "E"`}, {`="E"&"1"`, ""},
		{`=T("0440123")`, "0440123"}, {`=t( "E-1" )`, "E-1"}, {"=A1", ""}, {`=TEXT(440123,"0000000")`, ""},
		{"'0440123", "0440123"}, {"'E-1", "'E-1"},
		{"900001.0", "900001"}, {"900001.00", "900001"}, {"0440123.0", "0440123"}, {"E-1.0", "E-1.0"}, {"900001.5", "900001.5"},
		{"1E+17", ""}, {"1e+17", ""}, {"1.5E+06", ""}, {"1234567890123456.0", ""}, {"4,400,123", ""}, {"4 400 123", ""}, {"4400123", "4400123"}, {"4,40", "4,40"},
	} {
		t.Run(c.written, func(t *testing.T) {
			for _, place := range []string{"%s,a,p,Coop,2020-03-31,1.00,USD,1.00,SENT", "E1,%s,p,Coop,2020-03-31,1.00,USD,1.00,SENT"} {
				data := earnings(fmt.Sprintf(place, quoteField(c.written)))
				if c.want == "" {
					if got := refusal(t, data, Options{}); len(got) != 1 || !strings.Contains(got[0], "the id ") {
						t.Errorf("%q", got)
					}
					continue
				}
				e := taken(t, data, Options{}).Earnings.At(0)
				if e.ID() != c.want && e.Participant() != c.want {
					t.Errorf("%q and %q", e.ID(), e.Participant())
				}
			}
		})
	}
	if e := taken(t, earnings(`="E-1",="0440123",p,Coop,="2020-03-31",="1.50",USD,="1.50",SENT`), Options{}).Earnings.At(0); e.ID() != "E-1" || e.Participant() != "0440123" || e.Amount().Decimal().String() != "1.5" {
		t.Errorf("without quotes around: %q, %q, %s", e.ID(), e.Participant(), e.Amount().Decimal())
	}
	numbers := workbook(t, sheet{name: "S", rows: [][]any{{"earningId", "participantId", "programName", "earningDate", "earningAmountUSD"}, {900001, 440123, "p", "2020-03-31", 1}},
		edit: func(f *excelize.File) {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &[]string{"0000000"}[0]})
			if err != nil || f.SetCellStyle("S", "B2", "B2", style) != nil {
				t.Fatal(err)
			}
		}})
	if e := taken(t, numbers, Options{}).Earnings.At(0); e.ID() != "900001" || e.Participant() != "0440123" {
		t.Errorf("%q and %q", e.ID(), e.Participant())
	}
}

func TestDateSerialsInTexts(t *testing.T) {
	for written, want := range map[string]string{
		"45930":   "2 earningDate: is the number by which a spreadsheet stores a date",
		"43861.5": "2 earningDate: is the number by which a spreadsheet stores a date",
		"36525":   "2 earningDate: is no date",
		"202003":  "2 earningDate: is no date",
	} {
		t.Run(written, func(t *testing.T) { wantFaults(t, dated(written), Options{}, want) })
	}
}

func TestOtherReports(t *testing.T) {
	for _, c := range []struct{ name, header, row string }{
		{"Ineligible revenue usage", "agreementNumber,customerId,partnerId,partnerName,reason,transactionAmountUSD,transactionDate,unearnedId", "1,2,3,n,late,5.00,2020-03-31,u"},
		{"Ineligible revenue usage", "unearnedId,customerName,reason", "1,2,late"},
		{"MaxCapBalance", "participantID,programName,engagementName,leverName,customerID,maxCapUSD,totalEarningsUSD,balanceEarningOpportunityUSD", "1,p,e,l,c,5.00,5.00,5.00"},
		{"Historical statements", "Revenue Source,Order ID,Transaction ID,Transaction Date Time,Product ID,Transaction Currency,Transaction Amount,App Proceeds,Payment,Payment Currency", "Store,1,2,2018-03-01,3,USD,1.00,1.00,1.00,USD"},
	} {
		t.Run(c.header, func(t *testing.T) {
			want := fmt.Sprintf("this is Partner Center's %q report", c.name)
			wantFaults(t, lines(c.header, c.row), Options{}, "1: "+want)
			wantFaults(t, lines("Some title", c.header, c.row), Options{}, "2: "+want)
			var header, row []any
			for _, h := range strings.Split(c.header, ",") {
				header = append(header, h)
			}
			for _, v := range strings.Split(c.row, ",") {
				row = append(row, v)
			}
			other := sheet{name: "Other", rows: [][]any{header, row}}
			wantFaults(t, workbook(t, other), Options{}, "1: "+want)
			s := taken(t, workbook(t, sheet{name: "E", rows: [][]any{exportHeader, {"E1", 4400123, "CSP", "Coop", "2020-03-31", 10.25, "USD", 10.25}}}, other), Options{})
			if f := finding(t, s, calc.SheetPassedOver); !strings.Contains(f.Message(), c.name) {
				t.Errorf("%+v", f)
			}
		})
	}
	store := func(program string) []byte {
		return earnings("E1,a,"+program+",Sell,2020-03-31,1.00,USD,1.00,SENT", "E2,a,"+program+",Fee,2020-03-31,1.00,USD,1.00,SENT")
	}
	for _, program := range []string{"Commercial Marketplace", "Azure Marketplace", "Microsoft Store", "Office 365 Store"} {
		t.Run(program, func(t *testing.T) {
			wantFaults(t, store(program), Options{}, "0: this is Partner Center's Store or Marketplace report")
		})
	}
	for _, program := range []string{"CSP Indirect Provider", "Marketplace Incentives", "Storefront bonus"} {
		t.Run(program, func(t *testing.T) { taken(t, store(program), Options{}) })
	}
	taken(t, earnings("E1,a,Microsoft Store,Sell,2020-03-31,1.00,USD,1.00,SENT", "E2,a,CSP,Coop,2020-03-31,1.00,USD,1.00,SENT"), Options{})
}

func TestSubtotalsAndNotes(t *testing.T) {
	month := func(rows ...string) []byte {
		return lines(append([]string{"Month,Partner ID,Program,Amount,Currency"}, rows...)...)
	}
	const data = "2020-01,4400123,CSP,9.05,USD"
	for _, c := range []struct {
		row, want string
	}{
		{"Subtotal,,,9.05,", "3: this looks like a subtotal"},
		{"Sub-total Q1,,,9.05,USD", "3: this looks like a subtotal"},
		{"Zwischensumme:,,,9.05,", "3: this looks like a subtotal"},
		{",4400123 Total,,9.05,", "3: this looks like a subtotal"},
		{"2020-01 Total,,,9.05,", "3: this looks like a subtotal"},
		{",,CSP Indirect Provider Ergebnis,9.05,", "3: this looks like a subtotal"},
		{"Confidential - Contoso,,,,", "3: this looks like a note"},
		{"Generated on 1 October,,,,by Fabrikam", "3: this looks like a note"},
		{"* all amounts before tax", "3: this looks like a note"},
	} {
		t.Run(c.row, func(t *testing.T) {
			wantFaults(t, month(data, c.row), Options{}, c.want)
			wantSame(t, c.row, month(data, c.row, data), Options{})
		})
	}
	for _, row := range []string{"2020-02,Subtotal Ltd,CSP,9.05,USD", "2020-02,4400123,Total Solutions,9.05,USD"} {
		t.Run(row, func(t *testing.T) { taken(t, month(data, row), Options{}) })
	}
}

func TestHeadersOfDashboards(t *testing.T) {
	for _, c := range []struct{ header, row, want string }{
		{"Earnings[earningDate],'My table'[participantId],[programName],Earnings[earningAmount],Earnings[transactionCurrency],Earnings[earningAmountUSD]", "2020-03-31,a,p,5.00,EUR,5.50", "2020-03-31 5 EUR 5.5"},
		{"Earned date,Enrollment ID,Program name,Total amount,Currency,Amount USD", "2020-03-31,a,p,5.00,EUR,5.50", "2020-03-31 5 EUR 5.5"},
		{"EarnedDate,MPN,Program,Earning (EUR),Earning (USD)", "2020-03-31,a,p,5.00,5.50", "2020-03-31 5 EUR 5.5"},
		{"Month,Location ID,Program,Earnings [EUR],Earnings in USD", "2020-03,a,p,5.00,5.50", "2020-03-31 5 EUR 5.5"},
		{"Month,PartnerID,Program,Amount_USD", "2020-03,a,p,5.50", "2020-03-31 5.5 USD 5.5"},
		{"Month,PartnerID,Program,Amount ($),Currency", "2020-03,a,p,5.50,USD", "2020-03-31 5.5 USD 5.5"},
		{`="Month",="PartnerID",="Program",="Amount (USD)"`, "2020-03,a,p,5.50", "2020-03-31 5.5 USD 5.5"},
	} {
		t.Run(c.header, func(t *testing.T) {
			s := taken(t, lines(c.header, c.row), Options{})
			wantLines(t, "earnings", amounts(s), c.want)
			if s.Earnings.At(0).Participant() != "a" || s.Earnings.At(0).Program() != "p" {
				t.Errorf("%+v", s.Earnings.At(0).Key(calc.ParticipantColumn, calc.ProgramColumn, calc.CountryColumn))
			}
			for _, f := range s.Findings {
				if f.Code() == calc.UnknownColumns || f.Code() == calc.TwoColumns {
					t.Errorf("%+v", f)
				}
			}
		})
	}
	wantFaults(t, lines("Month,PartnerID,Program,Amount ($),Currency", "2020-03,a,p,5.50,EUR"), Options{}, `2 Amount ($): has the currency sign "$", but the amount is in EUR`)
	wantFaults(t, lines("Month,PartnerID,Program,Amount ($)", "2020-03,a,p,5.50"), Options{}, `1 transactionCurrency: the required column is missing`)
}

// A character that no cell may hold names its column by the header.
func TestBadCharactersNameTheirColumn(t *testing.T) {
	wantFaults(t, earnings("E1,a,p,Coop,2020-03-31,1.00,USD,1.00,SE\x01NT"), Options{}, "2 paymentStatus: the control character U+0001")
	got := refusal(t, earnings("E1,a,p\x00,Coop,2020-03-31,1.00,USD,1.00,SENT"), Options{})
	if len(got) == 0 || !strings.HasPrefix(got[0], "2 programName: a NUL character") {
		t.Errorf("%q", got)
	}
}
