package inbox

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"cspcoop/importer/disk"
	"cspcoop/importer/disk/faulty"
)

// reject drops a file, rejects it and returns its place.
func reject(t *testing.T, d disk.Disk, folders Folders, name, content string) string {
	t.Helper()
	drop(t, folders, name, content)
	in := start(t, d, folders)
	place, err := in.Reject(copied(t, in, name), []byte("reason of "+content))
	if err != nil {
		t.Fatal(err)
	}
	if left := scan(t, in.Inbox).Files; len(left) > 0 {
		t.Errorf("still in the inbox: %s", paths(left))
	}
	return place
}

func TestRejectKeepsEveryOriginal(t *testing.T) {
	folders := workspace(t)
	for _, c := range []struct{ name, content, want string }{
		{"march.csv", "a", "march.csv"},
		{"march.csv", "a", "march.csv"},
		{"march.csv", "b", "march-2.csv"},
		{"march.csv", "c", "march-3.csv"},
		{"march.csv", "b", "march-2.csv"},
		{"sub/march.csv", "d", "sub/march.csv"},
		{"march-2.csv", "e", "march-2-2.csv"},
		{"no-extension", "a", "no-extension"},
		{"no-extension", "b", "no-extension-2"},
		{"march.csv/april.csv", "f", "march-4.csv/april.csv"}, // as a folder, it meets three rejected files
		{"sub", "g", "sub-2"},
		{"march.csv.reason.txt", "h", "march.csv.reason-" + sumOf("h")[:12] + ".txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reject(t, disk.OS(), folders, c.name, c.content); got != c.want {
				t.Errorf("%s with %q went to %s, want %s", c.name, c.content, got, c.want)
			}
			rejected := faulty.Tree(t, folders.Rejected)
			if rejected[c.want] != c.content || rejected[c.want+".reason.txt"] != "reason of "+c.content {
				t.Errorf("%s holds %q and %q", c.want, rejected[c.want], rejected[c.want+".reason.txt"])
			}
			// The next name may be that of a folder now.
			if folder, _, ok := strings.Cut(c.name, "/"); ok {
				if err := os.Remove(filepath.Join(folders.Inbox, folder)); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	if n := len(faulty.Tree(t, folders.Rejected)); n != 2*10 {
		t.Errorf("%d files among the rejected ones, want 10 originals with a reason each", n)
	}
}

func TestRejectedNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("these names cannot be dropped here; TestRejectedName covers them")
		return
	}
	long := strings.Repeat("x", 251) + ".csv"
	digest := "-" + sumOf("a")[:12]
	folder := "-" + sumOf("two\nlines")[:12]
	for name, want := range map[string]string{
		"two\nlines.csv":         "two_lines" + digest + ".csv",
		"\xff\xfe.csv":           "__" + digest + ".csv",
		"CON.csv":                "_CON" + digest + ".csv",
		"a:b?.xlsx":              "a_b_" + digest + ".xlsx",
		"blank .":                "blank" + digest,
		"rlo\u202evsc.exe":       "rlo_vsc" + digest + ".exe",
		long:                     strings.Repeat("x", 222) + digest + ".csv",
		"two\nlines/march.csv":   "two_lines" + folder + "/march.csv",
		"x." + long[:200] + "y":  "x." + long[:200] + "y",
		strings.Repeat("ä", 127): strings.Repeat("ä", 113) + digest,
	} {
		t.Run(name, func(t *testing.T) {
			folders := workspace(t)
			if got := reject(t, disk.OS(), folders, name, "a"); got != want {
				t.Errorf("%q went to %q, want %q", name, got, want)
			}
		})
	}
}

func TestRejectedName(t *testing.T) {
	sum := sumOf("a")
	for _, name := range []string{
		strings.Repeat("x", 255), strings.Repeat("北", 85), "a." + strings.Repeat("b", 253), "nul", "x.reason.txt",
		"X.REASON.TXT", "\x00", strings.Repeat(". ", 100) + ".csv",
	} {
		t.Run(name, func(t *testing.T) {
			got := rejectedName(name, sum)
			stem, _ := splitExtension(got)
			if !strings.HasSuffix(stem, "-"+sum[:12]) || disk.SafeName(got) != got {
				t.Errorf("%q became %q", name, got)
			}
			if last := numbered(got, 9999) + reasonEnding; len(last) > 255 {
				t.Errorf("%q has %d bytes", last, len(last))
			}
		})
	}
	for _, name := range []string{strings.Repeat("x", longestName), "march.csv", "Grüße (2).xlsx"} {
		if got := rejectedName(name, sum); got != name {
			t.Errorf("%q became %q", name, got)
		}
	}
}

func TestRejectAcrossFileSystems(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	crossing := &crossing{Disk: disk.OS(), inbox: folders.Inbox}
	d := faulty.New(crossing)
	if place := reject(t, d, folders, "march.csv", "a"); place != "march.csv" {
		t.Errorf("went to %s", place)
	}
	want := map[string]string{"march.csv": "a", "march.csv.reason.txt": "reason of a"}
	if got := faulty.Tree(t, folders.Rejected); crossing.met != 1 || !maps.Equal(got, want) {
		t.Errorf("after %d attempts to move, rejected are %q", crossing.met, got)
	}
	if dirty := d.Dirty(); len(dirty) > 0 {
		t.Errorf("a power failure could undo %v", dirty)
	}
}

// crossing is a disk on which the inbox is another file system.
type crossing struct {
	disk.Disk
	inbox string
	met   int
}

func (c *crossing) Rename(from, to string) error {
	if strings.HasPrefix(from, c.inbox) {
		c.met++
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: errCrossDevice}
	}
	return c.Disk.Rename(from, to)
}

func TestRejectStopsBehindAFaultOfTheReason(t *testing.T) {
	folders := workspace(t)
	drop(t, folders, "march.csv", "a")
	d := faulty.New(disk.OS(), faulty.FailAt(4, faulty.Fault{Err: syscall.ENOSPC}))
	in, whole := start(t, d, folders), start(t, disk.OS(), folders)
	if _, err := in.Reject(copied(t, whole, "march.csv"), []byte("why")); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v", err)
	}
	if got := faulty.Tree(t, folders.Inbox); got["march.csv"] != "a" {
		t.Errorf("in the inbox is %q", got)
	}
}
