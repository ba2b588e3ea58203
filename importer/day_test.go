package importer

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/table"

	"github.com/shopspring/decimal"
)

func TestDates(t *testing.T) {
	for _, c := range []struct {
		text  string
		order dateOrder
		want  string // "" for one that is refused
	}{
		{"2020-03-31", 0, "2020-03-31"},
		{" 2020-03-31 ", 0, "2020-03-31"},
		{"2020/03/31", 0, "2020-03-31"},
		{"2020-3-5", 0, "2020-03-05"},
		{"2020-03-31T23:59:59Z", 0, "2020-03-31"},
		{"2020-03-31T23:59:59.1234567-11:00", 0, "2020-03-31"},
		{"2020-03-31T00:00:00+14:00", 0, "2020-03-31"},
		{"2020-03-31 00:30:00 +0200", 0, "2020-03-31"},
		{"2020-03-31t10:00:00z", 0, "2020-03-31"},
		{"Oct 5 2020 12:00AM", 0, "2020-10-05"},
		{"2020-03-31 11:30:00 PM UTC", 0, "2020-03-31"},
		{"2000-01-01", 0, "2000-01-01"},
		{"2099-12-31", 0, "2099-12-31"},
		{"2020-02-29", 0, "2020-02-29"},

		{"31/03/2020", 0, "2020-03-31"},
		{"3/31/2020", 0, "2020-03-31"},
		{"03/04/2020", dayFirst, "2020-04-03"},
		{"03/04/2020", monthFirst, "2020-03-04"},
		{"03-04-2020", monthFirst, "2020-03-04"},
		{"04/04/2020", 0, "2020-04-04"},
		{"3/4/2020 12:00:00 AM", monthFirst, "2020-03-04"},
		{"3/4/2020, 11:59:59 PM", monthFirst, "2020-03-04"},
		{"31.03.2020", 0, "2020-03-31"},
		{"03.04.2020", monthFirst, "2020-04-03"},
		{"31.03.2020 14:05", 0, "2020-03-31"},

		{"31 Mar 2020", 0, "2020-03-31"},
		{"31-Mar-2020", 0, "2020-03-31"},
		{"March 31, 2020", 0, "2020-03-31"},
		{"31 Mar 2020 10:05:00", 0, "2020-03-31"},

		{"2020-03", 0, "2020-03-31"},
		{"2020-02", 0, "2020-02-29"},
		{"2021/2", 0, "2021-02-28"},
		{"03/2020", 0, "2020-03-31"},
		{"Mar 2020", 0, "2020-03-31"},
		{"Mar. 2020", 0, "2020-03-31"},
		{"MARCH 2020", 0, "2020-03-31"},
		{"March-2020", 0, "2020-03-31"},
		{"Sept 2020", 0, "2020-09-30"},
		{"Mar-20", 0, "2020-03-31"},
		{"Dec-29", 0, "2029-12-31"},
		{"Dec-30", 0, ""},

		{"1999-12-31", 0, ""},
		{"2100-01-01", 0, ""},
		{"2021-02-29", 0, ""},
		{"2020-13-01", 0, ""},
		{"2020-00-10", 0, ""},
		{"2020-04-31", 0, ""},
		{"2020-13", 0, ""},
		{"32/01/2020", 0, ""},
		{"13/13/2020", 0, ""},
		{"0/1/2020", 0, ""},
		{"31/04/2020", 0, ""},
		{"03.31.2020", 0, ""},
		{"31/03/20", 0, "2020-03-31"},
		{"3/31/20", 0, "2020-03-31"},
		{"3/31/20 14:03:00", 0, "2020-03-31"},
		{"05/02/20", dayFirst, "2020-02-05"},
		{"05/02/20", monthFirst, "2020-05-02"},
		{"31.03.20", 0, "2020-03-31"},
		{"5.2.20 14:03", monthFirst, "2020-02-05"},
		{"31-03-20", 0, "2020-03-31"},
		{"05-02-20", dayFirst, "2020-02-05"},
		{"20-03-15", monthFirst, ""},
		{"31-Mar-20", 0, "2020-03-31"},
		{"31 March 20", 0, "2020-03-31"},
		{"31-Mar-30", 0, ""},
		{"20-03-31", 0, ""},
		{"20/03/31", 0, ""},
		{"31/03/30", 0, ""},
		{"31/03/2", 0, ""},
		{"31/03/020", 0, ""},
		{"31/13/20", 0, ""},
		{"20200331", 0, "2020-03-31"},
		{"20201331", 0, ""},
		{"31.03.2020.", 0, "2020-03-31"},
		{"31. 3. 2020", 0, "2020-03-31"},
		{"2020. 03. 31.", 0, "2020-03-31"},
		{"2020. 3. 31. 14:03:05", 0, "2020-03-31"},
		{"31.3.2020 г.", 0, "2020-03-31"},
		{"31.03.2020 r.", 0, "2020-03-31"},
		{"2020年3月31日", 0, "2020-03-31"},
		{"2020년 3월 31일", 0, "2020-03-31"},
		{"2020年3月", 0, "2020-03-31"},
		{"Tuesday, March 31, 2020", 0, "2020-03-31"},
		{"Tue, 31 Mar 2020 00:00:00 GMT", 0, "2020-03-31"},
		{"\u200e3/\u200e31/\u200e2020", 0, "2020-03-31"},
		{"'2020-03-31", 0, "2020-03-31"},
		{"31.03..2020", 0, ""},
		{"31.03.2020..", 0, ""},
		{"someday, March 31, 2020", 0, ""},
		{"43921", 0, ""},
		{"2020", 0, ""},
		{"March", 0, ""},
		{"20-Mar", 0, ""},
		{"Mar 20, 20", 0, "2020-03-20"},
		{"32 Mar 2020", 0, ""},
		{"2020-03-31T25:00:00", 0, ""},
		{"2020-03-31T10:61", 0, ""},
		{"2020-03-31T10:00:00 PST8", 0, ""},
		{"2020-03-31 13:00 PM", 0, ""},
		{"10:00", 0, ""},
		{"2020-03-31T", 0, ""},
		{"FY20H1", 0, ""},
		{"today", 0, ""},
		{"31-03/2020", 0, ""},
		{"\uff12020-03-31", 0, ""},
		{"2020-03-31 2020-04-01", 0, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			text, w := dialect{order: c.order}.day(&column{field: &field{kind: dayValue, need: filled}}, &table.Cell{Text: c.text, Kind: table.Text}, false)
			if w != nil {
				text = ""
			}
			if text != c.want {
				t.Errorf("%q gives %q (%v), want %q", c.text, text, w, c.want)
			}
		})
	}
}

func TestStamps(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"2020-03-31", "2020-03-31"},
		{"2020-03-31T00:00:00Z", "2020-03-31 00:00:00"},
		{"2020-03-31T14:03:05.1234567Z", "2020-03-31 14:03:05"},
		{"3/31/2020 2:03:05 PM", "2020-03-31 14:03:05"},
		{"3/31/2020 12:00:00 AM", "2020-03-31 00:00:00"},
		{"2020-03-31 23:30:00 -08:00", "2020-03-31 23:30:00"},
		{"", ""},
		{"Not available", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			text, w := dialect{}.day(&column{field: &field{kind: stampValue}}, &table.Cell{Text: c.text, Kind: table.Text}, false)
			var s stamp
			if w != nil || s.UnmarshalCSV(text) != nil || s.String() != c.want {
				t.Errorf("%q gives %q (%v), want %q", c.text, s, w, c.want)
			}
		})
	}
	sooner, later := "2020-03-31T14:03:05.1234567", "2020-03-31T14:03:05.1234568"
	a, errA := stampOf(sooner)
	b, errB := stampOf(later)
	if errA != nil || errB != nil || a.Compare(b) >= 0 {
		t.Errorf("%s is not before %s", sooner, later)
	}
}

func TestDayNumbers(t *testing.T) {
	for _, c := range []struct {
		number   string
		date1904 bool
		want     string
	}{
		{"36526", false, "2000-01-01"},
		{"43921", false, "2020-03-31"},
		{"43921.5", false, "2020-03-31"},
		{"43921.99999", false, "2020-03-31"},
		{"43921.999994", false, "2020-03-31"},
		{"43921.999995", false, "2020-04-01"},
		{"43921.999999", false, "2020-04-01"},
		{"43921.99999999999", false, "2020-04-01"},
		{"42459.999999999", true, "2020-04-01"},
		{"43921.0000000001", false, "2020-03-31"},
		{"36525.999999999", false, "2000-01-01"},
		{"42459", true, "2020-03-31"},
		{"73050", false, "2099-12-31"},
		{"73051", false, ""},
		{"36525", false, ""},
		{"-1", false, ""},
		{"202003", false, ""},
		{"2020", false, ""},
		{"1E+17", false, ""},
	} {
		t.Run(c.number, func(t *testing.T) {
			text, w := dialect{}.day(&column{field: &field{kind: dayValue}}, &table.Cell{Text: c.number, Kind: table.Number, AsDate: true}, c.date1904)
			if w != nil {
				text = ""
			}
			if text != c.want {
				t.Errorf("%s (1904: %v) gives %q, want %q", c.number, c.date1904, text, c.want)
			}
		})
	}
	w, err := serialDate(decimal.RequireFromString("43921.58546296296"), false)
	if err != nil || w.clock != 14*time.Hour+3*time.Minute+4*time.Second {
		t.Errorf("the fraction gives %s (%v), want 14:03:04", w.clock, err)
	}
}

// FuzzDate compares every date that is taken with the standard library's reading
// of the same day, written in the forms of the documents.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2020-03-31", "31/03/2020", "3/4/2020 12:00:00 AM", "31.03.2020", "March 31, 2020", "Mar-20", "2020-03", "2020-03-31T23:59:59.1234567-11:00", "03/2020", "1/31/20", "31.01.20", "31-01-20", "05-02-20", "31-Jan-20"} {
		f.Add(s, true)
	}
	layouts := []string{"2006-1-2", "2006/1/2", "2006.1.2", "2 Jan 2006", "2 January 2006", "2-Jan-2006", "Jan 2, 2006", "January 2, 2006", "2.1.2006"}
	f.Fuzz(func(t *testing.T, s string, first bool) {
		order, numeric := monthFirst, []string{"1/2/2006", "1-2-2006"}
		if first {
			order, numeric = dayFirst, []string{"2/1/2006", "2-1-2006"}
		}
		w, err := splitDate(s)
		if err == nil {
			d, err := w.date(order)
			if err == nil && (d.Time().Year() < 2000 || d.Time().Year() > 2099) {
				t.Fatalf("%q gives %s", s, d)
			}
		}
		if strings.ContainsAny(s, "+-") && strings.ContainsAny(s, "/.") {
			return // what follows takes a sign for a part of the year
		}
		short := []string{"2/1/06"}
		if !first {
			short = []string{"1/2/06"}
		}
		for _, layout := range slices.Concat(numeric, layouts, short, []string{"2.1.06", "2-Jan-06"}) {
			day, parsed := time.Parse(layout, s)
			if parsed != nil || day.Year() < 2000 || day.Year() > 2099 || strings.HasSuffix(layout, "06") && !strings.HasSuffix(layout, "2006") && day.Year() > 2029 {
				continue
			}
			d, err := w.date(order)
			if err != nil || !d.Time().Equal(day) {
				t.Fatalf("%q gives %s (%v), want %s", s, d, err, day)
			}
		}
	})
}
