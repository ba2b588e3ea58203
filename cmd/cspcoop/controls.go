package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer"
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

// readControls reads the workspace's controls.csv, if there is one.
func (w *workspace) readControls() (*calc.Controls, error) {
	var lines []calc.Control
	sum := sha256.New()
	err := w.readKept(controlsFile, func(f *os.File, size int64, o importer.Options) (err error) {
		if lines, err = importer.ReadControls(context.Background(), f, size, o); err == nil { // the file is small
			_, err = io.Copy(sum, io.NewSectionReader(f, 0, size))
		}
		return err
	})
	if len(lines) == 0 { // no file, or the template
		return nil, err
	}
	for i := range lines {
		lines[i].Place.File = controlsFile
	}
	return &calc.Controls{SHA256: hex.EncodeToString(sum.Sum(nil)), Lines: lines}, nil
}
