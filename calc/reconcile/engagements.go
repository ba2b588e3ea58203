package reconcile

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// engagementSum gathers the earnings of an engagement in an earning period.
type engagementSum struct {
	calc.EngagementShare
	sums [3]calc.Sum // rebate, co-op, other: typed rows
	by   map[*calc.Rule]*calc.Sum
}

// engagementsOf sums a statement by engagement: by period, then by name. A
// statement whose rows name none has one share for each period, the whole of it.
func (c *gathered) engagementsOf(s *statement) []calc.EngagementShare {
	type key struct {
		period     calc.EarningPeriod
		engagement string // folded
	}
	sums := map[key]*engagementSum{}
	known := map[incentiveInMonth]*engagementSum{} // the same sums: rows share their incentives
	for _, e := range s.rows {
		if e.Reason() == calc.Rollover {
			continue
		}
		at := incentiveInMonth{incentiveKey(e), e.Date().Month()}
		sum := known[at]
		if sum == nil {
			k := key{at.Month.Period(), calc.Fold(e.Engagement())}
			if sum = sums[k]; sum == nil {
				sum = &engagementSum{by: map[*calc.Rule]*calc.Sum{}}
				sum.Period, sum.Engagement, sum.Group = k.period, e.Engagement(), c.Policy.Engagements.Of(e.Engagement())
				sums[k] = sum
			}
			sum.Engagement = min(sum.Engagement, e.Engagement())
			known[at] = sum
		}
		sum.Rows++
		if e.Kind() != calc.Gross {
			sum.sums[e.Kind()-calc.Rebate].Add(e.USD())
			continue
		}
		rule := s.rules.of(e, c.Policy.Rules)
		if sum.by[rule] == nil {
			sum.by[rule] = &calc.Sum{}
		}
		sum.by[rule].Add(e.USD())
	}
	list := make([]calc.EngagementShare, 0, len(sums))
	for _, k := range slices.SortedFunc(maps.Keys(sums), func(a, b key) int {
		return cmp.Or(a.period.Compare(b.period), cmp.Compare(a.engagement, b.engagement))
	}) {
		list = append(list, sums[k].share())
	}
	return list
}

func (x *engagementSum) share() calc.EngagementShare {
	x.Exact.Add(x.sums[0].Decimal(), x.sums[1].Decimal(), x.sums[2].Decimal())
	for rule, gross := range x.by {
		coop := gross.Decimal().Mul(rule.GrossShare())
		x.Exact.Add(gross.Decimal().Sub(coop), coop, decimal.Zero)
	}
	return x.EngagementShare
}
