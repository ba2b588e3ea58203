//go:build unix

package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"cspcoop/importer/disk"
)

// TestHostileNames drops good and bad files under names that no one would choose,
// and beside them what is no file at all.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	dir := newWorkspace(t)
	outside := filepath.Join(filepath.Dir(dir), "outside.csv")
	good, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "guide", "guide-5000.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(outside, good, 0o600); err != nil {
		t.Fatal(err)
	}
	names := []string{
		"two\nlines.csv", "back\\slash.csv", "..csv.csv ", "...", "-rf", "=1+1.csv", "CON.csv", "a:b.csv", "\u202evsc.csv", "bell\a.csv",
		strings.Repeat("n", 251) + ".csv", strings.Repeat("deep/", 40) + "x.csv", "report.csv.reason.txt", "folder.csv/inner.csv", "%s%n.csv",
	}
	if err := os.WriteFile(filepath.Join(dir, "inbox", "\xff\xfe.csv"), good, 0o600); err == nil {
		names = append(names, "\xff\xfe.csv") // where the file system takes any bytes
	}
	hidden := []string{"...", "..csv.csv "} // begin with a dot: left alone
	for _, name := range names {
		dropFile(t, dir, name, good)
		dropFile(t, dir, filepath.Join("bad", name), []byte("not a report of "+name))
	}
	irregular := map[string]error{
		"pipe.csv":   syscall.Mkfifo(filepath.Join(dir, "inbox", "pipe.csv"), 0o600),
		"link.csv":   os.Symlink(outside, filepath.Join(dir, "inbox", "link.csv")),
		"up":         os.Symlink("..", filepath.Join(dir, "inbox", "up")),
		"zeroes.csv": os.Symlink("/dev/zero", filepath.Join(dir, "inbox", "zeroes.csv")),
	}
	for name, err := range irregular {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}

	status, out, errs := command("run", "--workspace", dir, "--as-of", crashAsOf)
	if status != exitRefused {
		t.Fatalf("exit status %d\n%s%s", status, out, errs)
	}
	obeysNothing(t, "the terminal", out+errs)
	for name := range irregular {
		if !strings.Contains(errs, name+" is a ") {
			t.Errorf("nobody is told of %s: %s", name, errs)
		}
	}
	mustHold(t, filepath.Dir(dir), "books", "outside.csv")
	if content, err := os.ReadFile(outside); err != nil || string(content) != string(good) {
		t.Errorf("the file behind a link holds %q, %v", content, err)
	}
	left := leftInInbox(t, dir)
	want := slices.Collect(maps.Keys(irregular))
	for _, name := range hidden {
		want = append(want, name, filepath.Join("bad", name))
	}
	slices.Sort(want)
	if !slices.Equal(left, want) {
		t.Errorf("in the inbox is left %q, want %q", left, want)
	}
	taken, reasons := len(names)-len(hidden), 0
	if got := len(received(t, dir)); got != taken {
		t.Errorf("%d files are received, want %d", got, taken)
	}
	for name := range fingerprints(t, filepath.Join(dir, "rejected")) {
		for part := range strings.SplitSeq(name, "/") {
			if disk.SafeName(part) != part {
				t.Errorf("%q among the rejected is no safe name", name)
			}
		}
		if strings.HasSuffix(name, ".reason.txt") {
			reasons++
		}
	}
	if reasons != taken {
		t.Errorf("%d reasons, want one for each of %d files", reasons, taken)
	}
	balances, err := os.ReadFile(filepath.Join(dir, "statements", crashAsOf, "balances.csv"))
	if err != nil || !strings.Contains(string(balances), "5000.00") {
		t.Errorf("balances.csv: %s, %v", balances, err)
	}
}

// leftInInbox lists all but folders, sorted.
func leftInInbox(t *testing.T, dir string) []string {
	t.Helper()
	var left []string
	inbox := filepath.Join(dir, "inbox")
	err := filepath.WalkDir(inbox, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(inbox, path)
			left = append(left, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(left)
	return left
}

// TestCheckOpensNoDevice would never end if it did.
func TestCheckOpensNoDevice(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.csv")
	if err := os.Symlink("/dev/zero", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/dev/zero", pipe, link, t.TempDir()} {
		status, out, errs := command("check", path)
		if status != exitRefused || !strings.Contains(out, "is no regular file") {
			t.Errorf("check %s: exit status %d\n%s%s", path, status, out, errs)
		}
	}
}
