package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cspcoop/calc"
	"cspcoop/importer/disk"
	"cspcoop/report"

	"github.com/spf13/cobra"
)

//go:embed cspcoop.toml
var defaultToml []byte

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a workspace: its folders and a commented cspcoop.toml; never overwrites",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := a.dir()
			if len(args) == 1 {
				dir = args[0]
			}
			if err := makeWorkspace(dir); err != nil {
				return err
			}
			a.tell("the workspace %s is ready: drop exports into %s and run \"cspcoop run --workspace %s\"", dir, filepath.Join(dir, "inbox"), dir)
			return nil
		},
	}
}

// makeWorkspace makes what is missing of a workspace.
func makeWorkspace(dir string) error {
	d := disk.OS()
	w := &workspace{dir: dir}
	if err := disk.MkdirAll(d, dir); err != nil {
		return err
	}
	if err := w.makeFolders(d); err != nil {
		return err
	}
	if err := writeNew(d, w.path("cspcoop.toml"), defaultToml); err != nil {
		return err
	}
	var template bytes.Buffer
	if err := report.ClaimsTemplate(&template, calc.Activities2019()); err != nil {
		return err
	}
	return writeNew(d, w.path("claims-template.xlsx"), template.Bytes())
}

// writeNew writes a file unless it is there already.
func writeNew(d disk.Disk, path string, content []byte) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", path, err)
	}
	return disk.WriteFile(d, path, content)
}
