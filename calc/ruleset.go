package calc

import (
	"time"

	"github.com/shopspring/decimal"
)

// RuleSet is a table of rules that one word enables.
type RuleSet struct {
	Name  string // the word
	Title string
	Rules Rules // the oldest first
}

// The rule sets' names.
const (
	GuideSet     = "guide-2019"
	PublishedSet = "published"
)

// GraceDays is how long after the usage period's last day claims are taken
// (guide of November 2019).
const GraceDays = 45

// RuleSets lists the rule sets; the first is the default.
func RuleSets() []RuleSet {
	return []RuleSet{
		{GuideSet, "Microsoft's co-op guide of November 2019, for all months", Rules{Guide2019()}},
		{PublishedSet, "the guide and what Microsoft published since, each from its month on", publishedRules()},
	}
}

// RuleSetOf returns the rule set of a name; false when there is none.
func RuleSetOf(name string) (RuleSet, bool) {
	for _, s := range RuleSets() {
		if s.Name == name {
			return s, true
		}
	}
	return RuleSet{}, false
}

// Guide2019 is the built-in rule: Microsoft's co-op guide of November 2019, for
// all dates.
func Guide2019() Rule {
	return Rule{
		Name:       "Microsoft co-op guide, November 2019",
		Source:     "Microsoft co-op guide, November 2019",
		Set:        GuideSet,
		CoOpShare:  decimal.New(40, -2),
		Threshold:  decimal.New(4000, 0),
		Comparison: Exceeds,
		Claims:     ClaimCalendar{GraceDays: GraceDays},
	}
}

// publishedRules lists what Microsoft published since the guide, with the
// guide's rule for earlier periods.
func publishedRules() Rules {
	const (
		calendar  = "Partner Center documentation, co-op claims overview, March 2021 and April 2023"
		threshold = "Partner Center documentation, co-op threshold, September 2021 and August 2022"
		commerce  = "Microsoft Commerce Incentives"
	)
	guide := Guide2019()
	guide.Set = PublishedSet

	claims := guide
	claims.Name, claims.Source = "Co-op guide of 2019 with the claim calendar from FY21 H1", calendar
	claims.First = NewMonth(2020, time.July)
	claims.Claims = ClaimCalendar{Open: HalfDays{{time.February, 16}, {time.August, 16}}, GraceDays: 46}

	csp := claims
	csp.Name, csp.Source = "CSP threshold of 10,000 USD from FY22 H1", threshold
	csp.First = NewMonth(2021, time.July)
	csp.Programs = []string{"CSP Direct Bill Partner", "CSP Indirect Provider", "CSP Indirect Reseller"}
	csp.Threshold, csp.Comparison = decimal.New(10_000, 0), Reaches

	mci := csp
	mci.Name = "Microsoft Commerce Incentives from FY22 H1"
	mci.Programs = []string{commerce}
	mci.GrossRebate = true

	oem := csp
	oem.Name = "OEM, distributor and hosting threshold of 1,500 USD from FY22 H1"
	oem.Programs = []string{
		"Authorized Distributor – EduWins", "Authorized Distributor – Software", "Channel Disti – ProWins", "Distributor – ProWins", "Hosting",
		"IoT Channel Incentive", "Mixed Reality ADD", "Mixed Reality ADR & DMP", "OEM Jumpstart T2", "OEM Reseller – Eduwins",
		"OEM Reseller – ProWins", "OEM Reseller – Software", "Surface PC and Surface Hub Authorized Device Distributor (ADD)",
	}
	oem.Threshold = decimal.New(1_500, 0)

	engagements := mci
	engagements.Name, engagements.Source = "New-commerce CSP engagements from November 2022", "Microsoft partner blog on the incentives of fiscal year 2023"
	engagements.First = NewMonth(2022, time.November)
	engagements.Engagements = []string{"* CSP *"}
	engagements.GrossRebate = false

	return Rules{guide, claims, csp, mci, oem, engagements}
}
