package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// ruleEntry is one [[rules]] entry as it is written.
type ruleEntry struct {
	Name        string   `toml:"name"`
	Source      string   `toml:"source"`
	FirstMonth  string   `toml:"first_month"`
	FirstPeriod string   `toml:"first_period"`
	Programs    []string `toml:"programs"`
	Engagements []string `toml:"engagements"`
	Levers      []string `toml:"levers"`
	CoOpShare   exact    `toml:"coop_share"`
	Threshold   exact    `toml:"threshold"`
	Comparison  string   `toml:"comparison"`
	ClaimsOpen  []string `toml:"claims_open"`
	GraceDays   *int     `toml:"grace_days"`
	DocumentsBy []string `toml:"documents_by"`
}

// rule makes the entry a rule. What it leaves out is as in the guide's rule. An error
// is that of the first key that has one.
func (e *ruleEntry) rule() (r calc.Rule, wrong error) {
	check := func(key string, err error) {
		if err != nil && wrong == nil {
			wrong = fmt.Errorf("%s: %w", key, err)
		}
	}
	var err error
	r = calc.Guide2019()
	r.Set, r.Name, r.Source = "", cmp.Or(e.Name, "cspcoop.toml"), e.Source
	if e.FirstMonth != "" {
		r.First, err = calc.ParseMonth(e.FirstMonth)
		check("first_month", err)
	}
	if e.FirstPeriod != "" {
		period, err := calc.ParsePeriod(e.FirstPeriod)
		if e.FirstMonth != "" {
			err = errors.New("first_month is there too; write one of the two")
		}
		r.First = period.FirstMonth()
		check("first_period", err)
	}
	r.Programs, r.Engagements, r.Levers = e.Programs, e.Engagements, e.Levers
	check("programs", named(e.Programs))
	check("engagements", named(e.Engagements))
	check("levers", named(e.Levers))
	if e.CoOpShare.given {
		r.CoOpShare = e.CoOpShare.Decimal
	}
	if r.CoOpShare.IsNegative() || r.CoOpShare.GreaterThan(decimal.New(1, 0)) {
		check("coop_share", fmt.Errorf("%s is no fraction from 0 to 1, such as 0.40", r.CoOpShare))
	}
	if e.Threshold.given {
		r.Threshold = e.Threshold.Decimal
	}
	if r.Threshold.IsNegative() {
		check("threshold", fmt.Errorf("%s is negative", r.Threshold))
	}
	switch e.Comparison {
	case "", calc.Exceeds.String():
	case calc.Reaches.String():
		r.Comparison = calc.Reaches
	default:
		check("comparison", fmt.Errorf(`%q is neither "exceeds" nor "reaches"`, e.Comparison))
	}
	r.Claims.Open, err = halfDays(e.ClaimsOpen)
	check("claims_open", err)
	if e.GraceDays != nil {
		r.Claims.GraceDays = *e.GraceDays
	}
	if r.Claims.GraceDays < 0 || r.Claims.GraceDays > 365 {
		check("grace_days", fmt.Errorf("%d is not from 0 to 365", r.Claims.GraceDays))
	}
	r.Claims.Documents, err = halfDays(e.DocumentsBy)
	check("documents_by", cmp.Or(err, r.Claims.Check()))
	return r, wrong
}

// named returns an error for a name that names nothing.
func named(list []string) error {
	for _, name := range list {
		if strings.TrimSpace(name) == "" {
			return errors.New(`"" is no name; leave the key out for all`)
		}
	}
	return nil
}

func halfDays(list []string) (calc.HalfDays, error) {
	var days []calc.YearDay
	for _, text := range list {
		d, err := calc.ParseYearDay(text)
		if err != nil {
			return calc.HalfDays{}, err
		}
		days = append(days, d)
	}
	return calc.NewHalfDays(days...)
}

// applyRules puts the rule set and the configured rules in force.
func (c config) applyRules(p *calc.Policy) error {
	set, known := calc.RuleSetOf(c.RuleSet)
	if !known {
		return fmt.Errorf(`rule_set = %q: use "%s"`, c.RuleSet, strings.Join(ruleSets(), `" or "`))
	}
	var rules calc.Rules
	for i := range c.Rules {
		rule, err := c.Rules[i].rule()
		if err != nil {
			return fmt.Errorf("[[rules]] entry %d: %w", i+1, err)
		}
		rules = append(rules, rule)
	}
	if err := p.Configure(set, rules); err != nil {
		return fmt.Errorf("[[rules]]: %w", err)
	}
	return nil
}
