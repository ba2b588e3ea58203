package importer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/importer/table"
)

// Every fault of a file is reported at once, also beside a dialect that nothing
// proves and beside a broken structure.
func TestAllFaultsAtOnce(t *testing.T) {
	for _, c := range []struct {
		name string
		file []byte
		want []string
	}{
		{"several in one row", earnings(",,p,Coop,2020-02-30,x,EURO,,SENT"),
			[]string{"2 earningId: ", "2 participantId: ", "2 earningDate: does not exist", "2 earningAmount: is no number", "2 transactionCurrency: ", "2 earningAmountUSD: "}},
		{"open dates and a bad amount", earnings("E1,a,p,Coop,03/04/2020,1.00,USD,1.00,SENT", "E2,a,p,Coop,05/06/2020,x,USD,1.00,SENT", "E3,a,p,Coop,31/04/2020,1.00,USD,1.00,SENT"),
			[]string{"3 earningAmount: is no number", "4 earningDate: does not exist"}},
		{"open dates and an open mark", earnings(`E1,a,p,Coop,03/04/2020,"1,234",USD,"1,234",SENT`),
			[]string{"2 earningDate: no date of the file shows", "2 earningAmount: no number of the file shows"}},
		{"contradictory dates, and faults elsewhere", earnings("E1,a,p,Coop,31/12/2020,1.00,USD,1.00,SENT", "E2,a,p,Coop,12/31/2020,1.00,USD,1.00,SENT", "E3,a,,Coop,01/02/2020,1.00,USD,1.00,SENT"),
			[]string{"2 earningDate: dates contradict each other", "4 programName: "}},
		{"contradictory marks, and faults elsewhere", earnings(`E1,a,p,Coop,2020-12-31,"1,50",USD,1.50,SENT`, "E2,a,p,Coop,2020-12-32,1.00,USD,1.00,SENT"),
			[]string{"2 earningAmount: decimal marks contradict each other", "3 earningDate: does not exist"}},
		{"a missing column and bad cells", lines("earningId,participantId,earningDate,earningAmountUSD", "E1,a,2020-01-01,x", ",a,2020-01-01,1.00"),
			[]string{"1 programName: ", "2 earningAmountUSD: ", "3 earningId: "}},
		{"a quote that stays open, and a bad cell before it", append(earnings("E1,a,p,Coop,2020-01-01,x,USD,1.00,SENT"), "E2,\"a,p\n"...),
			[]string{"2 earningAmount: ", "3: the quote that opens on line 3"}},
		{"short, long and shifted records", earnings("E1,a,p,Coop,2020-01-01,1.00,USD,1.00", "E2,a,p,Coop,2020-01-01,1.00,USD,1.00,SENT,x", "E3,a,p,Coop,2020-01-01,1,00,USD,1.00,SENT"),
			[]string{"2: the header has 9 fields, the row 8", "3: the header has 9 fields, the row 10", "4: the header has 9 fields, the row 10"}},
		{"a header in the middle", slices.Concat(earnings("E1,a,p,Coop,2020-01-01,1.00,USD,1.00,SENT"), earnings("E2,a,p,Coop,2020-01-01,x,USD,1.00,SENT")),
			[]string{"3: the header is repeated here", "4 earningAmount: "}},
		{"mangled ids", earnings("1.23E+15,a,p,Coop,2020-01-01,1.00,USD,1.00,SENT", "93739671328e8430,a,p,Coop,2020-01-01,1.00,USD,1.00,SENT", "\"4,2E+07\",a,p,Coop,2020-01-01,1.00,USD,1.00,SENT", "4E+05,5E+06,p,Coop,2020-01-01,1.00,USD,1.00,SENT", "4e+05,a,p,Coop,2020-01-01,1.00,USD,1.00,SENT"),
			[]string{"2 earningId: ", "4 earningId: ", "5 earningId: ", "5 participantId: ", "6 earningId: "}},
		{"ids that name nothing", earnings("N/A,a,p,Coop,2020-01-01,1.00,USD,1.00,SENT", "E2,-,p,Coop,2020-01-01,1.00,USD,1.00,SENT"),
			[]string{"2 earningId: is no id", "3 participantId: is no id"}},
		{"errors of a spreadsheet", earnings("#REF!,#N/A,#NAME?,#VALUE!,2020-01-01,1.00,USD,1.00,SENT"),
			[]string{"2 earningId: the cell holds an error", "2 participantId: the cell holds an error", "2 programName: the cell holds an error", "2 earningType: the cell holds an error"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFaults(t, c.file, Options{}, c.want...) })
	}
}

func TestFaultsAreCounted(t *testing.T) {
	var records []string
	for i := range 2500 {
		records = append(records, fmt.Sprintf("E%d,a,p,Coop,2020-01-01,x,USD,1.00,SENT", i))
	}
	_, err := readBytes(t, earnings(records...), Options{})
	var faults *table.Faults
	if !errors.As(err, &faults) || len(faults.List) != table.MaxFaults || faults.Total != 2500 {
		t.Fatalf("%v", err)
	}
}

// A value that a fault shows is cut where it is too long to read.
func TestLongValuesAreShortened(t *testing.T) {
	_, err := readBytes(t, earnings("E1,a,p,Coop,2020-01-01,"+strings.Repeat("ä", 5000)+",USD,1.00,SENT"), Options{})
	var faults *table.Faults
	if !errors.As(err, &faults) || len(faults.List[0].Value) > 200+len("…") {
		t.Fatalf("%v", err)
	}
}

func TestContradictions(t *testing.T) {
	header := "earningId,participantId,programName,earningType,earningDate,earningAmount,transactionCurrency,earningAmountUSD,paymentStatus,calculationDate,reasonCode,claimId"
	for _, c := range []struct {
		name    string
		records []string
		want    []string // faults; none: taken
	}{
		{"repeated with the same money", []string{"E1,a,p,Coop,2020-01-01,1.0,USD,1.00,SENT,2020-02-01,,", "E1,a,p,Coop,2020-01-01,1.00,USD,1,SENT,2020-02-01,,"}, nil},
		{"newer", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,SENT,2020-02-01,,", "E1,a,p,Coop,2020-01-01,2,USD,2,SENT,2020-02-02,,"}, nil},
		{"more advanced", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,UPCOMING,,,", "E1,a,p,Coop,2020-01-01,2,USD,2,SENT,,,"}, nil},
		{"another type", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "E1,a,p,Rebate,2020-01-01,2,USD,2,SENT,,,"}, nil},
		{"another spelling of the type", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "E1,a,p,CO-OP,2020-01-01,2,USD,2,SENT,,,"}, []string{"3 earningAmount: earning E1 has another amount in this file, 1 in row 2"}},
		{"other case of the id", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "e1,a,p,Coop,2020-01-01,2,USD,2,SENT,,,"}, nil},
		{"another role: rollover", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,Co-op Rollover,"}, []string{"3 reasonCode: earning E1 has another reasonCode in this file, none in row 2"}},
		{"another role: payment of a claim", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,C1"}, []string{"3 claimId: earning E1 has another claimId in this file, none in row 2"}},
		{"only the USD differs", []string{"E1,a,p,Coop,2020-01-01,1,EUR,1,SENT,,,", "E1,a,p,Coop,2020-01-01,1,EUR,2,SENT,,,"}, []string{"3 earningAmountUSD: earning E1 has another amount in this file, 1 in row 2"}},
		{"three", []string{"E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "E1,a,p,Coop,2020-01-01,3,USD,3,SENT,,,"}, []string{"4 earningAmount: "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := lines(append([]string{header}, c.records...)...)
			if len(c.want) > 0 {
				wantFaults(t, file, Options{}, c.want...)
				return
			}
			if s := taken(t, file, Options{}); s.Earnings.Len() != len(c.records) {
				t.Errorf("%d earnings of %d rows", s.Earnings.Len(), len(c.records))
			}
		})
	}
	s := taken(t, lines(header, "E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,", "E1,a,p,Coop,2020-01-01,1,USD,1,SENT,,,"), Options{})
	if s.Kind != calc.KindGrowth {
		t.Errorf("a file that repeats an earning is %s, want growth", s.Kind)
	}
}

// The last record without a line end: refused when a number or a date may be
// cut, taken with one warning otherwise.
func TestMissingLineEnd(t *testing.T) {
	cut := func(b []byte) []byte { return b[:len(b)-1] }
	for _, c := range []struct {
		name, header, record string
		fault                string
	}{
		{"amount", "earningDate,participantId,programName,earningAmountUSD", "2020-01-01,a,p,12.5", "2 earningAmountUSD: the file ends in the middle"},
		{"date", "participantId,programName,earningAmountUSD,earningDate", "a,p,12.5,2020-01-01", "2 earningDate: the file ends in the middle"},
		{"stamp", "participantId,programName,earningAmountUSD,earningDate,calculationDate", "a,p,12.5,2020-01-01,2020-02-01T10:00", "2 calculationDate: the file ends in the middle"},
		{"shown amount", "participantId,programName,earningAmountUSD,earningDate,transactionAmountUSD", "a,p,12.5,2020-01-01,77", "2 transactionAmountUSD: the file ends in the middle"},
		{"text", "earningDate,participantId,earningAmountUSD,programName", "2020-01-01,a,12.5,p", ""},
		{"header only", "earningDate,participantId,programName,earningAmountUSD", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := lines(c.header)
			if c.record != "" {
				file = lines(c.header, c.record)
			}
			file = cut(file)
			if c.fault != "" {
				wantFaults(t, file, Options{}, c.fault)
				taken(t, file, Options{Table: table.Options{AcceptMissingFinalNewline: true}})
				return
			}
			if f := finding(t, taken(t, file, Options{}), calc.NoFinalNewline); f.Severity() != calc.Warning {
				t.Errorf("severity %v", f.Severity())
			}
		})
	}
}

// One value that allows only one reading decides for the whole file; where none
// does, the configuration may.
func TestDialectsBySingleEvidence(t *testing.T) {
	dayFirst := true
	for _, c := range []struct {
		name string
		file []byte
		o    Options
		want []string
	}{
		{"a point throughout, commas between fields", earnings("E1,a,p,Coop,2020-01-01,1.234,USD,1.234,SENT"), Options{}, []string{"2020-01-01 1.234 USD 1.234"}},
		{"a comma throughout, configured", earnings(`E1,a,p,Coop,2020-01-01,"1,234",USD,"1,234",SENT`), Options{DecimalMark: ','}, []string{"2020-01-01 1.234 USD 1.234"}},
		{"one comma decides", []byte("Month;Partner;Program;Earnings (USD)\n2020-01;a;p;1,234\n2020-02;a;p;0,5\n"), Options{}, []string{"2020-01-31 1.234 USD 1.234", "2020-02-29 0.5 USD 0.5"}},
		{"one that a shown column gives", lines("Month,Partner,Program,Earnings (USD),quantity", `2020-01,a,p,"1,234","2,5"`), Options{}, []string{"2020-01-31 1.234 USD 1.234"}},
		{"evidence goes before the configuration", earnings("E1,a,p,Coop,2020-01-01,1.5,USD,1.234,SENT"), Options{DecimalMark: ','}, []string{"2020-01-01 1.5 USD 1.234"}},
		{"one day decides", earnings("E1,a,p,Coop,03/04/2020,1,USD,1,SENT", "E2,a,p,Coop,13/04/2020,1,USD,1,SENT"), Options{}, []string{"2020-04-03 1 USD 1", "2020-04-13 1 USD 1"}},
		{"one month-first day decides", earnings("E1,a,p,Coop,03/04/2020,1,USD,1,SENT", "E2,a,p,Coop,04/13/2020,1,USD,1,SENT"), Options{}, []string{"2020-03-04 1 USD 1", "2020-04-13 1 USD 1"}},
		{"open dates, configured", earnings("E1,a,p,Coop,03/04/2020,1,USD,1,SENT"), Options{DayFirst: &dayFirst}, []string{"2020-04-03 1 USD 1"}},
		{"day and month are equal", earnings("E1,a,p,Coop,04/04/2020,1,USD,1,SENT"), Options{}, []string{"2020-04-04 1 USD 1"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantLines(t, "earnings", amounts(taken(t, c.file, c.o)), c.want...) })
	}
	for _, c := range []struct{ name, file, want string }{
		{"a point throughout, semicolons between fields", "Month;Partner;Program;Earnings (USD)\n2020-01;a;p;1.234\n", "2 Earnings (USD): no number"},
		{"a point throughout, tabs between fields", "Month\tPartner\tProgram\tEarnings (USD)\n2020-01\ta\tp\t1.234\n", "2 Earnings (USD): no number"},
		{"a comma throughout", "Month,Partner,Program,Earnings (USD)\n2020-01,a,p,\"1,234\"\n", "2 Earnings (USD): no number"},
	} {
		t.Run(c.name, func(t *testing.T) { wantFaults(t, []byte(c.file), Options{}, c.want) })
	}
}

// What is only shown stays as written where nothing proves how to read it.
func TestShownValuesAreNotGuessed(t *testing.T) {
	s := taken(t, lines("Month,Partner,Program,Earnings (USD),transactionDate,transactionAmount,quantity", `2020-01,a,p,5,03/04/2020,"1,234",about 3`), Options{KeepDetail: true})
	if e := s.Earnings.At(0); e.Detail(calc.DetailTransactionDate) != "03/04/2020" || e.Detail(calc.DetailTransactionAmount) != "1,234" || e.Detail(calc.DetailQuantity) != "about 3" {
		t.Errorf("detail %+v", calctest.Cells(e).Detail)
	}
}
