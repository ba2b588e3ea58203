package reconcile

import (
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/parallel"
)

// drawn is a statement with its funds, and what was found in it: each has its own
// list, so that statements can be worked on at the same time.
type drawn struct {
	*statement
	out    *calc.Statement
	booked []calc.Earning // of its rows: transfers and adjustments
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
	counted := slices.DeleteFunc(slices.Clone(g.statements), func(s *statement) bool { return len(s.rows) == 0 })
	d.drawn = parallel.Map(counted, g.examine)
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
	rows := rowsOf{d.ledger, map[*calc.Statement][]int32{}}
	for _, s := range d.drawn {
		rows.counted[s.out] = s.rows
	}
	return rows
}

// draw makes the statement of rows and their facts, with its balances.
func (c *gathered) draw(s *statement, facts []fact) *drawn {
	n := c.names[s.Participant]
	d := &drawn{statement: s, out: &calc.Statement{Participant: s.Participant, Name: n.name, Country: n.country, Program: s.program}}
	buckets := c.bucketsOf(s, facts)
	d.out.Months = make([]calc.MonthLine, 0, len(buckets))
	for len(buckets) > 0 {
		period := buckets[0].month.Period()
		k := slices.IndexFunc(buckets, func(b bucket) bool { return b.month.Period() != period })
		if k < 0 {
			k = len(buckets)
		}
		d.out.Balances = append(d.out.Balances, c.balance(d, period, buckets[:k]))
		buckets = buckets[k:]
	}
	return d
}

// examine draws a statement, and adds what its rows show beside their figures.
func (c *gathered) examine(s *statement) *drawn {
	rows := c.ledger.Earnings(s.rows)
	facts := c.factsOf(rows)
	d := c.draw(s, facts)
	d.out.Engagements = c.engagementsOf(facts)
	c.checkSplits(d, facts)
	d.out.Gaps = s.gaps(facts)
	d.reportGaps(false)
	d.reportGaps(true)
	for i := range facts {
		if f := &facts[i]; f.class == calc.Transfer || f.reason == calc.Adjustment {
			d.booked = append(d.booked, rows[i])
		}
	}
	return d
}
