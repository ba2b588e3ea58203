package bank_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/bank"
)

// fault is what is wrong between a payment and the bank.
type fault string

// The faults that are seeded.
const (
	none     fault = "received"
	missing  fault = "missing"
	short    fault = "short"
	merged   fault = "merged"
	split    fault = "split"
	returned fault = "returned"
	foreign  fault = "other-currency"
	taxed    fault = "taxed"
)

// codes are the findings that each fault is to have, once.
var codes = map[fault]calc.Code{
	missing: calc.BankPaymentMissing, short: calc.BankAmountDiffers, merged: calc.BankTransferShared, split: calc.BankTransferShared,
	returned: calc.BankPaymentReturned, foreign: calc.BankOtherCurrencyCode, taxed: calc.BankAmountDiffers,
}

// world is payments, the lines of their bank, and what is wrong with them.
type world struct {
	*rand.Rand
	payments []*calc.PaymentMatch
	lines    []calc.BankLine
	want     map[string]fault // by payment id
	findings map[calc.Code]int
	left     int
}

func (w *world) cents(n int64) decimal.Decimal { return decimal.New(n, -2) }

func (w *world) oneOf(list ...string) string { return list[w.IntN(len(list))] }

// pay adds a payment.
func (w *world) pay(date calc.Date, currency string) *calc.PaymentMatch {
	amount := w.cents(100_00 + w.Int64N(9_999_999_99))
	m := &calc.PaymentMatch{
		ID: fmt.Sprintf("01%08d", 1000+len(w.payments)*7), Participant: w.oneOf("4400123", "4400877"), Program: "CSP Direct Bill Partner",
		State: calc.MatchAgrees, Status: "Sent", Date: date, Gross: amount, Total: amount, PayCurrency: currency,
	}
	if w.IntN(4) == 0 {
		m.WithheldTax = w.cents(1 + w.Int64N(50_00))
		m.Total = m.Gross.Sub(m.WithheldTax)
	}
	w.payments = append(w.payments, m)
	return m
}

// arrive adds a line within the days in which payments arrive; named says that the
// bank shows the ids.
func (w *world) arrive(date calc.Date, amount decimal.Decimal, currency string, named bool, list ...*calc.PaymentMatch) {
	l := calc.BankLine{Booked: date.AddDays(w.IntN(6)), Amount: amount, Currency: currency, Counterparty: w.oneOf("Microsoft Ireland", "MICROSOFT CORP", ""), Text: "incentives"}
	if named {
		for _, m := range list {
			l.Text = w.oneOf("ref ", "EREF+", "") + m.ID + w.oneOf(" ", "/", "\n", "; ") + l.Text
		}
		l.Counterparty = w.oneOf("Microsoft Ireland", "", "Some Bank")
	}
	w.lines = append(w.lines, l)
}

// seed adds payments of one kind.
func (w *world) seed(kind fault, date calc.Date) {
	currency, named := w.oneOf("EUR", "USD"), w.IntN(2) == 0
	m := w.pay(date, currency)
	w.want[m.ID] = kind
	if code := codes[kind]; code != "" {
		w.findings[code]++
	}
	switch kind {
	case none:
		w.arrive(date, m.Total, currency, named, m)
	case short: // without its id, nothing says that it is the payment
		w.arrive(date, m.Total.Sub(w.cents(60_00+w.Int64N(30_00))), currency, true, m)
	case merged:
		all, sum := []*calc.PaymentMatch{m}, m.Total
		for range 1 + w.IntN(3) {
			other := w.pay(date, currency)
			w.want[other.ID] = kind
			all, sum = append(all, other), sum.Add(other.Total)
		}
		w.arrive(date, sum, currency, named, all[:1+w.IntN(len(all))]...)
	case split:
		part := w.cents(w.Int64N(m.Total.Shift(2).IntPart()-2) + 1)
		w.arrive(date, part, currency, named, m)
		w.arrive(date, m.Total.Sub(part), currency, w.IntN(2) == 0, m)
	case returned:
		w.arrive(date, m.Total, currency, named, m)
		back := calc.BankLine{Booked: date.AddDays(8), Amount: m.Total.Neg(), Currency: currency, Text: "back " + m.ID}
		if named && w.IntN(2) == 0 {
			back.Text, back.Returned = "account closed", true
		} else if !named {
			w.lines[len(w.lines)-1].Text = m.ID // a return by its id alone needs what it returns
		}
		w.lines = append(w.lines, back)
	case foreign:
		w.arrive(date, m.Total.Mul(decimal.New(88, -2)).Round(2), "GBP", true, m)
	case taxed:
		m.WithheldTax = w.cents(100_00 + w.Int64N(500_00))
		m.Gross = m.Total.Add(m.WithheldTax)
		w.arrive(date, m.Gross, currency, named, m)
	case missing:
	}
}

// noise adds lines that no payment explains: those of Microsoft's are left, all
// others nobody speaks of.
func (w *world) noise(date calc.Date) {
	l := calc.BankLine{Booked: date.AddDays(w.IntN(4)), Amount: w.cents(1 + w.Int64N(999_999)), Currency: "EUR", Counterparty: "Contoso Bakery", Text: "bread"}
	switch w.IntN(4) {
	case 0:
		l.Counterparty, w.left = "Microsoft Ireland", w.left+1
		w.findings[calc.BankLineUnmatched]++
	case 1:
		l.Counterparty, l.Amount = "Microsoft", l.Amount.Neg() // an invoice of theirs
	case 2:
		l.Amount = l.Amount.Neg()
	}
	w.lines = append(w.lines, l)
}

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 18)), want: map[string]fault{}, findings: map[calc.Code]int{}}
	date := day("2022-01-04")
	for range 1 + w.IntN(4) {
		for range 1 + w.IntN(3) {
			w.seed([]fault{none, none, missing, short, merged, split, returned, foreign, taxed}[w.IntN(9)], date.AddDays(w.IntN(2)))
		}
		w.noise(date)
		date = date.AddDays(w.IntN(18))
	}
	w.Shuffle(len(w.lines), func(i, j int) { w.lines[i], w.lines[j] = w.lines[j], w.lines[i] })
	w.Shuffle(len(w.payments), func(i, j int) { w.payments[i], w.payments[j] = w.payments[j], w.payments[i] })
	return w
}

// sources puts the lines into statements that overlap.
func (w *world) sources() []*calc.Source {
	var list []*calc.Source
	for n, days := range [][2]string{{"2022-01-01", "2022-02-10"}, {"2022-02-01", "2022-03-31"}} {
		src := &calc.Source{File: fmt.Sprintf("bank-%d.xml", n), Kind: calc.KindBank}
		for _, currency := range []string{"EUR", "USD", "GBP"} {
			s := calc.BankStatement{Account: "A" + currency, Currency: currency, First: day(days[0]), Last: day(days[1])}
			for i, l := range w.lines {
				if l.Currency == currency && !l.Booked.Before(s.First) && !l.Booked.After(s.Last) {
					l.Entry, l.Place.Row = fmt.Sprintf("E%d", i), i+1
					s.Lines = append(s.Lines, l)
				}
			}
			src.Bank = append(src.Bank, s)
		}
		list = append(list, src)
	}
	return list
}

// oracle is a matcher of its own, in cents and by trying everything: it knows
// nothing of how the world was made, and groups nothing.
type oracle struct {
	*world
	state map[string]fault
	used  map[int]bool
}

func cents(d decimal.Decimal) int64 { return d.Shift(2).IntPart() }

func names(m *calc.PaymentMatch, l calc.BankLine) bool { return strings.Contains(l.Text, m.ID) }

// fits reports whether a line may be a part of what some payments, of which this is
// one, pay.
func (o *oracle) fits(m *calc.PaymentMatch, l calc.BankLine, all []*calc.PaymentMatch) bool {
	days := m.Date.DaysUntil(l.Booked)
	named := slices.ContainsFunc(all, func(m *calc.PaymentMatch) bool { return names(m, l) })
	known := l.Counterparty == "" || strings.Contains(strings.ToLower(l.Counterparty), "microsoft")
	strange := slices.ContainsFunc(o.payments, func(m *calc.PaymentMatch) bool { return names(m, l) && !slices.Contains(all, m) })
	return m.PayCurrency == l.Currency && days >= -3 && days <= 10 && (named || known) && !strange && !l.Returned
}

func (o *oracle) solve() {
	for payments := 1; payments <= 4; payments++ {
		o.eachSet(nil, 0, payments, func(ps []*calc.PaymentMatch) {
			o.take(ps, 1)
			if payments == 1 {
				o.take(ps, 2)
			}
		})
	}
	for _, m := range o.payments {
		if o.state[m.ID] == "" {
			o.state[m.ID] = o.alone(m)
		}
		for j, l := range o.lines {
			if o.state[m.ID] == none && !o.used[j] && l.Currency == m.PayCurrency && cents(l.Amount) == -cents(m.Total) && (names(m, l) || l.Returned) {
				o.state[m.ID], o.used[j] = returned, true
			}
		}
	}
}

// eachSet hands out every set of that many payments.
func (o *oracle) eachSet(chosen []*calc.PaymentMatch, from, size int, visit func([]*calc.PaymentMatch)) {
	if len(chosen) == size {
		visit(chosen)
		return
	}
	for i := from; i < len(o.payments); i++ {
		if len(chosen) == 0 || chosen[0].PayCurrency == o.payments[i].PayCurrency && chosen[0].Date == o.payments[i].Date {
			o.eachSet(append(slices.Clone(chosen), o.payments[i]), i+1, size, visit)
		}
	}
}

// take gives payments the first line, or two, that come to what they pay.
func (o *oracle) take(ps []*calc.PaymentMatch, lines int) {
	var paid int64
	for _, m := range ps {
		if o.state[m.ID] != "" {
			return
		}
		paid += cents(m.Total)
	}
	free := func(j int) bool {
		return !o.used[j] && !slices.ContainsFunc(ps, func(m *calc.PaymentMatch) bool { return !o.fits(m, o.lines[j], ps) })
	}
	for j := range o.lines {
		for k := j; k < len(o.lines); k++ {
			sum, state := cents(o.lines[j].Amount), none
			if lines == 2 {
				sum, state = sum+cents(o.lines[k].Amount), split
			}
			if (lines == 2) == (j == k) || sum != paid || !free(j) || !free(k) && lines == 2 {
				continue
			}
			if len(ps) > 1 {
				state = merged
			}
			for _, m := range ps {
				o.state[m.ID] = state
			}
			o.used[j] = true
			if lines == 2 {
				o.used[k] = true
			}
			return
		}
	}
}

// alone says what one line shows of a payment that nothing comes to.
func (o *oracle) alone(m *calc.PaymentMatch) fault {
	for j, l := range o.lines {
		if o.used[j] || l.Amount.IsNegative() || !names(m, l) && !o.fits(m, l, []*calc.PaymentMatch{m}) {
			continue
		}
		switch off := cents(l.Amount) - cents(m.Total); {
		case l.Currency != m.PayCurrency:
			o.used[j] = true
			return foreign
		case off == cents(m.WithheldTax):
			o.used[j] = true
			return taxed
		case names(m, l) && off < 0:
			o.used[j] = true
			return short
		}
	}
	return missing
}

// TestSeededFaults seeds faults between payments and their bank: each is found
// exactly once, nothing else is, and a matcher that tries everything agrees.
func TestSeededFaults(t *testing.T) {
	rounds := 600
	if testing.Short() {
		rounds = 60
	}
	seededKinds := map[fault]int{}
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(seed)
			policy := calc.DefaultPolicy().Bank
			policy.Accounts = map[string][]string{}
			for _, currency := range []string{"EUR", "USD", "GBP"} { // else many that miss may go to another account
				policy.Accounts["A"+currency] = []string{"4400123", "4400877"}
			}
			out := bank.Match(bank.Input{AsOf: day("2022-03-31"), Policy: policy, Sources: w.sources(), Payments: w.payments})
			o := &oracle{world: w, state: map[string]fault{}, used: map[int]bool{}}
			o.solve()
			for i, m := range w.payments {
				receipt := out.Receipts[i]
				seededKinds[w.want[m.ID]]++
				if got := receipt.State.String(); got != string(w.want[m.ID]) || got != string(o.state[m.ID]) {
					t.Errorf("payment %s of %s over %s %s is %s (%s), seeded %s, by the oracle %s",
						m.ID, m.Date, m.Total, m.PayCurrency, got, receipt.Explanation.English(), w.want[m.ID], o.state[m.ID])
				}
			}
			got := map[calc.Code]int{}
			for _, f := range out.Findings {
				got[f.Code()]++
			}
			if fmt.Sprint(got) != fmt.Sprint(w.findings) {
				t.Errorf("findings %v, seeded %v", got, w.findings)
			}
			if len(out.Left) != w.left {
				t.Errorf("%d lines are left, seeded %d", len(out.Left), w.left)
			}
			w.holds(t)
		})
	}
	for kind := range codes {
		if seededKinds[kind] == 0 {
			t.Errorf("no payment was %s", kind)
		}
	}
}

// holds proves that the parts of each transfer sum to it, and that difference and
// amount agree.
func (w *world) holds(t *testing.T) {
	parts, lines := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
	for _, m := range w.payments {
		r := &m.Bank
		if !r.State.Arrived() {
			continue
		}
		if r.State != calc.BankOtherCurrency && !r.Amount.Sub(m.Total).Equal(r.Difference) {
			t.Errorf("payment %s: %s at the bank, %s paid, difference %s", m.ID, r.Amount, m.Total, r.Difference)
		}
		key, sum := "", decimal.Zero
		for _, l := range r.Lines {
			key += l.Place.Text() + " "
			sum = sum.Add(l.Amount)
		}
		parts[key], lines[key] = parts[key].Add(r.Amount), sum
	}
	for key, sum := range lines {
		if !parts[key].Equal(sum) {
			t.Errorf("the parts of %sare %s, the lines %s", key, parts[key], sum)
		}
	}
}
