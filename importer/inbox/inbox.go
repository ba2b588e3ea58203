// Package inbox looks after the files that people drop: which of them have settled, reading them safely, and
// moving each to the archive or to the rejected ones so that no fault and no crash loses an original or counts
// one twice. It knows no file format and no money.
package inbox

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"cspcoop/importer/disk"
)

// ErrGrowing marks a file that changed while it was looked at: it is left for the next run.
var ErrGrowing = errors.New("is still being written; it is left for the next run")

// A File is a regular file of the inbox as it was when it was found settled.
type File struct {
	// Path is relative to the inbox, with slashes, in the file system's own bytes.
	Path string
	info fs.FileInfo
}

// Size is the file's length in bytes.
func (f File) Size() int64 { return f.info.Size() }

// growing is the error that leaves this file for the next run.
func (f File) growing() error { return fmt.Errorf("%s %w", Display(f.Path), ErrGrowing) }

// same reports whether info still describes this very file, not written to since.
func (f File) same(info fs.FileInfo) bool {
	return os.SameFile(f.info, info) && f.info.Size() == info.Size() && f.info.ModTime().Equal(info.ModTime())
}

// An Inbox is the folder that exports are dropped into. Nothing outside it is ever opened through it.
type Inbox struct {
	root *os.Root
	// through is what tests read files through; nil for nothing.
	through func(io.Reader) io.Reader
}

// Open opens the inbox at dir, which may itself be a link to a network share.
func Open(dir string) (*Inbox, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the inbox cannot be opened; cspcoop init makes one: %w", err)
	}
	return &Inbox{root: root}, nil
}

// Close releases the folder.
func (b *Inbox) Close() error { return b.root.Close() }

// open opens a file that Scan found. What took its place since (a link, a FIFO, another file) is neither read
// nor waited for: that, or a change of it, is ErrGrowing. The caller reads no more than Size says, and asks
// unchanged in the end.
func (b *Inbox) open(f File) (*os.File, error) {
	there, err := b.present(f)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", Display(f.Path), err)
	}
	if !there {
		return nil, f.growing()
	}
	opened, err := b.root.OpenFile(filepath.FromSlash(f.Path), os.O_RDONLY|disk.NonBlock, 0)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", Display(f.Path), err)
	}
	if _, err := b.unchanged(f, opened); err != nil {
		opened.Close()
		return nil, err
	}
	return opened, nil
}

// unchanged is ErrGrowing when the opened file is not, or not any more, what Scan found.
func (b *Inbox) unchanged(f File, opened *os.File) (fs.FileInfo, error) {
	info, err := opened.Stat()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", Display(f.Path), err)
	}
	if !f.same(info) {
		return nil, f.growing()
	}
	return info, nil
}

// present reports whether the file is still in the inbox as Scan found it.
func (b *Inbox) present(f File) (bool, error) {
	info, err := b.root.Lstat(filepath.FromSlash(f.Path))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return f.same(info), nil
}

// SHA256 is the SHA-256 of the file's bytes in lower-case hex; ErrGrowing when it changes meanwhile.
func (b *Inbox) SHA256(f File) (string, error) {
	sum, _, err := b.copy(io.Discard, f)
	return sum, err
}

// copy writes the file's bytes to w, and returns their SHA-256 and how the file was when they were read. What
// goes wrong with reading them is an UnreadableError, or ErrGrowing.
func (b *Inbox) copy(w io.Writer, f File) (sum string, as fs.FileInfo, err error) {
	opened, err := b.open(f)
	if err != nil {
		return "", nil, unreadable(err)
	}
	defer opened.Close()
	hash := sha256.New()
	// One byte more than there was is enough to know: a file that grows as fast as it is read has no end.
	whole := io.LimitReader(opened, f.Size()+1)
	if b.through != nil {
		whole = b.through(whole)
	}
	if _, err := io.Copy(io.MultiWriter(w, hash), unreadableReader{whole}); err != nil {
		return "", nil, fmt.Errorf("%s cannot be copied: %w", Display(f.Path), err)
	}
	if as, err = b.unchanged(f, opened); err != nil {
		return "", nil, unreadable(err)
	}
	return hex.EncodeToString(hash.Sum(nil)), as, nil
}

// An UnreadableError says that a file of the inbox cannot be read; it stays where it is.
type UnreadableError struct{ Err error }

func (e *UnreadableError) Error() string { return e.Err.Error() }

// Unwrap returns what the system said.
func (e *UnreadableError) Unwrap() error { return e.Err }

// unreadable marks an error of reading, unless it only says that the file changed.
func unreadable(err error) error {
	if errors.Is(err, ErrGrowing) {
		return err
	}
	return &UnreadableError{err}
}

// unreadableReader distinguishes errors of reading from those of writing.
type unreadableReader struct{ io.Reader }

func (r unreadableReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreadable(err)
	}
	return n, err
}
