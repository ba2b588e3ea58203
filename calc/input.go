package calc

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Input is everything that a Result depends on.
type Input struct {
	AsOf    Date
	Sources []*Source // every archived file; the order does not matter
	Policy  Policy
	Notices []Finding // what was noticed outside the calculation
	Last    *LastSet  // the statement set to compare with; nil when there is none

	Withdrawn []Withdrawal // archived files that do not count, by name
	Controls  *Controls    // totals from outside the exports; nil without any

	Acknowledged []Acknowledgement // findings that somebody has dealt with; of several that match one, the first is named
}

// Policy is the part of the configuration that decides figures and findings.
type Policy struct {
	Rules           Rules
	Published       Rules // those that the published rule set would put in their place; nil when it is in force
	Rates           Rates
	Entities        []EntityRule
	Engagements     EngagementRules
	ClaimRows       ClaimRows
	Claims          ClaimPolicy
	ProvisionalDays int             // how long after its end a period may still change; 60
	LateDays        int             // how long after its month's end an earning may be unpaid; 90
	HoldDays        int             // how long a payment may be held before it is forfeited; 180
	MinimumPayment  decimal.Decimal // what has to gather for a program and type before Microsoft pays it, in USD; 200
	Bank            BankPolicy
	Journal         *JournalPolicy // nil: no journal
}

// DefaultPolicy is what holds without a configuration.
func DefaultPolicy() Policy {
	return Policy{
		Rules:           Rules{Guide2019()},
		Published:       publishedRules(),
		Claims:          ClaimPolicy{Activities: KnownActivities(), ReviewDays: 2, PaidDays: 45, WarnDays: []int{60, 30, 14, 7}},
		ProvisionalDays: 60,
		LateDays:        90,
		HoldDays:        180,
		MinimumPayment:  decimal.New(200, 0),
		Bank:            BankPolicy{Counterparty: []string{"Microsoft"}, Days: 10},
	}
}

// Configure puts a rule set in force, and configured rules over it. It returns
// the error of Rules.Check.
func (p *Policy) Configure(set RuleSet, configured Rules) error {
	p.Rules, p.Published = slices.Concat(set.Rules, configured), nil
	if set.Name != PublishedSet {
		p.Published = slices.Concat(publishedRules(), configured)
	}
	return configured.Check()
}

// ClaimPolicy is what claims are compared with (cspcoop help rules, cspcoop help claims).
type ClaimPolicy struct {
	Activities Activities
	ReviewDays int   // business days that a review may take; 2
	PaidDays   int   // business days from approval to payment; 45
	WarnDays   []int // days before the last day to claim on which a draft is warned of, more loudly each time; 60, 30, 14, 7
}

// Due is how near a last day is.
type Due uint8

const (
	// DueLater: no warning is due yet.
	DueLater Due = iota
	// DueSoon: as many days are left as the first warning is configured for, or fewer.
	DueSoon
	// DueNow: as many as the last warning is configured for, or fewer.
	DueNow
)

// Due returns how near a last day is that is so many days ahead.
func (p *ClaimPolicy) Due(days int) Due {
	switch {
	case len(p.WarnDays) == 0 || days > slices.Max(p.WarnDays):
		return DueLater
	case days > slices.Min(p.WarnDays):
		return DueSoon
	}
	return DueNow
}

// ClaimRows says what a Coop row that carries a claimId is.
type ClaimRows uint8

const (
	// ClaimRowsPay: the payment of a claim, not earned co-op (cspcoop help rules).
	ClaimRowsPay ClaimRows = iota
	// ClaimRowsEarn: an earning like any other.
	ClaimRowsEarn
)

// EntityRule groups participants under a legal entity.
type EntityRule struct {
	Name         string
	Participants []string
}

// Rate is what one unit of From is worth in To from a day on.
type Rate struct {
	From, To string // ISO 4217
	First    Date   // zero: from the beginning
	Value    decimal.Decimal
}

// Rates is the table of configured exchange rates.
type Rates []Rate

// On returns the rate of the day: the newest that is not younger than it. The
// second value is false when none is configured. Reciprocals are not derived:
// an accountant's rate holds in the direction in which it is written.
func (rs Rates) On(day Date, from, to string) (decimal.Decimal, bool) {
	if from == to {
		return decimal.New(1, 0), true
	}
	var best Rate
	found := false
	for _, r := range rs {
		if r.From == from && r.To == to && !r.First.After(day) && (!found || r.First.After(best.First)) {
			best, found = r, true
		}
	}
	return best.Value, found
}
