package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"cspcoop/importer/inbox"

	"github.com/mattn/go-isatty"
	"github.com/mattn/go-runewidth"
	"golang.org/x/term"
)

// tell says on stderr what was done, unless --quiet.
func (a *app) tell(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.stderr, "cspcoop: "+format+"\n", args...)
	}
}

// warn says on stderr what wants attention, unless --quiet.
func (a *app) warn(format string, args ...any) {
	a.tell("warning: "+format, args...)
}

// terminal gives the file behind a stream when it is a terminal.
func terminal(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && isatty.IsTerminal(f.Fd())
}

// width gives how many columns a stream shows; 120 where it is no terminal.
func width(w io.Writer) int {
	if f, ok := terminal(w); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns
		}
	}
	return 120
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

// grid is a table of text for a terminal: columns line up by what they look
// like, also where characters are two columns wide.
type grid struct {
	right map[int]bool // columns that are aligned to the right
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

// narrowest is how far the column that gives way is cut before it is left out.
const narrowest = 12

// print writes the grid within a width; the column named yielding is cut, and
// left out where that is not enough.
func (g *grid) print(w io.Writer, limit, yielding int) {
	var widths []int
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	total := 2 * len(widths)
	for _, n := range widths {
		total += n
	}
	hidden := -1
	if over := total - limit; over > 0 && yielding < len(widths) {
		if widths[yielding]-over < narrowest {
			hidden = yielding
		} else {
			widths[yielding] -= over
		}
	}
	for k, row := range g.rows {
		var b strings.Builder
		for i, cell := range row {
			if i == hidden {
				continue
			}
			cell = runewidth.Truncate(cell, widths[i], "…")
			if g.right[i] {
				cell = runewidth.FillLeft(cell, widths[i])
			} else if i < len(row)-1 {
				cell = runewidth.FillRight(cell, widths[i])
			}
			b.WriteString("  " + cell)
		}
		line := strings.TrimRight(b.String(), " ")
		if paint := g.paint[k]; paint != nil {
			line = paint(line)
		}
		fmt.Fprintln(w, line)
	}
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
	if f, ok := terminal(a.stderr); ok && !a.quiet {
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

// size words a number of bytes.
func size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%d kB", n/1000)
	}
	return fmt.Sprintf("%d.%d MB", n/1_000_000, n/100_000%10)
}
