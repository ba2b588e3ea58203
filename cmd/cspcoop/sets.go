package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/publish"
	"cspcoop/importer/inbox"
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
	run, sum, err := publish.Run(w.path("statements"), newest.AsOf)
	switch {
	case errors.Is(err, fs.ErrNotExist): // only a sealed set is listed without it
		return nil, fmt.Errorf("%s is gone though %s sealed it: restore it from a backup before the next run", path, visible(newest.Seal.By))
	case err != nil:
		return nil, fmt.Errorf("the statement set of %s, which this one is compared with: %w", newest.AsOf, err)
	case newest.Seal != nil && sum != newest.Seal.RunSHA256:
		return nil, fmt.Errorf("%s was changed after it was sealed by %s: restore it from a backup before the next run", path, visible(newest.Seal.By))
	}
	last, err := run.Last()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	last.SHA256 = sum
	if seal := newest.Seal; seal != nil {
		last.Sealed, last.SealedBy, last.SealedOn = true, visible(seal.By), calc.DateOf(seal.SealedAt)
	}
	return last, nil
}

// nameLaterSets says which sets were compared with an earlier version of the one
// that was just written.
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

// sealedSets lists the sealed sets, and warns of each file of them that is not as
// it was sealed.
func (a *app) sealedSets(w *workspace) ([]publish.Listed, error) {
	sets, err := publish.Sets(w.path("statements"))
	if err != nil {
		return nil, err
	}
	sets = slices.DeleteFunc(sets, func(s publish.Listed) bool { return s.Seal == nil })
	for _, set := range sets {
		for _, wrong := range publish.Prove(w.path("statements"), set) {
			a.warn("%s, though %s sealed it on %s: restore the set from a backup", visible(wrong), visible(set.Seal.By), set.Seal.At())
		}
	}
	return sets, nil
}

// proveWithdrawals returns an error where the newest set lists a withdrawal that
// the archive has no receipt of: it has no original that would prove it.
func (w *workspace) proveWithdrawals(archive *inbox.Archive) error {
	sets, err := publish.Sets(w.path("statements"))
	if err != nil || len(sets) == 0 {
		return err
	}
	if lost := w.lostWithdrawals(archive, sets[len(sets)-1].AsOf); len(lost) > 0 {
		return errors.New(strings.Join(lost, "; "))
	}
	return nil
}

// lostWithdrawals names the withdrawals that a set lists and that have no receipt:
// neither of the file nor of a ZIP archive that it is a member of.
// A set that cannot be read is named by whoever needs it.
func (w *workspace) lostWithdrawals(archive *inbox.Archive, asOf string) []string {
	set, _, err := publish.Run(w.path("statements"), asOf)
	if err != nil || len(set.Withdrawn) == 0 {
		return nil
	}
	receipts, err := archive.Receipts(0)
	if err != nil {
		return problem(err)
	}
	takenOut := map[string]bool{} // SHA-256 of what was withdrawn as a whole
	for _, r := range receipts {
		takenOut[r.SHA256] = takenOut[r.SHA256] || r.Kind == inbox.KindWithdrawal
	}
	var lost []string
	for _, gone := range set.Withdrawn {
		inArchive := func(r inbox.Receipt) bool { return takenOut[r.SHA256] && strings.HasPrefix(gone.File, r.Name+"/") }
		if !takenOut[gone.SHA256] && !slices.ContainsFunc(receipts, inArchive) {
			lost = append(lost, fmt.Sprintf("archive/index.csv has lost the withdrawal of %s (%s), which the statements of %s name; restore it from a backup, or withdraw the file again",
				visible(gone.File), gone.SHA256, asOf))
		}
	}
	return lost
}
