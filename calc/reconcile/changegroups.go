package reconcile

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// changeGroups gathers changes that are alike, so that a thousand of them are one
// finding.
type changeGroups struct {
	list  []*changeGroup
	index map[changeKey]*changeGroup
}

type changeKey struct {
	now, before *calc.Source
	calc.StatementKey
	period calc.EarningPeriod
}

type changeGroup struct {
	changeKey
	changes []change
}

// change is a row and the version before it, where there is one.
type change struct{ now, before calc.Earning }

func (g *changeGroups) add(key changeKey, x change) {
	if g.index == nil {
		g.index = map[changeKey]*changeGroup{}
	}
	group := g.index[key]
	if group == nil {
		group = &changeGroup{changeKey: key}
		g.index[key] = group
		g.list = append(g.list, group)
	}
	group.changes = append(group.changes, x)
}

// first returns the change whose row is first in its file, where the finding has its
// place.
func (g *changeGroup) first() change {
	return slices.MinFunc(g.changes, func(a, b change) int { return calc.CompareByPlace(a.now, b.now) })
}

func (g *changeGroup) nowUSD() decimal.Decimal {
	return g.sumUSD(func(x change) calc.Earning { return x.now })
}

func (g *changeGroup) beforeUSD() decimal.Decimal {
	return g.sumUSD(func(x change) calc.Earning { return x.before })
}

func (g *changeGroup) sumUSD(of func(change) calc.Earning) decimal.Decimal {
	var sum calc.Sum
	for _, x := range g.changes {
		sum.Add(of(x).USD())
	}
	return sum.Decimal()
}
