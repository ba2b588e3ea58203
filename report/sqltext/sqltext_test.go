package sqltext

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the expected statements")

// The statements are held against the program by "make bench", which runs them;
// here a change of their text is seen.
func TestStatements(t *testing.T) {
	for _, name := range append(Names(), "duckdb-parquet", "clickhouse-parquet", "spark-parquet") {
		t.Run(name, func(t *testing.T) {
			exports := "exports/*.csv"
			dialect, stored := strings.CutSuffix(name, "-parquet")
			if stored {
				exports = "books/state/earnings/*.parquet"
			}
			var got strings.Builder
			if err := Write(&got, dialect, exports); err != nil {
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

func TestRefusesWhatItCannotWrite(t *testing.T) {
	for _, c := range []struct{ dialect, exports, want string }{
		{"oracle", "exports/*.csv", `dialect "oracle" is not known: use duckdb, clickhouse, spark`},
		{"duckdb", "o'hara/*.csv", "has a quote"},
		{"spark", `C:\exports\*.csv`, "use a path with forward slashes"},
		{"clickhouse", "a\n.csv", "control character"},
	} {
		t.Run(c.dialect, func(t *testing.T) {
			var got strings.Builder
			err := Write(&got, c.dialect, c.exports)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Write(%s, %q): %v, want an error with %q", c.dialect, c.exports, err, c.want)
			}
			if got.Len() > 0 {
				t.Errorf("Write(%s, %q) wrote a statement beside its error", c.dialect, c.exports)
			}
		})
	}
}
