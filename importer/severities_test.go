package importer

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"cspcoop/calc"
)

// emitted holds every code with a severity that a test's file was found to have.
var emitted sync.Map

// noteSeverities notes what was found in a file; nil when it was refused.
func noteSeverities(s *calc.Source) {
	if s != nil {
		for _, f := range s.Findings {
			emitted.LoadOrStore(fmt.Sprint(f.Code(), " ", f.Severity()), true)
		}
	}
}

// TestMain makes sure, after all tests, that the table of findings allows nothing of
// files that is never found: every severity of every code that this package and the
// tables mention was found in some test's file.
func TestMain(m *testing.M) {
	status := m.Run()
	if status == 0 && flag.Lookup("test.run").Value.String()+flag.Lookup("test.skip").Value.String()+flag.Lookup("test.list").Value.String() == "" {
		status = neverFound()
	}
	os.Exit(status)
}

func neverFound() (status int) {
	var sources strings.Builder
	for _, pattern := range []string{"*.go", "table/*.go"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			if content, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, "_test.go") {
				sources.Write(content)
			}
		}
	}
	for _, note := range calc.CodeNotes() {
		name := strings.ReplaceAll(string(note.Code), "_", "")
		if !regexp.MustCompile(`(?i)\bcalc\.` + name + `(code)?\b`).MatchString(sources.String()) {
			continue
		}
		for _, severity := range note.Severities {
			what := fmt.Sprint(note.Code, " ", severity)
			if _, found := emitted.Load(what); !found {
				fmt.Println("the table of findings allows", what, "and no test finds it")
				status = 1
			}
		}
	}
	return status
}
