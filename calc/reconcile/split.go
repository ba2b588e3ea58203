package reconcile

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// splitKey is what one split applies to within a statement.
type splitKey struct {
	incentive
	month    calc.Month
	currency string
}

// incentive is an engagement and a lever, folded.
type incentive struct{ engagement, lever string }

func (i incentive) compare(o incentive) int {
	return cmp.Or(strings.Compare(i.lever, o.lever), strings.Compare(i.engagement, o.engagement))
}

func splitKeyOf(e *calc.Earning) splitKey {
	return splitKey{incentive{calc.Fold(e.Engagement), calc.Fold(e.Lever)}, e.Date.Month(), e.Currency}
}

// splitRules keeps the rules that split gross rows, of which thousands share
// their terms.
type splitRules map[termsInMonth]*calc.Rule

func (known splitRules) of(e *calc.Earning, table calc.Rules) *calc.Rule {
	at := termsInMonth{e.Terms, e.Date.Month()}
	rule := known[at]
	if rule == nil {
		rule = table.ForSplit(e.ProgramKey, e.Engagement, e.Lever, at.month)
		known[at] = rule
	}
	return rule
}

// splits says that a row is a part of what was split before it was reported.
func (c *calculation) splits(e *calc.Earning) bool {
	return (e.Kind == calc.Rebate || e.Kind == calc.CoOp) && e.Class(c.Policy.ClaimRows) == calc.Earned
}

// termsInMonth is what the rows of a file that go into the same sums have in
// common.
type termsInMonth struct {
	*calc.Terms
	month calc.Month
}

// splitSum gathers the typed rows of one key.
type splitSum struct {
	engagement, lever string
	rebate, coop      calc.Sum
	rebates           int64 // rows
	coops             int64
}

// splitsOf checks the levers of a statement that report co-op at all. One that
// never reports a rebate is left out too: its downloads were filtered by type.
func (c *calculation) splitsOf(s *statement) []calc.SplitCheck {
	sums := map[splitKey]*splitSum{}
	reported := map[incentive][calc.Other]bool{} // kinds that an engagement's lever reports
	byTerms := map[termsInMonth]*splitSum{}      // the same sums: thousands of rows share their terms
	for _, e := range s.rows {
		if !c.splits(e) {
			continue
		}
		at := termsInMonth{e.Terms, e.Date.Month()}
		sum := byTerms[at]
		if sum == nil {
			key := splitKeyOf(e)
			sum = sums[key]
			if sum == nil {
				sum = &splitSum{engagement: e.Engagement, lever: e.Lever}
				sums[key] = sum
			}
			sum.engagement, sum.lever = min(sum.engagement, e.Engagement), min(sum.lever, e.Lever)
			byTerms[at] = sum
			kinds := reported[key.incentive]
			kinds[e.Kind] = true
			reported[key.incentive] = kinds
		}
		sum.add(e)
	}
	var list []calc.SplitCheck
	differing := map[*splitSum]int{}
	for _, key := range slices.SortedFunc(maps.Keys(sums), splitKey.compare) {
		if kinds := reported[key.incentive]; !kinds[calc.Rebate] || !kinds[calc.CoOp] {
			continue
		}
		check := sums[key].check(key, c.Policy.Rules.ForSplit(s.StatementKey.Program, sums[key].engagement, sums[key].lever, key.month))
		if check.Differs() {
			differing[sums[key]] = len(list)
		}
		list = append(list, check)
	}
	if len(differing) == 0 {
		return list
	}
	for _, e := range s.rows {
		if !c.splits(e) {
			continue
		}
		if i, differs := differing[byTerms[termsInMonth{e.Terms, e.Date.Month()}]]; differs {
			list[i].Rows = append(list[i].Rows, e)
		}
	}
	return list
}

func (k splitKey) compare(o splitKey) int {
	return cmp.Or(k.month.Compare(o.month), k.incentive.compare(o.incentive), strings.Compare(k.currency, o.currency))
}

func (x *splitSum) add(e *calc.Earning) {
	if e.Kind == calc.CoOp {
		x.coop.Add(e.Amount)
		x.coops++
		return
	}
	x.rebate.Add(e.Amount)
	x.rebates++
}

// check compares the sums. Every row was rounded by half a minor unit of its
// currency at most. A co-op row that is off by d moves co-op by d and what is
// expected by share × d, so that the difference moves by (1 − share) × d; a
// rebate row moves it by share × d.
func (x *splitSum) check(key splitKey, rule *calc.Rule) calc.SplitCheck {
	rebate, coop := x.rebate.Decimal(), x.coop.Decimal()
	expected := rebate.Add(coop).Mul(rule.CoOpShare)
	rounded := decimal.New(x.coops, 0).Mul(decimal.New(1, 0).Sub(rule.CoOpShare)).Add(decimal.New(x.rebates, 0).Mul(rule.CoOpShare))
	return calc.SplitCheck{
		Engagement: x.engagement, Lever: x.lever, Month: key.month, Currency: key.currency, Rule: *rule,
		Rebate: rebate, CoOp: coop, Expected: expected, Difference: coop.Sub(expected),
		Tolerance: rounded.Mul(calc.HalfUnit(key.currency)),
	}
}

// reportSplits makes one finding of a lever's differences in an earning period
// and currency.
func (s *statement) reportSplits() {
	type place struct {
		incentive
		period   calc.EarningPeriod
		currency string
	}
	groups := map[place][]*calc.SplitCheck{}
	var order []place
	for i := range s.out.Splits {
		x := &s.out.Splits[i]
		if !x.Differs() {
			continue
		}
		at := place{incentive{calc.Fold(x.Engagement), calc.Fold(x.Lever)}, x.Month.Period(), x.Currency}
		if groups[at] == nil {
			order = append(order, at)
		}
		groups[at] = append(groups[at], x)
	}
	for _, at := range order {
		s.report(groups[at][0].Rows[0].Finding(calc.Warning, calc.SplitDiffers, splitWords(groups[at])))
	}
}

// splitWords says how the co-op of one or several months differs from its
// share.
func splitWords(list []*calc.SplitCheck) string {
	first := list[0]
	reports := fmt.Sprintf("lever %q reports", first.Lever)
	if first.Lever == "" {
		reports = "rows without a lever report"
	}
	if first.Engagement != "" {
		reports = fmt.Sprintf("engagement %q, %s", first.Engagement, reports)
	}
	const ask = "ask Microsoft for the calculation, or give the lever a [[rules]] entry if another split was agreed"
	share := first.Rule.CoOpShare.Shift(2).String() + " %"
	if len(list) == 1 {
		return fmt.Sprintf("%s %s %s of co-op in %s, but %s of rebate and co-op together (%s) is %s: a difference of %s, of which rounding the rows explains %s at most; %s",
			reports, calc.AmountText(first.CoOp), first.Currency, first.Month, share, calc.AmountText(first.Together()), calc.AmountText(first.Expected),
			calc.AmountText(first.Difference), first.Tolerance, ask)
	}
	var coop, expected decimal.Decimal
	months := make([]string, len(list))
	for i, x := range list {
		coop, expected = coop.Add(x.CoOp), expected.Add(x.Expected)
		months[i] = fmt.Sprintf("%s %s", x.Month, calc.AmountText(x.Difference))
	}
	return fmt.Sprintf("%s %s %s of co-op in %d months, but %s of rebate and co-op together is %s; the differences are more than rounding the rows explains (%s); %s",
		reports, calc.AmountText(coop), first.Currency, len(list), share, calc.AmountText(expected), strings.Join(months, ", "), ask)
}
