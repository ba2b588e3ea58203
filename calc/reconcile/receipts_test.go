package reconcile_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
)

// receiving is a journal with the accounts that bank statements need.
func receiving(r calc.Recognition) *calc.JournalPolicy {
	p := booked(r)
	p.Accounts.Clearing, p.Accounts.WithheldTax, p.Accounts.SalesTax, p.Accounts.Exchange = "clearing", "withheld tax", "sales tax", "exchange"
	return p
}

// bankOf is statements that cover all days.
func bankOf(lines ...calc.BankLine) *calc.Source {
	src := &calc.Source{File: "bank", SHA256: "b", Kind: calc.KindBank}
	for _, currency := range []string{"EUR", "USD", "GBP", "JPY"} {
		s := calc.BankStatement{Account: currency, Currency: currency, First: day("2018-01-01"), Last: day("2030-12-31")}
		for _, l := range lines {
			if l.Currency == currency {
				s.Lines = append(s.Lines, l)
			}
		}
		src.Bank = append(src.Bank, s)
	}
	return src
}

// pay throws payments for the earnings of an archive, and the bank that received
// most of them.
func (d dice) pay(in *calc.Input) {
	report := &calc.Source{File: "pay", SHA256: "p", Kind: calc.KindPayments}
	var lines []calc.BankLine
	seen := map[string]bool{}
	for _, src := range in.Sources {
		calctest.Change(src, func(_ int, e *calc.EarningCells) {
			if e.ID == "" || len(e.ID)%2 == 0 {
				return
			}
			e.PaymentID = fmt.Sprintf("PAY%s%s", e.Participant, e.Date.Month())
			if key := e.PaymentID + string(calc.KeyOfProgram(e.Program)); !seen[key] {
				seen[key] = true
				p := calc.Payment{
					ID: e.PaymentID, Participant: e.Participant, Program: e.Program, Date: e.Date.Month().Last().AddDays(14), Status: "Sent",
					Currency: pick(d, "EUR", "USD"), Earned: maybe(d.amount()), Place: calc.Place{Row: len(report.Payments) + 2},
				}
				if d.oneIn(2) {
					p.EarnedUSD = maybe(d.amount())
				}
				if d.oneIn(3) {
					p.WithheldTax, p.SalesTax = maybe("3.21"), maybe("1.07")
				}
				p.Total = decimal.NewNullDecimal(p.Earned.Decimal.Sub(p.WithheldTax.Decimal).Add(p.SalesTax.Decimal))
				report.Payments = append(report.Payments, p)
				line := calc.BankLine{Booked: p.Date.AddDays(2), Amount: p.Total.Decimal, Currency: p.Currency, Text: p.ID, Place: calc.Place{Row: len(lines) + 1}}
				switch d.IntN(8) {
				case 0:
					return // missing
				case 1:
					line.Amount = line.Amount.Sub(money("0.50"))
				case 2:
					line.Currency = "GBP"
				}
				if !line.Amount.IsZero() {
					lines = append(lines, line)
				}
			}
		})
	}
	in.Sources = append(in.Sources, report, bankOf(lines...))
}

// totals sums accounts over all funds, by currency and account, in the currency
// and in USD.
func (bs books) totals() map[string]sides {
	sums := map[string]sides{}
	for key, s := range bs {
		f := strings.Split(key, "|")
		k := f[3] + " " + f[4]
		sums[k] = sides{sums[k].plain.Add(s.plain), sums[k].usd.Add(s.usd)}
	}
	return sums
}

// TestReceiptsAddUpToTheBank goes through chains of sets with and without bank
// statements and accounts for them: the clearing account holds what arrived, the
// taxes are those of the payments, and the receivable is what the roll-forward
// says less what settled it. Without the clearing account the journal is that
// without statements, to the last entry.
func TestReceiptsAddUpToTheBank(t *testing.T) {
	arrived, foreign := 0, 0
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		held := books{}
		var last *calc.LastSet
		date := fmt.Sprintf("%d-01-15", d.year)
		recognition := pick(d, calc.OnEarning, calc.OnApproval)
		for n := 1; n <= len(a.files); n++ {
			in := archive{asOf: date, files: a.files[:n], rules: a.rules, rates: a.rates, claimRowsEarn: a.claimRowsEarn}.input()
			in.Last, in.Policy.Journal = last, receiving(recognition)
			d.pay(&in)
			r := calculateInput(t, in)
			held.post(t, r.Journal)
			arrived, foreign = arrived+held.holdReceipts(t, r), foreign+countForeign(r)

			in.Policy.Journal = booked(recognition)
			without := calculateInput(t, in)
			in.Sources = in.Sources[:len(in.Sources)-1]
			unbanked := calculateInput(t, in)
			if fmt.Sprint(without.Journal) != fmt.Sprint(unbanked.Journal) {
				t.Errorf("as of %s: statements change the journal without the account for what they show", date)
			}
			last = lastSet(r)
			date = plus(date, 20+d.IntN(120))
		}
	})
	if arrived == 0 || foreign == 0 {
		t.Errorf("%d payments arrived, %d of them in another currency", arrived, foreign)
	}
}

func countForeign(r *calc.Result) (n int) {
	for _, m := range allPayments(r) {
		if m.Bank.State == calc.BankOtherCurrency {
			n++
		}
	}
	return n
}

func allPayments(r *calc.Result) []*calc.PaymentMatch {
	list := slices.Clone(r.StrayPayments)
	for _, s := range r.Statements {
		list = append(list, s.Payments...)
	}
	return list
}

// holdReceipts compares the books with the payments and the roll-forward.
func (bs books) holdReceipts(t *testing.T, r *calc.Result) (arrived int) {
	t.Helper()
	want := map[string]decimal.Decimal{}
	add := func(currency, account string, amount decimal.Decimal) {
		want[currency+" "+account] = want[currency+" "+account].Add(amount)
	}
	for _, b := range r.Balances() {
		to := b.Movement.ToDate
		add(b.RebateCurrency, "rebate receivable", b.RebatePlain)
		add(b.FundCurrency, "rebate receivable", to.PaidOut.Sub(to.Transferred).Add(to.ClaimsPaid))
		others := map[string]decimal.Decimal{}
		for _, m := range b.Statement.Months {
			if m.Month.Period() == b.Period {
				others[m.Currency] = others[m.Currency].Add(m.Exact(calc.Other))
			}
		}
		for currency, exact := range others {
			add(currency, "rebate receivable", calc.Cents(exact))
		}
	}
	for _, m := range allPayments(r) {
		if !m.Bank.State.Arrived() {
			continue
		}
		arrived++
		add(m.Bank.Currency, "clearing", m.Bank.Amount)
		settled := m.Bank.Amount
		if m.Bank.Currency != m.PayCurrency {
			add(m.Bank.Currency, "exchange", m.Bank.Amount.Neg())
			add(m.PayCurrency, "exchange", m.Total)
			settled = m.Total
		}
		withheld := m.WithheldTax
		if m.Bank.State == calc.BankTaxed {
			withheld = m.Gross.Add(m.SalesTax).Sub(m.Bank.Amount)
		}
		add(m.PayCurrency, "withheld tax", withheld)
		add(m.PayCurrency, "sales tax", m.SalesTax.Neg())
		add(m.PayCurrency, "rebate receivable", settled.Add(withheld).Sub(m.SalesTax).Neg())
	}
	got := bs.totals()
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if !got[k].plain.Equal(want[k]) {
			t.Errorf("as of %s: %s holds %s, want %s", r.AsOf, k, got[k].plain, want[k])
		}
	}
	for k, s := range got {
		if _, known := want[k]; !known && !s.plain.IsZero() && (strings.HasSuffix(k, "clearing") || strings.HasSuffix(k, "tax")) {
			t.Errorf("as of %s: %s holds %s, want nothing", r.AsOf, k, s.plain)
		}
	}
	return arrived
}

// TestReceiptJournal is what a payment in EUR with tax books, one in another
// currency, and one of two earning periods.
func TestReceiptJournal(t *testing.T) {
	taxed := payment("P1", "2020-04-15", "100.00", "112.00")
	taxed.WithheldTax, taxed.Total = maybe("10.00"), maybe("90.00")
	onBank := func(id, amount, currency string) calc.BankLine {
		return calc.BankLine{Booked: day("2020-04-17"), Amount: money(amount), Currency: currency, Text: id, Place: calc.Place{Row: 5}}
	}
	for name, c := range map[string]struct {
		rows    []line
		payment calc.Payment
		bank    calc.BankLine
		rates   calc.Rates
		want    string
	}{
		"taxed, at the report's rate": {[]line{paid("P1.1", "2020-03-31", "100.00", "110.00")}, taxed, onBank("P1", "90.00", "EUR"), nil,
			"received EUR: clearing 90/100.8 to rebate receivable 90/100.8\n" +
				"tax EUR: withheld tax 10/11.2 to rebate receivable 10/11.2\n" +
				"exchange EUR: rebate receivable 0/2 to exchange 0/2"},
		"at the configured rate": {[]line{paid("P1.1", "2020-03-31", "100.00", "110.00")}, payment("P1", "2020-04-15", "100.00", "112.00"), onBank("P1", "100.00", "EUR"),
			calc.Rates{{From: "EUR", To: "USD", Value: money("1.05")}},
			"received EUR: clearing 100/105 to rebate receivable 100/105\n" +
				"exchange EUR: exchange 0/5 to rebate receivable 0/5"},
		"short: the rest stays receivable": {[]line{paid("P1.1", "2020-03-31", "100.00", "110.00")}, payment("P1", "2020-04-15", "100.00", "110.00"), onBank("P1", "80.00", "EUR"), nil,
			"received EUR: clearing 80/88 to rebate receivable 80/88"},
		"in another currency": {[]line{paid("P1.1", "2020-03-31", "100.00", "110.00")}, payment("P1", "2020-04-15", "100.00", "112.00"), onBank("P1", "88.00", "GBP"),
			calc.Rates{{From: "GBP", To: "USD", Value: money("1.25")}},
			"received GBP: clearing 88/110 to exchange 88/110\n" +
				"exchange EUR: exchange 100/110 to rebate receivable 100/110"},
		"two periods": {[]line{paid("P1.1", "2019-12-31", "40.00", "44.00"), paid("P1.2", "2020-03-31", "60.00", "66.00")},
			payment("P1", "2020-04-15", "100.00", "110.00"), onBank("P1", "100.00", "EUR"), nil,
			"received EUR: clearing 40/44 to rebate receivable 40/44\n" +
				"received EUR: clearing 60/66 to rebate receivable 60/66"},
	} {
		t.Run(name, func(t *testing.T) {
			a := asOf("2020-07-31", export("a", c.rows...), export("pay"))
			r := a.change(t, func(in *calc.Input) {
				each(in, "", carrying)
				in.Sources[1].Payments = []calc.Payment{c.payment}
				in.Sources = append(in.Sources, bankOf(c.bank))
				in.Policy.Journal, in.Policy.Rates = receiving(calc.OnApproval), c.rates
			})
			var got []string
			for _, line := range strings.Split(words(r.Journal), "\n") {
				if _, text, _ := strings.Cut(line, " "); strings.HasPrefix(text, "received") || strings.HasPrefix(text, "tax") || strings.HasPrefix(text, "exchange") {
					got = append(got, text)
				}
			}
			if text := strings.Join(got, "\n"); text != c.want {
				t.Errorf("got\n%s\nwant\n%s", text, c.want)
			}
		})
	}
}

// TestReceiptsClearWhatWasEarned covers every kind of earning that a payment
// brings: once all of it arrived, nothing is receivable, whatever the recognition.
func TestReceiptsClearWhatWasEarned(t *testing.T) {
	of := func(typ, id, amount, usd string) line {
		l := paid(id, "2019-12-31", amount, usd)
		l.typ = typ
		return l
	}
	rolled, rebate := of("Coop", "R.1", "-30.00", "-33.00"), of("Rebate", "P1.9", "30.00", "33.00")
	rolled.reason, rebate.reason = "Co-op Rollover", "Co-op Rollover"
	claimed := of("Coop", "P1.9", "25.00", "27.50")
	claimed.claimID = "C-1"
	register := file{name: "claims", sha: "claims", register: true, receipt: 9, claims: []claim{
		{id: "C-1", participant: "4711", program: "CSP Indirect Reseller", usage: "2020-01-01", currency: "EUR", amount: "25.00", status: "Paid", submitted: "2020-02-01", paidOn: "2020-04-15"},
	}}
	for name, rows := range map[string][]line{
		"rebate":                  {of("Rebate", "P1.1", "60.00", "66.00")},
		"a fee":                   {of("Rebate", "P1.1", "60.00", "66.00"), of("Fee", "P1.2", "7.00", "7.70")},
		"another type":            {of("IndirectRebate", "P1.1", "60.00", "66.00"), of("Sell", "P1.2", "-2.00", "-2.20")},
		"co-op that is paid out":  {of("Rebate", "P1.1", "60.00", "66.00"), of("Coop", "P1.2", "40.00", "44.00")},
		"gross":                   {of("", "P1.1", "100.00", "110.00")},
		"co-op turned to rebate":  {of("Coop", "E.1", "30.00", "33.00"), rolled, rebate, of("Rebate", "P1.1", "45.00", "49.50")},
		"a claim, of other co-op": {of("Coop", "E.1", "4500.00", "4950.00"), claimed},
	} {
		for _, recognition := range []calc.Recognition{calc.OnEarning, calc.OnApproval, calc.MemoOnly} {
			t.Run(fmt.Sprint(name, ", ", recognition), func(t *testing.T) {
				sum := decimal.Zero
				for _, l := range rows {
					if strings.HasPrefix(l.id, "P1.") {
						sum = sum.Add(money(l.amount))
					}
				}
				files := []file{export("a", rows...), export("pay")}
				if strings.HasPrefix(name, "a claim") {
					files = append(files, register)
				}
				r := asOf("2020-07-31", files...).change(t, func(in *calc.Input) {
					each(in, "", carrying)
					in.Sources[1].Payments = []calc.Payment{payment("P1", "2020-04-15", sum.String(), sum.Mul(money("1.1")).String())}
					in.Sources = append(in.Sources, bankOf(calc.BankLine{Booked: day("2020-04-17"), Amount: sum, Currency: "EUR", Text: "P1"}))
					in.Policy.Journal = receiving(recognition)
				})
				held := books{}
				held.post(t, r.Journal)
				if s := held.totals()["EUR rebate receivable"]; !s.plain.IsZero() || !s.usd.IsZero() {
					t.Errorf("%s EUR, %s USD stay receivable:\n%s", s.plain, s.usd, words(r.Journal))
				}
			})
		}
	}
}

// TestMemoReceipts covers what is booked of a payment where co-op never was
// receivable: the rebate in it, that of gross rows too, and nothing of claims.
func TestMemoReceipts(t *testing.T) {
	gross, coop := paid("P1.2", "2020-03-31", "100.00", "110.00"), paid("P1.3", "2020-03-31", "40.00", "44.00")
	gross.typ, coop.typ = "", "Coop"
	claims := file{name: "claims", sha: "claims", register: true, receipt: 9, claims: []claim{
		{id: "C-1", participant: "4711", program: "CSP Indirect Reseller", usage: "2020-07-01", currency: "EUR", amount: "200", status: "Paid", submitted: "2020-04-01", paidOn: "2020-04-15"},
	}}
	for name, c := range map[string]struct {
		rows []line
		want string
	}{
		"rebate, gross and co-op": {[]line{paid("P1.1", "2020-03-31", "60.00", "66.00"), gross, coop}, "clearing 120/132 to rebate receivable 120/132"},
		"co-op alone":             {[]line{coop}, ""},
		"a claim":                 {[]line{paid("P2.1", "2020-03-31", "60.00", "66.00")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := asOf("2020-07-31", export("a", c.rows...), export("pay"), claims)
			r := a.change(t, func(in *calc.Input) {
				each(in, "", carrying)
				if name == "a claim" {
					in.Sources[2].Register[0].PaymentID = "P1"
				}
				in.Sources[1].Payments = []calc.Payment{payment("P1", "2020-04-15", "200.00", "220.00")}
				in.Sources = append(in.Sources, bankOf(calc.BankLine{Booked: day("2020-04-17"), Amount: money("200.00"), Currency: "EUR", Text: "P1"}))
				in.Policy.Journal = receiving(calc.MemoOnly)
			})
			got := ""
			for _, line := range strings.Split(words(r.Journal), "\n") {
				if _, text, ok := strings.Cut(line, "received EUR: "); ok {
					got += text
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestMoneyBehindPayments: what is behind a finding about a payment is in USD at the
// rate of its earnings, also of a participant that has no fund in its currency.
func TestMoneyBehindPayments(t *testing.T) {
	for name, c := range map[string]struct {
		payment calc.Payment
		arrived string
		code    calc.Code
		want    string
	}{
		"short":           {payment("P1", "2020-04-15", "100.00", "112.00"), "80.00", calc.BankAmountDiffers, "22.00 USD"},
		"missing":         {payment("P1", "2020-04-15", "100.00", "112.00"), "", calc.BankPaymentMissing, "110.00 USD"},
		"differs":         {payment("P1", "2020-04-15", "90.00", "100.80"), "90.00", calc.PaymentDiffers, "11.00 USD"},
		"without a rate":  {payment("P2", "2020-04-15", "100.00", ""), "", calc.BankPaymentMissing, "100.00 EUR"},
		"a report's rate": {payment("P2", "2020-04-15", "100.00", "112.00"), "", calc.BankPaymentMissing, "112.00 USD"},
	} {
		t.Run(name, func(t *testing.T) {
			var lines []calc.BankLine
			if c.arrived != "" {
				lines = append(lines, calc.BankLine{Booked: day("2020-04-17"), Amount: money(c.arrived), Currency: "EUR", Text: "P1"})
			}
			r := asOf("2020-05-31", export("a", paid("P1.1", "2020-03-31", "100.00", "110.00")), export("pay")).change(t, func(in *calc.Input) {
				each(in, "", carrying)
				in.Sources[1].Payments = []calc.Payment{c.payment}
				in.Sources = append(in.Sources, bankOf(lines...))
			})
			for _, f := range r.Findings {
				if f.Code() == c.code {
					if got := f.Money().Amount.Abs().StringFixed(2) + " " + f.Money().Currency; got != c.want {
						t.Errorf("behind it are %s, want %s", got, c.want)
					}
					return
				}
			}
			t.Errorf("no %s", c.code)
		})
	}
}

// TestUnbankedIsUnpaid covers the ageing: what was sent and did not arrive is
// unpaid, where the statements cover it.
func TestUnbankedIsUnpaid(t *testing.T) {
	arrives := calc.BankLine{Booked: day("2020-04-17"), Amount: money("100.00"), Currency: "EUR", Text: "P1"}
	back := arrives
	back.Amount, back.Booked = money("-100.00"), day("2020-04-20")
	for name, c := range map[string]struct {
		lines []calc.BankLine
		asOf  string
		want  string
	}{
		"arrived":                   {[]calc.BankLine{arrives}, "2020-05-31", "0 of 0"},
		"missing":                   {nil, "2020-05-31", "110 of 110"},
		"returned":                  {[]calc.BankLine{arrives, back}, "2020-05-31", "110 of 110"},
		"days are not over":         {nil, "2020-04-24", "0 of 0"},
		"the last of the days over": {nil, "2020-04-25", "110 of 110"},
	} {
		t.Run(name, func(t *testing.T) {
			a := asOf(c.asOf, export("a", paid("P1.1", "2020-03-31", "100.00", "110.00")), export("pay"))
			r := a.change(t, func(in *calc.Input) {
				each(in, "", carrying)
				in.Sources[1].Payments = []calc.Payment{payment("P1", "2020-04-15", "100.00", "110.00")}
				in.Sources = append(in.Sources, bankOf(c.lines...))
			})
			unpaid := r.Statements[0].Unpaid
			if got := fmt.Sprintf("%s of %s", unpaid.Unbanked, unpaid.Total); got != c.want {
				t.Errorf("%s is unpaid, want %s", got, c.want)
			}
			if !r.Totals.Balanced {
				t.Error("the totals do not balance")
			}
		})
	}
}
