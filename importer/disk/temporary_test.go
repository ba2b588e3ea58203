package disk

import (
	"os"
	"testing"
)

func TestTemporary(t *testing.T) {
	folder := t.TempDir()
	f, err := Temporary(folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("rows"), 3); err != nil {
		t.Fatal(err)
	}
	read := make([]byte, 4)
	if _, err := f.ReadAt(read, 3); err != nil || string(read) != "rows" {
		t.Errorf("%q, %v", read, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
