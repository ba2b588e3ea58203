package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer"
	"cspcoop/importer/inbox"
	"cspcoop/importer/store"
	"cspcoop/importer/table"
	"cspcoop/report/runjson"

	"golang.org/x/sync/errgroup"
)

// loading says which part of the archive is read, and what is known of it already.
type loading struct {
	known    int                          // the first receipts; 0 means all
	imported map[string][]importer.Member // what this run imported, by SHA-256
	keep     bool                         // put into the store what is new to it
	prove    bool                         // prove originals by their SHA-256, not only by name and presence
	waiting  []inbox.Receipt              // of files that a dry run would take
}

// archived is what the receipts speak of.
type archived struct {
	sources   []*calc.Source
	withdrawn []calc.Withdrawal
}

// result opens the workspace and calculates what is archived, as of the day that the
// command line names.
func (a *app) result(ctx context.Context) (w *workspace, archive *archived, r *calc.Result, err error) {
	if w, err = a.open(); err != nil {
		return nil, nil, nil, err
	}
	asOf, err := a.day(w)
	if err != nil {
		return nil, nil, nil, err
	}
	if archive, err = a.loadArchive(ctx, w, loading{}); err != nil {
		return nil, nil, nil, err
	}
	r, err = w.calculate(asOf, archive)
	return w, archive, r, err
}

// loadArchive reads the sources that count and those that were withdrawn. What an
// original says comes from this run's own import, from the store, or from reading
// it again. Before it is read, and always where statements will rest on it, an
// original is proven to be what was received: one whose bytes changed, or that
// cannot be read any more, ends the command.
func (a *app) loadArchive(ctx context.Context, w *workspace, how loading) (*archived, error) {
	archive, err := inbox.OpenArchive(w.folders())
	if err != nil {
		return nil, err
	}
	if how.known == 0 {
		if err := w.proveWithdrawals(archive); err != nil {
			return nil, err
		}
	}
	originals, withdrawn, err := archive.With(how.waiting).Files(how.known)
	if err != nil {
		return nil, err
	}
	kept, err := a.openStore(w)
	if err != nil {
		return nil, err
	}
	l := &loader{app: a, w: w, archive: archive, kept: kept, loading: how}
	list := slices.Clone(originals)
	for _, o := range withdrawn {
		list = append(list, o.Original)
	}
	if err := l.loadStored(ctx, list); err != nil {
		return nil, err
	}
	out := &archived{}
	for _, o := range originals {
		sources, err := l.load(ctx, o)
		if err != nil {
			return nil, err
		}
		out.sources = append(out.sources, sources...)
	}
	out.sources = onceEach(out.sources)
	for _, o := range withdrawn {
		gone := calc.Withdrawal{File: o.Name, SHA256: o.SHA256, Kind: calc.FileKind(o.Kind), By: o.By, Reason: o.Reason}
		sources, err := l.load(ctx, o.Original)
		var faults *table.Faults
		switch {
		case errors.As(err, &faults): // it can't be read any more, which may be why it was withdrawn
			out.withdrawn = append(out.withdrawn, gone)
		case err != nil:
			return nil, err
		}
		for _, src := range sources {
			if !slices.ContainsFunc(out.sources, func(s *calc.Source) bool { return s.SHA256 == src.SHA256 }) {
				gone.File, gone.SHA256, gone.Kind = src.File, src.SHA256, src.Kind
				gone.Rows, gone.Money = src.RowCount(), src.Money()
				out.withdrawn = append(out.withdrawn, gone)
			}
		}
	}
	return out, nil
}

// loader loads originals of an archive.
type loader struct {
	*app
	w       *workspace
	archive *inbox.Archive
	kept    *store.Store
	stored  map[string]*calc.Source // by SHA-256 of the original
	loading
}

// load returns the sources that an original is, or has where it is a ZIP archive.
func (l *loader) load(ctx context.Context, o inbox.Original) ([]*calc.Source, error) {
	members, err := l.members(ctx, o)
	if err != nil {
		return nil, err
	}
	var sources []*calc.Source
	for _, m := range members {
		src := m.Source
		src.File, src.SHA256, src.Receipt, src.Loose = o.Name, o.SHA256, o.Last, o.Last
		if m.Name != "" {
			src.File, src.SHA256, src.Loose = o.Name+"/"+inbox.Display(m.Name), m.SHA256, 0
			src.Archives = []calc.ReceivedArchive{{SHA256: o.SHA256, Receipt: o.Last, Path: m.Name}}
		}
		sources = append(sources, src)
	}
	return sources, nil
}

// members returns what an original has, and keeps the SHA-256 of each member of a ZIP
// archive where they are new to the store.
func (l *loader) members(ctx context.Context, o inbox.Original) (members []importer.Member, err error) {
	members, isNew := l.imported[o.SHA256]
	sums, keepSums := map[string]string{}, isNew
	for _, m := range members {
		sums[m.Name] = m.SHA256
	}
	if !isNew {
		sums = l.kept.Members(o.SHA256)
		before := len(sums)
		if src := l.stored[o.SHA256]; src != nil {
			members = []importer.Member{{Source: src}}
		} else if members, isNew, err = l.read(ctx, o, sums); err != nil {
			return nil, err
		}
		keepSums = len(sums) > before
		from := "the store"
		if isNew {
			from = "the archive, because the store does not hold it"
		}
		l.detail("read %s from %s", visible(o.Name), from)
	}
	if l.keep && keepSums && len(members) > 0 && members[0].Name != "" {
		if err := l.kept.KeepMembers(o.SHA256, sums); err != nil {
			return nil, unfinished(err)
		}
	}
	return members, nil
}

// onceEach returns sources by name and SHA-256. What was received loose and in ZIP
// archives, or in several of these, is one source.
func onceEach(sources []*calc.Source) []*calc.Source {
	once := map[string]*calc.Source{}
	for _, s := range sources {
		if first := once[s.SHA256]; first != nil {
			first.File = min(first.File, s.File)
			first.Receipt, first.Loose = max(first.Receipt, s.Receipt), max(first.Loose, s.Loose)
			first.Archives = append(first.Archives, s.Archives...)
			continue
		}
		once[s.SHA256] = s
	}
	return slices.SortedFunc(maps.Values(once), func(a, b *calc.Source) int {
		return cmp.Or(strings.Compare(a.File, b.File), strings.Compare(a.SHA256, b.SHA256))
	})
}

// loadStored loads what the store has of originals, and proves them where it has
// to, side by side.
func (l *loader) loadStored(ctx context.Context, originals []inbox.Original) error {
	sources, faults := make([]*calc.Source, len(originals)), make([]error, len(originals))
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i, o := range originals {
		if l.imported[o.SHA256] != nil {
			continue
		}
		work.Go(func() error {
			if l.prove {
				faults[i] = l.archive.Check(o.SHA256)
			}
			if faults[i] == nil && ctx.Err() == nil {
				sources[i] = l.kept.Load(o.SHA256)
			}
			return ctx.Err()
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	l.stored = map[string]*calc.Source{}
	for i, o := range originals {
		if faults[i] != nil {
			return faults[i] // the first of the list, whichever came first
		}
		l.stored[o.SHA256] = sources[i]
	}
	return nil
}

// read reads what an archived original says that is not in the store whole, and
// reports whether that is new to it. sums has the SHA-256 of a ZIP archive's members
// by name, as far as they are known: the original is proven, and so are they.
func (l *loader) read(ctx context.Context, o inbox.Original, sums map[string]string) (members []importer.Member, isNew bool, err error) {
	if !l.prove {
		if err := l.archive.Check(o.SHA256); err != nil {
			return nil, false, err
		}
	}
	f, size, err := l.archive.Open(o.SHA256)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	drafts := l.kept.Draft(o.SHA256)
	defer func() { err = errors.Join(err, drafts.Discard()) }()
	known := &importer.Known{Keeper: forget, Sums: sums, Source: func(sha256 string) *calc.Source {
		src := l.kept.Load(sha256)
		isNew = isNew || src == nil
		return src
	}}
	if l.keep {
		known.Keeper = drafts.Keeper
	}
	members, err = importer.ReadAll(ctx, f, size, l.w.options, known)
	if fault := drafts.Err(); fault != nil {
		return nil, false, unfinished(fault)
	}
	if err != nil {
		return nil, false, fmt.Errorf("archived file %s (%s) cannot be read any more under this configuration: %w", o.Name, filepath.Base(l.archive.Path(o.SHA256)), err)
	}
	if err := drafts.Keep(); err != nil {
		return nil, false, unfinished(err)
	}
	return members, isNew || members[0].Name == "", nil
}

// openStore opens the store of the workspace as it reads files now.
func (a *app) openStore(w *workspace) (*store.Store, error) {
	reading, err := store.Reading(version, w.options)
	if err != nil {
		return nil, err
	}
	return store.New(a.disk, w.path("state", "earnings"), reading), nil
}

// forget is importer.Known.Keeper for those who need nothing that only documents show.
func forget(string) importer.Keeper { return importer.Forget }

// inSealedSets names, for each withdrawn file, the sealed sets before a day that
// it was in.
func (w *workspace) inSealedSets(withdrawn []calc.Withdrawal, before calc.Date) ([]calc.Withdrawal, error) {
	if len(withdrawn) == 0 {
		return nil, nil
	}
	withdrawn = slices.Clone(withdrawn)
	err := w.eachSealed(before.String(), func(set publish.Listed, run runjson.Set) {
		day, _ := calc.ParseDate(set.AsOf) // the name of a set is a date
		for i := range withdrawn {
			if hasSource(run, withdrawn[i].SHA256) {
				withdrawn[i].SealedSets = append(withdrawn[i].SealedSets, day)
			}
		}
	})
	return withdrawn, err
}

// eachSealed visits the sealed sets before a day.
func (w *workspace) eachSealed(before string, visit func(publish.Listed, runjson.Set)) error {
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		return err
	}
	for _, set := range sets {
		if set.Seal == nil || set.AsOf >= before {
			continue
		}
		run, _, err := publish.Run(w.path("statements"), set.AsOf)
		if err != nil {
			return fmt.Errorf("the sealed statements of %s: %w; restore them from a backup", set.AsOf, err)
		}
		visit(set, run)
	}
	return nil
}

// hasSource reports whether a file, or a ZIP archive, is in a set.
func hasSource(run runjson.Set, sha256 string) bool {
	for _, s := range run.Sources {
		if s.SHA256 == sha256 || slices.Contains(s.Archives, sha256) {
			return true
		}
	}
	return false
}
