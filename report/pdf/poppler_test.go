//go:build documents

package pdf

import (
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cspcoop/report/wording"
)

// words are what pdftotext finds on the pages of a file, with their places.
type words struct {
	Pages []struct {
		Width  float64 `xml:"width,attr"`
		Height float64 `xml:"height,attr"`
		Words  []struct {
			XMin float64 `xml:"xMin,attr"`
			YMin float64 `xml:"yMin,attr"`
			XMax float64 `xml:"xMax,attr"`
			YMax float64 `xml:"yMax,attr"`
			Text string  `xml:",chardata"`
		} `xml:"word"`
	} `xml:"body>doc>page"`
}

func extract(t *testing.T, d *document) words {
	t.Helper()
	path := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(path, file(t, d), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-bbox", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v; install poppler-utils", err)
	}
	decoder := xml.NewDecoder(strings.NewReader(string(out)))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	var found words
	if err := decoder.Decode(&found); err != nil {
		t.Fatal(err)
	}
	return found
}

// The file holds on each page the words that were laid out, readable by another
// program, inside the page and never upon each other.
func TestExtractedText(t *testing.T) {
	northwind, hard := northwind(t), crowded(t, hardNames[0], "1234.56", 1000)
	documents := map[string]*document{
		"statement":         statementOf(t, northwind, northwind.Statements[0], options),
		"summary":           summaryOf(t, northwind, options),
		"claim":             claimOf(t, northwind, northwind.Claims[0], options),
		"crowded statement": statementOf(t, hard, hard.Statements[0], options),
	}
	for _, tag := range wording.Languages() {
		d := layOutStatement(northwind, northwind.Statements[0], inLanguage(t, tag), options)
		documents["statement in "+tag] = d
	}
	for name, d := range documents {
		t.Run(name, func(t *testing.T) {
			found := extract(t, d)
			if len(found.Pages) != len(d.pages) {
				t.Fatalf("%d pages, laid out were %d", len(found.Pages), len(d.pages))
			}
			for i, page := range found.Pages {
				left := map[string]int{}
				for _, m := range d.pages[i].texts() {
					for _, w := range strings.Fields(m.line.plain) {
						left[w]++
					}
				}
				for k, w := range page.Words {
					left[w.Text]--
					if w.XMin < 0 || w.YMin < 0 || w.XMax > page.Width || w.YMax > page.Height {
						t.Errorf("page %d: %q leaves the page", i+1, w.Text)
					}
					for _, o := range page.Words[k+1:] {
						// pdftotext's boxes reach from ascender to descender
						inset := (w.YMax - w.YMin) * 0.18
						if o.XMin < w.XMax-0.1 && w.XMin < o.XMax-0.1 && o.YMin+inset < w.YMax-inset && w.YMin+inset < o.YMax-inset {
							t.Errorf("page %d: %q overlaps %q", i+1, w.Text, o.Text)
						}
					}
				}
				for w, n := range left {
					if n != 0 {
						t.Errorf("page %d: %q stands %d times more often on the layout than in the file", i+1, w, n)
					}
				}
			}
		})
	}
}
