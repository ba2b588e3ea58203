package disk

import (
	"fmt"
	"os"
)

// Owner and group only: exports and statements hold what partners earn.
const (
	fileMode   = 0o640
	folderMode = 0o750
)

// OS is the machine's own file system. New files are readable by owner and group only.
func OS() Disk { return osDisk{} }

type osDisk struct{}

func (osDisk) Mkdir(path string) error          { return os.Mkdir(path, folderMode) }
func (osDisk) Rename(from, to string) error     { return os.Rename(from, to) }
func (osDisk) Exchange(a, b string) error       { return exchange(a, b) }
func (osDisk) Remove(path string) error         { return os.Remove(path) }
func (osDisk) RemoveAll(path string) error      { return os.RemoveAll(path) }
func (osDisk) Append(path string) (File, error) { return open(path, os.O_APPEND) }
func (osDisk) Create(path string) (File, error) { return open(path, os.O_CREATE|os.O_EXCL) }

func (osDisk) SyncDir(path string) error {
	if err := syncDir(path); err != nil {
		return fmt.Errorf("folder %s %w: %w", path, ErrSync, err)
	}
	return nil
}

func open(path string, flag int) (File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|flag, fileMode)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

type osFile struct{ *os.File }

func (f osFile) Sync() error {
	if err := f.File.Sync(); err != nil {
		return fmt.Errorf("%s %w: %w", f.Name(), ErrSync, err)
	}
	return nil
}
