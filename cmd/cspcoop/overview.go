package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/report/wording"
)

// printOutcome ends a run with what was taken, refused and decided, and the next
// deadlines.
func (a *app) printOutcome(done *outcome) {
	s := styleOf(a.stdout)
	words := wording.English()
	rows := 0
	for _, f := range done.taken {
		rows += f.rows
	}
	fmt.Fprintf(a.stdout, "%s\n", s.bold("As of "+words.Date(done.result.AsOf)))
	if n := len(done.taken); n > 0 {
		fmt.Fprintf(a.stdout, "  taken    %s with %s\n", plural(words, n, "file"), plural(words, rows, "row"))
	}
	for _, r := range done.refused {
		fmt.Fprintf(a.stdout, "  %s  %s: %s; see rejected/%s.reason.txt\n", s.urgent("refused"), visible(r.path), plural(words, r.faults.Total, "fault"), visible(r.moved))
	}
	printFigures(a.stdout, done.result, words)
	fmt.Fprintf(a.stdout, "\nStatements: %s\n", done.folder)
}

func plural(words *wording.Words, n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return words.Count(n) + " " + noun
}

// printFigures prints what was decided, by urgency, and what wants a look.
func printFigures(w io.Writer, r *calc.Result, words *wording.Words) {
	s := styleOf(w)
	if len(r.Statements) == 0 {
		fmt.Fprintln(w, "\nNothing is archived yet: drop earnings exports into inbox/ and run again.")
		return
	}
	g := &grid{right: map[int]bool{4: true, 5: true}}
	g.add(s.faint, "Participant", "Program", "Earned in", "Decision", "Co-op USD", "To claim", "By")
	for _, b := range urgentFirst(r) {
		var paint func(string) string
		claim, by := "", ""
		if b.Window == calc.WindowOpen {
			claim = words.Money(b.AtRisk()) + " " + b.FundCurrency
			by = words.Weekday(b.ClaimDeadline) + ", " + words.Days(b.DaysLeft)
			switch {
			case b.AtRisk().IsZero():
			case b.DaysLeft <= 14:
				paint = s.urgent
			case b.DaysLeft <= 60:
				paint = s.soon
			}
		}
		g.add(paint, b.Statement.Participant, b.Statement.Program, words.Period(b.Period), words.Decision(b), words.Money(b.CoOp), claim, by)
	}
	fmt.Fprintln(w)
	g.print(w, width(w), 1)
	var count [calc.Error + 1]int
	for _, f := range r.Findings {
		count[f.Severity]++
	}
	if count[calc.Error]+count[calc.Warning] > 0 {
		fmt.Fprintf(w, "\n%s and %s want a look: exceptions.csv\n", plural(words, count[calc.Error], "error"), plural(words, count[calc.Warning], "warning"))
	}
}

// recentBalances is how many balances the terminal lists that need nothing done.
const recentBalances = 12

// urgentFirst lists balances as a finance person needs them: open claims by
// deadline, then what accrues, then the newest of the rest.
func urgentFirst(r *calc.Result) []*calc.Balance {
	list := r.Balances()
	slices.SortStableFunc(list, func(a, b *calc.Balance) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), byDeadline(a, b), b.Period.Compare(a.Period))
	})
	quiet := slices.IndexFunc(list, func(b *calc.Balance) bool { return rank(b) == 2 })
	if quiet >= 0 && len(list) > quiet+recentBalances {
		list = list[:quiet+recentBalances]
	}
	return list
}

func rank(b *calc.Balance) int {
	switch {
	case b.Window == calc.WindowOpen:
		return 0
	case b.Decision == calc.Accruing:
		return 1
	}
	return 2
}

func byDeadline(a, b *calc.Balance) int {
	if a.Window != calc.WindowOpen {
		return 0
	}
	return a.ClaimDeadline.Compare(b.ClaimDeadline)
}
