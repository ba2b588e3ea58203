package help

import (
	"regexp"
	"strings"

	"github.com/mattn/go-runewidth"
)

// Width is how many columns of a terminal a topic takes.
const Width = 80

// Print lays Markdown out for a terminal: the subset that the topics use, which
// is headings, paragraphs, lists, code and tables, in at most width columns where
// the text allows it. Heading styles the headings; nil leaves them as they are.
func Print(markdown string, width int, heading func(string) string) string {
	p := printer{width: width, heading: heading}
	for line := range strings.SplitSeq(markdown, "\n") {
		p.line(line)
	}
	p.flush()
	return strings.TrimRight(p.out.String(), "\n") + "\n"
}

type printer struct {
	out     strings.Builder
	width   int
	heading func(string) string
	block   []string // lines of the paragraph, list item or table under way
	code    bool
}

func (p *printer) line(line string) {
	switch {
	case strings.HasPrefix(line, "```"):
		p.flush()
		if p.code = !p.code; !p.code {
			p.out.WriteByte('\n')
		}
	case p.code:
		p.out.WriteString(strings.TrimRight("    "+line, " ") + "\n")
	case strings.HasPrefix(line, "<!--"), strings.TrimSpace(line) == "":
		p.flush()
	case strings.HasPrefix(line, "#"):
		p.flush()
		level, title, _ := strings.Cut(line, " ")
		title = plain(title)
		rule := ""
		if len(level) == 1 {
			rule = strings.Repeat("=", runewidth.StringWidth(title)) + "\n"
		} else {
			title = strings.ToUpper(title)
		}
		if p.heading != nil {
			title = p.heading(title)
		}
		p.out.WriteString(title + "\n" + rule + "\n")
	default:
		if isItem(line) && len(p.block) > 0 && !strings.HasPrefix(p.block[0], "|") {
			p.paragraph()
		}
		p.block = append(p.block, line)
	}
}

// flush writes the block under way and the blank line after it.
func (p *printer) flush() {
	if len(p.block) == 0 {
		return
	}
	if strings.HasPrefix(p.block[0], "|") {
		p.table()
	} else {
		p.paragraph()
	}
	p.out.WriteByte('\n')
}

var itemMark = regexp.MustCompile(`^ *(- |[0-9]+\. )`)

func isItem(line string) bool { return itemMark.MatchString(line) }

// paragraph writes a paragraph or an item of a list.
func (p *printer) paragraph() {
	mark := itemMark.FindString(p.block[0])
	p.block[0] = p.block[0][len(mark):]
	first, rest := mark, strings.Repeat(" ", len(mark))
	for _, line := range wrap(plain(strings.Join(p.block, " ")), p.width-len(mark)) {
		p.out.WriteString(first + line + "\n")
		first = rest
	}
	p.block = nil
}

// table writes a table in columns when they fit, and otherwise each of its rows
// as a list of its cells.
func (p *printer) table() {
	var rows [][]string
	for i, line := range p.block {
		if i == 1 {
			continue // the line between head and rows
		}
		rows = append(rows, cells(line))
	}
	p.block = nil
	if widths, ok := fit(rows, p.width); ok {
		for i, row := range rows {
			p.columns(row, widths)
			if i == 0 {
				rule := make([]string, len(widths))
				for k, n := range widths {
					rule[k] = strings.Repeat("-", n)
				}
				p.columns(rule, widths)
			}
		}
		return
	}
	p.records(rows[0], rows[1:])
}

// cells splits a line of a table.
func cells(line string) []string {
	line = strings.ReplaceAll(strings.Trim(strings.TrimSpace(line), "|"), `\|`, "\x00")
	list := strings.Split(line, "|")
	for i, c := range list {
		list[i] = strings.ReplaceAll(plain(strings.TrimSpace(c)), "\x00", "|")
	}
	return list
}

const (
	gutter   = 2  // blanks between two columns
	narrow   = 14 // how narrow a column of sentences may become
	tallRow  = 3  // lines of a row beyond which a table reads better as records
	maxTried = 4  // columns beyond which no layout of sentences fits
)

// fit returns the width of each column, when the table reads well as columns.
func fit(rows [][]string, width int) (widths []int, ok bool) {
	widths = make([]int, len(rows[0]))
	for _, row := range rows {
		for i, c := range row {
			if i < len(widths) {
				widths[i] = max(widths[i], runewidth.StringWidth(c))
			}
		}
	}
	for total(widths) > width {
		widest := 0
		for i, n := range widths {
			if n > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= narrow || len(widths) > maxTried {
			return nil, false
		}
		widths[widest]--
	}
	for _, row := range rows {
		for i, c := range row {
			if i < len(widths) && len(wrap(c, widths[i])) > tallRow && len(widths) > 2 {
				return nil, false
			}
		}
	}
	return widths, true
}

func total(widths []int) int {
	sum := gutter * (len(widths) - 1)
	for _, n := range widths {
		sum += n
	}
	return sum
}

// columns writes a row of a table, each cell on as many lines as it takes.
func (p *printer) columns(row []string, widths []int) {
	wrapped, height := make([][]string, len(widths)), 1
	for i := range widths {
		if i < len(row) {
			wrapped[i] = wrap(row[i], widths[i])
			height = max(height, len(wrapped[i]))
		}
	}
	for k := range height {
		var b strings.Builder
		for i, lines := range wrapped {
			text := ""
			if k < len(lines) {
				text = lines[k]
			}
			b.WriteString(runewidth.FillRight(text, widths[i]+gutter))
		}
		p.out.WriteString(strings.TrimRight(b.String(), " ") + "\n")
	}
}

// records writes rows one below the other: the first cell, and below it the
// others behind what their columns are called.
func (p *printer) records(head []string, rows [][]string) {
	label := 0
	for _, h := range head[1:] {
		label = max(label, runewidth.StringWidth(h))
	}
	for i, row := range rows {
		if i > 0 {
			p.out.WriteByte('\n')
		}
		for _, line := range wrap(row[0], p.width) {
			p.out.WriteString(line + "\n")
		}
		for k, c := range row[1:] {
			if c == "" || k+1 >= len(head) {
				continue
			}
			first := "  " + runewidth.FillRight(head[k+1], label) + "  "
			for _, line := range wrap(c, p.width-label-4) {
				p.out.WriteString(first + line + "\n")
				first = strings.Repeat(" ", label+4)
			}
		}
	}
}

var (
	link   = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
	strong = regexp.MustCompile(`\*\*([^*]+)\*\*|\*([^* ][^*]*)\*`)
)

// plain removes the marks of code, emphasis and links from a text. What is code
// keeps its asterisks and brackets.
func plain(s string) string {
	parts := strings.Split(s, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strong.ReplaceAllString(link.ReplaceAllString(parts[i], "$1"), "$1$2")
	}
	return strings.Join(parts, "")
}

// wrap breaks a text into lines of at most width columns, between words. A
// longer word has a line of its own.
func wrap(s string, width int) []string {
	lines, line := []string(nil), ""
	for word := range strings.FieldsSeq(s) {
		switch {
		case line == "":
			line = word
		case runewidth.StringWidth(line)+1+runewidth.StringWidth(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	return append(lines, line)
}
