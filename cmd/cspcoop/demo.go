package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cspcoop/fixtures"
	"cspcoop/importer/disk"

	"github.com/spf13/cobra"
)

func (a *app) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo [DIR]",
		Short: "Make a workspace with sample exports and run it",
		Long: `demo makes a workspace with a year and a half of sample exports in DIR (default:
./cspcoop-demo), runs it as of ` + fixtures.DemoAsOf + `, and says where to look. DIR must be
new or empty, so that samples never mix with books of your own.`,
		Example: `  # Sample exports and their statements, in ./cspcoop-demo
  cspcoop demo

  # In a folder of another name; other examples go on from there
  cspcoop demo books`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "cspcoop-demo"
			if len(args) == 1 {
				dir = args[0]
			}
			if err := mustBeEmpty(dir); err != nil {
				return err
			}
			if err := disk.MkdirAll(disk.OS(), dir); err != nil {
				return err
			}
			if err := writeNew(disk.OS(), filepath.Join(dir, controlsFile), fixtures.DemoControls); err != nil {
				return err
			}
			if err := makeWorkspace(dir, ""); err != nil {
				return err
			}
			samples, err := fixtures.DemoInbox()
			if err != nil {
				return err
			}
			if err := os.CopyFS(filepath.Join(dir, "inbox"), samples); err != nil {
				return err
			}
			a.workspace = dir
			if a.asOf == "" {
				a.asOf = fixtures.DemoAsOf
			}
			w, err := a.open()
			if err != nil {
				return err
			}
			w.config.Settle.Duration = 0 // the samples are whole
			asOf, err := a.day(w)
			if err != nil {
				return err
			}
			done, err := a.reconcile(cmd.Context(), w, asOf, 0)
			if err != nil {
				return err
			}
			a.printOutcome(done)
			set := filepath.Join(dir, done.folder)
			fmt.Fprintf(a.stdout, `
Open first:
  %s
  %s
A file of your own: put it into %s and run
  cspcoop run --workspace %s --as-of %s
`, visible(filepath.Join(set, "summary.pdf")), visible(filepath.Join(set, "index.html")), visible(filepath.Join(dir, "inbox")), visible(dir), asOf)
			return nil
		},
	}
}

// mustBeEmpty refuses a folder that holds anything.
func mustBeEmpty(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && !info.IsDir(): // opening a FIFO would wait
		return usage("%s is no folder; name a new or empty one", dir)
	}
	entries, err := os.ReadDir(dir)
	switch {
	case err != nil:
		return usage("%w; name a new or empty folder", err)
	case len(entries) > 0:
		return usage("%s already holds %s; name a new or empty folder", dir, entries[0].Name())
	}
	return nil
}
