package reconcile

import (
	"cmp"
	"iter"
	"slices"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// splitKey is what one split applies to.
type splitKey struct {
	month calc.Month
	incentive
	currency uint32 // its rank
}

// splitRow is a row with what the split of which it is a part applies to.
type splitRow struct {
	splitKey
	at int32 // of its facts
}

func (r splitRow) together(o splitRow) bool {
	return r.month.Period() == o.month.Period() && r.incentive == o.incentive && r.currency == o.currency
}

func (r splitRow) same(o splitRow) bool { return r.splitKey == o.splitKey }

// splitRowsOf lists the rows that were split before they were reported.
func splitRowsOf(facts []fact) []splitRow {
	rows := make([]splitRow, 0, len(facts))
	for i := range facts {
		if f := &facts[i]; f.class == calc.Earned && (f.kind == calc.Rebate || f.kind == calc.CoOp) {
			rows = append(rows, splitRow{splitKey{f.month, f.incentive(), f.texts.currencies.ranks[f.currency]}, int32(i)})
		}
	}
	return rows
}

// stretches cuts a list where its items are no longer the same.
func stretches[T any](list []T, same func(a, b T) bool) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for len(list) > 0 {
			n := 1
			for n < len(list) && same(list[0], list[n]) {
				n++
			}
			if !yield(list[:n]) {
				return
			}
			list = list[n:]
		}
	}
}

// splitRows are the rows of a statement that are checked. There is a split for nearly
// every row where levers, months and currencies combine freely, so that its check is
// made again when somebody reads it.
type splitRows struct {
	*gathered
	*statement
	numbers []int32 // of rows, by period, lever, engagement, currency and month
}

// checks returns the checks of some rows.
func (x *splitRows) checks(numbers []int32) []calc.SplitCheck {
	facts := x.factsOf(x.ledger.Earnings(numbers))
	var list []calc.SplitCheck
	for rows := range stretches(splitRowsOf(facts), splitRow.same) {
		list = append(list, x.splitOf(x.statement, rows, facts))
	}
	return list
}

// all returns all checks, by month, lever and currency.
func (x *splitRows) all() []calc.SplitCheck {
	list := x.checks(x.numbers)
	slices.SortStableFunc(list, func(a, b calc.SplitCheck) int { return a.Month.Compare(b.Month) })
	return list
}

// checkSplits checks the levers of a statement that report co-op at all, by month,
// lever and currency. One that never reports a rebate is left out too: its downloads
// were filtered by type. A lever's differences in an earning period and currency are
// one finding.
func (c *gathered) checkSplits(s *drawn, facts []fact) {
	rows := splitRowsOf(facts)
	reported := map[incentive][calc.Other]bool{} // kinds that an engagement's lever reports
	for _, r := range rows {
		if kind, kinds := facts[r.at].kind, reported[r.incentive]; !kinds[kind] {
			kinds[kind] = true
			reported[r.incentive] = kinds
		}
	}
	rows = slices.DeleteFunc(rows, func(r splitRow) bool {
		kinds := reported[r.incentive]
		return !kinds[calc.Rebate] || !kinds[calc.CoOp]
	})
	slices.SortFunc(rows, splitRow.compare)
	checked := &splitRows{c, s.statement, make([]int32, len(rows))}
	for i, r := range rows {
		checked.numbers[i] = s.rows[r.at]
	}
	s.splits.List = checked.all
	var differing []differingSplits
	var first []int32
	end := 0
	for lever := range stretches(rows, splitRow.together) {
		from := end
		end += len(lever)
		differs := s.splits.Differing
		for month := range stretches(lever, splitRow.same) {
			s.splits.Checked++
			if x := c.splitOf(s.statement, month, facts); !x.Differs() {
				continue
			}
			if s.splits.Differing++; s.splits.Differing == differs+1 {
				first = append(first, s.rows[month[0].at])
			}
		}
		if s.splits.Differing > differs {
			differing = append(differing, differingSplits{checked, int32(from), int32(end)})
		}
	}
	s.findings = slices.Grow(s.findings, len(differing))
	for i := range differing {
		s.report(c.ledger.At(first[i]).Finding(calc.Warning, calc.SplitDiffers, &differing[i]))
	}
}

func (r splitRow) compare(o splitRow) int {
	if c := r.month.Period().Compare(o.month.Period()); c != 0 {
		return c
	}
	if c := r.incentive.compare(o.incentive); c != 0 {
		return c
	}
	if c := cmp.Compare(r.currency, o.currency); c != 0 {
		return c
	}
	if c := r.month.Compare(o.month); c != 0 {
		return c
	}
	return cmp.Compare(r.at, o.at)
}

// splitOf checks the rows of one split.
func (c *gathered) splitOf(s *statement, rows []splitRow, facts []fact) calc.SplitCheck {
	first := &facts[rows[0].at]
	check := calc.SplitCheck{Month: first.month, Currency: first.texts.currencies.words[first.currency]}
	var rebate, coop calc.Sum
	coops := 0
	for i, r := range rows {
		f := &facts[r.at]
		engagement, lever := f.texts.engagements.words[f.engagement], f.texts.levers.words[f.lever]
		if i == 0 {
			check.Engagement, check.Lever = engagement, lever
		}
		check.Engagement, check.Lever = min(check.Engagement, engagement), min(check.Lever, lever)
		if f.kind == calc.CoOp {
			coop.Add(f.amount)
			coops++
		} else {
			rebate.Add(f.amount)
		}
	}
	check.Rule = c.Policy.Rules.ForSplit(s.StatementKey.Program, check.Engagement, check.Lever, check.Month)
	return calc.NewSplitCheck(check, rebate.Amount(), coop.Amount(), len(rows)-coops, coops)
}

// differingSplits are the splits of one or several months that a finding is about,
// with those beside them that do not differ.
type differingSplits struct {
	*splitRows
	from, to int32
}

func (d *differingSplits) list() []calc.SplitCheck {
	return slices.DeleteFunc(d.checks(d.numbers[d.from:d.to]), func(x calc.SplitCheck) bool { return !x.Differs() })
}

// Money returns by how much their co-op differs from its share.
func (d *differingSplits) Money() calc.Money {
	var difference decimal.Decimal
	list := d.list()
	for i := range list {
		difference = difference.Add(list[i].Difference())
	}
	return calc.NewMoney(difference, list[0].Currency)
}

// Says says how their co-op differs from its share.
func (d *differingSplits) Says() calc.Sentence {
	list := d.list()
	first := &list[0]
	where := calc.Say("lever %s reports", calc.Quoted{Of: first.Lever})
	if first.Lever == "" {
		where = calc.Say("rows without a lever report")
	}
	if first.Engagement != "" {
		where = calc.Say("engagement %s, %s", calc.Quoted{Of: first.Engagement}, where)
	}
	ask := calc.Say("ask Microsoft for the calculation%s", calc.ForOperator(calc.Say(", or give the lever a [[rules]] entry if another split was agreed")))
	share := first.Rule.CoOpShare.Shift(2)
	if len(list) == 1 {
		return calc.Say("%s %s of co-op in %s, but %s%% of rebate and co-op together (%s) is %s: a difference of %s, of which rounding the rows explains %s at most; %s",
			where, calc.NewMoney(first.CoOp(), first.Currency), first.Month, share, calc.Figure(first.Together()), calc.Figure(first.Expected()),
			calc.Figure(first.Difference()), first.Tolerance(), ask)
	}
	var coop, expected decimal.Decimal
	months := make(calc.List, len(list))
	for i := range list {
		x := &list[i]
		coop, expected = coop.Add(x.CoOp()), expected.Add(x.Expected())
		months[i] = calc.Say("%s %s", x.Month, calc.Figure(x.Difference()))
	}
	return calc.Say("%s %s of co-op in %s months, but %s%% of rebate and co-op together is %s; the differences are more than rounding the rows explains (%s); %s",
		where, calc.NewMoney(coop, first.Currency), len(list), share, calc.Figure(expected), months, ask)
}
