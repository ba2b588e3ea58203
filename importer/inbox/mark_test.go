package inbox

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/disk"
)

// A list that lost the receipt of bytes that were received before has all originals:
// only the mark shows the loss.
func TestMarkShowsLostReceipts(t *testing.T) {
	dir := t.TempDir()
	folders := Folders{filepath.Join(dir, "inbox"), filepath.Join(dir, "archive"), filepath.Join(dir, "rejected"), filepath.Join(dir, "state")}
	for _, name := range []string{"register.csv", "again.csv"} {
		if err := os.MkdirAll(folders.Inbox, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folders.Inbox, name), []byte("the same bytes\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		in, err := Start(disk.OS(), folders)
		if err != nil {
			t.Fatal(err)
		}
		found, err := in.Inbox.Scan(t.Context(), SystemClock(), 0)
		if err != nil {
			t.Fatal(err)
		}
		c, err := in.Copy(found.Files[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := in.Receive(c, "claims", time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := in.Mark(); err != nil {
			t.Fatal(err)
		}
		in.Close()
	}
	index := filepath.Join(folders.Archive, "index.csv")
	whole, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(whole), "\n")
	for _, c := range []struct {
		name, index, mark string
		lost              bool
	}{
		{"whole", string(whole), "2\n", false},
		{"the last line is lost", strings.Join(lines[:2], ""), "2\n", true},
		{"the last line is lost, and the mark", strings.Join(lines[:2], ""), "", false},
		{"a mark that is none", string(whole), "many", false},
		{"written by an earlier version", string(whole), "1\n", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := os.WriteFile(index, []byte(c.index), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(markPath(folders.State), []byte(c.mark), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := OpenArchive(folders)
			if lost := err != nil && strings.Contains(err.Error(), "it has lost lines"); lost != c.lost || err != nil && !lost {
				t.Errorf("%v", err)
			}
		})
	}
}
