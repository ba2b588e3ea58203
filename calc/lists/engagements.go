package lists

import (
	"cmp"
	"maps"
	"slices"

	"cspcoop/calc"
)

// Engagement is a line of the tables by engagement, in USD and rounded to
// cents: what an engagement, or a group of them, earned in a half-year or, where
// these are not its figures to the cent, the rounding between them.
type Engagement struct {
	Statement *calc.Statement // nil over all partners
	calc.EngagementShare
	calc.Shares
	Rounding bool
}

// Engagements lists what each engagement of statements earned, the newest
// half-year of each first, so that it adds up to the funds. It is empty where
// no row names an engagement.
func Engagements(statements []*calc.Statement) []Engagement {
	if !named(statements) {
		return nil
	}
	var list []Engagement
	for _, s := range statements {
		list = append(list, byPeriod(s.Engagements, s.Balances, s)...)
	}
	return list
}

// EngagementTotals lists what each group of engagements earned over all
// statements, and each engagement that is in no group, as Engagements does.
func EngagementTotals(statements []*calc.Statement) []Engagement {
	if !named(statements) {
		return nil
	}
	type key struct {
		period            calc.EarningPeriod
		group, engagement string
	}
	sums := map[key]*calc.EngagementShare{}
	var funds []*calc.Balance
	for _, s := range statements {
		funds = append(funds, s.Balances...)
		for _, x := range s.Engagements {
			k := key{x.Period, x.Group, ""}
			if x.Group == "" {
				k.engagement = calc.Fold(x.Engagement)
			} else {
				x.Engagement = ""
			}
			sum := sums[k]
			if sum == nil {
				sum = &calc.EngagementShare{Period: x.Period, Engagement: x.Engagement, Group: x.Group}
				sums[k] = sum
			}
			sum.Rows += x.Rows
			sum.Engagement = min(sum.Engagement, x.Engagement)
			sum.Exact = sum.Exact.Plus(x.Exact)
		}
	}
	var all []calc.EngagementShare
	for _, k := range slices.SortedFunc(maps.Keys(sums), func(a, b key) int {
		return cmp.Or(a.period.Compare(b.period), cmp.Compare(a.engagement, b.engagement), cmp.Compare(a.group, b.group))
	}) {
		all = append(all, *sums[k])
	}
	return byPeriod(all, funds, nil)
}

func named(statements []*calc.Statement) bool {
	return slices.ContainsFunc(statements, func(s *calc.Statement) bool {
		return slices.ContainsFunc(s.Engagements, func(x calc.EngagementShare) bool { return x.Engagement != "" })
	})
}

// byPeriod rounds shares, which are in the order of their periods, and puts what
// the funds differ by behind each period, the newest period first.
func byPeriod(shares []calc.EngagementShare, funds []*calc.Balance, of *calc.Statement) []Engagement {
	figures := earnedByPeriod(funds)
	var list []Engagement
	for end := len(shares); end > 0; {
		period := shares[end-1].Period
		begin := end
		off := figures[period]
		var lines []Engagement
		for begin > 0 && shares[begin-1].Period == period {
			begin--
			x := shares[begin]
			line := Engagement{Statement: of, EngagementShare: x, Shares: x.Exact.Cents()}
			off = off.Minus(line.Shares)
			lines = append(lines, line)
		}
		slices.Reverse(lines)
		list = append(list, lines...)
		if !off.IsZero() {
			list = append(list, Engagement{Statement: of, EngagementShare: calc.EngagementShare{Period: period}, Shares: off, Rounding: true})
		}
		end = begin
	}
	return list
}
