//go:build documents

package html

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cspcoop/calc"
)

// dump returns a page as headless Chromium has it after its scripts, and fails
// when the browser refused anything by the page's policy.
func dump(t *testing.T, markup string, flags ...string) string {
	t.Helper()
	dir := t.TempDir()
	page := filepath.Join(dir, "index.html")
	if err := os.WriteFile(page, []byte(markup), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	arguments := append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--dump-dom"}, flags...)
	browser := exec.CommandContext(ctx, "chromium", append(arguments, "file://"+page)...)
	var log strings.Builder
	browser.Stderr = &log
	dom, err := browser.Output()
	if err != nil {
		t.Fatalf("chromium, from the package of that name: %v\n%s", err, log.String())
	}
	if strings.Contains(log.String(), "Content Security Policy") || strings.Contains(log.String(), "Uncaught") {
		t.Errorf("the browser complains:\n%s", log.String())
	}
	return string(dom)
}

func browse(t *testing.T, r *calc.Result) string {
	t.Helper()
	return dump(t, write(t, r, linksOf(r)))
}

func TestInBrowser(t *testing.T) {
	dom := browse(t, many(t, 20_000))
	if n := strings.Count(dom, `<tr data-kind=`); n != 100 {
		t.Errorf("%d rows of funds are in the document, want 100", n)
	}
	for _, want := range []string{`<html lang="en" class="js">`, ">Show 100 more of 20,000</button>", `id="search">`} {
		if !strings.Contains(dom, want) {
			t.Errorf("the document has no %s", want)
		}
	}
}

func TestShortListsAreWhole(t *testing.T) {
	dom := browse(t, many(t, 3))
	if n := strings.Count(dom, `<tr data-kind=`); n != 3 {
		t.Errorf("%d rows, want 3", n)
	}
	if strings.Contains(dom, `<button type="button">`) {
		t.Error("a button offers more where there is none")
	}
}
