package main

import (
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/schedule"

	"github.com/spf13/cobra"
)

func (a *app) sealCommand() *cobra.Command {
	var by string
	cmd := &cobra.Command{
		Use:   "seal AS-OF --by NAME",
		Short: "Freeze a statement set that was signed off",
		Long: `seal notes beside a statement set who signed it off, when, and the SHA-256 of its
run.json, which holds that of every other file. A sealed set is never written
again, and later sets are compared with the newest sealed one.

Sealed sets form a chain: each must have been compared with the one sealed before
it, as that is now. Where it was not, seal says what to seal or to run first.`,
		Example: `  # The statements of December were signed off
  cspcoop seal 2021-12-31 --by "A. Accountant" --workspace books

  # The next set, compared with the sealed one, was signed off too
  cspcoop run --workspace books --as-of 2022-01-31
  cspcoop seal 2022-01-31 --by "A. Accountant" --workspace books`,
		Args:              takes(1, 1),
		ValidArgsFunction: a.asOfDates,
		RunE: a.opened(func(_ *cobra.Command, w *workspace, args []string) error {
			day, err := calc.ParseDate(args[0])
			if err != nil {
				return usageError{err}
			}
			if by = strings.TrimSpace(by); by == "" {
				return usage("--by: say who signs the set off")
			}
			lock, err := schedule.Acquire(w.path("state"), "seal", time.Now())
			if err != nil {
				return err
			}
			defer lock.Release()
			seal, err := publish.SealSet(a.disk, w.path("statements"), day.String(), by, time.Now())
			if err != nil {
				return err
			}
			a.say("the set of %s is sealed by %s; its run.json has the SHA-256 %s", day, seal.By, seal.RunSHA256)
			return nil
		}),
	}
	cmd.Flags().StringVar(&by, "by", "", "`NAME` of who signs the set off")
	return cmd
}
