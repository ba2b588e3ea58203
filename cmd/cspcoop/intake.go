package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/inbox"
	"cspcoop/importer/store"
	"cspcoop/importer/table"
)

// intake is what became of the files in the inbox.
type intake struct {
	taken     []takenFile
	refused   []refusedFile
	growing   []string
	irregular []inbox.Irregular
	imported  map[string][]importer.Member // by SHA-256 of the file
}

type takenFile struct {
	path string
	kind calc.FileKind
	rows int
}

type refusedFile struct {
	path   string
	moved  string // relative to rejected/
	faults *table.Faults
}

// takeInbox imports every settled file of the inbox, in the bytewise order of
// paths, puts it into the store, and moves it to the archive or, with its faults, to
// rejected/.
func (a *app) takeInbox(ctx context.Context, w *workspace) (intake, error) {
	var done intake
	kept, err := a.openStore(w)
	if err != nil {
		return done, err
	}
	in, err := inbox.Start(a.disk, w.folders())
	if err != nil {
		return done, err
	}
	defer in.Close()
	for _, note := range in.Notes() {
		a.say("%s", note)
	}
	if err := kept.Sweep(); err != nil {
		return done, unfinished(err)
	}
	done, err = a.takeFrom(ctx, w, in.Inbox, in, kept)
	if err != nil {
		return done, err
	}
	if err := in.Mark(); err != nil {
		return done, unfinished(err)
	}
	return done, nil
}

// receiver takes files out of the inbox, or pretends to.
type receiver interface {
	Copy(f inbox.File) (*inbox.Copy, error)
	Receive(c *inbox.Copy, kind string, at time.Time) (inbox.Receipt, error)
	Reject(c *inbox.Copy, reason []byte) (string, error)
}

// takeFrom imports every settled file and hands it to a receiver. kept is nil where
// nothing is stored.
func (a *app) takeFrom(ctx context.Context, w *workspace, box *inbox.Inbox, to receiver, kept *store.Store) (intake, error) {
	done := intake{imported: map[string][]importer.Member{}}
	found, err := box.Scan(ctx, inbox.SystemClock(), w.config.Settle.Duration)
	if err != nil {
		return done, err
	}
	done.growing, done.irregular = found.Growing, found.Irregular
	progress := a.newProgress(found.Files)
	defer progress.end()
	for _, f := range found.Files {
		progress.file(f)
		err := a.takeFile(ctx, w, to, kept, f, &done)
		switch {
		case errors.Is(err, inbox.ErrGrowing):
			done.growing = append(done.growing, f.Path)
		case err != nil:
			return done, err
		}
	}
	progress.end()
	for _, path := range done.growing {
		a.warn("%s is still growing; it is left for the next run", visible(path))
	}
	for _, i := range done.irregular {
		a.warn("left where it is: %s", i)
	}
	return done, nil
}

// takeFile takes or refuses one file. It is read where it was dropped once, and everything after that works on
// the copy.
func (a *app) takeFile(ctx context.Context, w *workspace, to receiver, kept *store.Store, f inbox.File, done *intake) (err error) {
	c, err := to.Copy(f)
	if _, unreadable := errors.AsType[*inbox.UnreadableError](err); unreadable {
		done.irregular = append(done.irregular, inbox.Irregular{Path: f.Path, Err: err})
		return nil
	}
	if err != nil {
		if errors.Is(err, inbox.ErrGrowing) {
			return err
		}
		return unfinished(err)
	}
	defer func() { err = errors.Join(err, c.Discard()) }()
	drafts, keeper := kept.Draft(c.SHA256), forget
	defer func() { err = errors.Join(err, drafts.Discard()) }()
	if kept != nil {
		keeper = drafts.Keeper
	}
	members := done.imported[c.SHA256]
	if members == nil {
		if members, err = w.readCopy(ctx, c, keeper); err != nil {
			var faults *table.Faults
			if !errors.As(err, &faults) {
				return fmt.Errorf("%s: %w", visible(f.Path), err)
			}
			if err := drafts.Err(); err != nil {
				return unfinished(err)
			}
			nameMembers(faults, f.Path)
			moved, err := to.Reject(c, reason(f.Path, faults))
			if err != nil {
				return unfinished(err)
			}
			done.refused = append(done.refused, refusedFile{f.Path, moved, faults})
			a.detail("refused %s for %s", visible(f.Path), plural(faults.Total, "fault"))
			return nil
		}
	}
	kind, rows := kindOf(members)
	if _, err := to.Receive(c, string(kind), time.Now()); err != nil {
		return unfinished(err)
	}
	if err := drafts.Keep(); err != nil {
		return unfinished(err)
	}
	done.imported[c.SHA256] = members
	done.taken = append(done.taken, takenFile{f.Path, kind, rows})
	a.detail("took %s: %s, %s, %s", visible(f.Path), kind, plural(rows, "row"), plural(int(f.Size()), "byte"))
	return nil
}

// nameMembers puts the name of the ZIP archive before those of its members.
func nameMembers(faults *table.Faults, archive string) {
	for i := range faults.List {
		if f := &faults.List[i]; f.Member != "" {
			f.Member = archive + "/" + f.Member
		}
	}
}

// kindOf returns the kind and the number of rows of a file, by its members.
func kindOf(members []importer.Member) (kind calc.FileKind, rows int) {
	for _, m := range members {
		kind, rows = m.Source.Kind, rows+m.Source.RowCount()
		if m.Name != "" {
			kind = calc.KindArchive
		}
	}
	return kind, rows
}

func (w *workspace) readCopy(ctx context.Context, c *inbox.Copy, keeper func(sha256 string) importer.Keeper) ([]importer.Member, error) {
	opened, err := c.Open()
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return importer.ReadAll(ctx, opened, c.Size(), w.options, &importer.Known{Keeper: keeper})
}

// reason words why a file was refused: its faults, those of one kind and column
// together.
func reason(path string, faults *table.Faults) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s was not taken, and nothing of it is in the figures.\n", visible(path))
	these := "this fault"
	if faults.Total > 1 {
		these = fmt.Sprintf("these %d faults", faults.Total)
	}
	fmt.Fprintf(&b, "Fix %s and drop the file into the inbox again:\n\n", these)
	for _, g := range faults.Groups() {
		b.WriteString("- " + visible(g.String()) + "\n")
	}
	if more := faults.Total - len(faults.List); more > 0 {
		fmt.Fprintf(&b, "\nNot listed: %s.\n", plural(more, "more fault"))
	}
	return []byte(b.String())
}
