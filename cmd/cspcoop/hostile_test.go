package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"html"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"cspcoop/importer/disk"
)

// hostileTexts are in participants, programs, names and claims: formulas, paths,
// reserved names, names that differ in case alone, markup, characters that turn
// or hide text.
var hostileTexts = []string{
	`=cmd|' /C calc'!A0`, `+SUM(91)`, `-92+1`, `@SUM(93)`, ` =94+1`, `'=95+1`, "＝96+1", "\u200b=97+1", `=HYPERLINK("https://contoso.example","open")`,
	`..`, `../..`, `../../../../outside`, `/outside`, `..\..\outside`, `C:\outside`, `a/b`, `CON`, `nul.txt`, `.hidden`, `dot.`,
	`Fabrikam`, `FABRIKAM`, `fabrikam`, "Litware\u202egnp.exe", "Adatum\u2066\u200f", "two\nlines\r\nATTACH:outside", "a\tb",
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `%s%d%n`, `{{.}}`, "🏳️‍🌈 Tailspin", strings.Repeat("long", 60),
}

// hostileExports are an earnings export and a claims register made of them.
func hostileExports(t *testing.T) map[string][]byte {
	t.Helper()
	earnings := [][]string{{"earningId", "participantId", "participantName", "programName", "transactionCurrency", "earningType", "lever", "customerName", "earningAmount", "earningAmountUSD", "earningDate", "calculationDate", "paymentStatus"}}
	register := [][]string{{"claimId", "claimName", "participantId", "programName", "usagePeriod", "category", "activity", "currency", "amount", "status", "submittedDate", "invoiceNumber", "poe", "metrics", "comments"}}
	for i, text := range hostileTexts {
		// Each pairs with another one, so that both halves of a path are hostile.
		program := hostileTexts[(i+5)%len(hostileTexts)]
		id := text
		if at := strings.IndexAny(text, "=＝"); at >= 0 && at < 4 {
			id = "id" + text // a formula is refused as an id
		}
		earnings = append(earnings, []string{"e" + text, id, text, program, "USD", "Coop", text, text, "5000.01", "5000.01", "2019-03-31", "2019-04-04", "Unprocessed"})
		register = append(register, []string{id, text, id, program, "FY20H1", text, text, "USD", "100.00", "Submitted", "2019-10-01", id, text, text, text})
	}
	files := map[string][]byte{}
	for name, records := range map[string][][]string{"earnings.csv": earnings, "register.csv": register} {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(records); err != nil {
			t.Fatal(err)
		}
		files[name] = b.Bytes()
	}
	return files
}

// TestHostileTexts follows them through a whole run into every kind of file.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	dir := newWorkspace(t)
	for name, content := range hostileExports(t) {
		dropFile(t, dir, name, content)
	}
	status, out, errs := command("run", "--workspace", dir, "--as-of", crashAsOf)
	if status != exitDone {
		t.Fatalf("exit status %d\n%s%s", status, out, errs)
	}
	obeysNothing(t, "the terminal", out+errs)
	mustHold(t, filepath.Dir(dir), "books")
	set := os.DirFS(filepath.Join(dir, "statements", crashAsOf))
	names := map[string]string{}
	statements, sheets := 0, 0
	err := fs.WalkDir(set, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if base := path.Base(name); disk.SafeName(base) != base {
			t.Errorf("%q is no safe name", name)
		}
		if other := names[strings.ToLower(name)]; other != "" {
			t.Errorf("%q and %q are one file where case does not count", name, other)
		}
		names[strings.ToLower(name)] = name
		if d.IsDir() {
			return nil
		}
		content, err := fs.ReadFile(set, name)
		if err != nil {
			return err
		}
		switch path.Ext(name) {
		case ".csv":
			noFormulaInCSV(t, name, content)
		case ".xlsx":
			noFormulaInXLSX(t, name, content)
		case ".html":
			noMarkup(t, string(content))
		case ".ics":
			noLineOfItsOwn(t, string(content))
		case ".pdf":
			if strings.HasPrefix(name, "claims/") {
				sheets++
			} else if strings.HasPrefix(name, "partners/") {
				statements++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := len(hostileTexts); statements != want || sheets != want {
		t.Errorf("%d statements and %d claim sheets, want %d of each", statements, sheets, want)
	}
}

// command runs cspcoop in this process.
func command(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// mustHold checks what a folder holds.
func mustHold(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, want) {
		t.Errorf("%s holds %q, want %q", dir, names, want)
	}
}

// obeysNothing checks that text turns, hides and rings nothing.
func obeysNothing(t *testing.T, what, text string) {
	t.Helper()
	for _, r := range text {
		if r != '\n' && (unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r)) {
			t.Errorf("%s shows %U as it is", what, r)
			return
		}
	}
}

// plainNumber is what alone may begin with a sign in a CSV cell.
var plainNumber = regexp.MustCompile(`^-\d+(\.\d+)?$`)

func noFormulaInCSV(t *testing.T, name string, content []byte) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for _, record := range records {
		for _, cell := range record {
			bare := strings.TrimLeftFunc(cell, unseen)
			if strings.IndexAny(bare, "=+-@＝＋－＠\t\r") == 0 && !plainNumber.MatchString(cell) {
				t.Errorf("%s: a spreadsheet may take %q for a formula", name, cell)
			}
		}
	}
}

// unseen reports what spreadsheets ignore ahead of a formula.
func unseen(r rune) bool { return r == ' ' || unicode.Is(unicode.Cf, r) }

// formulaElement is what a spreadsheet calculates: of cells, conditions, checks of
// input, names.
var formulaElement = regexp.MustCompile(`<(?:f|formula|formula1|definedName)\b[^>]*>([^<]*)</`)

func noFormulaInXLSX(t *testing.T, name string, content []byte) {
	t.Helper()
	book, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, part := range book.File {
		opened, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		xml, err := io.ReadAll(opened)
		if err != nil {
			t.Fatalf("%s: %s: %v", name, part.Name, err)
		}
		for _, m := range formulaElement.FindAllSubmatch(xml, -1) {
			formula := html.UnescapeString(string(m[1]))
			for _, text := range hostileTexts {
				if strings.Contains(formula, strings.TrimLeft(text, "=+-@' ＝\u200b")) {
					t.Errorf("%s: %s calculates %q", name, part.Name, formula)
				}
			}
		}
		if bytes.Contains(xml, []byte(`TargetMode="External"`)) {
			t.Errorf("%s: %s leads out of the workbook", name, part.Name)
		}
	}
}

func noMarkup(t *testing.T, page string) {
	t.Helper()
	for _, text := range []string{"<script>alert", "<img src=x"} {
		if strings.Contains(page, text) {
			t.Errorf("index.html obeys %q", text)
		}
	}
	obeysNothing(t, "index.html", strings.ReplaceAll(page, "\t", " "))
}

func noLineOfItsOwn(t *testing.T, calendar string) {
	t.Helper()
	for line := range strings.SplitSeq(calendar, "\r\n") {
		if strings.HasPrefix(line, "ATTACH") || strings.Contains(line, "\n") {
			t.Errorf("deadlines.ics has the line %q", line)
		}
	}
}
