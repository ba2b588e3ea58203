package disk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// MkdirAll makes a folder and its missing parents, and flushes each new entry. What exists must be a folder.
func MkdirAll(d Disk, path string) error {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: path, Err: errors.New("a file of that name is in the way")}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	parent := filepath.Dir(path)
	if err := MkdirAll(d, parent); err != nil {
		return err
	}
	if err := d.Mkdir(path); err != nil {
		return err
	}
	return d.SyncDir(parent)
}

// WriteFile puts content at path, whole or not at all, and durably: after an error or a crash the path holds
// what it held before, or all of the content.
func WriteFile(d Disk, path string, content []byte) error {
	return Write(d, path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Write is WriteFile for content that fill produces; when fill fails, nothing changes and its error is
// returned. No two calls may write the same path at a time.
func Write(d Disk, path string, fill func(io.Writer) error) error {
	f, err := filled(d, path, fill)
	if err != nil {
		return err
	}
	if err := f.Place(path); err != nil {
		_ = f.Discard()
		return err
	}
	return nil
}

// Stage writes a hidden file into a folder with content that fill produces, until it is placed. A folder has room
// for one; what an interrupted run left there is replaced, or goes with [SweepTemp].
func Stage(d Disk, folder string, fill func(io.Writer) error) (*Draft, error) {
	f, err := filled(d, filepath.Join(folder, "staged"), fill)
	if err != nil {
		return nil, err
	}
	return f, d.SyncDir(folder)
}

// filled is a finished file with content that fill produces.
func filled(d Disk, path string, fill func(io.Writer) error) (*Draft, error) {
	f, err := Begin(d, path)
	if err != nil {
		return nil, err
	}
	if err = fill(f); err == nil {
		err = f.Finish()
	}
	if err != nil {
		// The leftover is hidden and replaced by the next attempt: the first error is the one to report.
		_ = f.Discard()
		return nil, err
	}
	return f, nil
}

// A Draft is a file that is written bit by bit and gets its name once it is whole.
type Draft struct {
	File
	disk   Disk
	temp   string
	closed bool
}

// Begin begins a file for a path, hidden beside it. No two may be of one path at a time.
func Begin(d Disk, path string) (*Draft, error) {
	draft := &Draft{disk: d, temp: tempName(path)}
	if err := remove(d, draft.temp); err != nil {
		return nil, err
	}
	var err error
	if draft.File, err = d.Create(draft.temp); err != nil {
		_ = d.Remove(draft.temp)
		return nil, err
	}
	return draft, nil
}

// Path is where the file is until it is placed.
func (f *Draft) Path() string { return f.temp }

// Finish flushes the file, which is whole, and closes it.
func (f *Draft) Finish() error {
	err := f.Sync()
	f.closed = true
	return errors.Join(err, f.Close())
}

// Place gives the finished file its name in the same file system, durably.
func (f *Draft) Place(path string) error {
	if err := f.disk.Rename(f.temp, path); err != nil {
		return err
	}
	return f.disk.SyncDir(filepath.Dir(path))
}

// Discard removes the file.
func (f *Draft) Discard() error {
	if !f.closed {
		f.closed = true
		f.Close() // what is removed need not be whole
	}
	return remove(f.disk, f.temp)
}

// Files writes whole files through a Disk, for those who need nothing else of it.
type Files struct{ Disk Disk }

// WriteFile is the function of that name; it makes the folders that are missing.
func (f Files) WriteFile(path string, content []byte) error {
	if err := MkdirAll(f.Disk, filepath.Dir(path)); err != nil {
		return err
	}
	return WriteFile(f.Disk, path, content)
}

const (
	tempPrefix = ".cspcoop-"
	tempSuffix = ".tmp"
)

// tempName is beside the target, since a rename is only atomic within a folder's file system; it is hidden,
// and of a fixed length, since the target's own name may already be as long as a name can be.
func tempName(path string) string {
	sum := sha256.Sum256([]byte(filepath.Base(path)))
	return filepath.Join(filepath.Dir(path), tempPrefix+hex.EncodeToString(sum[:8])+tempSuffix)
}

// SweepTemp removes what an interrupted Write left in a folder. A folder that is not there holds nothing.
func SweepTemp(d Disk, folder string) error {
	entries, err := ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix) {
			if err := remove(d, filepath.Join(folder, name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// remove deletes a file that may be gone already.
func remove(d Disk, path string) error {
	if err := d.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
