package calc

import (
	"os"
	"regexp"
	"testing"
)

// TestEveryCodeIsDocumented compares codes.go with the table of codes, from which
// "cspcoop help findings" is generated.
func TestEveryCodeIsDocumented(t *testing.T) {
	source, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	noted := map[Code]bool{}
	for _, n := range CodeNotes() {
		if noted[n.Code] {
			t.Errorf("%s is in the table twice", n.Code)
		}
		noted[n.Code] = true
	}
	for _, m := range regexp.MustCompile(`Code = "([A-Z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		if !noted[Code(m[1])] {
			t.Errorf("%s has no line in the table", m[1])
		}
	}
}
