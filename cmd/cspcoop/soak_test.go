//go:build soak && unix

package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"cspcoop/fixtures"
	"cspcoop/importer/disk"
	"cspcoop/schedule"
)

// The soak drops files, kills and restarts for this long, 20s without it. Run it with
// CSPCOOP_SOAK_TIME=1h go test -tags soak -run TestSoak -timeout 2h ./cmd/cspcoop
const soakTimeVariable = "CSPCOOP_SOAK_TIME"

// The test binary runs itself again as the service, on a clock that it gets as JSON.
const soakClockVariable = "CSPCOOP_SOAK_CLOCK"

// hasty is a clock that began to run Speed times as fast as others at Began, and showed Showed then.
type hasty struct {
	Began, Showed time.Time
	Speed         int64
}

func (c hasty) Now() time.Time {
	return c.Showed.Add(time.Since(c.Began) * time.Duration(c.Speed))
}

// Wait lets other processes have their turn, however little of its own time is to pass.
func (c hasty) Wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(max(20*time.Millisecond, d/time.Duration(c.Speed)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func init() {
	if text := os.Getenv(soakClockVariable); text != "" {
		os.Exit(soakService(text, os.Args[1]))
	}
}

// soakService is the service in a process of its own. It ends with 0 when it was asked to end and left nothing behind.
func soakService(text, dir string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	before := runtime.NumGoroutine()
	a := &app{stdout: io.Discard, stderr: os.Stderr, disk: disk.OS(), workspace: dir}
	err := func() error {
		var clock hasty
		if err := json.Unmarshal([]byte(text), &clock); err != nil {
			return err
		}
		w, err := a.open()
		if err != nil {
			return err
		}
		log := slog.New(slog.NewTextHandler(os.Stderr, nil))
		return schedule.WithGrace(ctx, stopTime, func(ctx context.Context) error { return a.serve(ctx, w, clock, log) })
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	if after := runtime.NumGoroutine(); after > before+1 {
		fmt.Fprintf(os.Stderr, "%d goroutines are left, %d were there\n", after, before)
		return exitFailed
	}
	return exitDone
}

// A soaking is a workspace that is mistreated.
type soaking struct {
	*testing.T
	dir    string
	clock  hasty
	random *rand.Rand
	log    bytes.Buffer
}

func TestSoak(t *testing.T) {
	length := soakLength(t)
	s := &soaking{T: t, dir: filepath.Join(t.TempDir(), "books"), random: rand.New(rand.NewPCG(20201105, 6))}
	if err := makeWorkspace(s.dir); err != nil {
		t.Fatal(err)
	}
	const config = "settle = \"1s\"\ntime_zone = \"Europe/Berlin\"\n[schedule]\nwhen = \"30 2 * * sun\"\n"
	writeTest(t, filepath.Join(s.dir, "cspcoop.toml"), []byte(config))
	// Time enough for each week's run, also where the machine has other things to do.
	weeks := min(10, int64(length/(2*time.Second))) + int64(length/(15*time.Second))
	s.clock = hasty{time.Now(), instant(t, "2022-03-01T00:00:00Z"), max(1, weeks*7*24*int64(time.Hour)/int64(length))}

	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	var dropping sync.WaitGroup
	dropping.Go(func() { s.dropAll(ctx, length) })
	for ctx.Err() == nil {
		s.runAndKill(ctx)
	}
	dropping.Wait()
	last := s.settle()
	s.checkReceipts()
	s.checkRuns(last)
	s.checkFigures()
	if t.Failed() {
		t.Log(s.log.String())
	}
}

func soakLength(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv(soakTimeVariable)
	if text == "" {
		return 20 * time.Second
	}
	length, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return length
}

func (s *soaking) start() *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		s.Fatal(err)
	}
	clock, err := json.Marshal(s.clock)
	if err != nil {
		s.Fatal(err)
	}
	cmd := exec.Command(self, s.dir)
	cmd.Env = append(os.Environ(), soakClockVariable+"="+string(clock))
	cmd.Stderr = &s.log
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	return cmd
}

// runAndKill lets the service live for a random while.
func (s *soaking) runAndKill(ctx context.Context) {
	cmd := s.start()
	life := time.NewTimer(time.Duration(s.random.IntN(8000)) * time.Millisecond)
	defer life.Stop()
	select {
	case <-life.C:
	case <-ctx.Done():
	}
	cmd.Process.Kill()
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		s.Errorf("the service ended by itself: %v", err)
	}
}

// settle lets the service come to rest, stops it as a service manager would, and returns the journal that it leaves.
func (s *soaking) settle() soakJournal {
	cmd := s.start()
	const patience = 5 * time.Minute // without any progress
	deadline := time.Now().Add(patience)
	var files []int
	var done time.Time
	for {
		j, err := s.readJournal()
		if err != nil {
			s.Fatal(err)
		}
		if j.Since.After(done) {
			done, deadline = j.Since, time.Now().Add(patience)
		}
		files = append(files, openFiles(cmd.Process.Pid))
		if s.inboxEmpty() && j.idle() && len(files) > 100 {
			break
		}
		if time.Now().After(deadline) {
			s.Fatalf("the service does not come to rest; inbox empty: %t, journal: %+v\n%s", s.inboxEmpty(), j, s.log.String())
		}
		if err := s.clock.Wait(s.Context(), 0); err != nil {
			s.Fatal(err)
		}
	}
	// Each look at the inbox opens and closes some: the fewest of early and of late looks are compared.
	if early, late := slices.Min(files[20:60]), slices.Min(files[len(files)-40:]); late > early {
		s.Errorf("%d files are open, %d were: the service leaks them", late, early)
	}
	asked := time.Now()
	cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		s.Errorf("asked to stop, the service ended with %v", err)
	}
	if took := time.Since(asked); took > 10*time.Second {
		s.Errorf("the service took %s to stop", took)
	}
	j, err := s.readJournal()
	if err != nil {
		s.Fatal(err)
	}
	return j
}

// openFiles counts the descriptors of a process; 0 where the system does not say.
func openFiles(pid int) int {
	entries, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(pid), "fd"))
	if err != nil {
		return 0
	}
	return len(entries)
}

// soakJournal is what the checks want to know of the journal.
type soakJournal struct {
	Since time.Time
	Runs  []schedule.Run
}

func (j soakJournal) idle() bool {
	return len(j.Runs) > 0 && !slices.ContainsFunc(j.Runs, func(r schedule.Run) bool { return r.State != schedule.Done })
}

func (s *soaking) readJournal() (soakJournal, error) {
	var j soakJournal
	content, err := os.ReadFile(filepath.Join(s.dir, "state", "journal.json"))
	if os.IsNotExist(err) {
		return j, nil
	}
	if err == nil {
		err = json.Unmarshal(content, &j)
	}
	return j, err
}

func (s *soaking) inboxEmpty() bool {
	empty := true
	filepath.WalkDir(filepath.Join(s.dir, "inbox"), func(_ string, d fs.DirEntry, err error) error {
		empty = empty && (err != nil || d.IsDir())
		return nil
	})
	return empty
}

// soakFiles are the sample exports by the name under which they are dropped.
func soakFiles(t *testing.T) map[string][]byte {
	t.Helper()
	samples, err := fixtures.DemoInbox()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	err = fs.WalkDir(samples, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[name], err = fs.ReadFile(samples, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// dropAll drops every sample once, spread over the time there is.
func (s *soaking) dropAll(ctx context.Context, length time.Duration) {
	files := soakFiles(s.T)
	random := rand.New(rand.NewPCG(1, 2))
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	random.Shuffle(len(names), func(i, k int) { names[i], names[k] = names[k], names[i] })
	for _, name := range names {
		pause := time.NewTimer(length / time.Duration(len(names)+1))
		select {
		case <-pause.C:
		case <-ctx.Done(): // the rest at once
		}
		pause.Stop()
		target := filepath.Join(s.dir, "inbox", filepath.FromSlash(name))
		if err := dropAs(target, files[name], random.IntN(4)); err != nil {
			s.Errorf("%s: %v", name, err)
		}
	}
}

// dropAs drops a file as people and programs do.
func dropAs(target string, content []byte, way int) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o750); err != nil {
		return err
	}
	switch way {
	case 0: // at once
		return os.WriteFile(target, content, 0o640)
	case 1: // under another name until it is whole
		if err := os.WriteFile(target+".part", content, 0o640); err != nil {
			return err
		}
		return os.Rename(target+".part", target)
	case 2: // whole in a folder that moves in
		folder, base := filepath.Split(target)
		hidden := filepath.Join(folder, ".moving-"+base)
		if err := os.MkdirAll(hidden, 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(hidden, base), content, 0o640); err != nil {
			return err
		}
		return os.Rename(hidden, filepath.Join(folder, "moved-"+base))
	}
	f, err := os.Create(target) // slowly growing
	if err != nil {
		return err
	}
	defer f.Close()
	for part := range slices.Chunk(content, len(content)/20+1) {
		if _, err := f.Write(part); err != nil {
			return err
		}
		pause := time.NewTimer(50 * time.Millisecond)
		<-pause.C
	}
	return nil
}

// asDropped returns a sample's name without the folder that moved in with it.
func asDropped(name string) string {
	folder, base := path.Split(name)
	return strings.TrimSuffix(folder, "moved-"+base+"/") + base
}

// checkReceipts wants each sample received exactly once and none refused.
func (s *soaking) checkReceipts() {
	index, err := os.ReadFile(filepath.Join(s.dir, "archive", "index.csv"))
	if err != nil {
		s.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(index)).ReadAll()
	if err != nil {
		s.Fatal(err)
	}
	received := map[string]int{}
	for _, row := range rows[1:] {
		received[asDropped(row[2])]++
	}
	files := soakFiles(s.T)
	for name := range files {
		if n := received[name]; n != 1 {
			s.Errorf("%s was received %d times", name, n)
		}
	}
	if len(rows)-1 != len(files) {
		s.Errorf("%d receipts for %d files", len(rows)-1, len(files))
	}
	if rejected, err := os.ReadDir(filepath.Join(s.dir, "rejected")); err != nil || len(rejected) > 0 {
		s.Errorf("refused: %v, %v", rejected, err)
	}
}

// checkRuns wants a statement set for every Sunday since the first run, and no other.
func (s *soaking) checkRuns(j soakJournal) {
	got := publishedSets(s.T, s.dir)
	var want []string
	first := dayOf(s.T, got[0])
	for day := first; !day.After(j.Runs[len(j.Runs)-1].AsOf); day = day.AddDays(7) {
		want = append(want, day.String())
	}
	if !slices.Equal(got, want) || first.Time().Weekday() != time.Sunday {
		s.Errorf("statement sets of %v, want every Sunday from the first to the last", got)
	}
	s.Logf("%d runs up to %s, %s of simulated time a second", len(got), j.Since.Format(time.DateOnly), time.Duration(s.clock.Speed)*time.Second)
}

// checkFigures compares with a workspace that nothing happened to.
func (s *soaking) checkFigures() {
	calm := filepath.Join(s.TempDir(), "calm")
	if err := makeWorkspace(calm, ""); err != nil {
		s.Fatal(err)
	}
	writeTest(s.T, filepath.Join(calm, "cspcoop.toml"), []byte("settle = \"0s\"\n"))
	for name, content := range soakFiles(s.T) {
		writeTest(s.T, filepath.Join(calm, "inbox", filepath.FromSlash(name)), content)
	}
	const asOf = "2022-02-01" // before any of the soak's own sets, so that both start from none
	for _, dir := range []string{s.dir, calm} {
		var stderr strings.Builder
		if status := run(s.Context(), []string{"run", "--quiet", "--workspace", dir, "--as-of", asOf}, nil, io.Discard, &stderr); status != exitDone {
			s.Fatalf("run ended with %d: %s", status, stderr.String())
		}
	}
	// exceptions.csv names files, whose folders differ.
	for _, name := range []string{"balances.csv", "monthly.csv", "claims.csv", "rollforward.csv"} {
		got, err := os.ReadFile(filepath.Join(s.dir, "statements", asOf, name))
		if err != nil {
			s.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(calm, "statements", asOf, name))
		if err != nil {
			s.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			s.Errorf("%s differs:\n%s\nwant:\n%s", name, got, want)
		}
	}
}
