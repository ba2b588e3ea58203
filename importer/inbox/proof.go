package inbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"cspcoop/importer/disk"
)

// prove compares the list of receipts with the originals, by name and presence: each must have the other. What a
// killed run leaves is no fault, since the next run finishes or repeats it: the same bytes are still in the inbox,
// or state/ records that they were on their way.
func (a *Archive) prove(folders Folders) error {
	orphans, lost, err := a.unmatched()
	if err != nil {
		return err
	}
	if len(orphans)+len(lost) == 0 && a.index.torn == nil {
		return a.proveCount(folders.State)
	}
	elsewhere, err := underWay(folders)
	if err != nil {
		return err
	}
	if a.index.endLast(elsewhere) {
		if orphans, lost, err = a.unmatched(); err != nil {
			return err
		}
	}
	orphans = slices.DeleteFunc(orphans, func(sha string) bool { return elsewhere[sha] })
	lost = slices.DeleteFunc(lost, func(r Receipt) bool { return elsewhere[r.SHA256] })
	if err := errors.Join(a.withoutReceipt(orphans), a.withoutOriginal(lost)); err != nil {
		return err
	}
	return a.proveCount(folders.State)
}

// unmatched lists the originals without a receipt, and the receipts without an original, one for each.
func (a *Archive) unmatched() (orphans []string, lost []Receipt, err error) {
	entries, err := disk.ReadDir(a.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("the archive cannot be read: %w", err)
	}
	present, known := map[string]bool{}, map[string]bool{}
	for _, entry := range entries {
		present[entry.Name()] = entry.Type().IsRegular() // a FIFO in an original's place is none
	}
	for _, r := range a.index.receipts {
		if !known[r.SHA256] && !present[r.SHA256] {
			lost = append(lost, r)
		}
		known[r.SHA256] = true
	}
	for _, entry := range entries {
		if name := entry.Name(); isSHA256(name) && !known[name] {
			orphans = append(orphans, name)
		}
	}
	return orphans, lost, nil
}

// underWay holds the SHA-256 of every file that waits in the inbox, and of the one whose move state/ records.
func underWay(folders Folders) (map[string]bool, error) {
	sums := map[string]bool{}
	if m, recorded, err := readMove(folders.State); err == nil && recorded {
		sums[m.SHA256] = true
	}
	box, err := Open(folders.Inbox)
	if errors.Is(err, fs.ErrNotExist) {
		return sums, nil
	}
	if err != nil {
		return nil, err
	}
	defer box.Close()
	found, err := box.Scan(context.Background(), SystemClock(), 0)
	if err != nil {
		return nil, err
	}
	for _, f := range found.Files {
		if sha, err := box.SHA256(f); err == nil { // one that cannot be read stands in for nothing
			sums[sha] = true
		}
	}
	return sums, nil
}

func (a *Archive) withoutReceipt(orphans []string) error {
	if len(orphans) == 0 {
		return nil
	}
	return fmt.Errorf("originals in the archive without a receipt in %s, which has lost lines: %s; restore it from a backup, or move these files from the archive into the inbox, where the next run receives them again",
		a.indexPath(), listed(orphans))
}

func (a *Archive) withoutOriginal(lost []Receipt) error {
	if len(lost) == 0 {
		return nil
	}
	var names []string
	for _, r := range lost {
		names = append(names, fmt.Sprintf("%s (%s, receipt %d)", r.SHA256, r.Name, r.Number))
	}
	return fmt.Errorf("originals missing from the archive: %s; restore it from a backup, or drop the same file into the inbox again and run", listed(names))
}

// mostListed is how many files a message names.
const mostListed = 10

func listed(names []string) string {
	if more := len(names) - mostListed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostListed], ", "), more)
	}
	return strings.Join(names, ", ")
}
