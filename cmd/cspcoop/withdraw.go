package main

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/inbox"
	"cspcoop/report/runjson"
	"cspcoop/schedule"

	"github.com/spf13/cobra"
)

// Bounds of what a withdrawal says, since every later set repeats it.
const (
	longestBy     = 100
	longestReason = 500
)

func (a *app) withdrawCommand() *cobra.Command {
	var by, reason string
	cmd := &cobra.Command{
		Use:   "withdraw RECEIPT --by NAME --reason TEXT",
		Short: "Take a received file out of all later statements",
		Long: `withdraw takes the file with this receipt number of archive/index.csv out of all
later statement sets, under whatever names it was received. The original stays in
the archive, and the withdrawal is a receipt of its own with who and why. Sets
that exist stay as they are; the next one names what was withdrawn, its money and
the sealed sets that it was in.

To undo it, drop the file into the inbox again.`,
		Example: `  # Receipt 12 should never have been dropped
  cspcoop withdraw 12 --by Controlling --reason "wrong file" --workspace books

  # Receipt 13 too; later statements are without both
  cspcoop withdraw 13 --by Controlling --reason "edited" --workspace books
  cspcoop run --workspace books`,
		Args:              takes(1, 1),
		ValidArgsFunction: a.receipts,
		RunE: a.opened(func(_ *cobra.Command, w *workspace, args []string) error {
			number, err := strconv.Atoi(args[0])
			if err != nil {
				return usage("%s is no receipt number; archive/index.csv has it in its first column", strconv.Quote(args[0]))
			}
			for _, text := range []struct {
				flag, value string
				longest     int
				ask         string
			}{{"by", by, longestBy, "who withdraws the file"}, {"reason", reason, longestReason, "why the file is withdrawn"}} {
				if strings.TrimSpace(text.value) == "" {
					return usage("--%s: say %s", text.flag, text.ask)
				}
				if n := utf8.RuneCountInString(text.value); n > text.longest {
					return usage("--%s has %d characters; use at most %d", text.flag, n, text.longest)
				}
			}
			return a.withdraw(w, number, strings.TrimSpace(by), strings.TrimSpace(reason))
		}),
	}
	cmd.Flags().StringVar(&by, "by", "", "`NAME` of who withdraws the file")
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that says why")
	return cmd
}

func (a *app) withdraw(w *workspace, number int, by, reason string) error {
	// An unknown number touches nothing, not even the lock.
	archive, err := inbox.OpenArchive(w.folders())
	if err != nil {
		return err
	}
	if _, err := archive.Withdrawable(number); err != nil {
		return usageError{err}
	}
	lock, err := schedule.Acquire(w.path("state"), "withdraw", time.Now())
	if err != nil {
		return err
	}
	defer lock.Release()
	if err := w.makeFolders(a.disk); err != nil {
		return err
	}
	in, err := inbox.Start(a.disk, w.folders())
	if err != nil {
		return err
	}
	defer in.Close()
	for _, note := range in.Notes() {
		a.say("%s", note)
	}
	if _, err := in.Archive.Withdrawable(number); err != nil {
		return usageError{err}
	}
	receipt, err := in.Withdraw(number, by, reason, time.Now())
	if err != nil {
		return unfinished(err)
	}
	if err := in.Mark(); err != nil {
		return unfinished(err)
	}
	a.say("%s is withdrawn (receipt %d): it is in no statement that is written from now on; drop it into the inbox again to undo this", receipt.Name, receipt.Number)
	return a.nameSealedSets(w, receipt.SHA256)
}

// nameSealedSets warns of the sealed sets that a withdrawn file was in: they stay.
func (a *app) nameSealedSets(w *workspace, sha256 string) error {
	return w.eachSealed("9999-12-31", func(set publish.Listed, run runjson.Set) {
		if hasSource(run, sha256) {
			a.warn("the file is in the statements of %s, which %s sealed: they stay as they are, and the next set shows the difference", set.AsOf, visible(set.Seal.By))
		}
	})
}
