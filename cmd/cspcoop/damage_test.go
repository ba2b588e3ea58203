package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
	"cspcoop/schedule"
)

// published makes a workspace with one statement set and a file in its inbox.
func published(t *testing.T) *stage {
	t.Helper()
	return newStage(t, "replaced", crashEarlier)
}

// TestDamageEndsTheRun damages what statements rest on: the run fails, says what
// to do, and leaves the statements as they are. Once it is fixed, the next run is done.
func TestDamageEndsTheRun(t *testing.T) {
	t.Parallel()
	s := published(t)
	archived := ""
	for name := range s.before {
		if strings.HasPrefix(name, "archive/") && name != "archive/index.csv" {
			archived = filepath.FromSlash(name)
		}
	}
	index := filepath.Join("archive", "index.csv")
	for name, c := range map[string]struct {
		file   string
		damage func(content []byte) []byte // nil: the file goes
		says   []string
	}{
		"original changed": {archived, func(b []byte) []byte { return append([]byte("x"), b[1:]...) },
			[]string{filepath.Base(archived), "was changed in the archive", "restore it from a backup"}},
		"original cut": {archived, func(b []byte) []byte { return b[:len(b)-2] },
			[]string{filepath.Base(archived), "was changed in the archive", "restore it from a backup"}},
		"original gone":   {archived, nil, []string{filepath.Base(archived), "missing from the archive", "restore it from a backup"}},
		"receipt changed": {index, func(b []byte) []byte { return []byte(strings.Replace(string(b), "\n1,", "\n7,", 1) + "x\n") }, []string{"index.csv", "line 2", "restore it from a backup"}},
		"receipts gone":   {index, nil, []string{"index.csv", "without a receipt", "restore it from a backup"}},
		"receipts empty":  {index, func([]byte) []byte { return nil }, []string{"index.csv", "without a receipt", "restore it from a backup"}},
		"no list":         {index, func([]byte) []byte { return []byte("\x00\xff\n") }, []string{"index.csv", "is not UTF-8", "restore it from a backup"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := s.fork(t)
			path := filepath.Join(dir, c.file)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if c.damage == nil {
				err = os.Remove(path)
			} else {
				err = os.WriteFile(path, c.damage(slices.Clone(content)), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			status, said := s.run(dir, faulty.New(disk.OS()))
			if status != exitFailed {
				t.Errorf("exit status %d", status)
			}
			for _, words := range c.says {
				if !strings.Contains(said, words) {
					t.Errorf("message %q does not say %q", said, words)
				}
			}
			if now := snapshot(t, dir); !maps.Equal(s.setOf(now), s.setOf(s.before)) {
				t.Error("the statements changed")
			}
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			s.recovers(t, dir)
		})
	}
}

// fullDisk has room for so many bytes, and then for none.
type fullDisk struct {
	disk.Disk
	room atomic.Int64
}

func (d *fullDisk) Create(path string) (disk.File, error) { return d.open(d.Disk.Create(path)) }
func (d *fullDisk) Append(path string) (disk.File, error) { return d.open(d.Disk.Append(path)) }

func (d *fullDisk) open(f disk.File, err error) (disk.File, error) {
	if err != nil {
		return nil, err
	}
	return fullFile{f, d}, nil
}

type fullFile struct {
	disk.File
	disk *fullDisk
}

func (f fullFile) Write(p []byte) (int, error) {
	left := f.disk.room.Add(-int64(len(p)))
	if left >= 0 {
		return f.File.Write(p)
	}
	n, err := f.File.Write(p[:max(0, len(p)+int(left))])
	return n, errors.Join(syscall.ENOSPC, err)
}

// TestFullDisk fills the disk in the middle of receiving files and of writing
// statements.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	s := published(t)
	for _, room := range []int64{0, 50, 4_000, 20_000, 60_000} {
		t.Run(strconv.FormatInt(room, 10), func(t *testing.T) {
			t.Parallel()
			dir := s.fork(t)
			d := &fullDisk{Disk: faulty.New(disk.OS())}
			d.room.Store(room)
			status, said := s.run(dir, d)
			if status != exitFailed || !strings.Contains(said, syscall.ENOSPC.Error()) || !strings.Contains(said, "run again") {
				t.Errorf("exit status %d: %s", status, said)
			}
			if now := s.intact(t, dir); !maps.Equal(s.setOf(now), s.setOf(s.before)) {
				t.Error("the statements changed")
			}
			s.recovers(t, dir)
		})
	}
}

// TestRefusedRunsTouchNothing holds back runs that must not begin.
func TestRefusedRunsTouchNothing(t *testing.T) {
	t.Parallel()
	s := published(t)
	dir := s.fork(t)
	mustRun(t, exitDone, "seal", crashAsOf, "--by", "A. Datum", "--workspace", dir)
	before := sumsBelow(t, dir)
	for _, args := range [][]string{
		s.args(dir),
		{"run", "--workspace", dir, "--as-of", "2019-13-01"},
		{"run", "--workspace", dir, "--as-of", "../2019-10-15"},
		{"run", "--workspace", dir, "--as-of", "1999-12-31"},
		{"run", "--workspace", dir, "--as-of", "2100-01-01"},
		{"run", "--workspace", dir, "--known", "-1"},
		{"seal", crashAsOf, "--by", "Someone else", "--workspace", dir},
		{"seal", "2018-10-15", "--by", "A. Datum", "--workspace", dir},
	} {
		if status, _, said := command(args...); status != exitUsage || said == "" {
			t.Errorf("%q: exit status %d: %s", args, status, said)
		}
	}
	lock, err := schedule.Acquire(filepath.Join(dir, "state"), "run", time.Date(2021, 10, 15, 6, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if status, _, said := command("run", "--workspace", dir, "--as-of", "2019-10-31"); status != exitHeld || !strings.Contains(said, "another run holds the workspace") {
		t.Errorf("beside another run: exit status %d: %s", status, said)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if after := sumsBelow(t, dir); !maps.Equal(after, before) {
		t.Errorf("the workspace holds %v, want %v", after, before)
	}
}
