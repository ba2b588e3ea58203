package wording

import (
	"embed"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// translations has one file per language; each says which words it uses for
// what, how it writes numbers and days, and has every English key with its
// translation. Verbs are those of the key and may change places, as %[2]s.
//
//go:embed catalog
var translations embed.FS

// catalogs are the languages that have a file, by their BCP 47 tags.
var catalogs = []string{"de", "fr", "es", "nl"}

// New returns the words of a language by its BCP 47 tag, "de" or "en-US". It
// fails when documents cannot be written in that language, and names those that
// there are.
func New(tag string) (*Words, error) {
	l, entries, err := localeOf(tag)
	if err != nil {
		return nil, err
	}
	return &Words{l, entries}, nil
}

// Languages names the languages that New knows, the default first.
func Languages() []string {
	var tags []string
	for _, l := range englishes {
		tags = append(tags, l.tag.String())
	}
	return append(tags, catalogs...)
}

// localeOf finds a locale, and its translations. "de-DE" is "de", whose home it is;
// "de-CH", which writes amounts otherwise, is not there.
func localeOf(tag string) (*locale, map[string]string, error) {
	wanted, err := language.Parse(tag)
	for i := range englishes {
		if l := &englishes[i]; err == nil && wanted == l.tag {
			return l, nil, nil
		}
	}
	for _, name := range catalogs {
		own := language.Make(name)
		if home, _ := own.Region(); err == nil && (wanted == own || wanted == language.Make(name+"-"+home.String())) {
			return translated(name)
		}
	}
	return nil, nil, fmt.Errorf("there is no language %q; choose one of %s", tag, strings.Join(Languages(), ", "))
}

// translated reads the file of a language.
func translated(name string) (*locale, map[string]string, error) {
	content, err := translations.ReadFile("catalog/" + name + ".toml")
	if err != nil {
		return nil, nil, fmt.Errorf("reading the translations: %w", err)
	}
	var file struct {
		Locale  *locale           `toml:"locale"`
		Entries map[string]string `toml:"translations"`
	}
	if err := toml.Unmarshal(content, &file); err != nil {
		return nil, nil, fmt.Errorf("reading the translations to %s: %w", name, err)
	}
	file.Locale.tag = language.Make(name)
	return file.Locale, file.Entries, nil
}
