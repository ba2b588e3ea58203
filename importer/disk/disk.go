// Package disk is the one door through which the program changes a workspace: received originals, refused
// files, statement sets and state all go through a [Disk], so that tests can make any single change fail or be
// the last one before a crash. Reading does not go through it.
package disk

import (
	"errors"
	"io"
)

// ErrSync marks a flush to the disk that failed. What was written before it may be gone even when a second
// flush succeeds, so it is final: whoever sees it stops, and the next run starts from what is really there.
var ErrSync = errors.New("could not be flushed to the disk")

// A Disk changes files and folders. Every method is one step that a fault or a crash can separate from the
// next; none of them flushes by itself. Errors wrap those of package os, and ErrSync where a flush failed.
type Disk interface {
	// Mkdir makes one folder; an existing one is fs.ErrExist.
	Mkdir(path string) error
	// Create makes a new file; an existing one is fs.ErrExist.
	Create(path string) (File, error)
	// Append opens an existing file for writing at its end.
	Append(path string) (File, error)
	// Rename moves a file or folder within one file system and replaces an existing file.
	Rename(from, to string) error
	// Exchange swaps two folders in one step; errors.ErrUnsupported where the system cannot.
	Exchange(a, b string) error
	// Remove deletes a file or an empty folder.
	Remove(path string) error
	// RemoveAll deletes a folder with all that is in it; one that is not there is no error.
	RemoveAll(path string) error
	// SyncDir flushes a folder's entries: what was made, renamed or removed in it.
	SyncDir(path string) error
}

// A File is written from its beginning or its end to the last byte, flushed, and closed.
type File interface {
	io.WriteCloser
	// Sync flushes the file's bytes.
	Sync() error
}
