package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cspcoop/fixtures"
	"cspcoop/importer/disk"
)

// sampleFiles lists the demo's exports by their path in the inbox.
func sampleFiles(t *testing.T) (fs.FS, []string) {
	t.Helper()
	samples, err := fixtures.DemoInbox()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	err = fs.WalkDir(samples, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return samples, names
}

// emptyWorkspace is a workspace that does not wait for files to settle.
var emptyWorkspace = sync.OnceValues(func() (string, error) {
	dir := filepath.Join(shared, "empty")
	err := makeWorkspace(dir, "")
	return dir, errors.Join(err, os.WriteFile(filepath.Join(dir, "cspcoop.toml"), []byte("settle = \"0s\"\n"), 0o600))
})

// newWorkspace returns a copy of the empty workspace.
func newWorkspace(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "books")
	copyWorkspace(t, dir)
	return dir
}

func copyWorkspace(t *testing.T, dir string) {
	t.Helper()
	empty, err := emptyWorkspace()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(empty)); err != nil {
		t.Fatal(err)
	}
}

func dropSample(t *testing.T, dir string, samples fs.FS, name string) {
	t.Helper()
	content, err := fs.ReadFile(samples, name)
	if err != nil {
		t.Fatal(err)
	}
	dropFile(t, dir, name, content)
}

// dropFile puts a file into the inbox.
func dropFile(t *testing.T, dir, name string, content []byte) {
	t.Helper()
	target := filepath.Join(dir, "inbox", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(target, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func mustRun(t *testing.T, want int, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	if got := run(context.Background(), args, strings.NewReader(""), &out, &errs); got != want {
		t.Fatalf("cspcoop %s: exit status %d, want %d\n%s%s", strings.Join(args, " "), got, want, out.String(), errs.String())
	}
}

// mustRunTables is a run, of which only tables and the terminal are looked at.
func mustRunTables(t *testing.T, dir, asOf string) {
	t.Helper()
	var errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs, disk: disk.OS(), write: writeTables}
	if got := a.execute(context.Background(), []string{"run", "--workspace", dir, "--as-of", asOf}); got != exitDone {
		t.Fatalf("the run as of %s: exit status %d\n%s", asOf, got, errs.String())
	}
}

// sumsBelow returns the SHA-256 of every file below a folder.
func sumsBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		sum := sha256.Sum256(content)
		name, _ := filepath.Rel(dir, path)
		sums[name] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

// TestSameBytesEverywhere compares a set with one that was written in another
// folder, another time zone, on one processor, from files that arrived in the
// opposite order over two runs. Claims registers keep their order, because the
// one received last is in force.
func TestSameBytesEverywhere(t *testing.T) {
	samples, names := sampleFiles(t)

	first := newWorkspace(t)
	for _, name := range names {
		dropSample(t, first, samples, name)
	}
	mustRun(t, exitDone, "run", "--workspace", first, "--as-of", fixtures.DemoAsOf)

	local := time.Local
	time.Local = time.FixedZone("elsewhere", -11*3600)
	processors := runtime.GOMAXPROCS(1)
	defer func() {
		time.Local = local
		runtime.GOMAXPROCS(processors)
	}()
	second := newWorkspace(t)
	early, late := split(names)
	for _, name := range late {
		dropSample(t, second, samples, name)
	}
	mustRun(t, exitDone, "run", "--workspace", second, "--as-of", fixtures.DemoAsOf)
	for _, name := range early {
		dropSample(t, second, samples, name)
	}
	mustRun(t, exitDone, "run", "--workspace", second, "--as-of", fixtures.DemoAsOf)

	set := filepath.Join("statements", fixtures.DemoAsOf)
	want, got := sumsBelow(t, filepath.Join(first, set)), sumsBelow(t, filepath.Join(second, set))
	if !maps.Equal(want, got) {
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if want[name] != got[name] {
				t.Errorf("%s differs", name)
			}
		}
		if len(want) != len(got) {
			t.Errorf("%d files, want %d", len(got), len(want))
		}
	}
}

// split returns the files that arrive late in path order first, and the register
// that is received last, last.
func split(names []string) (early, late []string) {
	for i, name := range names {
		if i < len(names)/2 && !strings.HasPrefix(name, "claims/") {
			early = append(early, name)
		} else {
			late = append(late, name)
		}
	}
	return early, late
}

// TestDemo compares the demo's figures with those of the SQL script that is kept
// beside the samples and shares no code with the program, and its findings
// against those that fixtures/demo/README.md says were put into it.
func TestDemo(t *testing.T) {
	samples, names := sampleFiles(t)
	dir := newWorkspace(t)
	for _, name := range names {
		dropSample(t, dir, samples, name)
	}
	mustRunTables(t, dir, fixtures.DemoAsOf)
	expected := filepath.Join("..", "..", "fixtures", "demo", "expected")
	for name, folder := range map[string]string{"balances.csv": expected, "monthly.csv": expected, "exceptions.csv": filepath.Join("testdata", "demo")} {
		want, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "statements", fixtures.DemoAsOf, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, got) {
			t.Errorf("%s differs from what is expected:\n%s", name, firstDifference(want, got))
		}
	}
}

func firstDifference(want, got []byte) string {
	w, g := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	for i := range w {
		if i >= len(g) || !bytes.Equal(w[i], g[i]) {
			return fmt.Sprintf("line %d\nwant %s\n got %s", i+1, w[i], slices.Concat(g[min(i, len(g)):min(i+1, len(g))]...))
		}
	}
	return fmt.Sprintf("%d lines more than wanted", len(g)-len(w))
}
