package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"testing"
)

// entries are the lines of the sample configuration that show an entry.
var entries = regexp.MustCompile(`(?m)^# ?([a-z_]+ = |\[)`)

// FuzzConfig opens a workspace under any configuration: it is refused as an error
// of the configuration, or read the same way each time, down to the schedule.
func FuzzConfig(f *testing.F) {
	sample, err := os.ReadFile("cspcoop.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sample)
	f.Add(entries.ReplaceAll(sample, []byte("$1")))
	for _, seed := range []string{
		"", "settle = \"0s\"\n[rates]\nEUR = 1.08\n\"EUR/NOK\" = \"11.5\"\nGBP = { 2020-01-01 = 1.3 }\n",
		"[[rules]]\nfirst_period = \"FY22H1\"\ncoop_share = 0.40\nthreshold = 1e3\ncomparison = \"reaches\"\ngrace_days = 45\n",
		"[columns]\nearningAmount = [\"Provision\"]\n[entities]\n\"A\" = [\"1\", \"1\"]\n[limits]\nmax_rows = -1\n",
		"[schedule]\nwhen = \"business-day 5 06:00\"\nholidays = [\"2020-12-25\"]\n[claims]\nwarn_days = [90, 1]\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, config []byte) {
		if len(config) > 1<<16 {
			return
		}
		dir := t.TempDir()
		writeTest(t, filepath.Join(dir, "cspcoop.toml"), config)
		w, err := openWorkspace(dir)
		var wrong usageError
		switch {
		case errors.As(err, &wrong):
			return
		case err != nil:
			t.Fatalf("an error that is none of the configuration's: %v", err)
		}
		again, err := openWorkspace(dir)
		if err != nil || !reflect.DeepEqual(w.settings(), again.settings()) || !reflect.DeepEqual(w.policy, again.policy) {
			t.Fatalf("read again, it differs: %v", err)
		}
		if _, err := w.plan(); err != nil && !errors.As(err, &wrong) {
			t.Fatalf("the schedule's error is none of the configuration's: %v", err)
		}
	})
}
