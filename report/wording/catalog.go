package wording

import (
	"embed"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

// translations has one file per language; each says which words it uses for
// what, and has every English key with its translation. Verbs are those of the
// key and may change places, as %[2]s.
//
//go:embed catalog
var translations embed.FS

// New returns the words of a language by its BCP 47 tag, "de" or "en-US". It
// fails when documents cannot be written in that language, and names those that
// there are.
func New(tag string) (*Words, error) {
	l, err := localeOf(tag)
	if err != nil {
		return nil, err
	}
	if l.catalog == "" {
		return &Words{l, message.NewPrinter(l.tag)}, nil
	}
	entries, err := translated(l.catalog)
	if err != nil {
		return nil, err
	}
	builder := catalog.NewBuilder()
	for key, text := range entries {
		if err := builder.SetString(l.tag, key, text); err != nil {
			return nil, fmt.Errorf("translation of %q to %q: %w", key, tag, err)
		}
	}
	return &Words{l, message.NewPrinter(l.tag, message.Catalog(builder))}, nil
}

// Languages names the languages that New knows, the default first.
func Languages() []string {
	var tags []string
	for _, l := range locales {
		tags = append(tags, l.tag.String())
	}
	return tags
}

// localeOf finds a locale. "de-DE" is "de", whose home it is; "de-CH", which
// writes amounts otherwise, is not there.
func localeOf(tag string) (*locale, error) {
	if wanted, err := language.Parse(tag); err == nil {
		for i := range locales {
			l := &locales[i]
			if home, _ := l.tag.Region(); wanted == l.tag || l.catalog != "" && wanted == language.Make(l.catalog+"-"+home.String()) {
				return l, nil
			}
		}
	}
	return nil, fmt.Errorf("there is no language %q; choose one of %s", tag, strings.Join(Languages(), ", "))
}

// translated reads the file of a language.
func translated(name string) (map[string]string, error) {
	file, err := translations.ReadFile("catalog/" + name + ".toml")
	if err != nil {
		return nil, fmt.Errorf("reading the translations: %w", err)
	}
	var entries map[string]string
	if err := toml.Unmarshal(file, &entries); err != nil {
		return nil, fmt.Errorf("reading the translations to %s: %w", name, err)
	}
	return entries, nil
}
