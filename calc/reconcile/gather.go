package reconcile

import (
	"slices"

	"cspcoop/calc"
)

// statement gathers the counted rows of a participant's program.
type statement struct {
	calc.StatementKey
	program string // as written, bytewise smallest; known programs by their current name
	buckets map[bucketKey]*bucket
	last    *bucket // to which a row was added
	rows    []calc.Earning
	aside   []calc.Earning // in force, but no figures: payments of claims, and what transfers turned into rebate
	reach   []reach        // per source with rows of this statement

	rules, published splitRules // of its gross rows
}

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

// gathered are the counted rows by statement.
type gathered struct {
	basis
	statements map[calc.StatementKey]*statement // also those of which no row counts
	names      map[string]*naming               // by participant
	ranks      ranks                            // of what the counted rows have
	findings
}

// gather takes every row to its statement, and gives rows that are no figures
// their fate.
func gather(b basis) gathered {
	c := gathered{basis: b, statements: map[calc.StatementKey]*statement{}, names: map[string]*naming{}}
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
	return c
}

func (c *gathered) statementOf(e calc.Earning) *statement {
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
