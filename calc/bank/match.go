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

// set is payments and lines that belong together.
type set struct {
	payments []*payment
	lines    []*line
}

// linesFor lists the lines that may show one of some payments without naming it.
func (m *matching) linesFor(payments ...*payment) (list []*line) {
	for _, l := range m.lines {
		if l.candidate() && slices.ContainsFunc(payments, func(p *payment) bool { return m.within(p, l) }) {
			list = append(list, l)
		}
	}
	return list
}

// paymentsFor lists the payments that one of some lines may show without naming it.
func (m *matching) paymentsFor(lines ...*line) (list []*payment) {
	for _, p := range m.payments {
		if p.free() && slices.ContainsFunc(lines, func(l *line) bool { return m.within(p, l) }) {
			list = append(list, p)
		}
	}
	return list
}

// completeByAmount looks for the rest of the groups that do not add up: lines that
// do not name the payment, or payments that the line does not name. What would
// complete several groups completes none.
func (m *matching) completeByAmount() {
	found := map[*group]set{}
	wanted := map[any]int{}
	for _, g := range m.groups {
		s := m.completionOf(g)
		found[g] = s
		for _, l := range s.lines {
			wanted[l]++
		}
		for _, p := range s.payments {
			wanted[p]++
		}
	}
	for _, g := range m.groups {
		s := found[g]
		if slices.ContainsFunc(s.lines, func(l *line) bool { return wanted[l] > 1 }) || slices.ContainsFunc(s.payments, func(p *payment) bool { return wanted[p] > 1 }) {
			continue
		}
		for _, l := range s.lines {
			g.add(nil, l)
		}
		for _, p := range s.payments {
			g.add(p, nil)
		}
	}
}

// completionOf returns the one set that makes a group add up; none where there are
// several.
func (m *matching) completionOf(g *group) (s set) {
	rest, ok := g.rest()
	if !ok || rest.IsZero() || g.taxOf(rest.Neg()) != "" {
		return s
	}
	if rest.Sign() == g.net().Sign() {
		if sets := sumsTo(rest, m.linesFor(g.payments...), amountOf, 1); len(sets) == 1 {
			s.lines = sets[0]
		}
	} else if sets := sumsTo(rest.Neg(), m.paymentsFor(g.lines...), netOf, 1); len(sets) == 1 {
		s.payments = sets[0]
	}
	return s
}

func amountOf(l *line) decimal.Decimal { return l.Amount }

func netOf(p *payment) decimal.Decimal { return p.net }

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
	var sets []set
	for _, l := range m.lines {
		if l.candidate() {
			for _, some := range paymentsOf(l.Amount, m.paymentsFor(l)) {
				sets = append(sets, set{some, []*line{l}})
			}
		}
	}
	m.joinSets(sets)
	sets = nil
	for _, p := range m.payments {
		if p.free() {
			for _, some := range sumsTo(p.net, m.linesFor(p), amountOf, 2) {
				sets = append(sets, set{[]*payment{p}, some})
			}
		}
	}
	m.joinSets(sets)
}

// joinSets groups the payments and lines of sets that add up. Sets that share
// something are ambiguous.
func (m *matching) joinSets(sets []set) {
	for _, s := range sets {
		for _, p := range s.payments {
			for _, l := range s.lines {
				m.join(p, l)
			}
		}
	}
	owners := map[*group]int{}
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
