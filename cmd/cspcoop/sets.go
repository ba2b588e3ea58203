package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"time"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/disk"
	"cspcoop/report/runjson"
	"cspcoop/schedule"

	"github.com/spf13/cobra"
)

// lastSet reads the set that a statement of the day is compared with: the newest
// earlier sealed one or, where none is sealed, the newest earlier one.
func (w *workspace) lastSet(asOf calc.Date) (*calc.LastSet, error) {
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		return nil, err
	}
	var newest *publish.Listed
	for i := range sets {
		s := &sets[i]
		if s.AsOf >= asOf.String() {
			break
		}
		if newest == nil || s.Seal != nil || newest.Seal == nil {
			newest = s
		}
	}
	if newest == nil {
		return nil, nil
	}
	path := w.path("statements", newest.AsOf, "run.json")
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the statement set of %s, which this one is compared with: %w", newest.AsOf, err)
	}
	if sum := sha256.Sum256(content); newest.Seal != nil && hex.EncodeToString(sum[:]) != newest.Seal.RunSHA256 {
		return nil, fmt.Errorf("%s was changed after it was sealed by %s: restore it before the next run", path, newest.Seal.By)
	}
	last, err := runjson.ReadLast(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	last.Sealed = newest.Seal != nil
	return last, nil
}

// nameLaterSets tells which sets were built on the one that was just written
// anew.
func (a *app) nameLaterSets(w *workspace, asOf calc.Date) error {
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		return err
	}
	var later []string
	for _, s := range sets {
		if s.AsOf > asOf.String() {
			later = append(later, s.AsOf)
		}
	}
	if len(later) > 0 {
		a.warn("later statement sets were compared with earlier ones of which this may be one: %s; run them again, in this order, unless they are sealed", strings.Join(later, ", "))
	}
	return nil
}

func (a *app) sealCommand() *cobra.Command {
	var by string
	cmd := &cobra.Command{
		Use:   "seal AS-OF --by NAME",
		Short: "Freeze a statement set that was signed off",
		Long: `seal notes who signed the statement set of a date, when, and the SHA-256 of its
run.json, beside the set. A sealed set is never written again, and later sets
compare with the newest sealed one.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.open()
			if err != nil {
				return err
			}
			day, err := calc.ParseDate(args[0])
			if err != nil {
				return usageError{err}
			}
			if strings.TrimSpace(by) == "" {
				return usage("--by: say who signs the set off")
			}
			if _, err := os.Stat(w.path("statements", day.String())); err != nil {
				return usage("there is no statement set of %s; run \"cspcoop run --as-of %s\" first", day, day)
			}
			lock, err := schedule.Acquire(w.path("state"), "seal", time.Now())
			if err != nil {
				return err
			}
			defer lock.Release()
			seal, err := publish.SealSet(disk.OS(), w.path("statements"), day.String(), by, time.Now())
			if err != nil {
				return err
			}
			a.tell("the set of %s is sealed by %s; its run.json has the SHA-256 %s", day, seal.By, seal.RunSHA256)
			return nil
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "`NAME` of who signs the set off")
	return cmd
}
