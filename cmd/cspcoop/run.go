package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"cspcoop/calc"
	"cspcoop/calc/reconcile"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer"
	"cspcoop/importer/disk"
	"cspcoop/importer/inbox"
	"cspcoop/report"
	"cspcoop/report/pdf"
	"cspcoop/schedule"

	"github.com/spf13/cobra"
)

func (a *app) runCommand() *cobra.Command {
	var known int
	var dry bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Import what is in the inbox, reconcile, and write the statements",
		Long: `run takes every export in the inbox, reconciles the whole archive as of the
as-of date, and writes the statement set of that date, also when nothing is new.
A file that cannot be taken whole is moved to rejected/, with every fault beside
it in NAME.reason.txt.

With --dry-run it says what it would take, refuse and change against the newest
set, and touches nothing at all, the inbox included.`,
		Example: `  # Take what is in books/inbox and write books/statements/TODAY
  cspcoop run --workspace books

  # The statements as of the end of a year
  cspcoop run --workspace books --as-of 2021-12-31

  # What that would take, refuse and change, without touching anything
  cspcoop run --workspace books --as-of 2022-01-31 --dry-run`,
		RunE: a.opened(func(cmd *cobra.Command, w *workspace, _ []string) error {
			asOf, err := a.day(w)
			if err != nil {
				return err
			}
			switch {
			case known < 1 && cmd.Flags().Changed("known"):
				return usage("--known %d: use the number of receipts to go by, 1 or more", known)
			case a.asJSON && !dry:
				return usage("--json is for --dry-run; use \"cspcoop status --json\" after the run")
			case dry && known > 0:
				return usage("--dry-run tries the inbox, which --known ignores: use one of them")
			case dry:
				return a.tryRun(cmd.Context(), w, asOf)
			}
			done, err := a.reconcile(cmd.Context(), w, asOf, known)
			if err != nil {
				return err
			}
			if !a.quiet {
				a.printOutcome(done)
			}
			if len(done.refused)+len(done.irregular) > 0 {
				*a.status = exitRefused
			}
			return nil
		}),
	}
	cmd.Flags().IntVar(&known, "known", 0, "use only the first `N` receipts of archive/index.csv, and leave the inbox alone")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what a run would do, and touch nothing")
	cmd.Flags().BoolVar(&a.asJSON, "json", false, "print JSON, with --dry-run")
	return cmd
}

// tryRun is run --dry-run: its exit status is that of the run.
func (a *app) tryRun(ctx context.Context, w *workspace, asOf calc.Date) error {
	t, err := a.dryRun(ctx, w, asOf)
	if err != nil {
		return err
	}
	if len(t.Refused)+t.irregular > 0 {
		*a.status = exitRefused
	}
	return a.answer(t, func() { a.printTrial(t) })
}

// outcome is what a run did.
type outcome struct {
	intake
	result *calc.Result
	folder string // of the statement set, relative to the workspace
}

// reconcile is one run: import, calculate, report, publish. Nothing is touched
// when the set is sealed or another run holds the workspace. known limits the
// run to the first receipts; 0 takes the inbox and everything.
func (a *app) reconcile(ctx context.Context, w *workspace, asOf calc.Date, known int) (*outcome, error) {
	options, err := w.ready(asOf, known)
	if err != nil {
		return nil, err
	}
	if err := w.makeFolders(a.disk); err != nil {
		return nil, err
	}
	lock, err := schedule.Acquire(w.path("state"), "run", time.Now())
	if err != nil {
		return nil, err
	}
	defer lock.Release()

	if _, err := a.sealedSets(w); err != nil {
		return nil, err
	}
	kept, err := a.openStore(w)
	if err != nil {
		return nil, err
	}
	options.Details = kept
	done := &outcome{}
	if known == 0 {
		if done.intake, err = a.takeInbox(ctx, w); err != nil {
			return nil, err
		}
	}
	archive, err := a.loadArchive(ctx, w, loading{known: known, imported: done.imported, keep: true, prove: true})
	if err != nil {
		return nil, err
	}
	if done.result, err = w.calculate(asOf, archive); err != nil {
		return nil, err
	}
	a.detailResult(done.result)
	a.noticeSurroundings(w, done.result)
	importer.CollectWithin()
	if done.folder, err = a.publish(ctx, w, done.result, options); err != nil {
		return nil, err
	}
	a.detail("wrote %s", done.folder)
	return done, a.nameLaterSets(w, asOf)
}

// detailResult says what was calculated, and with which set it is compared.
func (a *app) detailResult(r *calc.Result) {
	a.detail("calculated %s, %s and %s", plural(len(r.Statements), "statement"), plural(len(r.Balances()), "fund"), plural(len(r.Findings), "finding"))
	for _, rule := range r.Rules {
		a.detail("applied %s", rule.Name)
	}
	switch last := r.Last; {
	case last == nil:
		a.detail("compared with no earlier set")
	case last.Sealed:
		a.detail("compared with the set of %s, sealed by %s", last.AsOf, visible(last.SealedBy))
	default:
		a.detail("compared with the set of %s", last.AsOf)
	}
}

// ready checks everything that a run can be refused for, before it touches
// anything: the schedule, the look of documents, the receipts to go by, the seal.
func (w *workspace) ready(asOf calc.Date, known int) (report.Options, error) {
	if _, err := w.plan(); err != nil {
		return report.Options{}, err
	}
	options, err := w.reportOptions()
	if err != nil {
		return options, err
	}
	seal, sealed, err := publish.Sealed(w.path("statements"), asOf.String())
	switch {
	case err != nil:
		return options, err
	case sealed:
		return options, &publish.SealedError{AsOf: asOf.String(), Seal: seal}
	}
	archive, err := inbox.OpenArchive(w.folders())
	switch {
	case known == 0 && err != nil:
		return options, nil //nolint:nilerr // the inbox is opened with what a killed run left repaired
	case known == 0:
		return options, w.proveWithdrawals(archive)
	case err != nil:
		return options, err
	}
	if _, err := archive.Receipts(known); err != nil {
		return options, usage("--known: %w", err)
	}
	return options, nil
}

// calculate reconciles the archive as of a day, and compares with the last
// statement set.
func (w *workspace) calculate(asOf calc.Date, archive *archived) (*calc.Result, error) {
	last, err := w.lastSet(asOf)
	if err != nil {
		return nil, err
	}
	withdrawn, err := w.inSealedSets(archive.withdrawn, asOf)
	if err != nil {
		return nil, err
	}
	importer.CollectFor(archive.sources)
	return reconcile.Calculate(calc.Input{
		AsOf: asOf, Sources: archive.sources, Policy: w.policy, Notices: report.Substituted(archive.sources), Last: last, Acknowledged: w.acknowledged,
		Withdrawn: withdrawn, Controls: w.controls,
	})
}

// writeSet writes the documents of a result into a set.
type writeSet func(context.Context, *calc.Result, report.Set, report.Options) error

// publish writes the statement set, whole or not at all.
func (a *app) publish(ctx context.Context, w *workspace, r *calc.Result, options report.Options) (string, error) {
	set, err := publish.Begin(a.disk, w.path("statements"), r.AsOf.String())
	if err != nil {
		return "", err
	}
	write := report.Write
	if a.write != nil {
		write = a.write
	}
	if err := write(ctx, r, set, options); err != nil {
		return "", unfinished(errors.Join(err, set.Abort()))
	}
	if err := set.Commit(); err != nil {
		return "", unfinished(err)
	}
	return filepath.Rel(w.dir, set.Published())
}

// unfinished adds to a fault of the disk what it leaves behind and what to do.
func unfinished(err error) error {
	return fmt.Errorf("%w; no file is lost and the statements are as they were: fix this and run again", err)
}

func (w *workspace) reportOptions() (report.Options, error) {
	c := w.config.Documents
	o := report.Options{Words: w.words, Paper: c.Paper, Issuer: c.Issuer, Footer: c.Footer, Settings: w.settings(), ByteOrderMark: c.CSVBOM}
	if c.Logo == "" {
		return o, nil
	}
	data, err := disk.ReadFile(w.beside(c.Logo))
	if err == nil {
		o.Logo, err = pdf.ReadLogo(data)
	}
	if err != nil {
		return o, usage("%s: [documents] logo = %q: %w", w.path("cspcoop.toml"), c.Logo, err)
	}
	return o, nil
}

// makeFolders makes the folders of the workspace that are not there.
func (w *workspace) makeFolders(d disk.Disk) error {
	for _, name := range []string{"inbox", "archive", "rejected", "statements", "state"} {
		if err := disk.MkdirAll(d, w.path(name)); err != nil {
			return err
		}
	}
	return nil
}
