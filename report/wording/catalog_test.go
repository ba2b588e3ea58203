package wording

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// No text of a document is without its translation, and no translation without
// its text.
func TestEveryKeyIsTranslated(t *testing.T) {
	used := usedKeys(t)
	if used["Claims"] == "" || used["Skip to what to do next"] == "" || used["a category is not known"] == "" {
		t.Fatal("the sources were not read")
	}
	for _, name := range catalogs {
		_, entries, err := translated(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Sorted(maps.Keys(used)) {
			if strings.TrimSpace(entries[key]) == "" {
				t.Errorf("%s.toml does not translate %q (%s)", name, key, used[key])
			}
		}
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			if used[key] == "" {
				t.Errorf("%s.toml translates %q, which no document says", name, key)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(?:\[(\d)\])?(.)|\{\w+\}|` + "`[^`]*`")

// placeholders lists what is filled into a text or stays as it is: "1s" is the
// first argument.
func placeholders(text string) []string {
	var list []string
	next := 0
	for _, m := range verb.FindAllStringSubmatch(text, -1) {
		switch {
		case m[2] == "%":
		case m[2] == "":
			list = append(list, m[0])
			continue
		case m[1] != "":
			next = int(m[1][0] - '0')
		default:
			next++
		}
		list = append(list, strings.Repeat("%", next)+m[2])
	}
	slices.Sort(list)
	return list
}

func TestTranslationsKeepPlaceholders(t *testing.T) {
	for _, name := range catalogs {
		_, entries, err := translated(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			if want, got := placeholders(key), placeholders(entries[key]); !slices.Equal(want, got) {
				t.Errorf("%s.toml: %q has %v, its translation %q has %v", name, key, want, entries[key], got)
			}
		}
	}
}

// A translation that turns arguments around gets each where it belongs.
func TestArgumentsInOrder(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "Claim 5.00 EUR by Friday, 3 days left",
		"de": "5.00 EUR bis Friday beantragen, noch 3 days",
		"fr": "Demander 5.00 EUR d’ici au Friday, reste 3 days",
	} {
		if got := words(t, tag).T("Claim %s by %s, %s left", "5.00 EUR", "Friday", "3 days"); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func words(t *testing.T, tag string) *Words {
	t.Helper()
	w, err := New(tag)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestLanguages(t *testing.T) {
	for tag, want := range map[string]string{"en": "en", "en-gb": "en-GB", "en-US": "en-US", "de": "de", "DE-de": "de", "fr-FR": "fr", "es": "es", "nl-NL": "nl"} {
		t.Run(tag, func(t *testing.T) {
			if got := words(t, tag).Language(); got != want {
				t.Errorf("%q is %q, want %q", tag, got, want)
			}
		})
	}
	for _, tag := range []string{"", "it", "de-CH", "fr-CA", "german", "en-AU", "-", "und"} {
		t.Run(tag, func(t *testing.T) {
			_, err := New(tag)
			if err == nil || !strings.Contains(err.Error(), "choose one of en, en-GB, en-US, de, fr, es, nl") {
				t.Errorf("%q: %v", tag, err)
			}
		})
	}
}
