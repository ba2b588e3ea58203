package inbox

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cspcoop/importer/disk"
)

// Folders are the parts of a workspace that take part in receiving files.
type Folders struct{ Inbox, Archive, Rejected, State string }

// An Intake takes files out of the inbox: into the archive with a receipt, or among the rejected ones with a
// reason. One run at a time has one, and any error but ErrGrowing ends it: what the disk then holds is only
// found out by starting again.
type Intake struct {
	Inbox   *Inbox
	Archive *Archive
	disk    disk.Disk
	folders Folders
	notes   []string
	failed  error
}

// Start opens inbox and archive and finishes what an interrupted run began.
func Start(d disk.Disk, folders Folders) (*Intake, error) {
	box, err := Open(folders.Inbox)
	if err != nil {
		return nil, err
	}
	in := &Intake{Inbox: box, disk: d, folders: folders}
	if in.Archive, err = OpenArchive(folders); err == nil {
		err = in.recover()
	}
	if err != nil {
		box.Close()
		return nil, err
	}
	return in, nil
}

// Close releases the inbox.
func (in *Intake) Close() error { return in.Inbox.Close() }

// Notes says in plain words what Start had to finish or undo.
func (in *Intake) Notes() []string { return in.notes }

// Copy reads a file into the archive's staging, from where it is received or, if it is refused, discarded; see
// [Inbox.CopyTo].
func (in *Intake) Copy(f File) (c *Copy, err error) {
	err = in.step(func() error {
		if err := disk.MkdirAll(in.disk, in.folders.Archive); err != nil {
			return err
		}
		c, err = in.Inbox.CopyTo(in.disk, in.folders.Archive, f)
		return err
	})
	return c, err
}

// Receive archives a copy, and writes its receipt, dated at, before the file leaves the inbox. The same bytes
// again get another receipt. A file that is not any more what was copied stays where it is: ErrGrowing, without a
// receipt.
func (in *Intake) Receive(c *Copy, kind string, at time.Time) (Receipt, error) {
	var receipt Receipt
	err := in.step(func() error {
		if err := in.Inbox.copied(c); err != nil {
			return err
		}
		if err := in.store(c); err != nil {
			return err
		}
		receipt = in.next(Receipt{Name: Display(c.Path), SHA256: c.SHA256, Kind: Display(kind)}, at)
		// The move begins here: with it on record, a crash anywhere after leads to one receipt and no more.
		m := move{receipt.Number, []byte(c.Path), c.info.ModTime(), c.SHA256}
		if err := m.write(in.disk, in.folders.State); err != nil {
			return err
		}
		if err := in.append(receipt); err != nil {
			return err
		}
		if err := in.takeOut(c.File); err != nil {
			return err
		}
		return in.forget()
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("%s was not received: %w", Display(c.Path), err)
	}
	return receipt, nil
}

// next numbers and dates a receipt.
func (in *Intake) next(r Receipt, at time.Time) Receipt {
	r.Number, r.Received = len(in.Archive.index.receipts)+1, at.UTC().Truncate(time.Second)
	return r
}

// step does one thing, unless an earlier one went wrong.
func (in *Intake) step(work func() error) error {
	if in.failed != nil {
		return fmt.Errorf("an earlier fault ended this run: %w", in.failed)
	}
	err := work()
	if reading := (*UnreadableError)(nil); err != nil && !errors.Is(err, ErrGrowing) && !errors.As(err, &reading) {
		in.failed = err
	}
	return err
}

// store puts the copy into the archive, unless its bytes are there. It is a copy rather than the file itself, so
// that a program that still holds the file open cannot change what was archived.
func (in *Intake) store(c *Copy) error {
	path := in.Archive.Path(c.SHA256)
	switch info, err := os.Lstat(path); {
	case err == nil && info.Mode().IsRegular() && info.Size() == c.Size():
		return c.Discard()
	case err == nil:
		return fmt.Errorf("original %s was changed in the archive; restore it from a backup", c.SHA256)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := in.prepare(); err != nil {
		return err
	}
	return c.place(path)
}

// prepare makes the archive with its empty list of receipts, ahead of the first original: originals without a
// list are then always a loss, never a beginning.
func (in *Intake) prepare() error {
	if len(in.Archive.index.intact) > 0 {
		return nil
	}
	if err := disk.MkdirAll(in.disk, in.folders.Archive); err != nil {
		return err
	}
	return in.rewriteIndex([]byte(header))
}

func (in *Intake) rewriteIndex(content []byte) error {
	if err := disk.WriteFile(in.disk, in.Archive.indexPath(), content); err != nil {
		return err
	}
	in.Archive.index.intact, in.Archive.index.torn, in.Archive.index.foreign = content, nil, false
	return nil
}

// append adds a receipt to the list, durably.
func (in *Intake) append(r Receipt) error {
	file, err := in.disk.Append(in.Archive.indexPath())
	if err != nil {
		return err
	}
	if _, err := io.WriteString(file, r.line()); err != nil {
		file.Close()
		return err
	}
	if err := file.Sync(); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	in.Archive.index.receipts = append(in.Archive.index.receipts, r)
	return nil
}

// takeOut removes a received or refused file from the inbox. A newer one that took its place in this moment
// stays for the next run.
func (in *Intake) takeOut(f File) error {
	there, err := in.Inbox.present(f)
	if err != nil || !there {
		return err
	}
	path := in.path(f)
	if err := in.disk.Remove(path); err != nil {
		return err
	}
	return in.disk.SyncDir(filepath.Dir(path))
}

// path is where the file lies.
func (in *Intake) path(f File) string {
	return filepath.Join(in.folders.Inbox, filepath.FromSlash(f.Path))
}
