package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// internal are names of the language, the libraries and the system that say
// nothing to who uses the program.
var internal = regexp.MustCompile(`arg\(s\)|strconv|struct|main\.|map\[|\[\](string|int)|\bint(64)?\b|\bbool\b|cannot decode|TOML| toml:| json:|unmarshal|` +
	`unknown (flag|shorthand|command)|invalid argument|bad flag|needs an argument|\bnil\b|%!|U\+[0-9A-F]|` +
	`\b(open|stat|lstat|read|mkdir|rename) /|no such file or directory|is a directory|not a directory|panic|goroutine|0x[0-9a-f]+`)

// TestWrongCalls runs calls that are wrong: each is refused as one, says what
// would be right, and names nothing internal.
func TestWrongCalls(t *testing.T) {
	tests := []struct {
		call string // words between blanks; WS is a workspace
		says string
	}{
		{"nonsense", `there is no command "nonsense"`},
		{"--nonsense", "has no flag --nonsense"},
		{"-x", "has no flag -x"},
		{"run -x", "cspcoop run has no flag -x"},
		{"run --=x", `"--=x" is no flag`},
		{"run --as-of", "--as-of needs a value: --as-of DATE"},
		{"run --as-of soon --workspace WS", `"soon" is no date`},
		{"run --as-of= --workspace WS", "write it like 2020-10-31"},
		{"run --workspace", "--workspace needs a value"},
		{"run --workspace nowhere", "there is no"},
		{"run --workspace WS/cspcoop.toml", "which is no folder"},
		{"run --known x --workspace WS", "no whole number"},
		{"run --known 99999999999999999999 --workspace WS", "too large"},
		{"run --dry-run=maybe --workspace WS", "=true or =false"},
		{"run inbox", `write it as "cspcoop run"`},
		{"init a b", `write it as "cspcoop init [DIR]"`},
		{"init WS/cspcoop.toml", "in the way"},
		{"demo WS/cspcoop.toml", "no folder"},
		{"diff 2020-01-01", "AS-OF AS-OF"},
		{"diff one two --workspace WS", `"one" is no date`},
		{"seal", "--by NAME"},
		{"withdraw", "--reason TEXT"},
		{"verify summary.pdf", `write it as "cspcoop verify"`},
		{"version 2", `write it as "cspcoop version"`},
		{"completion bash twice", `write it as "cspcoop completion bash"`},
		{"manual", `write it as "cspcoop manual DIR"`},
		{"help nonsense", `no command or topic "nonsense"`},
		{"explain --sample x --workspace WS", "no whole number"},
		{"check nowhere.csv --workspace WS", "no such file"},
	}
	for _, test := range tests {
		t.Run(test.call, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			workspaceWith(t, "WS", "")
			refusedPlainly(t, test.says, strings.Fields(test.call)...)
		})
	}
}

// TestWrongConfigurations does the same for wrong entries of cspcoop.toml.
func TestWrongConfigurations(t *testing.T) {
	tests := []struct{ text, says string }{
		{`time_zone = 3`, "line 1, column 13: time_zone is a whole number; it must be a text"},
		{`time_zone = "Mars/One"`, "unknown time zone Mars/One"},
		{`settle = 5`, "with its unit"},
		{`settle = [1]`, `such as "2s"`},
		{`settle = 2020-01-01`, "settle is a date"},
		{`settle = "2s`, "no closing quote"},
		{"settle = \"1s\"\nsettle = \"2s\"", "already defined"},
		{`accept_missing_final_newline = "yes"`, "must be true or false"},
		{`settle`, "expected '='"},
		{`settle =`, "expected value"},
		{"settle = \n", "after = comes no value"},
		{`default_currency = USD`, "after = comes no value; put a text in straight quotes"},
		{`default_currency = “USD”`, "put a text in straight quotes"},
		{`settle = "0s" é`, "expected newline but got another character"},
		{`settle = "0s" x`, "expected newline but got 'x'"},
		{`[claims`, "expected ']'"},
		{`[[rules]`, "line 1, column 8: expected"},
		{`claims = "x"`, "claims is a text; it must be a table"},
		{"[claims]\nreview_days = true", "claims.review_days is true or false; it must be a whole number"},
		{"[claims]\nreview_days = 1.5", "a number with a fraction"},
		{"[claims]\nreview_days = 99999999999999999999", "too large"},
		{"[claims]\nwarn_days = 3", "a list of whole numbers"},
		{"[claims]\nwarn_days = [\"x\"]", "must be a whole number"},
		{"[claims.categories]\nevents = 1", "a list of texts"},
		{"[[entities]]\nx = 5", "single brackets"},
		{`rules = 3`, "a list of tables"},
		{`rates = 1`, "rates is a whole number; it must be a table"},
		{"[rates]\nEUR = true", "a rate such as 1.0812"},
		{"[rates]\nEUR = 1.2.3", "line 2, column"},
		{"[columns]\nearningAmount = \"Betrag\"", "a list of texts"},
		{"[documents]\nlogo = \"nowhere.png\"", "there is no"},
		{"[documents]\nlogo = \"inbox\"", "regular file"},
		{"[documents]\ncsv_bom = 1", "must be true or false"},
		{"[journal]\naccounts = 3", "must be a table"},
		{"[limits]\nmax_rows = \"x\"", "must be a whole number"},
		{"[schedule]\nwhen = [\"x\"]", "must be a text"},
		{"[schedule]\nwhen = \"x\"", "business-day"},
		{`nonsense = 1`, "unknown key"},
		{"\x00", "line 1"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			t.Chdir(t.TempDir())
			workspaceWith(t, "WS", test.text)
			refusedPlainly(t, test.says, "run", "--workspace", "WS")
		})
	}
}

// workspaceWith makes a workspace with a configuration.
func workspaceWith(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "inbox"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "cspcoop.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// refusedPlainly runs a wrong call.
func refusedPlainly(t *testing.T, says string, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr)
	text := stderr.String()
	if status == exitDone || !strings.HasPrefix(text, "cspcoop: ") || !strings.Contains(text, says) {
		t.Errorf("status %d, %q; want it refused with %q", status, text, says)
	}
	if name := internal.FindString(text); name != "" {
		t.Errorf("%q is internal: %s", name, text)
	}
}
