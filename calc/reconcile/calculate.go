package reconcile

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"cspcoop/calc"
	"cspcoop/calc/claims"
	"cspcoop/calc/journal"
	"cspcoop/calc/payments"
	"cspcoop/calc/versions"
)

// ErrUnbalanced means that control totals from files to figures do not agree.
// It is a defect of the program; no statement may be written.
var ErrUnbalanced = errors.New("control totals do not balance")

// Calculate reconciles the archive as of a day. It fails only with
// ErrUnbalanced.
func Calculate(in calc.Input) (*calc.Result, error) {
	r, _, err := calculate(in)
	return r, err
}

func calculate(in calc.Input) (*calc.Result, *calculation, error) {
	sources := slices.Clone(in.Sources)
	slices.SortFunc(sources, func(a, b *calc.Source) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.SHA256, b.SHA256))
	})
	c := &calculation{Input: in, ledger: versions.Settle(sources, in.Policy), statements: map[calc.StatementKey]*statement{}, entityOf: entityNames(in.Policy.Entities)}
	c.gather()
	c.paymentFates = payments.Fates(sources, in.AsOf)
	r := &calc.Result{AsOf: in.AsOf, Withdrawn: in.Withdrawn, JournalPolicy: in.Policy.Journal, Policy: in.Policy}
	inParallel(c.ordered(), c.finish)
	rows := rowsOf{c.ledger, map[*calc.Statement][]calc.Earning{}}
	r.Rows = rows
	for _, s := range c.ordered() {
		r.Statements = append(r.Statements, s.out)
		rows.counted[s.out] = s.rows
	}
	c.settleClaims(r)
	for _, s := range r.Statements {
		finishCalendar(s)
		projectAccruing(s)
	}
	c.rollForward(r)
	setComparatives(r)
	c.decideOtherwise(r)
	c.listChanges()
	c.reports, c.replaced = payments.Read(c.ledger.Sources, c.AsOf, c.Policy), sync.OnceValue(c.replacedByHeld)
	inParallel(slices.Collect(maps.Values(c.statements)), c.check)
	c.strayPayments(r)
	c.compareBank(r)
	c.tieOut(r)
	r.Journal, r.Booked = journal.Post(r)
	c.accountSources(r)
	for i := range c.ledger.Sources {
		c.checkRates(i)
	}
	r.Rules = appliedRules(r)
	r.Entities = entities(in.Policy.Entities, r.Statements)
	c.collectFindings(r)
	handOut(r)
	if i := slices.IndexFunc(r.RollForward, func(f *calc.FundMovement) bool { return !f.Balanced() }); i >= 0 {
		f := r.RollForward[i]
		return nil, nil, fmt.Errorf("%w: the roll-forward of %s %s %s does not add up", ErrUnbalanced, f.Participant, f.Program, f.Period)
	}
	if !r.Totals.Balanced {
		return nil, nil, fmt.Errorf("%w: rows %d, counted and explained %v", ErrUnbalanced, r.Totals.Rows, r.Totals.By)
	}
	return r, c, nil
}

// CheckRegister says what a run would find in a claims register if it were
// received now, the worst first. The archive stays as it is, and so does the
// register. It fails only as Calculate does.
func CheckRegister(in calc.Input, register *calc.Source) ([]calc.Finding, error) {
	last := *register
	for _, s := range in.Sources {
		last.Receipt = max(last.Receipt, s.Receipt+1)
	}
	in.Sources = append(slices.Clone(in.Sources), &last)
	_, c, err := calculate(in)
	if err != nil {
		return nil, err
	}
	return calc.SortFindings(c.claims.Findings), nil
}

// calculation is the state of one Calculate.
type calculation struct {
	calc.Input
	ledger     *versions.Ledger
	statements map[calc.StatementKey]*statement
	names      map[string]*naming // by participant
	entityOf   map[string]string  // by participant
	ranks      ranks              // of what the counted rows have

	claims       claims.Outcome
	paymentFates [][]calc.Fate // by source
	bankFates    [][]calc.Fate // of bank lines, by source
	reports      *payments.Reports
	replaced     func() map[calc.Earning][]calc.Replaced
}

// statement gathers the counted rows of a participant's program.
type statement struct {
	calc.StatementKey
	program string // as written, bytewise smallest; known programs by their current name
	buckets map[bucketKey]*bucket
	last    *bucket // to which a row was added
	rows    []calc.Earning
	aside   []calc.Earning  // in force, but no figures: payments of claims, and what transfers turned into rebate
	reach   []reach         // per source with rows of this statement
	out     *calc.Statement // nil when nothing of it counts

	rules, published splitRules // of its gross rows

	payments payments.Outcome
	findings []calc.Finding
}

// report keeps a finding with its statement, so that statements can be worked on
// at the same time.
func (s *statement) report(f calc.Finding) { s.findings = append(s.findings, f) }

// inForce lists every row that is the version in force and not dated after the
// as-of date, whether or not it is a figure.
func (s *statement) inForce() []calc.Earning {
	if len(s.aside) == 0 {
		return s.rows
	}
	return slices.Concat(s.rows, s.aside)
}

type bucketKey struct {
	month    calc.Month
	currency string
}

// reach says from which to which month a file has rows of a statement.
type reach struct {
	source  int
	first   calc.Month
	month   calc.Month
	counted int
}

// naming finds the name that a participant goes by: that of the counted earning
// with the latest earningDate, then the bytewise smallest (contract).
type naming struct {
	name, country string
	all           map[string]bool
	by            calc.Earning // that gave the name
	named         calc.Date    // earningDate that gave the name
	from          calc.Date    // earningDate that gave the country
}

// called takes the name of a counted row.
func (n *naming) called(e calc.Earning) {
	name := e.ParticipantName()
	if name == "" || name == n.name && !e.Date().After(n.named) {
		return
	}
	if n.name == "" || e.Date().After(n.named) || e.Date() == n.named && name < n.name {
		n.name, n.named, n.by = name, e.Date(), e
	}
	if !n.all[name] {
		if n.all == nil {
			n.all = map[string]bool{}
		}
		n.all[name] = true
	}
}

// lives takes the country of counted rows, the latest of which has the date.
func (n *naming) lives(country string, latest calc.Date) {
	if country != "" && (n.country == "" || latest.After(n.from) || latest == n.from && country < n.country) {
		n.country, n.from = country, latest
	}
}

// gathering is what gather knows of an account, which many rows share.
type gathering struct {
	*statement
	naming *naming   // of its participant; nil while none of its rows counts
	called uint32    // code of the name in the counted row before
	latest calc.Date // of its counted rows
}

// see takes name and country of a counted row.
func (g *gathering) see(e calc.Earning, names map[string]*naming) {
	if g.naming == nil {
		if g.naming = names[e.Participant()]; g.naming == nil {
			g.naming = &naming{}
			names[e.Participant()] = g.naming
		}
	}
	if name := e.Code(calc.ParticipantNameColumn); name != g.called || !e.Date().Before(g.naming.named) {
		g.naming.called(e)
		g.called = name
	}
	if e.Date().After(g.latest) {
		g.latest = e.Date()
	}
}

// gather takes every row to its statement, and gives rows that are no figures
// their fate.
func (c *calculation) gather() {
	c.names = map[string]*naming{}
	c.ranks = ranks{map[calc.TextKey]uint64{}, map[calc.TextKey]uint64{}}
	accounts := map[calc.TextKey]*gathering{}
	for i, src := range c.ledger.Sources {
		var after int
		for j := range src.Earnings.Len() {
			e := src.Earnings.At(j)
			account := e.Key(calc.ParticipantColumn, calc.ProgramColumn, calc.CountryColumn)
			g := accounts[account]
			if g == nil {
				g = &gathering{statement: c.statementOf(e)}
				accounts[account] = g
			}
			r := g.reachOf(i)
			m := e.Date().Month()
			if m.Compare(r.month) > 0 {
				r.month = m
			}
			if r.first.IsZero() || m.Compare(r.first) < 0 {
				r.first = m
			}
			fate := &c.ledger.Fates[i][j]
			if *fate != calc.Counted {
				continue
			}
			class := e.Class(c.Policy.ClaimRows)
			switch {
			case e.Date().After(c.AsOf):
				after++
				*fate = calc.Skipped
			case class == calc.ClaimPayment, class == calc.Transfer && e.Kind() != calc.CoOp && e.Kind() != calc.Gross:
				*fate = calc.Skipped
				g.aside = append(g.aside, e)
			default:
				r.counted++
				g.add(e, class, c.Policy)
				g.see(e, c.names)
				c.ranks.see(e)
			}
		}
		if after > 0 {
			c.report(src.Finding(calc.Info, calc.AfterAsOf, calc.Say("%s dated after %s: left out", calc.CountOf(after, "%s earning", "%s earnings"), c.AsOf)))
		}
	}
	c.ranks.settle()
	for account, g := range accounts {
		if g.naming != nil {
			g.naming.lives(account.Text(2), g.latest)
		}
	}
}

func (c *calculation) report(f calc.Finding) { c.ledger.Findings = append(c.ledger.Findings, f) }

func (c *calculation) statementOf(e calc.Earning) *statement {
	key := calc.StatementKey{Participant: e.Participant(), Program: e.ProgramKey()}
	s := c.statements[key]
	if s == nil {
		s = newStatement(key)
		c.statements[key] = s
	}
	if name := e.ProgramName(); s.program == "" || name < s.program {
		s.program = name
	}
	return s
}

func newStatement(key calc.StatementKey) *statement {
	return &statement{StatementKey: key, buckets: map[bucketKey]*bucket{}, rules: splitRules{}, published: splitRules{}}
}

func (s *statement) reachOf(source int) *reach {
	if n := len(s.reach); n == 0 || s.reach[n-1].source != source {
		s.reach = append(s.reach, reach{source: source})
	}
	return &s.reach[len(s.reach)-1]
}

// add counts a row.
func (s *statement) add(e calc.Earning, class calc.Class, p calc.Policy) {
	s.rows = append(s.rows, e)
	b := s.last
	if month := e.Date().Month(); b == nil || b.month != month || b.currency != e.Currency() {
		key := bucketKey{month, e.Currency()}
		if b = s.buckets[key]; b == nil {
			b = &bucket{month: key.month, currency: key.currency}
			s.buckets[key] = b
		}
		s.last = b
	}
	if class == calc.Transfer {
		b.rare().transfers.add(e)
		return
	}
	b.earned = true
	switch e.Kind() {
	case calc.Gross:
		rule := s.rules.of(e, p.Rules)
		share := rule.GrossShare()
		b.rare().gross.add(e, rule)
		if p.Published != nil {
			b.rare().published.add(e, s.published.of(e, p.Published))
		}
		b.holdsCoOp = b.holdsCoOp || !share.IsZero()
		if e.Reason() == calc.Adjustment {
			b.rare().adjusted.plain.AddDecimal(e.Amount().Decimal().Mul(share))
			b.rare().adjusted.usd.AddDecimal(e.USD().Decimal().Mul(share))
		}
	case calc.CoOp:
		b.holdsCoOp = true
		b.coop.add(e)
		if e.Reason() == calc.Adjustment {
			b.rare().adjusted.add(e)
		}
	case calc.Rebate:
		b.rebate.add(e)
	case calc.Other:
		b.other.add(e)
	}
}

// ordered lists the statements that have something to say, by participant and
// program.
func (c *calculation) ordered() []*statement {
	list := slices.DeleteFunc(slices.Collect(maps.Values(c.statements)), func(s *statement) bool { return len(s.rows) == 0 })
	slices.SortFunc(list, func(a, b *statement) int {
		return cmp.Or(cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.program, b.program), cmp.Compare(a.StatementKey.Program, b.StatementKey.Program))
	})
	return list
}

// check compares a statement's rows with each other and with what was paid.
func (c *calculation) check(s *statement) {
	s.payments = c.reports.Check(c.account(s))
	if s.out == nil {
		return
	}
	s.findings = append(s.findings, s.payments.Findings...)
	s.out.Payments, s.out.Unpaid, s.out.Payouts = s.payments.Payments, s.payments.Unpaid, s.payments.Payouts
	s.out.UnpaidBy, s.out.Holds = s.payments.UnpaidBy, s.payments.Holds
	for i := range s.out.UnpaidBy {
		s.out.UnpaidBy[i].Statement = s.out
	}
	for i := range s.out.Holds {
		s.out.Holds[i].Statement = s.out
	}
	s.out.Engagements = c.engagementsOf(s)
	splits, keys := c.splitsOf(s)
	s.out.Splits = splits
	s.reportSplits(keys)
	s.out.Gaps = s.gaps()
	s.reportGaps(false)
	s.reportGaps(true)
}

// settleClaims takes the claims register to the funds.
func (c *calculation) settleClaims(r *calc.Result) {
	c.claims = claims.Settle(claims.Input{AsOf: c.AsOf, Policy: c.Policy, Ledger: c.ledger, Last: c.Last, Balances: r.Balances()})
	r.Claims = c.claims.Claims
	for _, f := range c.claims.Findings {
		c.report(f)
	}
}

// account hands a statement's rows to the comparison with payments.
func (c *calculation) account(s *statement) payments.Account {
	a := payments.Account{
		StatementKey: s.StatementKey, Program: s.program, Counted: s.rows, Aside: s.aside, Replaced: c.replaced, Calculated: c.calculated,
	}
	if s.out != nil {
		a.Balances = s.out.Balances
	}
	for _, r := range s.reach {
		for _, d := range []calc.Date{c.ledger.Newest[r.source].Calculated.Day, c.ledger.Newest[r.source].Earned} {
			if d.After(a.KnownUntil) {
				a.KnownUntil = d
			}
		}
	}
	return a
}

// replacedByHeld lists, for every counted row that is held, the rows that it
// stands for.
func (c *calculation) replacedByHeld() map[calc.Earning][]calc.Replaced {
	list := map[calc.Earning][]calc.Replaced{}
	for counted, other := range c.ledger.Replaced() {
		if state := counted.PaymentState(); state != nil && state.Held {
			list[counted] = append(list[counted], other)
		}
	}
	return list
}

// calculated returns the newest calculation date of an export.
func (c *calculation) calculated(s *calc.Source) calc.Date {
	i := slices.Index(c.ledger.Sources, s)
	if i < 0 {
		return calc.Date{}
	}
	return c.ledger.Newest[i].Calculated.Day
}

// strayPayments lists the payments of no statement, and says once that there is
// no report.
func (c *calculation) strayPayments(r *calc.Result) {
	unchecked := 0
	r.StrayPayments = c.reports.Strays(func(key calc.StatementKey) bool { return c.statements[key] != nil })
	for _, s := range c.statements {
		unchecked += s.payments.Unchecked
		if s.out == nil {
			r.StrayPayments = append(r.StrayPayments, s.payments.Payments...)
		}
	}
	slices.SortFunc(r.StrayPayments, payments.Compare)
	for _, f := range payments.Findings(r.StrayPayments, calc.Month{}) {
		c.report(f)
	}
	if unchecked > 0 {
		c.report(calc.NewFinding(calc.Info, calc.NoPaymentsReport,
			calc.Say("%s named by earnings cannot be checked, because no Payments report is archived; drop one to compare what was earned with what was paid",
				calc.CountOf(unchecked, "%s payment", "%s payments"))))
	}
}

// finish turns what was gathered into a statement with its balances.
func (c *calculation) finish(s *statement) {
	n := c.names[s.Participant]
	out := &calc.Statement{Participant: s.Participant, Name: n.name, Country: n.country, Program: s.program, Entity: c.entityOf[s.Participant]}
	buckets := slices.SortedFunc(maps.Values(s.buckets), func(a, b *bucket) int {
		return cmp.Or(a.month.Compare(b.month), cmp.Compare(a.currency, b.currency))
	})
	for len(buckets) > 0 {
		period := buckets[0].month.Period()
		k := slices.IndexFunc(buckets, func(b *bucket) bool { return b.month.Period() != period })
		if k < 0 {
			k = len(buckets)
		}
		out.Balances = append(out.Balances, c.balance(out, s, period, buckets[:k]))
		buckets = buckets[k:]
	}
	sortRows(s.rows)
	s.out = out
}
