package inbox

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"cspcoop/importer/disk"
)

// The mark is how many receipts the list had when a command last received or withdrew something. It shows that the
// list has lost lines also where no original does: the line of a withdrawal, or of bytes that were received before.
// Losing the mark does no harm.
func markPath(state string) string { return filepath.Join(state, "receipts") }

// Mark records, durably, how many receipts there are.
func (in *Intake) Mark() error {
	return in.step(func() error {
		count := len(in.Archive.index.receipts)
		if mark, err := readMark(in.folders.State); err != nil || mark == count {
			return err
		}
		if err := disk.MkdirAll(in.disk, in.folders.State); err != nil {
			return err
		}
		return disk.WriteFile(in.disk, markPath(in.folders.State), []byte(strconv.Itoa(count)+"\n"))
	})
}

// readMark returns 0 where there is no mark.
func readMark(state string) (int, error) {
	content, err := disk.ReadFile(markPath(state))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	mark, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil {
		return 0, nil //nolint:nilerr // not ours, since it is written whole; it is as good as lost
	}
	return mark, nil
}

// proveCount compares the list of receipts with the mark.
func (a *Archive) proveCount(state string) error {
	mark, err := readMark(state)
	count := len(a.index.receipts)
	if err != nil || count >= mark {
		return err
	}
	return fmt.Errorf("%s lists %d receipts, and listed %d when cspcoop last wrote it: it has lost lines; restore it from a backup; if an older one is meant to be used, delete %s and drop what was received since into the inbox again",
		a.indexPath(), count, mark, markPath(state))
}
