package calc_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// TestEveryCodeIsInTheTable compares codes.go with the table of findings, and the
// names of the constants with their codes. "Code" ends the name of a constant
// whose plain name is another thing's.
func TestEveryCodeIsInTheTable(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var declared []calc.Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		declared = append(declared, calc.Code(value))
		name, want := spec.Names[0].Name, strings.ReplaceAll(value, "_", "")
		if !strings.EqualFold(name, want) && !strings.EqualFold(name, want+"Code") {
			t.Errorf("the constant %s has the code %s", name, value)
		}
		if _, ok := calc.NoteOf(calc.Code(value)); !ok {
			t.Errorf("%s is not in the table", value)
		}
		return true
	})
	seen := map[calc.Code]bool{}
	for _, n := range calc.CodeNotes() {
		if !slices.Contains(declared, n.Code) || seen[n.Code] {
			t.Errorf("%s is in the table twice, or is no constant of codes.go", n.Code)
		}
		seen[n.Code] = true
	}
}

func TestNotesAreComplete(t *testing.T) {
	for _, n := range calc.CodeNotes() {
		t.Run(string(n.Code), func(t *testing.T) {
			if !regexp.MustCompile(`^[A-Z]+(_[A-Z]+)*$`).MatchString(string(n.Code)) {
				t.Error("a code is upper case with underscores")
			}
			if len(n.Severities) == 0 || !slices.IsSortedFunc(n.Severities, func(a, b calc.Severity) int { return int(b) - int(a) }) {
				t.Errorf("severities %v, want at least one, the worst first", n.Severities)
			}
			for _, text := range []string{n.Meaning, n.Advice} {
				if strings.HasSuffix(text, ".") || strings.Contains(text, "|") || strings.TrimSpace(text) != text {
					t.Errorf("%q is no cell of a table", text)
				}
			}
			if n.Meaning == "" || n.Advice == "" && n.Severities[0] == calc.Error {
				t.Errorf("meaning %q, advice %q", n.Meaning, n.Advice)
			}
		})
	}
}

func TestNewFinding(t *testing.T) {
	f := calc.NewFinding(calc.Error, calc.DraftDue, calc.Say("draft claim C-1 is not submitted"))
	if f.Severity() != calc.Error || f.Code() != calc.DraftDue || f.Note().For != calc.Accountant {
		t.Errorf("%+v", f)
	}
	for name, made := range map[string]func(){
		"a code that the table lacks":      func() { calc.NewFinding(calc.Error, "NEW_CODE", calc.Say("")) },
		"no code":                          func() { calc.NewFinding(calc.Info, "", calc.Say("")) },
		"a severity that the code has not": func() { calc.NewFinding(calc.Info, calc.DraftDue, calc.Say("")) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("the finding was made")
				}
			}()
			made()
		})
	}
}

// A sentence for the accountant leaves out what only the operator can act on, also
// within the sentences that it is made of.
func TestSentenceForAccountant(t *testing.T) {
	inner := calc.Say("look it up%s", calc.ForOperator(calc.Say(", or drop a newer export")))
	s := calc.Say("%s differs from %s; %s", calc.USD(decimal.New(5, 0)), calc.USD(decimal.New(6, 0)), inner)
	if got, want := s.English(), "5.00 USD differs from 6.00 USD; look it up, or drop a newer export"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := s.ForAccountant().English(), "5.00 USD differs from 6.00 USD; look it up"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
