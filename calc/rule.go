package calc

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Comparison says when co-op of a period must be claimed.
type Comparison uint8

const (
	// Exceeds: co-op above the threshold must be claimed; the threshold
	// itself is paid out (guide of November 2019).
	Exceeds Comparison = iota
	// Reaches: co-op of the threshold or more must be claimed; only what is
	// below is paid out (the newer wording, rules.md §2).
	Reaches
)

func (c Comparison) String() string {
	if c == Reaches {
		return "reaches"
	}
	return "exceeds"
}

// Rule is how an earning period is split and decided (rules.md §2). Threshold
// is in USD; CoOpShare is a fraction, 0.40.
type Rule struct {
	Name       string
	First      EarningPeriod // first period that it governs; zero: all
	Programs   []string      // as written; empty: all
	Levers     []string      // as written; empty: all
	CoOpShare  decimal.Decimal
	Threshold  decimal.Decimal
	Comparison Comparison
	GraceDays  int
}

// Guide2019 is the built-in rule: Microsoft's co-op guide of November 2019, for
// all dates.
func Guide2019() Rule {
	return Rule{
		Name:       "Microsoft co-op guide, November 2019",
		CoOpShare:  decimal.New(40, -2),
		Threshold:  decimal.New(4000, 0),
		Comparison: Exceeds,
		GraceDays:  GraceDays,
	}
}

// Announced2021 is the newer threshold that Microsoft announced with the
// incentive year from October 2021 (rules.md §2). It applies only when the
// configuration enables it; until then it is used to say what it would decide
// otherwise.
func Announced2021() Rule {
	first, _ := ParsePeriod("FY22H1")
	return Rule{
		Name:       "Microsoft CSP threshold announced for October 2021",
		First:      first,
		CoOpShare:  decimal.New(40, -2),
		Threshold:  decimal.New(10000, 0),
		Comparison: Reaches,
		GraceDays:  GraceDays,
	}
}

// MustClaim says whether this much co-op, in USD and rounded to cents, is
// never paid automatically.
func (r Rule) MustClaim(coop decimal.Decimal) bool {
	if r.Comparison == Reaches {
		return coop.GreaterThanOrEqual(r.Threshold)
	}
	return coop.GreaterThan(r.Threshold)
}

// Distance gives how much more co-op would make the period claimable, in USD:
// to one cent above the threshold when the rule says exceeds. It is not
// negative.
func (r Rule) Distance(coop decimal.Decimal) decimal.Decimal {
	line := r.Threshold
	if r.Comparison == Exceeds {
		line = line.Add(decimal.New(1, -2))
	}
	return decimal.Max(decimal.Zero, line.Sub(coop))
}

func (r Rule) fits(program ProgramKey, lever string, p EarningPeriod) bool {
	if !r.First.IsZero() && p.Compare(r.First) < 0 {
		return false
	}
	if !r.covers(program) {
		return false
	}
	return len(r.Levers) == 0 || slices.ContainsFunc(r.Levers, func(name string) bool { return Fold(name) == Fold(lever) })
}

func (r Rule) covers(program ProgramKey) bool {
	return len(r.Programs) == 0 || slices.ContainsFunc(r.Programs, func(name string) bool { return KeyOfProgram(name) == program })
}

// Rules is the table of rules in force, the built-in one included.
type Rules []Rule

// ForSplit gives the rule that splits a gross earning: the newest that fits its
// program, lever and period; of equally new ones the later in the table.
func (rs Rules) ForSplit(program ProgramKey, lever string, p EarningPeriod) Rule {
	return rs.newest(func(r Rule) bool { return r.fits(program, lever, p) })
}

// ForDecision gives the rule that decides a period. A decision covers all
// levers of a program together, so rules for single levers are left out.
func (rs Rules) ForDecision(program ProgramKey, p EarningPeriod) Rule {
	return rs.newest(func(r Rule) bool { return len(r.Levers) == 0 && r.fits(program, "", p) })
}

func (rs Rules) newest(fits func(Rule) bool) Rule {
	best := Guide2019()
	for _, r := range rs {
		if fits(r) && r.First.Compare(best.First) >= 0 {
			best = r
		}
	}
	return best
}

// enable says that the table has a rule like the given one for a program, from
// whatever period on.
func (rs Rules) Enable(like Rule, program ProgramKey) bool {
	return slices.ContainsFunc(rs, func(r Rule) bool {
		return r.Threshold.Equal(like.Threshold) && r.Comparison == like.Comparison && r.covers(program)
	})
}
