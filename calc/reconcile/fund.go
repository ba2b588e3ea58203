package reconcile

import (
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// pair is a sum in the earnings' currency and in USD.
type pair struct{ plain, usd calc.Sum }

func (p *pair) add(e *calc.Earning) {
	p.plain.Add(e.Amount)
	p.usd.Add(e.USD)
}

func (p *pair) exact() calc.Exact { return calc.Exact{Plain: p.plain.Decimal(), USD: p.usd.Decimal()} }

// bucket gathers what a statement earned in one month and currency.
type bucket struct {
	month    calc.Month
	currency string
	earned   bool // it holds earnings, not just transfers

	typed     [calc.Other + 1]pair // by kind; Gross stays empty
	gross     []grossPart
	transfers pair
	adjusted  pair // of CoOp and gross: rows that adjust, gross ones by their co-op share
}

// grossPart gathers gross earnings that one split applies to.
type grossPart struct {
	share decimal.Decimal
	pair
}

func (b *bucket) addGross(e *calc.Earning, share decimal.Decimal) {
	i := slices.IndexFunc(b.gross, func(g grossPart) bool { return g.share.Equal(share) })
	if i < 0 {
		i = len(b.gross)
		b.gross = append(b.gross, grossPart{share: share})
	}
	b.gross[i].add(e)
}

// figures gives the bucket's rebate, co-op and other, gross earnings split:
// co-op is its share of the exact sum, rounded to cents; rebate is the rest, so
// that no cent is lost (rules.md §6, Types).
func (b *bucket) figures() (rebate, coop, other calc.Exact) {
	rebate, coop, other = b.typed[calc.Rebate].exact(), b.typed[calc.CoOp].exact(), b.typed[calc.Other].exact()
	for i := range b.gross {
		sum := b.gross[i].exact()
		part := calc.Exact{Plain: calc.Cents(sum.Plain.Mul(b.gross[i].share)), USD: calc.Cents(sum.USD.Mul(b.gross[i].share))}
		coop = coop.Plus(part)
		rebate = rebate.Plus(calc.Exact{Plain: sum.Plain.Sub(part.Plain), USD: sum.USD.Sub(part.USD)})
	}
	return rebate, coop, other
}
