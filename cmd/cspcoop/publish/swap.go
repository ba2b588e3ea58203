package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"cspcoop/importer/disk"
)

// A set passes through two hidden names beside the published one: .DATE.new while it is written and, only where
// the system cannot exchange folders in one step, .DATE.old for the set that it replaces. Whatever is called
// .new may be thrown away at any time; .old is a published set until the new one has its place.
const (
	freshEnding    = ".new"
	replacedEnding = ".old"
)

func freshFolder(dir, asOf string) string    { return filepath.Join(dir, "."+asOf+freshEnding) }
func replacedFolder(dir, asOf string) string { return filepath.Join(dir, "."+asOf+replacedEnding) }

// swap puts the finished set in its place, durably, or leaves the earlier one there.
func (s *Set) swap() error {
	there, err := present(s.Published())
	if err != nil {
		return err
	}
	if !there {
		return s.place(func() error { return nil })
	}
	err = s.disk.Exchange(s.fresh(), s.Published())
	if errors.Is(err, errors.ErrUnsupported) {
		return s.swapInSteps()
	}
	if err != nil {
		return err
	}
	if err := s.disk.SyncDir(s.dir); err != nil {
		return errors.Join(err, s.disk.Exchange(s.fresh(), s.Published()))
	}
	return nil
}

// swapInSteps does without an exchange: for a moment there is no published set of this date, which Recover puts right
// should the program end right then.
func (s *Set) swapInSteps() error {
	err := s.disk.Rename(s.Published(), s.replaced())
	switch {
	case disk.CrossDevice(err):
		return fmt.Errorf("%s is in a lower layer of an overlay file system, which cannot replace a folder in one step; keep the workspace on a volume of its own, or move that folder away: %w", s.Published(), err)
	case err != nil:
		return fmt.Errorf("the earlier set cannot be replaced; close its files where they are open: %w", err)
	}
	if err := s.place(func() error { return s.disk.Rename(s.replaced(), s.Published()) }); err != nil {
		return err
	}
	// Renamed before it is deleted: half of it must not be taken for a set to restore. Should this fail, the
	// next run clears it away.
	_ = s.disk.Rename(s.replaced(), s.fresh())
	return nil
}

// place returns the finished set the published name, which is free; when that fails it is taken back and undo is
// called.
func (s *Set) place(undo func() error) error {
	if err := s.disk.Rename(s.fresh(), s.Published()); err != nil {
		return errors.Join(err, undo())
	}
	if err := s.disk.SyncDir(s.dir); err != nil {
		return errors.Join(err, s.disk.Rename(s.Published(), s.fresh()), undo())
	}
	return nil
}

// Recover clears away what an interrupted run left under dir, the statements folder, and puts a set back that was
// on its way out when its successor had not arrived.
func Recover(d disk.Disk, dir string) error {
	entries, err := disk.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = recoverEntries(d, dir, entries)
	}
	if err == nil {
		err = disk.SweepTemp(d, dir)
	}
	if err != nil {
		return fmt.Errorf("leftovers of an interrupted run cannot be cleared away: %w", err)
	}
	return nil
}

func recoverEntries(d disk.Disk, dir string, entries []fs.DirEntry) error {
	for _, entry := range entries {
		name, hidden := strings.CutPrefix(entry.Name(), ".")
		if !hidden {
			continue
		}
		var err error
		if asOf, ok := strings.CutSuffix(name, freshEnding); ok && checkDate(asOf) == nil {
			err = d.RemoveAll(freshFolder(dir, asOf))
		}
		if asOf, ok := strings.CutSuffix(name, replacedEnding); ok && checkDate(asOf) == nil {
			err = restore(d, dir, asOf)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// restore puts a replaced set back where its successor did not arrive, and drops it where it did. (.DATE.new sorts
// before .DATE.old, so that name is free.)
func restore(d disk.Disk, dir, asOf string) error {
	old := replacedFolder(dir, asOf)
	arrived, err := present(filepath.Join(dir, asOf))
	if err != nil {
		return err
	}
	if !arrived {
		if err := d.Rename(old, filepath.Join(dir, asOf)); err != nil {
			return err
		}
		return d.SyncDir(dir)
	}
	// The successor's arrival must be on the disk before the only other set goes.
	if err := d.SyncDir(dir); err != nil {
		return err
	}
	fresh := freshFolder(dir, asOf)
	if err := d.Rename(old, fresh); err != nil {
		return err
	}
	return d.RemoveAll(fresh)
}
