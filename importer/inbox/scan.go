package inbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Clock has the time and lets it pass.
type Clock interface {
	Now() time.Time
	// Wait returns after d, or with the context's error as soon as that ends.
	Wait(ctx context.Context, d time.Duration) error
}

// SystemClock is the machine's clock.
func SystemClock() Clock { return systemClock{} }

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Found is what is in the inbox, each list in the bytewise order of the paths.
type Found struct {
	// Files have settled and are ready to be read.
	Files []File
	// Growing are the paths of files that changed while they were watched.
	Growing []string
	// Irregular are links, FIFOs, sockets and devices, which are never opened, and folders that cannot be read: they
	// stay where they are.
	Irregular []Irregular
}

// Irregular is an entry of the inbox that is no regular file, or cannot be read.
type Irregular struct {
	Path string
	Kind string // "a link", "a named pipe"; "" where Err says it
	Err  error  // why it cannot be read
}

func (i Irregular) String() string {
	if i.Err != nil {
		return Display(i.Path) + " cannot be read; let the user that cspcoop runs as read it: " + Display(cause(i.Err).Error())
	}
	return fmt.Sprintf("%s is %s, not a file; put the file itself into the inbox", Display(i.Path), i.Kind)
}

// cause is what the system said, without the operation and the path.
func cause(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}

// Scan looks through the inbox and its sub-folders. Files modified within the last settle are looked at again
// after that time, all of them together; a modification time in the future counts as settled.
func (b *Inbox) Scan(ctx context.Context, clock Clock, settle time.Duration) (Found, error) {
	var found Found
	if err := b.walk(".", &found); err != nil {
		return Found{}, fmt.Errorf("the inbox cannot be looked through: %w", err)
	}
	if err := b.settle(ctx, clock, settle, &found); err != nil {
		return Found{}, err
	}
	slices.SortFunc(found.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	slices.Sort(found.Growing)
	slices.SortFunc(found.Irregular, func(a, b Irregular) int { return cmp.Compare(a.Path, b.Path) })
	return found, nil
}

// walk adds what is in a folder. What is gone by the time it is looked at was renamed or taken back by its
// owner: it is none of this run's business.
func (b *Inbox) walk(folder string, found *Found) error {
	entries, err := b.entries(folder)
	if err != nil && folder != "." {
		found.Irregular = append(found.Irregular, Irregular{Path: folder, Err: err})
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		place := path.Join(folder, entry.Name())
		if leftAlone(entry) {
			continue
		}
		if entry.IsDir() {
			if err := b.walk(place, found); err != nil {
				return err
			}
			continue
		}
		info, err := b.root.Lstat(filepath.FromSlash(place))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case info.Mode().IsRegular():
			found.Files = append(found.Files, File{Path: place, info: info})
		default:
			found.Irregular = append(found.Irregular, Irregular{Path: place, Kind: kind(info.Mode())})
		}
	}
	return nil
}

func (b *Inbox) entries(folder string) ([]fs.DirEntry, error) {
	opened, err := b.root.Open(filepath.FromSlash(folder))
	if errors.Is(err, fs.ErrNotExist) && folder != "." {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return opened.ReadDir(-1)
}

// unfinished are the endings that upload tools and browsers give a file until it is whole.
var unfinished = []string{".tmp", ".part", ".filepart", ".partial", ".crdownload"}

// leftAlone reports what is not meant for the program: hidden entries, the owner files of Excel, uploads under
// way.
func leftAlone(entry fs.DirEntry) bool {
	name := strings.ToLower(entry.Name())
	if strings.HasPrefix(name, ".") {
		return true
	}
	if entry.IsDir() {
		return false
	}
	return strings.HasPrefix(name, "~$") ||
		slices.ContainsFunc(unfinished, func(ending string) bool { return strings.HasSuffix(name, ending) })
}

func kind(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a link"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode.IsDir():
		// A folder took the place of a file between two looks.
		return "a folder"
	case mode&fs.ModeIrregular != 0:
		return "a junction"
	}
	return "a device"
}

// settle looks again at the files that are still fresh and keeps those that did not change.
func (b *Inbox) settle(ctx context.Context, clock Clock, settle time.Duration, found *Found) error {
	now := clock.Now()
	fresh := func(f File) bool {
		age := now.Sub(f.info.ModTime())
		return age >= 0 && age < settle
	}
	if !slices.ContainsFunc(found.Files, fresh) {
		return nil
	}
	if err := clock.Wait(ctx, settle); err != nil {
		return err
	}
	settled := found.Files[:0]
	for _, f := range found.Files {
		if !fresh(f) {
			settled = append(settled, f)
			continue
		}
		info, err := b.root.Lstat(filepath.FromSlash(f.Path))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return fmt.Errorf("the inbox cannot be looked through: %w", err)
		case f.same(info):
			settled = append(settled, f)
		default:
			found.Growing = append(found.Growing, f.Path)
		}
	}
	found.Files = settled
	return nil
}
