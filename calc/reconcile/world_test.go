package reconcile_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// world is half a year of several participants as everybody outside reports it:
// exports of which one restates, the Payments report, the bank, and totals read
// from Partner Center; and what is wrong between them.
type world struct {
	dice
	before, after []line // of the exports, without and with restatements
	report        []calc.Payment
	lines         []calc.BankLine
	controls      []calc.Control

	state    map[string]string // of each payment at the bank, as seeded
	findings []string
	seeded   map[string]int
}

// The earnings are of January to June 2021, paid on the 15th of the next month.
const (
	worldAsOf    = "2021-08-31"
	restatedOn   = "2021-08-02"
	beforeThat   = "2021-07-31"
	worldMonths  = 6
	worldProgram = "CSP Indirect Reseller"
)

var worldStates = []string{"received", "received", "received", "missing", "short", "merged", "split", "returned", "other-currency", "taxed"}

// location is a participant with what it earned, in cents.
type location struct {
	id, currency     string
	earned, earlier  int64 // over all months; earlier is before restatements
	monthly          [worldMonths]int64
	restated, silent bool // silent: it has no controls
}

func cents(n int64) decimal.Decimal { return decimal.New(n, -2) }

func newWorld(seed uint64) *world {
	w := &world{dice: newDice(seed), state: map[string]string{}, seeded: map[string]int{}}
	var all []*location
	for i := range 2 + w.IntN(4) {
		l := &location{id: fmt.Sprint(4400100 + 11*i), currency: pick(w.dice, "EUR", "USD"), silent: i > 0 && w.oneIn(5)}
		w.earn(l)
		all = append(all, l)
	}
	for month := range worldMonths {
		w.pay(all, month)
	}
	w.control(all)
	return w
}

// earn makes the rebate of a location, some of which is restated.
func (w *world) earn(l *location) {
	for month := range worldMonths {
		first := calc.NewMonth(2021, 1).Add(month)
		for n := range 1 + w.IntN(2) {
			amount := 500_00 + w.Int64N(4_999_999_99)
			row := coop(fmt.Sprintf("E-%s-%d-%d", l.id, month, n), first.Last().String(), "")
			row.participant, row.name, row.program, row.typ = l.id, "Partner "+l.id, worldProgram, "Rebate"
			row.currency, row.status, row.calculated = l.currency, "Sent", first.Last().AddDays(5).String()
			was := amount
			if w.oneIn(8) {
				was += 1 + w.Int64N(99_99)
				l.restated = true
			}
			row.amount, row.usd = cents(was).String(), cents(was).String()
			w.before = append(w.before, row)
			if was != amount {
				row.calculated = restatedOn
			}
			row.amount, row.usd = cents(amount).String(), cents(amount).String()
			w.after = append(w.after, row)
			l.monthly[month] += amount
			l.earned, l.earlier = l.earned+amount, l.earlier+was
		}
	}
	if l.restated {
		w.find("warning", calc.Restated, l.id)
	}
}

func (w *world) find(severity string, code calc.Code, what string) {
	w.findings = append(w.findings, fmt.Sprint(severity, " ", code, " ", what))
	w.seeded[string(code)]++
}

// paymentID is what earnings of a location and month carry.
func paymentID(participant string, month calc.Month) string {
	return fmt.Sprintf("PAY%s%d%02d", participant, month.Year(), month.Calendar())
}

// pay pays what locations earned in a month, and lets the bank receive it, or not.
func (w *world) pay(all []*location, month int) {
	first := calc.NewMonth(2021, 1).Add(month)
	sent := first.Add(1).First().AddDays(14)
	var merged []*calc.Payment
	w.report = slices.Grow(w.report, len(all))
	for _, l := range all {
		gross := cents(l.monthly[month])
		w.report = append(w.report, calc.Payment{
			ID: paymentID(l.id, first), Participant: l.id, Program: worldProgram, Date: sent, Currency: l.currency, Status: "Sent",
			Earned: decimal.NewNullDecimal(gross), EarnedUSD: decimal.NewNullDecimal(gross), Total: decimal.NewNullDecimal(gross), Place: calc.Place{Row: len(w.report) + 2},
		})
		p := &w.report[len(w.report)-1]
		if w.oneIn(3) {
			p.WithheldTax = decimal.NewNullDecimal(cents(1 + w.Int64N(9_99)))
			p.Total.Decimal = gross.Sub(p.WithheldTax.Decimal)
		}
		switch state := pick(w.dice, worldStates...); {
		case state == "merged":
			merged = append(merged, p)
		default:
			w.arrive(p, state)
		}
	}
	for _, currency := range []string{"EUR", "USD"} {
		together := slices.DeleteFunc(slices.Clone(merged), func(p *calc.Payment) bool { return p.Currency != currency })
		if len(together) == 1 {
			w.arrive(together[0], "received")
		} else if len(together) > 1 {
			w.merge(together)
		}
	}
	noise := calc.BankLine{Booked: sent.AddDays(w.IntN(5)), Amount: cents(1 + w.Int64N(99_999)), Currency: pick(w.dice, "EUR", "USD"), Counterparty: "Contoso Bakery", Text: "bread"}
	switch w.IntN(4) {
	case 0:
		noise.Counterparty, noise.Amount = "Microsoft Ireland", noise.Amount.Neg() // an invoice of theirs
	case 1:
		noise.Counterparty = "Microsoft Ireland"
		w.find("warning", calc.BankLineUnmatched, "")
	}
	w.lines = append(w.lines, noise)
}

// book adds a line of the bank; one without ids is known by its counterparty.
func (w *world) book(on calc.Date, amount decimal.Decimal, currency string, ids ...string) {
	l := calc.BankLine{Booked: on, Amount: amount, Currency: currency, Counterparty: pick(w.dice, "Microsoft Ireland Operations", "MICROSOFT CORPORATION", ""), Text: "incentives"}
	if len(ids) > 0 {
		l.Text = strings.Join(ids, pick(w.dice, " ", "/", "\n")) + pick(w.dice, "", " incentives")
		l.Counterparty = pick(w.dice, "Microsoft Ireland Operations", "", "A correspondent bank")
	}
	w.lines = append(w.lines, l)
}

// maybeID names a payment, or not.
func (w *world) maybeID(p *calc.Payment) []string {
	if w.oneIn(2) {
		return nil
	}
	return []string{p.ID}
}

// arrive lets one payment arrive in a state, with the finding that this is to have.
func (w *world) arrive(p *calc.Payment, state string) {
	day, net := p.Date.AddDays(w.IntN(5)), p.Total.Decimal
	w.state[p.ID] = state
	w.seeded[state]++
	switch state {
	case "received":
		w.book(day, net, p.Currency, w.maybeID(p)...)
	case "missing":
		w.find("warning", calc.BankPaymentMissing, p.ID)
	case "short":
		w.book(day, net.Sub(cents(11_00+w.Int64N(99_00))), p.Currency, p.ID)
		w.find("warning", calc.BankAmountDiffers, p.ID)
	case "split":
		part := cents(1 + w.Int64N(net.Shift(2).IntPart()-1))
		w.book(day, part, p.Currency, w.maybeID(p)...)
		w.book(p.Date.AddDays(w.IntN(5)), net.Sub(part), p.Currency, w.maybeID(p)...)
		w.find("info", calc.BankTransferShared, p.ID)
	case "returned":
		ids := w.maybeID(p)
		w.book(day, net, p.Currency, p.ID)
		w.book(p.Date.AddDays(8), net.Neg(), p.Currency, ids...)
		w.lines[len(w.lines)-1].Returned = ids == nil
		w.find("warning", calc.BankPaymentReturned, p.ID)
	case "other-currency":
		w.book(day, net.Mul(decimal.New(86, -2)).Round(2), "GBP", p.ID)
		w.find("info", calc.BankOtherCurrencyCode, p.ID)
	case "taxed": // the bank got what no tax was taken off
		if p.WithheldTax.Decimal.IsZero() {
			p.WithheldTax = decimal.NewNullDecimal(cents(10_00 + w.Int64N(900_00)))
			p.Total.Decimal = p.Earned.Decimal.Sub(p.WithheldTax.Decimal)
		}
		w.book(day, p.Earned.Decimal, p.Currency, w.maybeID(p)...)
		w.find("info", calc.BankAmountDiffers, p.ID)
	}
}

// merge lets several payments arrive as one transfer, which names some of them.
func (w *world) merge(list []*calc.Payment) {
	var sum decimal.Decimal
	var ids []string
	for _, p := range list {
		w.state[p.ID] = "merged"
		w.seeded["merged"]++
		sum = sum.Add(p.Total.Decimal)
		ids = append(ids, p.ID)
	}
	w.book(list[0].Date.AddDays(w.IntN(5)), sum, list[0].Currency, ids[:w.IntN(len(ids)+1)]...)
	w.find("info", calc.BankTransferShared, strings.Join(ids, " "))
}

// control reads totals from Partner Center: right ones, wrong ones, ones that were
// right before a restatement, and ones of locations that were never exported.
func (w *world) control(all []*location) {
	add := func(on, participant, month, figure string, amount decimal.Decimal, currency string) int {
		period := "FY21H2"
		if month != "" {
			period = ""
		}
		c := control(fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%s", on, participant, worldProgram, period, month, figure, amount, currency))
		c.Source, c.By, c.Place = "a page", "A. Controller", calc.Place{File: "controls.csv", Row: len(w.controls) + 2}
		w.controls = append(w.controls, c)
		return c.Place.Row
	}
	named := false
	for _, l := range all {
		if l.silent {
			continue
		}
		named = true
		switch w.IntN(4) {
		case 0:
			row := add(worldAsOf, l.id, "", "rebate", cents(l.earned+10_000_000_00+w.Int64N(9_00)), l.currency)
			w.find("warning", calc.ControlDiffers, fmt.Sprint(row))
		case 1:
			row := add(beforeThat, l.id, "", "rebate", cents(l.earlier), l.currency)
			if l.earlier != l.earned {
				w.find("info", calc.ControlDiffers, fmt.Sprint(row))
				w.seeded["older state"]++
			}
		default:
			add(worldAsOf, l.id, "", "rebate", cents(l.earned), l.currency)
		}
		paid := w.report[w.IntN(len(w.report))]
		if paid.Participant == l.id {
			add(worldAsOf, l.id, paid.Date.Month().String(), "payment", paid.Total.Decimal, l.currency)
		}
	}
	missing := 0
	for range w.IntN(3) {
		missing++
		row := add(worldAsOf, fmt.Sprint(990000+missing), "", "rebate", cents(1+w.Int64N(999_99)), "EUR")
		w.find("error", calc.ControlWithoutExport, fmt.Sprint(row))
		named = true
	}
	if w.oneIn(2) {
		c := control(fmt.Sprintf("%s|||||locations|%d|", worldAsOf, len(all)+missing))
		c.Source, c.By, c.Place = "a page", "A. Controller", calc.Place{File: "controls.csv", Row: len(w.controls) + 2}
		w.controls = append(w.controls, c)
		if missing > 0 {
			w.find("info", calc.ControlDiffers, fmt.Sprint(c.Place.Row))
		}
	}
	for _, l := range all {
		if l.silent && named {
			w.find("info", calc.ExportWithoutControl, l.id)
		}
	}
}

// result reconciles the world, its sources in any order.
func (w *world) result(t *testing.T) *calc.Result {
	t.Helper()
	in := asOf(worldAsOf, export("one.csv", w.before...), export("two.csv", w.after...)).input()
	each(&in, "", func(e *calc.Earning) { e.PaymentID = paymentID(e.Participant, e.Date.Month()) })
	w.Shuffle(len(w.lines), func(i, j int) { w.lines[i], w.lines[j] = w.lines[j], w.lines[i] })
	for i := range w.lines {
		w.lines[i].Place.Row = i + 1
	}
	in.Sources = append(in.Sources, &calc.Source{File: "payments.csv", SHA256: "p", Kind: calc.KindPayments, Payments: w.report}, bankOf(w.lines...))
	w.Shuffle(len(in.Sources), func(i, j int) { in.Sources[i], in.Sources[j] = in.Sources[j], in.Sources[i] })
	in.Controls = &calc.Controls{SHA256: "c", Lines: w.controls}
	return calculateInput(t, in)
}

var idOfPayment = regexp.MustCompile(`PAY\d+`)

// key words a finding as the world expects it.
func findingKey(f calc.Finding) string {
	what := f.Participant
	switch code := string(f.Code()); {
	case f.Code() == calc.BankLineUnmatched:
		what = ""
	case strings.HasPrefix(code, "BANK_"):
		ids := idOfPayment.FindAllString(f.Says().English(), -1)
		slices.Sort(ids)
		what = strings.Join(slices.Compact(ids), " ")
	case f.Code() == calc.ControlDiffers, f.Code() == calc.ControlWithoutExport:
		what = fmt.Sprint(f.Place.Row)
	}
	return fmt.Sprint(f.Severity(), " ", f.Code(), " ", what)
}

// TestWorld seeds faults between exports, payments, the bank and controls of one
// random world. Each is found exactly once and nothing else is, and a matcher
// that knows nothing of how the world was made explains every payment likewise.
func TestWorld(t *testing.T) {
	worlds := uint64(40)
	if os.Getenv("CSPCOOP_SOAK") != "" {
		worlds = 5_000
	}
	seeded := map[string]int{}
	for seed := range worlds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(seed)
			r := w.result(t)
			var found []string
			for _, f := range r.Findings {
				found = append(found, findingKey(f))
			}
			slices.Sort(found)
			slices.Sort(w.findings)
			if !slices.Equal(found, w.findings) {
				t.Errorf("found\n  %s\nseeded\n  %s", strings.Join(found, "\n  "), strings.Join(w.findings, "\n  "))
			}
			explained := w.explain()
			for _, m := range allPayments(r) {
				if got := m.Bank.State.String(); got != w.state[m.ID] || got != explained[m.ID] {
					t.Errorf("payment %s is %s (%s), seeded %s, by the other matcher %s", m.ID, got, m.Bank.Explanation.English(), w.state[m.ID], explained[m.ID])
				}
			}
			for i := range r.TieOuts {
				if x := &r.TieOuts[i]; x.AsOf.String() == beforeThat && !x.Open().IsZero() {
					t.Errorf("the control in row %d was right before, and %s of it are not explained", x.Place.Row, x.Open())
				}
			}
			for what, n := range w.seeded {
				seeded[what] += n
			}
		})
	}
	for _, what := range append(worldStates, "older state", string(calc.ControlWithoutExport), string(calc.ExportWithoutControl), string(calc.BankLineUnmatched)) {
		if seeded[what] == 0 {
			t.Errorf("no %s was seeded", what)
		}
	}
}
