package importer

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// order2020 is the order of a transaction-history download in 2020 (cspcoop help columns),
// in which customerCountry is there twice.
const order2020 = "earningId,participantId,participantIdType,participantName,partnerCountryCode,programName,transactionId,transactionCurrency,transactionDate,transactionExchangeRate,transactionAmount,transactionAmountUSD,lever,earningRate,quantity,quantityType,earningType,earningAmount,earningAmountUSD,earningDate,calculationDate,earningExchangeRate,exchangeRateDate,paymentAmountWOTax,paymentCurrency,paymentExchangeRate,paymentId,paymentStatus,paymentStatusDescription,customerId,customerName,partNumber,productName,productId,parentProductId,parentProductName,productType,invoiceNumber,resellerId,resellerName,transactionType,localProviderSeller,taxRemitted,taxRemitModel,storeFee,transactionPaymentMethod,tpan,customerCountry,customerCity,customerState,customerZip,TenantID,externalReferenceId,externalReferenceIdLabel,transactionCountryCode,taxCountry,taxState,taxCity,taxZipCode,LicensingProgramName,programCode,earningAmountInLastPaymentCurrency,lastPaymentCurrency,assetId,orderId,lineItemId,customerCountry,customerEmail,skuId"

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		name, header string
		want         calc.FileKind
	}{
		{"download of 2020", order2020, calc.KindEarnings},
		{"alphabetical", sortedHeader(order2020), calc.KindEarnings},
		{"the columns of Growth alone make no Growth report", sortedHeader(order2020 + ",baseline,baselineType,bucketSize,compensableUnits"), calc.KindEarnings},
		{"Summarized", "participantId,programName,earningType,earningDate,earningAmount,earningAmountUSD,transactionCurrency,calculationDate", calc.KindSummarized},
		{"with claim and payment ids", "earningId,participantId,programName,earningType,earningDate,earningAmountUSD,claimId,paymentId,paymentStatus", calc.KindEarnings},
		{"plain, Month", "Month,Partner,Program,Type,Amount,Currency", calc.KindMonthly},
		{"plain, Period", "Period,Partner ID,Incentive program,Earning type,Incentive,Currency", calc.KindMonthly},
		{"plain, Date", "Date,MPN ID,Program,Earnings (USD)", calc.KindMonthly},
		{"plain, Location", "month,location,program,EARNINGS,currency", calc.KindMonthly},
		{"plain, with claim ids and states", "Month,Partner ID,Program,Type,Amount,Currency,Claim ID,Status", calc.KindMonthly},
		{"spelled otherwise", "Earning_ID,participant-id,PROGRAM NAME,earning date,Earning Amount USD", calc.KindEarnings},
		{"payments", "CIReferenceNumber,earned,earnedCurrencyCode,earnedUSD,participantID,participantIDType,participantName,paymentCurrencyCode,paymentDate,paymentID,paymentMethod,paymentStatus,paymentStatusDescription,programName,salesTax,serviceFeeTax,totalPayment,withheldTax", calc.KindPayments},
		{"register", "claimId,participantId,programName,usagePeriod,currency,amount,status", calc.KindClaims},
		{"register with payments", "Claim ID,Partner ID,Program,Usage period,Category,Activity,Currency,Amount,Status,Payment ID,Paid date,Paid amount", calc.KindClaims},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want == calc.KindClaims {
				wantFaults(t, lines(c.header), Options{}, "1: the claims register has no rows")
				return
			}
			s := taken(t, lines(c.header), Options{})
			if s.Kind != c.want || s.RowCount() != 0 {
				t.Errorf("%s with %d rows, want %s", s.Kind, s.RowCount(), c.want)
			}
			finding(t, s, calc.NoRows)
			if got := notes(s, calc.NoRows, calc.UnknownColumns); len(got) > 0 {
				t.Errorf("notes %q", got)
			}
		})
	}
}

func sortedHeader(header string) string {
	names := strings.Split(header, ",")
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	return strings.Join(names, ",")
}

func TestHeaderFaults(t *testing.T) {
	for _, c := range []struct {
		name, header string
		want         []string
	}{
		{"customers", "customerId,customerName,customerTenantId,country,reseller", []string{"0: none of the first"}},
		{"partners", "Partner ID,Partner name,Program,Type,Currency", []string{"0: none of the first"}},
		{"two columns missing", "earningId,participantId,earningType,earningAmountUSD", []string{"1 programName: the required column is missing", "1 earningDate: the required column is missing"}},
		{"twice", "earningId,participantId,programName,earningDate,earningAmountUSD,Earning_Amount_USD", []string{"1 Earning_Amount_USD: the column is there twice, as columns E and F"}},
		{"a shown one twice", "earningId,participantId,programName,earningDate,earningAmountUSD,lever,customerName,customerName,lever", []string{"1 customerName: ", "1 lever: "}},
		{"three times", "Month,Month,Month,Partner,Program,Earnings (USD)", []string{"1 Month: ", "1 Month: "}},
		{"two currencies", "Month,Partner,Program,Amount (EUR),Amount (GBP)", []string{"1 Amount (GBP): the column is there twice"}},
		{"no currency", "Month,Partner,Program,Amount", []string{"1 transactionCurrency: the required column is missing"}},
		{"amounts and USD figures without a currency", "Month,Partner,Program,earningAmount,earningAmountUSD", []string{"1 transactionCurrency: "}},
		{"register without a required column", "claimId,participantId,programName,activity,currency,amount,status", []string{"1 usagePeriod: "}},
		{"register without ids", "participantId,programName,usagePeriod,currency,amount,status", []string{"1 claimId: "}},
		{"payments without a total", "paymentID,participantID,programName,paymentDate,earned", []string{"1 totalPayment: "}},
	} {
		t.Run(c.name, func(t *testing.T) { wantFaults(t, lines(c.header), Options{}, c.want...) })
	}
}

func TestAliases(t *testing.T) {
	row := func(s *calc.Source) string {
		t.Helper()
		if s.Earnings.Len() != 1 {
			t.Fatalf("%d earnings", s.Earnings.Len())
		}
		e := s.Earnings.At(0)
		return e.Participant() + " " + e.Program() + " " + e.Date().String() + " " + e.Amount().Decimal().String() + " " + e.Currency() + " " + e.USD().Decimal().String()
	}
	for _, c := range []struct {
		name, header, record, want string
		unused                     string
	}{
		{"the documented name wins", "Month,earningDate,Partner,participantId,Program,programName,Amount,earningAmount,Currency", "2020-01,2020-02-03,a,b,p,q,1,2,USD", "b q 2020-02-03 2 USD 2", "Month"},
		{"of aliases the first listed", "Location,MPN ID,Partner ID,Date,Period,Month,Incentive,Earnings,Program,Currency", "d,c,b,2020-03-31,2020-02-29,2020-01-31,3,2,p,USD", "b p 2020-01-31 2 USD 2", "Location"},
		{"a second alias may be there twice", "earningDate,Month,Month,Partner,Program,Earnings (USD)", "2020-02-03,x,y,a,p,5", "a p 2020-02-03 5 USD 5", "Month"},
		{"a currency in the header", "Month,Partner,Program,Earnings (USD)", "2020-02,a,p,5", "a p 2020-02-29 5 USD 5", ""},
		{"two currencies in the header", "Month,Partner,Program,Earnings (EUR),Earnings (USD)", "2020-02,a,p,5,6", "a p 2020-02-29 5 EUR 6", ""},
		{"USD figures beside amounts", "Month,Partner,Program,Amount,Amount (usd),Currency", "2020-02,a,p,5,6,EUR", "a p 2020-02-29 5 EUR 6", ""},
		{"programCode is ignored", "earningDate,participantId,programName,programCode,earningAmountUSD", "2020-02-01,a,p,x,5", "a p 2020-02-01 5 USD 5", ""},
		{"programCode stands in", "earningDate,participantId,programCode,earningAmountUSD", "2020-02-01,a,p,5", "a p 2020-02-01 5 USD 5", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := taken(t, lines(c.header, c.record), Options{})
			if got := row(s); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if c.unused == "" {
				if got := notes(s); len(got) > 0 {
					t.Errorf("notes %q", got)
				}
			} else if f := finding(t, s, calc.TwoColumns); !strings.Contains(f.Message(), c.unused) {
				t.Errorf("finding %q", f.Message())
			}
		})
	}
}

func TestConfiguredHeaders(t *testing.T) {
	o := Options{Columns: map[string][]string{
		"earningAmount": {"Betrag", "Betrag netto"}, "amount": {"Betrag"}, "earningDate": {"Monat"},
		"participantId": {"Partner Nr."}, "programName": {"Programm"}, "transactionCurrency": {"Währung"},
	}}
	if err := CheckColumns(o.Columns); err != nil {
		t.Fatal(err)
	}
	s := taken(t, lines("Monat;Partner Nr.;Programm;betrag_netto;Währung;BETRAG", "2020-03;4400123;CSP Indirect Provider;1,5;EUR;2,5"),
		Options{Columns: o.Columns, Rates: euro})
	wantLines(t, "earnings", amounts(s), "2020-03-31 2.5 EUR 2.75")
	if f := finding(t, s, calc.TwoColumns); !strings.Contains(f.Message(), "betrag_netto") {
		t.Errorf("finding %q", f.Message())
	}
	for name, columns := range map[string]map[string][]string{
		"an unknown column":         {"earningAmont": {"Betrag"}},
		"an alias for a column":     {"Month": {"Monat"}},
		"one header for two":        {"earningAmount": {"Betrag"}, "earningAmountUSD": {"betrag"}},
		"another column's own name": {"earningAmount": {"earningAmountUSD"}},
	} {
		t.Run(name, func(t *testing.T) {
			if CheckColumns(columns) == nil {
				t.Errorf("%s is taken", name)
			}
		})
	}
}

func TestTitles(t *testing.T) {
	record := "E1,4400123,CSP Indirect Provider,Coop,2020-03-31,10.00,USD,10.00,SENT"
	title := slices.Concat([]byte("Earnings of Contoso\nPeriod:,March 2020\n\n\"a, title\"\n"), earnings(record))
	s := taken(t, title, Options{})
	if s.Earnings.Len() != 1 || s.Earnings.At(0).Row() != 6 {
		t.Errorf("%d earnings, the first in row %d; want one in row 6", s.Earnings.Len(), s.Earnings.At(0).Row())
	}
	wantFaults(t, append([]byte("T\x01tle\n"), earnings(record)...), Options{}, "1: the control character")
	far := append([]byte(strings.Repeat("note\n", headerSearch)), earnings(record)...)
	wantFaults(t, far, Options{}, "0: none of the first")
}

func TestUnknownColumnsAreTold(t *testing.T) {
	s := taken(t, lines("earningDate,participantId,programName,earningAmountUSD,Cost centre,,taxSomething", "2020-02-01,a,p,5,77,,1"), Options{})
	if f := finding(t, s, calc.UnknownColumns); !strings.Contains(f.Message(), `"Cost centre"`) || strings.Contains(f.Message(), "tax") || f.Place().Row != 1 {
		t.Errorf("finding %+v", f)
	}
}

// FuzzHeader holds headers to their laws: a header is the same report in any
// order and spelling of its columns.
func FuzzHeader(f *testing.F) {
	f.Add("earningId,participantId,programName,earningDate,earningAmountUSD")
	f.Add("Month,Partner,Program,Amount,Currency")
	f.Add("claimId,participantId,programName,usagePeriod,currency,amount,status")
	f.Add("paymentID,participantID,programName,totalPayment")
	f.Add("Earnings (EUR),Earnings (USD),Month")
	for _, header := range []string{"Earnings[earningDate],[participantId],Table[earningAmount]", "Amount ($),Month", "Earnings in USD,Earned date,MPN", "Amount_EUR,Betrag €,Month", `="Month",="Amount"`, "unearnedId,reason", "maxCapUSD"} {
		f.Add(header)
	}
	f.Add(order2020)
	vocabularies := newVocabularies(nil, nil)
	f.Fuzz(func(t *testing.T, header string) {
		cells := strings.Split(header, ",")
		v, known := identify(headerNames(cells), vocabularies)
		if (v == nil) != (known == 0) || known > len(cells) {
			t.Fatalf("%q names %d fields", header, known)
		}
		reversed := slices.Clone(cells)
		slices.Reverse(reversed)
		for i, c := range reversed {
			reversed[i] = "\t" + strings.ReplaceAll(strings.ReplaceAll(c, "_", ""), " ", " -_")
		}
		if again, n := identify(headerNames(reversed), vocabularies); again != v || n != known {
			t.Fatalf("%q names %d fields, reversed %d", header, known, n)
		}
	})
}

// A required column may be there under a name of the user's own: the hint names
// one whose values fit, and no other.
func TestHintForMissingColumn(t *testing.T) {
	for _, c := range []struct {
		name, header, hint string
		rows               []string
	}{
		{"a number", "Partner-Nr,Program,Month,Amount,Currency", `; if it is the column "Partner-Nr", say so in cspcoop.toml under [columns]: participantId = ["Partner-Nr"]`,
			[]string{"4400123,CSP,2020-01,5,USD", "0440123,CSP,2020-02,5,USD"}},
		{"the second one", "Note,Kunde,Program,Month,Amount,Currency", `participantId = ["Kunde"]`, []string{"paid,4400123,CSP,2020-01,5,USD", ",4400123,CSP,2020-02,5,USD"}},
		{"amounts are no partners", "Gebühr,Program,Month,Amount,Currency", `or set default_participant in cspcoop.toml`, []string{"12.50,CSP,2020-01,5,USD"}},
		{"dates are no partners", "Paid on,Program,Month,Amount,Currency", `or set default_participant in cspcoop.toml`, []string{"2020-02-05,CSP,2020-01,5,USD"}},
		{"no rows", "Partner-Nr,Program,Month,Amount,Currency", `or set default_participant in cspcoop.toml`, nil},
		{"a program", "MPN,Region,Programm,Month,Amount,Currency", `programName = ["Programm"]`, []string{"4400123,North,CSP 2T Indirect Provider,2020-01,5,USD"}},
		{"no program", "MPN,Region,Month,Amount,Currency", `or set default_program in cspcoop.toml`, []string{"4400123,North,2020-01,5,USD"}},
		{"a currency", "MPN,Program,Month,Amount,Region,Währung", `transactionCurrency = ["Währung"]`, []string{"4400123,CSP,2020-01,5.00,North,EUR"}},
		{"an amount", "earningId,participantId,programName,earningDate,transactionCurrency,Number,Betrag", `earningAmount = ["Betrag"]`,
			[]string{"E1,4400123,CSP,2020-01-31,EUR,77,5.25", "E2,4400123,CSP,2020-01-31,EUR,78,\"1,005.25\""}},
		{"a date", "earningId,participantId,programName,earningAmountUSD,Number,Datum", `earningDate = ["Datum"]`, []string{"E1,4400123,CSP,5.25,77,31.01.2020"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readBytes(t, lines(append([]string{c.header}, c.rows...)...), Options{})
			var faults *table.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("%v", err)
			}
			if !strings.HasSuffix(faults.List[0].Want, c.hint) {
				t.Errorf("%q does not end in %q", faults.List[0].Want, c.hint)
			}
		})
	}
}

// A line that is wider than the limit is no header: laying it out would cost the
// square of its columns.
func TestHeaderWiderThanTheLimit(t *testing.T) {
	wide := lines("earningId,participantId,programName,earningType,earningDate,earningAmountUSD,a,b,c", "E1,1,p,Coop,2020-03-31,1.00,,,")
	narrow := table.DefaultLimits()
	narrow.MaxColumns = 8
	got := refusal(t, wide, Options{Table: table.Options{Limits: narrow}})
	if !strings.Contains(strings.Join(got, "\n"), "the record has 9 fields, more than 8") || strings.Contains(strings.Join(got, "\n"), "earningDate") {
		t.Errorf("%q", got)
	}
	narrow.MaxColumns = 9
	if s := taken(t, wide, Options{Table: table.Options{Limits: narrow}}); s.Earnings.Len() != 1 {
		t.Errorf("%d earnings", s.Earnings.Len())
	}
}
