package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/inbox"
	"cspcoop/importer/store"
	"cspcoop/importer/table"
)

// loading says which part of the archive is read, and what is known of it already.
type loading struct {
	known    int                     // the first receipts; 0 means all
	imported map[string]*calc.Source // what this run imported, by SHA-256
	keep     bool                    // put into the store what is new to it
	waiting  []inbox.Receipt         // of files that a dry run would take
}

// archived is what the receipts speak of.
type archived struct {
	sources   []*calc.Source
	withdrawn []calc.Withdrawal
}

// loadArchive reads the sources that count and those that were withdrawn. Every
// original is proven to be what was received: statements rest on the archive, so
// one whose bytes changed, or that cannot be read any more, ends the command.
// What an original says comes from this run's own import, from the store, or from
// reading it again.
func (a *app) loadArchive(ctx context.Context, w *workspace, how loading) (*archived, error) {
	archive, err := inbox.OpenArchive(w.folders())
	if err != nil {
		return nil, err
	}
	originals, withdrawn, err := archive.With(how.waiting).Files(how.known)
	if err != nil {
		return nil, err
	}
	reading, err := store.Reading(version, w.options)
	if err != nil {
		return nil, err
	}
	kept := store.New(a.disk, w.path("state", "earnings"), reading)
	load := func(o inbox.Original) (*calc.Source, error) {
		src, isNew := how.imported[o.SHA256]
		if !isNew {
			if src, isNew, err = w.loadArchived(ctx, archive, kept, o); err != nil {
				return nil, err
			}
		}
		if isNew && how.keep {
			if err := kept.Keep(o.SHA256, src); err != nil {
				return nil, unfinished(err)
			}
		}
		src.File, src.SHA256, src.Receipt = o.Name, o.SHA256, o.Last
		return src, nil
	}
	out := &archived{}
	for _, o := range originals {
		src, err := load(o)
		if err != nil {
			return nil, err
		}
		out.sources = append(out.sources, src)
	}
	for _, o := range withdrawn {
		gone := calc.Withdrawal{File: o.Name, SHA256: o.SHA256, Kind: calc.FileKind(o.Kind), By: o.By, Reason: o.Reason}
		src, err := load(o.Original)
		var faults *table.Faults
		switch {
		case errors.As(err, &faults): // it can't be read any more, which may be why it was withdrawn
		case err != nil:
			return nil, err
		default:
			gone.Rows, gone.Money = src.RowCount(), src.Money()
		}
		out.withdrawn = append(out.withdrawn, gone)
	}
	return out, nil
}

// loadArchived reads what an archived original says, and reports whether that is
// new to the store.
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

// inSealedSets names, for each withdrawn file, the sealed sets before a day that
// it was in.
func (w *workspace) inSealedSets(withdrawn []calc.Withdrawal, before calc.Date) ([]calc.Withdrawal, error) {
	if len(withdrawn) == 0 {
		return nil, nil
	}
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		return nil, err
	}
	withdrawn = slices.Clone(withdrawn)
	for _, set := range sets {
		if set.Seal == nil || set.AsOf >= before.String() {
			continue
		}
		run, _, _, err := publish.Run(w.path("statements"), set.AsOf)
		if err != nil {
			return nil, fmt.Errorf("the sealed statements of %s: %w; restore them from a backup", set.AsOf, err)
		}
		day, err := calc.ParseDate(set.AsOf)
		if err != nil {
			return nil, err
		}
		for _, source := range run.Sources {
			for i := range withdrawn {
				if withdrawn[i].SHA256 == source.SHA256 {
					withdrawn[i].SealedSets = append(withdrawn[i].SealedSets, day)
				}
			}
		}
	}
	return withdrawn, nil
}
