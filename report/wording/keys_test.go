package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"cspcoop/calc"
)

// keyArguments says which arguments of a method of Words are keys.
var keyArguments = map[string][]int{"T": {0}, "Number": {1, 2}}

// sentenceArguments says the same of what makes the sentences of findings.
var sentenceArguments = map[string][]int{"Say": {0}, "CountOf": {1, 2}, "reportOn": {3}, "reportAt": {4}, "reportFund": {3}}

// keys collects every key that documents use, with a place where it stands.
type keys map[string]string

// usedKeys reads the keys out of the sources of package report and its
// packages: constant arguments of T and Number in Go and in templates, and the
// tables whose texts are words by T.
func usedKeys(t *testing.T) keys {
	t.Helper()
	used := keys{}
	for root, arguments := range map[string]map[string][]int{"..": keyArguments, "../../calc": sentenceArguments, "../../importer": sentenceArguments} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasSuffix(path, "_test.go"):
			case strings.HasSuffix(path, ".go"):
				used.ofSource(t, path, arguments)
			case strings.HasSuffix(path, ".gohtml"):
				used.ofTemplate(t, path)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, term := range calc.TableTerms() {
		used[term] = "term of a table"
	}
	for k := calc.Gross; k <= calc.Other; k++ {
		used[k.String()] = "kind of an earning"
	}
	for _, n := range calc.CodeNotes() {
		used[n.Meaning] = "meaning of " + string(n.Code)
		if n.Advice != "" {
			used[n.Advice] = "what to do about " + string(n.Code)
		}
	}
	for _, s := range slices.Concat(calc.PaymentStates(), calc.HoldReasons()) {
		used[s.Meaning], used[s.Advice] = "meaning of "+s.Name, "advice about "+s.Name
	}
	for _, r := range calc.ReasonCodes() {
		used[r.Meaning], used[r.Advice] = "meaning of "+r.Name, "advice about "+r.Name
	}
	for s := calc.ClaimEditing; s <= calc.ClaimExpired; s++ {
		used[s.String()] = "state of a claim"
	}
	return used
}

// fromTables are the arguments that are keys and no constants: usedKeys knows
// the tables behind them, Number hands on what its callers name.
var fromTables = []string{"c.State.String()", "calc.ClaimStatus(state).String()", "key", "note.Advice", "note.Meaning", "p.Many", "p.One", "p.String()", "r.Advice", "r.Meaning", "s.Advice", "s.Template", `strings.ReplaceAll(term, "%", "%%")`, "template", "x.State.Meaning"}

func (k keys) ofSource(t *testing.T, path string, arguments map[string][]int) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := ""
		switch fun := call.Fun.(type) {
		case *ast.SelectorExpr:
			name = fun.Sel.Name
		case *ast.Ident:
			name = fun.Name
		}
		for _, i := range arguments[name] {
			place := files.Position(call.Pos()).String()
			text, constant := call.Args[i].(*ast.BasicLit)
			if constant {
				k.add(t, place, text.Value)
			} else if expression := types.ExprString(call.Args[i]); !slices.Contains(fromTables, expression) {
				t.Errorf("%s: %s is no constant; whether it is translated is unknown", place, expression)
			}
		}
		return true
	})
}

func (k keys) ofTemplate(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tree := parse.New(path)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(string(text), "", "", map[string]*parse.Tree{}); err != nil {
		t.Fatal(err)
	}
	k.ofNode(t, path, reflect.ValueOf(tree.Root))
}

// ofNode walks a template for its calls, whatever they are in.
func (k keys) ofNode(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	if !v.IsValid() || v.Type() == reflect.TypeFor[*parse.Tree]() || v.Kind() == reflect.Pointer && v.IsNil() {
		return
	}
	if call, ok := v.Interface().(*parse.CommandNode); ok {
		k.ofCall(t, path, call)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		k.ofNode(t, path, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			k.ofNode(t, path, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				k.ofNode(t, path, v.Field(i))
			}
		}
	}
}

func (k keys) ofCall(t *testing.T, path string, call *parse.CommandNode) {
	t.Helper()
	name := call.Args[0].String() // ".T", "$.T"
	for _, i := range keyArguments[name[strings.LastIndex(name, ".")+1:]] {
		text, constant := call.Args[i+1].(*parse.StringNode)
		if !constant {
			t.Errorf("%s: %s in %s is no constant", path, call.Args[i+1], call)
			continue
		}
		k.add(t, path, text.Quoted)
	}
}

// add notes a key as it is written in a source.
func (k keys) add(t *testing.T, place, quoted string) {
	t.Helper()
	key, err := strconv.Unquote(quoted)
	if err != nil {
		t.Fatalf("%s: %v", place, err)
	}
	k[key] = place
}
