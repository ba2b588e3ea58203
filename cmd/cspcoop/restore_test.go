package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRestore restores a backup of what "cspcoop help operations" says to keep, on
// another machine as it were, and gets the same statements, byte for byte.
func TestRestore(t *testing.T) {
	t.Chdir(t.TempDir())
	runExample(t, []string{"demo", "books"})
	if err := os.Mkdir("restored", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, kept := range []string{"archive", "statements"} {
		if err := os.CopyFS(filepath.Join("restored", kept), os.DirFS(filepath.Join("books", kept))); err != nil {
			t.Fatal(err)
		}
	}
	for _, kept := range []string{"cspcoop.toml", controlsFile} {
		content, err := os.ReadFile(filepath.Join("books", kept))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("restored", kept), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runExample(t, []string{"init", "restored"})
	runExample(t, []string{"verify", "--workspace", "restored"})
	if err := os.RemoveAll("restored/statements/2022-01-31"); err != nil {
		t.Fatal(err)
	}
	runExample(t, []string{"run", "--workspace", "restored", "--as-of", "2022-01-31"})
	compared := 0
	err := fs.WalkDir(os.DirFS("books/statements"), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		want, err := os.ReadFile(filepath.Join("books/statements", path))
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join("restored/statements", path))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs after the restore", path)
		}
		compared++
		return nil
	})
	if err != nil || compared < 20 {
		t.Fatalf("%d files compared: %v", compared, err)
	}
}

// TestUpgrade runs on workspaces that earlier versions wrote: the next set goes on
// from theirs, and the store is made again. One of a later format is refused, and
// nothing is written.
func TestUpgrade(t *testing.T) {
	const former = "../../fixtures/upgrades"
	for _, name := range []string{"0.1-receipts", "0.2-proofs"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "books")
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(former, name))); err != nil {
				t.Fatal(err)
			}
			mustRun(t, exitDone, "run", "--workspace", dir, "--as-of", "2019-10-31")
			roll, err := os.ReadFile(filepath.Join(dir, "statements", "2019-10-31", "rollforward.csv"))
			if err != nil || !strings.Contains(string(roll), ",USD,5000.00,0.00,0.00,0.00,0.00,0.00,0.00,5000.00,") {
				t.Errorf("the roll-forward does not open with what the former set closed with: %v\n%s", err, roll)
			}
			if status, out, _ := command("verify", "--workspace", dir); status != exitFailed || !strings.Contains(out, "2019-09-30") {
				t.Errorf("the former set, whose documents are gone, passes: %d, %s", status, out)
			}
			mustRun(t, exitDone, "run", "--workspace", dir, "--as-of", "2019-09-30")
			mustRun(t, exitDone, "verify", "--workspace", dir, "--quiet")
		})
	}
	t.Run("a later format", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "books")
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(former, "0.2-proofs"))); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "statements", "2019-09-30", "run.json")
		if err := os.WriteFile(path, []byte(`{"format": 99, "as_of": "2019-09-30", "funds": "otherwise"}`), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"run", "--as-of", "2019-10-31"}, {"status", "--as-of", "2019-10-31"}, {"verify"}} {
			status, out, errs := command(append(args, "--workspace", dir)...)
			if text := out + errs; status != exitFailed || !strings.Contains(text, "has the format 99") || !strings.Contains(text, "install the version that wrote it") {
				t.Errorf("%s: exit status %d: %s", args[0], status, text)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "statements", "2019-10-31")); err == nil {
			t.Error("a set was written")
		}
	})
}
