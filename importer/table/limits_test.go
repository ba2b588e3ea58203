package table

import (
	"strings"
	"testing"
)

// A limit below zero is an error of the configuration, reported before the file is
// looked at.
func TestLimitsBelowZero(t *testing.T) {
	for key, limits := range map[string]Limits{
		"max_file_bytes":     {MaxFileBytes: -1},
		"max_zip_entries":    {MaxZipEntries: -1},
		"max_ratio":          {MaxRatio: -1},
		"max_inflated_bytes": {MaxInflatedBytes: -1},
		"max_string_bytes":   {MaxStringBytes: -1},
		"max_field_bytes":    {MaxFieldBytes: -1},
		"max_line_bytes":     {MaxLineBytes: -1},
		"max_columns":        {MaxColumns: -1},
		"max_rows":           {MaxRows: -1},
	} {
		t.Run(key, func(t *testing.T) {
			_, err := openBytes(t, []byte("Month,Amount\n2020-01,1\n"), Options{Header: header, Limits: limits})
			if _, refused := asFaults(err); err == nil || refused || !strings.Contains(err.Error(), key+" = -1") {
				t.Errorf("%s: error %v", key, err)
			}
		})
	}
}
