package pdf

import (
	"math"
	"strings"
	"testing"
)

func TestMissing(t *testing.T) {
	for text, want := range map[string]string{
		"Northwind Ærø Ελλάς Київ":    "",
		"北风 ノースウインド 노스윈드":             "",
		"שלום مرحبا":                  "",
		"line\nbreak\tand\u00a0space": "",
		"Fabrikam 🚀🚀 x🌩":              "🚀🌩",
		"a\u202eb\u0007":              "\u202e\u0007",
		"e\u0301":                     "", // one letter once it is composed
		"ไทย":                         "ไทย",
	} {
		t.Run(text, func(t *testing.T) {
			if got := string(Missing(text)); got != want {
				t.Errorf("Missing(%q) = %q, want %q", text, got, want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"plain":            "plain",
		"two\r\nlines":     "two  lines",
		"Fabrikam 🚀":       "Fabrikam □",
		"abc\u202edef":     "abc«U+202E»def",
		"bell\x07":         "bell«U+0007»",
		"e\u0301":          "é",
		"1\u202f000\u00a0": "1\u00a0000\u00a0",
		"bad \xff byte":    "bad \ufffd byte",
	} {
		t.Run(text, func(t *testing.T) {
			if got := clean(text); got != want {
				t.Errorf("clean(%q) = %q, want %q", text, got, want)
			}
		})
	}
}

// Columns of money align by themselves only while all figures, signs included,
// are equally wide.
func TestTabularFigures(t *testing.T) {
	for w := regular; w < weights; w++ {
		_, zero := w.faceOf('0')
		for _, r := range "123456789\u2212" {
			f, width := w.faceOf(r)
			if f != faces()[w][0] || width != zero {
				t.Errorf("weight %d: %q is %d wide in %s, a zero %d", w, r, width, f.family, zero)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	const width = 90
	for _, text := range []string{
		"", "short", "several words that need more than one line",
		strings.Repeat("x", 80), "file_name_without_a_blank_2020-10-31.earnings.xlsx", strings.Repeat("北风", 40),
		"Claim 5,316.00\u00a0USD by Friday",
	} {
		var joined strings.Builder
		for _, l := range wrap(text, bodyType, width) {
			if l.width > width+0.01 {
				t.Errorf("a line of %q is %.2f wide", text, l.width)
			}
			joined.WriteString(l.plain + " ")
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(joined.String()) != squeeze(text) {
			t.Errorf("wrap(%q) gives %q", text, joined.String())
		}
	}
	if got := wrap("Claim 5,316.00\u00a0USD by Friday", bodyType, width); len(got) != 2 || strings.HasSuffix(got[0].plain, "5,316.00") {
		t.Errorf("an amount was parted from its currency: %q", got[0].plain)
	}
}

func TestVisualOrder(t *testing.T) {
	for text, want := range map[string]string{
		"plain 123":        "plain 123",
		"שלום":             "םולש",
		"abc שלום def":     "abc םולש def",
		"abc שלום 123":     "abc 123 םולש",
		"abc שלום 123 def": "abc 123 םולש def",
		"שלום (abc) גדול":  "לודג (abc) םולש",
		"שלום (גדול) abc":  "abc (לודג) םולש",
		"א, ב":             "ב ,א",
		"יִשׂ x":           "x שׂיִ", // points stay behind their letters
	} {
		t.Run(text, func(t *testing.T) {
			runes := []rune(text)
			if got := string(visual(runes, startsRightToLeft(runes))); got != want {
				t.Errorf("visual(%q) = %q, want %q", text, got, want)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	for text, want := range map[string]string{
		"Latin":         "Latin",
		"سلام":          "\ufeb3\ufefc\ufee1", // lam and alef become one
		"بيت":           "\ufe91\ufef4\ufe96",
		"دار":           "\ufea9\ufe8d\ufead", // none of these joins to the next
		"ب":             "\ufe8f",
		"پا":            "\ufb58\ufe8e",
		"می\u200cروم":   "\ufee3\ufbfd\ufead\ufeed\ufee1",
		"ب\u064eب":      "\ufe91\u064e\ufe90", // a vowel sign does not part letters
		"مرحبا hello ٢": "\ufee3\ufeae\ufea3\ufe92\ufe8e hello ٢",
	} {
		t.Run(text, func(t *testing.T) {
			if got := join(text); got != want {
				t.Errorf("join(%q) = %+q, want %+q", text, got, want)
			}
		})
	}
}

// Every shape that joining can give is in the font that shows Arabic.
func TestArabicShapesHaveGlyphs(t *testing.T) {
	letters, ligatures := arabicForms()
	for _, table := range []map[rune]forms{letters, ligatures} {
		for letter, f := range table {
			for _, shape := range f.shape[:f.count] {
				for w := regular; w < weights; w++ {
					if wide := faces()[w][2]; wide.glyph(letter) != 0 && wide.glyph(shape) == 0 {
						t.Errorf("weight %d: %U, a shape of %U, has no glyph", w, shape, letter)
					}
				}
			}
		}
	}
}

// The layout measures text itself; gofpdf must agree, or columns would not
// align.
func TestWidths(t *testing.T) {
	r := northwind(t)
	d := statementOf(t, r, r.Statements[0], options)
	p := d.file()
	for _, page := range d.pages {
		for _, m := range page.texts() {
			for _, run := range m.line.runs {
				p.SetFont(run.face.family, "", m.line.style.size)
				shown := run.text
				if run.face.whole != nil {
					shown = string(run.face.encode(shown))
				}
				if got := p.GetStringWidth(shown); math.Abs(got-run.width) > 0.01 {
					t.Errorf("%q is %.3f wide, measured as %.3f", run.text, got, run.width)
				}
			}
		}
	}
}
