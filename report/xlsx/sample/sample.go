// Package sample calculates a small portfolio that the tests of the report
// packages share: fictitious partners whose figures are known by heart.
package sample

import (
	"fmt"
	"testing"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/calc/reconcile"

	"github.com/shopspring/decimal"
)

// AsOf is the day of the sample portfolio.
var AsOf = calc.MustDate(2020, time.October, 31)

// Portfolio has a fund that must be claimed with claims in four states, one in
// EUR, an accruing one, an automatic payout, a negative one, one whose window
// is closed, a rollover, a gross row, and a name and a customer that look like
// formulas.
func Portfolio(t testing.TB) *calc.Result {
	t.Helper()
	return Calculate(t, earnings(), monthly(), register())
}

// Calculate reconciles sources by the default policy as of [AsOf].
func Calculate(t testing.TB, sources ...*calc.Source) *calc.Result {
	t.Helper()
	r, err := reconcile.Calculate(calc.Input{AsOf: AsOf, Sources: sources, Policy: calc.DefaultPolicy()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Row is an earning as an export writes it.
type Row struct {
	ID, Participant, Name, Program, Type, Reason string
	Date                                         string // 2020-03-31
	Currency, Amount, USD                        string
	Customer                                     string
}

// Earnings makes an export with ids of rows; its first row is in row 2.
func Earnings(file string, rows ...Row) *calc.Source {
	s := &calc.Source{File: file, SHA256: fmt.Sprintf("%064x", len(file)), Receipt: 1, Kind: calc.KindEarnings, Sheets: []string{""}}
	for i, row := range rows {
		calctest.Add(s, calc.EarningCells{
			Participant: row.Participant, ParticipantName: row.Name, Country: "NO", Program: row.Program, Lever: "CSP Direct Partner: Core",
			Type: row.Type, ReasonCode: row.Reason, Currency: row.Currency, PaymentStatus: "SENT",
			ID: row.ID, Date: Day(row.Date), Calculated: calc.Stamp{Day: Day(row.Date).AddDays(5)},
			Amount: calc.NewAmount(decimal.RequireFromString(row.Amount)), USD: calc.NewAmount(decimal.RequireFromString(row.USD)),
			Row: uint32(i + 2),
			Detail: &calc.Detail{
				calc.DetailEarningRate: "0.04", calc.DetailTransactionID: "T-" + row.ID, calc.DetailTransactionDate: row.Date, calc.DetailCustomer: row.Customer, calc.DetailProduct: "Microsoft 365 E3",
			},
		})
	}
	return s
}

// Day reads an ISO date of a test.
func Day(s string) calc.Date {
	d, err := calc.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func earnings() *calc.Source {
	const (
		northwind, nName = "4400123", "Northwind Cloud AS"
		adatum, aName    = "5500456", "=Adatum & Söhne \"GmbH\""
		direct, reseller = "CSP 1T Direct Partner", "CSP Indirect Reseller"
	)
	var rows []Row
	add := func(participant, name, program, earningType, date, currency, amount, usd string) {
		rows = append(rows, Row{
			ID: fmt.Sprintf("E%03d", len(rows)+1), Participant: participant, Name: name, Program: program, Type: earningType,
			Date: date, Currency: currency, Amount: amount, USD: usd, Customer: "Litware, Inc.",
		})
	}
	add(northwind, nName, direct, "Rebate", "2019-06-30", "USD", "6750", "6750")
	add(northwind, nName, direct, "Coop", "2019-06-30", "USD", "4500", "4500")
	for i, coop := range []string{"1607.00", "1792.50", "2010.20", "1500.00", "1964.60", "2191.70"} {
		rebate := decimal.RequireFromString(coop).Mul(decimal.New(15, -1)).StringFixed(2)
		day := calc.NewMonth(2020, time.Month(i+1)).Last().String()
		add(northwind, nName, direct, "Rebate", day, "USD", rebate, rebate)
		add(northwind, nName, direct, "Coop", day, "USD", coop, coop)
	}
	add(northwind, nName, direct, "", "2020-08-31", "USD", "2500.00", "2500.00")
	add(northwind, nName, direct, "Fee", "2020-09-30", "USD", "12.345", "12.345")
	add(adatum, aName, reseller, "Coop", "2020-03-31", "EUR", "10999.98", "12044.98")
	add(adatum, aName, reseller, "Coop", "2019-12-31", "EUR", "900.00", "1000.00")
	add("6600789", "Σύννεφο Ελλάς ΑΕ ☁️", reseller, "Coop", "2020-06-30", "USD", "-120.50", "-120.50")
	rows[len(rows)-1].Customer = "\t=HYPERLINK(\"http://example.com\")"
	rows = append(rows, Row{
		ID: "R001", Participant: adatum, Name: aName, Program: reseller, Type: "Coop", Reason: "Co-op Rollover",
		Date: "2020-06-30", Currency: "EUR", Amount: "-250.00", USD: "-273.75", Customer: "Tailspin Toys",
	})
	return Earnings("2020/transactions.csv", rows...)
}

func monthly() *calc.Source {
	s := Earnings("distributor.xlsx", Row{
		Participant: "4400123", Name: "Northwind Cloud AS", Program: "CSP Direct Bill Partner", Type: "Coop",
		Date: "2020-07-31", Currency: "USD", Amount: "1031.25", USD: "1031.25",
	})
	s.Kind, s.Sheets = calc.KindMonthly, []string{"Q3 2020"}
	return s
}

func register() *calc.Source {
	s := &calc.Source{File: "claims.xlsx", SHA256: fmt.Sprintf("%064x", 77), Receipt: 2, Kind: calc.KindClaims, Sheets: []string{"Claims"}, HasRegister: true}
	usage, _ := calc.ParsePeriod("FY21H1")
	add := func(participant, program string, status calc.ClaimStatus, currency, amount, submitted string, invoices ...string) {
		terms := calc.ClaimTerms{
			ID: fmt.Sprintf("C-%d", 1001+len(s.Register)), Participant: participant, Program: program, Usage: usage,
			Name: "Autumn campaign", Category: "Demand Generation", Activity: "Digital advertising",
			ActivityStart: Day("2020-09-01"), ActivityEnd: Day("2020-09-30"), Currency: currency,
			Amount: decimal.RequireFromString(amount), Status: status,
			Proof: []string{"screenshot.png", "landing page.url"}, Comments: "-10 % agreed",
		}
		if submitted != "" {
			terms.Submitted = Day(submitted)
			terms.LastActivity = terms.Submitted
		}
		for _, number := range invoices {
			s.Register = append(s.Register, calc.ClaimRow{
				ClaimTerms: terms,
				Invoice: &calc.Invoice{Number: number, Document: number + ".pdf", Date: Day("2020-09-15"),
					Amount: decimal.NewNullDecimal(decimal.RequireFromString(amount)), Currency: currency},
				Place: calc.Place{File: s.File, Sheet: "Claims", Row: len(s.Register) + 2},
			})
		}
	}
	add("4400123", "CSP Direct Bill Partner", calc.ClaimPaid, "USD", "4500.00", "2020-10-02", "INV-1", "INV-2")
	add("4400123", "CSP Direct Bill Partner", calc.ClaimInReview, "USD", "1250.00", "2020-10-26", "INV-3")
	add("4400123", "CSP Direct Bill Partner", calc.ClaimEditing, "USD", "2000.00", "", "INV-4")
	add("5500456", "CSP Indirect Reseller", calc.ClaimActionRequired, "EUR", "999.99", "2020-10-12", "INV-5")
	return s
}
