package table

import (
	"cmp"
	"fmt"
)

// The sizes that the XLSX format itself allows.
const (
	xlsxMaxRows    = 1_048_576
	xlsxMaxColumns = 16_384 // XFD
)

// Limits bounds what one file may take. Each limit is named in the message of
// the fault that it causes, with the key that sets it.
type Limits struct {
	MaxFileBytes     int64 `toml:"max_file_bytes"`     // of the file as it was dropped
	MaxZipEntries    int   `toml:"max_zip_entries"`    // parts of a workbook
	MaxRatio         int64 `toml:"max_ratio"`          // inflated to packed size of a part that inflates to more than 1 MiB
	MaxInflatedBytes int64 `toml:"max_inflated_bytes"` // of all parts together
	MaxStringBytes   int64 `toml:"max_string_bytes"`   // memory for the shared strings of a workbook
	MaxFieldBytes    int   `toml:"max_field_bytes"`    // of one field or cell, as UTF-8
	MaxLineBytes     int   `toml:"max_line_bytes"`     // of one CSV record, line breaks inside quotes included
	MaxColumns       int   `toml:"max_columns"`        // of one record
	MaxRows          int   `toml:"max_rows"`           // of one sheet; of a CSV file, its lines
}

// DefaultLimits are wide enough for any export. They bound what a file takes
// beyond the rows that an importer keeps of it.
func DefaultLimits() Limits {
	return Limits{
		MaxFileBytes:     64 << 30,
		MaxZipEntries:    10_000,
		MaxRatio:         100,
		MaxInflatedBytes: 2 << 30,
		MaxStringBytes:   128 << 20,
		MaxFieldBytes:    128 << 10, // Excel's 32,767 characters, at most 4 bytes each
		MaxLineBytes:     4 << 20,
		MaxColumns:       xlsxMaxColumns,
		MaxRows:          100_000_000,
	}
}

// A Limit is an entry of the configuration's [limits].
type Limit struct {
	Key    string
	Value  int64
	Bytes  bool   // Value is a number of bytes
	Bounds string // what it bounds
}

// Entries returns every limit with its key.
func (l Limits) Entries() []Limit {
	return []Limit{
		{"max_file_bytes", l.MaxFileBytes, true, "a dropped file, and each file of a ZIP archive"},
		{"max_zip_entries", int64(l.MaxZipEntries), false, "parts of a workbook, files of a ZIP archive"},
		{"max_ratio", l.MaxRatio, false, "inflated to packed size of a part beyond 1 MiB"},
		{"max_inflated_bytes", l.MaxInflatedBytes, true, "all parts of a workbook together, each file of a ZIP archive"},
		{"max_string_bytes", l.MaxStringBytes, true, "memory for the shared strings of a workbook"},
		{"max_field_bytes", int64(l.MaxFieldBytes), true, "one field or cell"},
		{"max_line_bytes", int64(l.MaxLineBytes), true, "one CSV record"},
		{"max_columns", int64(l.MaxColumns), false, "columns of a record"},
		{"max_rows", int64(l.MaxRows), false, "rows of a sheet, lines of a CSV file"},
	}
}

// Check refuses a limit below zero, under which nothing could be read. Zero is
// the default.
func (l Limits) Check() error {
	for _, entry := range l.Entries() {
		if entry.Value < 0 {
			return fmt.Errorf("[limits] %s = %d is below zero; use a number above it, or remove the entry to have the default", entry.Key, entry.Value)
		}
	}
	return nil
}

// orDefaults fills in every limit that is not set.
func (l Limits) orDefaults() Limits {
	d := DefaultLimits()
	return Limits{
		MaxFileBytes:     cmp.Or(l.MaxFileBytes, d.MaxFileBytes),
		MaxZipEntries:    cmp.Or(l.MaxZipEntries, d.MaxZipEntries),
		MaxRatio:         cmp.Or(l.MaxRatio, d.MaxRatio),
		MaxInflatedBytes: cmp.Or(l.MaxInflatedBytes, d.MaxInflatedBytes),
		MaxStringBytes:   cmp.Or(l.MaxStringBytes, d.MaxStringBytes),
		MaxFieldBytes:    cmp.Or(l.MaxFieldBytes, d.MaxFieldBytes),
		MaxLineBytes:     cmp.Or(l.MaxLineBytes, d.MaxLineBytes),
		MaxColumns:       cmp.Or(l.MaxColumns, d.MaxColumns),
		MaxRows:          cmp.Or(l.MaxRows, d.MaxRows),
	}
}
