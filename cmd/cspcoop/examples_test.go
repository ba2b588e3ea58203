package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cspcoop/fixtures"

	"github.com/spf13/cobra"
)

// exampleLine is a command in an example, up to where its output goes.
var (
	exampleLine = regexp.MustCompile(`(?m)^  cspcoop ([^>|\n]*)`)
	exampleWord = regexp.MustCompile(`"([^"]*)"|'([^']*)'|(\S+)`)
)

// TestExamples runs what the help of every command shows, in one workspace: first
// demo, which makes it, then the others as help lists them.
func TestExamples(t *testing.T) {
	t.Chdir(t.TempDir())
	downloads(t)
	root := newRoot(&app{status: new(int)})
	commands := root.Commands()
	for i, c := range commands {
		if c.Name() == "demo" {
			commands[0], commands[i] = commands[i], commands[0]
		}
	}
	for _, c := range commands {
		if c.Hidden {
			continue
		}
		t.Run(c.Name(), func(t *testing.T) {
			lines := exampleLine.FindAllStringSubmatch(c.Example, -1)
			if n := len(lines); n < 2 {
				t.Fatalf("%d examples, want two at least", n)
			}
			if strings.Count(c.Example, "  # ") < 2 {
				t.Errorf("the examples do not say what they are for:\n%s", c.Example)
			}
			for _, line := range lines {
				var args []string
				for _, word := range exampleWord.FindAllStringSubmatch(line[1], -1) {
					args = append(args, word[1]+word[2]+word[3])
				}
				runExample(t, args)
			}
		})
	}
}

// runExample runs a command; what would stay up is stopped at once.
func runExample(t *testing.T, args []string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if args[0] == "schedule" {
		stop()
	}
	var stderr bytes.Buffer
	if status := run(ctx, args, strings.NewReader(""), io.Discard, &stderr); status != exitDone {
		t.Errorf("cspcoop %s: status %d\n%s", strings.Join(args, " "), status, stderr.String())
	}
}

// downloads lays out the files that examples name.
func downloads(t *testing.T) {
	samples, err := fixtures.DemoInbox()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS("samples", samples); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("Downloads", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, sample := range map[string]string{
		"Downloads/earnings.csv": "northwind/Earnings-2021-07.csv", "register.csv": "claims/Claims register 2022-01.csv",
	} {
		if err := os.Rename(filepath.Join("samples", sample), name); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCompletion completes as a shell asks for it.
func TestCompletion(t *testing.T) {
	t.Chdir(t.TempDir())
	runExample(t, []string{"demo", "books"})
	runExample(t, []string{"seal", "2022-01-31", "--by", "A. Accountant", "--workspace", "books"})
	for name, c := range map[string]struct {
		args []string
		want []string
		not  string
	}{
		"participant":        {[]string{"explain", ""}, []string{"4400123\t", "5120046\t"}, "4400123\t4400123"},
		"program":            {[]string{"explain", "4400123", ""}, []string{"CSP Direct Bill Partner\n"}, "CSP Indirect Reseller"},
		"period":             {[]string{"explain", "4400123", "CSP Direct Bill Partner", ""}, []string{"FY21H2\tclaim-required\n"}, "FY21H2\tauto"},
		"nothing further":    {[]string{"explain", "4400123", "CSP Direct Bill Partner", "FY21H2", ""}, []string{":4\n"}, "440"},
		"participant's flag": {[]string{"explain", "--participant", ""}, []string{"4400123\t"}, "xx"},
		"program's flag":     {[]string{"explain", "--participant", "5120046", "--program", ""}, []string{"CSP Indirect Reseller\n"}, "Direct Bill"},
		"month":              {[]string{"explain", "--month", ""}, []string{"2021-03\n"}, "xx"},
		"as-of date":         {[]string{"run", "--as-of", ""}, []string{"2022-01-31\tsealed by A. Accountant\n"}, "xx"},
		"set to seal":        {[]string{"seal", ""}, []string{"2022-01-31"}, "xx"},
		"receipt":            {[]string{"withdraw", ""}, []string{"4\tclaims/Claims register 2021-12.csv\n"}, "xx"},
		"dialect":            {[]string{"sql", "--dialect", ""}, []string{"duckdb\n", "spark\n"}, "xx"},
		"command":            {[]string{""}, []string{"explain\tShow how"}, "manual"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("CSPCOOP_WORKSPACE", "books")
			var out bytes.Buffer
			run(t.Context(), append([]string{cobra.ShellCompRequestCmd}, c.args...), strings.NewReader(""), &out, io.Discard)
			for _, want := range c.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is missing in\n%s", want, out.String())
				}
			}
			if strings.Contains(out.String(), c.not) {
				t.Errorf("%q is in\n%s", c.not, out.String())
			}
		})
	}
	t.Run("no workspace", func(t *testing.T) {
		var out bytes.Buffer
		run(t.Context(), []string{cobra.ShellCompRequestCmd, "explain", ""}, strings.NewReader(""), &out, io.Discard)
		if out.String() != ":4\n" {
			t.Errorf("got %q, want nothing", out.String())
		}
	})
}
