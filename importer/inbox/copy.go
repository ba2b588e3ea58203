package inbox

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cspcoop/importer/disk"
)

// A Copy is what a file of the inbox held when it was read, once: what is imported, archived or refused is this
// copy, however slow the share is that the file is on.
type Copy struct {
	File
	SHA256 string // lower-case hex

	disk    disk.Disk
	staged  *disk.Draft // nil once it was given a name, or discarded
	aside   *os.File    // instead of that
	changed time.Time   // see disk.Changed; when it was read
}

// CopyTo reads a file into a hidden one of a folder, which has room for one. The error is ErrGrowing when it
// changed meanwhile, and an UnreadableError when it cannot be read.
func (b *Inbox) CopyTo(d disk.Disk, folder string, f File) (*Copy, error) {
	c := &Copy{File: f, disk: d}
	var err error
	c.staged, err = disk.Stage(d, folder, func(w io.Writer) error {
		var as fs.FileInfo
		var err error
		if c.SHA256, as, err = b.copy(w, f); err == nil {
			c.changed = disk.Changed(as)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// CopyAside reads a file into a temporary one that can be opened once, and not be received.
func (b *Inbox) CopyAside(f File) (*Copy, error) {
	aside, err := disk.Temporary("")
	if err != nil {
		return nil, err
	}
	sum, _, err := b.copy(aside, f)
	if err != nil {
		return nil, errors.Join(err, aside.Close())
	}
	return &Copy{File: f, SHA256: sum, aside: aside}, nil
}

// Open opens the copy for reading. The caller closes it before the file is received, since Windows moves no open
// file.
func (c *Copy) Open() (*os.File, error) {
	if c.aside != nil {
		return c.aside, nil
	}
	opened, _, err := disk.Open(c.staged.Path())
	return opened, err
}

// place gives the copy its name.
func (c *Copy) place(path string) error {
	err := c.staged.Place(path)
	if err == nil {
		c.staged = nil
	}
	return err
}

// Discard removes the copy, unless it was received.
func (c *Copy) Discard() error {
	if c.aside != nil {
		if err := c.aside.Close(); !errors.Is(err, os.ErrClosed) {
			return err
		}
	}
	if c.staged == nil {
		return nil
	}
	staged := c.staged
	c.staged = nil
	if err := staged.Discard(); err != nil {
		return err
	}
	return c.disk.SyncDir(filepath.Dir(staged.Path()))
}

// writeTo writes the copy's bytes.
func (c *Copy) writeTo(w io.Writer) error {
	opened, err := c.Open()
	if err != nil {
		return err
	}
	defer opened.Close()
	_, err = io.Copy(w, opened)
	return err
}

// copied is ErrGrowing unless the file in the inbox is the one that was copied. Only where something was written
// to it or to its attributes since, though size and time are the same, is it read again.
func (b *Inbox) copied(c *Copy) error {
	info, err := b.root.Lstat(filepath.FromSlash(c.Path))
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !c.same(info):
		return c.growing()
	case err != nil:
		return err
	case disk.Changed(info).Equal(c.changed):
		return nil
	}
	if found, err := b.SHA256(c.File); err != nil || found != c.SHA256 {
		return errors.Join(err, c.growing())
	}
	return nil
}
