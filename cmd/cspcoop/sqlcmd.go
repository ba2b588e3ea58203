package main

import (
	"strings"

	"cspcoop/report/sqltext"

	"github.com/spf13/cobra"
)

func (a *app) sqlCommand() *cobra.Command {
	var dialect, exports string
	cmd := &cobra.Command{
		Use:   "sql",
		Short: "Print the query for those whose exports live in a database engine",
		Long: `sql prints one statement that picks the version of each earning that counts
from raw exports, or from the Parquet files of a workspace's state/earnings, and
sums them up to a Summarized export. Save its rows as a CSV
file with a header and drop that into an inbox: cspcoop run gives the same
balances as for the exports themselves. The statement says what it takes for
granted.`,
		Example: `  # For DuckDB, from Partner Center's CSV files
  cspcoop sql --dialect duckdb --exports 'exports/*.csv'

  # For ClickHouse, from the store of a workspace
  cspcoop sql --dialect clickhouse --exports 'books/state/earnings/*.parquet'`,
		RunE: func(*cobra.Command, []string) error {
			var statement strings.Builder
			if err := sqltext.Write(&statement, dialect, exports); err != nil {
				return usageError{err}
			}
			_, err := a.stdout.Write([]byte(statement.String()))
			return err
		},
	}
	cmd.Flags().StringVar(&dialect, "dialect", sqltext.Names()[0], "`ENGINE` to write for: "+strings.Join(sqltext.Names(), ", "))
	cmd.Flags().StringVar(&exports, "exports", "exports/*.csv", "`PATTERN` of the exports' paths, as the engine reads it; *.parquet for those of a store")
	complete(cmd, "dialect", cobra.FixedCompletions(sqltext.Names(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}
