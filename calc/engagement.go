package calc

import "fmt"

// EngagementRule groups engagements under a name, because Microsoft renames
// them from year to year.
type EngagementRule struct {
	Name        string
	Engagements []string // names or patterns, as in a Rule
}

// EngagementRules group engagements; none of them overlap.
type EngagementRules []EngagementRule

// Of returns the name of the group that an engagement belongs to, "" for none.
func (rs EngagementRules) Of(engagement string) string {
	for _, r := range rs {
		if engagement != "" && names(r.Engagements, engagement) {
			return r.Name
		}
	}
	return ""
}

// Check returns an error that names two groups which could have one engagement.
func (rs EngagementRules) Check() error {
	for i, a := range rs {
		for _, b := range rs[:i] {
			if overlap(a.Engagements, b.Engagements) {
				return fmt.Errorf("an engagement could belong to %q and to %q", b.Name, a.Name)
			}
		}
	}
	return nil
}

// EngagementShare is what an engagement earned in an earning period, in USD.
// Gross rows are in it by their share, before co-op is rounded for all of them
// together, so that the shares of a period need not add up to it to the cent.
type EngagementShare struct {
	Period     EarningPeriod
	Engagement string // as written, of several spellings the bytewise smallest; "" for rows without one
	Group      string // configured; "" for none
	Rows       int
	Exact      Shares // not rounded
}
