package calc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// Comparison says when co-op of a period must be claimed.
type Comparison uint8

const (
	// Exceeds: co-op above the threshold must be claimed; the threshold
	// itself is paid out (guide of November 2019).
	Exceeds Comparison = iota
	// Reaches: co-op of the threshold or more must be claimed; only what is
	// below is paid out (published since 2021).
	Reaches
)

func (c Comparison) String() string {
	if c == Reaches {
		return "reaches"
	}
	return "exceeds"
}

// Rule is how an earning period is split, decided and claimed; "cspcoop help
// rules" has the rules that are built in. Threshold is in USD; CoOpShare is a
// fraction, 0.40.
type Rule struct {
	Name   string
	Source string // where it was published; "" for one of the configuration
	Set    string // rule set that it belongs to; "" for one of the configuration

	First       Month    // first month that it governs; zero: all
	Programs    []string // as written; empty: all
	Engagements []string // names or patterns such as "* CSP *"; empty: all
	Levers      []string // likewise

	CoOpShare   decimal.Decimal
	GrossRebate bool // rows without a type are rebate as a whole; CoOpShare is what reported co-op is checked against
	Threshold   decimal.Decimal
	Comparison  Comparison
	Claims      ClaimCalendar
}

// MustClaim reports whether this much co-op, in USD and rounded to cents, is
// never paid automatically.
func (r *Rule) MustClaim(coop decimal.Decimal) bool {
	if r.Comparison == Reaches {
		return coop.GreaterThanOrEqual(r.Threshold)
	}
	return coop.GreaterThan(r.Threshold)
}

// Distance returns how much more co-op would make the period claimable, in
// USD: to one cent above the threshold when the rule says exceeds. It is not
// negative.
func (r *Rule) Distance(coop decimal.Decimal) decimal.Decimal {
	line := r.Threshold
	if r.Comparison == Exceeds {
		line = line.Add(decimal.New(1, -2))
	}
	return decimal.Max(decimal.Zero, line.Sub(coop))
}

// GrossShare returns the co-op share of rows that are not split yet.
func (r *Rule) GrossShare() decimal.Decimal {
	if r.GrossRebate {
		return decimal.Zero
	}
	return r.CoOpShare
}

// scope is what a rule has to fit: a row, or a period as a whole, which has
// neither engagement nor lever.
type scope struct {
	program           ProgramKey
	engagement, lever string // as written
	month             Month
	period            bool // a period's decision covers all engagements and levers together
}

// misfit returns why a rule does not fit, in words; "" when it fits.
func (r *Rule) misfit(s scope) string {
	switch {
	case s.month.Compare(r.First) < 0:
		return "it begins in " + r.First.String()
	case !r.covers(s.program):
		return "it names other programs"
	case s.period && len(r.Engagements) > 0:
		return "it names engagements, and decides no period as a whole"
	case s.period && len(r.Levers) > 0:
		return "it names levers, and decides no period as a whole"
	case !names(r.Engagements, s.engagement):
		return "it names other engagements"
	case !names(r.Levers, s.lever):
		return "it names other levers"
	}
	return ""
}

func (r *Rule) covers(program ProgramKey) bool {
	return len(r.Programs) == 0 || slices.ContainsFunc(r.Programs, func(name string) bool { return KeyOfProgram(name) == program })
}

// named counts what a rule names of program, engagement and lever.
func (r *Rule) named() int {
	return min(1, len(r.Programs)) + min(1, len(r.Engagements)) + min(1, len(r.Levers))
}

// over orders two rules that both fit: the one that applies is greater. It
// also says why, for an explanation.
func (r *Rule) over(o *Rule) (int, string) {
	if c := r.First.Compare(o.First); c != 0 {
		return c, "a rule with a later first month fits too"
	}
	if (r.Set == "") != (o.Set == "") {
		c := 1
		if o.Set == "" {
			c = -1
		}
		return c, "a rule of the configuration fits from the same month"
	}
	return cmp.Compare(r.named(), o.named()), "a rule from the same month names more of program, engagement and lever"
}

// names reports whether one of the patterns names what is given.
func names(patterns []string, name string) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { return matches(p, name) })
}

// matches compares a name with a pattern: without an asterisk as names are
// compared everywhere, with one word by word, where an asterisk is any words or
// none. "* CSP *" is every name with the word CSP.
func matches(pattern, name string) bool {
	if !strings.Contains(pattern, "*") {
		return Fold(pattern) == Fold(name)
	}
	return meet(words(pattern), words(name))
}

// words returns the words of a name or a pattern in lower case; an asterisk is
// a word.
func words(name string) []string {
	spaced := strings.ReplaceAll(strings.ToLower(name), "*", " * ")
	return strings.FieldsFunc(spaced, func(r rune) bool { return r != '*' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// meet reports whether some name is in both patterns, either of which may be a
// name.
func meet(a, b []string) bool {
	switch {
	case len(a) > 0 && a[0] == "*":
		return meet(a[1:], b) || len(b) > 0 && meet(a, b[1:])
	case len(b) > 0 && b[0] == "*":
		return meet(b, a)
	case len(a) == 0 || len(b) == 0:
		return len(a) == len(b)
	}
	return a[0] == b[0] && meet(a[1:], b[1:])
}

// overlap reports whether two lists of patterns could name the same.
func overlap(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if matches(x, y) || matches(y, x) {
				return true
			}
		}
	}
	return false
}

// Rules is the table of rules in force: those of the configuration, and of the
// rule set behind them.
type Rules []Rule

// NameLevers reports whether any rule applies to certain levers only, so that
// the lever of a row decides its money.
func (rs Rules) NameLevers() bool {
	return slices.ContainsFunc(rs, func(r Rule) bool { return len(r.Levers) > 0 })
}

var builtIn = Guide2019()

// ForSplit returns the rule that splits a gross row of a month, and against
// which reported co-op is checked.
func (rs Rules) ForSplit(program ProgramKey, engagement, lever string, m Month) *Rule {
	return rs.best(scope{program: program, engagement: engagement, lever: lever, month: m})
}

// ForRow returns the rule that splits an earning, if it is gross.
func (rs Rules) ForRow(e Earning) *Rule {
	return rs.ForSplit(e.ProgramKey(), e.Engagement(), e.Lever(), e.Date().Month())
}

// ForDecision returns the rule that decides a period: that of its last month
// which names neither engagement nor lever, because a decision covers all of a
// program together.
func (rs Rules) ForDecision(program ProgramKey, p EarningPeriod) *Rule {
	return rs.best(scope{program: program, month: p.LastMonth(), period: true})
}

func (rs Rules) best(s scope) *Rule {
	best := &builtIn
	for i := range rs {
		r := &rs[i]
		if r.misfit(s) != "" {
			continue
		}
		if c, _ := r.over(best); c >= 0 {
			best = r
		}
	}
	return best
}

// Check returns an error that names two rules which are equal in what chooses
// between them and could fit the same row, so that nothing says which applies.
func (rs Rules) Check() error {
	for i := range rs {
		for j := range i {
			a, b := &rs[j], &rs[i]
			if c, _ := a.over(b); c != 0 || !a.meets(b) {
				continue
			}
			since := "for all months"
			if a.First != (Month{}) {
				since = "from " + a.First.String()
			}
			return fmt.Errorf("entries %d (%q) and %d (%q) fit the same earnings %s, and nothing says which applies; let one begin later or name more of program, engagement and lever, or remove it",
				j+1, a.Name, i+1, b.Name, since)
		}
	}
	return nil
}

// meets reports whether one row could fit both rules.
func (r *Rule) meets(o *Rule) bool {
	programs := len(r.Programs) == 0 || slices.ContainsFunc(r.Programs, func(name string) bool { return o.covers(KeyOfProgram(name)) })
	return programs && overlap(r.Engagements, o.Engagements) && overlap(r.Levers, o.Levers)
}

// RuleFit says whether a rule applies to something and, if not, why.
type RuleFit struct {
	*Rule
	Applies bool
	Why     string // in words; "" for the one that applies
}

// SplitFits lists all rules as they fit what ForSplit is given, the one that
// applies first.
func (rs Rules) SplitFits(program ProgramKey, engagement, lever string, m Month) []RuleFit {
	return rs.fits(scope{program: program, engagement: engagement, lever: lever, month: m})
}

// DecisionFits lists all rules as they fit what ForDecision is given, the one
// that applies first.
func (rs Rules) DecisionFits(program ProgramKey, p EarningPeriod) []RuleFit {
	return rs.fits(scope{program: program, month: p.LastMonth(), period: true})
}

func (rs Rules) fits(s scope) []RuleFit {
	best := rs.best(s)
	list := []RuleFit{{best, true, ""}}
	for i := range rs {
		r := &rs[i]
		if r == best {
			continue
		}
		why := r.misfit(s)
		if why == "" {
			_, why = best.over(r)
		}
		list = append(list, RuleFit{r, false, why})
	}
	return list
}
