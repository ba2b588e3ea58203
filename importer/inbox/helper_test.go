package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/disk"
)

var received = time.Date(2020, 10, 15, 6, 0, 0, 0, time.UTC)

// stillClock stands still, and calls during, if any, while somebody waits.
type stillClock struct {
	now    time.Time
	during func()
	waits  []time.Duration
}

func (c *stillClock) Now() time.Time { return c.now }

func (c *stillClock) Wait(ctx context.Context, d time.Duration) error {
	c.waits = append(c.waits, d)
	if c.during != nil {
		c.during()
	}
	return ctx.Err()
}

// workspace is the folders of an empty workspace.
func workspace(t *testing.T) Folders {
	t.Helper()
	folders := workspaceAt(t.TempDir())
	if err := os.Mkdir(folders.Inbox, 0o750); err != nil {
		t.Fatal(err)
	}
	return folders
}

func workspaceAt(dir string) Folders {
	return Folders{
		Inbox:    filepath.Join(dir, "inbox"),
		Archive:  filepath.Join(dir, "archive"),
		Rejected: filepath.Join(dir, "rejected"),
		State:    filepath.Join(dir, "state"),
	}
}

// drop puts a file into the inbox, written long ago.
func drop(t *testing.T, folders Folders, name, content string) {
	t.Helper()
	if err := dropFile(folders, name, content); err != nil {
		t.Fatal(err)
	}
}

func dropFile(folders Folders, name, content string) error {
	path := filepath.Join(folders.Inbox, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(content), 0o640); err != nil {
		return err
	}
	old := received.Add(-time.Hour)
	return os.Chtimes(path, old, old)
}

func start(t *testing.T, d disk.Disk, folders Folders) *Intake {
	t.Helper()
	in, err := Start(d, folders)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return in
}

func scan(t *testing.T, box *Inbox) Found {
	t.Helper()
	found, err := box.Scan(t.Context(), &stillClock{now: received}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// find is the file of that name in the inbox.
func find(t *testing.T, box *Inbox, name string) File {
	t.Helper()
	for _, f := range scan(t, box).Files {
		if f.Path == name {
			return f
		}
	}
	t.Fatalf("%q is not in the inbox", name)
	return File{}
}

// copied is the copy of the file of that name in the inbox.
func copied(t *testing.T, in *Intake, name string) *Copy {
	t.Helper()
	c, err := in.Copy(find(t, in.Inbox, name))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

func paths(files []File) string {
	var names []string
	for _, f := range files {
		names = append(names, f.Path)
	}
	return strings.Join(names, " ")
}
