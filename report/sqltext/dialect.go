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
	stored  string // the Parquet files of a workspace's store as a table; likewise
	open    string // what has to be run before that; likewise
	text    string // of a date or a number; NULL stays
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
		stored:  "read_parquet(%s, filename = true)",
		text:    "CAST(%s AS VARCHAR)",
		file:    "filename",
		matches: "regexp_matches(%s, %s)",
		without: "regexp_replace(%s, %s, '')",
		refuse:  "CASE WHEN %s THEN error(%s) ELSE true END",
	},
	{
		Name:    "clickhouse",
		rows:    "file(%s, 'CSVWithNames', '" + columnTypes("String") + "')",
		stored:  "file(%s, 'Parquet')",
		text:    "toString(%s)",
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
		rows: "exports",
		open: `CREATE OR REPLACE TEMPORARY VIEW exports
USING parquet OPTIONS (path %s);

`,
		stored:  "exports",
		text:    "CAST(%s AS STRING)",
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
// Microsoft's names (cspcoop help columns).
var columns = strings.Fields(`earningId participantId participantName partnerCountryCode programName engagementName lever earningType
	earningDate calculationDate transactionCurrency earningAmount earningAmountUSD paymentId paymentStatus reasonCode claimId`)

// storedFile is the path of a row's file among storedRows.
const storedFile = "parquetFile"

// storedRows returns the rows of a workspace's store with the texts of an export:
// the store has its dates as dates and its amounts as decimals, beside which it
// keeps the text of those that are longer.
func (d Dialect) storedRows() string {
	var list []string
	for _, name := range columns {
		text := name
		switch name {
		case "earningDate":
			text = fmt.Sprintf(d.text, name)
		case "calculationDate":
			text = fmt.Sprintf("coalesce(concat(%s, CASE WHEN calculationTime = '' THEN '' ELSE concat(' ', calculationTime) END), '')", fmt.Sprintf(d.text, name))
		case "earningAmount", "earningAmountUSD":
			written := fmt.Sprintf(d.text, name)
			text = fmt.Sprintf("CASE WHEN %[1]sExact <> '' THEN %[1]sExact WHEN position('.' IN %[2]s) > 0 THEN trim(TRAILING '.' FROM trim(TRAILING '0' FROM %[2]s)) ELSE %[2]s END", name, written)
		}
		list = append(list, text+" AS "+name)
	}
	return "(SELECT " + d.file + " AS " + storedFile + ", " + strings.Join(list, ",\n                 ") + "\n          FROM " + d.stored + ")"
}

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
