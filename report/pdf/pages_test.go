package pdf

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	preview = flag.String("preview", "", "folder to write the test documents to, for looking at them")
	update  = flag.Bool("update", false, "rewrite the expected texts")
)

// keep writes a document where -preview asks for it.
func keep(t *testing.T, name string, d *document) {
	t.Helper()
	if *preview == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(*preview, name+".pdf"), file(t, d), 0o644); err != nil {
		t.Fatal(err)
	}
}

func file(t *testing.T, d *document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// texts returns a page's text marks from top to bottom and left to right.
func (p *page) texts() []textMark {
	var list []textMark
	for _, m := range p.marks {
		if text, ok := m.(textMark); ok {
			list = append(list, text)
		}
	}
	slices.SortStableFunc(list, func(a, b textMark) int {
		if a.baseline != b.baseline {
			return int((a.baseline - b.baseline) * 1000)
		}
		return int((a.x - b.x) * 1000)
	})
	return list
}

// text returns what a reader reads: rows of text from top to bottom, pages parted
// by a form feed.
func (d *document) text() string {
	var b strings.Builder
	for i, p := range d.pages {
		if i > 0 {
			b.WriteString("\f\n")
		}
		last := 0.0
		for k, m := range p.texts() {
			switch {
			case k == 0:
			case m.baseline-last > 2:
				b.WriteString("\n")
			default:
				b.WriteString(" | ")
			}
			b.WriteString(m.line.plain)
			last = m.baseline
		}
		b.WriteString("\n")
	}
	return b.String()
}

// area is what a text mark covers: from the capitals' height to below the
// baseline.
func (m textMark) area() (left, top, right, bottom float64) {
	size := m.line.style.size
	return m.x, m.baseline - 0.70*size, m.x + m.line.width, m.baseline + 0.20*size
}

// checkPages fails when texts overlap, leave the margins or are in the
// header's or footer's place.
func checkPages(t *testing.T, d *document) {
	t.Helper()
	const hair = 0.05
	for n, p := range d.pages {
		marks := p.texts()
		for i, m := range marks {
			left, top, right, bottom := m.area()
			if left < marginSide-hair || right > d.width-marginSide+hair {
				t.Errorf("page %d: %q leaves the side margins: %.1f to %.1f", n+1, m.line.plain, left, right)
			}
			if top < headerLine-10 || bottom > d.height-footerRise+14 {
				t.Errorf("page %d: %q leaves the page: %.1f to %.1f", n+1, m.line.plain, top, bottom)
			}
			if framed := m.baseline < d.top() || m.baseline >= d.height-footerRise; !framed && (top < d.top()-hair || bottom > d.bottom()+hair) {
				t.Errorf("page %d: %q is in the header's or footer's place", n+1, m.line.plain)
			}
			for _, o := range marks[i+1:] {
				l, tp, r, b := o.area()
				if left < r-hair && l < right-hair && top < b-hair && tp < bottom-hair {
					t.Errorf("page %d: %q overlaps %q", n+1, m.line.plain, o.line.plain)
				}
			}
		}
	}
}

// golden compares a document's text with the expected one.
func golden(t *testing.T, name string, d *document) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	got := d.text()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from %s; look at it with -preview, then accept it with -update:\n%s", name, path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer than the other"
}
