package reconcile

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// pair is a sum in the earnings' currency and in USD.
type pair struct{ plain, usd calc.Sum }

func (p *pair) addPair(o *pair) {
	p.plain.AddSum(&o.plain)
	p.usd.AddSum(&o.usd)
}

func (p *pair) addExact(x calc.Exact) {
	p.plain.AddDecimal(x.Plain)
	p.usd.AddDecimal(x.USD)
}

func (p *pair) add(f *fact) {
	p.plain.Add(f.amount)
	p.usd.Add(f.usd)
}

func (p *pair) addShare(f *fact, share decimal.Decimal) {
	p.plain.AddDecimal(f.amount.Decimal().Mul(share))
	p.usd.AddDecimal(f.usd.Decimal().Mul(share))
}

func (p *pair) exact() calc.Exact { return calc.Exact{Plain: p.plain.Decimal(), USD: p.usd.Decimal()} }

// bucket gathers what a statement earned in one month and currency. There are
// nearly as many as earnings where months and currencies combine freely.
type bucket struct {
	month     calc.Month
	earned    bool // it holds earnings, not just transfers
	holdsCoOp bool
	currency  string

	rebate, coop, other pair  // as reported
	more                *rare // nil where there is nothing of the kind
}

// rare is what most buckets do not have.
type rare struct {
	gross     grossParts // by the rules in force
	published grossParts // the same by the published ones; empty when these are in force
	transfers pair
	adjusted  pair // of CoOp and gross: rows that adjust, gross ones by their co-op share
}

func (b *bucket) rare() *rare {
	if b.more == nil {
		b.more = &rare{}
	}
	return b.more
}

// bucketsOf sums rows by month, then currency.
func (c *gathered) bucketsOf(s *statement, facts []fact) []bucket {
	type key struct {
		month    calc.Month
		currency uint32
	}
	known := map[key]int{}
	var list []bucket
	published := splitRules{}
	for i := range facts {
		f := &facts[i]
		k := key{f.month, f.texts.currencies.ranks[f.currency]}
		at, seen := known[k]
		if !seen {
			at = len(list)
			known[k] = at
			list = append(list, bucket{month: f.month, currency: f.texts.currencies.words[f.currency]})
		}
		b := &list[at]
		b.add(f)
		if f.class != calc.Transfer && f.kind == calc.Gross && c.Policy.Published != nil {
			b.more.published.add(f, published.of(f, s.StatementKey.Program, c.Policy.Published))
		}
	}
	slices.SortFunc(list, func(a, b bucket) int { return cmp.Or(a.month.Compare(b.month), cmp.Compare(a.currency, b.currency)) })
	return list
}

// add adds a row.
func (b *bucket) add(f *fact) {
	if f.class == calc.Transfer {
		b.rare().transfers.add(f)
		return
	}
	b.earned = true
	switch f.kind {
	case calc.Gross:
		share := f.rule.GrossShare()
		b.rare().gross.add(f, f.rule)
		b.holdsCoOp = b.holdsCoOp || !share.IsZero()
		if f.reason == calc.Adjustment {
			b.rare().adjusted.addShare(f, share)
		}
	case calc.CoOp:
		b.holdsCoOp = true
		b.coop.add(f)
		if f.reason == calc.Adjustment {
			b.rare().adjusted.add(f)
		}
	case calc.Rebate:
		b.rebate.add(f)
	case calc.Other:
		b.other.add(f)
	}
}

// grossParts gathers gross earnings by the rule that splits them.
type grossParts []grossPart

type grossPart struct {
	*calc.Rule
	pair
}

func (p *grossParts) add(f *fact, r *calc.Rule) {
	i := slices.IndexFunc(*p, func(g grossPart) bool { return g.Rule == r })
	if i < 0 {
		i = len(*p)
		*p = append(*p, grossPart{Rule: r})
	}
	(*p)[i].pair.add(f)
}

// coop returns the co-op of gross earnings: for each rule its share of the
// exact sum, rounded to cents, so that what is left is rebate to the cent.
func (p grossParts) coop() calc.Exact {
	var coop calc.Exact
	for i := range p {
		sum, share := p[i].exact(), p[i].GrossShare()
		coop = coop.Plus(calc.Exact{Plain: calc.Cents(sum.Plain.Mul(share)), USD: calc.Cents(sum.USD.Mul(share))})
	}
	return coop
}

// sum returns all gross earnings together.
func (p grossParts) sum() calc.Exact {
	var sum calc.Exact
	for i := range p {
		sum = sum.Plus(p[i].exact())
	}
	return sum
}

// figures returns the bucket's rebate, co-op and other, gross earnings split, and
// its co-op if the published rules split them.
func (b *bucket) figures() (rebate, coop, other pair, published calc.Sum) {
	rebate, coop, other, published = b.rebate, b.coop, b.other, b.coop.usd
	if b.more == nil {
		return rebate, coop, other, published
	}
	part := b.more.gross.coop()
	rebate.addExact(b.more.gross.sum().Minus(part))
	coop.addExact(part)
	published.AddDecimal(b.more.published.coop().USD)
	return rebate, coop, other, published
}
