package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/inbox"
	"cspcoop/importer/store"
	"cspcoop/report/wording"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func (a *app) verifyCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Prove archive, receipts, statement sets and store, each file by its SHA-256",
		Long: `verify reads every original of the archive, every file of every statement set and
every file of the store, and compares each with its SHA-256: the originals with
their receipts, the sets with their run.json and, where they are sealed, that with
the seal. It changes nothing. Exit status 1 means that something is not as it was
written; each is named. It is quick enough to be run every night.`,
		Example: `  # Is everything as it was written?
  cspcoop verify --workspace books

  # Every night, by cron: only what is wrong, and exit status 1
  cspcoop verify --workspace books --quiet`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := a.open()
			if err != nil {
				return err
			}
			found, err := w.verify(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				err = a.printJSON(found.report())
			} else {
				found.print(a)
			}
			if err != nil {
				return err
			}
			if n := len(found.wrong); n > 0 {
				return fmt.Errorf("%s", found.summary())
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// verifyReport is what verify --json prints.
type verifyReport struct {
	Proven    bool        `json:"proven"`
	Originals int         `json:"originals"`
	Receipts  int         `json:"receipts"`
	Stored    int         `json:"stored"`
	Sets      []provenSet `json:"sets"`
	Wrong     []string    `json:"wrong"`
}

// provenSet is a statement set that verify read.
type provenSet struct {
	AsOf     string    `json:"as_of"`
	SealedBy string    `json:"sealed_by,omitempty"`
	SealedAt time.Time `json:"sealed_at,omitzero"`
}

func (v *verified) report() verifyReport {
	r := verifyReport{Proven: len(v.wrong) == 0, Originals: v.originals, Receipts: v.receipts, Stored: v.stored, Sets: []provenSet{}, Wrong: append([]string{}, v.wrong...)}
	for _, s := range v.sets {
		set := provenSet{AsOf: s.AsOf}
		if s.Seal != nil {
			set.SealedBy, set.SealedAt = s.Seal.By, s.Seal.SealedAt
		}
		r.Sets = append(r.Sets, set)
	}
	return r
}

// verified is what verify found.
type verified struct {
	originals, receipts, stored int
	sets                        []publish.Listed
	wrong                       []string
}

// verify proves everything that can be proven, side by side.
func (w *workspace) verify(ctx context.Context) (*verified, error) {
	var (
		found verified
		mu    sync.Mutex
	)
	report := func(wrong ...string) {
		mu.Lock()
		defer mu.Unlock()
		found.wrong = append(found.wrong, wrong...)
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
	archive, err := inbox.OpenArchive(w.folders())
	if err != nil {
		report(err.Error())
	} else {
		var names []string
		found.receipts, names = archive.Known()
		found.originals = len(names)
		for _, sha := range names {
			each(func() []string { return problem(archive.Check(sha)) })
		}
	}
	if found.sets, err = publish.Sets(w.path("statements")); err != nil {
		report(err.Error())
	}
	for _, set := range found.sets {
		each(func() []string { return publish.Prove(w.path("statements"), set) })
		if archive != nil {
			each(func() []string { return w.lostWithdrawals(archive, set.AsOf) })
		}
	}
	kept, err := store.Kept(w.path("state", "earnings"))
	if err != nil {
		report(err.Error())
	}
	found.stored = len(kept)
	for _, path := range kept {
		each(func() []string { return problem(store.Check(path)) })
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	slices.Sort(found.wrong)
	return &found, nil
}

func problem(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}

func (v *verified) summary() string {
	if len(v.wrong) == 1 {
		return "1 thing is not as it was written; see above"
	}
	return fmt.Sprintf("%d things are not as they were written; see above", len(v.wrong))
}

func (v *verified) print(a *app) {
	words := wording.English()
	s := styleOf(a.stdout)
	for _, wrong := range v.wrong {
		fmt.Fprintf(a.stdout, "%s  %s\n", s.urgent("wrong"), visible(wrong))
	}
	if a.quiet {
		return
	}
	fmt.Fprintf(a.stdout, "%s, %s, %s in the store, %s\n", plural(words, v.originals, "original"), plural(words, v.receipts, "receipt"), plural(words, v.stored, "file"), plural(words, len(v.sets), "statement set"))
	for _, set := range v.sets {
		fmt.Fprintf(a.stdout, "  %s  %s\n", set.AsOf, sealedBy(set.Seal))
	}
}

// sealedBy says who sealed a set, and when.
func sealedBy(seal *publish.Seal) string {
	if seal == nil {
		return "not sealed"
	}
	return fmt.Sprintf("sealed by %s on %s", visible(seal.By), seal.SealedAt.UTC().Format("2 Jan 2006, 15:04 UTC"))
}
