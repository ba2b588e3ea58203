package reconcile

import (
	"cmp"
	"maps"
	"slices"

	"cspcoop/calc"
)

// fact is what figures and checks ask of a row: they all go over the rows of a
// statement, and read the columns of its tables once together.
type fact struct {
	amount, usd calc.Amount
	month       calc.Month
	engagement  uint32 // code in texts, as the next two
	lever       uint32
	currency    uint32
	texts       *texts
	rule        *calc.Rule // that splits it; nil for a row that is not gross
	kind        calc.Kind
	class       calc.Class
	reason      calc.Reason
}

// factsOf returns the facts of rows, in their order.
func (c *gathered) factsOf(rows []calc.Earning) []fact {
	facts := make([]fact, len(rows))
	var source *calc.Source
	var texts *texts
	rules := splitRules{}
	for i, e := range rows {
		if e.Source() != source {
			source = e.Source()
			texts = c.texts[source]
		}
		facts[i] = fact{
			amount: e.Amount(), usd: e.USD(), month: e.Date().Month(), kind: e.Kind(), class: e.Class(c.Policy.ClaimRows), reason: e.Reason(),
			engagement: e.Code(calc.EngagementColumn), lever: e.Code(calc.LeverColumn), currency: e.Code(calc.CurrencyColumn), texts: texts,
		}
		if f := &facts[i]; f.kind == calc.Gross {
			f.rule = rules.of(f, e.ProgramKey(), c.Policy.Rules)
		}
	}
	return facts
}

// texts are those of a source's rows by their codes.
type texts struct{ engagements, levers, currencies ranked }

// ranked are the texts of a column, with their ranks among those of all sources: rows
// are compared by ranks, and no text is folded for a row.
type ranked struct {
	words []string
	ranks []uint32
}

func textsOf(sources []*calc.Source) map[*calc.Source]*texts {
	engagements, levers := rank(sources, calc.EngagementColumn, calc.Fold), rank(sources, calc.LeverColumn, calc.Fold)
	currencies := rank(sources, calc.CurrencyColumn, func(code string) string { return code })
	all := map[*calc.Source]*texts{}
	for i, s := range sources {
		all[s] = &texts{engagements[i], levers[i], currencies[i]}
	}
	return all
}

// rank ranks the texts of a column by a key, which texts may have in common.
func rank(sources []*calc.Source, column calc.TextColumn, key func(text string) string) []ranked {
	keys, places := make([][]string, len(sources)), map[string]uint32{}
	for i, s := range sources {
		for _, text := range s.Earnings.Words(column) {
			k := key(text)
			keys[i] = append(keys[i], k)
			places[k] = 0
		}
	}
	for place, k := range slices.Sorted(maps.Keys(places)) {
		places[k] = uint32(place)
	}
	all := make([]ranked, len(sources))
	for i, s := range sources {
		all[i].words = s.Earnings.Words(column)
		for _, k := range keys[i] {
			all[i].ranks = append(all[i].ranks, places[k])
		}
	}
	return all
}

// incentive is what an agreement pays for: a lever and an engagement, by their ranks.
type incentive struct{ lever, engagement uint32 }

func (f *fact) incentive() incentive {
	return incentive{f.texts.levers.ranks[f.lever], f.texts.engagements.ranks[f.engagement]}
}

func (i incentive) compare(o incentive) int {
	if i.lever != o.lever {
		return cmp.Compare(i.lever, o.lever)
	}
	return cmp.Compare(i.engagement, o.engagement)
}

// splitRules keeps the rules that split gross rows, of which thousands share their
// engagement, lever and month.
type splitRules map[incentiveInMonth]*calc.Rule

type incentiveInMonth struct {
	texts             *texts
	engagement, lever uint32 // codes
	calc.Month
}

func (known splitRules) of(f *fact, program calc.ProgramKey, table calc.Rules) *calc.Rule {
	at := incentiveInMonth{f.texts, f.engagement, f.lever, f.month}
	rule := known[at]
	if rule == nil {
		rule = table.ForSplit(program, f.texts.engagements.words[f.engagement], f.texts.levers.words[f.lever], f.month)
		known[at] = rule
	}
	return rule
}
