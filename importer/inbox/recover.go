package inbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"cspcoop/importer/disk"
)

// move is the note in state/ that a file is on its way from the inbox to the archive. Losing it does no harm:
// the file is then received once more, which counts nothing twice.
type move struct {
	Number int `json:"number"`
	// File is the path within the inbox in the file system's own bytes, which need not be text.
	File     []byte    `json:"file"`
	Modified time.Time `json:"modified"`
	SHA256   string    `json:"sha256"`
}

func movePath(state string) string { return filepath.Join(state, "receiving.json") }

func (m move) write(d disk.Disk, state string) error {
	content, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := disk.MkdirAll(d, state); err != nil {
		return err
	}
	return disk.WriteFile(d, movePath(state), content)
}

// readMove reports false when no move is on record.
func readMove(state string) (move, bool, error) {
	var m move
	content, err := disk.ReadFile(movePath(state))
	if errors.Is(err, fs.ErrNotExist) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	if json.Unmarshal(content, &m) != nil {
		// Not ours, since it is written whole; it is as good as lost.
		m = move{}
	}
	return m, true, nil
}

// forget takes the finished move off the record, durably: brought back by a power failure it could swallow the
// same file dropped again.
func (in *Intake) forget() error {
	err := in.disk.Remove(movePath(in.folders.State))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return in.disk.SyncDir(in.folders.State)
}

// recover ends an interrupted run: a torn receipt goes (its file is still in the inbox), a file whose receipt is
// written leaves the inbox.
func (in *Intake) recover() error {
	m, interrupted, err := readMove(in.folders.State)
	if err != nil {
		return fmt.Errorf("the interrupted run cannot be looked into; delete %s, which loses no figure: %w",
			in.folders.State, err)
	}
	if err := disk.SweepTemp(in.disk, in.folders.Archive); err != nil {
		return fmt.Errorf("leftovers of an interrupted run cannot be removed from the archive: %w", err)
	}
	if err := in.settleIndex(interrupted); err != nil {
		return fmt.Errorf("the list of receipts cannot be put in order: %w", err)
	}
	if !interrupted {
		return nil
	}
	if err := in.finish(m); err != nil {
		return fmt.Errorf("%s was received but cannot be taken out of the inbox: %w", Display(string(m.File)), err)
	}
	return in.forget()
}

// settleIndex writes the whole list again when its end is torn or another program has saved it, or when a run stopped
// in the middle of a move: had the flush of its receipt failed, the line would read well now and still not be on the
// disk.
func (in *Intake) settleIndex(interrupted bool) error {
	torn := string(in.Archive.index.torn)
	foreign := in.Archive.index.foreign
	if len(in.Archive.index.intact) == 0 || (torn == "" && !interrupted && !foreign) {
		return nil
	}
	if foreign {
		in.note("the list of receipts had been saved by another program; it is whole, and was written back as it was")
	}
	if torn != "" {
		in.note("the list of receipts ended in an unfinished line, which was removed: %s", Display(torn))
	}
	return in.rewriteIndex(in.Archive.index.intact)
}

// finish takes the file of an interrupted move out of the inbox, if its receipt is written and it is still that
// file.
func (in *Intake) finish(m move) error {
	receipts := in.Archive.index.receipts
	if m.Number < 1 || m.Number > len(receipts) || receipts[m.Number-1].SHA256 != m.SHA256 {
		return nil
	}
	path := filepath.FromSlash(string(m.File))
	if !filepath.IsLocal(path) {
		return nil
	}
	info, err := in.Inbox.root.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f := File{Path: string(m.File), info: info}
	if !info.Mode().IsRegular() || !info.ModTime().Equal(m.Modified) {
		return nil
	}
	found, err := in.Inbox.SHA256(f)
	if errors.Is(err, ErrGrowing) || (err == nil && found != m.SHA256) {
		return nil
	}
	if err != nil {
		return err
	}
	in.note("%s was received by an interrupted run and is now out of the inbox", Display(f.Path))
	return in.takeOut(f)
}

func (in *Intake) note(format string, args ...any) {
	in.notes = append(in.notes, fmt.Sprintf(format, args...))
}
