package reconcile

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// incentive is an engagement and a lever, folded.
type incentive struct{ engagement, lever string }

func incentiveOf(engagement, lever string) incentive {
	return incentive{calc.Fold(engagement), calc.Fold(lever)}
}

func (i incentive) compare(o incentive) int {
	return cmp.Or(strings.Compare(i.lever, o.lever), strings.Compare(i.engagement, o.engagement))
}

// splitRules keeps the rules that split gross rows, of which thousands share
// their incentive and month.
type splitRules map[incentiveInMonth]*calc.Rule

type incentiveInMonth struct {
	key calc.TextKey
	calc.Month
}

func incentiveKey(e calc.Earning) calc.TextKey {
	return e.Key(calc.EngagementColumn, calc.LeverColumn, calc.LeverColumn)
}

func currencyKey(e calc.Earning) calc.TextKey {
	return e.Key(calc.CurrencyColumn, calc.CurrencyColumn, calc.CurrencyColumn)
}

func (known splitRules) of(e calc.Earning, table calc.Rules) *calc.Rule {
	at := incentiveInMonth{incentiveKey(e), e.Date().Month()}
	rule := known[at]
	if rule == nil {
		rule = table.ForSplit(e.ProgramKey(), e.Engagement(), e.Lever(), at.Month)
		known[at] = rule
	}
	return rule
}

// splits reports whether a row is a part of what was split before it was reported.
func (c *gathered) splits(e calc.Earning) bool {
	return (e.Kind() == calc.Rebate || e.Kind() == calc.CoOp) && e.Class(c.Policy.ClaimRows) == calc.Earned
}

// ranks numbers incentives and currencies in their order, so that statements
// compare numbers and no text is folded for a row.
type ranks struct {
	incentives map[calc.TextKey]uint64
	currencies map[calc.TextKey]uint64
}

// rank numbers what is a key of the map by the order of what it stands for.
func rank[K, V comparable](known map[K]uint64, of func(K) V, compare func(a, b V) int) {
	values := map[V]uint64{}
	for k := range known {
		values[of(k)] = 0
	}
	for i, v := range slices.SortedFunc(maps.Keys(values), compare) {
		values[v] = uint64(i)
	}
	for k := range known {
		known[k] = values[of(k)]
	}
}

func (r *ranks) see(e calc.Earning) {
	r.incentives[incentiveKey(e)], r.currencies[currencyKey(e)] = 0, 0
}

func (r *ranks) settle() {
	rank(r.incentives, func(k calc.TextKey) incentive { return incentiveOf(k.Text(0), k.Text(1)) }, incentive.compare)
	rank(r.currencies, func(k calc.TextKey) string { return k.Text(0) }, strings.Compare)
}

// splitRow is a row with what one split applies to within a statement.
type splitRow struct {
	splitKey
	at int32 // in the statement's rows
}

// splitKey is a month, the rank of an incentive and that of a currency, in this
// order and in one number.
type splitKey uint64

const currencyBits, incentiveBits = 16, 31

func (c *gathered) splitKeyOf(e calc.Earning) splitKey {
	month := (calc.Month{}).MonthsUntil(e.Date().Month())
	return splitKey(month)<<(incentiveBits+currencyBits) | splitKey(c.ranks.incentives[incentiveKey(e)])<<currencyBits | splitKey(c.ranks.currencies[currencyKey(e)])
}

func (k splitKey) incentive() uint64 { return uint64(k) >> currencyBits % (1 << incentiveBits) }

func (k splitKey) withoutMonth() uint64 { return uint64(k) % (1 << (incentiveBits + currencyBits)) }

// splitsOf checks the levers of a statement that report co-op at all, and returns
// what each check applies to. One that never reports a rebate is left out too: its
// downloads were filtered by type.
func (c *gathered) splitsOf(s *statement) (list []calc.SplitCheck, keys []splitKey) {
	var rows []splitRow
	reported := map[uint64][calc.Other]bool{} // kinds that an engagement's lever reports
	for at, e := range s.rows {
		if c.splits(e) {
			key := c.splitKeyOf(e)
			rows = append(rows, splitRow{key, int32(at)})
			if kinds := reported[key.incentive()]; !kinds[e.Kind()] {
				kinds[e.Kind()] = true
				reported[key.incentive()] = kinds
			}
		}
	}
	rows = slices.DeleteFunc(rows, func(r splitRow) bool {
		kinds := reported[r.incentive()]
		return !kinds[calc.Rebate] || !kinds[calc.CoOp]
	})
	slices.SortFunc(rows, func(a, b splitRow) int {
		if c := cmp.Compare(a.splitKey, b.splitKey); c != 0 {
			return c
		}
		return cmp.Compare(a.at, b.at)
	})
	for i, r := range rows {
		if i == 0 || r.splitKey != rows[i-1].splitKey {
			keys = append(keys, r.splitKey)
		}
	}
	list = make([]calc.SplitCheck, 0, len(keys))
	for len(rows) > 0 {
		n := 1
		for ; n < len(rows) && rows[n].splitKey == rows[0].splitKey; n++ {
		}
		list = append(list, c.splitOf(s, rows[:n]))
		rows = rows[n:]
	}
	return list, keys
}

// splitOf checks the rows of one split.
func (c *gathered) splitOf(s *statement, rows []splitRow) calc.SplitCheck {
	first := s.rows[rows[0].at]
	check := calc.SplitCheck{Engagement: first.Engagement(), Lever: first.Lever(), Month: first.Date().Month(), Currency: first.Currency()}
	var rebate, coop calc.Sum
	coops := 0
	for _, r := range rows {
		e := s.rows[r.at]
		check.Engagement, check.Lever = min(check.Engagement, e.Engagement()), min(check.Lever, e.Lever())
		if e.Kind() == calc.CoOp {
			coop.Add(e.Amount())
			coops++
		} else {
			rebate.Add(e.Amount())
		}
	}
	check.Rule = c.Policy.Rules.ForSplit(s.StatementKey.Program, check.Engagement, check.Lever, check.Month)
	check = calc.NewSplitCheck(check, rebate.Amount(), coop.Amount(), len(rows)-coops, coops)
	if check.Differs() {
		for _, r := range rows {
			check.Rows = append(check.Rows, s.rows[r.at])
		}
	}
	return check
}

// reportSplits makes one finding of a lever's differences in an earning period
// and currency.
func (s *drawn) reportSplits(keys []splitKey) {
	type place struct {
		of     uint64
		period calc.EarningPeriod
	}
	groups := map[place]*differingSplits{}
	var order []*differingSplits
	for i := range s.out.Splits {
		x := &s.out.Splits[i]
		if !x.Differs() {
			continue
		}
		at := place{keys[i].withoutMonth(), x.Month.Period()}
		if groups[at] == nil {
			groups[at] = &differingSplits{}
			order = append(order, groups[at])
		}
		groups[at].list = append(groups[at].list, x)
	}
	for _, d := range order {
		s.report(d.list[0].Rows[0].Finding(calc.Warning, calc.SplitDiffers, d))
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
