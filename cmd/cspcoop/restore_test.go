package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
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
	config, err := os.ReadFile("books/cspcoop.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("restored/cspcoop.toml", config, 0o644); err != nil {
		t.Fatal(err)
	}
	runExample(t, []string{"init", "restored"})
	runExample(t, []string{"verify", "--workspace", "restored"})
	if err := os.RemoveAll("restored/statements/2022-01-31"); err != nil {
		t.Fatal(err)
	}
	runExample(t, []string{"run", "--workspace", "restored", "--as-of", "2022-01-31"})
	compared := 0
	err = fs.WalkDir(os.DirFS("books/statements"), ".", func(path string, entry fs.DirEntry, err error) error {
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
