package main

import (
	"fmt"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/cmd/cspcoop/setdiff"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"
)

func (a *app) diffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff AS-OF AS-OF",
		Short: "Show what differs between two statement sets",
		Long: `diff compares two statement sets by their files: funds, decisions, claims and
findings. Its exit status is 0 whether or not they differ.`,
		Example: `  # What changed from one month's end to the next
  cspcoop run --workspace books --as-of 2021-12-31
  cspcoop diff 2021-12-31 2022-01-31 --workspace books

  # The same for a program
  cspcoop diff 2021-12-31 2022-01-31 --workspace books --json`,
		Args:              takes(2, 2),
		ValidArgsFunction: a.asOfDates,
		RunE: a.opened(func(_ *cobra.Command, w *workspace, args []string) error {
			sets, err := publish.Sets(w.path("statements"))
			if err != nil {
				return err
			}
			var tables [2]*setdiff.Tables
			for i, text := range args {
				day, err := calc.ParseDate(text)
				if err != nil {
					return usageError{err}
				}
				if !slices.ContainsFunc(sets, func(s publish.Listed) bool { return s.AsOf == day.String() }) {
					return usage("there is no statement set of %s%s", day, instead(sets))
				}
				if tables[i], err = setdiff.Read(w.path("statements"), day.String()); err != nil {
					return err
				}
			}
			d := setdiff.Compare(tables[0], tables[1])
			return a.answer(d, func() { a.printDifference(fmt.Sprintf("From %s to %s", d.From, d.To), d) })
		}),
	}
}

// instead names the sets that one could have meant.
func instead(sets []publish.Listed) string {
	const most = 12
	if len(sets) == 0 {
		return "; there is none yet"
	}
	var days []string
	for _, s := range sets[max(0, len(sets)-most):] {
		days = append(days, s.AsOf)
	}
	return "; use one of " + strings.Join(days, ", ")
}

// mostFields is how many fields of a new or vanished thing the terminal lists.
const mostFields = 6

// printDifference shows a difference within the terminal's width, below a title.
func (a *app) printDifference(title string, d *setdiff.Difference) {
	s := styleOf(a.stdout)
	say := func(indent, hang int, text string) { paragraph(a.stdout, nil, indent, hang, text) }
	fmt.Fprintln(a.stdout, s.bold(title))
	if d.Empty() {
		fmt.Fprintln(a.stdout, "  no fund, decision, claim or finding differs")
		return
	}
	head := func(n int, noun string) {
		if n > 0 {
			fmt.Fprintf(a.stdout, "\n%s\n", s.bold(plural(n, noun)))
		}
	}
	fields := func(change setdiff.Change, list []setdiff.Field) {
		shown := 0
		for _, f := range list {
			switch {
			case change == setdiff.Changed:
				say(4, 6, fieldName(f.Name)+": "+fieldText(f.Name, f.From)+" → "+fieldText(f.Name, f.To))
			case shown < mostFields && important[f.Name]:
				shown++
				say(4, 6, fieldName(f.Name)+": "+fieldText(f.Name, f.From+f.To))
			}
		}
	}
	head(len(d.Decisions), "decision")
	for _, x := range d.Decisions {
		say(2, 4, fmt.Sprintf("%s: %s → %s", fundText(x.FundKey), fieldText("decision", x.From), fieldText("decision", x.To)))
	}
	head(len(d.Funds), "fund")
	for _, x := range d.Funds {
		say(2, 4, fmt.Sprintf("%s: %s", x.Change, fundText(x.FundKey)))
		fields(x.Change, x.Fields)
	}
	head(len(d.Claims), "claim")
	for _, x := range d.Claims {
		say(2, 4, fmt.Sprintf("%s: %s", x.Change, x.ID))
		fields(x.Change, x.Fields)
	}
	head(len(d.Findings), "finding")
	for i := 0; i < len(d.Findings); {
		text, same := findingText(d.Findings[i]), 0
		for ; i < len(d.Findings) && findingText(d.Findings[i]) == text; i++ {
			same++
		}
		if same > 1 {
			text += fmt.Sprintf(", %s times", english.Count(same))
		}
		say(2, 4, text)
	}
}

// important are the fields that say what a new or vanished fund or claim is about.
var important = map[string]bool{
	"coop_usd": true, "rebate_usd": true, "decision": true, "claim_deadline": true, "remaining_fund": true,
	"amount": true, "currency": true, "status": true, "approved_amount": true,
}

func fundText(k setdiff.FundKey) string {
	return k.Participant + ", " + k.Program + ", " + fieldText("earning_period", k.Period)
}

func findingText(x setdiff.Finding) string {
	return fmt.Sprintf("%s: %s, %s (%s)", x.Change, x.Severity, x.Message, x.Code)
}

// fieldNames are columns of balances.csv and claims.csv as people say them; others
// need only their underscores replaced.
var fieldNames = map[string]string{
	"coop_usd": "co-op (USD)", "rebate_usd": "rebate (USD)", "other_usd": "other (USD)", "threshold_usd": "threshold (USD)", "amount_usd": "amount (USD)",
	"coop_fund": "co-op in the fund", "claimed_fund": "claimed", "planned_fund": "planned by drafts", "remaining_fund": "remaining", "forfeited_fund": "forfeited",
	"fund_currency": "fund in", "claim_opens": "claims open on", "claim_deadline": "last day to claim", "poe": "proof of execution", "csr": "CSR", "csr_amount": "CSR amount",
}

func fieldName(name string) string {
	if said := fieldNames[name]; said != "" {
		return said
	}
	return strings.ReplaceAll(name, "_", " ")
}

// fieldText formats a value of balances.csv or claims.csv as documents do.
func fieldText(name, text string) string {
	money := strings.HasSuffix(name, "_usd") || strings.HasSuffix(name, "_fund") || strings.HasSuffix(name, "amount")
	amount, no := decimal.NewFromString(text)
	var decision calc.Decision
	switch period, err := calc.ParsePeriod(text); {
	case text == "":
		return "nothing"
	case money && no == nil:
		return calc.AmountText(amount)
	case strings.HasSuffix(name, "_period") && err == nil:
		return english.Period(period)
	case name == "decision" && decision.UnmarshalText([]byte(text)) == nil:
		return english.State(calc.State{Decision: decision})
	}
	return dateText(text)
}
