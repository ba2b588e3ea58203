//go:build unix

package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
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
