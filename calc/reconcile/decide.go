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
	funds       []*calc.Fund     // the oldest period first
	months      []calc.MonthLine // by month, then currency
	engagements []calc.EngagementShare
	splits      calc.Splits
	gaps        []calc.Gap
	booked      []calc.Earning // of its rows: transfers and adjustments
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
	return d
}

// funds lists every fund: by participant, program and earning period.
func (d *decided) funds() []*calc.Fund {
	var all []*calc.Fund
	for _, s := range d.drawn {
		all = append(all, s.funds...)
	}
	return all
}

// draw adds up months and funds of rows and their facts, and decides the funds.
func (c *gathered) draw(s *statement, facts []fact) *drawn {
	d := &drawn{statement: s}
	buckets := c.bucketsOf(s, facts)
	d.months = make([]calc.MonthLine, 0, len(buckets))
	for half := range stretches(buckets, func(a, b bucket) bool { return a.month.Period() == b.month.Period() }) {
		d.funds = append(d.funds, c.fund(d, half[0].month.Period(), half))
	}
	d.projectAccruing()
	return d
}

// examine draws a statement, and adds what its rows show beside their figures.
func (c *gathered) examine(s *statement) *drawn {
	rows := c.ledger.Earnings(s.rows)
	facts := c.factsOf(rows)
	d := c.draw(s, facts)
	d.engagements = c.engagementsOf(facts)
	c.checkSplits(d, facts)
	d.gaps = s.gaps(facts)
	d.reportGaps(false)
	d.reportGaps(true)
	for i := range facts {
		if f := &facts[i]; f.class == calc.Transfer || f.reason == calc.Adjustment {
			d.booked = append(d.booked, rows[i])
		}
	}
	return d
}
