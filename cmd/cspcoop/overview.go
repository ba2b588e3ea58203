package main

import (
	"fmt"
	"io"
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/lists"
)

// printOutcome ends a run with what was taken, refused and decided, and the next
// deadlines.
func (a *app) printOutcome(done *outcome) {
	s := styleOf(a.stdout)
	rows := 0
	for _, f := range done.taken {
		rows += f.rows
	}
	fmt.Fprintf(a.stdout, "%s\n", s.bold("As of "+english.Date(done.result.AsOf)))
	if n := len(done.taken); n > 0 {
		fmt.Fprintf(a.stdout, "  taken    %s with %s\n", plural(n, "file"), plural(rows, "row"))
	}
	for _, r := range done.refused {
		fmt.Fprintf(a.stdout, "  %s  %s: %s; see rejected/%s.reason.txt\n", s.urgent("refused"), visible(r.path), plural(r.faults.Total, "fault"), visible(r.moved))
	}
	printFigures(a.stdout, done.result)
	fmt.Fprintf(a.stdout, "\nStatements: %s\n", done.folder)
	if done.result.Journal == nil {
		fmt.Fprintln(a.stdout, noJournal)
	}
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return english.Count(n) + " " + noun
}

// nothing says why there are no figures.
func nothing(r *calc.Result) string {
	if len(r.Sources) == 0 {
		return "Nothing is archived yet: drop earnings exports into inbox/ and run again."
	}
	return fmt.Sprintf("No earning is dated on or before %s: run with a later --as-of, or drop earlier exports into inbox/.", english.Date(r.AsOf))
}

// printFigures prints what was decided, by urgency, and what needs review.
func printFigures(w io.Writer, r *calc.Result) {
	s := styleOf(w)
	if len(r.Statements) == 0 {
		fmt.Fprintln(w, "\n"+nothing(r))
		return
	}
	for _, a := range english.Leading(r.Findings, true) {
		fmt.Fprintln(w)
		paragraph(w, s.urgent, 0, 0, a.Headline+" "+a.Detail)
	}
	g := &grid{right: map[int]bool{4: true, 6: true}}
	g.add(s.faint, "Participant", "Program", "Earned in", "State", "Co-op USD", "By", "Days")
	list, more := urgentFirst(r)
	for _, b := range list {
		var paint func(string) string
		decision, by, days := english.Decision(b), "", ""
		if b.Window == calc.WindowOpen {
			decision = english.T("Claim %s", english.Amount(b.AtRisk(), b.FundCurrency))
			by, days = english.ShortDate(b.ClaimDeadline), english.Count(b.DaysLeft)
			if b.AtRisk().IsZero() {
				decision = english.Action(b).Headline
			} else {
				paint = [...]func(string) string{calc.DueLater: nil, calc.DueSoon: s.soon, calc.DueNow: s.urgent}[r.Policy.Claims.Due(b.DaysLeft)]
			}
		}
		if b.Window == calc.WindowUpcoming {
			decision, by = english.T("Claim %s from %s", english.Amount(b.AtRisk(), b.FundCurrency), english.ShortDate(b.ClaimsOpen)), english.ShortDate(b.ClaimDeadline)
		}
		if lost := b.Forfeited.Decimal; lost.IsPositive() {
			decision = english.T("Forfeited %s", english.Amount(lost, b.FundCurrency))
		}
		g.add(paint, b.Statement.Participant, b.Statement.Program, english.Months(b.Period), decision, english.Money(b.CoOp), by, days)
	}
	fmt.Fprintln(w)
	g.print(w, width(w), 1, 6, 4, 2, 5)
	if more > 0 {
		paragraph(w, nil, 2, 4, fmt.Sprintf("… and %s more, about which nothing has to be done, in balances.csv", english.Count(more)))
	}
	printOtherwise(w, r)
	if controls := english.Controls(r.TieOuts); controls != "" {
		fmt.Fprintln(w)
		paragraph(w, nil, 0, 2, controls)
	}
	var count [calc.Error + 1]int
	for _, f := range r.Findings {
		count[f.Severity()]++
	}
	if count[calc.Error]+count[calc.Warning] > 0 {
		fmt.Fprintln(w)
		paragraph(w, nil, 0, 2, plural(count[calc.Error], "error")+" and "+plural(count[calc.Warning], "warning")+" need review: exceptions.csv")
		printCauses(w, r)
	}
}

// causesShown is how many causes of findings are named in a terminal.
const causesShown = 6

// printCauses names what needs review, one line for one cause: the worst first,
// and of these the largest amount.
func printCauses(w io.Writer, r *calc.Result) {
	causes := slices.DeleteFunc(lists.Causes(r.Statements, r.Findings), func(c lists.Cause) bool { return c.Severity() == calc.Info })
	g := grid{right: map[int]bool{1: true, 4: true}, bare: true}
	for _, c := range causes[:min(causesShown, len(causes))] {
		money := ""
		if c.USD.IsPositive() {
			money = english.Amount(c.USD, "USD")
		}
		g.add(nil, "", english.Count(c.Count), string(c.Code()), english.Code(c.Code()), money)
	}
	g.print(w, width(w), 3)
	if more := len(causes) - causesShown; more > 0 {
		fmt.Fprintf(w, "  … and %s\n", plural(more, "other cause"))
	}
}

// printOtherwise names the balances that the published rules would decide
// differently, and the word that puts them in force.
func printOtherwise(w io.Writer, r *calc.Result) {
	if len(r.Otherwise) == 0 {
		return
	}
	fmt.Fprintln(w)
	paragraph(w, nil, 0, 0, "The published rules would decide differently:")
	for i, o := range r.Otherwise {
		if i == quietBalances {
			paragraph(w, nil, 2, 4, fmt.Sprintf("… and %s more, in exceptions.csv (%s)", english.Count(len(r.Otherwise)-i), calc.NewerThreshold))
			break
		}
		b := o.Balance
		paragraph(w, nil, 2, 4, fmt.Sprintf("%s, %s, %s: %s of co-op", b.Statement.Participant, b.Statement.Program, english.Months(b.Period), english.Amount(o.CoOp, "USD")))
		paragraph(w, nil, 4, 6, english.Decision(b)+"; published: "+english.State(calc.State{Decision: o.Decision}))
	}
	paragraph(w, nil, 0, 0, english.EnablePublished())
}

// quietBalances is how many balances the terminal lists that need nothing done.
const quietBalances = 12

// urgentFirst lists balances by what has to be done, and only some of
// those that need nothing done; more is how many it leaves out.
func urgentFirst(r *calc.Result) (list []*calc.Balance, more int) {
	list = lists.Funds(r.Balances())
	quiet := slices.IndexFunc(list, func(b *calc.Balance) bool {
		return !b.Window.Claimable() && b.Decision != calc.Accruing
	})
	if quiet >= 0 && len(list) > quiet+quietBalances {
		more = len(list) - quiet - quietBalances
		list = list[:quiet+quietBalances]
	}
	return list, more
}
