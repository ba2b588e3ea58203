package reconcile

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// parts are what the last stages say beside one another.
type parts struct {
	changes      []calc.Changes // of the statements drawn, in their order
	otherwise    map[*calc.Fund]*calc.Otherwise
	comparatives [][]calc.Comparative // likewise
	sources      []*calc.SourceAccount
}

// assemble makes the statements of what the stages found. Nothing refers back to a
// statement or its balances before.
func assemble(b banked, p parts) []*calc.Statement {
	entity := entityNames(b.Policy.Entities)
	var list []*calc.Statement
	for i, d := range b.drawn {
		s := b.statement(d)
		s.Entity, s.Changes, s.Comparatives = entity[s.Participant], p.changes[i], p.comparatives[i]
		for k, f := range d.funds {
			balance := s.Balances[k]
			balance.Movement, balance.Since = b.movements[f], b.since[f]
			if o := p.otherwise[f]; o != nil {
				o.Balance = balance
				s.Otherwise = append(s.Otherwise, *o)
			}
		}
		for _, r := range d.reach {
			s.Sources = append(s.Sources, calc.SourceShare{SourceAccount: p.sources[r.source], Counted: r.counted})
		}
		b.setPaid(s, i)
		list = append(list, s)
	}
	for _, m := range b.stray {
		m.Bank = b.receipts[m]
	}
	return list
}

// setPaid adds to a statement, the i-th, what was paid of it.
func (b *banked) setPaid(s *calc.Statement, i int) {
	paid := b.paid[i]
	s.Payments, s.Unpaid, s.Payouts, s.UnpaidBy, s.Holds = b.payments[i], b.unpaid[i], paid.Payouts, paid.UnpaidBy, paid.Holds
	for _, m := range s.Payments {
		m.Bank = b.receipts[m]
	}
	for i := range s.Payouts {
		s.Payouts[i].Fund = &balance(s, s.Payouts[i].Fund.Period).Fund
	}
	for i := range s.UnpaidBy {
		s.UnpaidBy[i].Statement = s
	}
	for i := range s.Holds {
		s.Holds[i].Statement = s
	}
}

// statement makes a statement of its funds, their claims and its months.
func (c *claimed) statement(d *drawn) *calc.Statement {
	name := c.names[d.Participant]
	s := &calc.Statement{
		Participant: d.Participant, Name: name.name, Country: name.country, Program: d.program,
		Months: d.months, Engagements: d.engagements, Splits: d.splits, Gaps: d.gaps,
	}
	claimed := map[calc.Month]decimal.Decimal{} // USD
	for _, f := range d.funds {
		b := &calc.Balance{Statement: s, Fund: *f, FundClaims: *c.outcome.Funds[f]}
		for _, claim := range b.Claims {
			claim.Balance = b
			if !claim.Submitted.IsZero() {
				month := claim.Submitted.Month()
				claimed[month] = claimed[month].Add(claim.TakenUSD)
			}
		}
		s.Balances = append(s.Balances, b)
	}
	s.Calendar = calendar(d.months, claimed, c.AsOf)
	return s
}

// rows hands out the rows of the statements.
func (d *decided) rows(statements []*calc.Statement) calc.Rows {
	rows := rowsOf{d.ledger, map[*calc.Statement][]int32{}}
	for i, s := range statements {
		rows.counted[s] = d.drawn[i].rows
	}
	return rows
}

// handOut gives every statement its part of the lists that cover all of them, in
// their order, so that a statement is written without a look at the others. What
// is about a participant and none of its programs goes to all its statements;
// what is about no statement at all stays with the portfolio.
func handOut(r *calc.Result) {
	keys := map[string]calc.ProgramKey{} // findings and claims name few programs, many times
	keyOf := func(program string) calc.ProgramKey {
		key, known := keys[program]
		if !known {
			key = calc.KeyOfProgram(program)
			keys[program] = key
		}
		return key
	}
	statements := make(map[calc.StatementKey]*calc.Statement, len(r.Statements))
	participants := map[string][]*calc.Statement{}
	for _, s := range r.Statements {
		statements[calc.StatementKey{Participant: s.Participant, Program: keyOf(s.Program)}] = s
		participants[s.Participant] = append(participants[s.Participant], s)
	}
	statement := func(participant, program string) *calc.Statement {
		return statements[calc.StatementKey{Participant: participant, Program: keyOf(program)}]
	}
	of := func(participant, program string) []*calc.Statement {
		if s := statement(participant, program); s != nil {
			return []*calc.Statement{s}
		}
		return participants[participant]
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		for _, s := range of(f.Participant(), f.Program()) {
			s.Findings = append(s.Findings, f)
		}
	}
	closed := map[string][]calc.Finding{} // by message
	for _, f := range r.Closed {
		closed[f.Message()] = append(closed[f.Message()], f.Finding)
		for _, s := range of(f.Participant(), f.Program()) {
			s.Closed = append(s.Closed, f)
		}
	}
	for _, m := range r.RollForward {
		if s := statement(m.Participant, m.Program); s != nil {
			s.RollForward = append(s.RollForward, m) // a fund that is gone has no statement
		}
	}
	for _, c := range r.Claims {
		c.Findings = slices.DeleteFunc(c.Findings, func(f calc.Finding) bool { return slices.ContainsFunc(closed[f.Message()], f.Same) })
		if s := statement(c.Participant, c.ProgramName); s != nil {
			s.Claims = append(s.Claims, c)
		}
	}
	for _, t := range r.TieOuts {
		if s := statement(t.Location, t.ProgramName); s != nil {
			s.TieOuts = append(s.TieOuts, t)
		}
	}
	for _, s := range r.Statements {
		r.Otherwise = append(r.Otherwise, s.Otherwise...)
	}
}
