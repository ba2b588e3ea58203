package wording

import "testing"

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"Söhne & Co": "Söhne & Co",
		"株式会社":       "株式会社",
		"👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿": "👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
		"a\tb\x7f":         "a«U+0009»b«U+007F»",
		"abc\u202edef":     "abc«U+202E»def",
		"\u2066x\u2069":    "«U+2066»x«U+2069»",
		"line\u2028break":  "line«U+2028»break",
		"mark\ufeff":       "mark«U+FEFF»",
		"bad\xff":          "bad\ufffd",
		"hyphen\u00adated": "hyphen«U+00AD»ated",
	} {
		t.Run(in, func(t *testing.T) {
			if got := Visible(in); got != want {
				t.Errorf("Visible(%q) = %q, want %q", in, got, want)
			}
		})
	}
}
