//go:build unix

package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"cspcoop/importer/disk"
)

func TestOthersReadNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "statements")
	file := filepath.Join(folder, "balances.csv")
	if err := disk.MkdirAll(disk.OS(), folder); err != nil {
		t.Fatal(err)
	}
	if err := disk.WriteFile(disk.OS(), file, nil); err != nil {
		t.Fatal(err)
	}
	for path, allowed := range map[string]os.FileMode{folder: 0o750, file: 0o640} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if extra := info.Mode().Perm() &^ allowed; extra != 0 {
			t.Errorf("%s grants %v beyond %v", path, extra, allowed)
		}
	}
}
