package main

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strconv"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/disk"
	"cspcoop/importer/inbox"

	"github.com/spf13/cobra"
)

// folders has a shell list folders.
func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// completionExamples are in the help of the command that cobra makes.
const completionExamples = `  # bash, for every new shell
  cspcoop completion bash > ~/.local/share/bash-completion/completions/cspcoop

  # PowerShell, for every new window
  cspcoop completion powershell >> $PROFILE`

// complete has a shell ask for the values of a flag.
func complete(cmd *cobra.Command, flag string, values cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, values); err != nil {
		panic(err) // there is no such flag
	}
}

// asOfDates lists the days that there are statement sets of, newest first.
func (a *app) asOfDates(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	sets, err := publish.Sets(filepath.Join(a.dir(), "statements"))
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var days []string
	for _, s := range slices.Backward(sets) {
		note := ""
		if s.Seal != nil {
			note = "sealed by " + s.Seal.By
		}
		days = append(days, cobra.CompletionWithDesc(s.AsOf, note))
	}
	return days, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// receipts lists the receipts that can be withdrawn, newest first.
func (a *app) receipts(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	archive, err := inbox.OpenArchive((&workspace{dir: a.dir()}).folders())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	received, err := archive.Receipts(0)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var numbers []string
	for _, r := range slices.Backward(received) {
		if r.Kind != inbox.KindWithdrawal {
			numbers = append(numbers, cobra.CompletionWithDesc(strconv.Itoa(r.Number), r.Name))
		}
	}
	return numbers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// completeExplain completes the figure to explain from the tables of the newest
// statement set, which is quick: the archive is not read.
func (a *app) completeExplain(cmd *cobra.Command, f *explainFlags) {
	from := func(file, column, description string) cobra.CompletionFunc {
		return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			chosen := map[string]string{"participant_id": f.participant, "program": f.program}
			for i, value := range args[:min(len(args), 2)] {
				chosen[[]string{"participant_id", "program"}[i]] = value
			}
			delete(chosen, column)
			return a.distinct(file, column, description, chosen), cobra.ShellCompDirectiveNoFileComp
		}
	}
	positions := []cobra.CompletionFunc{
		from("balances.csv", "participant_id", "participant_name"), from("balances.csv", "program", ""), from("balances.csv", "earning_period", "decision"),
	}
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= len(positions) {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return positions[len(args)](cmd, args, typed)
	}
	for i, flag := range []string{"participant", "program", "period"} {
		complete(cmd, flag, positions[i])
	}
	complete(cmd, "month", from("monthly.csv", "month", ""))
	complete(cmd, "currency", from("monthly.csv", "currency", ""))
	complete(cmd, "engagement", cobra.NoFileCompletions)
	complete(cmd, "figure", cobra.FixedCompletions(reconcile.Figures(), cobra.ShellCompDirectiveNoFileComp))
	var codes []string
	for _, note := range calc.CodeNotes() {
		codes = append(codes, string(note.Code))
	}
	complete(cmd, "finding", cobra.FixedCompletions(codes, cobra.ShellCompDirectiveNoFileComp))
	complete(cmd, "type", cobra.FixedCompletions([]string{"rebate", "coop", "other"}, cobra.ShellCompDirectiveNoFileComp))
}

// distinct lists the values of a column in a table of the newest statement set, of
// the rows that agree with what is chosen, by column, each with a description from
// another column. What cannot be read completes nothing.
func (a *app) distinct(file, column, description string, chosen map[string]string) (values []string) {
	statements := filepath.Join(a.dir(), "statements")
	sets, err := publish.Sets(statements)
	if err != nil || len(sets) == 0 {
		return nil
	}
	content, err := disk.ReadFile(filepath.Join(statements, sets[len(sets)-1].AsOf, file))
	if err != nil {
		return nil
	}
	rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil
	}
	cell := func(row []string, name string) string {
		if i := slices.Index(rows[0], name); i >= 0 {
			return row[i]
		}
		return ""
	}
	seen := map[string]bool{}
next:
	for _, row := range rows[1:] {
		for name, value := range chosen {
			if value != "" && calc.KeyOfProgram(cell(row, name)) != calc.KeyOfProgram(value) {
				continue next
			}
		}
		if value := cell(row, column); !seen[value] {
			seen[value] = true
			values = append(values, cobra.CompletionWithDesc(value, cell(row, description)))
		}
	}
	return values
}
