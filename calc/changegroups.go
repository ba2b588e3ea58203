package calc

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// byDate orders rows by date, id and place.
func byDate(a, b *Earning) int {
	if c := a.Date.Compare(b.Date); c != 0 {
		return c
	}
	if c := strings.Compare(a.ID, b.ID); c != 0 {
		return c // as nearly always
	}
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), byPlace(a, b))
}

// byPlace orders rows by where they stand.
func byPlace(a, b *Earning) int {
	return cmp.Or(strings.Compare(a.Source.File, b.Source.File), strings.Compare(a.Source.SHA256, b.Source.SHA256),
		cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// changeGroups gathers changes that are alike, so that a thousand of them are one
// finding.
type changeGroups struct {
	list  []*changeGroup
	index map[changeKey]*changeGroup
}

type changeKey struct {
	now, before *Source
	statementKey
	period EarningPeriod
}

type changeGroup struct {
	changeKey
	changes []change
}

// change is a row and the version before it, where there is one.
type change struct{ now, before *Earning }

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

// first gives the row that stands first in its file, where the finding has its
// place.
func (g *changeGroup) first() *Earning {
	return slices.MinFunc(g.changes, func(a, b change) int { return byPlace(a.now, b.now) }).now
}

func (g *changeGroup) nowUSD() decimal.Decimal {
	var sum decimal.Decimal
	for _, x := range g.changes {
		sum = sum.Add(x.now.USD.Decimal())
	}
	return sum
}
