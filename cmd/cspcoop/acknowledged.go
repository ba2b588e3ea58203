package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"cspcoop/calc"
	"cspcoop/importer/disk"
	"cspcoop/importer/table"
)

// acknowledgedFile lies in the workspace, if anything was acknowledged.
const acknowledgedFile = "acknowledged.csv"

// readAcknowledged reads the workspace's acknowledged.csv. It belongs to the
// configuration, and so do its faults.
func (w *workspace) readAcknowledged() ([]calc.Acknowledgement, error) {
	path := w.path(acknowledgedFile)
	f, size, err := disk.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, usageError{err}
	}
	defer f.Close()
	list, err := parseAcknowledged(f, size, w.options.Table)
	if err != nil {
		return nil, faultsIn(path, err)
	}
	return list, nil
}

// faultsIn words what is wrong with a file of the configuration, every fault on
// its line.
func faultsIn(path string, err error) error {
	var faults *table.Faults
	if !errors.As(err, &faults) {
		return usage("%s: %w", path, err)
	}
	var lines []string
	for _, fault := range faults.List {
		lines = append(lines, path+": "+visible(fault.String()))
	}
	return usage("%s", strings.Join(lines, "\n         "))
}

// parseAcknowledged reads CSV as strictly as an export. The error of a file with
// faults is *table.Faults, with every fault.
func parseAcknowledged(r io.ReaderAt, size int64, o table.Options) ([]calc.Acknowledgement, error) {
	ctx := context.Background() // the file is small
	o.Header = acknowledgedFit
	file, err := table.Open(ctx, r, size, o)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var in acknowledging
	if file.Format != table.CSV {
		in.faults.Add(table.Fault{Problem: "this is a workbook", Want: "save it as CSV"})
		return nil, in.faults.Err()
	}
	if err := file.Sheets[0].Rows(ctx, in.take); err != nil {
		return nil, err
	}
	return in.list, in.faults.Err()
}
