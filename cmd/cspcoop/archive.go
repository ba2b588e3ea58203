package main

import (
	"context"
	"fmt"
	"path/filepath"

	"cspcoop/calc"
	"cspcoop/importer/inbox"
	"cspcoop/importer/store"
)

// loadArchive gives the sources of the first known receipts, or of all. Every
// original is proven to be what was received: statements rest on the archive, so
// one whose bytes changed, or that cannot be read any more, ends the command.
// What an original says comes from this run's own import, from the store, or from
// reading it again.
//
// imported holds what this run imported, by fingerprint, and gives it the task of
// keeping the store; it is nil for commands that only read.
func (a *app) loadArchive(ctx context.Context, w *workspace, known int, imported map[string]*calc.Source) ([]*calc.Source, error) {
	archive, err := inbox.OpenArchive(w.path("archive"))
	if err != nil {
		return nil, err
	}
	originals, err := archive.Files(known)
	if err != nil {
		return nil, err
	}
	reading, err := store.Reading(version, w.options)
	if err != nil {
		return nil, err
	}
	kept := store.New(a.disk, w.path("state", "earnings"), reading)
	var sources []*calc.Source
	for _, o := range originals {
		src, isNew := imported[o.SHA256]
		if !isNew {
			if src, isNew, err = w.loadArchived(ctx, archive, kept, o); err != nil {
				return nil, err
			}
		}
		if isNew && imported != nil {
			if err := kept.Keep(o.SHA256, src); err != nil {
				return nil, unfinished(err)
			}
		}
		src.File, src.SHA256, src.Receipt = o.Name, o.SHA256, o.Last
		sources = append(sources, src)
	}
	return sources, nil
}

// loadArchived gives what an archived original says, and whether that is new to
// the store.
func (w *workspace) loadArchived(ctx context.Context, archive *inbox.Archive, kept *store.Store, o inbox.Original) (src *calc.Source, isNew bool, err error) {
	if err := archive.Check(o.SHA256); err != nil {
		return nil, false, err
	}
	if src := kept.Load(o.SHA256); src != nil {
		return src, false, nil
	}
	f, size, err := archive.Open(o.SHA256)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	if src, err = w.read(ctx, f, size); err != nil {
		return nil, false, fmt.Errorf("archived file %s (%s) cannot be read any more under this configuration: %w", o.Name, filepath.Base(archive.Path(o.SHA256)), err)
	}
	return src, true, nil
}
