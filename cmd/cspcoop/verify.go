package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/inbox"
	"cspcoop/importer/store"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func (a *app) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check archive, receipts, sets and store against their SHA-256",
		Long: `verify reads every original of the archive, every file of every statement set and
every file of the store, and compares each with its SHA-256: the originals with
their receipts, the sets with their run.json and, where they are sealed, that with
the seal. It changes nothing. Exit status 1 means that something is not as it was
written; each is named. It is quick enough to be run every night.`,
		Example: `  # Is everything as it was written?
  cspcoop verify --workspace books

  # Every night, by cron: only what is wrong, and exit status 1
  cspcoop verify --workspace books --quiet`,
		RunE: a.opened(func(cmd *cobra.Command, w *workspace, _ []string) error {
			found, err := w.verify(cmd.Context())
			if err != nil {
				return err
			}
			if err := a.answer(found, func() { a.printVerified(found) }); err != nil {
				return err
			}
			switch n := len(found.Wrong); n {
			case 0:
				return nil
			case 1:
				return errors.New("1 thing is not as it was written; see above")
			default:
				return fmt.Errorf("%d things are not as they were written; see above", n)
			}
		}),
	}
}

// verified is what verify found, and prints with --json.
type verified struct {
	Proven    bool        `json:"proven"`
	Originals int         `json:"originals"`
	Receipts  int         `json:"receipts"`
	Stored    int         `json:"stored"` // files of the store
	Sets      []provenSet `json:"sets"`
	Wrong     []string    `json:"wrong"`
}

// provenSet is a statement set that verify read.
type provenSet struct {
	AsOf     string    `json:"as_of"`
	SealedBy string    `json:"sealed_by,omitempty"`
	SealedAt time.Time `json:"sealed_at,omitzero"`
}

// verify proves everything that can be proven, side by side.
func (w *workspace) verify(ctx context.Context) (*verified, error) {
	found := &verified{Sets: []provenSet{}, Wrong: []string{}}
	var mu sync.Mutex
	report := func(wrong ...string) {
		mu.Lock()
		defer mu.Unlock()
		found.Wrong = append(found.Wrong, wrong...)
	}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	each := func(prove func() []string) {
		work.Go(func() error {
			if ctx.Err() == nil {
				report(prove()...)
			}
			return ctx.Err()
		})
	}
	archive, unproven := inbox.OpenArchive(w.folders())
	report(problem(unproven)...)
	if archive != nil {
		var names []string
		found.Receipts, names = archive.Known()
		found.Originals = len(names)
		for _, sha := range names {
			if _, err := os.Lstat(archive.Path(sha)); unproven != nil && errors.Is(err, fs.ErrNotExist) {
				continue // named above
			}
			each(func() []string { return problem(archive.Check(sha)) })
		}
	}
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		report(err.Error())
	}
	for _, set := range sets {
		proven := provenSet{AsOf: set.AsOf}
		if set.Seal != nil {
			proven.SealedBy, proven.SealedAt = set.Seal.By, set.Seal.SealedAt
		}
		found.Sets = append(found.Sets, proven)
		each(func() []string { return publish.Prove(w.path("statements"), set) })
		if archive != nil {
			each(func() []string { return w.lostWithdrawals(archive, set.AsOf) })
		}
	}
	kept, err := store.Kept(w.path("state", "earnings"))
	if err != nil {
		report(err.Error())
	}
	found.Stored = len(kept)
	for _, path := range kept {
		each(func() []string { return problem(store.Check(path)) })
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	slices.Sort(found.Wrong)
	found.Proven = len(found.Wrong) == 0
	return found, nil
}

func problem(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}

func (a *app) printVerified(v *verified) {
	s := styleOf(a.stdout)
	for _, wrong := range v.Wrong {
		fmt.Fprintf(a.stdout, "%s  %s\n", s.urgent("wrong"), visible(wrong))
	}
	if a.quiet {
		return
	}
	fmt.Fprintf(a.stdout, "%s, %s, %s in the store, %s\n", plural(v.Originals, "original"), plural(v.Receipts, "receipt"), plural(v.Stored, "file"), plural(len(v.Sets), "statement set"))
	for _, set := range v.Sets {
		state := "not sealed"
		if set.SealedBy != "" {
			state = fmt.Sprintf("sealed by %s on %s", visible(set.SealedBy), set.SealedAt.UTC().Format("2 Jan 2006, 15:04 UTC"))
		}
		fmt.Fprintf(a.stdout, "  %s  %s\n", set.AsOf, state)
	}
}
