package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

// The test binary runs itself again as the process that is killed: in this folder, at this operation, or else
// with a dot on its output for every operation.
const (
	crashDirVariable = "CSPCOOP_TEST_CRASH_DIR"
	crashAtVariable  = "CSPCOOP_TEST_CRASH_AT"
	// soakVariable, when set, asks for the long round.
	soakVariable = "CSPCOOP_SOAK"
)

func TestMain(m *testing.M) {
	dir := os.Getenv(crashDirVariable)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := runToBeKilled(dir, os.Getenv(crashAtVariable)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func runToBeKilled(dir, at string) error {
	hook := func(int, faulty.Op) { fmt.Print(".") }
	if at != "" {
		last, err := strconv.Atoi(at)
		if err != nil {
			return err
		}
		hook = func(n int, _ faulty.Op) {
			if n == last {
				faulty.Kill()
			}
		}
	}
	return receiveAll(faulty.New(disk.OS(), faulty.Before(hook)), workspaceAt(dir))
}

// receiveAll is one run: bad files are rejected, all others received.
func receiveAll(d disk.Disk, folders Folders) error {
	in, err := Start(d, folders)
	if err != nil {
		return err
	}
	defer in.Close()
	found, err := in.Inbox.Scan(context.Background(), &stillClock{now: received}, 0)
	if err != nil {
		return err
	}
	for _, f := range found.Files {
		c, err := in.Copy(f)
		if err != nil {
			return err
		}
		if strings.Contains(f.Path, "bad") {
			_, err = in.Reject(c, []byte("the amount is missing\n"))
		} else {
			_, err = in.Receive(c, "earnings", received)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// crowded is a workspace with three files to receive, two of them alike, and one to refuse whose name is taken.
func crowded(t *testing.T) Folders {
	t.Helper()
	folders := workspace(t)
	drop(t, folders, "a.csv", "first")
	drop(t, folders, "sub/bad.csv", "bad")
	drop(t, folders, "sub/b.csv", "second")
	drop(t, folders, "\xff\n.csv", "first")
	taken := filepath.Join(folders.Rejected, "sub", "bad.csv")
	err := errors.Join(
		os.MkdirAll(filepath.Dir(taken), 0o750),
		os.WriteFile(taken, []byte("an earlier one"), 0o640),
		os.WriteFile(taken+reasonEnding, []byte("an earlier reason"), 0o640),
	)
	if err != nil {
		t.Fatal(err)
	}
	return folders
}

// complete is what every run must end in, disturbed or not.
func complete() map[string]string {
	return map[string]string{
		"archive/" + sumOf("first"):  "first",
		"archive/" + sumOf("second"): "second",
		"archive/index.csv": indexOf(
			Receipt{Number: 1, Received: received, Name: "a.csv", SHA256: sumOf("first"), Kind: "earnings"},
			Receipt{Number: 2, Received: received, Name: "sub/b.csv", SHA256: sumOf("second"), Kind: "earnings"},
			Receipt{Number: 3, Received: received, Name: `\xff\n.csv`, SHA256: sumOf("first"), Kind: "earnings"},
		),
		"rejected/sub/bad.csv":              "an earlier one",
		"rejected/sub/bad.csv.reason.txt":   "an earlier reason",
		"rejected/sub/bad-2.csv":            "bad",
		"rejected/sub/bad-2.csv.reason.txt": "the amount is missing\n",
	}
}

func isComplete(t *testing.T, folders Folders) bool {
	t.Helper()
	return maps.Equal(faulty.Tree(t, filepath.Dir(folders.Inbox)), complete())
}

func mustComplete(t *testing.T, folders Folders) {
	t.Helper()
	if got := faulty.Tree(t, filepath.Dir(folders.Inbox)); !maps.Equal(got, complete()) {
		t.Fatalf("left is %q,\nwant %q", got, complete())
	}
}

func TestReceiveAll(t *testing.T) {
	folders := crowded(t)
	if err := receiveAll(disk.OS(), folders); err != nil {
		t.Fatal(err)
	}
	mustComplete(t, folders)
}

// originalsKept checks that every original is somewhere, whole.
func originalsKept(t *testing.T, folders Folders) {
	t.Helper()
	left := map[string]bool{}
	for _, content := range faulty.Tree(t, filepath.Dir(folders.Inbox)) {
		left[content] = true
	}
	for _, original := range []string{"first", "second", "bad", "an earlier one"} {
		if !left[original] {
			t.Errorf("original %q is lost", original)
		}
	}
}

func TestEveryFaultOfEveryOperation(t *testing.T) {
	faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
		folders := crowded(t)
		err := receiveAll(d, folders)
		originalsKept(t, folders)
		if err == nil && !isComplete(t, folders) {
			t.Error("no error, but the run is not complete")
		}
		if err := receiveAll(faulty.New(disk.OS()), folders); err != nil {
			t.Fatalf("the next run: %v", err)
		}
		mustComplete(t, folders)
	})
}

// Faults of the recovery itself: the first run is stopped in the middle of its second receipt.
func TestEveryFaultOfRecovery(t *testing.T) {
	stop := errors.New("stop")
	faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
		folders := crowded(t)
		func() {
			defer func() {
				if r := recover(); r != nil && r != stop { //nolint:errorlint // the value of a panic, not an error
					panic(r)
				}
			}()
			removed := 0
			crashing := faulty.New(disk.OS(), faulty.Before(func(_ int, op faulty.Op) {
				if strings.HasPrefix(op.Path, folders.Inbox) && op.Name == "remove" {
					if removed++; removed == 2 {
						panic(stop)
					}
				}
			}))
			t.Error("the first run was not stopped: ", receiveAll(crashing, folders))
		}()
		if err := receiveAll(d, folders); err == nil && !isComplete(t, folders) {
			t.Error("no error, but the run is not complete")
		}
		originalsKept(t, folders)
		if err := receiveAll(faulty.New(disk.OS()), folders); err != nil {
			t.Fatalf("the next run: %v", err)
		}
		mustComplete(t, folders)
	})
}

// Nothing leaves the inbox while a power failure could still undo what stands in for it.
func TestNothingLeavesTheInboxBeforeAllIsFlushed(t *testing.T) {
	folders := crowded(t)
	var d *faulty.Disk
	left := 0
	d = faulty.New(disk.OS(), faulty.Before(func(_ int, op faulty.Op) {
		leaves := strings.HasPrefix(op.Path, folders.Inbox) && (op.Name == "remove" || op.Name == "rename")
		if !leaves {
			return
		}
		left++
		if dirty := d.Dirty(); len(dirty) > 0 {
			t.Errorf("%v while %v is not flushed", op, dirty)
		}
	}))
	if err := receiveAll(d, folders); err != nil {
		t.Fatal(err)
	}
	if dirty := d.Dirty(); left != 4 || len(dirty) > 0 {
		t.Errorf("%d files left the inbox, not flushed at the end: %v", left, dirty)
	}
}

func killed(t *testing.T, folders Folders, at string) (cmd *exec.Cmd, stdout io.Reader) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self)
	cmd.Env = append(os.Environ(), crashDirVariable+"="+filepath.Dir(folders.Inbox), crashAtVariable+"="+at)
	cmd.Stderr = os.Stderr
	if stdout, err = cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, stdout
}

func afterKill(t *testing.T, folders Folders) {
	t.Helper()
	originalsKept(t, folders)
	if err := receiveAll(faulty.New(disk.OS()), folders); err != nil {
		t.Fatalf("the run after the kill: %v", err)
	}
	mustComplete(t, folders)
}

func TestKilledAtEveryOperation(t *testing.T) {
	counting := faulty.New(disk.OS())
	if err := receiveAll(counting, crowded(t)); err != nil {
		t.Fatal(err)
	}
	for n := range counting.Ops() {
		t.Run(strconv.Itoa(n+1), func(t *testing.T) {
			folders := crowded(t)
			cmd, _ := killed(t, folders, strconv.Itoa(n+1))
			if cmd.Wait() == nil {
				t.Fatal("the run was not killed")
			}
			afterKill(t, folders)
		})
	}
}

func TestKilledAtRandomMoments(t *testing.T) {
	rounds := 25
	if os.Getenv(soakVariable) != "" {
		rounds = 500
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range rounds {
		folders := crowded(t)
		cmd, stdout := killed(t, folders, "")
		dots := make([]byte, random.IntN(70))
		// A run that ends before so many operations is a kill that came too late: that must do no harm either.
		if _, err := io.ReadFull(stdout, dots); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		afterKill(t, folders)
	}
}

// Whatever state/ held, the archive alone decides: without it a file is at worst received again.
func TestCrashAndLostState(t *testing.T) {
	counting := faulty.New(disk.OS())
	if err := receiveAll(counting, crowded(t)); err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	for last := range counting.Ops() {
		folders := crowded(t)
		func() {
			defer func() {
				if r := recover(); r != nil && r != stop { //nolint:errorlint // the value of a panic, not an error
					panic(r)
				}
			}()
			hook := func(n int, _ faulty.Op) {
				if n == last+1 {
					panic(stop)
				}
			}
			t.Error("the run was not stopped: ", receiveAll(faulty.New(disk.OS(), faulty.Before(hook)), folders))
		}()
		if err := os.RemoveAll(folders.State); err != nil {
			t.Fatal(err)
		}
		if err := receiveAll(faulty.New(disk.OS()), folders); err != nil {
			t.Fatalf("stopped at %d: %v", last+1, err)
		}
		archive, err := OpenArchive(folders)
		if err != nil {
			t.Fatal(err)
		}
		files, _, err := archive.Files(0)
		if err != nil || len(files) != 2 || files[0].Name != `\xff\n.csv` || files[1].Name != "sub/b.csv" {
			t.Errorf("stopped at %d: archived are %+v, %v", last+1, files, err)
		}
		for _, f := range files {
			if err := archive.Check(f.SHA256); err != nil {
				t.Errorf("stopped at %d: %v", last+1, err)
			}
		}
	}
}
