package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestWriteFileIsWholeOrNotAtAll(t *testing.T) {
	faulty.Sweep(t, func(t *testing.T, d *faulty.Disk) {
		path := filepath.Join(t.TempDir(), "balances.csv")
		if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
			t.Fatal(err)
		}
		err := disk.WriteFile(d, path, []byte("new"))
		got := read(t, path)
		if got != "old" && got != "new" {
			t.Errorf("half written: %q", got)
		}
		if err == nil && got != "new" {
			t.Errorf("no error, but the file still holds %q", got)
		}
		if err := disk.WriteFile(disk.OS(), path, []byte("newer")); err != nil {
			t.Fatalf("the next attempt: %v", err)
		}
		entries, err := os.ReadDir(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, path); got != "newer" || len(entries) != 1 {
			t.Errorf("after the next attempt the file holds %q, and the folder %v", got, entries)
		}
	})
}

func TestWriteFileLeavesNothingUnflushed(t *testing.T) {
	d := faulty.New(disk.OS())
	folder := filepath.Join(t.TempDir(), "state", "cache")
	if err := disk.MkdirAll(d, folder); err != nil {
		t.Fatal(err)
	}
	if err := disk.WriteFile(d, filepath.Join(folder, "run.json"), []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if dirty := d.Dirty(); len(dirty) > 0 {
		t.Errorf("a power failure could undo %v", dirty)
	}
}

func TestFailedFlushIsFinal(t *testing.T) {
	dir := t.TempDir()
	var syncs []int
	recorded := faulty.New(disk.OS())
	if err := disk.WriteFile(recorded, filepath.Join(dir, "a"), []byte("x")); err != nil {
		t.Fatal(err)
	}
	for i, op := range recorded.Ops() {
		if strings.HasPrefix(op.Name, "sync") {
			syncs = append(syncs, i+1)
		}
	}
	if len(syncs) != 2 {
		t.Fatalf("flushed %d times, want the file and its folder", len(syncs))
	}
	for _, n := range syncs {
		d := faulty.New(disk.OS(), faulty.FailAt(n, faulty.Fault{Err: syscall.EIO}))
		err := disk.WriteFile(d, filepath.Join(dir, "b"), []byte("x"))
		if !errors.Is(err, disk.ErrSync) || !errors.Is(err, syscall.EIO) {
			t.Errorf("flush %d failed and the error is %v", n, err)
		}
		for _, op := range d.Ops()[n:] {
			if strings.HasPrefix(op.Name, "sync") {
				t.Errorf("flushed again after a failed flush: %v", op)
			}
		}
	}
}

func TestWriteKeepsTheOldFileWhenItsContentFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := disk.WriteFile(disk.OS(), path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	growing := errors.New("still growing")
	err := disk.Write(disk.OS(), path, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half"); err != nil {
			return err
		}
		return growing
	})
	if !errors.Is(err, growing) || read(t, path) != "old" {
		t.Errorf("error %v, content %q", err, read(t, path))
	}
}

func TestSweepTempTakesLeftoversOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	crash := errors.New("crash")
	func() {
		defer func() { _ = recover() }()
		_ = disk.Write(disk.OS(), path, func(io.Writer) error { panic(crash) })
	}()
	for _, name := range []string{".hidden", "notes.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadDir(dir)
	if err != nil || len(before) != 3 {
		t.Fatalf("%v, %v: the interrupted write left nothing to sweep", before, err)
	}
	if err := disk.SweepTemp(disk.OS(), dir); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadDir(dir)
	if err != nil || len(after) != 2 || after[0].Name() != ".hidden" || after[1].Name() != "notes.tmp" {
		t.Errorf("left are %v, %v", after, err)
	}
	if err := disk.SweepTemp(disk.OS(), filepath.Join(dir, "nowhere")); err != nil {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestMkdirAllMeetsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "partners")
	if err := os.WriteFile(file, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(file, "contoso")} {
		if err := disk.MkdirAll(disk.OS(), path); err == nil {
			t.Errorf("%s was made although a file is in the way", path)
		}
	}
}

func TestCreateAndAppend(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.csv")
	if _, err := disk.OS().Append(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("appending to no file: %v", err)
	}
	for _, step := range []struct {
		open func(string) (disk.File, error)
		text string
	}{{disk.OS().Create, "a\n"}, {disk.OS().Append, "b\n"}} {
		f, err := step.open(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, step.text); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if got := read(t, path); got != "a\nb\n" {
		t.Errorf("holds %q", got)
	}
	if _, err := disk.OS().Create(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("creating it again: %v", err)
	}
}

func TestExchange(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	for _, folder := range []string{a, b} {
		if err := disk.MkdirAll(disk.OS(), folder); err != nil {
			t.Fatal(err)
		}
		if err := disk.WriteFile(disk.OS(), filepath.Join(folder, "name"), []byte(filepath.Base(folder))); err != nil {
			t.Fatal(err)
		}
	}
	err := disk.OS().Exchange(a, b)
	want := "b"
	if errors.Is(err, errors.ErrUnsupported) {
		want = "a"
	} else if err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(a, "name")); got != want {
		t.Errorf("folder a holds %q, want %q (%v)", got, want, err)
	}
	if err := disk.OS().Exchange(a, filepath.Join(dir, "missing")); err == nil {
		t.Error("exchanged with a folder that is not there")
	}
}
