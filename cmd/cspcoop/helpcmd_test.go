package main

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
)

// The help of every command fits a terminal of 80 columns and says in words
// what a flag takes.
func TestHelpOfCommands(t *testing.T) {
	typed := regexp.MustCompile(`--[a-z-]+ (string|int|uint|duration|strings)\b`)
	calls := map[string][]string{"cspcoop": {"--help"}}
	for _, c := range newRoot(&app{}).Commands() {
		if !c.Hidden && c.Name() != "help" {
			calls[c.Name()] = []string{c.Name(), "--help"}
		}
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			if status := run(context.Background(), call, strings.NewReader(""), &out, &errs); status != exitDone {
				t.Fatal(status, errs.String())
			}
			for line := range strings.Lines(out.String()) {
				if runewidth.StringWidth(strings.TrimSuffix(line, "\n")) > 80 {
					t.Errorf("wider than 80 columns: %s", line)
				}
			}
			if flag := typed.FindString(out.String()); flag != "" {
				t.Errorf("a flag that does not say what it takes: %s", flag)
			}
		})
	}
}
