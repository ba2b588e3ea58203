package inbox

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

// counted counts the bytes that are read through it.
type counted struct {
	io.Reader
	bytes *int
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	*c.bytes += n
	return n, err
}

// A dropped file is read once, whatever becomes of it.
func TestFileIsReadOnce(t *testing.T) {
	content := strings.Repeat("a row of an export\n", 10_000)
	for name, c := range map[string]struct {
		archived, elsewhere bool
		take                func(in *Intake, c *Copy) error
	}{
		"received": {take: func(in *Intake, c *Copy) error { _, err := in.Receive(c, "earnings", received); return err }},
		"received again": {archived: true, take: func(in *Intake, c *Copy) error {
			_, err := in.Receive(c, "earnings", received)
			return err
		}},
		"refused": {take: func(in *Intake, c *Copy) error { _, err := in.Reject(c, []byte("why")); return err }},
		"refused, on a share": {elsewhere: true, take: func(in *Intake, c *Copy) error {
			_, err := in.Reject(c, []byte("why"))
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			folders := workspace(t)
			if c.archived {
				drop(t, folders, "first.csv", content)
				if err := receiveAll(disk.OS(), folders); err != nil {
					t.Fatal(err)
				}
			}
			drop(t, folders, "march.csv", content)
			d := disk.OS()
			if c.elsewhere {
				d = &crossing{Disk: d, inbox: folders.Inbox}
			}
			in := start(t, d, folders)
			read := 0
			in.Inbox.through = func(r io.Reader) io.Reader { return counted{r, &read} }
			taken := copied(t, in, "march.csv")
			opened, err := taken.Open()
			if err != nil {
				t.Fatal(err)
			}
			imported, err := io.ReadAll(opened)
			if err := errors.Join(err, opened.Close(), c.take(in, taken)); err != nil || string(imported) != content || taken.SHA256 != sumOf(content) {
				t.Fatalf("copied %d bytes with the SHA-256 %s, %v", len(imported), taken.SHA256, err)
			}
			if read != len(content) {
				t.Errorf("read %d bytes of a file of %d", read, len(content))
			}
			if left := scan(t, in.Inbox).Files; len(left) > 0 {
				t.Errorf("still in the inbox: %s", paths(left))
			}
			for path, kept := range faulty.Tree(t, filepath.Dir(folders.Inbox)) {
				if strings.Contains(path, ".cspcoop-") {
					t.Errorf("left behind: %s", path)
				}
				if strings.HasSuffix(path, "march.csv") && kept != content {
					t.Errorf("%s has %d bytes", path, len(kept))
				}
			}
		})
	}
}

// changing writes to a file when it is read.
type changing struct {
	io.Reader
	change func()
}

func (c changing) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.change()
	return n, err
}

func TestFileThatChangesWhileItIsCopied(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"grows":    func(path string) error { return os.WriteFile(path, []byte("first\nsecond\n"), 0o640) },
		"shrinks":  func(path string) error { return os.Truncate(path, 2) },
		"replaced": func(path string) error { return os.Rename(path+".new", path) },
	} {
		t.Run(name, func(t *testing.T) {
			folders := workspace(t)
			drop(t, folders, "march.csv", "first\n")
			drop(t, folders, "march.csv.new", "other\n")
			in := start(t, disk.OS(), folders)
			f := find(t, in.Inbox, "march.csv")
			in.Inbox.through = func(r io.Reader) io.Reader {
				return changing{r, func() { change(filepath.Join(folders.Inbox, "march.csv")) }}
			}
			c, err := in.Copy(f)
			if err == nil { // what was replaced is whole; the new one is not received for it
				_, err = in.Receive(c, "earnings", received)
				err = errors.Join(err, c.Discard())
			}
			if !errors.Is(err, ErrGrowing) {
				t.Errorf("%v, want ErrGrowing", err)
			}
			if left := faulty.Tree(t, folders.Archive); len(left) > 0 {
				t.Errorf("in the archive: %v", left)
			}
			if _, there := faulty.Tree(t, folders.Inbox)["march.csv"]; !there {
				t.Error("the file left the inbox")
			}
		})
	}
}

func TestFileThatCannotBeRead(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "first\n")
	drop(t, folders, "april.csv", "second\n")
	in := start(t, disk.OS(), folders)
	in.Inbox.through = func(io.Reader) io.Reader { return io.MultiReader(strings.NewReader("fi"), broken{}) }
	_, err := in.Copy(find(t, in.Inbox, "march.csv"))
	var reading *UnreadableError
	if !errors.As(err, &reading) || !errors.Is(err, errBroken) {
		t.Errorf("%v, want an UnreadableError", err)
	}
	in.Inbox.through = nil
	if _, err := in.Receive(copied(t, in, "april.csv"), "earnings", received); err != nil {
		t.Errorf("the next file: %v", err)
	}
}

var errBroken = errors.New("the share is gone")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }
