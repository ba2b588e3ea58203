package reconcile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// Every name and alias of the table leads to one activity.
func TestActivityNamesAreUnique(t *testing.T) {
	table := calc.KnownActivities()
	for i := range table.List {
		a := &table.List[i]
		for _, name := range append([]string{a.Name, a.NameIn(calc.Today)}, a.Aliases...) {
			if found := table.Activity(name); found != a {
				t.Errorf("%q of %q leads to %v", name, a.Name, found)
			}
		}
		if _, known := table.Category(a.Category); !known || (a.Proofs == nil) != (a.Since > 0 && a.Since < 2024) {
			t.Errorf("%q: category %q, %d proofs", a.Name, a.Category, len(a.Proofs))
		}
	}
	if len(table.List) != 25 || len(table.Categories) != 3 {
		t.Errorf("%d activities in %d categories", len(table.List), len(table.Categories))
	}
}

func TestActivitySpellings(t *testing.T) {
	table := calc.KnownActivities()
	for spelling, want := range map[string]string{
		"Digital Advertising":                            "Digital advertising",
		"  digital   ADVERTISING ":                       "Digital advertising",
		"Trade-Shows & Exposition":                       "Tradeshows and expositions",
		"Direct mail, e-mail & SMS":                      "Direct mail, email and SMS",
		"Partner website and search engine optimization": "Partner website and search engine optimization",
		"SPIFF":                       "Internal incentives and SPIFFs",
		"Onsite champ":                "On-site champ",
		"Customer Seminars/Bootcamps": "Customer seminars and bootcamps",
		"Digital":                     "",
		"advertising":                 "",
		"":                            "",
		"Digital advertising and print advertising together": "",
	} {
		t.Run(spelling, func(t *testing.T) {
			got := ""
			if a := table.Activity(spelling); a != nil {
				got = a.Name
			}
			if got != want {
				t.Errorf("%q is %q, want %q", spelling, got, want)
			}
		})
	}
	for spelling, want := range map[string]string{"Partner Skilling": "Partner Readiness", "PARTNER-READINESS": "Partner Readiness", "Partner": ""} {
		if got, _ := table.Category(spelling); got != want {
			t.Errorf("category %q is %q, want %q", spelling, got, want)
		}
	}
}

func TestTableIsExtended(t *testing.T) {
	built := calc.KnownActivities()
	changed := *built.Activity("SPIFFs")
	changed.Cap = calc.Cap{USD: decimal.New(100, 0)}
	table := built.With(changed).With(calc.Activity{Category: "Demand Generation", Name: "Podcasts"}).
		WithCategory(calc.Category{Name: "Demand generation", Aliases: []string{"Awareness"}}).WithCategory(calc.Category{Name: "Sponsoring"})
	if got := table.Activity("Internal incentives").Cap.String(); got != "100.00 USD" {
		t.Errorf("the cap is %s", got)
	}
	if table.Activity("podcast") == nil || !slices.Contains(table.ActivityNames(calc.Today), "Podcasts") || len(table.List) != 26 {
		t.Error("the new activity is missing")
	}
	if got, _ := table.Category("awareness"); got != "Demand Generation" || !slices.Equal(table.CategoryNames(calc.GuideYear), []string{"Demand Generation", "Awareness", "Market Development", "Partner Readiness", "Sponsoring"}) {
		t.Errorf("%q, %q", got, table.CategoryNames(calc.GuideYear))
	}
	if got := built.Activity("SPIFFs").Cap.String(); got != "25% of the co-op earned" || built.Activity("podcast") != nil {
		t.Errorf("the built-in table changed: %s", got)
	}
}

// What a claim needs against what it names: a document stands for the proof that
// its name says, any other for one that is left.
func TestNeeds(t *testing.T) {
	for _, c := range []struct {
		activity, proof string
		missing         string
	}{
		{"Digital advertising", "banner-screenshots.pdf; landing-page-url.txt", ""},
		{"Digital advertising", "scan 1.pdf; scan 2.pdf", ""},
		{"Digital advertising", "screenshot 1.png; screenshot 2.png", ""},
		{"Digital advertising", "URL.txt", "screenshot of the advertisement"},
		{"Digital advertising", "banner-screenshots.pdf", "URL of the landing page"},
		{"Digital advertising", "screenshot of the landing page.png", ""},
		{"Digital advertising", "", "screenshot of the advertisement|URL of the landing page"},
		{"Direct mail", "distribution-report.pdf; newsletter.pdf", ""},
		{"Customer seminars and bootcamps", "photos.zip", "invitation and agenda"},
		{"Search engine optimization", "URL.txt", ""},
		{"MPN participation", "", ""},
		{"On-demand training", "", "document that shows that the activity took place"},
		{"On-demand training", "course.pdf", ""},
		{"Something else", "", "document that shows that the activity took place"},
		{"Something else", "a.pdf", ""},
	} {
		t.Run(c.activity, func(t *testing.T) {
			s := newScene()
			s.claim().Activity, s.claim().Proof = c.activity, nil
			if c.proof != "" {
				s.claim().Proof = strings.Split(c.proof, "; ")
			}
			if got := strings.Join(s.calculate(t).Claims[0].Missing, "|"); got != c.missing {
				t.Errorf("%s with %q: missing %q, want %q", c.activity, c.proof, got, c.missing)
			}
		})
	}
	s := newScene()
	s.rows[0] = calc.ClaimRow{ClaimTerms: calc.ClaimTerms{ID: "CL-1", Participant: "4711", Usage: s.rows[0].Usage, Currency: "USD", Activity: "Print advertising"}}
	claim := s.calculate(t).Claims[0]
	if want := []string{"first and last day of the activity", "third-party invoice or certification service report", "copy of the final piece"}; !slices.Equal(claim.Missing, want) {
		t.Errorf("an empty claim lacks %q, want %q", claim.Missing, want)
	}
	if last := claim.Needs[len(claim.Needs)-1]; last.What != "estimated reach" || !last.Optional {
		t.Errorf("the metric is %v", last)
	}
}

func TestNearestActivity(t *testing.T) {
	for written, nearest := range map[string]string{
		"Telemarketting":         "Telemarketing",
		"Digital advertizing":    "Digital advertising",
		strings.Repeat("x", 1e5): "",
		"Podcast":                "",
		"TV advert":              "",
		"Customr offer":          "Customer offers",
	} {
		t.Run(written, func(t *testing.T) {
			s := newScene()
			s.claim().Activity = written
			got := messages(s.calculate(t).Findings, calc.UnknownActivity)
			want := `the nearest is "` + nearest + `": correct it`
			if nearest == "" {
				want = "correct it by the table of cspcoop help claims"
			}
			if len(got) != 1 || !strings.Contains(got[0], want) || len(got[0]) > 300 {
				t.Errorf("%.20q: %.300q", written, got)
			}
		})
	}
}

// An activity that later guides added is reported in an earlier year.
func TestActivityOfLaterYears(t *testing.T) {
	for _, c := range []struct {
		usage    calc.EarningPeriod
		category string
		want     int
	}{
		{period("FY23H2"), "Demand Generation", 1},
		{period("FY24H1"), "Demand Generation", 0},
		{period("FY26H1"), "Partner Skilling", 0},
	} {
		t.Run(c.usage.String(), func(t *testing.T) {
			s := newScene()
			row := s.claim()
			row.Activity, row.Category, row.Usage = "TV/radio", c.category, c.usage
			if got := messages(s.calculate(t).Findings, calc.UnknownActivity); len(got) != c.want {
				t.Errorf("%q", got)
			}
		})
	}
}

// Names and categories are those of the claim's year, and a name of another year
// is known all the same.
func TestNamesOfTheYear(t *testing.T) {
	for _, c := range []struct {
		usage              calc.EarningPeriod
		activity, category string
		code               calc.Code // "" for nothing to say
		want               string
	}{
		{period("FY21H1"), "Internal training", "Market Development", calc.ActivityInOtherCategory, `under Market Development, but that activity belongs to Partner Readiness`},
		{period("FY26H1"), "Internal training", "Market Development", calc.ActivityInOtherCategory, `under Market Development, but that activity belongs to Partner Skilling`},
		{period("FY26H1"), "Digital advertising", "Partner Readiness", calc.ActivityInOtherCategory, `under Partner Skilling, but that activity belongs to Demand Generation`},
		{period("FY21H1"), "Trade shows and expositions", "Partner Readiness", calc.ActivityInOtherCategory, `belongs to Market Development`},
		{period("FY26H1"), "Trade shows and expositions", "Partner Skilling", calc.ActivityInOtherCategory, `belongs to Demand Generation`},
		{period("FY26H1"), "MPN participation", "Market Development", calc.ActivityInOtherCategory, `is for Microsoft AI Cloud Partner Program participation under`},
		{period("FY21H1"), "MPN participation", "Market Development", calc.ActivityInOtherCategory, `is for MPN participation under`},
		{period("FY26H1"), "Internal training", "Partner Skiling", calc.UnknownCategory, `the nearest is "Partner Skilling"`},
		{period("FY21H1"), "Internal training", "Partner Readines", calc.UnknownCategory, `the nearest is "Partner Readiness"`},
		{period("FY20H2"), "Social media marketing", "Demand Generation", calc.UnknownActivity, `from FY21 on`},
		{period("FY26H1"), "Social media marketing", "Demand Generation", "", ""},
		{period("FY26H1"), "Migration services", "Market Development", "", ""},
		{period("FY26H1"), "Solution building with third parties", "Market Development", "", ""},
		{period("FY26H1"), "Best Practice development", "Demand Generation", "", ""},
		{period("FY26H1"), "Trade shows and expositions", "Demand Generation", "", ""},
		{period("FY26H1"), "Tradeshows and exhibitions", "Market Development", "", ""},
		{period("FY26H1"), "Microsoft AI Cloud Partner Program participation", "Partner Skilling", "", ""},
		{period("FY26H1"), "Direct mail/email/mobile SMS", "Demand Generation", "", ""},
		{period("FY26H1"), "Employee purchase web setup for customers", "Market Development", "", ""},
		{period("FY26H1"), "Microsoft exams and tuition", "Partner Readiness", "", ""},
		{period("FY21H1"), "Microsoft exams and tuition", "Partner Skilling", "", ""},
	} {
		t.Run(c.usage.String()+", "+c.activity+", "+c.category, func(t *testing.T) {
			s := newScene()
			row := s.claim()
			row.Activity, row.Category, row.Usage = c.activity, c.category, c.usage
			var got []string
			for _, code := range []calc.Code{calc.ActivityInOtherCategory, calc.UnknownCategory, calc.UnknownActivity} {
				for _, m := range messages(s.calculate(t).Findings, code) {
					got = append(got, string(code)+" "+m)
				}
			}
			if c.code == "" && len(got) > 0 || c.code != "" && (len(got) != 1 || !strings.HasPrefix(got[0], string(c.code)) || !strings.Contains(got[0], c.want)) {
				t.Errorf("%q", got)
			}
		})
	}
}

// The names of today have none that only the guide's years knew.
func TestNamesOfToday(t *testing.T) {
	table := calc.KnownActivities()
	if got := table.CategoryNames(calc.Today); !slices.Equal(got, []string{"Demand Generation", "Market Development", "Partner Skilling"}) {
		t.Errorf("categories %q", got)
	}
	if got := table.CategoryNames(calc.GuideYear); !slices.Equal(got, []string{"Demand Generation", "Market Development", "Partner Readiness"}) {
		t.Errorf("categories of the guide %q", got)
	}
	now, then := table.ActivityNames(calc.Today), table.ActivityNames(calc.GuideYear)
	for _, name := range []string{"TV and radio advertising", "Migration services", "Microsoft AI Cloud Partner Program participation"} {
		if !slices.Contains(now, name) || slices.Contains(then, name) {
			t.Errorf("%q: today %t, in the guide's years %t", name, slices.Contains(now, name), slices.Contains(then, name))
		}
	}
	if len(now) != 25 || len(then) != 19 || slices.Contains(now, "MPN participation") || !slices.Contains(then, "MPN participation") {
		t.Errorf("today %q, then %q", now, then)
	}
}
