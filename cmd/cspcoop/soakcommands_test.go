//go:build soak && unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

// TestSoakCommands disturbs commands at random for CSPCOOP_SOAK_TIME: a process is
// killed from outside or at a disk operation, or a disk operation fails. What only
// reads must leave every byte; every tenth time a run has to succeed, everything has
// to verify, and the balances have to be those of a calm workspace with the same archive.
func TestSoakCommands(t *testing.T) {
	length := soakLength(t)
	base := demoWorkspace(t)
	random := rand.New(rand.NewPCG(20201105, 15))
	counts := map[string]int{}
	var dir string
	for round, end := 0, time.Now().Add(length); time.Now().Before(end); round++ {
		if round%60 == 0 {
			dir = filepath.Join(t.TempDir(), "books")
			if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
				t.Fatal(err)
			}
		}
		args, reads := someCommand(random)
		before := map[string]string{}
		if reads {
			before = sumsBelow(t, dir)
		}
		how := disturbCommand(t, random, append(args, "--workspace", dir))
		counts[args[0]+" "+how]++
		if reads && !maps.Equal(before, sumsBelow(t, dir)) {
			t.Fatalf("round %d: %v changed the workspace", round, args)
		}
		if round%10 == 9 {
			mustRun(t, exitDone, "run", "--as-of", soakAsOf, "--workspace", dir)
			mustRun(t, exitDone, "verify", "--workspace", dir)
			compareWithCalm(t, dir)
		}
	}
	t.Log(counts)
}

const soakAsOf = "2022-02-28"

func demoWorkspace(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	mustRun(t, exitDone, "demo", dir)
	return dir
}

// someCommand returns a command, and whether it only reads.
func someCommand(random *rand.Rand) (args []string, reads bool) {
	switch random.IntN(8) {
	case 0:
		return []string{"verify"}, true
	case 1:
		return []string{"run", "--dry-run", "--as-of", soakAsOf}, true
	case 2:
		return []string{"diff", "2022-01-31", "2022-01-31"}, true
	case 3:
		return []string{"status", "--as-of", soakAsOf}, true
	case 4:
		return []string{"withdraw", strconv.Itoa(1 + random.IntN(38)), "--by", "Adele Vance", "--reason", "wrong tenant"}, false
	case 5:
		return []string{"seal", "2022-01-31", "--by", "Adele Vance"}, false
	}
	return []string{"run", "--as-of", "2022-01-31"}, false
}

// disturbCommand runs a command, which a kill or a fault may end, and returns how.
func disturbCommand(t *testing.T, random *rand.Rand, args []string) string {
	t.Helper()
	cmd := exec.Command("cspcoop-crash", args...)
	switch random.IntN(3) {
	case 0:
		d := faulty.New(disk.OS(), faulty.FailAt(1+random.IntN(60), faulty.Faults[random.IntN(len(faulty.Faults))]))
		a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, disk: d}
		if a.execute(context.Background(), args) == exitDone {
			return "done"
		}
		return "failed"
	case 1:
		cmd.Env = append(os.Environ(), crashAtVariable+"="+strconv.Itoa(1+random.IntN(60)))
		if cmd.Run() == nil {
			return "done"
		}
		return "killed or failed"
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(random.IntN(500)) * time.Millisecond)
	_ = cmd.Process.Kill()
	if cmd.Wait() == nil {
		return "done"
	}
	return "killed or failed"
}

// compareWithCalm runs on a copy of what a workspace was given, and compares figures.
func compareWithCalm(t *testing.T, dir string) {
	t.Helper()
	calm := filepath.Join(t.TempDir(), "calm")
	defer os.RemoveAll(calm)
	for _, name := range []string{"archive", "inbox"} {
		if err := os.CopyFS(filepath.Join(calm, name), os.DirFS(filepath.Join(dir, name))); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		writeTest(t, filepath.Join(calm, filepath.Base(name)), content)
	}
	mustRun(t, exitDone, "run", "--as-of", soakAsOf, "--workspace", calm)
	for _, name := range []string{"balances.csv", "monthly.csv", "claims.csv", "payments.csv"} {
		got, err := os.ReadFile(filepath.Join(dir, "statements", soakAsOf, name))
		want, wantErr := os.ReadFile(filepath.Join(calm, "statements", soakAsOf, name))
		if errors.Is(err, fs.ErrNotExist) && errors.Is(wantErr, fs.ErrNotExist) { // what it lists was withdrawn
			continue
		}
		if err != nil || wantErr != nil || !bytes.Equal(got, want) {
			t.Fatalf("%s has other figures than in a calm workspace: %v %v", name, err, wantErr)
		}
	}
}
