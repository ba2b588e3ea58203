//go:build unix

package disk

import (
	"errors"
	"os"
	"syscall"
)

// syncDir flushes the folder's entries. A file system that has no such step, as some network shares, answers
// EINVAL or ENOTSUP: there is nothing to flush then, and nothing was lost.
func syncDir(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		return nil
	}
	return err
}

// CrossDevice reports whether a rename failed because its two ends are on different file systems.
func CrossDevice(err error) bool { return errors.Is(err, syscall.EXDEV) }
