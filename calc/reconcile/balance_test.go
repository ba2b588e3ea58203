package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

func TestClaimWindow(t *testing.T) {
	for _, c := range []struct{ asOf, decision, window, left, remaining, forfeited string }{
		{"2019-06-29", "accruing", "", "0", "", ""},
		{"2019-06-30", "accruing", "", "0", "", ""},
		{"2019-07-01", "claim-required", "open", "228", "5000.00", "0.00"},
		{"2019-12-31", "claim-required", "open", "45", "5000.00", "0.00"},
		{"2020-02-13", "claim-required", "open", "1", "5000.00", "0.00"},
		{"2020-02-14", "claim-required", "open", "0", "5000.00", "0.00"},
		{"2020-02-15", "claim-required", "closed", "0", "0.00", "5000.00"},
		{"2030-01-01", "claim-required", "closed", "0", "0.00", "5000.00"},
	} {
		t.Run(c.asOf, func(t *testing.T) {
			b := onlyBalance(t, asOf(c.asOf, export("a", coop("1", "2019-01-31", "5000"))).calculate(t))
			got := fmt.Sprint(b.Decision, " ", b.Window, " ", b.DaysLeft, " ", nullText(b.Remaining), " ", nullText(b.Forfeited))
			if want := fmt.Sprint(c.decision, " ", c.window, " ", c.left, " ", c.remaining, " ", c.forfeited); got != want {
				t.Errorf("as of %s: %s, want %s", c.asOf, got, want)
			}
			if open := b.Window == calc.WindowOpen; open != b.AtRisk().IsPositive() {
				t.Errorf("as of %s: %s at risk", c.asOf, b.AtRisk())
			}
		})
	}
}

func TestGraceDaysOfTheRule(t *testing.T) {
	a := asOf("2020-01-30", export("a", coop("1", "2019-01-31", "5000")))
	a.rules = []rule{{share: "0.4", threshold: "4000", grace: 30}}
	b := onlyBalance(t, a.calculate(t))
	if b.ClaimDeadline.String() != "2020-01-30" || b.FundsExpire.String() != "2020-01-31" || b.Window != calc.WindowOpen || b.DaysLeft != 0 {
		t.Errorf("%s, %s, %s, %d days", b.ClaimDeadline, b.FundsExpire, b.Window, b.DaysLeft)
	}
}

func TestProvisional(t *testing.T) {
	const end = "2020-06-30"
	row := func(typ, date, calculated string) line {
		l := coop(typ+date, date, "1")
		l.typ, l.calculated = typ, calculated
		return l
	}
	elsewhere := row("Coop", "2020-07-01", "2020-07-10")
	elsewhere.participant = "4712"
	for _, c := range []struct {
		name string
		asOf string
		file file
		want bool
	}{
		{"still accruing", end, export("a", row("Coop", "2020-03-31", "")), false},
		{"first day after", plus(end, 1), export("a", row("Coop", "2020-03-31", "")), true},
		{"60 days after", plus(end, 60), export("a", row("Coop", "2020-03-31", "")), true},
		{"61 days after", plus(end, 61), export("a", row("Coop", "2020-03-31", "")), false},
		{"last month without calculationDates", plus(end, 1), export("a", row("Coop", "2020-06-01", "")), false},
		{"May is not the last month", plus(end, 1), export("a", row("Coop", "2020-05-31", "")), true},
		{"calculated on the last day", plus(end, 1), export("a", row("Coop", "2020-06-01", end+" 23:59:59")), true},
		{"calculated the day after", plus(end, 1), export("a", row("Coop", "2020-06-01", plus(end, 1))), false},
		{"the file's newest calculationDate", plus(end, 1), export("a", row("Coop", "2020-06-01", "2020-06-05"), row("Rebate", "2020-01-31", plus(end, 1))), false},
		{"of another participant's row too", plus(end, 9), export("a", row("Coop", "2020-06-01", "2020-06-05"), elsewhere), false},
		{"another participant's row shows nothing", plus(end, 9), export("a", row("Coop", "2020-05-01", ""), elsewhere), true},
		{"a row of any type", plus(end, 1), export("a", row("Coop", "2020-05-01", ""), row("Fee", "2020-06-30", "")), false},
		{"a row after the as-of date", plus(end, 1), export("a", row("Coop", "2020-05-01", ""), row("Rebate", "2020-09-30", "")), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, b := range asOf(c.asOf, c.file).calculate(t).Balances() {
				if b.Statement.Participant == "4711" && b.Period.String() == "FY20H2" && b.Provisional != c.want {
					t.Errorf("%s: %v, want %v", c.name, b.Provisional, c.want)
				}
			}
		})
	}
	// Two files that each say half of it show nothing.
	r := asOf(plus(end, 1), export("a", row("Coop", "2020-06-30", "2020-06-30")), export("b", row("Coop", "2020-05-31", "2020-07-01"))).calculate(t)
	if !onlyBalance(t, r).Provisional || findings(r, calc.Provisional) != 1 {
		t.Error("two half proofs pass for one")
	}
}

func TestGrossSplit(t *testing.T) {
	gross := func(id, date, currency, amount, usd string) line {
		l := coop(id, date, amount)
		l.typ, l.currency, l.usd = "", currency, usd
		return l
	}
	typed := coop("t", "2020-03-31", "0.004")
	for _, c := range []struct {
		name         string
		rows         []line
		rebate, coop string // USD
	}{
		{"60/40", []line{gross("1", "2020-03-31", "USD", "100", "100")}, "60.00", "40.00"},
		{"half a cent goes away from zero", []line{gross("1", "2020-03-31", "USD", "0.0125", "0.0125")}, "0.00", "0.01"},
		{"and below zero too", []line{gross("1", "2020-03-31", "USD", "-0.0125", "-0.0125")}, "0.00", "-0.01"},
		{"on the month's sum, not by row", []line{gross("1", "2020-03-01", "USD", "0.01", "0.01"), gross("2", "2020-03-31", "USD", "0.01", "0.01")}, "0.01", "0.01"},
		{"month by month", []line{gross("1", "2020-03-31", "USD", "0.01", "0.01"), gross("2", "2020-04-30", "USD", "0.01", "0.01")}, "0.02", "0.00"},
		{"currency by currency", []line{gross("1", "2020-03-31", "USD", "0.01", "0.01"), gross("2", "2020-03-31", "EUR", "0.01", "0.01")}, "0.02", "0.00"},
		{"the USD sum by itself", []line{gross("1", "2020-03-31", "JPY", "100", "0.03")}, "0.02", "0.01"},
		{"four decimals lose nothing", []line{gross("1", "2020-03-31", "USD", "33.3333", "33.3333")}, "20.00", "13.33"},
		{"typed rows stay as they are", []line{gross("1", "2020-03-31", "USD", "0.01", "0.01"), typed}, "0.01", "0.00"},
		{"clawed back whole", []line{gross("1", "2020-03-31", "USD", "10.01", "10.01"), gross("2", "2020-03-31", "USD", "-10.01", "-10.01")}, "0.00", "0.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf("2020-06-30", export("a", c.rows...)).calculate(t)
			b := onlyBalance(t, r)
			if b.Rebate.StringFixed(2) != c.rebate || b.CoOp.StringFixed(2) != c.coop {
				t.Errorf("%s: rebate %s, co-op %s; want %s, %s", c.name, b.Rebate.StringFixed(2), b.CoOp.StringFixed(2), c.rebate, c.coop)
			}
			whole := money("0")
			for _, l := range c.rows {
				whole = whole.Add(money(l.usd))
			}
			if parts := r.Totals.Rebate.Add(r.Totals.CoOp); !parts.Equal(whole) {
				t.Errorf("%s: the parts sum to %s, the rows to %s", c.name, parts, whole)
			}
		})
	}
}

func TestFundCurrency(t *testing.T) {
	in := func(id, typ, currency, amount, usd string) line {
		l := coop(id, "2020-03-31", amount)
		l.typ, l.currency, l.usd = typ, currency, usd
		return l
	}
	rollover := func(currency, amount, usd string) line {
		l := in("roll", "Coop", currency, amount, usd)
		l.reason = "Co-op Rollover"
		return l
	}
	for _, c := range []struct {
		name, currency, fund, coopUSD string
		rows                          []line
	}{
		{"one currency", "EUR", "150.00", "165.00", []line{in("1", "Coop", "EUR", "100", "110"), in("2", "Co-op", "EUR", "50", "55")}},
		{"gross ones included", "EUR", "40.00", "44.00", []line{in("1", "", "EUR", "100", "110")}},
		{"several", "USD", "210.00", "210.00", []line{in("1", "Coop", "EUR", "100", "110"), in("2", "Coop", "USD", "100", "100")}},
		{"gross in another", "USD", "150.00", "150.00", []line{in("1", "Coop", "EUR", "100", "110"), in("2", "", "USD", "100", "100")}},
		{"rebate in another does not matter", "EUR", "100.00", "110.00", []line{in("1", "Coop", "EUR", "100", "110"), in("2", "Rebate", "USD", "100", "100")}},
		{"none", "USD", "0.00", "0.00", []line{in("1", "Rebate", "EUR", "100", "110")}},
		{"a rollover in it", "EUR", "75.00", "110.00", []line{in("1", "Coop", "EUR", "100", "110"), rollover("EUR", "-25", "-27.5")}},
		{"a rollover decides nothing about the currency", "USD", "200.00", "200.00", []line{in("1", "Coop", "USD", "200", "200"), rollover("USD", "0", "0")}},
		{"a rollover from another currency into USD", "USD", "172.50", "200.00", []line{in("1", "Coop", "USD", "200", "200"), rollover("EUR", "-25", "-27.5")}},
		{"a rollover alone", "USD", "27.50", "0.00", []line{rollover("EUR", "25", "27.5")}},
		{"a rollover that no rate covers", "EUR", "100.00", "110.00", []line{in("1", "Coop", "EUR", "100", "110"), rollover("USD", "-25", "-25")}},
		{"a rollover of gross earnings is not split", "EUR", "80.00", "110.00", []line{in("1", "Coop", "EUR", "100", "110"),
			{id: "roll", participant: "4711", name: "Contoso GmbH", program: "CSP Indirect Reseller", currency: "EUR", amount: "-20", usd: "-22", date: "2020-03-31", reason: "Co-op Rollover"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := onlyBalance(t, asOf("2020-07-15", export("a", c.rows...)).calculate(t))
			if b.FundCurrency != c.currency || b.CoOpFund.StringFixed(2) != c.fund || b.CoOp.StringFixed(2) != c.coopUSD {
				t.Errorf("%s: %s %s (%s USD earned), want %s %s (%s USD)", c.name, b.CoOpFund, b.FundCurrency, b.CoOp, c.fund, c.currency, c.coopUSD)
			}
		})
	}
}

// A rollover in another currency is taken over at the rate of its month's last
// day.
func TestRolloverAtTheMonthsRate(t *testing.T) {
	earned, rolled := coop("1", "2020-03-31", "100"), coop("2", "2020-04-01", "-10")
	earned.currency, rolled.reason = "EUR", "Co-op Rollover"
	a := asOf("2020-07-15", export("a", earned, rolled))
	for last, want := range map[string]string{"2020-04-30": "95.00", "2020-05-01": "91.00"} {
		a.rates = []rate{{"USD", "EUR", "", "0.9"}, {"USD", "EUR", last, "0.5"}}
		r := a.calculate(t)
		if b := onlyBalance(t, r); b.CoOpFund.StringFixed(2) != want || findings(r, calc.TransferCurrency) != 0 {
			t.Errorf("a rate from %s on: the fund holds %s, want %s", last, b.CoOpFund, want)
		}
	}
	a.rates = nil
	if r := a.calculate(t); findings(r, calc.TransferCurrency) != 1 {
		t.Errorf("%d errors without a rate, want 1", findings(r, calc.TransferCurrency))
	}
}

// Transfers change what the fund holds, and never what decides.
func TestRolloversDecideNothing(t *testing.T) {
	in, out := coop("in", "2020-05-31", "9000"), coop("out", "2020-05-31", "-9000")
	in.reason, out.reason = "Co-op Rollover", "CO-OP ROLLOVER"
	for _, c := range []struct {
		roll           line
		earned         string
		decision, fund string
	}{
		{in, "4000", "auto-payout", "13000.00"},
		{out, "4000.01", "claim-required", "-4999.99"},
	} {
		r := asOf("2020-07-15", export("a", coop("1", "2020-03-31", c.earned), c.roll)).calculate(t)
		b := onlyBalance(t, r)
		if b.Decision.String() != c.decision || b.CoOpFund.StringFixed(2) != c.fund || b.Transferred.StringFixed(2) != c.roll.amount+".00" {
			t.Errorf("%s earned, %s rolled over: %s, fund %s, moved %s", c.earned, c.roll.amount, b.Decision, b.CoOpFund, b.Transferred)
		}
		if findings(r, calc.CoOpTransferred) != 1 {
			t.Errorf("%d notices of transfers, want 1", findings(r, calc.CoOpTransferred))
		}
	}
}

// What is dated after the as-of date is left out, and said of as nothing else.
func TestLaterRowsAreNoTransfers(t *testing.T) {
	roll, paid := coop("roll", "2020-05-31", "-9000"), coop("paid", "2020-05-31", "4000")
	roll.reason, paid.claimID = "Co-op Rollover", "CL-1"
	a := asOf("2020-04-15", export("a", coop("1", "2020-03-31", "4000"), roll, paid))
	for day, want := range map[string]int{"2020-04-15": 0, "2020-05-31": 1} {
		a.asOf = day
		r := a.calculate(t)
		if findings(r, calc.CoOpTransferred) != want || findings(r, calc.ClaimPaymentRows) != want {
			t.Errorf("as of %s: %d notices of transfers and %d of payments of claims, want %d", day, findings(r, calc.CoOpTransferred), findings(r, calc.ClaimPaymentRows), want)
		}
	}
}

func TestClaimPaymentsAreNotEarned(t *testing.T) {
	paid := coop("p", "2020-05-31", "4000")
	paid.claimID = "CL-1"
	rebate := paid
	rebate.id, rebate.typ = "r", "Rebate"
	a := asOf("2020-07-15", export("a", coop("1", "2020-03-31", "1000"), paid, rebate))
	r := a.calculate(t)
	if b := onlyBalance(t, r); b.CoOp.String() != "1000" || b.Rebate.String() != "4000" || b.Decision != calc.AutoPayout || findings(r, calc.ClaimPaymentRows) != 1 {
		t.Errorf("co-op %s, rebate %s, %s, %d warnings", b.CoOp, b.Rebate, b.Decision, findings(r, calc.ClaimPaymentRows))
	}
	a.claimRowsEarn = true
	r = a.calculate(t)
	if b := onlyBalance(t, r); b.CoOp.String() != "5000" || b.Decision != calc.ClaimRequired || findings(r, calc.ClaimPaymentRows) != 0 {
		t.Errorf("as earnings: co-op %s, %s, %d warnings", b.CoOp, b.Decision, findings(r, calc.ClaimPaymentRows))
	}
}

// Other types are totalled, and never part of the split or the decision.
func TestOtherTypes(t *testing.T) {
	fee, sell := coop("f", "2020-03-31", "9000.005"), coop("s", "2020-04-30", "-0.001")
	fee.typ, sell.typ = "Fee", "SELL"
	b := onlyBalance(t, asOf("2020-07-15", export("a", fee, sell)).calculate(t))
	if b.Other.StringFixed(2) != "9000.00" || !b.CoOp.IsZero() || !b.Rebate.IsZero() || b.Decision != calc.AutoPayout {
		t.Errorf("other %s, co-op %s, rebate %s, %s", b.Other, b.CoOp, b.Rebate, b.Decision)
	}
}

// An adjustment is booked in the month that it adjusts.
func TestAdjustmentChangesAClosedPeriod(t *testing.T) {
	adjusted := coop("2", "2020-03-31", "-1000.01")
	adjusted.reason, adjusted.calculated = "Adjustment", "2020-11-05"
	b := onlyBalance(t, asOf("2020-12-01", export("a", coop("1", "2020-03-10", "5000")), export("b", adjusted)).calculate(t))
	if b.CoOp.String() != "3999.99" || b.Decision != calc.AutoPayout {
		t.Errorf("%s, %s", b.CoOp, b.Decision)
	}
}

// A period with earnings up to the as-of date has a row though they sum to zero;
// one whose earnings lie after it has none.
func TestPeriodsThatHaveARow(t *testing.T) {
	r := asOf("2020-08-10", export("a", coop("1", "2019-12-31", "5"), coop("2", "2019-12-31", "-5"), coop("3", "2020-06-30", "0"), coop("4", "2020-08-11", "7"))).calculate(t)
	var got string
	for _, b := range r.Balances() {
		got += fmt.Sprint(b.Period, " ", b.CoOp.StringFixed(2), "; ")
	}
	if got != "FY20H1 0.00; FY20H2 0.00; " {
		t.Errorf("%s", got)
	}
}

func TestParticipantName(t *testing.T) {
	named := func(id, date, name string) line {
		l := coop(id, date, "1")
		l.name = name
		return l
	}
	payment := named("p", "2020-07-01", "Tailspin")
	payment.claimID = "CL-1"
	for _, c := range []struct {
		name string
		rows []line
		want string
	}{
		{"latest earningDate", []line{named("1", "2020-03-02", "Zava"), named("2", "2020-03-01", "Adatum")}, "Zava"},
		{"then the bytewise smallest", []line{named("1", "2020-03-02", "adatum"), named("2", "2020-03-02", "Zava"), named("3", "2020-03-02", "Äther")}, "Zava"},
		{"a blank is no name", []line{named("1", "2020-03-02", ""), named("2", "2020-03-01", "Adatum")}, "Adatum"},
		{"not after the as-of date", []line{named("1", "2020-08-02", "Zava"), named("2", "2020-03-01", "Adatum")}, "Adatum"},
		{"not of a row that does not count", []line{payment, named("2", "2020-03-01", "Adatum")}, "Adatum"},
		{"of any program", []line{named("1", "2020-03-01", "Adatum"), {id: "2", participant: "4711", name: "Zava", program: "CSP Indirect Provider", currency: "USD", amount: "1", usd: "1", date: "2020-04-01"}}, "Zava"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, s := range asOf("2020-07-15", export("a", c.rows...)).calculate(t).Statements {
				if s.Name != c.want {
					t.Errorf("%s: %q, want %q", c.name, s.Name, c.want)
				}
			}
		})
	}
}

func TestMonthLines(t *testing.T) {
	euro, rebate := coop("1", "2020-03-01", "10.005"), coop("2", "2020-03-31", "20")
	euro.currency, euro.usd = "EUR", "11.004"
	rebate.typ, rebate.usd = "Rebate", "20.01" // a USD row whose two figures disagree keeps both
	transfer := coop("3", "2020-04-30", "7")
	transfer.reason = "Co-op Rollover"
	r := asOf("2020-06-30", export("a", euro, rebate, transfer)).calculate(t)
	var got string
	for _, m := range r.Statements[0].Months {
		got += fmt.Sprintln(m.Month, m.Currency, m.Plain(calc.Rebate).StringFixed(2), m.Plain(calc.CoOp).StringFixed(2), m.Plain(calc.Other).StringFixed(2),
			m.USD(calc.Rebate).StringFixed(2), m.USD(calc.CoOp).StringFixed(2), m.USD(calc.Other).StringFixed(2))
	}
	if want := "2020-03 EUR 0.00 10.01 0.00 0.00 11.00 0.00\n2020-03 USD 20.00 0.00 0.00 20.01 0.00 0.00\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if findings(r, calc.AmountsDisagree) != 1 {
		t.Errorf("%d warnings about figures that disagree, want 1", findings(r, calc.AmountsDisagree))
	}
}

func TestProjection(t *testing.T) {
	for _, c := range []struct {
		name                 string
		rows                 []line
		asOf                 string
		months               int
		coop, distance, when string
	}{
		{"two months of six", []line{coop("1", "2020-01-31", "600"), coop("2", "2020-02-29", "800")}, "2020-03-10", 2, "4200.00", "2600.01", "2020-06"},
		{"exactly the threshold is not over it", []line{coop("1", "2020-03-31", "2000")}, "2020-04-02", 3, "4000.00", "2000.01", ""},
		{"over it already", []line{coop("1", "2020-01-31", "4000.01")}, "2020-02-01", 1, "24000.06", "0.00", "2020-01"},
		{"a whole period", []line{coop("1", "2020-06-30", "1240")}, "2020-06-30", 6, "1240.00", "2760.01", ""},
		{"clawed back", []line{coop("1", "2020-01-31", "-10")}, "2020-02-01", 1, "-60.00", "4010.01", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := onlyBalance(t, asOf(c.asOf, export("a", c.rows...)).calculate(t)).Projection
			if p == nil {
				t.Errorf("%s: no projection", c.name)
				return
			}
			got := fmt.Sprint(p.Months, " ", p.CoOp.StringFixed(2), " ", p.Distance.StringFixed(2), " ", p.Crossing)
			if want := fmt.Sprint(c.months, " ", c.coop, " ", c.distance, " ", c.when); got != want || p.MustClaim != (c.when != "") {
				t.Errorf("%s: %s (must claim %v), want %s", c.name, got, p.MustClaim, want)
			}
		})
	}
	if b := onlyBalance(t, asOf("2020-07-01", export("a", coop("1", "2020-01-31", "1"))).calculate(t)); b.Projection != nil {
		t.Error("a period that is over is projected")
	}
}
