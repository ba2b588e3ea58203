package xlsx

import (
	"bytes"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"cspcoop/report/wording"
	"cspcoop/report/xlsx/sample"
)

// inLanguage writes the statements and summaries of two results: between them
// they have every sheet but the journal's.
func inLanguage(t *testing.T, tag string) map[string][]byte {
	t.Helper()
	words, err := wording.New(tag)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	write := func(name string, write func(io.Writer) error) {
		t.Helper()
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatalf("%s in %s: %v", name, tag, err)
		}
		files[name] = out.Bytes()
	}
	portfolio, payments := sample.Portfolio(t), reconciled(t)
	write("statement", func(w io.Writer) error { return Statement(w, portfolio, portfolio.Statements[0], words, Options{}) })
	write("summary", func(w io.Writer) error { return Summary(w, portfolio, words, Options{}) })
	write("payments", func(w io.Writer) error { return Statement(w, payments, payments.Statements[0], words, Options{}) })
	write("all payments", func(w io.Writer) error { return Summary(w, payments, words, Options{}) })
	return files
}

// Excel takes a sheet's name of up to 31 characters without these, once.
func TestSheetNames(t *testing.T) {
	english := inLanguage(t, "en")
	for _, tag := range wording.Languages() {
		for name, data := range inLanguage(t, tag) {
			sheets := open(t, data).GetSheetList()
			if want := open(t, english[name]).GetSheetList(); len(sheets) != len(want) {
				t.Errorf("%s, %s: sheets %q for %q", tag, name, sheets, want)
			}
			seen := map[string]bool{}
			for _, sheet := range sheets {
				if utf8.RuneCountInString(sheet) > 31 || strings.ContainsAny(sheet, `:\/?*[]`) || strings.HasPrefix(sheet, "'") || strings.HasSuffix(sheet, "'") {
					t.Errorf("%s, %s: Excel takes no sheet %q", tag, name, sheet)
				}
				if folded := strings.ToLower(sheet); seen[folded] {
					t.Errorf("%s, %s: two sheets %q", tag, name, sheet)
				} else {
					seen[folded] = true
				}
			}
		}
	}
}

// A workbook has the same cells in every language, but for words and formats.
func TestSameFiguresInEveryLanguage(t *testing.T) {
	number := regexp.MustCompile(`<c r="[A-Z]+\d+" s="\d+">(<f>[^<]*</f>)?<v>[^<]*</v></c>`)
	english := inLanguage(t, "en")
	for _, tag := range wording.Languages()[1:] {
		for name, data := range inLanguage(t, tag) {
			compared := 0
			for _, part := range sheetParts(t, data) {
				got, want := number.FindAllString(readPart(t, data, part), -1), number.FindAllString(readPart(t, english[name], part), -1)
				if !slices.Equal(got, want) {
					t.Errorf("%s, %s, %s: %d numbers and formulas are not those of the English workbook's %d", tag, name, part, len(got), len(want))
				}
				compared += len(want)
			}
			if compared < 20 {
				t.Errorf("%s, %s: %d cells compared", tag, name, compared)
			}
		}
	}
}

// A chart, a name and a print area find their sheet by its translated name.
func TestReferencesInEveryLanguage(t *testing.T) {
	reference := regexp.MustCompile(`(?:'((?:[^']|'')+)'|([\p{L}\d_.]+))!\$`)
	for _, tag := range wording.Languages() {
		data := inLanguage(t, tag)["summary"]
		sheets := open(t, data).GetSheetList()
		found := map[string]bool{}
		for _, part := range []string{"xl/workbook.xml", "xl/charts/chart1.xml"} {
			text := strings.NewReplacer("&#39;", "'", "&apos;", "'").Replace(readPart(t, data, part))
			for _, m := range reference.FindAllStringSubmatch(text, -1) {
				found[strings.ReplaceAll(m[1]+m[2], "''", "'")] = true
			}
		}
		if got, want := slices.Sorted(maps.Keys(found)), slices.Sorted(slices.Values(sheets)); !slices.Equal(got, want) {
			t.Errorf("%s: names and charts refer to %q, the sheets are %q", tag, got, want)
		}
	}
}

// Days and months look as documents of the language write them.
func TestDateFormats(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "yyyy-mm-dd", "en-GB": "dd/mm/yyyy", "en-US": "m/d/yyyy", "de": "dd.mm.yyyy", "fr": "dd/mm/yyyy", "es": "dd/mm/yyyy", "nl": "dd-mm-yyyy",
	} {
		t.Run(tag, func(t *testing.T) {
			styles := readPart(t, inLanguage(t, tag)["summary"], "xl/styles.xml")
			if !strings.Contains(styles, `formatCode="`+want+`"`) {
				t.Errorf("%s: no format %s", tag, want)
			}
		})
	}
}
