package calc

import (
	_ "embed" // for the table
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/agnivade/levenshtein"
	"github.com/shopspring/decimal"
)

// Renamed is the name of a category or an activity in later years, or the
// category of an activity.
type Renamed struct {
	Name string // "" for none
	From int    // fiscal year
}

// in returns the name of a fiscal year.
func (r Renamed) in(year int, before string) string {
	if r.Name != "" && year >= r.From {
		return r.Name
	}
	return before
}

// Years of which names are listed: that of the guide, and any later than
// Microsoft's newest names.
const (
	GuideYear = 2020
	Today     = math.MaxInt
)

// Category groups activities.
type Category struct {
	Name    string // in the guide's years
	Renamed Renamed
	Aliases []string // further names and spellings
}

// Activity is what co-op may be spent on, with what a claim for it needs
// (cspcoop help claims).
type Activity struct {
	Category string
	Moved    Renamed // its category in later years
	Since    int     // fiscal year from which Microsoft's guides have it; 0: as long as there is co-op
	Name     string  // in the guide's years
	Renamed  Renamed
	Aliases  []string // other names and spellings
	Proofs   []Proof  // proof of execution, a document for each; nil where no guide that is public says
	Metric   string   // result that is asked for; "" for none
	Cap      Cap
}

// Proof is a document that shows that an activity took place.
type Proof struct {
	What      string
	When      string // the case in which it is needed; "" for always
	ByInvoice bool   `toml:"by_invoice"` // the invoice itself is the proof
}

// What every claim needs beside what its activity asks for; ProofNeed is asked
// where the activity is not known.
const (
	DatesNeed   = "first and last day of the activity"
	InvoiceNeed = "third-party invoice or certification service report"
	ProofNeed   = "document that shows that the activity took place"
)

// TableTerms lists the terms of the built-in tables that documents show: what
// claims need as proof, and the names of rules.
func TableTerms() []string {
	terms := []string{DatesNeed, InvoiceNeed, ProofNeed}
	for _, a := range KnownActivities().List {
		for _, p := range a.Proofs {
			terms = append(terms, p.What, p.When)
		}
		terms = append(terms, a.Metric)
	}
	for _, set := range RuleSets() {
		for _, r := range set.Rules {
			terms = append(terms, r.Name)
		}
	}
	slices.Sort(terms)
	return slices.DeleteFunc(slices.Compact(terms), func(term string) bool { return term == "" })
}

// Cap is the most that may be claimed for an activity in one usage period. Of a
// sum and a share the greater one holds; the zero Cap is none.
type Cap struct {
	USD   decimal.Decimal
	Share decimal.Decimal // of the co-op earned, a fraction
}

// IsZero reports whether nothing is capped.
func (c Cap) IsZero() bool { return c.USD.IsZero() && c.Share.IsZero() }

// Activities is the table of what co-op may be spent on.
type Activities struct {
	Categories []Category
	List       []Activity `toml:"activities"`
}

//go:embed activities.toml
var activitiesTable []byte

// KnownActivities returns the table that is built in, which is in activities.toml.
var KnownActivities = sync.OnceValue(func() (table Activities) {
	readTable(activitiesTable, &table)
	return table
})

// With returns the table with an activity added, or in place of the one of its
// name.
func (a Activities) With(entry Activity) Activities {
	a.List = slices.Clone(a.List)
	if known := a.Activity(entry.Name); known != nil {
		*known = entry
	} else {
		a.List = append(a.List, entry)
	}
	return a
}

// WithCategory returns the table with a category added, or with further names of
// one that it has.
func (a Activities) WithCategory(entry Category) Activities {
	a.Categories = slices.Clone(a.Categories)
	if i := slices.IndexFunc(a.Categories, func(x Category) bool { return x.is(entry.Name) }); i >= 0 {
		a.Categories[i].Aliases = slices.Concat(a.Categories[i].Aliases, entry.Aliases)
	} else {
		a.Categories = append(a.Categories, entry)
	}
	return a
}

// Activity finds an activity of the table by any of its names, without
// regard to case, punctuation and plurals; nil when there is none.
func (a Activities) Activity(name string) *Activity {
	i := slices.IndexFunc(a.List, func(x Activity) bool { return x.is(name) })
	if i < 0 {
		return nil
	}
	return &a.List[i]
}

// Category finds a category by any of its names, as Activity does, and returns
// its name in the guide's years.
func (a Activities) Category(name string) (string, bool) {
	i := slices.IndexFunc(a.Categories, func(x Category) bool { return x.is(name) })
	if i < 0 {
		return "", false
	}
	return a.Categories[i].Name, true
}

// ActivityNames lists the activities of fiscal years as they call them, each name once.
func (a Activities) ActivityNames(years ...int) []string {
	var names []string
	for _, year := range years {
		for i := range a.List {
			if a.List[i].Since <= year {
				names = append(names, a.List[i].NameIn(year))
			}
		}
	}
	return eachOnce(names)
}

// CategoryNames lists the categories as fiscal years call them, each before its further
// names, and each name once.
func (a Activities) CategoryNames(years ...int) []string {
	var names []string
	for _, year := range years {
		for _, x := range a.Categories {
			names = append(append(names, x.Renamed.in(year, x.Name)), x.Aliases...)
		}
	}
	return eachOnce(names)
}

func eachOnce(names []string) []string {
	var list []string
	for _, name := range names {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// CategoryIn returns what a fiscal year calls a category of the table.
func (a Activities) CategoryIn(year int, name string) string {
	i := slices.IndexFunc(a.Categories, func(x Category) bool { return x.Name == name })
	if i < 0 {
		return name
	}
	return a.Categories[i].Renamed.in(year, name)
}

func (c Category) is(name string) bool { return goesBy(name, c.Name, c.Renamed, c.Aliases) }

func (a *Activity) is(name string) bool { return goesBy(name, a.Name, a.Renamed, a.Aliases) }

// NameIn returns what a fiscal year calls the activity.
func (a *Activity) NameIn(year int) string { return a.Renamed.in(year, a.Name) }

// CategoryOf returns the activity's category in a fiscal year, as the table
// names it.
func (a *Activity) CategoryOf(year int) string { return a.Moved.in(year, a.Category) }

// Allows reports whether the activity may be in a category of the table, in any
// year: Microsoft's pages do not say to the day when one moved.
func (a *Activity) Allows(category string) bool {
	return a.Category == category || a.Moved.Name == category
}

func goesBy(name, known string, later Renamed, aliases []string) bool {
	key := NameKey(name)
	return key == NameKey(known) || later.Name != "" && key == NameKey(later.Name) ||
		slices.ContainsFunc(aliases, func(alias string) bool { return key == NameKey(alias) })
}

// NameKey makes spellings of one name equal: "Trade-Shows & Exposition" and
// "Trade shows and expositions".
func NameKey(name string) string { return strings.Join(NameWords(name), "") }

// NameWords returns the words of a name that distinguish it from another, in the
// singular.
func NameWords(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	kept := words[:0]
	for _, w := range words {
		switch w {
		case "a", "and", "for", "of", "or", "the", "with":
			continue
		}
		if len(w) > 3 {
			w = strings.TrimSuffix(w, "s")
		}
		kept = append(kept, w)
	}
	return kept
}

// longestName is how many letters of a name a suggestion looks at; the table's
// names are shorter.
const longestName = 60

// NearestName returns the known name that is written most like another one, the
// first in the table of several; "" when none is near: more than a third of its
// letters would have to change.
func NearestName(name string, known []string) string {
	key := []rune(NameKey(name))
	key = key[:min(len(key), longestName)]
	best, least := "", 0
	for _, k := range known {
		if d := levenshtein.ComputeDistance(string(key), NameKey(k)); best == "" || d < least {
			best, least = k, d
		}
	}
	if 3*least > min(len(key), len([]rune(NameKey(best)))) {
		return ""
	}
	return best
}

// String words a cap: "10% of the co-op earned or 3000.00 USD, whichever is
// greater".
func (c Cap) String() string {
	share := c.Share.Shift(2).String() + "% of the co-op earned"
	switch {
	case c.USD.IsZero():
		return share
	case c.Share.IsZero():
		return AmountText(c.USD) + " USD"
	}
	return share + " or " + AmountText(c.USD) + " USD, whichever is greater"
}
