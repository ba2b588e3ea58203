package calc

import (
	"slices"

	"github.com/shopspring/decimal"
)

// pair is a sum in the earnings' currency and in USD.
type pair struct{ plain, usd Sum }

func (p *pair) add(e *Earning) {
	p.plain.Add(e.Amount)
	p.usd.Add(e.USD)
}

// exact is a pair of finished sums.
type exact struct{ plain, usd decimal.Decimal }

func (x exact) plus(y exact) exact { return exact{x.plain.Add(y.plain), x.usd.Add(y.usd)} }

func (x exact) minus(y exact) exact { return exact{x.plain.Sub(y.plain), x.usd.Sub(y.usd)} }

func (p *pair) exact() exact { return exact{p.plain.Decimal(), p.usd.Decimal()} }

// bucket gathers what a statement earned in one month and currency.
type bucket struct {
	month    Month
	currency string
	earned   bool // it holds earnings, not just transfers

	typed     [Other + 1]pair // by kind; Gross stays empty
	gross     []grossPart
	transfers pair
	adjusted  pair // of CoOp and gross: rows that adjust, gross ones by their co-op share
}

// grossPart gathers gross earnings that one split applies to.
type grossPart struct {
	share decimal.Decimal
	pair
}

func (b *bucket) addGross(e *Earning, share decimal.Decimal) {
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
func (b *bucket) figures() (rebate, coop, other exact) {
	rebate, coop, other = b.typed[Rebate].exact(), b.typed[CoOp].exact(), b.typed[Other].exact()
	for i := range b.gross {
		sum := b.gross[i].exact()
		part := exact{Cents(sum.plain.Mul(b.gross[i].share)), Cents(sum.usd.Mul(b.gross[i].share))}
		coop = coop.plus(part)
		rebate = rebate.plus(exact{sum.plain.Sub(part.plain), sum.usd.Sub(part.usd)})
	}
	return rebate, coop, other
}
