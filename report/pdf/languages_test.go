package pdf

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/pelletier/go-toml/v2"
)

// In no language do words overlap, leave their place, or break in the middle.
func TestLanguages(t *testing.T) {
	results := map[string]*calc.Result{
		"usual": northwind(t), "portfolio": portfolio(t), "crowded": crowded(t, hardNames[0], "-98765.43", 60), "rich": crowded(t, hardNames[9], "99999999999999.99", 10),
	}
	for _, tag := range wording.Languages() {
		t.Run(tag, func(t *testing.T) {
			t.Parallel()
			words, known := inLanguage(t, tag), vocabulary(t, tag)
			check := func(name string, d *document) {
				t.Helper()
				t.Run(name, func(t *testing.T) {
					keep(t, tag+" "+name, d)
					checkPages(t, d)
					checkWords(t, d, known)
				})
			}
			for name, r := range results {
				for _, s := range r.Statements {
					check(name+" statement "+s.Participant, layOutStatement(r, s, words, options))
				}
				for _, c := range r.Claims[:min(len(r.Claims), 3)] {
					check(name+" claim "+c.ID, layOutClaim(r, c, words, options))
				}
				check(name+" summary", layOutSummary(r, words, options))
			}
		})
	}
}

func inLanguage(t *testing.T, tag string) *wording.Words {
	t.Helper()
	words, err := wording.New(tag)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// vocabulary returns the words of a language's labels; English ones are the keys
// of any catalog.
func vocabulary(t *testing.T, tag string) map[string]bool {
	t.Helper()
	name, _, _ := strings.Cut(tag, "-")
	english := name == "en"
	if english {
		name = "de"
	}
	file, err := os.ReadFile(filepath.Join("..", "wording", "catalog", name+".toml"))
	if err != nil {
		t.Fatal(err)
	}
	var catalog struct {
		Entries map[string]string `toml:"translations"`
	}
	if err := toml.Unmarshal(file, &catalog); err != nil || len(catalog.Entries) == 0 {
		t.Fatalf("%d translations: %v", len(catalog.Entries), err)
	}
	known := map[string]bool{}
	for key, text := range catalog.Entries {
		if english {
			text = key
		}
		for _, word := range strings.Fields(text) {
			if strings.ContainsFunc(word, unicode.IsLetter) {
				known[word] = true
			}
		}
	}
	return known
}

// checkWords fails when a word of a label goes on in the line below, but after
// a hyphen.
func checkWords(t *testing.T, d *document, known map[string]bool) {
	t.Helper()
	for n, p := range d.pages {
		marks := p.texts()
		for i, m := range marks {
			words := strings.Split(m.line.plain, " ")
			start := words[len(words)-1]
			if known[start] || strings.HasSuffix(start, "-") {
				continue
			}
			for _, below := range marks[i+1:] {
				if below.baseline-m.baseline > 1.1*m.line.style.line() {
					break
				}
				rest, _, _ := strings.Cut(below.line.plain, " ")
				if aligned(m, below) && known[start+rest] && !known[rest] {
					t.Errorf("page %d: %q is broken after %q", n+1, start+rest, start)
				}
			}
		}
	}
}

// aligned reports whether two lines begin or end below each other.
func aligned(a, b textMark) bool {
	return math.Abs(a.x-b.x) < 0.5 || math.Abs(a.x+a.line.width-b.x-b.line.width) < 0.5
}
