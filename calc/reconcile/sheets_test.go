package reconcile_test

import (
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/versions"
)

// sheet returns a file without ids, received at a turn.
func sheet(name string, receipt int, rows ...line) file {
	f := export(name, rows...)
	f.receipt = receipt
	for i := range f.rows {
		f.rows[i].id = ""
	}
	return f
}

func TestSheetThatCounts(t *testing.T) {
	row := func(date, calculated, amount string) line {
		l := coop("", date, amount)
		l.calculated = calculated
		return l
	}
	for _, c := range []struct {
		name string
		a, b file // b must count in March
	}{
		{"newest calculationDate", sheet("z", 9, row("2020-03-31", "2020-04-30", "1"), row("2020-06-30", "", "0")), sheet("a", 1, row("2020-03-01", "2020-05-01", "2"))},
		{"a day beats none", sheet("z", 9, row("2020-03-31", "", "1"), row("2020-06-30", "", "0")), sheet("a", 1, row("2020-03-01", "2020-01-01", "2"))},
		{"the file's newest, on whatever row", sheet("z", 9, row("2020-03-31", "2020-04-30", "1")), sheet("a", 1, row("2020-03-01", "", "2"), row("2020-02-01", "2020-05-01", "0"))},
		{"newest earningDate", sheet("z", 9, row("2020-03-31", "", "1")), sheet("a", 1, row("2020-03-01", "", "2"), row("2020-04-01", "", "0"))},
		{"last received", sheet("z", 1, row("2020-03-31", "", "1")), sheet("a", 2, row("2020-03-31", "", "2"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := asOf("2020-07-15", c.a, c.b).calculate(t)
			if got := march(r); got != "2" {
				t.Errorf("%s: %s counts", c.name, got)
			}
			if findings(r, calc.SheetReplaced) != 1 {
				t.Errorf("%s: %d replacements are reported, want 1", c.name, findings(r, calc.SheetReplaced))
			}
			for _, f := range r.Findings {
				if f.Code() == calc.SheetReplaced && !f.Money().Amount.Equal(money("1")) {
					t.Errorf("%s behind it, want the difference of 1", f.Money().Amount)
				}
			}
		})
	}
}

// A sheet replaces another one for a participant's month in a program, and
// nothing else of it.
func TestSheetsReplaceMonthByMonth(t *testing.T) {
	april, other, elsewhere := coop("", "2020-04-30", "20"), coop("", "2020-03-31", "300"), coop("", "2020-03-31", "4000")
	other.participant, elsewhere.program = "4712", "CSP Indirect Provider"
	euro := coop("", "2020-03-01", "7")
	euro.currency = "EUR"
	newer := coop("", "2020-03-15", "2")
	newer.calculated = "2020-07-01"
	r := asOf("2020-07-15",
		sheet("old", 1, coop("", "2020-03-31", "1"), euro, april, other, elsewhere),
		sheet("new", 2, newer, newer),
	).calculate(t)
	var sum string
	for _, b := range r.Balances() {
		sum += b.Statement.Participant + " " + b.Statement.Program + " " + b.CoOp.String() + "\n"
	}
	want := "4711 CSP Indirect Provider 4000\n4711 CSP Indirect Reseller 24\n4712 CSP Indirect Reseller 300\n"
	if sum != want {
		t.Errorf("got\n%swant\n%s", sum, want)
	}
	if got := fates(r, "old"); got != [5]int{3, 0, 2, 0, 0} {
		t.Errorf("the old sheet's rows: %v", got)
	}
	if got := fates(r, "new"); got != [5]int{2, 0, 0, 0, 0} {
		t.Errorf("identical rows of a sheet all count: %v", got)
	}
}

func TestFormsNeverAddUp(t *testing.T) {
	identified := coop("E1", "2020-03-10", "10")
	for _, c := range []struct {
		name     string
		sheet    line
		coop     string
		fates    [5]int
		disagree int
	}{
		{"the same month and total", coop("", "2020-03-31", "10"), "10", [5]int{0, 1, 0, 0, 0}, 0},
		{"the same month, another total", coop("", "2020-03-31", "10.01"), "10", [5]int{0, 1, 0, 0, 0}, 1},
		{"another month", coop("", "2020-04-30", "10"), "20", [5]int{1, 0, 0, 0, 0}, 0},
	} {
		for _, receipts := range [][2]int{{1, 2}, {2, 1}} {
			e := export("ids", identified)
			e.receipt = receipts[0]
			r := asOf("2020-07-15", e, sheet("sheet", receipts[1], c.sheet)).calculate(t)
			if b := onlyBalance(t, r); b.CoOp.String() != c.coop {
				t.Errorf("%s: %s counts, want %s", c.name, b.CoOp, c.coop)
			}
			if fates(r, "sheet") != c.fates || findings(r, calc.FormsDisagree) != c.disagree {
				t.Errorf("%s: the sheet's rows %v with %d warnings, want %v with %d", c.name, fates(r, "sheet"), findings(r, calc.FormsDisagree), c.fates, c.disagree)
			}
		}
	}
}

// An earning that a newer version moved out of a month no longer speaks for it.
func TestFormsGoByTheVersionThatCounts(t *testing.T) {
	old, moved := coop("E1", "2020-03-10", "10"), coop("E1", "2020-04-10", "10")
	old.calculated, moved.calculated = "2020-04-01", "2020-05-01"
	r := asOf("2020-07-15", export("a", old), export("b", moved), sheet("s", 1, coop("", "2020-03-31", "7"))).calculate(t)
	if b := onlyBalance(t, r); b.CoOp.String() != "17" {
		t.Errorf("%s counts, want 10 in April and 7 of the sheet in March", b.CoOp)
	}
}

// In one file, rows with ids and rows without keep to the same rule.
func TestFormsInOneFile(t *testing.T) {
	r := asOf("2020-07-15", export("a", coop("E1", "2020-03-10", "10"), coop("", "2020-03-31", "5"), coop("", "2020-04-30", "3"))).calculate(t)
	if b := onlyBalance(t, r); b.CoOp.String() != "13" {
		t.Errorf("%s counts, want 13", b.CoOp)
	}
}

func TestContradictionsWithinOneFile(t *testing.T) {
	row := func(id, typ, calculated, status, amount string) line {
		l := coop(id, "2020-03-10", amount)
		l.typ, l.calculated, l.status = typ, calculated, status
		return l
	}
	for _, c := range []struct {
		name                  string
		rows                  []line
		repeats, contradicted int
	}{
		{"Growth", []line{row("A", "Coop", "", "", "1"), row("A", "Coop", "", "", "1.00"), row("A", "Co-op", "", "", "1")}, 2, 0},
		{"two amounts", []line{row("A", "Coop", "", "", "1"), row("A", "Coop", "", "", "2")}, 0, 1},
		{"two amounts, the second twice", []line{row("A", "Coop", "", "", "1"), row("A", "Coop", "", "", "2"), row("A", "Coop", "", "", "2")}, 0, 2},
		{"another day shows which is newer", []line{row("A", "Coop", "2020-04-01", "", "1"), row("A", "Coop", "2020-04-02", "", "2")}, 0, 0},
		{"one time of day shows nothing", []line{row("A", "Coop", "2020-04-01", "", "1"), row("A", "Coop", "2020-04-01 10:00:00", "", "2")}, 0, 1},
		{"times of day show it", []line{row("A", "Coop", "2020-04-01 09:00:00", "", "1"), row("A", "Coop", "2020-04-01 10:00:00", "", "2")}, 0, 0},
		{"the status shows it", []line{row("A", "Coop", "", "Upcoming", "1"), row("A", "Coop", "", "Sent", "2")}, 0, 0},
		{"another type", []line{row("A", "Coop", "", "", "1"), row("A", "Rebate", "", "", "2")}, 0, 0},
		{"without ids", []line{row("", "Coop", "", "", "1"), row("", "Coop", "", "", "2")}, 0, 0},
		{"an older version, then two of one age", []line{row("A", "Coop", "2020-04-01", "", "1"), row("A", "Coop", "2020-04-02", "", "2"), row("A", "Coop", "2020-04-02", "", "3")}, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := export("a", c.rows...).typed().Earnings
			if got := len(versions.Repetitions(versions.Repeats(rows))); got != c.repeats {
				t.Errorf("%s: %d repetitions, want %d", c.name, got, c.repeats)
			}
			got := versions.Contradictions(versions.Repeats(rows))
			if len(got) != c.contradicted {
				t.Errorf("%s: %d contradictions, want %d", c.name, len(got), c.contradicted)
			}
			for _, p := range got {
				if p.Row() <= p.Other.Row() || p.Amount().Equal(p.Other.Amount()) {
					t.Errorf("%s: row %d contradicts row %d", c.name, p.Row(), p.Other.Row())
				}
			}
		})
	}
}
