// Package publish puts a statement set on the disk whole or not at all, and keeps signed ones as they are. It
// knows no format: what is in the files is decided by those who write them.
package publish

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"cspcoop/importer/disk"
)

// A Set is a statement set under way. Its files gather in a hidden folder beside the published sets until Commit.
// Create may be called by several goroutines; Commit and Abort by one, when the others have ended.
type Set struct {
	disk  disk.Disk
	dir   string
	asOf  string
	mu    sync.Mutex
	open  int
	fault error
}

// Begin starts the set of one as-of date (2020-10-15) under dir, the statements folder. It is a *SealedError when
// that set is signed. One set at a time is under way: what an interrupted run left is cleared away first.
func Begin(d disk.Disk, dir, asOf string) (*Set, error) {
	if err := checkDate(asOf); err != nil {
		return nil, err
	}
	seal, sealed, err := Sealed(dir, asOf)
	if err != nil {
		return nil, err
	}
	if sealed {
		return nil, &SealedError{AsOf: asOf, Seal: seal}
	}
	if err := disk.MkdirAll(d, dir); err != nil {
		return nil, fmt.Errorf("the statements folder cannot be made: %w", err)
	}
	if err := Recover(d, dir); err != nil {
		return nil, err
	}
	s := &Set{disk: d, dir: dir, asOf: asOf}
	if err := d.Mkdir(s.fresh()); err != nil {
		return nil, s.failed(err)
	}
	return s, nil
}

func checkDate(asOf string) error {
	if _, err := time.Parse(time.DateOnly, asOf); err != nil {
		return fmt.Errorf("%q is no date of a statement set; write it as 2020-10-15", asOf)
	}
	return nil
}

// Published is the folder that the set has after Commit.
func (s *Set) Published() string { return filepath.Join(s.dir, s.asOf) }

func (s *Set) fresh() string    { return freshFolder(s.dir, s.asOf) }
func (s *Set) replaced() string { return replacedFolder(s.dir, s.asOf) }

func (s *Set) failed(err error) error {
	return fmt.Errorf("the statements of %s were not published: %w", s.asOf, err)
}

// Create makes a file of the set, named by a relative path with slashes such as partners/contoso/azure.pdf; each
// part of it must be a safe name (see FileNames), and each file is made once. Closing it flushes it.
func (s *Set) Create(name string) (io.WriteCloser, error) {
	file, err := s.create(name)
	s.note(err)
	if err != nil {
		return nil, s.failed(err)
	}
	return file, nil
}

func (s *Set) create(name string) (io.WriteCloser, error) {
	for part := range strings.SplitSeq(name, "/") {
		if disk.SafeName(part) != part {
			return nil, fmt.Errorf("%q is no safe path within the set", name)
		}
	}
	target := filepath.Join(s.fresh(), filepath.FromSlash(name))
	if err := s.makeFolder(filepath.Dir(target)); err != nil {
		return nil, err
	}
	file, err := s.disk.Create(target)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.open++
	s.mu.Unlock()
	buffer := buffers.Get().(*bufio.Writer)
	buffer.Reset(file)
	return &setFile{set: s, file: file, buffer: buffer}, nil
}

// FileNames names the files of the set; see the function of that name.
func (s *Set) FileNames(names []string) map[string]string { return FileNames(names) }

// makeFolder lets one goroutine at a time make folders, so that two files of one partner do not race for theirs.
func (s *Set) makeFolder(folder string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return disk.MkdirAll(s.disk, folder)
}

// note keeps the first fault, which Commit will not ignore.
func (s *Set) note(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault == nil {
		s.fault = err
	}
}

// blockBytes is how much of a file goes to the disk at a time: templates write word by word, which a network drive
// would take one by one.
const blockBytes = 64 << 10

// buffers are at rest: a set has very many files.
var buffers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, blockBytes) }}

// setFile is a file of a set: any fault of it is the set's.
type setFile struct {
	set    *Set
	file   disk.File
	buffer *bufio.Writer
	closed bool
}

func (f *setFile) Write(p []byte) (int, error) {
	if f.closed {
		return 0, fs.ErrClosed
	}
	n, err := f.buffer.Write(p)
	f.set.note(err)
	return n, err
}

// Close writes the last block, flushes and closes the file; further calls are fs.ErrClosed.
func (f *setFile) Close() error {
	if f.closed {
		return fs.ErrClosed
	}
	f.closed = true
	err := f.buffer.Flush()
	f.buffer.Reset(nil)
	buffers.Put(f.buffer)
	if err == nil {
		err = f.file.Sync()
	}
	err = errors.Join(err, f.file.Close())
	f.set.note(err)
	f.set.mu.Lock()
	f.set.open--
	f.set.mu.Unlock()
	return err
}

// Commit publishes the set in one step, in place of an earlier one of its date. Where the earlier one holds the
// very same bytes, it is left untouched. After an error the earlier set stays.
func (s *Set) Commit() error {
	err := s.commit()
	// What cannot be removed now is hidden, and goes when the next set begins: no reason to call the run failed.
	_ = s.Abort()
	if err != nil {
		return s.failed(err)
	}
	return nil
}

func (s *Set) commit() error {
	if s.fault != nil {
		return s.fault
	}
	if s.open > 0 {
		return fmt.Errorf("%d of its files are still being written", s.open)
	}
	same, err := sameTree(s.fresh(), s.Published())
	if err != nil || same {
		return err
	}
	if err := syncFolders(s.disk, s.fresh()); err != nil {
		return err
	}
	return s.swap()
}

// Abort drops what was written; the published sets stay as they are.
func (s *Set) Abort() error {
	if err := s.disk.RemoveAll(s.fresh()); err != nil {
		return fmt.Errorf("the unfinished statements of %s cannot be removed: %w", s.asOf, err)
	}
	return s.disk.SyncDir(s.dir)
}

// syncFolders flushes the entries of a folder and of all folders in it; the files were flushed when closed.
func syncFolders(d disk.Disk, root string) error {
	return filepath.WalkDir(root, func(place string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return d.SyncDir(place)
	})
}

// present reports whether something has that name.
func present(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
