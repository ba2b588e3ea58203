//go:build documents

package html

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cspcoop/calc"
	"cspcoop/report/xlsx/sample"
)

const axePackage = "axe-core@4.10.3"

// axe returns the script of the accessibility checker, from its npm package.
func axe(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	pack := exec.CommandContext(t.Context(), "npm", "pack", axePackage, "--silent", "--pack-destination", dir)
	pack.Dir = dir
	if log, err := pack.CombinedOutput(); err != nil {
		t.Fatalf("npm pack %s: %v\n%s", axePackage, err, log)
	}
	f, err := os.Open(filepath.Join(dir, strings.Replace(axePackage, "@", "-", 1)+".tgz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for archive := tar.NewReader(unzipped); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			t.Fatalf("%s has no axe.min.js", axePackage)
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Name != "package/axe.min.js" {
			continue
		}
		script, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		return string(script)
	}
}

// checkup is what the checker found of a page, and how wide the page is.
type checkup struct {
	Violations []struct {
		ID, Help string
		Nodes    []struct{ HTML string }
	}
	Passes []struct{ ID string }
	Inner  int // width of the window, CSS pixels
	Scroll int // width of the page
}

const checkScript = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations", "passes"]}).then(found => {
	const pre = document.createElement("pre");
	pre.id = "checkup";
	pre.textContent = JSON.stringify({Violations: found.violations.map(v => ({ID: v.id, Help: v.help, Nodes: v.nodes.map(n => ({HTML: n.html}))})),
		Passes: found.passes.map(p => ({ID: p.id})), Inner: innerWidth, Scroll: document.documentElement.scrollWidth});
	top.document.body.append(pre);
});`

var (
	policyTag  = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	checkupTag = regexp.MustCompile(`(?s)<pre id="checkup">(.*?)</pre>`)
)

// narrowestWindow is the least width of Chromium's windows; what is narrower is
// shown in a frame.
const narrowestWindow = 500

// framed shows a page in a frame of a width.
func framed(page string, width int) string {
	return fmt.Sprintf(`<!DOCTYPE html><body style="margin:0"><iframe style="border:0;width:%dpx;height:900px" srcdoc="%s"></iframe></body>`, width, html.EscapeString(page))
}

// TestAccessible holds the page to WCAG 2.2 AA on a desk, and at the 320 pixels to
// which a page on a desk shrinks at four times its size (1.4.10, Reflow). The
// page's policy, which would keep the checker out, is taken off.
func TestAccessible(t *testing.T) {
	checker := axe(t)
	for name, r := range map[string]*calc.Result{"portfolio": sample.Portfolio(t), "compared": compared(t), "empty": {AsOf: sample.AsOf}, "long": many(t, 300)} {
		page := policyTag.ReplaceAllLiteralString(write(t, r, linksOf(r)), "")
		page = strings.Replace(page, "</body>", "<script>"+checker+"</script><script>"+checkScript+"</script></body>", 1)
		for _, width := range []int{1280, 320} {
			t.Run(fmt.Sprintf("%s %d", name, width), func(t *testing.T) {
				page := page
				if width < narrowestWindow {
					page = framed(page, width)
				}
				m := checkupTag.FindStringSubmatch(dump(t, page, fmt.Sprintf("--window-size=%d,900", width), "--virtual-time-budget=60000"))
				if m == nil {
					t.Fatal("the checker did not end")
				}
				var found checkup
				if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), &found); err != nil {
					t.Fatal(err)
				}
				for _, v := range found.Violations {
					t.Errorf("%s: %s: %d times, first %s", v.ID, v.Help, len(v.Nodes), v.Nodes[0].HTML)
				}
				if len(found.Passes) < 15 {
					t.Errorf("%d rules were checked", len(found.Passes))
				}
				if found.Inner != width || found.Scroll > found.Inner {
					t.Errorf("the page is %d wide in a window of %d, want %d", found.Scroll, found.Inner, width)
				}
			})
		}
	}
}
