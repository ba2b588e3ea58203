package table

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
	"unicode/utf8"
)

const wantCSVAgain = "download the report again, or save it again as CSV UTF-8"

// records reads the records of a block by the strict rules of RFC 4180: a quote
// opens at the start of a field only, and after the closing one comes a
// delimiter or a line end. Fields are slices of the block's text.
type records struct {
	csv  *csvFile
	ctx  context.Context
	text string
	pos  int // where the next record begins
	line int // its number
	row  Row

	doubtful bool // quotes do not quote as it was assumed
}

// each yields the records, passing over lines that are blank.
func (r *records) each(yield func(Row) error) error {
	limits := r.csv.options.Limits
	usual := r.csv.quotes == quotesQuote && r.csv.delimiter != '\t'
	for r.pos < len(r.text) {
		start := r.pos
		r.row = Row{Number: r.line, Cells: r.row.Cells[:0]}
		var odd bool
		if !usual || !r.usual(&odd) {
			odd = true
			if blank := r.thorough(start); blank {
				continue
			}
		}
		if r.row.Number > limits.MaxRows {
			return refused(Fault{Row: r.row.Number,
				Problem: fmt.Sprintf("the file has more than %d lines", limits.MaxRows),
				Want:    fmt.Sprintf("split it, or raise the limit ([limits] max_rows = %d)", limits.MaxRows)})
		}
		if r.doubtful {
			return ErrDialect
		}
		if err := r.checkRecord(r.text[start:r.pos], odd); err != nil {
			return err
		}
		if err := yield(r.row); err != nil {
			return err
		}
	}
	return nil
}

// usual splits a record in which nothing is wrong with quotes and line ends, in one
// reading of its bytes. It leaves any other to thorough, and says of its own whether
// there are odd characters in it. Both follow the same rules.
func (r *records) usual(odd *bool) bool {
	text, start, line := r.text, r.pos, r.line
	cells := r.row.Cells
	delimiters, quotes := eachByte*uint64(r.csv.delimiter), eachByte*uint64('"')
	switch text[start] {
	case ' ', '\r', '\n': // a blank line, perhaps
		return false
	}
	for i := start; i+wordBytes <= len(text); {
		w := word(text, i)
		found, next := zeroBytes(w^delimiters)|zeroBytes(w^quotes), i+wordBytes
		if unprintable(w) {
			found |= oddMask(w)
		}
		for ; found != 0; found &= found - 1 {
			at := i + bits.TrailingZeros64(found)/8
			switch c := text[at]; {
			case c == r.csv.delimiter:
				cells = append(cells, textCell(text[start:at]))
				start = at + 1
			case c == '"':
				after := -1
				if at == start {
					after = closingQuote(text, at+1, strings.IndexByte)
				}
				if after < 0 || after == len(text) {
					return false
				}
				field := text[at+1 : after-1]
				if strings.IndexByte(field, '"') >= 0 {
					field = strings.ReplaceAll(field, `""`, `"`)
				}
				if suspicious(field) {
					*odd = true
				}
				if breaks := strings.Count(field, "\n"); breaks > 0 {
					line += breaks
					r.row.Cells = cells
					r.checkSwallowed(field)
				}
				cells = append(cells, textCell(field))
				if text[after] == r.csv.delimiter {
					start, next, found = after+1, after+1, 0
					break
				}
				return r.ends(after, line, cells)
			case c == '\n' || c == '\r':
				return r.ends(at, line, append(cells, textCell(text[start:at])))
			case c != '\t':
				*odd = true
			}
			if found == 0 {
				break
			}
		}
		i = next
	}
	return false // at the end of the block
}

// ends takes a record if its line ends where its last field does.
func (r *records) ends(at, line int, cells []Cell) bool {
	if r.text[at] == '\r' {
		at++
	}
	if at == len(r.text) || r.text[at] != '\n' || len(r.row.Faults) > 0 {
		return false
	}
	r.row.Cells, r.pos, r.line = cells, at+1, line+1
	return true
}

// thorough splits any record; it reports whether that is a blank line.
func (r *records) thorough(start int) (blank bool) {
	r.row.Cells, r.row.Faults = r.row.Cells[:0], nil
	line, body := r.physicalLine()
	switch {
	case blankLine(line):
		return true
	case strings.IndexByte(body, '"') < 0:
		r.plain(body)
	case r.csv.quotes.byLine():
		if strings.IndexByte(body, '\r') >= 0 {
			r.faultLoneReturn()
		}
		r.inLine(body)
	default:
		r.quoted(start, start+len(body))
	}
	return false
}

// physicalLine reads on to the end of a line. It returns the line without its LF,
// and without its line end; a line that has none is the file's last.
func (r *records) physicalLine() (line, body string) {
	rest := r.text[r.pos:]
	end := strings.IndexByte(rest, '\n')
	if end < 0 {
		r.row.Unterminated = !r.csv.options.AcceptMissingFinalNewline
		r.pos = len(r.text)
		return rest, rest
	}
	r.pos += end + 1
	r.line++
	return rest[:end], strings.TrimSuffix(rest[:end], "\r")
}

// blankLine reports whether a line has no content. A CR that ends no line is some.
func blankLine(line string) bool {
	return strings.Trim(line, " \r") == "" && strings.IndexByte(strings.TrimSuffix(line, "\r"), '\r') < 0
}

// plain splits a record that has no quotes.
func (r *records) plain(body string) {
	if strings.IndexByte(body, '\r') >= 0 {
		r.faultLoneReturn()
	}
	r.split(body)
}

// split takes the fields of a text that has no quotes.
func (r *records) split(body string) {
	cells, start, i := r.row.Cells, 0, 0
	delimiters := eachByte * uint64(r.csv.delimiter)
	for ; i+wordBytes <= len(body); i += wordBytes {
		for found := zeroBytes(word(body, i) ^ delimiters); found != 0; found &= found - 1 {
			at := i + bits.TrailingZeros64(found)/8
			cells = append(cells, textCell(body[start:at]))
			start = at + 1
		}
	}
	for ; i < len(body); i++ {
		if body[i] == r.csv.delimiter {
			cells = append(cells, textCell(body[start:i]))
			start = i + 1
		}
	}
	r.row.Cells = append(cells, textCell(body[start:]))
}

func textCell(text string) Cell {
	if text == "" {
		return Cell{}
	}
	return Cell{Text: text, Kind: Text}
}

// quoted splits a record whose first line has quotes: it begins at from, and
// that line ends at end. Every quote that opens is closed within the block.
func (r *records) quoted(from, end int) {
	for at := from; ; at++ {
		field := ""
		if at < end && r.text[at] == '"' {
			opened := at + 1
			at = closingQuote(r.text, opened, strings.IndexByte)
			field = r.text[opened : at-1]
			if strings.IndexByte(field, '"') >= 0 {
				field = strings.ReplaceAll(field, `""`, `"`)
			}
			if r.pos < at {
				r.doubt(useWith(r.csv.delimiter).byLine())
				r.checkSwallowed(field)
			}
			for r.pos < at { // line breaks within the quotes
				next := r.pos
				_, body := r.physicalLine()
				end = next + len(body)
			}
			if at < end && r.text[at] != r.csv.delimiter {
				r.doubt(true)
				r.fault("text follows the closing quote of a field",
					"write a quote inside of a field twice (\"\")")
			}
		}
		n := strings.IndexByte(r.text[at:end], r.csv.delimiter)
		last := n < 0
		if last {
			n = end - at
		}
		r.row.Cells = append(r.row.Cells, textCell(join(field, r.bare(r.text[at:at+n]))))
		if at += n; last {
			return
		}
	}
}

// join spares the usual field, which is either quoted or bare, a new string.
func join(quoted, bare string) string {
	switch {
	case bare == "":
		return quoted
	case quoted == "":
		return bare
	}
	return quoted + bare
}

// isFormulaText recognises ="0440123", as programs write an id that spreadsheets
// are to keep a text.
func isFormulaText(field string) bool {
	inner, ok := strings.CutPrefix(field, `="`)
	return ok && strings.IndexByte(inner, '"') == len(inner)-1
}

// bare checks what is outside of quotes.
func (r *records) bare(text string) string {
	if strings.IndexByte(text, '"') >= 0 && !isFormulaText(text) {
		r.doubt(true)
		r.fault("a quote inside of a field that does not begin with one",
			"put the whole field in quotes and write the inner quote twice (\"\")")
	}
	if strings.IndexByte(text, '\r') >= 0 {
		r.faultLoneReturn()
	}
	return text
}

// checkRecord looks at the size of a record, and at its characters where they may be odd.
// Its error ends the reading.
func (r *records) checkRecord(record string, odd bool) error {
	cells, limits := r.row.Cells, r.csv.options.Limits
	if len(cells) > limits.MaxColumns {
		r.fault(fmt.Sprintf("the record has %d fields, more than %d", len(cells), limits.MaxColumns),
			fmt.Sprintf("check the delimiter, or raise the limit ([limits] max_columns = %d)", limits.MaxColumns))
	}
	if len(record) > limits.MaxFieldBytes {
		for i, c := range cells {
			if len(c.Text) > limits.MaxFieldBytes {
				r.faultIn(i+1, "", fmt.Sprintf("has %d bytes, more than %d", len(c.Text), limits.MaxFieldBytes),
					fmt.Sprintf("shorten it, or raise the limit ([limits] max_field_bytes = %d)", limits.MaxFieldBytes))
			}
		}
	}
	if !odd || !suspicious(record) {
		return nil
	}
	if !utf8.ValidString(record) {
		if err := r.csv.text.contradicted(r.ctx); err != nil {
			return err
		}
	}
	for i, c := range cells {
		if len(r.row.Faults) >= MaxFaults {
			break
		}
		if problem := r.csv.text.charset.problem([]byte(c.Text)); problem != "" {
			r.faultIn(i+1, excerpt(c.Text), problem, wantCSVAgain)
		}
	}
	return nil
}

// doubt notes that quotes may be characters, where it was assumed that they quote.
func (r *records) doubt(reason bool) { r.doubtful = r.doubtful || reason && r.csv.assumed }

func (r *records) fault(problem, want string) {
	r.row.Faults = append(r.row.Faults, Fault{Row: r.row.Number, Problem: problem, Want: want})
}

// faultIn adds a fault of a field, from 1; whoever knows the header names it.
func (r *records) faultIn(field int, value, problem, want string) {
	r.row.Faults = append(r.row.Faults, Fault{Row: r.row.Number, Field: field, Value: value, Problem: problem, Want: want})
}

func (r *records) faultLoneReturn() {
	r.fault("a carriage return that ends no line", "save the file again with CRLF or LF line ends")
}
