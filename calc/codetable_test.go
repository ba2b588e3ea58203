package calc

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update-readme", false, "write the table of codes into the README")

// TestEveryCodeIsDocumented holds codes.go, the table of codes and the README
// against each other.
func TestEveryCodeIsDocumented(t *testing.T) {
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	noted := map[Code]bool{}
	var table strings.Builder
	for _, n := range CodeNotes() {
		if noted[n.Code] {
			t.Errorf("%s stands twice in the table", n.Code)
		}
		noted[n.Code] = true
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", n.Code, n.Severity, n.Meaning, n.Do)
	}
	for _, m := range regexp.MustCompile(`Code = "([A-Z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		if !noted[Code(m[1])] {
			t.Errorf("%s has no line in the table", m[1])
		}
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		section := regexp.MustCompile(`(?s)(\| code \| severity \| meaning \| what to do \|\n\|---\|---\|---\|---\|\n).*?(\n\n)`)
		readme = section.ReplaceAll(readme, []byte("${1}"+strings.TrimSuffix(strings.ReplaceAll(table.String(), "$", "$$"), "\n")+"${2}"))
		if err := os.WriteFile("../README.md", readme, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(string(readme), table.String()) {
		t.Error("the README's table of codes differs from codetable.go; go test ./calc -run TestEveryCodeIsDocumented -update-readme writes it")
	}
}
