package importer

import (
	"testing"
	"time"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

var euro = calc.Rates{
	{From: "EUR", To: "USD", Value: decimal.RequireFromString("1.10")},
	{From: "EUR", To: "USD", First: calc.MustDate(2020, time.April, 1), Value: decimal.RequireFromString("1.25")},
}

// The amount in USD comes from its column, else from the row's rate, else from
// the configuration; USD amounts need none of them.
func TestAmountsInUSD(t *testing.T) {
	for _, c := range []struct {
		name string
		file []byte
		o    Options
		want []string
	}{
		{"both", lines("Month,Partner,Program,Amount,Currency,earningAmountUSD", "2020-03,a,p,10,EUR,11.5"), Options{}, []string{"2020-03-31 10 EUR 11.5"}},
		{"both disagree on USD", lines("Month,Partner,Program,Amount,Currency,earningAmountUSD", "2020-03,a,p,10,USD,11.5"), Options{}, []string{"2020-03-31 10 USD 11.5"}},
		{"USD only", lines("Month,Partner,Program,earningAmountUSD", "2020-03,a,p,11.5"), Options{}, []string{"2020-03-31 11.5 USD 11.5"}},
		{"USD only, with the sale's currency", lines("Month,Partner,Program,earningAmountUSD,transactionCurrency", "2020-03,a,p,11.5,EUR", "2020-03,a,p,1.5,"), Options{}, []string{"2020-03-31 11.5 USD 11.5", "2020-03-31 1.5 USD 1.5"}},
		{"USD amounts", lines("Month,Partner,Program,Amount,Currency", "2020-03,a,p,-10.25,usd"), Options{}, []string{"2020-03-31 -10.25 USD -10.25"}},
		{"the row's rate", lines("Month,Partner,Program,Amount,Currency,earningExchangeRate", "2020-03,a,p,10.01,EUR,1.123456", "2020-03,a,p,10,USD,"), Options{}, []string{"2020-03-31 10.01 EUR 11.24579456", "2020-03-31 10 USD 10"}},
		{"configured rates, by day", lines("Month,Partner,Program,Amount,Currency", "2020-03,a,p,10,EUR", "2020-04,a,p,10,EUR"), Options{Rates: euro}, []string{"2020-03-31 10 EUR 11", "2020-04-30 10 EUR 12.5"}},
		{"default currency", lines("Month,Partner,Program,Amount", "2020-03,a,p,10"), Options{DefaultCurrency: "EUR", Rates: euro}, []string{"2020-03-31 10 EUR 11"}},
		{"default currency in blanks", lines("Month,Partner,Program,Amount,Currency", "2020-03,a,p,10,", "2020-03,a,p,10,USD"), Options{DefaultCurrency: "EUR", Rates: euro}, []string{"2020-03-31 10 EUR 11", "2020-03-31 10 USD 10"}},
		{"the header's currency before the default", lines("Month,Partner,Program,Amount (EUR),Currency", "2020-03,a,p,10,"), Options{DefaultCurrency: "GBP", Rates: euro}, []string{"2020-03-31 10 EUR 11"}},
		{"defaults of place and program", lines("Month,Amount (USD)", "2020-03,10"), Options{DefaultParticipant: "4400123", DefaultProgram: "CSP Indirect Provider"}, []string{"2020-03-31 10 USD 10"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantLines(t, "earnings", amounts(taken(t, c.file, c.o)), c.want...)
		})
	}
}

func TestMoneyFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		file []byte
		o    Options
		want []string
	}{
		{"no rate, every row", lines("Month,Partner,Program,Amount,Currency", "2020-03,a,p,10,EUR", "2020-03,a,p,10,USD", "2020-04,a,p,12,EUR"), Options{}, []string{"2 Amount: the amount is in EUR", "4 Amount: the amount is in EUR"}},
		{"a rate that begins later", lines("Month,Partner,Program,Amount,Currency", "2020-03,a,p,10,EUR", "2020-04,a,p,10,EUR"), Options{Rates: euro[1:]}, []string{"2 Amount: "}},
		{"a rate of zero", lines("Month,Partner,Program,Amount,Currency,earningExchangeRate", "2020-03,a,p,10,EUR,0"), Options{Rates: euro}, []string{"2 earningExchangeRate: is no rate"}},
		{"blank USD", earnings("E1,a,p,Coop,2020-03-31,10,USD,,SENT"), Options{}, []string{"2 earningAmountUSD: the cell is blank"}},
		{"blank amount beside USD", earnings("E1,a,p,Coop,2020-03-31,,USD,10,SENT"), Options{}, []string{"2 earningAmount: the cell is blank"}},
		{"blank currency", earnings("E1,a,p,Coop,2020-03-31,10,,10,SENT"), Options{}, []string{"2 transactionCurrency: the cell is blank"}},
		{"blank date, whatever the defaults", earnings("E1,,,Coop,,10,,10,SENT"), Options{DefaultParticipant: "a", DefaultProgram: "p", DefaultCurrency: "USD"}, []string{"2 earningDate: the cell is blank"}},
		{"column and header disagree", lines("Month,Partner,Program,Amount (EUR),Currency", "2020-03,a,p,10,GBP"), Options{}, []string{"2 Currency: the row is in GBP"}},
		{"column and USD header disagree", lines("Month,Partner,Program,Amount (USD),Currency", "2020-03,a,p,10,GBP"), Options{}, []string{"2 Currency: the row is in GBP"}},
		{"unknown currencies", lines("Month,Partner,Program,Amount,Currency", "2020-03,a,p,10,EURO", "2020-03,a,p,10,€", "2020-03,a,p,10,XYZ", "2020-03,a,p,10,XXX"), Options{}, []string{"2 Currency: ", "3 Currency: ", "4 Currency: ", "5 Currency: "}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFaults(t, c.file, c.o, c.want...) })
	}
}

// A blank participant or program is the configured default, and that is reported.
func TestDefaultsAreTold(t *testing.T) {
	o := Options{DefaultParticipant: "4400123", DefaultProgram: "CSP Indirect Provider"}
	s := taken(t, earnings("E1,,p,Coop,2020-03-31,10,USD,10,SENT", "E2,b,,Coop,2020-03-31,10,USD,10,SENT", "E3,,p,Coop,2020-03-31,10,USD,10,SENT"), o)
	for i, want := range []string{"4400123 p", "b CSP Indirect Provider", "4400123 p"} {
		if e := s.Earnings.At(i); e.Participant()+" "+e.Program() != want {
			t.Errorf("earning %s is of %s, %s; want %s", e.ID(), e.Participant(), e.Program(), want)
		}
	}
	wantLines(t, "notes", messages(s), "default_participant of cspcoop.toml filled 2 blank cells", "default_program of cspcoop.toml filled 1 blank cell")

	s = taken(t, lines("Month,Amount", "2020-03,10"), Options{DefaultParticipant: "4400123", DefaultProgram: "p", DefaultCurrency: "USD"})
	wantLines(t, "notes", messages(s), "a column is missing and filled from cspcoop.toml: default_participant, default_program, default_currency")
}

func messages(s *calc.Source) []string {
	var list []string
	for _, f := range s.Findings {
		list = append(list, f.Message())
	}
	return list
}

func TestMoreDecimalsThanTheCurrency(t *testing.T) {
	s := taken(t, lines("Month,Partner,Program,Amount,Currency,earningAmountUSD", "2020-03,a,p,10.125,USD,10.125", "2020-03,a,p,10.500,USD,10.5",
		"2020-03,a,p,100.5,JPY,1", "2020-03,a,p,100.00,JPY,1", "2020-03,a,p,1.125,KWD,4"), Options{})
	wantLines(t, "notes", messages(s), "1 amount in JPY with more decimals than the currency has: kept exactly",
		"1 amount in USD with more decimals than the currency has: kept exactly")
	if got := s.Earnings.At(0).Amount().Decimal().String(); got != "10.125" {
		t.Errorf("the amount is %s", got)
	}
}

func TestCurrencies(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"USD", "USD"}, {"eur", "EUR"}, {" Gbp ", "GBP"}, {"SLE", "SLE"}, {"xcg", "XCG"},
		{"", ""}, {"US", ""}, {"USDX", ""}, {"XXX", ""}, {"XTS", ""}, {"ZZZ", ""}, {"€", ""}, {"U$D", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got, ok := Currency(c.text); got != c.want || ok != (c.want != "") {
				t.Errorf("%q gives %q, %v", c.text, got, ok)
			}
		})
	}
	for code, places := range map[string]int{"USD": 2, "JPY": 0, "KWD": 3, "ZWG": 2} {
		t.Run(code, func(t *testing.T) {
			if got := calc.CurrencyDecimals(code); got != places {
				t.Errorf("%s has %d decimals, want %d", code, got, places)
			}
		})
	}
}
