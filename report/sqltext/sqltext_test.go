package sqltext

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cspcoop/calc"
)

var update = flag.Bool("update", false, "rewrite the expected statements")

// The statements are compared with the program by "make bench", which runs them;
// here a change of their text is seen.
func TestStatements(t *testing.T) {
	levers := calc.Rules{{Name: "levers", Levers: []string{"Azure"}}}
	for name, s := range map[string]Statement{
		"duckdb":             {Dialect: "duckdb"},
		"clickhouse":         {Dialect: "clickhouse"},
		"spark":              {Dialect: "spark"},
		"duckdb-parquet":     {Dialect: "duckdb", Exports: "books/state/earnings/*.parquet"},
		"clickhouse-parquet": {Dialect: "clickhouse", Exports: "books/state/earnings/*.parquet"},
		"spark-parquet":      {Dialect: "spark", Exports: "books/state/earnings/*.parquet"},
		"duckdb-levers":      {Dialect: "duckdb", Rules: levers, ClaimRows: calc.ClaimRowsEarn},
		"duckdb-by":          {Dialect: "duckdb", By: []string{"paymentstatus", " lever", "earningDate", "programName"}},
	} {
		t.Run(name, func(t *testing.T) {
			if s.Exports == "" {
				s.Exports = "exports/*.csv"
			}
			var got strings.Builder
			if err := s.Write(&got); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".sql")
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != string(want) {
				t.Errorf("the statement differs from %s; look at it, then run the test with -update:\n%s", golden, got.String())
			}
		})
	}
}

// Each column that can be grouped by is grouped by in every step, whichever
// others are.
func TestGroupsByWhatIsAskedFor(t *testing.T) {
	for at, name := range Columns() {
		t.Run(name, func(t *testing.T) {
			for _, by := range [][]string{{name}, {strings.ToUpper(name)}, {name, Columns()[(at+1)%len(Columns())]}, Columns()} {
				var got strings.Builder
				if err := (Statement{Dialect: "duckdb", Exports: "*.csv", By: by}).Write(&got); err != nil {
					t.Fatal(err)
				}
				_, last, _ := strings.Cut(got.String(), "\nSELECT ")
				rows, keys, _ := strings.Cut(last, "\nGROUP BY ")
				key, _, found := strings.Cut(rows, " AS "+name)
				key = key[strings.LastIndexAny(key, " \n")+1:]
				if !found || !strings.HasPrefix(key, "counted_") || strings.Count(keys, key) != 1 {
					t.Errorf("--by %v: %s is %q, and not grouped by once in:\n%s", by, name, key, keys)
				}
			}
		})
	}
}

func TestRefusesWhatItCannotWrite(t *testing.T) {
	for name, c := range map[string]struct {
		Statement
		want string
	}{
		"dialect":   {Statement{Dialect: "oracle", Exports: "exports/*.csv"}, `dialect "oracle" is not known: use duckdb, clickhouse, spark`},
		"quote":     {Statement{Dialect: "duckdb", Exports: "o'hara/*.csv"}, "has a quote"},
		"backslash": {Statement{Dialect: "spark", Exports: `C:\exports\*.csv`}, "use a path with forward slashes"},
		"control":   {Statement{Dialect: "clickhouse", Exports: "a\n.csv"}, "control character"},
		"column":    {Statement{Dialect: "duckdb", By: []string{"lever", "paymentState"}}, `no column "paymentState" to group by; did you mean "paymentStatus"? It takes participantName, partnerCountryCode, lever`},
		"sum":       {Statement{Dialect: "duckdb", By: []string{"earningAmount"}}, `no column "earningAmount"`},
		"no name":   {Statement{Dialect: "duckdb", By: []string{"lever", ""}}, "--by: a name is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			var got strings.Builder
			err := c.Write(&got)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want an error with %q", err, c.want)
			}
			if got.Len() > 0 {
				t.Error("it wrote a statement beside its error")
			}
		})
	}
}
