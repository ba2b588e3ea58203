package reconcile

import (
	"cmp"
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

func (k splitKey) compare(o splitKey) int {
	if c := k.month.Compare(o.month); c != 0 {
		return c
	}
	return k.compareIncentive(o)
}

func (k splitKey) compareIncentive(o splitKey) int {
	if c := k.incentive.compare(o.incentive); c != 0 {
		return c
	}
	return cmp.Compare(k.currency, o.currency)
}

// splitRow is a row with what the split of which it is a part applies to.
type splitRow struct {
	splitKey
	at int32 // in the statement's rows
}

// differingSplit is the check of a split that differs.
type differingSplit struct {
	splitKey
	*calc.SplitCheck
}

// splitsOf checks the levers of a statement that report co-op at all, by month,
// lever and currency. One that never reports a rebate is left out too: its
// downloads were filtered by type.
func (c *gathered) splitsOf(s *statement, facts []fact) (list []calc.SplitCheck, differing []differingSplit) {
	rows := make([]splitRow, 0, len(facts))
	reported := map[incentive][calc.Other]bool{} // kinds that an engagement's lever reports
	for i := range facts {
		f := &facts[i]
		if f.class != calc.Earned || f.kind != calc.Rebate && f.kind != calc.CoOp {
			continue // no part of what was split before it was reported
		}
		of := f.incentive()
		rows = append(rows, splitRow{splitKey{f.month, of, f.texts.currencies.ranks[f.currency]}, int32(i)})
		if kinds := reported[of]; !kinds[f.kind] {
			kinds[f.kind] = true
			reported[of] = kinds
		}
	}
	rows = slices.DeleteFunc(rows, func(r splitRow) bool {
		kinds := reported[r.incentive]
		return !kinds[calc.Rebate] || !kinds[calc.CoOp]
	})
	slices.SortFunc(rows, func(a, b splitRow) int {
		if c := a.splitKey.compare(b.splitKey); c != 0 {
			return c
		}
		return cmp.Compare(a.at, b.at)
	})
	splits := 0
	for i := range rows {
		if i == 0 || rows[i].splitKey != rows[i-1].splitKey {
			splits++
		}
	}
	list = make([]calc.SplitCheck, 0, splits)
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].splitKey == rows[0].splitKey {
			n++
		}
		list = append(list, c.splitOf(s, rows[:n], facts))
		if check := &list[len(list)-1]; check.Differs() {
			differing = append(differing, differingSplit{rows[0].splitKey, check})
		}
		rows = rows[n:]
	}
	return list, differing
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
	check = calc.NewSplitCheck(check, rebate.Amount(), coop.Amount(), len(rows)-coops, coops)
	if check.Differs() {
		check.Rows = make([]calc.Earning, len(rows))
		for i, r := range rows {
			check.Rows[i] = s.rows[r.at]
		}
	}
	return check
}

// reportSplits makes one finding of a lever's differences in an earning period
// and currency.
func (s *drawn) reportSplits(differing []differingSplit) {
	compare := func(a, b differingSplit) int {
		if c := a.month.Period().Compare(b.month.Period()); c != 0 {
			return c
		}
		return a.compareIncentive(b.splitKey)
	}
	slices.SortFunc(differing, func(a, b differingSplit) int {
		if c := compare(a, b); c != 0 {
			return c
		}
		return a.month.Compare(b.month)
	})
	list := make([]*calc.SplitCheck, len(differing))
	for i, x := range differing {
		list[i] = x.SplitCheck
	}
	for len(list) > 0 {
		n := 1
		for n < len(list) && compare(differing[n], differing[0]) == 0 {
			n++
		}
		s.report(list[0].Rows[0].Finding(calc.Warning, calc.SplitDiffers, &differingSplits{list[:n]}))
		differing, list = differing[n:], list[n:]
	}
}

// differingSplits are the splits of one or several months that a finding is about.
type differingSplits struct{ list []*calc.SplitCheck }

// Money returns by how much their co-op differs from its share.
func (d *differingSplits) Money() calc.Money {
	var difference decimal.Decimal
	for _, x := range d.list {
		difference = difference.Add(x.Difference())
	}
	return calc.NewMoney(difference, d.list[0].Currency)
}

// Says says how their co-op differs from its share.
func (d *differingSplits) Says() calc.Sentence {
	list := d.list
	first := list[0]
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
	for i, x := range list {
		coop, expected = coop.Add(x.CoOp()), expected.Add(x.Expected())
		months[i] = calc.Say("%s %s", x.Month, calc.Figure(x.Difference()))
	}
	return calc.Say("%s %s of co-op in %s months, but %s%% of rebate and co-op together is %s; the differences are more than rounding the rows explains (%s); %s",
		where, calc.NewMoney(coop, first.Currency), len(list), share, calc.Figure(expected), months, ask)
}
