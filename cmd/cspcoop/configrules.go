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

// ruleKeys says for each key of an entry what it makes of a rule. What an entry
// leaves out is as in the guide's rule.
var ruleKeys = []struct {
	key  string
	make func(e *ruleEntry, r *calc.Rule) error
}{
	{"name", func(e *ruleEntry, r *calc.Rule) error {
		r.Name = cmp.Or(e.Name, "cspcoop.toml")
		return nil
	}},
	{"source", func(e *ruleEntry, r *calc.Rule) error {
		r.Source = e.Source
		return nil
	}},
	{"first_month", func(e *ruleEntry, r *calc.Rule) (err error) {
		if e.FirstMonth != "" {
			r.First, err = calc.ParseMonth(e.FirstMonth)
		}
		return err
	}},
	{"first_period", func(e *ruleEntry, r *calc.Rule) error {
		if e.FirstPeriod == "" {
			return nil
		}
		if e.FirstMonth != "" {
			return errors.New("first_month is there too; write one of the two")
		}
		period, err := calc.ParsePeriod(e.FirstPeriod)
		if err == nil {
			r.First = period.FirstMonth()
		}
		return err
	}},
	{"programs", func(e *ruleEntry, r *calc.Rule) (err error) {
		r.Programs = e.Programs
		return named(e.Programs)
	}},
	{"engagements", func(e *ruleEntry, r *calc.Rule) error {
		r.Engagements = e.Engagements
		return named(e.Engagements)
	}},
	{"levers", func(e *ruleEntry, r *calc.Rule) error {
		r.Levers = e.Levers
		return named(e.Levers)
	}},
	{"coop_share", func(e *ruleEntry, r *calc.Rule) error {
		if e.CoOpShare.given {
			r.CoOpShare = e.CoOpShare.Decimal
		}
		if r.CoOpShare.IsNegative() || r.CoOpShare.GreaterThan(decimal.New(1, 0)) {
			return fmt.Errorf("%s is no fraction from 0 to 1, such as 0.40", r.CoOpShare)
		}
		return nil
	}},
	{"threshold", func(e *ruleEntry, r *calc.Rule) error {
		if e.Threshold.given {
			r.Threshold = e.Threshold.Decimal
		}
		if r.Threshold.IsNegative() {
			return fmt.Errorf("%s is negative", r.Threshold)
		}
		return nil
	}},
	{"comparison", func(e *ruleEntry, r *calc.Rule) error {
		switch e.Comparison {
		case "", calc.Exceeds.String():
		case calc.Reaches.String():
			r.Comparison = calc.Reaches
		default:
			return fmt.Errorf(`%q is neither "exceeds" nor "reaches"`, e.Comparison)
		}
		return nil
	}},
	{"claims_open", func(e *ruleEntry, r *calc.Rule) (err error) {
		r.Claims.Open, err = halfDays(e.ClaimsOpen)
		return err
	}},
	{"grace_days", func(e *ruleEntry, r *calc.Rule) error {
		if e.GraceDays != nil {
			r.Claims.GraceDays = *e.GraceDays
		}
		if r.Claims.GraceDays < 0 || r.Claims.GraceDays > 365 {
			return fmt.Errorf("%d is not from 0 to 365", r.Claims.GraceDays)
		}
		return nil
	}},
	{"documents_by", func(e *ruleEntry, r *calc.Rule) (err error) {
		if r.Claims.Documents, err = halfDays(e.DocumentsBy); err != nil {
			return err
		}
		return r.Claims.Check()
	}},
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

func (e *ruleEntry) rule() (calc.Rule, error) {
	r := calc.Guide2019()
	r.Set = ""
	for _, k := range ruleKeys {
		if err := k.make(e, &r); err != nil {
			return r, fmt.Errorf("%s: %w", k.key, err)
		}
	}
	return r, nil
}

// configureRules puts the rule set and the configured rules in force.
func (c config) configureRules(p *calc.Policy) error {
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
