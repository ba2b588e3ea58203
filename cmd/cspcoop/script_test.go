package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"cspcoop/importer/disk"
	"cspcoop/schedule"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(sharing{m}, map[string]func(){
		"cspcoop": func() {
			os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
		"cspcoop-crash":    crashMain,
		"cspcoop-measured": measuredMain,
	})
}

// sharing runs tests that share what takes long to make.
type sharing struct{ *testing.M }

// shared is a folder for it: what is there does not change.
var shared string

func (m sharing) Run() int {
	var err error
	if shared, err = os.MkdirTemp("", "cspcoop"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(shared)
	return m.M.Run()
}

// TestScripts drives the command through the stories in testdata/script, in this
// process and one after the other: a process of its own takes longer to start, and to
// lay out its first page, than most commands take.
func TestScripts(t *testing.T) {
	fixtures, err := filepath.Abs("../../fixtures")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CSPCOOP_WORKSPACE", "")
	testscript.RunT(inTurn{t}, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("FIXTURES", fixtures)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"hold":    hold,
			"drop":    drop,
			"samerun": sameRun,
			"tree":    listTree,
			"crlf":    crlf,
			"settled": settled,
			"zip":     zipFiles,
		},
	})
}

// inTurn runs scripts one after the other: a process has one working directory.
type inTurn struct{ *testing.T }

func (inTurn) Parallel()     {}
func (inTurn) Verbose() bool { return testing.Verbose() }

func (t inTurn) Run(name string, script func(testscript.T)) {
	t.T.Run(name, func(t *testing.T) { script(inTurn{t}) })
}

// exits runs cspcoop and wants an exit status: exits 3 run. With DOCUMENTS=tables in the
// script's environment it writes no pages and workbooks.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	here, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	a := &app{stdin: strings.NewReader(""), stdout: ts.Stdout(), stderr: ts.Stderr(), disk: disk.OS()}
	if ts.Getenv("DOCUMENTS") == "tables" {
		a.write = writeTables
	}
	got := a.execute(context.Background(), args[1:])
	ts.Check(os.Chdir(here))
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// hold takes the workspace until the script ends, as a run that is under way.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	lock, err := schedule.Acquire(ts.MkAbs(args[0]), "run", time.Date(2021, 10, 15, 6, 0, 0, 0, time.UTC))
	if err != nil {
		ts.Fatalf("hold: %v", err)
	}
	ts.Defer(func() { lock.Release() })
}

// zipFiles makes a ZIP archive of files, each under its own path, without time stamps:
// zip inbox/Earnings.zip march.csv 2020/april.csv.
func zipFiles(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range args[1:] {
		part, err := w.Create(name)
		ts.Check(err)
		_, err = part.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// drop copies fixtures into an inbox: drop inbox guide/guide-5000.csv.
func drop(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args[1:] {
		content, err := os.ReadFile(filepath.Join(ts.Getenv("FIXTURES"), filepath.FromSlash(name)))
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), filepath.Base(name)), content, 0o600))
	}
}

// settled makes a file an hour old, so that nothing waits for it to settle: settled FILE.
func settled(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	old := info.ModTime().Add(-time.Hour)
	ts.Check(os.Chtimes(ts.MkAbs(args[0]), old, old))
}

// sameRun compares two run.json files but for the SHA-256 of the other files of
// their sets: samerun a/run.json b/run.json.
func sameRun(ts *testscript.TestScript, _ bool, args []string) {
	var runs [2]map[string]any
	for i := range runs {
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[i])), &runs[i]))
		delete(runs[i], "files")
	}
	if !reflect.DeepEqual(runs[0], runs[1]) {
		ts.Fatalf("%s and %s differ", args[0], args[1])
	}
}

// listTree writes down every file and folder of books with its size, time of
// change and content: tree NAME.
func listTree(ts *testscript.TestScript, _ bool, args []string) {
	var list strings.Builder
	root := ts.MkAbs("books")
	ts.Check(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(&list, path, info.Mode(), info.ModTime().UnixNano())
		if entry.Type().IsRegular() {
			content, err := os.ReadFile(path)
			fmt.Fprintf(&list, "%x\n", sha256.Sum256(content))
			return err
		}
		return nil
	}))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(list.String()), 0o600))
}

// crlf saves a CSV file as a spreadsheet does: crlf FILE.
func crlf(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("\ufeff"+text), 0o600))
}
