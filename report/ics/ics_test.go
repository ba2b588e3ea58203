package ics

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/calc/lists"
	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"

	ical "github.com/arran4/golang-ical"
	"github.com/shopspring/decimal"
)

var update = flag.Bool("update", false, "write the golden files")

func write(t *testing.T, r *calc.Result) string {
	t.Helper()
	var got bytes.Buffer
	if err := Deadlines(&got, r, wording.English()); err != nil {
		t.Fatal(err)
	}
	return got.String()
}

func TestDeadlines(t *testing.T) {
	got := write(t, sample.Portfolio(t))
	if *update {
		if err := os.WriteFile("testdata/deadlines.ics", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/deadlines.ics")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestLines checks what RFC 5545 asks of a line.
func TestLines(t *testing.T) {
	r := sample.Calculate(t, sample.Earnings("a.csv", sample.Row{
		ID: "1", Participant: "9", Name: strings.Repeat("株式会社アダタム, \"GmbH\"; ", 12) + "a\u202eb\rc", Program: "CSP Direct Bill Partner",
		Type: "Coop", Date: "2020-01-31", Currency: "USD", Amount: "5000", USD: "5000"}))
	got := write(t, r)
	if !strings.HasSuffix(got, "END:VCALENDAR\r\n") {
		t.Error("the calendar does not end")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("%d octets, or a broken character: %q", len(line), line)
		}
	}
	if strings.Contains(got, "\u202e") {
		t.Error("a bidirectional override went through")
	}
}

func TestReadBack(t *testing.T) {
	calendar, err := ical.ParseCalendar(strings.NewReader(write(t, sample.Portfolio(t))))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, e := range calendar.Events() {
		if seen[e.Id()] {
			t.Errorf("identity %s is there twice", e.Id())
		}
		seen[e.Id()] = true
		if stamp := e.GetProperty(ical.ComponentPropertyDtstamp).Value; stamp != "20201031T000000Z" {
			t.Errorf("stamped %s", stamp)
		}
		start, end := e.GetProperty(ical.ComponentPropertyDtStart), e.GetProperty(ical.ComponentPropertyDtEnd)
		if day := start.Value + " " + end.Value; day != "20210214 20210215" && day != "20201231 20210101" {
			t.Errorf("from and to %s", day)
		}
		var triggers []string
		for _, a := range e.Alarms() {
			triggers = append(triggers, a.GetProperty(ical.ComponentPropertyTrigger).Value)
		}
		if got := strings.Join(triggers, " "); got != "-P60D -P30D -P14D -P7D" {
			t.Errorf("reminders %s", got)
		}
	}
	if len(seen) != 6 { // two funds with two days each, a draft, a claim that Microsoft asked about
		t.Errorf("%d entries, want 6", len(seen))
	}
}

// TestIdentity: the next set names the same deadline alike, also after the
// program was renamed, and another fund otherwise.
func TestIdentity(t *testing.T) {
	of := func(program, period string) string {
		return uid("fund", "9", program, period)
	}
	first := of("CSP 1T Direct Partner", "FY20H2")
	if renamed := of("csp direct bill  partner", "FY20H2"); renamed != first {
		t.Errorf("renamed program: %s, before %s", renamed, first)
	}
	if other := of("CSP 1T Direct Partner", "FY21H1"); other == first {
		t.Error("two periods share an identity")
	}
	if strings.ToLower(first) != first || !strings.HasSuffix(first, "@cspcoop") {
		t.Errorf("identity %s", first)
	}
}

func uids(r *calc.Result) []string {
	var list []string
	for _, e := range lists.Events(r) {
		list = append(list, describe(e, r, wording.English()).uid)
	}
	return list
}

// TestSameInNextSet: an entry of the next set has the identity that it had, also
// when its fund and claim have moved on meanwhile.
func TestSameInNextSet(t *testing.T) {
	r := sample.Portfolio(t)
	later := *r
	later.AsOf = r.AsOf.AddDays(30)
	before := uids(r)
	for _, b := range later.Balances() {
		b.DaysLeft -= 30
		b.Remaining.Decimal = b.Remaining.Decimal.Div(decimal.New(2, 0))
		for _, c := range b.Claims {
			c.Name, c.Amount = "renamed", c.Amount.Add(decimal.New(1, 0))
		}
	}
	after := uids(&later)
	if len(before) != 6 || !slices.Equal(before, after) {
		t.Errorf("before %q, after %q", before, after)
	}
}

// TestCancelled: what the last set announced and is gone is cancelled by the
// identity that it had, without reminders and by a later version.
func TestCancelled(t *testing.T) {
	r := sample.Portfolio(t)
	funds := r.Balances()
	gone := funds[slices.IndexFunc(funds, func(b *calc.Balance) bool { return b.Window.Claimable() })].State()
	gone.Participant = "99"
	r.Last = &calc.LastSet{AsOf: r.AsOf.AddDays(-31), Funds: []calc.FundState{gone}}
	_, event, found := strings.Cut(write(t, r), "UID:"+uid("fund", "99", gone.Program, gone.Period.String()))
	event, _, _ = strings.Cut(event, "END:VEVENT")
	if !found || !strings.Contains(event, "STATUS:CANCELLED") || !strings.Contains(event, "SEQUENCE:20201031") || !strings.Contains(event, "SUMMARY:99: nothing left to claim") || strings.Contains(event, "VALARM") {
		t.Errorf("found %v:\n%s", found, event)
	}
}

// TestHoldCancelled: a hold that is over is cancelled by the identity that it
// had, by a later version.
func TestHoldCancelled(t *testing.T) {
	row := sample.Row{ID: "1", Participant: "9", Name: "Adatum", Program: "CSP Direct Bill Partner", Type: "Rebate", Date: "2020-05-31", Currency: "USD", Amount: "500", USD: "500"}
	src := sample.Earnings("a.csv", row)
	calctest.Change(src, func(_ int, cells *calc.EarningCells) {
		cells.PaymentStatus, cells.StatusText = "Upcoming", "Pending tax profile"
	})
	held := sample.Calculate(t, src)
	hold := held.Lapsing()
	if len(hold) != 1 {
		t.Fatalf("holds %+v", hold)
	}
	before := write(t, held)
	over := sample.Calculate(t, sample.Earnings("a.csv", row))
	over.AsOf = over.AsOf.AddDays(1)
	over.Last = &calc.LastSet{AsOf: held.AsOf, Holds: []calc.HoldState{hold[0].StateOf()}}
	id := uid("hold", "9", row.Program, "Upcoming: Pending tax profile "+hold[0].Since.String())
	event := func(text string) string {
		_, event, found := strings.Cut(text, "UID:"+id)
		if !found {
			t.Fatalf("%s is not in\n%s", id, text)
		}
		event, _, _ = strings.Cut(event, "END:VEVENT")
		return event
	}
	if e := event(before); strings.Contains(e, "CANCELLED") || !strings.Contains(e, "VALARM") || !strings.Contains(e, "SEQUENCE:20201031") {
		t.Errorf("before:\n%s", e)
	}
	if e := event(write(t, over)); !strings.Contains(e, "STATUS:CANCELLED") || strings.Contains(e, "VALARM") || !strings.Contains(e, "SEQUENCE:20201101") ||
		!strings.Contains(e, "nothing left to do about the hold") {
		t.Errorf("after:\n%s", e)
	}
}
