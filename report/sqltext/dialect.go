package sqltext

import (
	"fmt"
	"strings"
)

// Dialect is a database engine's way of saying the few things that the engines
// say differently. %s stands for an expression.
type Dialect struct {
	Name    string
	rows    string // the exports as a table; %s is the pattern of their paths
	prelude string // what has to be run before the statement; likewise
	file    string // the path of a row's file
	matches string // text, pattern (without backslashes, which engines escape differently)
	without string // text, pattern: the text less the first match
	refuse  string // condition, message: true, or the statement fails
}

// dialects is sourced from the engines' own references: DuckDB 1.5 (read_csv,
// error), ClickHouse 25 (file, throwIf), Spark 3.5 and 4 (CSV data source,
// assert_true).
var dialects = []Dialect{
	{
		Name: "duckdb",
		// The second half gives columns that no file has, as blanks.
		rows: `(SELECT * FROM read_csv(%s, header = true, delim = ',', quote = '"', escape = '"', all_varchar = true, union_by_name = true, filename = true)
           UNION ALL BY NAME SELECT ` + duckColumns() + ` WHERE false)`,
		file:    "filename",
		matches: "regexp_matches(%s, %s)",
		without: "regexp_replace(%s, %s, '')",
		refuse:  "CASE WHEN %s THEN error(%s) ELSE true END",
	},
	{
		Name:    "clickhouse",
		rows:    "file(%s, 'CSVWithNames', '" + columnTypes("String") + "')",
		file:    "_path",
		matches: "match(%s, %s)",
		without: "replaceRegexpOne(%s, %s, '')",
		refuse:  "throwIf(%s, %s) = 0",
	},
	{
		Name: "spark",
		prelude: `-- Spark reads columns by their position: one layout of columns in one view.
CREATE OR REPLACE TEMPORARY VIEW exports
USING csv OPTIONS (path %s, header true, multiLine true, escape '"');

`,
		rows:    "exports",
		file:    "input_file_name()",
		matches: "regexp_like(%s, %s)",
		without: "regexp_replace(%s, %s, '')",
		refuse:  "assert_true(NOT (%s), %s) IS NULL",
	},
}

// Names lists the dialects; the first is the default.
func Names() []string {
	var names []string
	for _, d := range dialects {
		names = append(names, d.Name)
	}
	return names
}

// columns are those of an earnings export that the statement reads, by
// Microsoft's names (exports.md).
var columns = strings.Fields(`earningId participantId participantName partnerCountryCode programName lever earningType
	earningDate calculationDate transactionCurrency earningAmount earningAmountUSD paymentId paymentStatus reasonCode claimId`)

func columnTypes(sqlType string) string {
	return strings.Join(columns, " "+sqlType+", ") + " " + sqlType
}

func duckColumns() string {
	return "NULL::VARCHAR AS " + strings.Join(columns, ", NULL::VARCHAR AS ")
}

// quoted makes text a string literal of any dialect.
func quoted(text string) (string, error) {
	if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r == '\'' || r == '\\' }); i >= 0 {
		return "", fmt.Errorf("%q has a quote, a backslash or a control character, which engines read differently: use a path with forward slashes", text)
	}
	return "'" + text + "'", nil
}
