//go:build unix

package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

// A FIFO in place of a file of a set ends with a message.
func TestProveDoesNotWaitForAFIFO(t *testing.T) {
	dir := t.TempDir()
	publishSet(t, dir, asOf, "", "1")
	for _, name := range []string{"balances.csv", runName} {
		path := filepath.Join(dir, asOf, name)
		if err := errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o600)); err != nil {
			t.Fatal(err)
		}
		if wrong := strings.Join(Prove(dir, Listed{AsOf: asOf}), "; "); !strings.Contains(wrong, name+" cannot be read") || !strings.Contains(wrong, "no regular file") {
			t.Errorf("found %q", wrong)
		}
	}
}

// An overlay moves no folder of a lower layer: the earlier set stays, and the message says why.
func TestLowerLayerOfAnOverlay(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, older)
	err := publish(faulty.New(disk.OS(), faulty.LowerLayer()), dir, newer)
	if err == nil || !strings.Contains(err.Error(), "lower layer of an overlay file system") || !strings.Contains(err.Error(), "volume of its own") {
		t.Errorf("error %v", err)
	}
	onlySet(t, dir, older)
}
