package reconcile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/calc/reconcile"
)

// archive is what a test's files say, as text. Both sides of a comparison start
// from it: the package by way of input, the oracle by itself.
type archive struct {
	asOf          string
	files         []file
	rules         []rule
	rates         []rate
	claimRowsEarn bool // [claims] rows = "earning"
	published     bool // rule_set = "published"
}

// file is one received export or register.
type file struct {
	name, sha string
	receipt   int
	rows      []line
	totals    int // total rows at its end
	register  bool
	claims    []claim
}

// line is a row of an earnings report. Dates are ISO; calculated may carry a
// time of day after a blank.
type line struct {
	id, participant, name, program, typ, lever string
	engagement                                 string
	currency, amount, usd                      string
	date, calculated                           string
	status, statusText, reason, claimID        string
}

// claim is a row of a claims register; usage is the first day of the half-year
// in which the money is spent.
type claim struct {
	id, participant, program, usage               string
	currency, amount, amountUSD, approved, status string
	submitted, activityEnd                        string
	approvedOn, rejectedOn, paidOn                string
}

type rate struct{ from, to, first, value string }

// rule is a [[rules]] entry, or one of a rule set; first is the first day of its
// first month, "" for all.
type rule struct {
	first                         string
	programs, engagements, levers []string
	share, threshold              string
	reaches                       bool
	opens                         []string // 02-16, one for each half-year
	grace                         int
	set                           bool // of the rule set
}

// day reads an ISO date, "" being no date.
func day(s string) calc.Date {
	if s == "" {
		return calc.Date{}
	}
	d, err := calc.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// stamp reads a calculationDate.
func stamp(s string) calc.Stamp {
	date, clock, clocked := strings.Cut(s, " ")
	out := calc.Stamp{Day: day(date), Clocked: clocked}
	if clocked {
		t, err := time.Parse(time.TimeOnly, clock)
		if err != nil {
			panic(err)
		}
		out.Clock = t.Sub(t.Truncate(24 * time.Hour))
	}
	return out
}

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func maybe(s string) decimal.NullDecimal {
	if s == "" {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(money(s))
}

// input types the archive as an importer would.
func (a archive) input() calc.Input {
	in := calc.Input{AsOf: day(a.asOf), Policy: calc.DefaultPolicy()}
	var rules calc.Rules
	for _, r := range a.rules {
		rules = append(rules, r.typed())
	}
	name := calc.GuideSet
	if a.published {
		name = calc.PublishedSet
	}
	set, _ := calc.RuleSetOf(name)
	if err := in.Policy.Configure(set, rules); err != nil {
		panic(err)
	}
	for _, r := range a.rates {
		in.Policy.Rates = append(in.Policy.Rates, calc.Rate{From: r.from, To: r.to, First: day(r.first), Value: money(r.value)})
	}
	if a.claimRowsEarn {
		in.Policy.ClaimRows = calc.ClaimRowsEarn
	}
	for _, f := range a.files {
		in.Sources = append(in.Sources, f.typed())
	}
	return in
}

func (r rule) typed() calc.Rule {
	out := calc.Rule{
		Programs: r.programs, Engagements: r.engagements, Levers: r.levers, CoOpShare: money(r.share), Threshold: money(r.threshold),
		Claims: calc.ClaimCalendar{GraceDays: r.grace},
	}
	if r.first != "" {
		out.First = day(r.first).Month()
	}
	var days []calc.YearDay
	for _, text := range r.opens {
		d, err := calc.ParseYearDay(text)
		if err != nil {
			panic(err)
		}
		days = append(days, d)
	}
	var err error
	if out.Claims.Open, err = calc.NewHalfDays(days...); err != nil {
		panic(err)
	}
	if r.reaches {
		out.Comparison = calc.Reaches
	}
	return out
}

func (f file) typed() *calc.Source {
	s := &calc.Source{File: f.name, SHA256: f.sha, Receipt: f.receipt, Sheets: []string{""}, HasRegister: f.register}
	for i, l := range f.rows {
		calctest.Add(s, l.typed(i+2))
	}
	for i, c := range f.claims {
		s.Register = append(s.Register, c.typed(f.name, i+2))
	}
	for i := range f.totals {
		s.Totals = append(s.Totals, calc.TotalRow{Place: calc.Place{File: f.name, Row: len(f.rows) + 2 + i}})
	}
	return s
}

func (l line) typed(row int) calc.EarningCells {
	return calc.EarningCells{
		Participant: l.participant, ParticipantName: l.name, Program: l.program, Engagement: l.engagement, Lever: l.lever,
		Type: l.typ, ReasonCode: l.reason, Currency: l.currency, PaymentStatus: l.status, StatusText: l.statusText,
		ID: l.id, Date: day(l.date), Calculated: stamp(l.calculated), ClaimID: l.claimID,
		Amount: calc.NewAmount(money(l.amount)), USD: calc.NewAmount(money(l.usd)),
		Row: uint32(row),
	}
}

func (c claim) typed(register string, row int) calc.ClaimRow {
	status, known := calc.ParseClaimStatus(c.status)
	if !known {
		panic("no claim status: " + c.status)
	}
	return calc.ClaimRow{
		ClaimTerms: calc.ClaimTerms{
			ID: c.id, Participant: c.participant, Program: c.program, Usage: calc.PeriodOf(day(c.usage)),
			Currency: c.currency, Amount: money(c.amount), AmountUSD: maybe(c.amountUSD), Approved: maybe(c.approved),
			Status: status, Submitted: day(c.submitted), ActivityEnd: day(c.activityEnd),
			ApprovedOn: day(c.approvedOn), RejectedOn: day(c.rejectedOn), PaidOn: day(c.paidOn),
		},
		Place: calc.Place{File: register, Row: row},
	}
}

// calculate reconciles the archive and fails the test when that fails.
func (a archive) calculate(t testing.TB) *calc.Result {
	t.Helper()
	return calculateInput(t, a.input())
}

// calculateInput does so with a policy, payments or a last set that an archive
// does not have.
func calculateInput(t testing.TB, in calc.Input) *calc.Result {
	t.Helper()
	r, err := reconcile.Calculate(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		emitted.LoadOrStore(severityOf(f), true)
	}
	return r
}

// coop returns an ordinary co-op row in USD, to be changed by the caller.
func coop(id, date, amount string) line {
	return line{
		id: id, participant: "4711", name: "Contoso GmbH", program: "CSP Indirect Reseller", typ: "Coop",
		currency: "USD", amount: amount, usd: amount, date: date,
	}
}

// export returns a file of rows; its name is its SHA-256 too.
func export(name string, rows ...line) file { return file{name: name, sha: name, rows: rows} }

// asOf returns an archive of files under the built-in rule.
func asOf(date string, files ...file) archive {
	return archive{asOf: date, files: files}
}

// onlyBalance returns the one fund of a result.
func onlyBalance(t testing.TB, r *calc.Result) *calc.Balance {
	t.Helper()
	all := r.Balances()
	if len(all) != 1 {
		t.Fatalf("got %d balances, want 1", len(all))
	}
	return all[0]
}

// findings counts the findings of a code.
func findings(r *calc.Result, code calc.Code) int {
	n := 0
	for _, f := range r.Findings {
		if f.Code() == code {
			n++
		}
	}
	return n
}

// fates returns what became of a file's rows, as run.json words it.
func fates(r *calc.Result, sha string) [5]int {
	for _, s := range r.Sources {
		if s.SHA256 == sha {
			return s.By
		}
	}
	return [5]int{}
}
