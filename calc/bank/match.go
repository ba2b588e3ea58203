package bank

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
	"cspcoop/calc/payments"
)

// Input is what is compared.
type Input struct {
	AsOf     calc.Date
	Policy   calc.BankPolicy
	Rates    calc.Rates
	Sources  []*calc.Source
	Payments []*calc.PaymentMatch
}

// Outcome is what the comparison found.
type Outcome struct {
	Receipts   []calc.BankReceipt    // of the payments, in their order
	Fates      [][]calc.Fate         // of the lines, by source
	Statements []*calc.BankStatement // up to the as-of date, without their lines
	Left       []*calc.BankLine      // that may be payments and match none, by day
	Findings   []calc.Finding
}

// matching is the state of one comparison.
type matching struct {
	Input
	lines    []*line
	payments []*payment
	spans    []span
	groups   []*group
	accounts map[string][]string // by participant that the configuration names
	out      Outcome
}

// payment is a payment that is looked for.
type payment struct {
	*calc.PaymentMatch
	Bank  *calc.BankReceipt // what is found
	net   decimal.Decimal
	known bool // net is
	sent  bool // by the Payments report
	group *group
}

// free reports whether the payment is to be found by its amount.
func (p *payment) free() bool {
	return p.group == nil && p.sent && !p.Date.IsZero() && !p.net.IsZero()
}

// within reports whether a line is booked when the payment may arrive.
func (m *matching) within(p *payment, l *line) bool {
	days := p.Date.DaysUntil(l.Booked)
	return p.PayCurrency == l.Currency && m.pays(l.account, p) && days >= -calc.BankDaysBefore && days <= m.Policy.Days
}

// Match compares payments with the bank lines of all sources.
func Match(in Input) Outcome {
	m := &matching{Input: in, accounts: map[string][]string{}}
	for account, participants := range in.Policy.Accounts {
		for _, p := range participants {
			m.accounts[p] = append(m.accounts[p], account)
		}
	}
	m.out.Receipts = make([]calc.BankReceipt, len(in.Payments))
	m.gather(in.Sources)
	if len(m.out.Statements) == 0 {
		return m.out
	}
	for i, p := range in.Payments {
		m.payments = append(m.payments, &payment{
			PaymentMatch: p, Bank: &m.out.Receipts[i], net: p.Total, known: p.Reported(),
			sent: p.Reported() && p.State != calc.MatchFailed && calc.StatusOf(p.Status) == calc.StatusPaid,
		})
	}
	slices.SortStableFunc(m.payments, func(a, b *payment) int { return payments.Compare(a.PaymentMatch, b.PaymentMatch) })
	m.matchIDs()
	m.completeByAmount()
	m.pair(func(p *payment, l *line) bool { return p.net.Equal(l.Amount) })
	m.matchSums()
	m.pair(func(p *payment, l *line) bool { return p.taxOf(l.Amount.Sub(p.net)) != "" })
	m.matchReturns()
	m.settle()
	return m.out
}

// matchIDs groups payments and the lines that name their ids.
func (m *matching) matchIDs() {
	byID := map[string][]*payment{}
	for _, p := range m.payments {
		byID[p.ID] = append(byID[p.ID], p)
	}
	index := newIDIndex(byID)
	for _, l := range m.lines {
		for _, id := range index.named(l.Text) {
			for _, p := range byID[id] {
				m.join(p, l)
			}
		}
	}
}

// join puts a payment and a line into one group, with all that they are grouped
// with.
func (m *matching) join(p *payment, l *line) {
	switch {
	case p.group == nil && l.group == nil:
		m.groups = append(m.groups, &group{})
		m.groups[len(m.groups)-1].add(p, l)
	case p.group == nil:
		l.group.add(p, nil)
	case l.group == nil:
		p.group.add(nil, l)
	case p.group != l.group:
		gone := l.group
		for _, q := range gone.payments {
			p.group.add(q, nil)
		}
		for _, k := range gone.lines {
			p.group.add(nil, k)
		}
		m.groups = slices.DeleteFunc(m.groups, func(g *group) bool { return g == gone })
	}
}

// completion is what makes a group add up.
type completion struct {
	*group
	lines    []*line
	payments []*payment
}

// completeByAmount looks for the rest of the groups that do not add up: lines that
// do not name the payment, or payments that the line does not name. What would
// complete several groups completes none.
func (m *matching) completeByAmount() {
	var found []completion
	wanted := map[any]int{}
	for _, g := range m.groups {
		c, ok := m.completionOf(g)
		if !ok {
			continue
		}
		found = append(found, c)
		for _, l := range c.lines {
			wanted[l]++
		}
		for _, p := range c.payments {
			wanted[p]++
		}
	}
	for _, c := range found {
		if slices.ContainsFunc(c.lines, func(l *line) bool { return wanted[l] > 1 }) || slices.ContainsFunc(c.payments, func(p *payment) bool { return wanted[p] > 1 }) {
			continue
		}
		for _, l := range c.lines {
			c.add(nil, l)
		}
		for _, p := range c.payments {
			c.add(p, nil)
		}
	}
}

func (m *matching) completionOf(g *group) (c completion, ok bool) {
	rest, ok := g.rest()
	if c.group = g; !ok || rest.IsZero() || g.taxOf(rest.Neg()) != "" {
		return c, false
	}
	if rest.Sign() == g.net().Sign() {
		var list []*line
		for _, l := range m.lines {
			if l.candidate() && slices.ContainsFunc(g.payments, func(p *payment) bool { return m.within(p, l) }) {
				list = append(list, l)
			}
		}
		sets := sumsTo(rest, list, func(l *line) decimal.Decimal { return l.Amount }, 1)
		if len(sets) == 1 {
			c.lines = sets[0]
		}
		return c, len(sets) == 1
	}
	var list []*payment
	for _, p := range m.payments {
		if p.free() && slices.ContainsFunc(g.lines, func(l *line) bool { return m.within(p, l) }) {
			list = append(list, p)
		}
	}
	sets := sumsTo(rest.Neg(), list, func(p *payment) decimal.Decimal { return p.net }, 1)
	if len(sets) == 1 {
		c.payments = sets[0]
	}
	return c, len(sets) == 1
}

// pair assigns a line to a payment where each fits the other alone. Payments and
// lines that fit in several ways are grouped, and nothing is assigned.
func (m *matching) pair(fits func(*payment, *line) bool) {
	type edge struct {
		p *payment
		l *line
	}
	var edges []edge
	for _, p := range m.payments {
		if !p.free() {
			continue
		}
		for _, l := range m.lines {
			if l.candidate() && m.within(p, l) && fits(p, l) {
				edges = append(edges, edge{p, l})
			}
		}
	}
	for _, e := range edges {
		m.join(e.p, e.l)
	}
	for _, e := range edges {
		e.p.group.ambiguous = len(e.p.group.payments) > 1 || len(e.p.group.lines) > 1
	}
}

// matchSums finds one line for several payments, then several lines for one
// payment.
func (m *matching) matchSums() {
	m.matchSets(func(yield func([]*payment, []*line)) {
		for _, l := range m.lines {
			if !l.candidate() {
				continue
			}
			var list []*payment
			for _, p := range m.payments {
				if p.free() && m.within(p, l) {
					list = append(list, p)
				}
			}
			for _, set := range paymentsOf(l.Amount, list) {
				yield(set, []*line{l})
			}
		}
	})
	m.matchSets(func(yield func([]*payment, []*line)) {
		for _, p := range m.payments {
			if !p.free() {
				continue
			}
			var list []*line
			for _, l := range m.lines {
				if l.candidate() && m.within(p, l) {
					list = append(list, l)
				}
			}
			for _, set := range sumsTo(p.net, list, func(l *line) decimal.Decimal { return l.Amount }, 2) {
				yield([]*payment{p}, set)
			}
		}
	})
}

// matchSets groups the payments and lines of sets that add up. Sets that share
// something are ambiguous.
func (m *matching) matchSets(each func(yield func([]*payment, []*line))) {
	type set struct {
		payments []*payment
		lines    []*line
	}
	var sets []set
	each(func(ps []*payment, ls []*line) { sets = append(sets, set{ps, ls}) })
	owners := map[*group]int{}
	for _, s := range sets {
		for _, p := range s.payments {
			for _, l := range s.lines {
				m.join(p, l)
			}
		}
	}
	for _, s := range sets {
		owners[s.payments[0].group]++
	}
	for g, n := range owners {
		g.ambiguous = n > 1
	}
}

// matchReturns finds the returns that name no payment: what the bank marks as one
// and takes back exactly what arrived before.
func (m *matching) matchReturns() {
	for _, l := range m.lines {
		if !l.candidate() || !l.Returned {
			continue
		}
		var fits []*group
		for _, g := range m.groups {
			currency, sum := g.arrived()
			if !g.ambiguous && currency == l.Currency && sum.Equal(l.Amount.Neg()) && !g.lines[len(g.lines)-1].Booked.After(l.Booked) {
				fits = append(fits, g)
			}
		}
		if len(fits) == 1 {
			fits[0].add(nil, l)
		}
	}
}
