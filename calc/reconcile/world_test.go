package reconcile_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// world is half a year of several participants as everybody outside reports it:
// exports of which one restates, the Payments report, the bank, and totals read
// from Partner Center; and what is wrong between them.
type world struct {
	dice
	before, after []line // of the exports, without and with restatements
	report        []calc.Payment
	lines         []calc.BankLine
	claims        []calc.ClaimRow
	controls      []calc.Control

	state    map[string]string // of each payment at the bank, as seeded
	findings []string
	seeded   map[string]int
	unpaid   map[string]bool // claims that are paid by the register alone
}

// The earnings are of January to June 2021, paid on the 15th of the next month, and
// with the last of them what was claimed.
const (
	worldAsOf    = "2021-08-31"
	restatedOn   = "2021-08-02"
	beforeThat   = "2021-07-31"
	worldMonths  = 6
	worldProgram = "CSP Indirect Reseller"
)

var worldStates = []string{"received", "received", "received", "missing", "short", "merged", "split", "returned", "other-currency", "taxed"}

// worldRates are USD for one unit of the currencies that locations are paid in.
var worldRates = map[string]string{"USD": "1", "EUR": "1.10", "GBP": "1.25"}

// location is a participant with what it earned, in cents.
type location struct {
	id, currency     string
	rebate, earlier  int64 // over all months; earlier is before restatements
	coop, other      int64
	claimed          int64
	paid             [worldMonths]int64
	restated, silent bool // silent: it has no controls
}

func cents(n int64) decimal.Decimal { return decimal.New(n, -2) }

func newWorld(seed uint64) *world {
	w := &world{dice: newDice(seed), state: map[string]string{}, seeded: map[string]int{}, unpaid: map[string]bool{}}
	var all []*location
	for i := range 2 + w.IntN(4) {
		l := &location{id: fmt.Sprint(4400100 + 11*i), currency: pick(w.dice, "EUR", "USD", "GBP"), silent: i > 0 && w.oneIn(5)}
		w.earn(l)
		w.claim(l)
		all = append(all, l)
	}
	for month := range worldMonths {
		w.pay(all, month)
	}
	w.control(all)
	return w
}

// earn makes what a location earns: rebate, some of which is restated, co-op with
// its rebate, and fees.
func (w *world) earn(l *location) {
	for month := range worldMonths {
		first := calc.NewMonth(2021, 1).Add(month)
		add := func(typ, lever, id string, amount, was int64) {
			row := w.row(l, typ, lever, fmt.Sprintf("E-%s-%d-%s", l.id, month, id), first.Last())
			row.amount, row.usd = inBoth(was, l.currency)
			w.before = append(w.before, row)
			if was != amount {
				row.calculated = restatedOn
			}
			row.amount, row.usd = inBoth(amount, l.currency)
			w.after = append(w.after, row)
		}
		for n := range 1 + w.IntN(2) {
			amount := 500_00 + w.Int64N(4_999_999_99)
			was := amount
			if w.oneIn(8) {
				was += 1 + w.Int64N(99_99)
				l.restated = true
			}
			add("Rebate", "Azure", fmt.Sprint("rebate", n), amount, was)
			l.paid[month] += amount
			l.rebate, l.earlier = l.rebate+amount, l.earlier+was
		}
		if share := 500_00 + w.Int64N(9_999_99); w.oneIn(2) || month == 0 {
			share += 4_000_00 // so that it must be claimed
			add("Coop", "Core", "coop", 2*share, 2*share)
			add("Rebate", "Core", "core", 3*share, 3*share)
			l.coop += 2 * share
			l.rebate, l.earlier, l.paid[month] = l.rebate+3*share, l.earlier+3*share, l.paid[month]+3*share
		}
		if fee := 1_00 + w.Int64N(999_99); w.oneIn(3) {
			add(pick(w.dice, "Fee", "Sell", "IndirectRebate"), "Azure", "fee", fee, fee)
			l.other += fee
			l.paid[month] += fee
		}
	}
	if l.restated {
		w.find("warning", calc.Restated, l.id)
	}
}

func (w *world) row(l *location, typ, lever, id string, on calc.Date) line {
	row := coop(id, on.String(), "")
	row.participant, row.name, row.program, row.typ, row.lever = l.id, "Partner "+l.id, worldProgram, typ, lever
	row.currency, row.calculated = l.currency, calc.NewMonth(2021, 1).Add(5).Last().AddDays(5).String()
	if typ != "Coop" {
		row.status = "Sent"
	}
	return row
}

// inBoth returns an amount in a currency and in USD.
func inBoth(amount int64, currency string) (plain, usd string) {
	return cents(amount).String(), cents(amount).Mul(money(worldRates[currency])).String()
}

// claim lets a location be paid a claim, with the payment of June, and at times
// by the register alone.
func (w *world) claim(l *location) {
	if w.oneIn(2) {
		return
	}
	l.claimed = 100_00 + w.Int64N(3_000_00)
	c := goodClaim("C-" + l.id)
	c.Participant, c.Usage, c.Currency, c.Amount, c.Invoice.Currency, c.Invoice.Amount = l.id, calc.PeriodOf(day("2021-07-01")), l.currency, cents(l.claimed), l.currency, decimal.NewNullDecimal(cents(l.claimed))
	c.ActivityStart, c.ActivityEnd, c.LastActivity, c.Invoice.Date = day("2021-07-01"), day("2021-07-02"), day("2021-07-02"), day("2021-07-02")
	c.Status, c.Submitted, c.ApprovedOn, c.PaidOn, c.Approved = calc.ClaimPaid, day("2021-07-02"), day("2021-07-05"), day("2021-07-15"), decimal.NewNullDecimal(c.Amount)
	w.claims = append(w.claims, c)
	w.seeded["claim"]++
	if w.oneIn(3) {
		w.unpaid[c.ID] = true
		w.seeded["claim unpaid"]++
		return
	}
	w.find("warning", calc.ClaimPaymentRows, l.id)
	row := w.row(l, "Coop", "Core", "E-"+c.ID, day("2021-07-10"))
	row.status, row.claimID, row.calculated = "Sent", c.ID, "2021-07-12"
	row.amount, row.usd = inBoth(l.claimed, l.currency)
	w.before, w.after = append(w.before, row), append(w.after, row)
	l.paid[worldMonths-1] += l.claimed
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
		gross := cents(l.paid[month])
		w.report = append(w.report, calc.Payment{
			ID: paymentID(l.id, first), Participant: l.id, Program: worldProgram, Date: sent, Currency: l.currency, Status: "Sent",
			Earned: decimal.NewNullDecimal(gross), EarnedUSD: decimal.NewNullDecimal(gross.Mul(money(worldRates[l.currency]))), Total: decimal.NewNullDecimal(gross), Place: calc.Place{Row: len(w.report) + 2},
		})
		p := &w.report[len(w.report)-1]
		if w.oneIn(3) {
			p.WithheldTax = decimal.NewNullDecimal(cents(1 + w.Int64N(9_99)))
			p.Total.Decimal = gross.Sub(p.WithheldTax.Decimal)
		}
		if w.oneIn(5) {
			p.SalesTax = decimal.NewNullDecimal(cents(10_00 + w.Int64N(99_99)))
			p.Total.Decimal = p.Total.Decimal.Add(p.SalesTax.Decimal)
		}
		switch state := pick(w.dice, worldStates...); {
		case state == "merged":
			merged = append(merged, p)
		default:
			w.arrive(p, state)
		}
	}
	for _, currency := range []string{"EUR", "USD", "GBP"} {
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
		w.book(day, net.Mul(decimal.New(130, 0)).Round(0), "JPY", p.ID)
		w.find("info", calc.BankOtherCurrencyCode, p.ID)
	case "taxed": // the bank got what no tax was taken off
		if p.WithheldTax.Decimal.IsZero() {
			p.WithheldTax = decimal.NewNullDecimal(cents(10_00 + w.Int64N(900_00)))
			p.Total.Decimal = p.Total.Decimal.Sub(p.WithheldTax.Decimal)
		}
		w.book(day, p.Total.Decimal.Add(p.WithheldTax.Decimal), p.Currency, w.maybeID(p)...)
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
		ours := map[string]int64{"rebate": l.rebate, "coop": l.coop, "other": l.other, "claimed": l.claimed, "remaining": l.coop - l.claimed}
		figure := pick(w.dice, "rebate", "coop", "other", "claimed", "remaining")
		switch w.IntN(4) {
		case 0:
			row := add(worldAsOf, l.id, "", figure, cents(ours[figure]+10_000_000_00+w.Int64N(9_00)), l.currency)
			w.find("warning", calc.ControlDiffers, fmt.Sprint(row))
			w.seeded["control of "+figure]++
		case 1:
			row := add(beforeThat, l.id, "", "rebate", cents(l.earlier), l.currency)
			if l.earlier != l.rebate {
				w.find("info", calc.ControlDiffers, fmt.Sprint(row))
				w.seeded["older state"]++
			}
		default:
			add(worldAsOf, l.id, "", figure, cents(ours[figure]), l.currency)
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
	each(&in, "", func(e *calc.EarningCells) {
		switch {
		case e.ClaimID != "":
			e.PaymentID = paymentID(e.Participant, e.Date.Month().Add(-1))
		case calc.KindOf(e.Type) != calc.CoOp:
			e.PaymentID = paymentID(e.Participant, e.Date.Month())
		}
	})
	w.Shuffle(len(w.lines), func(i, j int) { w.lines[i], w.lines[j] = w.lines[j], w.lines[i] })
	for i := range w.lines {
		w.lines[i].Place.Row = i + 1
	}
	if len(w.claims) > 0 {
		in.Sources = append(in.Sources, &calc.Source{File: "register.csv", SHA256: "r", Receipt: 9, Sheets: []string{""}, HasRegister: true, Register: w.claims})
	}
	in.Sources = append(in.Sources, &calc.Source{File: "payments.csv", SHA256: "p", Kind: calc.KindPayments, Payments: w.report}, bankOf(w.lines...))
	w.Shuffle(len(in.Sources), func(i, j int) { in.Sources[i], in.Sources[j] = in.Sources[j], in.Sources[i] })
	in.Controls = &calc.Controls{SHA256: "c", Lines: w.controls}
	return calculateInput(t, in)
}

var idOfPayment = regexp.MustCompile(`PAY\d+`)

// key words a finding as the world expects it.
func findingKey(f calc.Finding) string {
	what := f.Participant()
	switch code := string(f.Code()); {
	case f.Code() == calc.BankLineUnmatched:
		what = ""
	case strings.HasPrefix(code, "BANK_"):
		ids := idOfPayment.FindAllString(f.Says().English(), -1)
		slices.Sort(ids)
		what = strings.Join(slices.Compact(ids), " ")
	case f.Code() == calc.ControlDiffers, f.Code() == calc.ControlWithoutExport:
		what = fmt.Sprint(f.Place().Row)
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
			w.followLead(t, r)
			for what, n := range w.seeded {
				seeded[what] += n
			}
		})
	}
	for _, what := range append(worldStates, "older state", "claim", "claim unpaid", "control of rebate", "control of coop", "control of other", "control of claimed", "control of remaining", string(calc.ControlWithoutExport), string(calc.ExportWithoutControl), string(calc.BankLineUnmatched)) {
		if seeded[what] == 0 {
			t.Errorf("no %s was seeded", what)
		}
	}
}

// followLead follows the lead schedule: its lines come to what was seeded, what
// differs in them is each fault once, and every control is in the lines that have
// what it is about.
func (w *world) followLead(t *testing.T, r *calc.Result) {
	t.Helper()
	s := lists.Lead(r)
	var others, claims, paid, tax, wantTax, reported decimal.Decimal
	for _, l := range s.Lines {
		if !l.Opening.Add(l.Moved.Net()).Equal(l.Closing) {
			t.Errorf("line %d: %s and %s are not %s", l.Number, l.Opening, l.Moved.Net(), l.Closing)
		}
		if l.Period.IsZero() {
			t.Errorf("line %d has no half-year", l.Number)
		}
		others, claims, paid, tax = others.Add(l.OthersPaid()), claims.Add(l.ClaimsPaid), paid.Add(l.Paid), tax.Add(l.Tax)
		if got := l.Moved.ClaimsPaid; !got.Sub(l.ClaimsPaid).Equal(w.claimsAlone(r, l.Number, s)) {
			t.Errorf("line %d: claims paid %s, in payments %s", l.Number, got, l.ClaimsPaid)
		}
	}
	for _, p := range w.report {
		reported, wantTax = reported.Add(p.Earned.Decimal), wantTax.Add(p.SalesTax.Decimal).Sub(p.WithheldTax.Decimal)
	}
	if !others.Add(claims).Equal(reported) || !paid.Equal(reported) || !tax.Equal(wantTax) {
		t.Errorf("the lines have %s and %s for claims, by reports %s with tax %s; the reports have %s with tax %s", others, claims, paid, tax, reported, wantTax)
	}
	differs := map[string]int{}
	for _, d := range s.Differences {
		switch {
		case d.Claim != nil:
			differs[d.Claim.ID]++
		case d.Bank:
			differs[d.Payment.ID]++
		default:
			t.Errorf("line %d: a difference of %s that nobody seeded", d.Line, d.Amount)
		}
	}
	want := map[string]int{}
	for id := range w.unpaid {
		want[id] = 1
	}
	for id, state := range w.state {
		if state == "missing" || state == "short" || state == "returned" || state == "taxed" {
			want[id] = 1
		}
	}
	if !maps.Equal(differs, want) {
		t.Errorf("the lead schedule has the differences %v, seeded %v", differs, want)
	}
	for _, c := range s.Controls {
		if lines := len(c.Lines); c.Figure.IsMoney() && c.State != calc.TieNoExport && lines == 0 || c.Figure == calc.ControlRebate && c.State != calc.TieNoExport && lines != 1 {
			t.Errorf("the control in row %d is in the lines %v", c.Place.Row, c.Lines)
		}
	}
}

// claimsAlone sums the claims of a line that are paid by the register alone.
func (w *world) claimsAlone(r *calc.Result, line int, s *lists.LeadSchedule) (sum decimal.Decimal) {
	for _, c := range r.Claims {
		if w.unpaid[c.ID] && s.FundLine(c.Participant, c.ProgramName, c.Earned) == line {
			sum = sum.Add(c.Taken)
		}
	}
	return sum
}
