package reconcile

import (
	"cmp"
	"maps"
	"slices"

	"cspcoop/calc"
)

// drawn is a statement with its funds, and what was found in it: each has its own
// list, so that statements can be worked on at the same time.
type drawn struct {
	*statement
	out       *calc.Statement
	unchecked int // payments that its rows name and no report shows
	findings
}

// decided are statements with months and funds, each of which is decided.
type decided struct {
	gathered
	drawn []*drawn // those that have something to say, by participant and program
}

// decideFunds draws the statements with counted rows.
func decideFunds(g gathered) decided {
	d := decided{gathered: g}
	for _, s := range g.statements {
		if len(s.rows) > 0 {
			d.drawn = append(d.drawn, &drawn{statement: s})
		}
	}
	slices.SortFunc(d.drawn, func(a, b *drawn) int {
		return cmp.Or(cmp.Compare(a.Participant, b.Participant), cmp.Compare(a.program, b.program), cmp.Compare(a.StatementKey.Program, b.StatementKey.Program))
	})
	inParallel(d.drawn, g.draw)
	entity := entityNames(g.Policy.Entities)
	for _, s := range d.drawn {
		s.out.Entity = entity[s.Participant]
		projectAccruing(s.out)
	}
	return d
}

// outs returns the statements.
func (d *decided) outs() []*calc.Statement {
	var list []*calc.Statement
	for _, s := range d.drawn {
		list = append(list, s.out)
	}
	return list
}

// balances lists every fund: by participant, program and earning period.
func (d *decided) balances() []*calc.Balance {
	var all []*calc.Balance
	for _, s := range d.drawn {
		all = append(all, s.out.Balances...)
	}
	return all
}

// rows hands out the rows of the statements.
func (d *decided) rows() calc.Rows {
	rows := rowsOf{d.ledger, map[*calc.Statement][]calc.Earning{}}
	for _, s := range d.drawn {
		rows.counted[s.out] = s.rows
	}
	return rows
}

// draw makes the statement of what was gathered, with its balances.
func (c *gathered) draw(s *drawn) {
	n := c.names[s.Participant]
	s.out = &calc.Statement{Participant: s.Participant, Name: n.name, Country: n.country, Program: s.program}
	buckets := slices.SortedFunc(maps.Values(s.buckets), func(a, b *bucket) int {
		return cmp.Or(a.month.Compare(b.month), cmp.Compare(a.currency, b.currency))
	})
	for len(buckets) > 0 {
		period := buckets[0].month.Period()
		k := slices.IndexFunc(buckets, func(b *bucket) bool { return b.month.Period() != period })
		if k < 0 {
			k = len(buckets)
		}
		s.out.Balances = append(s.out.Balances, c.balance(s, period, buckets[:k]))
		buckets = buckets[k:]
	}
	sortRows(s.rows)
}
