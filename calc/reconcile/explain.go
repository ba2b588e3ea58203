package reconcile

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// Query names one figure of balances.csv, monthly.csv or rollforward.csv.
type Query struct {
	Participant string
	Program     string             // any spelling; "" when the participant has one program only
	Period      calc.EarningPeriod // of balances.csv and rollforward.csv
	Month       calc.Month         // of monthly.csv; zero: the period's figure
	Currency    string             // of monthly.csv, for a figure in the earnings' currency; "" with one currency only
	Figure      string             // column, like coop_usd
	Engagement  string             // only what it earned, in any spelling; "" for all
}

// Explanation says how a figure came about. Its parts, added to each other, are
// the exact figure; Value is that sum rounded to cents.
type Explanation struct {
	Query
	Statement *calc.Statement
	Unit      string // currency of Value
	Exact     decimal.Decimal
	Value     decimal.Decimal
	Rule      calc.Rule      // that decides the period, or splits the engagement in its last month
	Fits      []calc.RuleFit // why it is that rule, and no other
	Steps     []string       // the arithmetic, in words
	Parts     []Part

	rows iter.Seq[calc.Earning] // counted ones of the statement
}

// Part is what an earning, a split of gross earnings, a claim or the last set
// puts into a figure.
type Part struct {
	What   string          // in words
	Amount decimal.Decimal // exact, in the explanation's unit
	Rows   []calc.Trace    // the rows behind it
	Claim  *calc.Claim     // the claim behind it; nil when it is none
}

// Explain breaks a figure down into its parts. An error means that there is no such figure, or
// that its parts do not add up to it, which is a defect.
func Explain(r *calc.Result, q Query) (*Explanation, error) {
	s, err := find(r, q)
	if err != nil {
		return nil, err
	}
	x := &Explanation{Query: q, Statement: s, Unit: "USD", rows: r.Counted(s)}
	x.Program = s.Program
	var want decimal.Decimal
	if !q.Month.IsZero() {
		x.Period = q.Month.Period()
		want, err = x.monthly(r)
	} else {
		want, err = x.period(r)
	}
	if err != nil {
		return nil, err
	}
	var rows []*calc.Trace
	for _, p := range x.Parts {
		x.Exact = x.Exact.Add(p.Amount)
		for i := range p.Rows {
			rows = append(rows, &p.Rows[i])
		}
	}
	fillOthers(r, rows)
	x.Value = calc.Cents(x.Exact)
	if !x.Value.Equal(want) {
		return nil, fmt.Errorf("%w: the parts of %s add up to %s, the statement says %s", ErrUnbalanced, q.Figure, x.Exact, want)
	}
	if !x.Exact.Equal(x.Value) {
		x.Steps = append(x.Steps, fmt.Sprintf("the exact sum %s is rounded once, half away from zero: %s", calc.AmountText(x.Exact), calc.AmountText(x.Value)))
	}
	return x, nil
}

// find returns the statement that a query is about.
func find(r *calc.Result, q Query) (*calc.Statement, error) {
	var found []*calc.Statement
	for _, s := range r.Statements {
		if s.Participant == q.Participant && (q.Program == "" || calc.KeyOfProgram(s.Program) == calc.KeyOfProgram(q.Program)) {
			found = append(found, s)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return nil, fmt.Errorf("there is no statement of participant %q for this program", q.Participant)
	}
	return nil, fmt.Errorf("participant %q has %d programs: name one", q.Participant, len(found))
}

// monthly explains a figure of monthly.csv.
func (x *Explanation) monthly(r *calc.Result) (decimal.Decimal, error) {
	f, ok := earnedFigureNamed(x.Figure)
	if !ok && x.Engagement != "" {
		return decimal.Zero, errNotByEngagement
	}
	if !ok {
		return decimal.Zero, fmt.Errorf("monthly.csv has no column %q", x.Figure)
	}
	var lines []calc.MonthLine
	for _, m := range x.Statement.Months {
		if m.Month == x.Month && (x.Currency == "" || m.Currency == x.Currency) {
			lines = append(lines, m)
		}
	}
	switch {
	case len(lines) == 0:
		return decimal.Zero, fmt.Errorf("there are no earnings in %s", x.Month.Text())
	case len(lines) > 1:
		return decimal.Zero, fmt.Errorf("%s has earnings in several currencies: name one", x.Month.Text())
	}
	line := lines[0]
	x.Currency = line.Currency
	if !f.usd {
		x.Unit = line.Currency
	}
	x.fit(r, x.Month)
	x.earned(r, f.kind, f.usd, func(e calc.Earning) bool { return e.Date().Month() == x.Month && e.Currency() == line.Currency })
	if x.Engagement != "" {
		return calc.Cents(x.sum()), nil // no document has it
	}
	if f.usd {
		return line.USD(f.kind), nil
	}
	return line.Plain(f.kind), nil
}

// period explains a figure of balances.csv or rollforward.csv.
func (x *Explanation) period(r *calc.Result) (decimal.Decimal, error) {
	b := balance(x.Statement, x.Period)
	if b == nil {
		return decimal.Zero, fmt.Errorf("there is no fund of %s; the statement has %s", x.Period, periods(x.Statement))
	}
	x.fit(r, x.Period.LastMonth())
	if f, ok := earnedFigureNamed(x.Figure); ok && f.usd {
		x.earned(r, f.kind, true, b.Holds)
		if x.Engagement != "" {
			return x.byEngagement(f.kind), nil
		}
		return b.Of(f.kind), nil
	}
	if x.Engagement != "" {
		return decimal.Zero, errNotByEngagement
	}
	x.Unit = b.FundCurrency
	for _, f := range fundFigures {
		switch {
		case f.name != x.Figure:
		case b.Movement == nil:
			return decimal.Zero, fmt.Errorf("the fund of %s has no movements", b.Period)
		default:
			f.parts(&fundParts{x, r, b, b.Movement})
			return f.value(b), nil
		}
	}
	return decimal.Zero, fmt.Errorf("there is no figure %q; use one of %s", x.Figure, strings.Join(Figures(), ", "))
}

// fit finds the rule behind a figure: the one that decides its period, or that
// splits an engagement in a month.
func (x *Explanation) fit(r *calc.Result, month calc.Month) {
	program := calc.KeyOfProgram(x.Statement.Program)
	x.Fits = r.Policy.Rules.DecisionFits(program, x.Period)
	if x.Engagement != "" {
		x.Fits = r.Policy.Rules.SplitFits(program, x.Engagement, "", month)
	}
	x.Rule = *x.Fits[0].Rule
}

// errNotByEngagement refuses figures that engagements have together.
var errNotByEngagement = errors.New("engagements have this figure together; ask for rebate_usd, coop_usd or other_usd, or with a month for rebate, coop or other too")

// byEngagement returns what the statement says that an engagement earned.
func (x *Explanation) byEngagement(kind calc.Kind) decimal.Decimal {
	for _, s := range x.Statement.Engagements {
		if s.Period == x.Period && calc.Fold(s.Engagement) == calc.Fold(x.Engagement) {
			return calc.Cents(s.Exact.Of(kind))
		}
	}
	return decimal.Zero
}

func balance(s *calc.Statement, p calc.EarningPeriod) *calc.Balance {
	for _, b := range s.Balances {
		if b.Period == p {
			return b
		}
	}
	return nil
}

func periods(s *calc.Statement) string {
	var list []string
	for _, b := range s.Balances {
		list = append(list, b.Period.String())
	}
	return strings.Join(list, ", ")
}

// earned adds the parts that earnings of a kind are: each typed row by itself,
// gross rows by what they were split into (cspcoop help rules, Types).
func (x *Explanation) earned(r *calc.Result, kind calc.Kind, usd bool, in func(calc.Earning) bool) {
	type group struct {
		month    calc.Month
		currency string
		*calc.Rule
	}
	type grossPart struct {
		Part
		sum decimal.Decimal
	}
	gross := map[group]*grossPart{}
	var order []group
	for e := range x.rows {
		if !in(e) || e.Reason() == calc.Rollover || x.Engagement != "" && calc.Fold(e.Engagement()) != calc.Fold(x.Engagement) {
			continue
		}
		amount := e.Amount().Decimal()
		if usd {
			amount = e.USD().Decimal()
		}
		switch {
		case e.Kind() == kind:
			x.Parts = append(x.Parts, Part{What: fmt.Sprintf("%s of %s", kind, e.Date().Text()), Amount: amount, Rows: []calc.Trace{{Earning: e}}})
		case e.Kind() == calc.Gross && kind != calc.Other:
			g := group{e.Date().Month(), e.Currency(), r.Policy.Rules.ForRow(e)}
			if gross[g] == nil {
				gross[g] = &grossPart{}
				order = append(order, g)
			}
			gross[g].sum = gross[g].sum.Add(amount)
			gross[g].Rows = append(gross[g].Rows, calc.Trace{Earning: e})
		}
	}
	for _, g := range order {
		part := gross[g]
		share := g.GrossShare()
		coop := calc.Cents(part.sum.Mul(share))
		rounded := ", rounded to cents,"
		if x.Engagement != "" { // it is rounded for all engagements together
			coop, rounded = part.sum.Mul(share), ""
		}
		part.Amount = coop
		part.What = fmt.Sprintf("gross earnings of %s in %s: %s × %s%s is co-op", g.month.Text(), g.currency, calc.AmountText(part.sum), share, rounded)
		if kind == calc.Rebate {
			part.Amount = part.sum.Sub(coop)
			part.What = fmt.Sprintf("gross earnings of %s in %s: %s less co-op of %s is rebate", g.month.Text(), g.currency, calc.AmountText(part.sum), calc.AmountText(coop))
		}
		x.Parts = append(x.Parts, part.Part)
	}
	n := 0
	for _, p := range x.Parts {
		n += len(p.Rows)
	}
	x.Steps = append(x.Steps, fmt.Sprintf("counted for %s: %s", kind, calc.CountOf(n, "%s row", "%s rows")))
}

func (x *Explanation) sum() decimal.Decimal {
	var sum decimal.Decimal
	for _, p := range x.Parts {
		sum = sum.Add(p.Amount)
	}
	return sum
}

// fillOthers adds to counted rows those that they stand for, the newest first.
func fillOthers(r *calc.Result, rows []*calc.Trace) {
	of := map[calc.Earning][]*calc.Trace{}
	for _, t := range rows {
		of[t.Earning] = append(of[t.Earning], t)
	}
	for counted, replaced := range r.Replaced() {
		for _, t := range of[counted] {
			t.Others = append(t.Others, replaced)
		}
	}
	for _, t := range rows {
		slices.SortStableFunc(t.Others, func(a, b calc.Replaced) int { return b.Calculated().Compare(a.Calculated()) })
	}
}

// Sample draws n counted rows for an auditor, the same ones each time: those
// whose SHA-256 and place are smallest when mixed. It draws from all
// statements, or from one participant's.
func Sample(r *calc.Result, n int, participant string) []calc.Trace {
	type drawn struct {
		calc.Earning
		lot uint64
	}
	var all []drawn
	for _, s := range r.Statements {
		if participant != "" && s.Participant != participant {
			continue
		}
		for e := range r.Counted(s) {
			all = append(all, drawn{e, lot(e)})
		}
	}
	slices.SortFunc(all, func(a, b drawn) int { return cmp.Or(cmp.Compare(a.lot, b.lot), cmp.Compare(a.Row(), b.Row())) })
	sample := make([]calc.Trace, min(n, len(all)))
	var rows []*calc.Trace
	for i := range sample {
		sample[i].Earning = all[i].Earning
		rows = append(rows, &sample[i])
	}
	fillOthers(r, rows)
	return sample
}

// lot hashes a row's place, so that a sample spreads over files and months.
func lot(e calc.Earning) uint64 {
	h := fnv.New64a()
	io.WriteString(h, e.Source().SHA256)
	h.Write(append(binary.LittleEndian.AppendUint32(nil, e.Row()), byte(e.Sheet())))
	return h.Sum64()
}
