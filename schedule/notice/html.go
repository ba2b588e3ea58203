package notice

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
)

// Mail programs know few styles, and those only where they are used.
const (
	pageStyle = "margin:0;padding:16px;background:#ffffff;color:#1b2430;font:15px/1.5 'Segoe UI',Helvetica,Arial,sans-serif"
	leadStyle = "margin:0 0 16px;padding:12px 16px;border-left:5px solid #0b5f68;background:#f3f7f8;font-size:19px;font-weight:600"
	textStyle = "margin:0 0 14px"
	gridStyle = "margin:0 0 16px;border-collapse:collapse;font-size:13px"
	headStyle = "color:#56616f;font-weight:600;"
	cellStyle = "padding:4px 7px 4px 0;border-bottom:1px solid #dfe4e8;vertical-align:top;text-align:"
)

// page sets the text of a message as HTML: what it begins with as its lead, lines
// that are in columns as tables, and all else as paragraphs.
func page(subject, body string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + html.EscapeString(subject) + "</title></head>\n<body style=\"" + pageStyle + "\">\n")
	blocks := strings.Split(strings.Trim(body, "\n"), "\n\n")
	for i, block := range blocks {
		lines := strings.Split(strings.Trim(block, "\n"), "\n")
		if i == 0 {
			b.WriteString("<p style=\"" + leadStyle + "\">" + html.EscapeString(lines[0]) + "</p>\n")
			lines = lines[1:]
		}
		writeBlock(&b, lines)
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

// writeBlock sets lines without a blank one among them. An indented line goes on with
// the one before, unless that announces it.
func writeBlock(b *strings.Builder, lines []string) {
	var text []string
	flush := func() {
		if len(text) > 0 {
			b.WriteString("<p style=\"" + textStyle + "\">" + strings.Join(text, "<br>\n") + "</p>\n")
		}
		text = nil
	}
	for len(lines) > 0 {
		n, indented := 0, strings.HasPrefix(lines[0], " ")
		for n < len(lines) && strings.HasPrefix(lines[n], " ") == indented {
			n++
		}
		columns := columnsOf(lines[:n])
		announced := len(text) == 0 || strings.HasSuffix(text[len(text)-1], ":")
		switch {
		case indented && len(columns) > 1:
			flush()
			writeGrid(b, lines[:n], columns)
		default:
			for _, line := range lines[:n] {
				if line = html.EscapeString(strings.TrimSpace(line)); indented && !announced {
					text[len(text)-1] += " " + line
				} else {
					text = append(text, line)
				}
			}
		}
		lines = lines[n:]
	}
	flush()
}

// more reports whether a line of a table only says what the table leaves out.
func more(line string) bool { return strings.HasPrefix(strings.TrimSpace(line), "…") }

// columnsOf returns where the columns of lines begin: after two places that are
// blank in all of them.
func columnsOf(lines []string) []int {
	var filled []bool
	for _, line := range lines {
		if more(line) {
			continue
		}
		for i, r := range []rune(line) {
			if i == len(filled) {
				filled = append(filled, false)
			}
			filled[i] = filled[i] || r != ' '
		}
	}
	var starts []int
	blank := 2
	for i, f := range filled {
		switch {
		case !f:
			blank++
		case blank >= 2:
			starts = append(starts, i)
			fallthrough
		default:
			blank = 0
		}
	}
	return starts
}

func writeGrid(b *strings.Builder, lines []string, columns []int) {
	var rows [][]string
	right := make([]bool, len(columns)) // of columns of figures
	for _, line := range lines {
		if more(line) {
			rows = append(rows, []string{strings.TrimSpace(line)})
			continue
		}
		all, cells := []rune(line), make([]string, len(columns))
		for i, from := range columns {
			to := len(all)
			if i+1 < len(columns) {
				to = min(to, columns[i+1])
			}
			cells[i] = strings.TrimSpace(string(all[min(from, to):to]))
			right[i] = right[i] || isFigure(cells[i])
		}
		rows = append(rows, cells)
	}
	b.WriteString("<table style=\"" + gridStyle + "\">\n")
	for n, cells := range rows {
		tag, style := "td", cellStyle
		if n == 0 && slices.Contains(right, true) && !slices.ContainsFunc(cells, isFigure) {
			tag, style = "th", headStyle+cellStyle
		}
		b.WriteString("<tr>")
		for i, cell := range cells {
			side, span := "left", ""
			if right[i] && len(cells) > 1 {
				side = "right"
			}
			if len(cells) < len(columns) {
				span = fmt.Sprintf(" colspan=\"%d\"", len(columns))
			}
			// names of findings may break after their underscores
			text := strings.ReplaceAll(html.EscapeString(cell), "_", "_<wbr>")
			b.WriteString("<" + tag + span + " style=\"" + style + side + "\">" + text + "</" + tag + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
}

// isFigure reports whether a cell is an amount, with or without its currency.
func isFigure(cell string) bool {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(",.\u2212-\u00a0", r) {
			return -1
		}
		return r
	}, strings.TrimRightFunc(cell, func(r rune) bool { return unicode.IsUpper(r) || r == '\u00a0' || r == ' ' }))
	return digits != "" && strings.TrimFunc(digits, unicode.IsDigit) == "" && strings.Contains(cell, ".")
}
