package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// payment returns a row of a Payments report in EUR, to be changed by the caller.
func payment(id, date, earned, usd string) calc.Payment {
	return calc.Payment{
		ID: id, Participant: "4711", Program: "CSP 2T Indirect Reseller", Date: day(date), Currency: "EUR", Status: "SENT",
		Earned: maybe(earned), EarnedUSD: maybe(usd), Total: maybe(earned), Place: calc.Place{Row: 2},
	}
}

// paid returns a rebate in EUR that carries a payment's id.
func paid(id, date, amount, usd string) line {
	l := typed("Rebate", id, date, amount)
	l.currency, l.usd, l.status = "EUR", usd, "Sent"
	return l
}

// carrying gives earnings their payment's id, by their own id up to the dot.
func carrying(e *calc.EarningCells) {
	var n int
	if _, err := fmt.Sscanf(e.ID, "P%d", &n); err == nil {
		e.PaymentID = fmt.Sprint("P", n)
	}
}

func TestPaymentsMatchEarnings(t *testing.T) {
	both := []line{paid("P1.1", "2020-03-31", "60.00", "66.00"), paid("P1.2", "2020-02-29", "40.00", "44.00")}
	otherProgram := paid("P1.1", "2020-03-31", "100.00", "110.00")
	otherProgram.program = "CSP Indirect Provider"
	dollars := paid("P1.1", "2020-03-31", "100.00", "110.00")
	dollars.currency = "GBP"
	claimed := paid("P1.1", "2020-03-31", "100.00", "110.00")
	claimed.typ, claimed.claimID = "Coop", "CL-1"
	rolled := paid("P1.1", "2020-03-31", "100.00", "110.00")
	rolled.reason = "Co-op Rollover"
	withheld := payment("P1", "2020-04-15", "90.00", "99.00")
	withheld.WithheldTax = maybe("10.00")
	withheld.Total = maybe("80.00")
	for _, c := range []struct {
		name     string
		rows     []line
		payments []calc.Payment
		earning  func(e *calc.EarningCells)
		state    calc.MatchState
		currency string
		code     calc.Code
		want     []string
	}{
		{"to the cent, whatever the program is called", both, []calc.Payment{payment("P1", "2020-04-15", "100.00", "110.00")}, nil, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"a cent that rounding three amounts explains", both, []calc.Payment{payment("P1", "2020-04-15", "100.01", "110.00")}, nil, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"two cents", both, []calc.Payment{payment("P1", "2020-04-15", "99.98", "110.00")}, nil, calc.MatchDiffers, "EUR", calc.PaymentDiffers,
			[]string{"warning 4711  pay/2: payment P1 of 15 Apr 2020 pays 99.98 EUR before tax, but its earnings (2 rows) come to 100.00 EUR: a difference of −0.02, of which rounding"}},
		{"several rows of one payment", both, []calc.Payment{payment("P1", "2020-04-15", "60.00", "66.00"), payment("P1", "2020-04-15", "40.00", "44.00")}, nil, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"a row that repeats", both, []calc.Payment{payment("P1", "2020-04-15", "100.00", "110.00"), payment("P1", "2020-04-15", "100.0", "110.00")}, nil, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"a credit note", []line{paid("P1.1", "2020-03-31", "-20.00", "-22.00")}, []calc.Payment{payment("P1", "2020-04-15", "-20.00", "-22.00")}, nil, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"payments of claims and rollovers are paid too", []line{claimed}, []calc.Payment{payment("P1", "2020-04-15", "100.00", "110.00")}, nil, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"a rollover", []line{rolled}, []calc.Payment{payment("P1", "2020-04-15", "100.00", "110.00")}, nil, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"in the payment's currency as the earnings have it", []line{dollars}, []calc.Payment{payment("P1", "2020-04-15", "120.00", "1.00")},
			func(e *calc.EarningCells) {
				e.Paid = calc.PaidAmount{Amount: calc.NewAmount(money("120.00")), Currency: "EUR"}
			}, calc.MatchAgrees, "EUR", calc.PaymentDiffers, nil},
		{"another amount in the payment's currency", []line{dollars}, []calc.Payment{payment("P1", "2020-04-15", "120.00", "110.00")},
			func(e *calc.EarningCells) {
				e.Paid = calc.PaidAmount{Amount: calc.NewAmount(money("119.00")), Currency: "EUR"}
			}, calc.MatchDiffers, "EUR", calc.PaymentDiffers, []string{"come to 119.00 EUR: a difference of 1.00"}},
		{"in USD where the currencies differ, within rates", []line{dollars}, []calc.Payment{payment("P1", "2020-04-15", "120.00", "110.02")}, nil, calc.MatchAgrees, "USD", calc.PaymentDiffers, nil},
		{"in USD, beyond rates", []line{dollars}, []calc.Payment{payment("P1", "2020-04-15", "120.00", "110.03")}, nil, calc.MatchDiffers, "USD", calc.PaymentDiffers,
			[]string{"pays 110.03 USD before tax, but its earnings (1 row) come to 110.00 USD: a difference of 0.03, of which rounding and exchange rates explain 0.021 at most"}},
		{"paid in another currency than the earnings say", []line{dollars}, []calc.Payment{payment("P1", "2020-04-15", "120.00", "110.00")},
			func(e *calc.EarningCells) {
				e.Paid = calc.PaidAmount{Amount: calc.NewAmount(money("100.00")), Currency: "GBP"}
			}, calc.MatchDiffers, "USD", calc.PaymentDiffers, []string{"is in EUR, but its earnings say that they were paid in GBP"}},
		{"nothing to compare in", []line{dollars}, []calc.Payment{payment("P1", "2020-04-15", "120.00", "")}, nil, calc.MatchDiffers, "", calc.PaymentDiffers, []string{"cannot be compared"}},
		{"withheld tax explains it", both, []calc.Payment{withheld}, nil, calc.MatchTaxed, "EUR", calc.PaymentDiffers, []string{"a difference of −10.00, of which rounding them explains 0.015 at most; the difference is the withheldTax of the Payments report"}},
		{"of another program", []line{otherProgram}, []calc.Payment{payment("P1", "2020-04-15", "100.00", "110.00")}, nil, calc.MatchWithoutEarnings, "EUR", calc.PaidWithoutEarnings,
			[]string{"1 payment without earnings (first: P1 of 15 Apr 2020, 100.00 EUR): no earnings carry their ids"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := asOf("2020-07-31", export("a", append([]line{coop("E0", "2020-01-31", "1")}, c.rows...)...), export("pay"))
			r := a.change(t, func(in *calc.Input) {
				each(in, "", carrying)
				if c.earning != nil {
					each(in, "P1.1", c.earning)
				}
				in.Sources[1].Payments = c.payments
			})
			expectFindings(t, c.name, r, c.code, c.want...)
			var found *calc.PaymentMatch
			for _, s := range r.Statements {
				for _, m := range s.Payments {
					if m.Place.File == "pay" {
						found = m
					}
				}
			}
			if found == nil || found.State != c.state || found.Currency != c.currency {
				t.Errorf("%s: %+v, want %s in %q", c.name, found, c.state, c.currency)
			}
		})
	}
}

// The difference of a match is what its rows and its payment say.
func TestPaymentsDifference(t *testing.T) {
	for seed := range uint64(100) {
		d := newDice(seed)
		sum := decimal.Zero
		var rows []line
		for i := range 1 + d.IntN(9) {
			amount := decimal.New(int64(d.IntN(100000)-20000), -2)
			sum = sum.Add(amount)
			rows = append(rows, paid(fmt.Sprint("P1.", i), "2020-03-31", amount.String(), amount.String()))
		}
		off := decimal.New(int64(d.IntN(40)-20), -2)
		r := asOf("2020-07-31", export("a", rows...), export("pay")).change(t, func(in *calc.Input) {
			each(in, "", carrying)
			in.Sources[1].Payments = []calc.Payment{payment("P1", "2020-04-15", sum.Add(off).String(), "")}
		})
		m := r.Statements[0].Payments[0]
		beyond := off.Abs().GreaterThan(decimal.New(int64(len(rows)+1)*5, -3))
		if !m.Difference.Equal(off) || len(m.Rows) != len(rows) || (m.State == calc.MatchDiffers) != beyond {
			t.Errorf("seed %d: %s with %d rows, %s; want a difference of %s", seed, m.State, len(m.Rows), m.Difference, off)
		}
	}
}

func TestPaymentsTotal(t *testing.T) {
	for _, c := range []struct {
		name                                string
		total, sales, withheld, fee, earned string
		want                                int
	}{
		{"no tax", "100", "", "", "", "100", 0},
		{"withheld tax and sales tax", "109", "19", "10", "", "100", 0},
		{"a service fee's tax taken off", "98", "", "", "2", "100", 0},
		{"a service fee's tax added", "102", "", "", "2", "100", 0},
		{"without earned: the total before tax", "109", "19", "10", "", "", 0},
		{"rounding", "100.02", "", "", "", "100", 0},
		{"something else taken", "97", "", "", "2", "100", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := payment("P1", "2020-04-15", c.earned, "")
			p.Total, p.SalesTax, p.WithheldTax, p.ServiceFeeTax = maybe(c.total), maybe(c.sales), maybe(c.withheld), maybe(c.fee)
			r := asOf("2020-07-31", export("a", paid("P1.1", "2020-03-31", "100", "110")), export("pay")).change(t, func(in *calc.Input) {
				each(in, "", carrying)
				in.Sources[1].Payments = []calc.Payment{p}
			})
			if got := reported(r, calc.PaymentTotalDiffers); len(got) != c.want || r.Statements[0].Payments[0].Paid.String() != "100" {
				t.Errorf("%s: %v, paid %s", c.name, got, r.Statements[0].Payments[0].Paid)
			}
		})
	}
}

func TestPaymentsWithoutTheOtherSide(t *testing.T) {
	row := func(id, date, status, estimated string) (line, func(e *calc.EarningCells)) {
		l := paid(id, date, "10", "11")
		l.status = status
		return l, func(e *calc.EarningCells) { e.EstimatedMonth = estimated }
	}
	for _, c := range []struct {
		name, status, estimated string
		reports                 []calc.Payment
		want                    int
	}{
		{"expected within the report's range", "Sent", "2020-05", []calc.Payment{payment("P7", "2020-04-15", "1", "1"), payment("P8", "2020-06-15", "1", "1")}, 1},
		{"the month written out", "Sent", "May 2020", []calc.Payment{payment("P7", "2020-04-15", "1", "1"), payment("P8", "2020-06-15", "1", "1")}, 1},
		{"the report ends in the month", "Sent", "2020-05", []calc.Payment{payment("P7", "2020-04-15", "1", "1"), payment("P8", "2020-05-31", "1", "1")}, 0},
		{"the report begins later", "Sent", "2020-05", []calc.Payment{payment("P7", "2020-06-01", "1", "1"), payment("P8", "2020-07-15", "1", "1")}, 0},
		{"not sent", "In progress", "2020-05", []calc.Payment{payment("P7", "2020-04-15", "1", "1"), payment("P8", "2020-06-15", "1", "1")}, 0},
		{"no estimate, and the report reaches on", "Sent", "Not available", []calc.Payment{payment("P7", "2020-03-01", "1", "1"), payment("P8", "2020-06-30", "1", "1")}, 1},
		{"no estimate, and the report ends soon", "Sent", "", []calc.Payment{payment("P7", "2020-03-01", "1", "1"), payment("P8", "2020-06-29", "1", "1")}, 0},
		{"a report without the participant's program", "Sent", "2020-05", []calc.Payment{
			{ID: "P7", Participant: "4711", Program: "Other", Date: day("2020-04-15")}, {ID: "P8", Participant: "4712", Program: "CSP Indirect Reseller", Date: day("2020-06-15")}}, 0},
		{"no report", "Sent", "2020-05", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, set := row("P1.1", "2020-03-31", c.status, c.estimated)
			r := asOf("2020-07-31", export("a", l), export("pay")).change(t, func(in *calc.Input) {
				each(in, "", carrying)
				each(in, "", set)
				in.Sources[1].Payments = c.reports
			})
			if got := reported(r, calc.SentWithoutPayment); len(got) != c.want {
				t.Errorf("%s: %v, want %d", c.name, got, c.want)
			} else if c.want == 1 && !strings.Contains(got[0], "(1 row, 10.00 EUR)") {
				t.Errorf("%s: %s, want the amount in the currency of its earnings", c.name, got[0])
			}
			for _, f := range r.Findings {
				if f.Code() == calc.SentWithoutPayment && (f.Money().Amount.String() != "11" || f.Money().Currency != "USD") {
					t.Errorf("%s %s behind it, want the earnings' 11 USD", f.Money().Amount, f.Money().Currency)
				}
			}
			notSeen := decimal.New(int64(11*c.want), 0)
			if u := r.Statements[0].Unpaid; !u.NotSeen.Equal(notSeen) || c.want == 1 && (!u.Total.Equal(notSeen) || !u.Buckets[3].Equal(notSeen) || !u.Rebate.IsZero()) {
				t.Errorf("%s: the ageing has %s not seen, %s over 90 days, %s in all, want %s", c.name, u.NotSeen, u.Buckets[3], u.Total, notSeen)
			}
			reports := 0
			if c.reports == nil {
				reports = 1
			}
			if got := reported(r, calc.NoPaymentsReport); len(got) != reports {
				t.Errorf("%s: %v, want %d", c.name, got, reports)
			}
		})
	}
	// Without payment ids there is nothing that a report could be missed for.
	expectFindings(t, "no ids", asOf("2020-07-31", export("a", paid("E1", "2020-03-31", "1", "1"))).calculate(t), calc.NoPaymentsReport)
}

// Payments older than the first earnings are no warning, and all of a report's
// are one finding.
func TestPaymentsBeforeTheArchive(t *testing.T) {
	var list []calc.Payment
	for i := range 24 {
		p := payment(fmt.Sprint("P", 100+i), "2019-01-15", "1", "1")
		p.Date = p.Date.Month().Add(i).First().AddDays(14)
		list = append(list, p)
	}
	stray := payment("P900", "2020-05-15", "1", "1")
	stray.Participant = "4799"
	r := asOf("2020-12-31", export("a", coop("E1", "2020-03-31", "1")), export("pay")).change(t, func(in *calc.Input) {
		in.Sources[1].Payments = append(list, stray)
	})
	expectFindings(t, "gathered", r, calc.PaidWithoutEarnings,
		"warning 4711  pay/2: 9 payments without earnings (first: P115 of 15 Apr 2020, 1.00 EUR)",
		"warning 4799  pay/2: 1 payment without earnings",
		"info 4711  pay/2: 15 payments without earnings (first: P100 of 15 Jan 2019, 1.00 EUR): they are older than the first archived earnings")
	if len(r.StrayPayments) != 1 || r.StrayPayments[0].Participant != "4799" {
		t.Errorf("%d stray payments", len(r.StrayPayments))
	}
}

func TestPaymentsThatFailed(t *testing.T) {
	for _, c := range []struct {
		name, status string
		carried      bool
		want         []string
		unpaid       string
	}{
		{"reversed", "REVERSED", true, []string{"warning 4711  pay/2: payment P1 of 15 Apr 2020 (10.00 EUR) has the status \"REVERSED\" (returned), and its earnings (1 row, 10.00 EUR) are unpaid"}, "11"},
		{"rejected", "Rejected", true, []string{`has the status "Rejected"`}, "11"},
		{"failed", "failed", true, []string{`has the status "failed"`}, "11"},
		{"sent", "Sent", true, nil, "0"},
		{"its earnings carry another payment", "Reversed", false, []string{"info 4711  pay/2: payment P1 of 15 Apr 2020 (10.00 EUR) has the status \"Reversed\" (returned); no earnings carry it any more"}, "0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := payment("P1", "2020-04-15", "10", "11")
			p.Status, p.StatusText = c.status, "returned"
			again := payment("P2", "2020-05-15", "10", "11")
			r := asOf("2020-07-31", export("a", paid("P1.1", "2020-03-31", "10", "11")), export("pay")).change(t, func(in *calc.Input) {
				each(in, "", carrying)
				in.Sources[1].Payments = []calc.Payment{p}
				if !c.carried {
					each(in, "", func(e *calc.EarningCells) { e.PaymentID = "P2" })
					in.Sources[1].Payments = append(in.Sources[1].Payments, again)
				}
			})
			expectFindings(t, c.name, r, calc.PaymentFailed, c.want...)
			if got := r.Statements[0].Unpaid.Total.String(); got != c.unpaid {
				t.Errorf("%s: %s USD unpaid, want %s", c.name, got, c.unpaid)
			}
		})
	}
}

// Of several reports the one that reaches furthest has a payment's state; one
// that is dated after the as-of date has not paid yet.
func TestPaymentsNewestReport(t *testing.T) {
	sent, reversed := payment("P1", "2020-04-15", "10", "11"), payment("P1", "2020-04-15", "10", "11")
	reversed.Status = "Reversed"
	last := payment("P9", "2020-06-15", "1", "1")
	for _, c := range []struct {
		name, asOf   string
		older, newer []calc.Payment
		state        string
		unpaid       string
	}{
		{"reversed since", "2020-07-31", []calc.Payment{sent}, []calc.Payment{reversed, last}, "failed", "11"},
		{"sent after all", "2020-07-31", []calc.Payment{reversed}, []calc.Payment{sent, last}, "matched", "0"},
		{"paid after the as-of date", "2020-04-14", nil, []calc.Payment{sent, last}, "", "11"},
	} {
		for _, names := range [][2]string{{"x", "y"}, {"y", "x"}} {
			r := asOf(c.asOf, export("a", paid("P1.1", "2020-03-31", "10", "11")), export(names[0]), export(names[1])).change(t, func(in *calc.Input) {
				each(in, "", carrying)
				in.Sources[1].Payments, in.Sources[2].Payments = c.older, c.newer
			})
			var state string
			for _, m := range r.Statements[0].Payments {
				if m.ID == "P1" {
					state = m.State.String()
				}
			}
			if got := r.Statements[0].Unpaid.Total.String(); state != c.state || got != c.unpaid {
				t.Errorf("%s: %q with %s unpaid, want %q with %s", c.name, state, got, c.state, c.unpaid)
			}
		}
	}
}

// Payments, like everything else, do not depend on the order of files.
func TestPaymentsOrderIsIrrelevant(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		in := a.input()
		each(&in, "", func(e *calc.EarningCells) {
			if len(e.ID) > 1 {
				e.PaymentID = "P" + e.ID[len(e.ID)-1:]
			}
		})
		for i := range in.Sources[:min(3, len(in.Sources))] {
			for range d.IntN(6) {
				p := payment(fmt.Sprint("P", d.IntN(12)), d.date(), d.amount(), d.amount())
				p.Participant, p.Program, p.Status = fmt.Sprint("P", d.IntN(3)), pick(d, spellings...), pick(d, "Sent", "Reversed", "In progress")
				p.Currency = pick(d, "EUR", "USD", "JPY")
				in.Sources[i].Payments = append(in.Sources[i].Payments, p)
			}
		}
		words := func() (out []string) {
			r := calculateInput(t, in)
			for _, f := range r.Findings {
				out = append(out, fmt.Sprint(f))
			}
			for _, s := range append(r.Statements, &calc.Statement{Payments: r.StrayPayments}) {
				for _, m := range s.Payments {
					out = append(out, fmt.Sprint(m.ID, m.Participant, m.Program, m.State, m.Currency, m.Paid, m.Earned, m.Difference, m.Place, len(m.Rows)))
				}
			}
			return out
		}
		want := words()
		d.Shuffle(len(in.Sources), func(i, j int) { in.Sources[i], in.Sources[j] = in.Sources[j], in.Sources[i] })
		if got := words(); !slices.Equal(got, want) {
			t.Errorf("in another order\n%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
