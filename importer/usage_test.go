package importer

import (
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
)

func TestUsagePeriods(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"FY20H1", "FY20H1"},
		{"fy20 h1", "FY20H1"},
		{"FY20-H1", "FY20H1"},
		{"FY2020 H1", "FY20H1"},
		{"(FY20 H1)", "FY20H1"},
		{"Jul–Dec 2019", "FY20H1"},
		{"Jul-Dec 2019", "FY20H1"},
		{"Jul - Dec 2019", "FY20H1"},
		{"July to December 2019", "FY20H1"},
		{"July 2019 - December 2019", "FY20H1"},
		{"July 2019–December 2019", "FY20H1"},
		{"Jan. 2020 to Jun. 2020", "FY20H2"},
		{"2020-01 to 2020-06", "FY20H2"},
		{"2020-01 - 2020-06", "FY20H2"},
		{"2020-01–2020-06", "FY20H2"},
		{"2019-07-01 to 2019-12-31", "FY20H1"},
		{"07/2019 - 12/2019", "FY20H1"},
		{"01/07/2019 - 31/12/2019", "FY20H1"},
		{"07/01/2019 - 12/31/2019", "FY20H1"},
		{"01.07.2019 – 31.12.2019", "FY20H1"},
		{"Jul–Dec 2019 (FY20 H1)", "FY20H1"},
		{"FY20H1: Jul–Dec 2019", "FY20H1"},
		{"FY20H1 (July 2019 - December 2019)", "FY20H1"},

		{"FY20H2 (Jul–Dec 2019)", "disagree"},
		{"Jul–Dec 2019 (FY20H2)", "disagree"},
		{"FY19H1 2019-07 to 2019-12", "disagree"},
		{"Jul–Sep 2019", "no half-year"},
		{"Oct 2019 - Mar 2020", "no half-year"},
		{"Jul 2018 - Dec 2019", "no half-year"},
		{"Dec 2019 - Jul 2019", "no half-year"},
		{"2019-07-02 to 2019-12-31", "no half-year"},
		{"2019-07-01 to 2019-12-30", "no half-year"},
		{"Jul–Dec 2099", "no half-year"}, // its fiscal year is 2100
		{"Jul–Dec 1999", "no half-year"},
		{"H1", "no half-year"},
		{"H1 2020", "no half-year"},
		{"2019", "no half-year"},
		{"Jul 2019", "no half-year"},
		{"2019-07-01", "no half-year"},
		{"FY20", "no half-year"},
		{"FY20H3", "no half-year"},
		{"FY20H1 FY20H2", "no half-year"},
		{"FY20H1 or later", "no half-year"},
		{"Jul–Dec", "no half-year"},
		{"to", "no half-year"},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, w := usagePeriodText(c.text)
			if w != nil {
				got = w.problem
			}
			if got != c.want && (w == nil || !strings.Contains(got, c.want)) {
				t.Errorf("%q gives %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// A label and months that disagree are both shown (cspcoop help columns).
func TestUsagePeriodFaultShowsBoth(t *testing.T) {
	_, w := usagePeriodText("FY20H2 (Jul–Dec 2019)")
	if w == nil || !strings.Contains(w.problem, "FY20H2 is 2020-01-01 to 2020-06-30") || !strings.Contains(w.problem, "FY20H1, 2019-07-01 to 2019-12-31") {
		t.Errorf("got %+v", w)
	}
}

// Every way to write a half-year gives it back, with its label and without.
func TestEveryHalfYear(t *testing.T) {
	for p := calc.NewMonth(2000, time.January).Period(); p.FiscalYear() <= lastYear; p = p.Next() {
		start, end := p.Start().Time(), p.End().Time()
		for _, form := range []string{"2006-01", "2006-01-02", "January 2006", "Jan 2006", "01/02/2006", "02/01/2006", "02.01.2006"} {
			for _, dash := range []string{" - ", "–", " to ", " – "} {
				months := start.Format(form) + dash + end.Format(form)
				for _, s := range []string{months, p.String() + " (" + months + ")", months + " (" + p.String() + ")"} {
					if label, w := usagePeriodText(s); w != nil || label != p.String() {
						t.Fatalf("%q gives %q (%v), want %s", s, label, w, p)
					}
				}
			}
		}
	}
}

// FuzzUsagePeriod holds that what is taken has one label, which is taken again.
func FuzzUsagePeriod(f *testing.F) {
	for _, s := range []string{"FY20H1", "Jul–Dec 2019 (FY20 H1)", "07/01/2019 - 12/31/2019", "FY20H1: 2019-07 to 2019-12", "Jan-Jun 2020"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		label, w := usagePeriodText(s)
		if w != nil || label == "" {
			return
		}
		if again, w := usagePeriodText(label); w != nil || again != label {
			t.Fatalf("%q gives %q, which gives %q", s, label, again)
		}
	})
}
