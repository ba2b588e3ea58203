package inbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"cspcoop/importer/disk"
)

// Reject moves a refused file among the rejected ones, into its own sub-folder and under its own name, with the
// reason beside it as NAME.reason.txt. An equal name with other bytes gets -2, -3 …; a name that is too long or
// that some system cannot hold is made safe and ends in 12 digits of its SHA-256. It returns the new
// path, relative to the rejected folder and with slashes. A file that is not any more what was copied stays
// where it is: ErrGrowing.
func (in *Intake) Reject(c *Copy, reason []byte) (string, error) {
	var place string
	err := in.step(func() (err error) {
		place, err = in.reject(c, reason)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("%s was refused but not moved: %w", Display(c.Path), err)
	}
	return place, nil
}

// reject writes the reason first: a crash then leaves the file in the inbox, to be refused again into the same
// place.
func (in *Intake) reject(c *Copy, reason []byte) (string, error) {
	folder, err := in.rejectedFolder(path.Dir(c.Path))
	if err != nil {
		return "", err
	}
	target, kept, err := freePlace(folder, rejectedName(path.Base(c.Path), c.SHA256), c.SHA256)
	if err != nil {
		return "", err
	}
	// A file that grew since it was refused needs a new look, not this reason.
	if err := in.Inbox.copied(c); err != nil {
		return "", err
	}
	if err := disk.WriteFile(in.disk, target+reasonEnding, reason); err != nil {
		return "", err
	}
	if kept {
		err = in.takeOut(c.File)
	} else {
		err = in.moveOut(c, target)
	}
	if err := errors.Join(err, c.Discard()); err != nil {
		return "", err
	}
	relative, err := filepath.Rel(in.folders.Rejected, target)
	return filepath.ToSlash(relative), err
}

// rejectedFolder makes the sub-folder that corresponds to one of the inbox. A part of it whose name a refused
// file has taken gets a number, as a file would.
func (in *Intake) rejectedFolder(relative string) (string, error) {
	folder := in.folders.Rejected
	if relative != "." {
		for part := range strings.SplitSeq(relative, "/") {
			var err error
			if folder, err = freeFolder(folder, rejectedName(part, nameDigest(part))); err != nil {
				return "", err
			}
		}
	}
	return folder, disk.MkdirAll(in.disk, folder)
}

// freeFolder is the first of NAME, NAME-2 … that is a folder or does not exist.
func freeFolder(parent, name string) (string, error) {
	for n := 1; ; n++ {
		place := filepath.Join(parent, numbered(name, n))
		info, err := os.Lstat(place)
		if errors.Is(err, fs.ErrNotExist) || (err == nil && info.IsDir()) {
			return place, nil
		}
		if err != nil {
			return "", err
		}
	}
}

// freePlace is the first of NAME, NAME-2 … that is not taken by other bytes; kept reports that the very bytes lie
// there already, as after a crash or when a refused file is dropped again.
func freePlace(folder, name, sha256 string) (place string, kept bool, err error) {
	for n := 1; ; n++ {
		place = filepath.Join(folder, numbered(name, n))
		info, err := os.Lstat(place)
		if errors.Is(err, fs.ErrNotExist) {
			return place, false, nil
		}
		if err != nil {
			return "", false, err
		}
		if !info.Mode().IsRegular() {
			continue
		}
		found, err := sumOfFile(place)
		if err != nil {
			return "", false, err
		}
		if found == sha256 {
			return place, true, nil
		}
	}
}

func sumOfFile(path string) (string, error) {
	file, _, err := disk.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return disk.SHA256(file)
}

// moveOut moves the file to its place; where that is on another file system, its copy is put there and the file
// removed.
func (in *Intake) moveOut(c *Copy, target string) error {
	there, err := in.Inbox.present(c.File)
	if err != nil {
		return err
	}
	if !there {
		return c.growing()
	}
	from := in.path(c.File)
	err = in.disk.Rename(from, target)
	if disk.CrossDevice(err) {
		if err := disk.Write(in.disk, target, c.writeTo); err != nil {
			return err
		}
		return in.takeOut(c.File)
	}
	if err != nil {
		return err
	}
	// The new entry first: the other way round, a power failure could leave neither.
	if err := in.disk.SyncDir(filepath.Dir(target)); err != nil {
		return err
	}
	return in.disk.SyncDir(filepath.Dir(from))
}
