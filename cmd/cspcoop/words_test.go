package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// unwanted are words that people who read English every day would not use of
// these things, and what they would say.
var unwanted = []struct {
	have  []string // one of these is in what words match, which is quick to see
	words *regexp.Regexp
	say   string
}{
	{[]string{"reckon"}, regexp.MustCompile(`(?i)\breckon(s|ed|ing)?\b`), "calculate"},
	{[]string{"mend"}, regexp.MustCompile(`(?i)\bmend(s|ed|ing)?\b`), "fix, correct"},
	{[]string{"told", "tell"}, regexp.MustCompile(`(?i)\b(told|tells?) (by|of|from|apart|it|its|that|what|which|how|whether)\b|\bis told\b|\bare told\b`), "reported, in no export, inferred; source"},
	{[]string{"stand", "stood", "lies"}, regexp.MustCompile(`(?i)\b(stands?|stood|lies) ((on|under|at|beside|behind|below|above|there|here|twice|as|with|out|next)\b|in( [^f]|$))`), "is, is in"},
	{[]string{"against"}, regexp.MustCompile(`(?i)\b(held|holds?|holding) [^.;]*\bagainst\b`), "compared with, checked against"},
	{[]string{"anew"}, regexp.MustCompile(`(?i)\banew\b`), "again, new, resubmit"},
	{[]string{"apart"}, regexp.MustCompile(`(?i)\b(takes?|took|taken|taking) [a-z ]*apart\b`), "breaks down"},
	{[]string{"pass", "alone"}, regexp.MustCompile(`(?i)\bpass(es|ed)? over\b|\bleft alone\b`), "ignored"},
	{[]string{"fingerprint"}, regexp.MustCompile(`(?i)\bfingerprints?\b`), "SHA-256"},
	{[]string{"want"}, regexp.MustCompile(`(?i)\bwants? (a look|to be)\b`), "needs review"},
	{[]string{"otherwise than"}, regexp.MustCompile(`(?i)\botherwise than\b`), "differently from"},
	{[]string{"out"}, regexp.MustCompile(`(?i)\bfigured? out\b`), "calculate"},
	{[]string{"partner location"}, regexp.MustCompile(`(?i)\bpartner locations?\b`), "participant"},
}

// TestWords keeps unwanted words out of all that people read: texts and comments in
// the code, templates, scripts, the configuration, translations' keys and Markdown.
func TestWords(t *testing.T) {
	const root = "../.."
	texts := 0
	check := func(place, text string) {
		texts++
		lower := strings.ToLower(text)
		for _, u := range unwanted {
			if !slices.ContainsFunc(u.have, func(part string) bool { return strings.Contains(lower, part) }) {
				continue
			}
			if found := u.words.FindString(text); found != "" {
				t.Errorf("%s: %q in %.120q; say: %s", place, found, text, u.say)
			}
		}
	}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && (name == "testdata" || name == "fixtures" || strings.HasPrefix(name, ".") && name != ".." && name != ".github"):
			return filepath.SkipDir
		case name == "words_test.go":
		case strings.HasSuffix(name, ".go"):
			return wordsOfGo(file, check)
		case name == "Makefile", slices.Contains([]string{".md", ".toml", ".gohtml", ".tmpl", ".service", ".timer", ".js", ".css", ".sh", ".sql", ".xml", ".json"}, filepath.Ext(name)):
			content, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			for i, line := range strings.Split(string(content), "\n") {
				if key, _, ok := strings.Cut(line, `" = "`); ok && strings.Contains(file, "catalog") {
					line = key // the translation is in another language
				}
				check(file+":"+strconv.Itoa(i+1), line)
			}
		}
		return nil
	})
	if err != nil || texts < 5000 {
		t.Errorf("%d texts were read: %v", texts, err)
	}
}

// wordsOfGo checks the comments of a file and, but in tests, its string literals other
// than imports and tags.
func wordsOfGo(file string, check func(place, text string)) error {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	for _, comment := range parsed.Comments {
		check(files.Position(comment.Pos()).String(), comment.Text())
	}
	if strings.HasSuffix(file, "_test.go") {
		return nil
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && strings.Contains(text, " ") {
				check(files.Position(n.Pos()).String(), text)
			}
		}
		return true
	})
	return nil
}
