package reconcile_test

import (
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// The days of a fund of FY24H2 by the published claim calendar, with documents
// to be approved by 31 March.
func TestEvents(t *testing.T) {
	earned := coop("1", "2024-03-31", "12000")
	elsewhere := earned
	elsewhere.participant, elsewhere.calculated = "4712", "2024-08-01"
	less := earned
	less.amount, less.usd, less.calculated = "900", "900", "2024-08-01"
	claimed := func(status string) claim {
		c := aClaim("CL-1", status, "USD", "12000")
		c.usage, c.submitted, c.activityEnd = "2024-07-01", "2024-08-20", "2024-08-19"
		if status == "Editing" {
			c.submitted = ""
		}
		return c
	}
	at := func(date string, row line, claims ...claim) archive {
		a := asOf(date, export("a", row))
		if len(claims) > 0 {
			a.files = append(a.files, file{name: "claims", sha: "claims" + claims[0].status, receipt: 1, register: true, claims: claims})
		}
		a.published = true
		return a
	}
	calculate := func(a archive, last *calc.LastSet) *calc.Result {
		in := a.input()
		in.Last = last
		for i := range in.Policy.Rules {
			in.Policy.Rules[i].Claims.Documents = calc.HalfDays{{Month: 3, Day: 31}}
		}
		return calculateInput(t, in)
	}
	announced := calculate(at("2024-07-05", earned), nil)
	draft := calculate(at("2024-08-25", earned, claimed("Editing")), nil)
	const all = "claims open 2024-08-16, spend by 2024-12-31, last day 2025-02-15, documents by 2025-03-31"
	for _, c := range []struct {
		name string
		now  archive
		last *calc.Result
		want string
	}{
		{"upcoming", at("2024-07-05", earned), nil, all},
		{"the day on which claims open", at("2024-08-16", earned), nil, all},
		{"open", at("2024-08-17", earned), nil, "spend by 2024-12-31, last day 2025-02-15, documents by 2025-03-31"},
		{"the last day", at("2025-02-15", earned), nil, "last day 2025-02-15, documents by 2025-03-31"},
		{"over", at("2025-02-16", earned), nil, ""},
		{"a draft", at("2024-08-25", earned, claimed("Editing")), nil, "spend by 2024-12-31, last day 2025-02-15, waiting 2025-02-15, documents by 2025-03-31"},
		{"all in review", at("2024-08-25", earned, claimed("Submitted")), nil, "last day 2025-02-15, documents by 2025-03-31"},
		{"sent back", at("2025-01-10", earned, claimed("Action required")), nil, "last day 2025-02-15, documents by 2025-03-31, waiting 2025-03-31"},
		{"sent back after the last day", at("2025-03-31", earned, claimed("Action required")), nil, "documents by 2025-03-31, waiting 2025-03-31"},
		{"sent back for too long", at("2025-04-01", earned, claimed("Action required")), nil, ""},
		{"paid, and never announced", at("2024-09-20", earned, claimed("Paid")), nil, ""},
		{"paid", at("2024-09-20", earned, claimed("Paid")), announced,
			"spend by 2024-12-31 cancelled, last day 2025-02-15 cancelled, documents by 2025-03-31 cancelled"},
		{"restated below the threshold", at("2024-08-16", less), announced,
			"claims open 2024-08-16 cancelled, spend by 2024-12-31 cancelled, last day 2025-02-15 cancelled, documents by 2025-03-31 cancelled"},
		{"moved to another participant", at("2024-08-17", elsewhere), announced,
			"4712 spend by 2024-12-31, spend by 2024-12-31 cancelled, 4712 last day 2025-02-15, last day 2025-02-15 cancelled, 4712 documents by 2025-03-31, documents by 2025-03-31 cancelled"},
		{"submitted since", at("2024-08-26", earned, claimed("Submitted")), draft,
			"spend by 2024-12-31 cancelled, last day 2025-02-15, waiting 2025-02-15 cancelled, documents by 2025-03-31"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var last *calc.LastSet
			if c.last != nil {
				last = lastSet(c.last)
			}
			var got []string
			for _, e := range lists.Events(calculate(c.now, last)) {
				text := [...]string{"last day", "claims open", "spend by", "documents by", "waiting", "held"}[e.Occasion] + " " + e.Day.String()
				if e.Participant != "4711" {
					text = e.Participant + " " + text
				}
				if e.Cancelled {
					text += " cancelled"
				}
				got = append(got, text)
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// The calendar cancels a hold that the last set warned of once it is paid, has
// lapsed, or is held since another day or for another reason.
func TestHoldEventsEnd(t *testing.T) {
	held := coop("E1", "2024-01-20", "350")
	held.typ, held.status, held.statusText, held.calculated = "Rebate", "Upcoming", "Pending tax profile", "2024-03-05"
	before := held
	before.statusText, before.calculated = "", "2024-02-05"
	paid, other := held, held
	paid.status, paid.statusText, paid.calculated = "Sent", "", "2024-07-05"
	other.statusText, other.calculated = "Pending payment profile", "2024-07-05"
	announced := lastSet(asOf("2024-07-01", export("b", held)).calculate(t))
	for _, c := range []struct {
		name string
		now  archive
		want string
	}{
		{"still held", asOf("2024-07-10", export("b", held)), "Upcoming: Pending tax profile 2024-07-18"},
		{"on its last day", asOf("2024-07-18", export("b", held)), "Upcoming: Pending tax profile 2024-07-18"},
		{"lapsed", asOf("2024-07-19", export("b", held)), "Upcoming: Pending tax profile 2024-07-18 cancelled"},
		{"paid", asOf("2024-07-10", export("b", held), export("c", paid)), "Upcoming: Pending tax profile 2024-07-18 cancelled"},
		{"paid after its last day", asOf("2024-08-10", export("b", held), export("c", paid)), "Upcoming: Pending tax profile 2024-07-18 cancelled"},
		{"held since another day", asOf("2024-07-10", export("a", before), export("b", held)), "Upcoming: Pending tax profile 2024-07-18 cancelled, Upcoming: Pending tax profile 2024-08-03"},
		{"held for another reason", asOf("2024-07-10", export("b", held), export("c", other)), "Upcoming: Pending payment profile 2024-07-18, Upcoming: Pending tax profile 2024-07-18 cancelled"},
		{"withdrawn", asOf("2024-07-10"), "Upcoming: Pending tax profile 2024-07-18 cancelled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := c.now.input()
			in.Last = announced
			var got []string
			for _, e := range lists.Events(calculateInput(t, in)) {
				if e.Occasion != lists.Held {
					continue
				}
				text := e.Hold.Held + " " + e.Day.String()
				if e.Cancelled {
					text += " cancelled"
				}
				got = append(got, text)
			}
			if got := strings.Join(got, ", "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
