package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

const asOf = "2020-10-15"

// The test binary runs itself again as the process that is killed: in this folder, at this operation, on a disk
// that can exchange folders or not.
const (
	crashDirVariable  = "CSPCOOP_TEST_CRASH_DIR"
	crashAtVariable   = "CSPCOOP_TEST_CRASH_AT"
	crashSwapVariable = "CSPCOOP_TEST_CRASH_NO_EXCHANGE"
)

func TestMain(m *testing.M) {
	dir := os.Getenv(crashDirVariable)
	if dir == "" {
		os.Exit(m.Run())
	}
	last, err := strconv.Atoi(os.Getenv(crashAtVariable))
	if err == nil {
		options := append(exchanging(os.Getenv(crashSwapVariable) == ""), faulty.Before(func(n int, _ faulty.Op) {
			if n == last {
				faulty.Kill()
			}
		}))
		err = publish(faulty.New(disk.OS(), options...), dir, newer)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func exchanging(can bool) []faulty.Option {
	if can {
		return nil
	}
	return []faulty.Option{faulty.WithoutExchange()}
}

// The sets of the tests; a later one has another list of files.
var (
	older = map[string]string{"run.json": "{1}", "partners/contoso/azure.pdf": "old", "claims/1.pdf": "one"}
	newer = map[string]string{"run.json": "{2}", "partners/contoso/azure.pdf": "new", "partners/fabrikam/csp.pdf": "new"}
)

func publish(d disk.Disk, dir string, files map[string]string) error {
	set, err := Begin(d, dir, asOf)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := write(set, name, files[name]); err != nil {
			return errors.Join(err, set.Abort())
		}
	}
	return set.Commit()
}

func write(set *Set, name, content string) error {
	w, err := set.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, content)
	return errors.Join(err, w.Close())
}

func mustPublish(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	if err := publish(faulty.New(disk.OS()), dir, files); err != nil {
		t.Fatal(err)
	}
}

// onlySet checks that the statements folder holds this one set and nothing else.
func onlySet(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	want := map[string]string{}
	for name, content := range files {
		want[asOf+"/"+name] = content
	}
	if got := faulty.Tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("statements hold %q, want %q", got, want)
	}
}

// whole checks that what is visible of the set is one of the two versions; only a system that cannot exchange
// folders may show none.
func whole(t *testing.T, dir string, exchange bool) {
	t.Helper()
	got := faulty.Tree(t, filepath.Join(dir, asOf))
	if !maps.Equal(got, older) && !maps.Equal(got, newer) && (exchange || len(got) > 0) {
		t.Errorf("a half-written set is visible: %q", got)
	}
}

func TestSetReplacesTheEarlierOneWhole(t *testing.T) {
	for _, exchange := range []bool{true, false} {
		dir := filepath.Join(t.TempDir(), "statements")
		d := faulty.New(disk.OS(), exchanging(exchange)...)
		for _, files := range []map[string]string{older, newer} {
			if err := publish(d, dir, files); err != nil {
				t.Fatal(err)
			}
			onlySet(t, dir, files)
		}
		if dirty := d.Dirty(); len(dirty) > 0 {
			t.Errorf("a power failure could undo %v", dirty)
		}
	}
}

func TestSameSetIsLeftUntouched(t *testing.T) {
	dir := t.TempDir()
	if err := publish(disk.OS(), dir, older); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, asOf, "partners", "contoso", "azure.pdf")
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	mustPublish(t, dir, older)
	after, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) {
		t.Error("the same bytes were written again")
	}
	onlySet(t, dir, older)
	for difference, files := range map[string]map[string]string{
		"one byte":     {"run.json": "{2}", "partners/contoso/azure.pdf": "old", "claims/1.pdf": "one"},
		"longer":       {"run.json": "{1}\n", "partners/contoso/azure.pdf": "old", "claims/1.pdf": "one"},
		"another name": {"run.json": "{1}", "partners/contoso/azure.pdf": "old", "claims/2.pdf": "one"},
		"one fewer":    {"run.json": "{1}", "partners/contoso/azure.pdf": "old"},
	} {
		t.Run(difference, func(t *testing.T) {
			dir := t.TempDir()
			mustPublish(t, dir, older)
			mustPublish(t, dir, files)
			onlySet(t, dir, files)
		})
	}
}

func TestSameBytesAcrossBlocks(t *testing.T) {
	const block = 64 << 10
	for _, size := range []int{0, 1, block - 1, block, block + 1, 3 * block} {
		text := strings.Repeat("x", size)
		if same, err := sameBytes(strings.NewReader(text), strings.NewReader(text)); !same || err != nil {
			t.Errorf("%d bytes: %v, %v", size, same, err)
		}
		if same, err := sameBytes(strings.NewReader(text), strings.NewReader(text+"y")); same || err != nil {
			t.Errorf("%d bytes and one more: %v, %v", size, same, err)
		}
	}
}

func TestFaultsOfPublishing(t *testing.T) {
	for _, exchange := range []bool{true, false} {
		t.Run(fmt.Sprintf("exchange %v", exchange), func(t *testing.T) {
			faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
				dir := t.TempDir()
				mustPublish(t, dir, older)
				err := publish(d, dir, newer)
				whole(t, dir, exchange)
				if err == nil && !maps.Equal(faulty.Tree(t, filepath.Join(dir, asOf)), newer) {
					t.Error("no error, but the new set is not published")
				}
				mustPublish(t, dir, newer)
				onlySet(t, dir, newer)
			}, exchanging(exchange)...)
		})
	}
}

func TestFailedFlushPublishesNothing(t *testing.T) {
	counting := faulty.New(disk.OS())
	dir := t.TempDir()
	mustPublish(t, dir, older)
	if err := publish(counting, dir, newer); err != nil {
		t.Fatal(err)
	}
	ops := counting.Ops()
	for n, op := range ops {
		if n+2 >= len(ops) || !strings.HasPrefix(op.Name, "sync") {
			// The last two clear the replaced set away, when the new one already stands.
			continue
		}
		dir := t.TempDir()
		mustPublish(t, dir, older)
		err := publish(faulty.New(disk.OS(), faulty.FailAt(n+1, faulty.Faults[0])), dir, newer)
		if !errors.Is(err, disk.ErrSync) {
			t.Errorf("flush %d failed and the error is %v", n+1, err)
		}
		onlySet(t, dir, older)
	}
}

func TestKilledWhilePublishing(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, exchange := range []bool{true, false} {
		counted := t.TempDir()
		mustPublish(t, counted, older)
		counting := faulty.New(disk.OS(), exchanging(exchange)...)
		if err := publish(counting, counted, newer); err != nil {
			t.Fatal(err)
		}
		for n := range counting.Ops() {
			t.Run(fmt.Sprintf("exchange %v at %d", exchange, n+1), func(t *testing.T) {
				dir := t.TempDir()
				mustPublish(t, dir, older)
				cmd := exec.Command(self)
				cmd.Env = append(os.Environ(), crashDirVariable+"="+dir, crashAtVariable+"="+strconv.Itoa(n+1))
				if !exchange {
					cmd.Env = append(cmd.Env, crashSwapVariable+"=yes")
				}
				if err := cmd.Run(); err == nil {
					t.Fatal("the run was not killed")
				}
				whole(t, dir, exchange)
				if err := Recover(disk.OS(), dir); err != nil {
					t.Fatal(err)
				}
				whole(t, dir, true)
				mustPublish(t, dir, newer)
				onlySet(t, dir, newer)
			})
		}
	}
}

func TestHalfOfAReplacedSetIsNeverRestored(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, newer)
	if err := errors.Join(
		os.Mkdir(replacedFolder(dir, asOf), 0o750),
		os.WriteFile(filepath.Join(replacedFolder(dir, asOf), "run.json"), []byte("{1}"), 0o640),
		Recover(disk.OS(), dir),
	); err != nil {
		t.Fatal(err)
	}
	onlySet(t, dir, newer)
}

func TestCreateRefusesPathsThatLeaveTheSet(t *testing.T) {
	for _, name := range []string{
		"", ".", "..", "../x", "partners/../../x", "/etc/passwd", `partners\x`, "partners//x", "CON.pdf", ".hidden",
		"partners/a:b.pdf", "two\nlines", "dot./x",
	} {
		set, err := Begin(disk.OS(), t.TempDir(), asOf)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := set.Create(name); err == nil {
			t.Errorf("%q was created", name)
		}
		if err := set.Commit(); err == nil {
			t.Errorf("a set without %q was published", name)
		}
	}
}

func TestCommitWantsEveryFileClosedAndOnce(t *testing.T) {
	dir := t.TempDir()
	set, err := Begin(disk.OS(), dir, asOf)
	if err != nil {
		t.Fatal(err)
	}
	w, err := set.Create("run.json")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := set.Commit(); err == nil || !strings.Contains(err.Error(), "1 of its files") {
		t.Errorf("committed with an open file: %v", err)
	}
	again, err := Begin(disk.OS(), dir, asOf)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(write(again, "run.json", "{}"), write(again, "claims/1.pdf", "")); err != nil {
		t.Fatal(err)
	}
	if _, err := again.Create("run.json"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the same file twice: %v", err)
	}
	if err := again.Commit(); err == nil {
		t.Error("committed after a fault")
	}
	if left := faulty.Tree(t, dir); len(left) > 0 {
		t.Errorf("left are %q", left)
	}
}

func TestSetIsWrittenByManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	set, err := Begin(disk.OS(), dir, asOf)
	if err != nil {
		t.Fatal(err)
	}
	var writers sync.WaitGroup
	want := map[string]string{}
	for n := range 40 {
		name := fmt.Sprintf("partners/p%d/azure%d.pdf", n/4, n)
		want[name] = name
		writers.Go(func() {
			if err := write(set, name, name); err != nil {
				t.Error(err)
			}
		})
	}
	writers.Wait()
	if err := set.Commit(); err != nil {
		t.Fatal(err)
	}
	onlySet(t, dir, want)
}

func TestBeginWantsADate(t *testing.T) {
	for _, bad := range []string{"", "2020-02-30", "15.10.2020", "../2020-10-15", "2020-10-15 "} {
		if _, err := Begin(disk.OS(), t.TempDir(), bad); err == nil {
			t.Errorf("%q was taken for a date", bad)
		}
	}
}
