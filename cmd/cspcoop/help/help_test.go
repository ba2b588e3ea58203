package help_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/cmd/cspcoop/help"

	"github.com/mattn/go-runewidth"
)

func TestTopicsAndFiles(t *testing.T) {
	var names []string
	for _, topic := range help.Topics() {
		names = append(names, topic.Name+".md")
		t.Run(topic.Name, func(t *testing.T) {
			if text := topic.Markdown(); !strings.HasPrefix(text, "# ") {
				t.Errorf("it begins with %.20q, want its title", text)
			}
			if topic.Summary == "" || strings.HasSuffix(topic.Summary, ".") {
				t.Errorf("its summary is %q, want a line without a full stop", topic.Summary)
			}
			if found, ok := help.Find(strings.ToUpper(topic.Name)); !ok || found != topic {
				t.Errorf("Find returns %v, %v", found, ok)
			}
		})
	}
	files, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	if slices.Sort(names); !slices.Equal(names, files) {
		t.Errorf("topics %v, files %v", names, files)
	}
}

// TestTopicsFitATerminal reads every topic as a terminal shows it. Lines of code
// are as they are; they are too long only where they can't be broken.
func TestTopicsFitATerminal(t *testing.T) {
	for _, topic := range help.Topics() {
		t.Run(topic.Name, func(t *testing.T) {
			for i, line := range strings.Split(help.Print(topic.Markdown(), help.Width, nil), "\n") {
				if n := runewidth.StringWidth(line); n > help.Width && !strings.HasPrefix(line, "    ") {
					t.Errorf("line %d has %d columns: %s", i+1, n, line)
				}
				if strings.Contains(line, "<!--") || strings.HasPrefix(line, "|") || strings.Contains(line, "**") {
					t.Errorf("line %d shows marks of Markdown: %s", i+1, line)
				}
			}
		})
	}
}

// TestReferences proves that what one topic or the README says of another is
// there.
func TestReferences(t *testing.T) {
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"README.md": string(readme)}
	for _, topic := range help.Topics() {
		texts[topic.Name] = topic.Markdown()
		if !strings.Contains(string(readme), "cmd/cspcoop/help/"+topic.Name+".md") {
			t.Errorf("README.md does not lead to the topic %s", topic.Name)
		}
	}
	for name, text := range texts {
		for _, m := range regexp.MustCompile("cspcoop help ([a-z-]+)").FindAllStringSubmatch(text, -1) {
			if _, ok := help.Find(m[1]); !ok {
				t.Errorf("%s refers to %q, which is no topic", name, m[0])
			}
		}
	}
	if n := strings.Count(string(readme), "\n"); n > 200 {
		t.Errorf("README.md has %d lines, want at most 200", n)
	}
}

// TestRenamedPrograms proves the topic's table of programs.
func TestRenamedPrograms(t *testing.T) {
	topic, _ := help.Find("rules")
	pairs := regexp.MustCompile(`(?m)^\| (CSP [^|]*?) \| (CSP [^|]*?) \|$`).FindAllStringSubmatch(topic.Markdown(), -1)
	if len(pairs) == 0 {
		t.Fatal("the topic names no renamed program")
	}
	for _, pair := range pairs {
		if got := calc.KeyOfProgram(pair[1]).Known(); got != pair[2] {
			t.Errorf("%s is now %q, and the topic says %q", pair[1], got, pair[2])
		}
	}
}

func ExamplePrint() {
	fmt.Print(help.Print(`# Limits

Each is an entry under **[limits]**, and `+"`cspcoop check`"+` names the one
that a file exceeds.

| entry | default |
|---|---|
| `+"`max_rows`"+` | 100,000,000 |
`, help.Width, nil))
	// Output:
	// Limits
	// ======
	//
	// Each is an entry under [limits], and cspcoop check names the one that a file
	// exceeds.
	//
	// entry     default
	// --------  -----------
	// max_rows  100,000,000
}

// TestPrint covers what a terminal needs beyond the example.
func TestPrint(t *testing.T) {
	for name, c := range map[string]struct{ markdown, want string }{
		"list": {
			"- one **strong** word\n- two words that are long enough for the item to go on in a second line, indented\n  and joined\n\nafter",
			"- one strong word\n- two words that are long enough for the item to go on in a second line,\n  indented and joined\n\nafter\n",
		},
		"code":                 {"```\na  *b*\n```\n", "    a  *b*\n"},
		"code keeps its marks": {"`[a](b) *.csv` and [text](target)", "[a](b) *.csv and text\n"},
		"records": {
			"| a | first | second |\n|---|---|---|\n| x | " + strings.Repeat("long ", 28) + "| " + strings.Repeat("more ", 28) + "|\n| y | | z |\n",
			"x\n  first   " + strings.TrimSpace(strings.Repeat("long ", 14)) + "\n          " + strings.TrimSpace(strings.Repeat("long ", 14)) +
				"\n  second  " + strings.TrimSpace(strings.Repeat("more ", 14)) + "\n          " + strings.TrimSpace(strings.Repeat("more ", 14)) +
				"\n\ny\n  second  z\n",
		},
		"heading": {"## One `two`\na\n", "ONE TWO\n\na\n"},
		"comment": {"a\n\n<!-- table x -->\nb\n", "a\n\nb\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := help.Print(c.markdown, help.Width, nil); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// TestPlacesExist finds every file and folder that contributors are sent to.
func TestPlacesExist(t *testing.T) {
	content, err := os.ReadFile("contributing.md")
	if err != nil {
		t.Fatal(err)
	}
	places := regexp.MustCompile("`((?:calc|cmd|importer|report|schedule|fixtures)/[a-z0-9/.]+)`").FindAllStringSubmatch(string(content), -1)
	if len(places) < 20 {
		t.Errorf("%d places are named", len(places))
	}
	for _, place := range places {
		if _, err := os.Stat(filepath.Join("..", "..", "..", place[1])); err != nil {
			t.Error(err)
		}
	}
}
