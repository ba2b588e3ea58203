package notice

import (
	"html"
	"strings"
	"unicode"
)

// Mail programs know few styles, and those only where they are used.
const (
	pageStyle = "margin:0;padding:24px;background:#ffffff;color:#1b2430;font:15px/1.5 'Segoe UI',Helvetica,Arial,sans-serif"
	leadStyle = "margin:0 0 16px;padding:12px 16px;border-left:5px solid #0b5f68;background:#f3f7f8;font-size:19px;font-weight:600"
	textStyle = "margin:0 0 14px"
	gridStyle = "margin:0 0 16px;border-collapse:collapse;font-size:14px"
	cellStyle = "padding:4px 16px 4px 0;border-bottom:1px solid #dfe4e8;vertical-align:top;text-align:"
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
		for len(lines) > 0 {
			n := 0
			for n < len(lines) && strings.HasPrefix(lines[n], " ") == strings.HasPrefix(lines[0], " ") {
				n++
			}
			if columns := columnsOf(lines[:n]); strings.HasPrefix(lines[0], " ") && len(columns) > 1 {
				writeGrid(&b, lines[:n], columns)
			} else {
				for j := range lines[:n] {
					lines[j] = html.EscapeString(strings.TrimSpace(lines[j]))
				}
				b.WriteString("<p style=\"" + textStyle + "\">" + strings.Join(lines[:n], "<br>\n") + "</p>\n")
			}
			lines = lines[n:]
		}
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

// columnsOf returns where the columns of lines begin: after two places that are
// blank in all of them.
func columnsOf(lines []string) []int {
	var filled []bool
	for _, line := range lines {
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
	b.WriteString("<table style=\"" + gridStyle + "\">\n")
	for _, line := range lines {
		b.WriteString("<tr>")
		all := []rune(line)
		for i, from := range columns {
			to := len(all)
			if i+1 < len(columns) {
				to = min(to, columns[i+1])
			}
			cell := strings.TrimSpace(string(all[min(from, to):to]))
			side := "left"
			if isFigure(cell) {
				side = "right"
			}
			b.WriteString("<td style=\"" + cellStyle + side + "\">" + html.EscapeString(cell) + "</td>")
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
