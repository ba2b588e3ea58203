package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestMain lets this test program be bench itself, which starts itself for its
// single steps. Short rounds find no peers, whatever this machine has.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-test.") {
		if os.Getenv("CSPCOOP_SOAK") == "" {
			os.Unsetenv("PATH")
		}
		main()
		return
	}
	os.Exit(m.Run())
}

// "bench -quick" measures every target that it is asked for, compares the answers
// and says which peers are missing. Rounds of hours have it measure all targets, with
// the peers that are there. "go run" keeps the program that it builds, and gives its
// path to bench.
func TestQuick(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{self, "-quick"}
	if os.Getenv("CSPCOOP_SOAK") == "" {
		args = append(args, "-only", "→ balances")
	}
	bench := exec.Command("go", "run", "-ldflags", "-s -w", "-exec", "'"+strings.Join(append(args, "-cspcoop"), "' '")+"'", "cspcoop/cmd/cspcoop")
	bench.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	var progress strings.Builder
	bench.Stderr = &progress
	out, err := bench.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, progress.String())
	}
	for _, want := range []string{
		`2000 rows, medians of 1 interleaved runs, .*go1\.`,
		`\| CSV → balances \| cspcoop \| \d+\.\d\d s \(\d+\.\d\d s CPU\), \d+ MB \|`,
		`\|  \| DuckDB \| missing: not installed: @duckdb/node-api \|`,
		`\|  \| peak memory \| \d+ MB \| ≤ 96 MB \| (met|missed: .*) \|`,
		`\| CSV, mixed → balances \| cspcoop \|`,
		`\|  \| cspcoop ÷ cspcoop on the first shape \| \d+\.\d\d × \| ≤ 1.25 × \|`,
	} {
		if !regexp.MustCompile(want).Match(out) {
			t.Errorf("nothing like %s in\n%s", want, out)
		}
	}
}
