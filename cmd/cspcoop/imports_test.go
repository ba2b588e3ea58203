package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which rooms the packages of a room may use, sub-packages
// included; a room may always use its own.
var mayImport = map[string][]string{
	"calc":     nil,
	"fixtures": nil,
	"importer": {"calc"},
	"report":   {"calc"},
	"schedule": {"calc"},
	"cmd":      {"calc", "fixtures", "importer", "report", "schedule"},
}

// calcMayImport says which sub-packages of calc a sub-package may use beside calc itself,
// the vocabulary, which uses none of them.
var calcMayImport = map[string][]string{
	"calc":           {},
	"calc/calctest":  {},
	"calc/parallel":  {},
	"calc/versions":  {"calc/parallel"},
	"calc/bank":      {"calc/payments"},
	"calc/controls":  {},
	"calc/journal":   {"calc/bank", "calc/lists"},
	"calc/lists":     {"calc/bank", "calc/payments"},
	"calc/claims":    {"calc/versions"},
	"calc/payments":  {},
	"calc/reconcile": {"calc/versions", "calc/journal", "calc/claims", "calc/payments", "calc/bank", "calc/lists", "calc/controls", "calc/parallel"},
}

// TestImportsRunOneWay holds the whole tree to the direction of its imports.
func TestImportsRunOneWay(t *testing.T) {
	const root, module = "../..", "cspcoop/"
	files := 0
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && file != root && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		relative, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		room, _, _ := strings.Cut(filepath.ToSlash(relative), "/")
		allowed, known := mayImport[room]
		if !known {
			t.Errorf("%s is in no room of the plan", relative)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files++
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			inside, ours := strings.CutPrefix(name, module)
			used, _, _ := strings.Cut(inside, "/")
			home := path.Dir(filepath.ToSlash(relative))
			if allowed, known := calcMayImport[home]; room == "calc" && ours && !(known && (inside == "calc" || slices.Contains(allowed, inside))) {
				t.Errorf("%s imports %s: %s may use calc and %v", relative, name, home, allowed)
			}
			if ours && used != room && !slices.Contains(allowed, used) {
				t.Errorf("%s imports %s: %s may use %v", relative, name, path.Join(module, room), allowed)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
}

// TestPackagesAreSmall holds every package to 40 files without its tests.
func TestPackagesAreSmall(t *testing.T) {
	const root, most = "../..", 40
	count := map[string]int{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && file != root && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir // also of a release in the making
		}
		if err == nil && strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") {
			count[filepath.Dir(file)]++
		}
		return err
	})
	if err != nil || len(count) < 20 {
		t.Fatalf("%d packages, %v", len(count), err)
	}
	for dir, n := range count {
		if n > most {
			t.Errorf("%s has %d files, more than %d: a second subject deserves a package of its own", dir, n, most)
		}
	}
}
