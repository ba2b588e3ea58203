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

// Receive archives a file under the SHA-256 that was taken when it was read, and writes its receipt, dated
// at, before the file leaves the inbox. The same bytes again get another receipt. A file that is not any more
// what was read stays where it is: ErrGrowing, without a receipt.
func (in *Intake) Receive(f File, sha256, kind string, at time.Time) (Receipt, error) {
	var receipt Receipt
	err := in.step(func() error {
		if err := in.store(f, sha256); err != nil {
			return err
		}
		receipt = in.next(Receipt{Name: Display(f.Path), SHA256: sha256, Kind: Display(kind)}, at)
		// The move begins here: with it on record, a crash anywhere after leads to one receipt and no more.
		m := move{receipt.Number, []byte(f.Path), f.info.ModTime(), sha256}
		if err := m.write(in.disk, in.folders.State); err != nil {
			return err
		}
		if err := in.append(receipt); err != nil {
			return err
		}
		if err := in.takeOut(f); err != nil {
			return err
		}
		return in.forget()
	})
	if err != nil {
		return Receipt{}, fmt.Errorf("%s was not received: %w", Display(f.Path), err)
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
	if err != nil && !errors.Is(err, ErrGrowing) {
		in.failed = err
	}
	return err
}

// store puts the file's bytes into the archive, unless they are there. It copies rather than moves, so that a
// program that still holds the file open cannot change what was archived.
func (in *Intake) store(f File, sha256 string) error {
	path := in.Archive.Path(sha256)
	switch info, err := os.Lstat(path); {
	case err == nil && info.Mode().IsRegular() && info.Size() == f.Size():
		// Still this very content? Else the archived twin would stand in for bytes nobody kept.
		return in.sameBytes(f, sha256)
	case err == nil:
		return fmt.Errorf("original %s was changed in the archive; restore it from a backup", sha256)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := in.prepare(); err != nil {
		return err
	}
	return disk.Write(in.disk, path, func(w io.Writer) error { return in.copySame(w, f, sha256) })
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

// sameBytes is ErrGrowing unless the file still has the SHA-256.
func (in *Intake) sameBytes(f File, sha256 string) error { return in.copySame(io.Discard, f, sha256) }

// copySame copies the file to w; ErrGrowing unless it still has the SHA-256.
func (in *Intake) copySame(w io.Writer, f File, sha256 string) error {
	found, err := in.Inbox.copy(w, f)
	if err == nil && found != sha256 {
		err = f.growing()
	}
	return err
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
