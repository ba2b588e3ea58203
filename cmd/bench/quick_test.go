package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMain lets this test program be bench itself, which starts itself for its
// single steps.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-test.") {
		main()
		return
	}
	os.Exit(m.Run())
}

// "bench -quick" measures every target that it is asked for, compares the answers
// and says which peers are missing: all, whatever this machine has. Rounds of hours
// have it measure all targets, with the peers that are there.
func TestQuick(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "cspcoop")
	if out, err := exec.Command("go", "build", "-ldflags", "-s -w", "-o", program, "cspcoop/cmd/cspcoop").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	args := []string{"-quick", "-cspcoop", program, "-fixtures", filepath.Join("..", "..", "fixtures")}
	env := append(os.Environ(), "TMPDIR="+t.TempDir())
	if os.Getenv("CSPCOOP_SOAK") == "" {
		args = append(args, "-only", "→ balances")
		env = append(env, "PATH="+t.TempDir())
	}
	bench := exec.Command(self, args...)
	bench.Env = env
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
