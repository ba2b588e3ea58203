package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
	"cspcoop/report"
)

// soak asks for the long rounds.
var soak = os.Getenv("CSPCOOP_SOAK") != ""

// rounds returns how often a suite repeats itself; under the race detector a short
// one does a tenth.
func rounds(short, long int) int {
	switch {
	case soak:
		return long
	case raceDetector:
		return max(1, short/10)
	}
	return short
}

// A stage is a workspace just before the run that is disturbed, and what that
// run must come to, be it at once or after any number of failures.
type stage struct {
	name    string
	dir     string
	asOf    string
	options []faulty.Option // of the disk that the run meets
	env     []string        // the same for another process
	before  map[string]string
	after   map[string]string
	ops     int      // disk operations of an undisturbed run
	kept    keptSets // what undisturbed runs and killed ones came to
}

const crashAsOf = "2019-10-15"

// crashFiles is what is in the inbox of a stage, from fixtures/: good files in
// sub-folders, the same bytes twice, a refused one and a claims register.
var crashFiles = map[string]string{
	"contoso/2019/earnings.csv": "guide/guide-claim/earnings.csv",
	"contoso/again.csv":         "guide/guide-claim/earnings.csv",
	"broken/march.csv":          "broken/amount-text.csv",
	"register.csv":              "guide/guide-claim/claims-register.csv",
}

// crashEarlier is what the set that is replaced was made of.
var crashEarlier = map[string]string{"guide.csv": "guide/guide-5000.csv"}

// made are the stages that there are, by their names.
var made struct {
	sync.Mutex
	stages map[string]*stage
	small  bool // smallStage's
}

// stages are a first run, one that replaces a set, and one that replaces a set
// where the system cannot exchange folders.
func stages(t *testing.T) []*stage {
	t.Helper()
	return []*stage{
		newStage(t, "first", nil),
		newStage(t, "replaced", crashEarlier),
		newStage(t, "replaced in steps", crashEarlier, faulty.WithoutExchange()),
	}
}

// eachOperation calls test for every disk operation of every stage. Short rounds
// do one in so many of them, the stages taking turns; under the race detector,
// which looks for something else and is ten times slower, few.
func eachOperation(t *testing.T, oneIn int, test func(s *stage, n int)) {
	t.Helper()
	switch {
	case soak:
		oneIn = 1
	case raceDetector:
		oneIn *= 20
	}
	for i, s := range stages(t) {
		for n := 1; n <= s.ops; n++ {
			if (n+i)%oneIn == 0 {
				test(s, n)
			}
		}
	}
}

// newStage makes a stage whose earlier set was made of earlier files, if any; tests
// share it.
func newStage(t *testing.T, name string, earlier map[string]string, options ...faulty.Option) *stage {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if s := made.stages[name]; s != nil {
		return s
	}
	s := &stage{name: name, dir: filepath.Join(shared, name), asOf: crashAsOf, options: options, kept: keptSets(filepath.Join(shared, "kept"))}
	copyWorkspace(t, s.dir)
	if err := os.MkdirAll(string(s.kept), 0o700); err != nil {
		t.Fatal(err)
	}
	if len(earlier) > 0 {
		s.drop(t, earlier)
		if status, said := s.again(s.dir, disk.OS()); status != exitDone {
			t.Fatalf("the earlier run: status %d: %s", status, said)
		}
	}
	if !soak {
		s.env = append(s.env, keptVariable+"="+string(s.kept))
	}
	if len(options) > 0 {
		s.env = append(s.env, inStepsVariable+"=1")
	}
	s.drop(t, crashFiles)
	s.before = snapshot(t, s.dir)
	dir := s.fork(t)
	undisturbed := faulty.New(disk.OS(), options...)
	if status, said := s.again(dir, undisturbed); status != exitRefused {
		t.Fatalf("the undisturbed run: status %d: %s", status, said)
	}
	s.after, s.ops = snapshot(t, dir), len(undisturbed.Ops())
	if made.stages == nil {
		made.stages = map[string]*stage{}
	}
	made.stages[name] = s
	return s
}

func (s *stage) drop(t *testing.T, files map[string]string) {
	t.Helper()
	for name, fixture := range files {
		content, err := os.ReadFile(filepath.Join("..", "..", "fixtures", filepath.FromSlash(fixture)))
		if err != nil {
			t.Fatal(err)
		}
		dropFile(t, s.dir, name, content)
	}
}

// fork returns a copy of the stage's workspace.
func (s *stage) fork(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "books")
	if err := os.CopyFS(dir, os.DirFS(s.dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (s *stage) args(dir string) []string {
	return []string{"run", "--workspace", dir, "--as-of", s.asOf}
}

// run is one run on a disk: its exit status and what it said on stderr.
func (s *stage) run(dir string, d disk.Disk) (status int, said string) {
	return s.runWith(dir, d, report.Write)
}

// again is a run whose documents are kept if another one had the same; long rounds
// lay out all of them.
func (s *stage) again(dir string, d disk.Disk) (status int, said string) {
	if soak {
		return s.run(dir, d)
	}
	return s.runWith(dir, d, s.kept.write)
}

func (s *stage) runWith(dir string, d disk.Disk, write writeSet) (status int, said string) {
	var errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs, disk: d, write: write}
	status = a.execute(context.Background(), s.args(dir))
	return status, errs.String()
}

// receiptTime is what differs from run to run in archive/index.csv.
var receiptTime = regexp.MustCompile(`(?m)^(\d+),[^,]*,`)

// snapshot is every file of a workspace that says or decides something, by path:
// the statements, the originals, the receipts without their times. Folders whose
// name is hidden are seen too: a set may not leave one behind.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, folder := range []string{"inbox", "archive", "rejected", "statements"} {
		for name, sum := range sumsBelow(t, filepath.Join(dir, folder)) {
			files[folder+"/"+filepath.ToSlash(name)] = sum
		}
	}
	index, err := os.ReadFile(filepath.Join(dir, "archive", "index.csv"))
	switch {
	case err == nil:
		files["archive/index.csv"] = receiptTime.ReplaceAllString(string(index), "$1,")
	case !errors.Is(err, fs.ErrNotExist):
		t.Fatal(err)
	}
	return files
}

// setOf is the part of a snapshot that readers of the statements see.
func (s *stage) setOf(snapshot map[string]string) map[string]string {
	set := maps.Clone(snapshot)
	maps.DeleteFunc(set, func(name, _ string) bool { return !strings.HasPrefix(name, "statements/"+s.asOf+"/") })
	return set
}

// intact checks what no disturbance may harm: every original is somewhere,
// whole, and the visible set is the earlier or the new one.
func (s *stage) intact(t *testing.T, dir string) (now map[string]string) {
	t.Helper()
	now = snapshot(t, dir)
	kept := slices.Collect(maps.Values(now))
	for name, sum := range s.before {
		if strings.HasPrefix(name, "inbox/") && !slices.Contains(kept, sum) {
			t.Errorf("%s is lost", name)
		}
	}
	visible, inSteps := s.setOf(now), len(s.options) > 0
	if !maps.Equal(visible, s.setOf(s.before)) && !maps.Equal(visible, s.setOf(s.after)) && (!inSteps || len(visible) > 0) {
		t.Errorf("a half-written set is visible: %v", slices.Sorted(maps.Keys(visible)))
	}
	return now
}

// recovers checks that the next undisturbed run ends in what the disturbed one
// would have come to.
func (s *stage) recovers(t *testing.T, dir string) {
	t.Helper()
	status, said := s.again(dir, faulty.New(disk.OS(), s.options...))
	if status != exitDone && status != exitRefused {
		t.Fatalf("the next run: status %d: %s", status, said)
	}
	if got := snapshot(t, dir); !maps.Equal(got, s.after) {
		t.Errorf("the next run came to\n%v\nwant\n%v", got, s.after)
	}
}

// TestEveryFaultOfARun lets every disk operation of a run fail.
func TestEveryFaultOfARun(t *testing.T) {
	t.Parallel()
	eachOperation(t, 3, func(s *stage, n int) {
		for i, fault := range faulty.Faults {
			if soak || i == n%len(faulty.Faults) {
				t.Run(fmt.Sprintf("%s/%d/%s", s.name, n, fault.Name), func(t *testing.T) {
					t.Parallel()
					s.fails(t, n, fault)
				})
			}
		}
	})
}

// tidying is how many operations at the end of a run only clear away what the
// published set has replaced: the next run does that as well, so that they may
// fail without a word, as may the removal of what is not there.
const tidying = 3

func (s *stage) fails(t *testing.T, n int, fault faulty.Fault) {
	dir := s.fork(t)
	d := faulty.New(disk.OS(), append(s.options, faulty.FailAt(n, fault))...)
	status, said := s.run(dir, d)
	now := s.intact(t, dir)
	op := d.Ops()[n-1]
	switch {
	case status == exitRefused && (n > s.ops-tidying || op.Name == "remove"):
		if !maps.Equal(s.setOf(now), s.setOf(s.after)) || anyInbox(now) {
			t.Errorf("%s failed, the run says it is done, and is not: %v", op, now)
		}
	case status != exitFailed:
		t.Errorf("%s failed and the status is %d", op, status)
	case !strings.HasPrefix(said, "cspcoop: ") || !strings.Contains(said, fault.Err.Error()):
		t.Errorf("%s failed and the message is %q", op, said)
	case !fault.Part && !maps.Equal(s.setOf(now), s.setOf(s.before)):
		t.Errorf("%s failed, the status is 1, and the statements changed", op)
	}
	s.recovers(t, dir)
}

func anyInbox(snapshot map[string]string) bool {
	for name := range snapshot {
		if strings.HasPrefix(name, "inbox/") {
			return true
		}
	}
	return false
}

// What the command cspcoop-crash gets: at which operation to kill itself
// (else it prints a dot for each), that folders cannot be exchanged, and where sets
// are kept.
const (
	crashAtVariable = "CSPCOOP_TEST_CRASH_AT"
	inStepsVariable = "CSPCOOP_TEST_IN_STEPS"
	keptVariable    = "CSPCOOP_TEST_KEPT"
)

// crashMain is cspcoop as it is killed in the middle.
func crashMain() {
	hook := func(int, faulty.Op) { fmt.Print(".") }
	if at := os.Getenv(crashAtVariable); at != "" {
		hook = func(n int, _ faulty.Op) {
			if strconv.Itoa(n) == at {
				faulty.Kill()
			}
		}
	}
	options := []faulty.Option{faulty.Before(hook)}
	if os.Getenv(inStepsVariable) != "" {
		options = append(options, faulty.WithoutExchange())
	}
	a := &app{stdin: os.Stdin, stdout: io.Discard, stderr: os.Stderr, disk: faulty.New(disk.OS(), options...)}
	if dir := os.Getenv(keptVariable); dir != "" {
		a.write = keptSets(dir).write
	}
	os.Exit(a.execute(context.Background(), os.Args[1:]))
}

// crash starts a run that is to be killed.
func (s *stage) crash(t *testing.T, dir, at string, env ...string) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := exec.Command("cspcoop-crash", s.args(dir)...)
	cmd.Env = append(slices.Concat(os.Environ(), s.env, env), crashAtVariable+"="+at)
	dots, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, dots
}

// TestRunKilledAtEveryOperation kills the process ahead of each change.
func TestRunKilledAtEveryOperation(t *testing.T) {
	t.Parallel()
	eachOperation(t, 6, func(s *stage, n int) {
		t.Run(fmt.Sprintf("%s/%d", s.name, n), func(t *testing.T) {
			t.Parallel()
			dir, temp := s.fork(t), t.TempDir()
			cmd, _ := s.crash(t, dir, strconv.Itoa(n), "TMPDIR="+temp, "TMP="+temp)
			if cmd.Wait() == nil {
				t.Fatal("the run was not killed")
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("left in the temporary folder: %v, %v", left, err)
			}
			s.intact(t, dir)
			s.recovers(t, dir)
		})
	})
}

// TestRunKilledAtRandomMoments kills the process from outside, wherever it is
// after some number of changes.
func TestRunKilledAtRandomMoments(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	s := newStage(t, "replaced", crashEarlier)
	for i := range rounds(40, 500) {
		changes := make([]byte, random.IntN(s.ops+1))
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			dir := s.fork(t)
			cmd, dots := s.crash(t, dir, "")
			if _, err := io.ReadFull(dots, changes); err != nil {
				t.Fatal(err)
			}
			// A kill that comes after the end must do no harm either.
			if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			s.intact(t, dir)
			s.recovers(t, dir)
		})
	}
}
