package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

// smallCommands change a workspace in one small step, which must happen or not.
var smallCommands = map[string][]string{
	"withdraw": {"withdraw", "1", "--by", "Adele Vance", "--reason", "wrong tenant"},
	"seal":     {"seal", crashAsOf, "--by", "Adele Vance"},
}

// smallStage returns a copy of a workspace with two receipts and a statement set.
func smallStage(t *testing.T) string {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	s := &stage{dir: filepath.Join(shared, "small"), asOf: crashAsOf}
	if !made.small {
		copyWorkspace(t, s.dir)
		s.drop(t, map[string]string{"a.csv": "guide/guide-5000.csv", "b.csv": "guide/guide-claim/earnings.csv"})
		mustRun(t, exitDone, s.args(s.dir)...)
		made.small = true
	}
	return s.fork(t)
}

// afterSmall is what a workspace holds, but for when it was sealed.
func afterSmall(t *testing.T, dir string) map[string]string {
	t.Helper()
	now := snapshot(t, dir)
	for name := range now {
		if strings.HasSuffix(name, ".seal.json") {
			now[name] = "sealed"
		}
	}
	return now
}

// disturbSmall calls disturb for every disk operation of every small command, and
// checks what is left: the step was made or not, and trying again makes it.
func disturbSmall(t *testing.T, disturb func(t *testing.T, dir string, args []string, n int)) {
	t.Helper()
	base := smallStage(t)
	before := afterSmall(t, base)
	fork := func(t *testing.T) string {
		dir := filepath.Join(t.TempDir(), "books")
		if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	try := func(dir string, args []string, d disk.Disk) (int, string) {
		var errs bytes.Buffer
		a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs, disk: d}
		status := a.execute(context.Background(), append(args, "--workspace", dir))
		return status, errs.String()
	}
	for name, args := range smallCommands {
		dir, counting := fork(t), faulty.New(disk.OS())
		if status, said := try(dir, args, counting); status != exitDone {
			t.Fatalf("%s: status %d: %s", name, status, said)
		}
		after := afterSmall(t, dir)
		if len(counting.Ops()) < 3 || maps.Equal(before, after) {
			t.Fatalf("%s does nothing: %v", name, counting.Ops())
		}
		if dirty := counting.Dirty(); len(dirty) > 0 {
			t.Errorf("%s: a power failure could undo %v", name, dirty)
		}
		for n := range counting.Ops() {
			t.Run(fmt.Sprintf("%s/%d", name, n+1), func(t *testing.T) {
				dir := fork(t)
				disturb(t, dir, args, n+1)
				// The next attempt makes the step, or finds it made.
				if status, said := try(dir, args, faulty.New(disk.OS())); status != exitDone && status != exitUsage {
					t.Errorf("the next attempt: status %d: %s", status, said)
				}
				if got := afterSmall(t, dir); !maps.Equal(got, after) {
					t.Errorf("left is\n%v\nwant\n%v", got, after)
				}
				mustRun(t, exitDone, "verify", "--workspace", dir)
			})
		}
	}
}

// TestEveryFaultOfSmallCommands lets every disk operation fail in each way.
func TestEveryFaultOfSmallCommands(t *testing.T) {
	t.Parallel()
	for _, fault := range faulty.Faults {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			disturbSmall(t, func(t *testing.T, dir string, args []string, n int) {
				var errs bytes.Buffer
				d := faulty.New(disk.OS(), faulty.FailAt(n, fault))
				a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs, disk: d}
				status := a.execute(context.Background(), append(args, "--workspace", dir))
				if op := d.Ops()[n-1]; status != exitFailed && op.Name != "remove" {
					t.Errorf("%s failed, and the status is %d: %s", op, status, errs.String())
				}
			})
		})
	}
}

// TestSmallCommandsKilledAtEveryOperation kills the process ahead of each change.
func TestSmallCommandsKilledAtEveryOperation(t *testing.T) {
	t.Parallel()
	disturbSmall(t, func(t *testing.T, dir string, args []string, n int) {
		cmd := exec.Command("cspcoop-crash", append(args, "--workspace", dir)...)
		cmd.Env = append(os.Environ(), crashAtVariable+"="+strconv.Itoa(n))
		if cmd.Run() == nil {
			t.Error("the command was not killed")
		}
	})
}

// TestReadersChangeNothing runs every command that only looks on a workspace with
// something in its inbox; none makes a change.
func TestReadersChangeNothing(t *testing.T) {
	t.Parallel()
	dir := smallStage(t)
	s := &stage{dir: dir}
	s.drop(t, map[string]string{"c.csv": "broken/amount-text.csv", "register.csv": "guide/guide-claim/claims-register.csv"})
	before := sumsBelow(t, dir)
	d := faulty.New(disk.OS())
	for _, args := range [][]string{
		{"run", "--dry-run", "--as-of", "2019-11-30"}, {"status", "--as-of", crashAsOf}, {"diff", crashAsOf, crashAsOf}, {"verify"},
		{"explain", "--as-of", crashAsOf, "--sample", "3"}, {"check", filepath.Join(dir, "inbox")},
	} {
		a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, disk: d}
		if status := a.execute(context.Background(), append(args, "--workspace", dir)); status != exitDone && status != exitRefused {
			t.Errorf("cspcoop %s: status %d", strings.Join(args, " "), status)
		}
	}
	if ops := d.Ops(); len(ops) > 0 || !maps.Equal(sumsBelow(t, dir), before) {
		t.Errorf("something changed: %v", ops)
	}
}
