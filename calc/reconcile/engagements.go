package reconcile

import (
	"cmp"
	"maps"
	"slices"

	"cspcoop/calc"
)

// engagementSum gathers the earnings of an engagement in an earning period.
type engagementSum struct {
	calc.EngagementShare
	sums [3]calc.Sum // rebate, co-op, other: typed rows
	by   map[*calc.Rule]*calc.Sum
}

// engagementsOf sums rows by engagement: by period, then by name. Where they name
// none there is one share for each period, the whole of it.
func (c *gathered) engagementsOf(facts []fact) []calc.EngagementShare {
	type key struct {
		period     calc.EarningPeriod
		engagement uint32
	}
	sums := map[key]*engagementSum{}
	for i := range facts {
		f := &facts[i]
		if f.class == calc.Transfer {
			continue
		}
		name := f.texts.engagements.words[f.engagement]
		k := key{f.month.Period(), f.texts.engagements.ranks[f.engagement]}
		sum := sums[k]
		if sum == nil {
			sum = &engagementSum{by: map[*calc.Rule]*calc.Sum{}}
			sum.Period, sum.Engagement, sum.Group = k.period, name, c.Policy.Engagements.Of(name)
			sums[k] = sum
		}
		sum.Engagement = min(sum.Engagement, name)
		sum.Rows++
		if f.kind != calc.Gross {
			sum.sums[f.kind-calc.Rebate].Add(f.usd)
			continue
		}
		if sum.by[f.rule] == nil {
			sum.by[f.rule] = &calc.Sum{}
		}
		sum.by[f.rule].Add(f.usd)
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
	x.Exact = calc.Shares{Rebate: x.sums[0].Decimal(), CoOp: x.sums[1].Decimal(), Other: x.sums[2].Decimal()}
	for rule, gross := range x.by {
		coop := gross.Decimal().Mul(rule.GrossShare())
		x.Exact = x.Exact.Plus(calc.Shares{Rebate: gross.Decimal().Sub(coop), CoOp: coop})
	}
	return x.EngagementShare
}
