package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/disk"
)

// controlsFile is in the workspace, if totals from outside the exports are kept.
const controlsFile = "controls.csv"

// controlsTemplate is a controls.csv without a line.
func controlsTemplate() []byte { return []byte(strings.Join(importer.ControlColumns(), ",") + "\n") }

// inInbox reports whether a path leads into the workspace's inbox, where a list of
// control totals is refused.
func (w *workspace) inInbox(path string) bool {
	if w.dir == "" {
		return false
	}
	inbox, err := filepath.Abs(w.path("inbox"))
	file, bad := filepath.Abs(path)
	return err == nil && bad == nil && strings.HasPrefix(file, inbox+string(filepath.Separator))
}

// readControls reads the workspace's controls.csv. It belongs to the
// configuration, and so do its faults.
func (w *workspace) readControls() (*calc.Controls, error) {
	path := w.path(controlsFile)
	f, size, err := disk.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, usageError{err}
	}
	defer f.Close()
	temp, err := os.MkdirTemp("", "cspcoop-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	o := w.options
	o.Table.TempDir = temp
	lines, err := importer.ReadControls(context.Background(), f, size, o) // the file is small
	if err != nil {
		return nil, faultsIn(path, err)
	}
	if len(lines) == 0 { // the template
		return nil, nil
	}
	for i := range lines {
		lines[i].Place.File = controlsFile
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		return nil, usage("%s: %w", path, err)
	}
	return &calc.Controls{SHA256: hex.EncodeToString(sum.Sum(nil)), Lines: lines}, nil
}
