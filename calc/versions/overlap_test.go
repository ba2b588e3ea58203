package versions_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/calc/versions"
)

// workbook makes a source whose sheets are written as "Jan: 2020-01 100, 2020-02 30 Coop".
// A row may name its type, a participant of digits and a currency other than USD,
// of which one is 1.10 USD.
func workbook(t *testing.T, sheets ...string) *calc.Source {
	t.Helper()
	s := &calc.Source{File: "book.xlsx", SHA256: "00", Receipt: 1, Kind: calc.KindMonthly}
	for i, text := range sheets {
		name, rows, _ := strings.Cut(text, ": ")
		name, noProgram := strings.CutSuffix(name, " without programs")
		name, noParticipant := strings.CutSuffix(name, " without participants")
		s.Sheets = append(s.Sheets, name)
		if noProgram || noParticipant {
			s.Filled = append(s.Filled, calc.Filled{Sheet: uint16(i), Program: noProgram, Participant: noParticipant})
		}
		for n, row := range strings.Split(rows, ", ") {
			words := strings.Fields(row)
			participant, program, typ, currency := "4711", "CSP Indirect Provider", "", "USD"
			for _, w := range words[2:] {
				switch {
				case w[0] == '@':
					program = w[1:]
				case w[0] >= '0' && w[0] <= '9':
					participant = w
				case strings.ToUpper(w) == w:
					currency = w
				default:
					typ = w
				}
			}
			day, err := calc.ParseDate(words[0] + "-15")
			if err != nil {
				t.Fatal(err)
			}
			amount := calc.NewAmount(decimal.RequireFromString(words[1]))
			usd := amount
			if currency != "USD" {
				usd = calc.NewAmount(amount.Decimal().Mul(decimal.RequireFromString("1.1")))
			}
			calctest.Add(s, calc.EarningCells{
				Participant: participant, Program: program, Type: typ, Currency: currency, Date: day, Amount: amount, USD: usd, Sheet: uint16(i), Row: uint32(n + 2),
			})
		}
	}
	return s
}

func TestSheetsOfOneWorkbook(t *testing.T) {
	for _, c := range []struct {
		name    string
		sheets  []string
		counted string // sum in all currencies
		found   string // repeated, different and unclear sheets
	}{
		{"months add up", []string{"Jan: 2020-01 100", "Feb: 2020-02 100"}, "200", ""},
		{"a summary beside its months", []string{"Summary: 2020-01 100, 2020-02 30.5, 2020-03 -7", "Jan: 2020-01 100", "Feb: 2020-02 30.5", "Mar: 2020-03 -7"}, "123.5", "repeated Summary"},
		{"a summary below them", []string{"Jan: 2020-01 100", "Feb: 2020-02 30", "Year: 2020-01 100, 2020-02 30"}, "130", "repeated Year"},
		{"one month is in the summary alone", []string{"Summary: 2020-01 100, 2020-02 30, 2020-03 5", "Jan: 2020-01 100", "Feb: 2020-02 30"}, "135", "repeated Summary"},
		{"a summary with a zero month", []string{"Summary: 2020-01 100, 2020-02 30, 2020-03 0", "Jan: 2020-01 100", "Feb: 2020-02 30", "Mar: 2020-03 5"}, "135", "repeated Summary"},
		{"details of two sheets summed", []string{"Total: 2020-01 150", "Azure: 2020-01 100", "Office: 2020-01 50"}, "150", "different Azure, repeated Total"},
		{"details with more rows are listed second", []string{"Summary: 2020-01 100, 2020-02 30", "Rows: 2020-01 60, 2020-01 40, 2020-02 30"}, "130", "repeated Summary"},
		{"details with more rows beside months", []string{"Rows: 2020-01 60, 2020-01 40, 2020-02 10, 2020-02 20", "Jan: 2020-01 100", "Feb: 2020-02 30"}, "130", "repeated Feb, repeated Jan"},
		{"two that are the same", []string{"A: 2020-01 100, 2020-02 30", "B: 2020-01 100, 2020-02 30"}, "130", "repeated B"},
		{"year, quarter and months", []string{"Year: 2020-01 1, 2020-02 2, 2020-03 3", "Q1: 2020-01 1, 2020-02 2, 2020-03 3", "Jan: 2020-01 1", "Feb: 2020-02 2", "Mar: 2020-03 3"}, "6", "repeated Q1, repeated Year"},
		{"two participants of one month", []string{"A: 2020-01 100, 2020-01 7 4712", "B: 2020-01 100, 2020-01 7 4712"}, "107", "repeated B"},
		{"rebate and co-op of one month", []string{"A: 2020-01 60 Rebate, 2020-01 40 Coop", "B: 2020-01 60 Rebate, 2020-01 40 Coop"}, "200", "unclear A"},
		{"one equal month and nothing else", []string{"A: 2020-01 100", "B: 2020-01 100"}, "200", "unclear A"},
		{"other totals", []string{"A: 2020-01 100, 2020-02 30", "B: 2020-01 10, 2020-02 3"}, "143", "different A"},
		{"one of three months is equal by chance", []string{"A: 2020-01 100, 2020-02 30, 2020-03 5", "B: 2020-01 10, 2020-02 3, 2020-03 5"}, "153", "different A"},
		{"a summary with a wrong month", []string{"Summary: 2020-01 100, 2020-02 31", "Jan: 2020-01 100", "Feb: 2020-02 30"}, "261", "different Summary, unclear Summary"},
		{"another type", []string{"A: 2020-01 60 Rebate, 2020-02 60 Rebate", "B: 2020-01 60 Coop, 2020-02 60 Coop"}, "240", ""},
		{"another currency", []string{"A: 2020-01 60 EUR, 2020-02 60 EUR", "B: 2020-01 60, 2020-02 60"}, "240", ""},
		{"another participant", []string{"A: 2020-01 60 4712, 2020-02 60 4712", "B: 2020-01 60, 2020-02 60"}, "240", ""},
		{"a summary without types", []string{"Summary: 2020-01 100, 2020-02 30", "Jan: 2020-01 60 Rebate, 2020-01 40 Coop", "Feb: 2020-02 18 Rebate, 2020-02 12 Coop"}, "130", "repeated Summary"},
		{"a summary without types, of one month", []string{"Jan: 2020-01 60 Rebate, 2020-01 40 Coop", "Summary: 2020-01 100"}, "100", "repeated Summary"},
		{"a summary without types, of sheets by type", []string{"Summary: 2020-01 100", "Rebate: 2020-01 60 Rebate", "Coop: 2020-01 40 Coop"}, "100", "repeated Summary"},
		{"types beside more rows without", []string{"Rows: 2020-01 20, 2020-01 80, 2020-02 10, 2020-02 20", "Types: 2020-01 60 Rebate, 2020-01 40 Coop, 2020-02 18 Rebate, 2020-02 12 Coop"}, "130", "repeated Rows"},
		{"types beside months without", []string{"Types: 2020-01 60 Rebate, 2020-01 40 Coop, 2020-02 18 Rebate, 2020-02 12 Coop", "Jan: 2020-01 100", "Feb: 2020-02 30"}, "130", "repeated Feb, repeated Jan"},
		{"without a type, another total", []string{"Summary: 2020-01 101", "Jan: 2020-01 60 Rebate, 2020-01 40 Coop"}, "201", "different Summary"},
		{"without a type, one type of the same total", []string{"A: 2020-01 60", "B: 2020-01 60 Rebate"}, "120", "unclear A"},
		{"without a type, another month", []string{"A: 2020-02 100", "B: 2020-01 60 Rebate, 2020-01 40 Coop"}, "200", ""},
		{"a summary in USD", []string{"Summary: 2020-01 110, 2020-02 33", "Jan: 2020-01 100 EUR", "Feb: 2020-02 30 EUR"}, "130", "repeated Summary"},
		{"a summary in USD of two currencies", []string{"Summary: 2020-01 150", "Jan: 2020-01 40, 2020-01 100 EUR"}, "140", "repeated Summary"},
		{"a summary in USD, without types", []string{"Jan: 2020-01 60 EUR Rebate, 2020-01 40 EUR Coop", "Summary: 2020-01 110"}, "100", "repeated Summary"},
		{"a sheet for each currency", []string{"EUR: 2020-01 60 EUR, 2020-02 20 EUR", "USD: 2020-01 50, 2020-02 10"}, "140", ""},
		{"a summary in cents", []string{"Summary: 2020-01 100.13, 2020-02 30", "Rows: 2020-01 50.0625, 2020-01 50.0625, 2020-02 30"}, "130.125", "repeated Summary"},
		{"a summary without programs", []string{"Summary without programs: 2020-01 150, 2020-02 30", "Rows: 2020-01 100 @A, 2020-01 50 @B, 2020-02 30 @B"}, "180", "repeated Summary"},
		{"a summary without programs, of one program", []string{"Summary without programs: 2020-01 100, 2020-02 30", "Rows: 2020-01 100 @A, 2020-02 30 @A"}, "130", "repeated Summary"},
		{"a summary without programs, of one month", []string{"Summary without programs: 2020-01 150", "A: 2020-01 100 @A", "B: 2020-01 50 @B"}, "150", "repeated Summary"},
		{"a summary without programs, of a sheet with one month", []string{"Rows: 2020-01 100 @A, 2020-01 50 @B", "Summary without programs: 2020-01 150"}, "150", "repeated Summary"},
		{"a summary without programs and types", []string{"Summary without programs: 2020-01 100", "Rows: 2020-01 60 @A Rebate, 2020-01 40 @A Coop"}, "100", "repeated Summary"},
		{"a summary without programs, in USD", []string{"Rows: 2020-01 100 EUR @A, 2020-02 30 EUR @A", "Summary without programs: 2020-01 110, 2020-02 33"}, "130", "repeated Summary"},
		{"without programs, more rows than the details", []string{"Summary without programs: 2020-01 60, 2020-01 40, 2020-02 30", "Rows: 2020-01 100 @A, 2020-02 30 @A"}, "130", "repeated Summary"},
		{"without programs, one equal month and nothing else", []string{"A without programs: 2020-01 100", "B: 2020-01 100 @A"}, "200", "unclear A"},
		{"without programs, other totals", []string{"A without programs: 2020-01 100, 2020-02 30", "B: 2020-01 100 @A, 2020-02 31 @A"}, "261", ""},
		{"both sheets name a program", []string{"A: 2020-01 100 @A, 2020-02 30 @A", "B: 2020-01 100 @B, 2020-02 30 @B"}, "260", ""},
		{"a summary without participants", []string{"Summary without participants: 2020-01 150, 2020-02 30", "Rows: 2020-01 100 1, 2020-01 50 2, 2020-02 30 2"}, "180", "repeated Summary"},
		{"a summary without participants, of one", []string{"Rows: 2020-01 100 1, 2020-02 30 1", "Summary without participants: 2020-01 100, 2020-02 30"}, "130", "repeated Summary"},
		{"a summary without either", []string{"Summary without participants without programs: 2020-01 150, 2020-02 30", "Rows: 2020-01 100 1 @A, 2020-01 50 2 @B, 2020-02 30 2 @B"}, "180", "repeated Summary"},
		{"no row of a sheet is zero alone", []string{"A: 2020-01 0, 2020-02 0", "B: 2020-01 0, 2020-02 0"}, "0", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := workbook(t, c.sheets...)
			l := versions.Settle([]*calc.Source{s}, calc.DefaultPolicy())
			var sum decimal.Decimal
			for i := range s.Earnings.Len() {
				if l.Fates[0][i] == calc.Counted {
					sum = sum.Add(s.Earnings.At(i).Amount().Decimal())
				}
			}
			if sum.String() != c.counted {
				t.Errorf("%s counts, want %s", sum, c.counted)
			}
			o := versions.FindOverlaps(s)
			var found []string
			for what, list := range map[string][]versions.Overlap{"repeated": o.Repeated, "different": o.Different, "unclear": o.Unclear} {
				for _, x := range list {
					found = append(found, fmt.Sprint(what, " ", x.Sheet))
				}
			}
			slices.Sort(found)
			if got := strings.Join(found, ", "); got != c.found {
				t.Errorf("found %q, want %q", got, c.found)
			}
			own := slices.DeleteFunc(l.Findings, func(f calc.Finding) bool { return f.Code() == calc.SameTotals })
			if got := len(own); got != len(found) {
				t.Errorf("%d findings for %d overlaps", got, len(found))
			}
		})
	}
}

// The parts of one report in a ZIP archive add up, but for a summary among them.
func TestSummaryAmongPartsOfAReport(t *testing.T) {
	for _, c := range []struct {
		name    string
		files   []string
		counted string
		codes   string
	}{
		{"months", []string{"2020-01 100", "2020-02 30"}, "130", ""},
		{"a month in two files", []string{"2020-01 100, 2020-02 5", "2020-01 30, 2020-02 6"}, "141", ""},
		{"a summary", []string{"2020-01 100", "2020-02 30", "2020-01 100, 2020-02 30"}, "130", "SHEET_REPEATED"},
		{"a summary without types", []string{"2020-01 60 Rebate, 2020-01 40 Coop", "2020-01 100"}, "100", "SHEET_REPEATED"},
		{"one equal month", []string{"2020-01 100", "2020-01 100"}, "200", "SHEETS_OVERLAP"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var sources []*calc.Source
			for i, rows := range c.files {
				s := workbook(t, ": "+rows)
				s.File, s.SHA256 = fmt.Sprintf("r.zip/%d.csv", i), fmt.Sprint(i)
				s.Archives = []calc.ReceivedArchive{{SHA256: "zip", Receipt: 1}}
				sources = append(sources, s)
			}
			l := versions.Settle(sources, calc.DefaultPolicy())
			var sum decimal.Decimal
			for i, s := range sources {
				for j := range s.Earnings.Len() {
					if l.Fates[i][j] == calc.Counted {
						sum = sum.Add(s.Earnings.At(j).Amount().Decimal())
					}
				}
			}
			var codes []string
			for _, f := range l.Findings {
				codes = append(codes, string(f.Code()))
			}
			if sum.String() != c.counted || strings.Join(codes, " ") != c.codes {
				t.Errorf("%s counts, with findings %v", sum, l.Findings)
			}
		})
	}
}

// A summary that repeats other rows says nothing of the participant that the
// configuration fills in: the rows of another file that name it count.
func TestRepeatedSheetReplacesNothing(t *testing.T) {
	book := workbook(t, "Summary without participants: 2020-01 150, 2020-02 30", "Rows: 2020-01 100 1, 2020-01 50 2, 2020-02 30 2")
	earlier := workbook(t, "Own: 2020-01 70")
	book.Receipt, earlier.File, earlier.SHA256 = 2, "earlier.xlsx", "01"
	l := versions.Settle([]*calc.Source{book, earlier}, calc.DefaultPolicy())
	want := [][]calc.Fate{{calc.Duplicate, calc.Duplicate, calc.Counted, calc.Counted, calc.Counted}, {calc.Counted}}
	if !reflect.DeepEqual(l.Fates, want) {
		t.Errorf("%v, want %v", l.Fates, want)
	}
	if len(l.Findings) != 1 || l.Findings[0].Code() != calc.SheetRepeated {
		t.Errorf("found %v", l.Findings)
	}
}

// A sheet that repeats others names both with their totals.
func TestRepeatedSheetIsReported(t *testing.T) {
	s := workbook(t, "Summary: 2020-01 900, 2020-02 30.5", "Jan: 2020-01 900", "Feb: 2020-02 30.5")
	l := versions.Settle([]*calc.Source{s}, calc.DefaultPolicy())
	want := `sheet "Summary" has 930.50 USD, the same money as "Jan", "Feb" with 930.50, whose rows are counted; remove the sheet that is only a summary`
	if len(l.Findings) != 1 || l.Findings[0].Message() != want || l.Findings[0].Code() != calc.SheetRepeated {
		t.Errorf("found %v", l.Findings)
	}
}
