package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"cspcoop/importer/inbox"
	"cspcoop/report/wording"

	"github.com/mattn/go-isatty"
	"github.com/mattn/go-runewidth"
	"golang.org/x/term"
)

// english is the language of the terminal.
var english = wording.English()

// say writes to stderr what was done, unless --quiet.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintln(a.stderr, visibleLines("cspcoop: "+fmt.Sprintf(format, args...)))
	}
}

// warn writes to stderr what needs attention, unless --quiet.
func (a *app) warn(format string, args ...any) {
	a.say("warning: "+format, args...)
}

// detail writes to stderr what is being done, with --verbose.
func (a *app) detail(format string, args ...any) {
	if a.verbose {
		a.say(format, args...)
	}
}

// answer prints what a command found, as JSON where that is asked for.
func (a *app) answer(found any, show func()) error {
	if a.asJSON {
		return a.printJSON(found)
	}
	show()
	return nil
}

func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// terminal returns the file behind a stream when it is a terminal.
func terminal(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && isatty.IsTerminal(f.Fd())
}

// columns is how wide a terminal is taken to be where it does not say.
const columns = 80

// message is a text that mail programs fold: its sentences are not cut.
type message struct{ bytes.Buffer }

// messageColumns are enough for every row of a table with its whole sentence.
const messageColumns = 300

// width returns how many columns a stream shows.
func width(w io.Writer) int {
	if _, ok := w.(*message); ok {
		return messageColumns
	}
	if f, ok := terminal(w); ok {
		if wide, _, err := term.GetSize(int(f.Fd())); err == nil && wide > 0 {
			return wide
		}
	}
	return columns
}

// style puts terminal colours around words that carry meaning.
type style struct{ on bool }

func styleOf(w io.Writer) style {
	_, ok := terminal(w)
	return style{ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

func (s style) wrap(code, text string) string {
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (s style) bold(text string) string   { return s.wrap("1", text) }
func (s style) faint(text string) string  { return s.wrap("2", text) }
func (s style) urgent(text string) string { return s.wrap("1;31", text) }
func (s style) soon(text string) string   { return s.wrap("33", text) }

// visible shows control and bidirectional override characters instead of
// obeying them.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) {
			return '\ufffd'
		}
		return r
	}, s)
}

// longestLine is how many characters of a line of a message are shown: it may echo
// an argument or a cell.
const longestLine = 4000

// visibleLines is visible for a message of several lines, and bounds each.
func visibleLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = visible(runewidth.Truncate(line, longestLine, "…"))
	}
	return strings.Join(lines, "\n")
}

// quote shows a text as it was given, with quotes, and cut where it is long.
func quote(text string) string {
	const longest = 60
	return `"` + runewidth.Truncate(visible(text), longest, "…") + `"`
}

// reflowed breaks the paragraphs of a text for a terminal of 80 columns; those with
// indented lines stay.
func reflowed(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		if !strings.Contains("\n"+p, "\n ") {
			paragraphs[i] = strings.Join(wrapped(p, 0, 0, 80), "\n")
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// wrapped breaks a text into lines of at most limit columns, the first indented
// and the others hanging. A word that no line has room for is broken.
func wrapped(text string, indent, hang, limit int) []string {
	var lines []string
	line, empty := strings.Repeat(" ", indent), true
	flush := func() {
		lines = append(lines, line)
		line, empty = strings.Repeat(" ", hang), true
	}
	for word := range strings.FieldsSeq(text) {
		if !empty && runewidth.StringWidth(line)+1+runewidth.StringWidth(word) > limit {
			flush()
		}
		if !empty {
			line += " "
		}
		for room := max(1, limit-runewidth.StringWidth(line)); runewidth.StringWidth(word) > room; room = max(1, limit-hang) {
			head := runewidth.Truncate(word, max(2, room), "")
			line += head
			word = word[len(head):]
			flush()
		}
		line, empty = line+word, false
	}
	return append(lines, line)
}

// paragraph prints a text within the width of a terminal, the first line indented
// and the others hanging, each painted where there is a colour for it.
func paragraph(w io.Writer, paint func(string) string, indent, hang int, text string) {
	for _, line := range wrapped(visible(text), indent, hang, width(w)) {
		if paint != nil {
			line = paint(line)
		}
		fmt.Fprintln(w, line)
	}
}

// labelled prints a text behind a label, further lines below its first one.
func labelled(w io.Writer, label, text string) {
	column := runewidth.StringWidth(label)
	for i, line := range wrapped(visible(text), column, column, width(w)) {
		if i == 0 {
			line = label + line[column:]
		}
		fmt.Fprintln(w, line)
	}
}

// grid is a table of text for a terminal: columns line up by what they look
// like, also where characters are two columns wide.
type grid struct {
	right map[int]bool // columns that are aligned to the right
	bare  bool         // the first row is no head
	rows  [][]string
	paint map[int]func(string) string // by row
}

func (g *grid) add(paint func(string) string, cells ...string) {
	if g.paint == nil {
		g.paint = map[int]func(string) string{}
	}
	if paint != nil {
		g.paint[len(g.rows)] = paint
	}
	for i := range cells {
		cells[i] = visible(cells[i])
	}
	g.rows = append(g.rows, cells)
}

// narrowest is how far a column of names is cut before it is left out.
const narrowest = 12

// print writes the grid within a width. Columns without an entry below their
// head are left out; where the others are too wide, the column of names is cut or
// left out, then the other yielding ones are left out, in this order, then the last
// ones: half a number or date would say another one.
func (g *grid) print(w io.Writer, limit, names int, yielding ...int) {
	widths := g.widths()
	total := 0
	for _, n := range widths {
		total += n
	}
	leave := append([]int{names}, yielding...)
	for i := len(widths) - 1; i > 0; i-- {
		leave = append(leave, i)
	}
	for _, i := range leave {
		if total <= limit || widths[i] == 0 {
			continue
		}
		kept := widths[i] - (total - limit)
		if kept < narrowest || i != names {
			kept = 0
		}
		total -= widths[i] - kept
		widths[i] = kept
	}
	for k, row := range g.rows {
		var b strings.Builder
		for i, cell := range row {
			if widths[i] == 0 {
				continue
			}
			cell = runewidth.Truncate(cell, widths[i]-len(gutter), "…")
			if g.right[i] {
				cell = runewidth.FillLeft(cell, widths[i]-len(gutter))
			} else if i < len(row)-1 {
				cell = runewidth.FillRight(cell, widths[i]-len(gutter))
			}
			b.WriteString(gutter + cell)
		}
		line := runewidth.Truncate(strings.TrimRight(b.String(), " "), limit, "…")
		if paint := g.paint[k]; paint != nil {
			line = paint(line)
		}
		fmt.Fprintln(w, line)
	}
}

// gutter is in front of every column.
const gutter = "  "

// widths returns how wide each column is with its gutter, 0 for one that has
// nothing, or nothing but its head.
func (g *grid) widths() []int {
	widths := make([]int, len(g.rows[0]))
	for i := range widths {
		filled := false
		for k, row := range g.rows {
			widths[i] = max(widths[i], len(gutter)+runewidth.StringWidth(row[i]))
			filled = filled || (k > 0 || g.bare) && row[i] != ""
		}
		if !filled {
			widths[i] = 0
		}
	}
	return widths
}

// progress shows on a terminal how far an import is; elsewhere it is silent.
type progress struct {
	out         *os.File
	files, at   int
	bytes, done int64
	current     int64
	started     time.Time
}

func (a *app) newProgress(files []inbox.File) *progress {
	p := &progress{files: len(files), started: time.Now()}
	for _, f := range files {
		p.bytes += f.Size()
	}
	if f, ok := terminal(a.stderr); ok && !a.quiet && !a.verbose {
		p.out = f
	}
	return p
}

// file says that a file begins.
func (p *progress) file(f inbox.File) {
	p.at++
	p.done += p.current
	p.current = f.Size()
	if p.out == nil {
		return
	}
	left := ""
	if elapsed := time.Since(p.started); p.done > 0 && elapsed > time.Second {
		rest := time.Duration(float64(elapsed) * float64(p.bytes-p.done) / float64(p.done))
		left = ", about " + rest.Round(time.Second).String() + " left"
	}
	line := fmt.Sprintf("importing %d of %d files, %s of %s%s: %s", p.at, p.files, size(p.done), size(p.bytes), left, visible(f.Path))
	fmt.Fprintf(p.out, "\r\x1b[K%s", runewidth.Truncate(line, width(p.out)-1, "…"))
}

// end clears the line.
func (p *progress) end() {
	if p.out != nil {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.out = nil
	}
}

// size formats a number of bytes.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%d kB", n/1000)
	}
	return fmt.Sprintf("%d.%d MB", n/1_000_000, n/100_000%10)
}
