package main

import (
	"strings"

	"cspcoop/report/sqltext"

	"github.com/spf13/cobra"
)

func (a *app) sqlCommand() *cobra.Command {
	s := sqltext.Statement{}
	cmd := &cobra.Command{
		Use:   "sql",
		Short: "Print the query for those whose exports live in a database engine",
		Long: `sql prints one statement that picks the version of each earning that counts
from raw exports, or from the Parquet files of a workspace's state/earnings, and
sums them up to a Summarized export. Save its rows as a CSV
file with a header and drop that into an inbox: cspcoop run gives the same
balances as for the exports themselves. The statement says what it takes for
granted.

It groups by what decides money: participant, program, engagement, month,
currency, type and what a row counts as (earning, adjustment, transfer, payment
of a claim); and by lever where a rule of the workspace names levers. --by adds
other columns: ` + strings.Join(sqltext.Columns(), ", ") + `.
It needs no workspace; without one, the rules of the guide apply.`,
		Example: `  # For DuckDB, from Partner Center's CSV files
  cspcoop sql --dialect duckdb --exports 'exports/*.csv'

  # For ClickHouse, from the store of a workspace
  cspcoop sql --dialect clickhouse --exports 'books/state/earnings/*.parquet'

  # With what payments are compared by, and the rules of a workspace
  cspcoop sql --by paymentId,paymentStatus --workspace books`,
		RunE: func(*cobra.Command, []string) error {
			w, err := a.openForCheck()
			if err != nil {
				return err
			}
			s.Rules, s.ClaimRows = w.policy.Rules, w.policy.ClaimRows
			var statement strings.Builder
			if err := s.Write(&statement); err != nil {
				return usageError{err}
			}
			_, err = a.stdout.Write([]byte(statement.String()))
			return err
		},
	}
	cmd.Flags().StringVar(&s.Dialect, "dialect", sqltext.Names()[0], "`ENGINE` to write for: "+strings.Join(sqltext.Names(), ", "))
	cmd.Flags().StringVar(&s.Exports, "exports", "exports/*.csv", "`PATTERN` of the exports' paths, as the engine reads it; *.parquet for those of a store")
	cmd.Flags().StringSliceVar(&s.By, "by", nil, "further `COLUMNS` to group by, with commas between them")
	complete(cmd, "dialect", cobra.FixedCompletions(sqltext.Names(), cobra.ShellCompDirectiveNoFileComp))
	complete(cmd, "by", cobra.FixedCompletions(sqltext.Columns(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}
