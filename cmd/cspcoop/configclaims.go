package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// activityEntry is one [[activities]] entry: what is in it replaces what the
// built-in table says of the activity, or adds one (cspcoop help claims).
type activityEntry struct {
	Name     string   `toml:"name"`
	Aliases  []string `toml:"aliases"`
	Category string   `toml:"category"`
	Proof    []string `toml:"proof"`
	Metric   *string  `toml:"metric"`
	CapUSD   exact    `toml:"cap_usd"`
	CapShare exact    `toml:"cap_share"`
}

func defaultClaims() claimsEntry {
	p := calc.DefaultPolicy().Claims
	return claimsEntry{Rows: "payment", ReviewDays: p.ReviewDays, PaidDays: p.PaidDays, WarnDays: p.WarnDays}
}

// applyClaims reads [claims] and [[activities]].
func (c config) applyClaims(policy *calc.Policy) error {
	switch c.Claims.Rows {
	case "payment":
		policy.ClaimRows = calc.ClaimRowsPay
	case "earning":
		policy.ClaimRows = calc.ClaimRowsEarn
	default:
		return fmt.Errorf(`[claims] rows = %q: use "payment" or "earning"`, c.Claims.Rows)
	}
	p := &policy.Claims
	p.ReviewDays, p.PaidDays, p.WarnDays = c.Claims.ReviewDays, c.Claims.PaidDays, c.Claims.WarnDays
	for _, entry := range []struct {
		name string
		days []int
	}{{"review_days", []int{p.ReviewDays}}, {"paid_days", []int{p.PaidDays}}, {"warn_days", p.WarnDays}} {
		for _, n := range entry.days {
			if n < 0 || n > 365 {
				return fmt.Errorf("[claims] %s = %d: use 0 to 365 days", entry.name, n)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Claims.Categories)) {
		p.Activities = p.Activities.WithCategory(calc.Category{Name: name, Aliases: c.Claims.Categories[name]})
	}
	for i, entry := range c.Activities {
		activity, err := entry.activity(p.Activities)
		if err != nil {
			return fmt.Errorf("[[activities]] entry %d: %w", i+1, err)
		}
		p.Activities = p.Activities.With(activity)
	}
	return nil
}

// activity returns the activity of an entry: the table's own with what the entry
// changes, or a new one.
func (e activityEntry) activity(table calc.Activities) (calc.Activity, error) {
	var a calc.Activity
	if e.Name == "" {
		return a, errors.New("name is missing")
	}
	if known := table.Activity(e.Name); known != nil {
		a = *known
	} else {
		a.Name = e.Name
	}
	a.Aliases = slices.Concat(a.Aliases, e.Aliases)
	if e.Category != "" {
		category, known := table.Category(e.Category)
		if !known {
			return a, fmt.Errorf("category = %q is not known; add it under [claims.categories] first", e.Category)
		}
		a.Category, a.Moved = category, calc.Renamed{}
	}
	if a.Category == "" {
		return a, fmt.Errorf("%q is a new activity: name its category", e.Name)
	}
	if e.Proof != nil {
		a.Proofs = []calc.Proof{}
		for _, what := range e.Proof {
			a.Proofs = append(a.Proofs, calc.Proof{What: what})
		}
	}
	if e.Metric != nil {
		a.Metric = *e.Metric
	}
	if e.CapUSD.given || e.CapShare.given {
		a.Cap = calc.Cap{USD: e.CapUSD.Decimal, Share: e.CapShare.Decimal}
	}
	if a.Cap.USD.IsNegative() {
		return a, fmt.Errorf("cap_usd = %s is negative", a.Cap.USD)
	}
	if a.Cap.Share.IsNegative() || a.Cap.Share.GreaterThan(decimal.New(1, 0)) {
		return a, fmt.Errorf("cap_share = %s: use a fraction from 0 to 1, such as 0.25", a.Cap.Share)
	}
	return a, nil
}
