package reconcile_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// version returns a row as it was calculated on a day.
func version(l line, calculated string, change func(l *line)) line {
	l.calculated = calculated
	if change != nil {
		change(&l)
	}
	return l
}

func TestRestatements(t *testing.T) {
	base := typed("Rebate", "E1", "2020-03-10", "100")
	for _, c := range []struct {
		name   string
		change func(l *line)
		want   []string
	}{
		{"amount", func(l *line) { l.amount, l.usd = "80.5", "80.5" }, []string{"warning 4711 FY20H2 b/2: earning E1 was restated: it was 100.00 USD in a row 2 and is 80.50 USD in b row 2; the newer version counts"}},
		{"USD alone", func(l *line) { l.usd = "99.125" }, []string{"it was 100.00 USD (100.00 USD) in a row 2 and is 100.00 USD (99.125 USD) in b row 2"}},
		{"month", func(l *line) { l.date = "2020-04-10" }, []string{"it was 100.00 USD in Mar 2020 in a row 2 and is 100.00 USD in Apr 2020 in b row 2"}},
		{"participant", func(l *line) { l.participant = "4712" }, []string{"warning 4712 FY20H2 b/2: earning E1 was restated: it was 100.00 USD for 4711 in a row 2 and is 100.00 USD for 4712 in b row 2"}},
		{"program", func(l *line) { l.program = "CSP Indirect Provider" }, []string{"in CSP Indirect Reseller in a row 2 and is 100.00 USD in CSP Indirect Provider in b row 2"}},
		{"day within the month", func(l *line) { l.date = "2020-03-31" }, nil},
		{"another spelling of the amount", func(l *line) { l.amount, l.usd = "100.00", "100.00" }, nil},
		{"status", func(l *line) { l.status = "Sent" }, nil},
		{"out of reach of the as-of date", func(l *line) { l.date, l.amount, l.usd = "2020-08-31", "1", "1" }, []string{"is 1.00 USD in Aug 2020 in b row 2"}},
	} {
		r := asOf("2020-07-31", export("a", version(base, "2020-04-01", nil), coop("E0", "2020-03-10", "1")), export("b", version(base, "2020-05-01", c.change))).calculate(t)
		expectFindings(t, c.name, r, calc.Restated, c.want...)
	}
	later := base
	later.date = "2020-08-10"
	r := asOf("2020-07-31", export("a", version(later, "2020-08-11", nil), coop("E0", "2020-03-10", "1")), export("b", version(later, "2020-08-12", func(l *line) { l.amount, l.usd = "1", "1" }))).calculate(t)
	expectFindings(t, "both versions after the as-of date", r, calc.Restated)
}

// All versions with other money are behind one restatement, the newest first.
func TestRestatementsEarlierVersions(t *testing.T) {
	row := func(calculated, amount string) line {
		return version(coop("E1", "2020-03-10", amount), calculated, nil)
	}
	r := asOf("2020-07-31", export("c", row("2020-06-01", "300")), export("a", row("2020-04-01", "100")), export("b", row("2020-05-01", "200")),
		export("d", row("2020-04-02", "100")), export("e", row("2020-03-31", "300"))).calculate(t)
	list := r.Statements[0].Changes.Restated
	if len(list) != 1 {
		t.Fatalf("%d restatements, want 1", len(list))
	}
	got := list[0].Counted.Amount().Decimal().String()
	for _, e := range list[0].Earlier {
		got += " " + e.Amount().Decimal().String() + e.Source().File
	}
	if got != "300 200b 100d" || calc.MovedUSD(list[0].Before(), list[0].Counted).String() != "100" {
		t.Errorf("%s, change %s", got, calc.MovedUSD(list[0].Before(), list[0].Counted))
	}
	expectFindings(t, "one finding", r, calc.Restated, "it was 200.00 USD in b row 2 and is 300.00 USD in c row 2")
}

// A thousand restated rows are one finding for each pair of files, statement
// and period, and all of them are listed and totalled.
func TestRestatementsAreGathered(t *testing.T) {
	var old, newer []line
	for i := range 1000 {
		typ := []string{"Rebate", "Coop"}[i%2]
		l := typed(typ, fmt.Sprint("E", 1000+i), "2020-03-10", "10")
		old = append(old, version(l, "2020-04-01", nil))
		newer = append(newer, version(l, "2020-05-01", func(l *line) { l.amount, l.usd = "9", "9" }))
	}
	moved := coop("M", "2020-07-01", "7")
	old, newer = append(old, version(moved, "2020-04-01", nil)), append(newer, version(moved, "2020-05-01", func(l *line) { l.date = "2020-03-01" }))
	r := asOf("2020-07-31", export("a", old...), export("b", newer...)).calculate(t)
	expectFindings(t, "gathered", r, calc.Restated,
		"FY20H2 b/2: 1,001 earnings of a were restated in b: together they were 10,007.00 USD and are now 9,007.00 USD, a difference of −1,000.00; the newer versions count (first: earning E1000 was 10.00 USD in a row 2 and is 9.00 USD)")
	changes := r.Statements[0].Changes
	if len(changes.Restated) != 1001 || len(changes.Periods) != 2 {
		t.Fatalf("%d restatements in %d periods", len(changes.Restated), len(changes.Periods))
	}
	for i, want := range []struct {
		restated     int
		rebate, coop string
	}{{1001, "-500", "-493"}, {1, "0", "-7"}} {
		p := changes.Periods[i]
		if p.Restated != want.restated || p.RestatedUSD[calc.Rebate].String() != want.rebate || p.RestatedUSD[calc.CoOp].String() != want.coop {
			t.Errorf("%s: %d earnings, rebate %s, co-op %s, want %+v", p.Period, p.Restated, p.RestatedUSD[calc.Rebate], p.RestatedUSD[calc.CoOp], want)
		}
	}
}

// The figures of two exports are those of the first, what the second one restated,
// and what only the second one has.
func TestRestatementsExplainTheFigures(t *testing.T) {
	everyArchive(t, lawRounds, func(t *testing.T, d dice, a archive) {
		a.asOf = "2099-12-31"
		var first, second []line
		added := decimal.Zero
		for i := range 200 {
			l := d.earning(i)
			l.id, l.claimID, l.reason, l.calculated = fmt.Sprint("e", i), "", "", "2030-01-01"
			newer := version(d.restate(l), "2030-02-01", nil)
			newer.claimID, newer.reason = "", "" // what is no earning any more is restated by all that it was
			switch d.IntN(4) {
			case 0:
				first = append(first, l)
			case 1:
				second = append(second, newer)
				added = added.Add(money(newer.usd))
			default:
				first, second = append(first, l), append(second, newer)
			}
		}
		a.files = []file{export("first", first...)}
		before := a.calculate(t)
		a.files = append(a.files, export("second", second...))
		after := a.calculate(t)
		restated, listed := decimal.Zero, decimal.Zero
		for _, s := range after.Statements {
			for _, p := range s.Changes.Periods {
				for _, usd := range p.RestatedUSD {
					restated = restated.Add(usd)
				}
			}
			for _, x := range s.Changes.Restated {
				if x.Counted.Participant() == s.Participant && calc.KeyOfProgram(x.Counted.Program()) == calc.KeyOfProgram(s.Program) {
					listed = listed.Add(calc.MovedUSD(x.Before(), x.Counted))
				}
			}
		}
		grown := figures(after).total.Sub(figures(before).total)
		if !grown.Equal(added.Add(restated)) || !listed.Equal(restated) {
			t.Errorf("figures grew by %s; %s are new, %s restated in total, %s listed", grown, added, restated, listed)
		}
	})
}

func TestStatusChanges(t *testing.T) {
	row := func(id, date, calculated, status string) line {
		return version(typed("Rebate", id, date, "10"), calculated, func(l *line) { l.status = status })
	}
	r := asOf("2020-07-31",
		export("a", row("E1", "2020-03-10", "2020-04-01", "Upcoming"), row("E2", "2020-03-10", "2020-04-01", "UPCOMING"), row("E3", "2020-03-10", "2020-04-01", ""), row("E4", "2020-03-10", "2020-04-01", "Sent"), row("E5", "2020-07-10", "2020-04-01", "In progress"), row("E6", "2020-03-10", "2020-04-01", "Upcoming")),
		export("b", row("E1", "2020-03-10", "2020-05-01", "Sent"), row("E2", "2020-03-10", "2020-05-01", "SENT"), row("E3", "2020-03-10", "2020-05-01", "Sent"), row("E4", "2020-03-10", "2020-05-01", "SENT"), row("E5", "2020-07-10", "2020-05-01", "Reversed"),
			version(row("E6", "2020-03-10", "2020-05-01", "Sent"), "2020-05-01", func(l *line) { l.amount, l.usd = "11", "11" })),
	).calculate(t)
	expectFindings(t, "by period", r, calc.StatusChanged,
		"info 4711 FY20H2 /0: 3 earnings changed in payment status only (2 from UPCOMING to SENT, 1 from none to Sent)",
		"FY21H1 /0: 1 earning changed in payment status only (1 from In progress to Reversed)")
	expectFindings(t, "a change of the amount is a restatement", r, calc.Restated, "earning E6")
	if got := r.Statements[0].Changes.Periods[0]; got.Statuses != 3 {
		t.Errorf("%d changes of status in %s", got.Statuses, got.Period)
	}
}

func TestClosedPeriodsThatChange(t *testing.T) {
	row := func(reason, date, amount string) line {
		l := coop(reason+date, date, amount)
		l.reason, l.calculated = reason, "2020-07-01"
		return l
	}
	inTime := row("Co-op Rollover", "2020-06-30", "-5")
	inTime.calculated = "2020-06-30"
	rebate := row("Co-op Rollover", "2020-06-30", "5")
	rebate.typ = "Rebate"
	for _, c := range []struct {
		name, asOf string
		rows       []line
		booked     int
		want       []string
	}{
		{"an adjustment of a period that is over", "2020-07-01", []line{row("Adjustment", "2020-06-30", "-5"), row("Adjustment", "2020-05-31", "2")}, 2, nil},
		{"on the period's last day", "2020-06-30", []line{row("Adjustment", "2020-06-30", "-5")}, 0, nil},
		{"of the running period", "2020-07-01", []line{row("Adjustment", "2020-07-01", "-5")}, 0, nil},
		{"a transfer has its own finding", "2020-07-01", []line{row("Co-op Rollover", "2020-06-30", "-5")}, 1, nil},
		{"calculated on the period's last day", "2020-07-01", []line{inTime}, 0, nil},
		{"a transfer that turned into rebate", "2020-07-01", []line{rebate, row("", "2020-06-30", "9")}, 0, nil},
		{"an ordinary earning", "2020-07-01", []line{row("", "2020-06-30", "-5")}, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf(c.asOf, export("a", c.rows...)).calculate(t)
			expectFindings(t, c.name, r, calc.ClosedPeriodAdjusted, c.want...)
			changes := r.Statements[0].Changes
			var adjusted, moved decimal.Decimal
			for _, p := range changes.Periods {
				adjusted, moved = adjusted.Add(p.AdjustedUSD), moved.Add(p.MovedUSD)
			}
			var sum decimal.Decimal
			for _, e := range changes.Booked {
				sum = sum.Add(e.USD().Decimal())
			}
			if len(changes.Booked) != c.booked || !sum.Equal(adjusted.Add(moved)) {
				t.Errorf("%s: %d rows of %s, totals %s and %s", c.name, len(changes.Booked), sum, adjusted, moved)
			}
		})
	}
}

// An adjustment is a finding when a set that was made after its period's end did
// not have it.
func TestAdjustmentsSinceTheLastSet(t *testing.T) {
	earned, early, late := coop("E1", "2020-03-31", "100"), coop("A1", "2020-05-31", "2"), coop("A2", "2020-06-30", "-5")
	early.reason, late.reason = "Adjustment", "Adjustment"
	again := early
	again.calculated = "2020-08-01"
	sheet := early
	sheet.id, sheet.program = "", "CSP Direct Bill Partner"
	newer := sheet
	newer.calculated = "2020-08-01"
	const want = "1 adjustment, −5.00 USD together: booked into FY20H2, which ended on 30 Jun 2020, after the statement of 15 Jul 2020"
	for _, c := range []struct {
		name      string
		lastAsOf  string // "" for no set
		then, now []line
		want      []string
	}{
		{"no set before", "", nil, []line{earned, late}, nil},
		{"the set was before the period's end", "2020-06-15", []line{earned}, []line{earned, late}, nil},
		{"new since the set", "2020-07-15", []line{earned, early}, []line{earned, early, late}, []string{want}},
		{"already in the set", "2020-07-15", []line{earned, early, late}, []line{earned, early, late}, nil},
		{"in the set, downloaded again", "2020-07-15", []line{earned, early}, []line{earned, again}, nil},
		{"in a sheet of the set, downloaded again", "2020-07-15", []line{earned, sheet}, []line{earned, newer}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var last *calc.LastSet
			files := []file{export("b", c.now...)}
			if c.lastAsOf != "" {
				files = append(files, export("a", c.then...))
				last = lastSet(asOf(c.lastAsOf, files[1]).calculate(t))
			}
			in := asOf("2020-08-15", files...).input()
			in.Last = last
			r := calculateInput(t, in)
			expectFindings(t, c.name, r, calc.ClosedPeriodAdjusted, c.want...)
		})
	}
}
