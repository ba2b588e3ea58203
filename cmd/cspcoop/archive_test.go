package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/calc/calctest"
	"cspcoop/fixtures"
	"cspcoop/importer/disk"
	"cspcoop/importer/store"

	"github.com/shopspring/decimal"
)

// keptFiles lists what is in a workspace's store.
func keptFiles(t *testing.T, dir string) []string {
	t.Helper()
	kept, err := filepath.Glob(filepath.Join(dir, "state", "earnings", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// TestStoreChangesNothing runs the sample exports with the store, without it, and
// with a damaged one: every byte of the statements stays the same.
func TestStoreChangesNothing(t *testing.T) {
	t.Parallel()
	dir := newWorkspace(t)
	samples, names := sampleFiles(t)
	for _, name := range names {
		dropSample(t, dir, samples, name)
	}
	state, sets := filepath.Join(dir, "state"), filepath.Join(dir, "statements")
	again := func() map[string]string {
		t.Helper()
		mustRun(t, exitDone, "run", "--workspace", dir, "--as-of", fixtures.DemoAsOf)
		return sumsBelow(t, sets)
	}
	want := again()
	kept := keptFiles(t, dir)
	if len(kept) < len(names) {
		t.Fatalf("%d files are kept of %d exports", len(kept), len(names))
	}
	keptSums := sumsBelow(t, filepath.Join(state, "earnings"))
	if got := again(); !maps.Equal(got, want) {
		t.Error("with the store the statements are others")
	}
	for i, path := range kept {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			content = content[:len(content)/2]
		} else {
			content[len(content)/2] ^= 4
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := again(); !maps.Equal(got, want) {
		t.Error("with a damaged store the statements are others")
	}
	if !maps.Equal(sumsBelow(t, filepath.Join(state, "earnings")), keptSums) {
		t.Error("the damaged store was not made again, byte for byte")
	}
	if err := os.RemoveAll(state); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitDone, "status", "--workspace", dir, "--as-of", fixtures.DemoAsOf)
	if left := keptFiles(t, dir); len(left) > 0 {
		t.Errorf("status wrote %v", left)
	}
	if got := again(); !maps.Equal(got, want) {
		t.Error("without the store the statements are others")
	}
}

// TestStoreIsRead puts another amount into the store, and finds it in the
// figures: what the archive holds is not read a second time. A changed
// configuration reads it again.
func TestStoreIsRead(t *testing.T) {
	t.Parallel()
	dir := newWorkspace(t)
	content, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "guide", "guide-5000.csv"))
	if err != nil {
		t.Fatal(err)
	}
	dropFile(t, dir, "guide.csv", content)
	balances := func() string {
		t.Helper()
		mustRunTables(t, dir, crashAsOf)
		text, err := os.ReadFile(filepath.Join(dir, "statements", crashAsOf, "balances.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want := balances()

	w, err := openWorkspace(dir)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := (&app{}).loadArchive(context.Background(), w, loading{})
	if err != nil {
		t.Fatal(err)
	}
	reading, err := store.Reading(version, w.options)
	if err != nil {
		t.Fatal(err)
	}
	src := *archive.sources[0]
	src.File, src.SHA256, src.Receipt, src.Loose = "", "", 0, 0
	calctest.Change(&src, func(row int, cells *calc.EarningCells) {
		if row == 0 {
			cells.USD = calc.NewAmount(decimal.RequireFromString("77777.77"))
		}
	})
	drafts := store.New(disk.OS(), w.path("state", "earnings"), reading).Draft(archive.sources[0].SHA256)
	keeper := drafts.Keeper("")
	keeper.Begin(&src)
	if err := errors.Join(keeper.End(&src), drafts.Keep()); err != nil {
		t.Fatal(err)
	}
	if balances() == want {
		t.Error("the store was not read")
	}
	config := []byte("settle = \"0s\"\ndefault_program = \"CSP Direct Bill Partner\"\n")
	if err := os.WriteFile(filepath.Join(dir, "cspcoop.toml"), config, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := balances(); got != want {
		t.Errorf("what was read under another configuration was believed:\n%s", got)
	}
}

// TestWhatIsProvenWhen changes an original that the store has: status trusts the
// store, which is proven by itself; a run and verify prove the original. Without the
// store, nothing reads an original that is not what was received.
func TestWhatIsProvenWhen(t *testing.T) {
	t.Parallel()
	dir := newWorkspace(t)
	content, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "guide", "guide-5000.csv"))
	if err != nil {
		t.Fatal(err)
	}
	dropFile(t, dir, "guide.csv", content)
	mustRun(t, exitDone, "run", "--workspace", dir, "--as-of", crashAsOf)
	originals, err := filepath.Glob(filepath.Join(dir, "archive", strings.Repeat("?", 64)))
	if err != nil || len(originals) != 1 {
		t.Fatalf("the archive has %q: %v", originals, err)
	}
	content[len(content)/2] ^= 1
	if err := errors.Join(os.Chmod(originals[0], 0o600), os.WriteFile(originals[0], content, 0o600)); err != nil {
		t.Fatal(err)
	}
	asOf := []string{"--workspace", dir, "--as-of", crashAsOf}
	mustRun(t, exitDone, append([]string{"status"}, asOf...)...)
	mustRun(t, exitFailed, append([]string{"run"}, asOf...)...)
	mustRun(t, exitFailed, append([]string{"run", "--dry-run"}, asOf...)...)
	mustRun(t, exitFailed, "verify", "--workspace", dir)
	if err := os.RemoveAll(filepath.Join(dir, "state", "earnings")); err != nil {
		t.Fatal(err)
	}
	mustRun(t, exitFailed, append([]string{"status"}, asOf...)...)
}
