package reconcile_test

import (
	"fmt"
	"testing"

	"cspcoop/calc"
)

// Every step of "Restated" alone: the second version must count, in whichever
// file and order it stands, and whatever speaks for the first further down.
func TestVersionThatCounts(t *testing.T) {
	type version struct{ sha, calculated, newest, status string }
	for _, c := range []struct {
		name        string
		old, counts version
		conflict    int
	}{
		{"later day", version{"z", "2020-05-01 23:59:59", "2020-06-30", "Sent"}, version{"a", "2020-05-02", "2020-03-31", ""}, 0},
		{"later time of day", version{"z", "2020-05-02 10:00:00", "2020-06-30", "Sent"}, version{"a", "2020-05-02 10:00:01", "2020-03-31", ""}, 0},
		{"midnight is a time of day", version{"z", "2020-05-02 00:00:00", "2020-06-30", "Sent"}, version{"a", "2020-05-02 00:00:01", "2020-03-31", ""}, 0},
		{"any day is later than a blank", version{"z", "", "2020-06-30", "Sent"}, version{"a", "2020-01-01", "2020-03-31", ""}, 0},
		{"one without time of day: newer file", version{"z", "2020-05-02 10:00:00", "2020-03-31", "Sent"}, version{"a", "2020-05-02", "2020-04-01", ""}, 0},
		{"both blank: newer file", version{"z", "", "2020-03-31", "Sent"}, version{"a", "", "2020-04-01", ""}, 0},
		{"unprocessed over unknown", version{"z", "", "2020-03-31", "On hold"}, version{"a", "", "2020-03-31", "Unprocessed"}, 0},
		{"rejected over sent", version{"z", "", "2020-03-31", "Sent"}, version{"a", "", "2020-03-31", "Rejected"}, 0},
		{"tax invoice rejected over upcoming", version{"z", "", "2020-03-31", "Upcoming"}, version{"a", "", "2020-03-31", "Tax invoice rejected"}, 0},
		{"sent over rejected during review", version{"z", "", "2020-03-31", "Rejected during review"}, version{"a", "", "2020-03-31", "SENT"}, 0},
		{"escheated over reversed", version{"z", "", "2020-03-31", "Reversed"}, version{"a", "", "2020-03-31", "Escheated"}, 0},
		{"in progress over upcoming", version{"z", "", "2020-03-31", "Upcoming"}, version{"a", "", "2020-03-31", "In progress"}, 0},
		{"processed over unprocessed", version{"z", "", "2020-03-31", "Unprocessed"}, version{"a", "", "2020-03-31", "PROCESSED"}, 0},
		{"sent over processed", version{"z", "", "2020-03-31", "Processed"}, version{"a", "", "2020-03-31", "Sent"}, 0},
		{"greater SHA-256", version{"a", "2020-05-02", "2020-03-31", "Sent"}, version{"b", "2020-05-02", "2020-03-31", "sent"}, 1},
		{"upcoming is as far as unprocessed", version{"a", "", "2020-03-31", "Upcoming"}, version{"b", "", "2020-03-31", "Unprocessed"}, 1},
		{"in progress is as far as processed", version{"a", "", "2020-03-31", "Processed"}, version{"b", "", "2020-03-31", "In Progress"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			holding := func(v version, amount string) file {
				l := coop("E1", "2020-03-10", amount)
				l.calculated, l.status = v.calculated, v.status
				other := coop("filler "+v.sha, v.newest, "0")
				other.typ = "Fee"
				return export(v.sha, l, other)
			}
			old, counts := holding(c.old, "1"), holding(c.counts, "2")
			for _, files := range [][]file{{old, counts}, {counts, old}} {
				r := asOf("2020-07-15", files...).calculate(t)
				if got := onlyBalance(t, r).CoOp.String(); got != "2" {
					t.Errorf("%s: %s counts", c.name, map[string]string{"1": "the old version", "3": "both"}[got])
				}
				if findings(r, calc.VersionConflict) != c.conflict {
					t.Errorf("%s: %d conflicts, want %d", c.name, findings(r, calc.VersionConflict), c.conflict)
				}
				if findings(r, calc.Restated) != 1 && c.conflict == 0 {
					t.Errorf("%s: %d restatements are reported, want 1", c.name, findings(r, calc.Restated))
				}
			}
		})
	}
}

// Where single times of day are missing, "later" is no order: 10:00 < 12:00,
// and a bare day ties with both. 12:00 rules 10:00 out, then the files decide.
func TestBareDayBetweenTimesOfDay(t *testing.T) {
	for _, c := range []struct {
		name                 string
		morning, noon, plain string // newest earningDate of each one's file
		want                 string
	}{
		{"noon's file is newest", "2020-04-30", "2020-06-30", "2020-05-31", "2"},
		{"the bare day's file is newest", "2020-04-30", "2020-05-31", "2020-06-30", "3"},
		{"morning's file is newest, the bare day's next", "2020-06-30", "2020-04-30", "2020-05-31", "3"},
		{"morning's file is newest, noon's next", "2020-06-30", "2020-05-31", "2020-04-30", "2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, ids := range []string{"E1", ""} { // with ids, and as sheets without
				files := []file{
					dated("a", ids, "2020-05-02 10:00:00", c.morning, "1"),
					dated("b", ids, "2020-05-02 12:00:00", c.noon, "2"),
					dated("c", ids, "2020-05-02", c.plain, "3"),
				}
				for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
					a := asOf("2020-07-15")
					for i, at := range order {
						f := files[at]
						f.name = fmt.Sprint(i)
						a.files = append(a.files, f)
					}
					if got := march(a.calculate(t)); got != c.want {
						t.Errorf("%s, id %q, order %v: version %s counts, want %s", c.name, ids, order, got, c.want)
					}
				}
			}
		})
	}
}

// dated returns a file with a co-op row of March and a fee that makes it reach to
// a later date.
func dated(sha, id, calculated, newest, amount string) file {
	l := coop(id, "2020-03-10", amount)
	filler := coop(id, newest, "0")
	filler.typ = "Fee"
	if id != "" {
		filler.id = "filler " + sha
	}
	l.calculated, filler.calculated = calculated, calculated
	return export(sha, l, filler)
}

// march returns the co-op of March 2020.
func march(r *calc.Result) string {
	for _, m := range r.Statements[0].Months {
		if m.Month == day("2020-03-01").Month() {
			return m.USD(calc.CoOp).String()
		}
	}
	return ""
}

func TestIdentity(t *testing.T) {
	id := func(id, typ string) line {
		l := coop(id, "2020-03-10", "1")
		l.typ = typ
		return l
	}
	for _, c := range []struct {
		name      string
		rows      []line
		counted   int
		conflicts int
	}{
		{"spellings of one kind", []line{id("A", "Coop"), id("A", "Co-op"), id("A", "COOP"), id("A", "co op")}, 1, 0},
		{"no type and a plain earning", []line{id("A", ""), id("A", "Earning")}, 1, 0},
		{"spellings of another type", []line{id("A", "Fee"), id("A", "FEE")}, 1, 0},
		{"two other types", []line{id("A", "Fee"), id("A", "Sell")}, 2, 1},
		{"rebate and co-op", []line{id("A", "Rebate"), id("A", "Coop")}, 2, 1},
		{"gross and split", []line{id("A", ""), id("A", "Rebate"), id("A", "Coop")}, 3, 1},
		{"ids are case-sensitive", []line{id("a", "Coop"), id("A", "Coop")}, 2, 0},
		{"ids are opaque", []line{id("01", "Coop"), id("1", "Coop"), id("1.0", "Coop")}, 3, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var files []file
			for i, l := range c.rows {
				files = append(files, export(fmt.Sprint(i), l))
			}
			for name, a := range map[string]archive{"one file": asOf("2020-07-15", export("a", c.rows...)), "a file each": asOf("2020-07-15", files...)} {
				r := a.calculate(t)
				if r.Totals.By[calc.Counted] != c.counted || findings(r, calc.TypeConflict) != c.conflicts {
					t.Errorf("%s, %s: %d count with %d conflicts, want %d with %d", c.name, name,
						r.Totals.By[calc.Counted], findings(r, calc.TypeConflict), c.counted, c.conflicts)
				}
			}
		})
	}
}

// What run.json says of rows: counted, duplicates, superseded, repeated, skipped.
func TestFatesOfRows(t *testing.T) {
	row := func(calculated, amount string) line {
		l := coop("E1", "2020-03-10", amount)
		l.calculated = calculated
		return l
	}
	claimed, rolled := coop("E2", "2020-03-10", "5"), coop("E3", "2020-03-10", "5")
	claimed.claimID, rolled.reason, rolled.typ = "CL-1", "Co-op Rollover", "Rebate"
	total := export("a", row("", "1"))
	total.totals = 2
	for _, c := range []struct {
		name   string
		files  []file
		fatesA [5]int // of file "a"
	}{
		{"one row", []file{export("a", row("", "1"))}, [5]int{1, 0, 0, 0, 0}},
		{"Growth: three lines of one earning", []file{export("a", row("", "1"), row("", "1"), row("", "1"))}, [5]int{1, 0, 0, 2, 0}},
		{"two versions in one file", []file{export("a", row("2020-04-01", "1"), row("2020-05-01", "2"))}, [5]int{1, 0, 1, 0, 0}},
		{"overlap", []file{export("a", row("2020-04-01", "1")), export("b", row("2020-04-01", "1"))}, [5]int{0, 1, 0, 0, 0}},
		{"overlap, the greater SHA-256", []file{export("a", row("2020-04-01", "1")), export("0", row("2020-04-01", "1"))}, [5]int{1, 0, 0, 0, 0}},
		{"replaced by a newer version", []file{export("a", row("2020-04-01", "1")), export("b", row("2020-05-01", "2"))}, [5]int{0, 0, 1, 0, 0}},
		{"Growth overlaps", []file{export("a", row("", "1"), row("", "1")), export("b", row("", "1"), row("", "1"))}, [5]int{0, 1, 0, 1, 0}},
		{"after the as-of date", []file{export("a", coop("E1", "2020-08-01", "1"), coop("E2", "2020-07-31", "1"))}, [5]int{1, 0, 0, 0, 1}},
		{"claim payment and transfer to rebate", []file{export("a", claimed, rolled)}, [5]int{0, 0, 0, 0, 2}},
		{"total rows", []file{total}, [5]int{1, 0, 0, 0, 2}},
		{"no rows", []file{export("a")}, [5]int{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf("2020-07-31", c.files...).calculate(t)
			if got := fates(r, "a"); got != c.fatesA {
				t.Errorf("%s: %v, want %v", c.name, got, c.fatesA)
			}
		})
	}
}

// Versions come first: a version calculated after the as-of date counts, and
// when it moved the earning past the as-of date, no older one takes its place.
func TestVersionsBeforeAsOf(t *testing.T) {
	old, moved := coop("E1", "2020-06-30", "1"), coop("E1", "2020-07-01", "2")
	old.calculated, moved.calculated = "2020-06-30", "2020-07-05"
	r := asOf("2020-06-30", export("a", old), export("b", moved)).calculate(t)
	if len(r.Balances()) != 0 || fates(r, "a") != [5]int{0, 0, 1, 0, 0} || fates(r, "b") != [5]int{0, 0, 0, 0, 1} {
		t.Errorf("%d balances, fates %v and %v", len(r.Balances()), fates(r, "a"), fates(r, "b"))
	}
	if findings(r, calc.AfterAsOf) != 1 {
		t.Errorf("%d lines say what is left out, want 1", findings(r, calc.AfterAsOf))
	}
	if got := onlyBalance(t, asOf("2020-07-01", export("a", old), export("b", moved)).calculate(t)); got.CoOp.String() != "2" || got.Period.String() != "FY21H1" {
		t.Errorf("%s has %s", got.Period, got.CoOp)
	}
}

// Identity is the id and the kind alone: a version may move an earning to
// another participant, program, currency or month.
func TestVersionMovesAnEarning(t *testing.T) {
	old := coop("E1", "2020-03-10", "100")
	old.calculated = "2020-04-01"
	for name, change := range map[string]func(*line){
		"participant": func(l *line) { l.participant = "4712" },
		"program":     func(l *line) { l.program = "CSP Indirect Provider" },
		"period":      func(l *line) { l.date = "2019-12-31" },
		"month":       func(l *line) { l.date = "2020-04-10" },
		"currency":    func(l *line) { l.currency = "EUR" },
	} {
		t.Run(name, func(t *testing.T) {
			newer := old
			newer.calculated = "2020-05-01"
			change(&newer)
			r := asOf("2020-07-15", export("a", old), export("b", newer)).calculate(t)
			b := onlyBalance(t, r)
			if b.CoOp.String() != "100" || b.Statement.Participant != newer.participant || b.FundCurrency != newer.currency {
				t.Errorf("%s: %s in %s for %s", name, b.CoOp, b.FundCurrency, b.Statement.Participant)
			}
			if findings(r, calc.Restated) != 1 {
				t.Errorf("%s: %d restatements are reported, want 1", name, findings(r, calc.Restated))
			}
		})
	}
	same := old
	same.calculated = "2020-05-01"
	if r := asOf("2020-07-15", export("a", old), export("b", same)).calculate(t); findings(r, calc.Restated) != 0 {
		t.Error("an unchanged earning that was calculated again is reported as restated")
	}
}

func TestStamps(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "2020-05-02", -1}, {"2020-05-01 23:59:59", "2020-05-02", -1}, {"2020-05-02", "2020-05-02", 0},
		{"2020-05-02", "2020-05-02 10:00:00", 0}, {"2020-05-02 00:00:00", "2020-05-02", 0},
		{"2020-05-02 10:00:00", "2020-05-02 10:00:01", -1}, {"2020-05-02 10:00:00", "2020-05-02 10:00:00", 0},
	} {
		t.Run(c.a, func(t *testing.T) {
			sign := func(n int) int { return min(1, max(-1, n)) }
			if got := sign(stamp(c.a).Compare(stamp(c.b))); got != c.want || sign(stamp(c.b).Compare(stamp(c.a))) != -c.want {
				t.Errorf("%q against %q: %d, want %d", c.a, c.b, got, c.want)
			}
			if stamp(c.a).String() != c.a || stamp(c.b).String() != c.b {
				t.Errorf("%q and %q come back as %q and %q", c.a, c.b, stamp(c.a), stamp(c.b))
			}
		})
	}
}

// The same money in another role is another version: it is an error where
// nothing shows which is newer, and a restatement where something does.
func TestVersionsThatDifferInRole(t *testing.T) {
	lever := rule{first: "2020-01-01", share: "0.7", threshold: "4000", levers: []string{"A"}, grace: 45}
	for _, c := range []struct {
		name   string
		change func(*line)
		rules  []rule
		differ bool
	}{
		{"rollover", func(l *line) { l.reason = "Co-op Rollover" }, nil, true},
		{"payment of a claim", func(l *line) { l.claimID = "C1" }, nil, true},
		{"adjustment", func(l *line) { l.reason = "Adjustment" }, nil, true},
		{"lever of another rule", func(l *line) { l.lever = "A" }, []rule{lever}, true},
		{"lever of the same rule", func(l *line) { l.lever = "A" }, nil, false},
		{"word for the same reason", func(l *line) { l.reason = "n/a" }, nil, false},
	} {
		for _, newer := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, newer %t", c.name, newer), func(t *testing.T) {
				one, other := coop("E1", "2020-03-15", "5000"), coop("E1", "2020-03-15", "5000")
				one.lever, other.lever = "L", "L"
				one.calculated, other.calculated = "2020-07-05", "2020-07-05"
				if newer {
					other.calculated = "2020-08-05"
				}
				c.change(&other)
				a := asOf("2020-09-30", export("a", one), export("b", other))
				a.rules = c.rules
				r := a.calculate(t)
				conflicts, restated := 0, 0
				if c.differ {
					restated = 1
					if !newer {
						conflicts = 1
					}
				}
				if got := findings(r, calc.VersionConflict); got != conflicts {
					t.Errorf("%d conflicts, want %d", got, conflicts)
				}
				if got := findings(r, calc.Restated); got != restated {
					t.Errorf("%d restatements, want %d", got, restated)
				}
			})
		}
	}
}
