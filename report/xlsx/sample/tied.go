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

// Tied is [Portfolio] with all that the lead schedule ties to it: an earlier set, a
// journal, a newer export that restates, payments and a bank that received most of
// them, totals from outside the exports of which one is wrong and one is for a
// location that no export has, and errors of which one is acknowledged.
func Tied(t testing.TB) *calc.Result {
	t.Helper()
	policy := calc.DefaultPolicy()
	policy.Journal = &calc.JournalPolicy{Recognition: calc.OnEarning, Accounts: calc.JournalAccounts{
		RebateReceivable: "1400", RebateIncome: "8400", CoOpReceivable: "1410", CoOpIncome: "8410", CoOpDeferred: "3410", Bank: "1200",
		Forfeited: "6900", Owed: "3500", Clearing: "1360", WithheldTax: "2100", SalesTax: "3800", Exchange: "6880",
	}}
	before := calc.MustDate(2020, time.March, 15)
	last := calculate(t, calc.Input{AsOf: before, Sources: []*calc.Source{earnings(), monthly(), register()}, Policy: policy})
	set := &calc.LastSet{AsOf: before, SHA256: fmt.Sprintf("%064x", 315), Sealed: true, SealedBy: "A. Controller", SealedOn: before, Booked: last.Booked}
	for _, b := range last.Balances() {
		set.Funds = append(set.Funds, b.State())
	}
	for _, c := range last.Claims {
		set.Claims = append(set.Claims, c.StateOf())
	}
	exports, again := earnings(), earnings()
	again.File, again.SHA256, again.Receipt = "2020/again.csv", fmt.Sprintf("%064x", 99), 3
	calctest.Change(again, func(i int, c *calc.EarningCells) {
		c.Calculated.Day = c.Calculated.Day.AddDays(40)
		if i == 4 || i == 5 {
			c.Amount = calc.NewAmount(c.Amount.Decimal().Add(decimal.New(12_345, -3)))
			c.USD = c.Amount
		}
	})
	payments := pay(exports, again)
	claims := register()
	for i := range claims.Register {
		if c := &claims.Register[i]; c.ID == "C-1004" || c.ID == "C-1005" {
			c.ActivityStart, c.ActivityEnd = c.ActivityEnd, c.ActivityStart
		}
	}
	return calculate(t, calc.Input{
		AsOf: AsOf, Sources: []*calc.Source{exports, again, monthly(), claims, payments, banked(payments)}, Policy: policy, Last: set, Controls: controls(),
		Acknowledged: []calc.Acknowledgement{{Code: calc.ActivityDates, Participant: "5500456", By: "A. Controller", On: before, Comment: "a slip of the pen"}},
	})
}

func calculate(t testing.TB, in calc.Input) *calc.Result {
	t.Helper()
	r, err := reconcile.Calculate(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// paid are the payments by what the earnings say that carry their ids: which
// participant's, up to which month; and what is wrong with each.
var paid = []struct {
	participant, until, sent, currency string
	less, tax, short                   string // than the earnings, withheld, less at the bank
	missing                            bool   // at the bank
}{
	{"4400123", "2020-03-31", "2020-04-15", "USD", "0", "0", "0", false}, // of two half-years
	{"4400123", "2020-06-30", "2020-07-15", "USD", "10.00", "0", "2.50", false},
	{"4400123", "2020-09-30", "2020-10-15", "USD", "0", "0", "0", false}, // after the last bank statement
	{"5500456", "2019-12-31", "2020-01-15", "EUR", "0", "45.00", "0", false},
	{"5500456", "2020-12-31", "2020-04-15", "EUR", "0", "0", "0", true},
}

// pay makes a Payments report, of what the last of some exports says.
func pay(exports ...*calc.Source) *calc.Source {
	report := &calc.Source{File: "payments.csv", SHA256: fmt.Sprintf("%064x", 55), Receipt: 4, Kind: calc.KindPayments}
	for n, p := range paid {
		id, sum, program := fmt.Sprint(5017000001+n), decimal.Zero, ""
		for _, src := range exports {
			sum = decimal.Zero
			calctest.Change(src, func(_ int, c *calc.EarningCells) {
				if c.Participant == p.participant && !c.Date.After(Day(p.until)) && (c.PaymentID == "" || c.PaymentID == id) {
					c.PaymentID = id
					sum, program = sum.Add(c.Amount.Decimal()), c.Program
				}
			})
		}
		earned, tax := calc.Cents(sum).Sub(decimal.RequireFromString(p.less)), decimal.RequireFromString(p.tax)
		report.Payments = append(report.Payments, calc.Payment{
			ID: id, Participant: p.participant, Program: program, Date: Day(p.sent), Status: "SENT", Currency: p.currency,
			Earned: decimal.NewNullDecimal(earned), WithheldTax: decimal.NewNullDecimal(tax), Total: decimal.NewNullDecimal(earned.Sub(tax)),
			Place: calc.Place{Row: n + 2},
		})
	}
	return report
}

// banked is the bank that received the payments of a report.
func banked(report *calc.Source) *calc.Source {
	src := &calc.Source{File: "bank.xml", SHA256: fmt.Sprintf("%064x", 53), Receipt: 5, Kind: calc.KindBank}
	for _, currency := range []string{"USD", "EUR"} {
		s := calc.BankStatement{Account: "NO93860111179" + currency, Currency: currency, First: Day("2020-01-01"), Last: Day("2020-08-31")}
		for i, p := range report.Payments {
			if p.Currency == currency && !paid[i].missing && !p.Date.After(s.Last) {
				s.Lines = append(s.Lines, calc.BankLine{
					Booked: p.Date.AddDays(2), Amount: p.Total.Decimal.Sub(decimal.RequireFromString(paid[i].short)), Currency: currency,
					Counterparty: "Microsoft Ireland", Text: "Incentives " + p.ID, Place: calc.Place{Row: 10 + i},
				})
			}
		}
		src.Bank = append(src.Bank, s)
	}
	return src
}

// controls are totals from outside the exports.
func controls() *calc.Controls {
	period := calc.PeriodOf(Day("2020-03-31"))
	line := func(participant, program string, figure calc.ControlFigure, amount, currency string) calc.Control {
		return calc.Control{AsOf: AsOf, Participant: participant, Program: program, Period: period, Figure: figure,
			Amount: decimal.RequireFromString(amount), Currency: currency, Source: "Partner Center", By: "A. Controller"}
	}
	c := &calc.Controls{SHA256: fmt.Sprintf("%064x", 18), Lines: []calc.Control{
		line("4400123", "CSP Direct Bill Partner", calc.ControlCoOp, "11066.00", "USD"),
		line("5500456", "CSP Indirect Reseller", calc.ControlCoOp, "10999.98", "EUR"),
		line("5500456", "CSP Indirect Reseller", calc.ControlClaimed, "900.00", "EUR"),
		line("7700001", "CSP Indirect Reseller", calc.ControlRebate, "12.34", "EUR"),
		{AsOf: AsOf, Figure: calc.ControlLocations, Amount: decimal.New(3, 0), Source: "Partner Center", By: "A. Controller"},
	}}
	for i := range c.Lines {
		c.Lines[i].Place = calc.Place{File: "controls.csv", Row: i + 2}
	}
	return c
}
