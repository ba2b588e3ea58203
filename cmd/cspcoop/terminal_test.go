package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
)

// A grid keeps within its width at any: it leaves columns out that have no entry,
// cuts names, and never cuts a number.
func TestGridKeepsItsWidth(t *testing.T) {
	g := &grid{right: map[int]bool{2: true}}
	g.add(nil, "Participant", "Program", "Earned USD", "By")
	g.add(nil, "4400123", "CSP Indirect Reseller 日本", "1,234,567.89", "")
	g.add(nil, "4400877", "CSP", "−0.10", "")
	for _, c := range []struct {
		limit int
		want  string // of the second line
	}{
		{80, "  4400123      CSP Indirect Reseller 日本  1,234,567.89"},
		{45, "  4400123      CSP Indirect Re…  1,234,567.89"},
		{30, "  4400123      1,234,567.89"},
		{26, "  4400123"},
		{20, "  4400123"},
	} {
		t.Run(strconv.Itoa(c.limit), func(t *testing.T) {
			var b strings.Builder
			g.print(&b, c.limit, 1, 2)
			lines := strings.Split(b.String(), "\n")
			if lines[1] != c.want {
				t.Errorf("at %d columns:\n%q, want\n%q", c.limit, lines[1], c.want)
			}
			for _, line := range lines {
				if n := runewidth.StringWidth(line); n > c.limit || strings.Contains(line, "By") {
					t.Errorf("at %d columns a line has %d: %q", c.limit, n, line)
				}
			}
		})
	}
}

// A list without a head shows its only row.
func TestBareGrid(t *testing.T) {
	g := grid{right: map[int]bool{1: true}, bare: true}
	g.add(nil, "", "1", "RESTATED", "", "5.00 USD")
	var b strings.Builder
	g.print(&b, 80, 3)
	if got, want := b.String(), "  1  RESTATED  5.00 USD\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
