package table

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
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
	used []bool // columns whose cells are asked for; nil: all
	pos  int    // where the next record begins
	line int    // its number
	row  Row

	fields  []field // of a record that usual split
	usable  []Cell  // of used columns; the others stay blank
	columns []int   // the used ones in usable
	all     []Cell
	every   []int // of the columns in all

	doubtful bool // quotes do not quote as it was assumed
}

// field is where the text of a field begins and ends; the end is ^to where it has
// doubled quotes.
type field struct{ from, to int }

// each yields the records, passing over lines that are blank.
func (r *records) each(yield func(Row) error) error {
	limits := r.csv.options.Limits
	whole := r.whole
	for r.pos < len(r.text) {
		start := r.pos
		r.row = Row{Number: r.line, whole: whole}
		odd, usual := r.usual()
		if !usual {
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
		if usual {
			r.takeUsed()
		}
		if err := r.checkRecord(r.text[start:r.pos], odd, usual); err != nil {
			return err
		}
		if err := yield(r.row); err != nil {
			return err
		}
	}
	return nil
}

// usual splits a record in which nothing is wrong with quotes and line ends. It
// leaves any other to thorough, and reports whether there may be odd characters in
// its own. Both follow the same rules.
func (r *records) usual() (odd, usual bool) {
	text, start, delimiter := r.text, r.pos, r.csv.delimiter
	switch text[start] {
	case ' ', '\r', '\n': // a blank line, perhaps
		return false, false
	}
	const (
		bare = iota
		inQuotes
		closed // the last mark was a closing quote, or the first of a doubled one
	)
	const (
		lowBits  = highBits - eachByte
		quote    = eachByte * uint64('"')
		controls = eachByte * (0x80 - ' ') // carries into the highest bit from a blank on
	)
	delimiters := eachByte * uint64(delimiter)
	quotes := r.csv.quotes == quotesQuote && delimiter != '\t' // thorough has doubts about tabs
	fields, state := r.fields[:0], bare
	end, doubled, breaks, line := 0, false, 0, r.line // of a field in quotes
	var high uint64                                   // of all bytes
	for i := start; i+wordBytes <= len(text); i += wordBytes {
		w := word(text, i)
		low := w &^ highBits
		other := ((low ^ delimiters) + lowBits) & ((low ^ quote) + lowBits) & (low + controls)
		high |= w | (w + eachByte)
		for set := ^(other | w) & highBits; set != 0; set &= set - 1 {
			at := i + bits.TrailingZeros64(set)/8
			c := text[at]
			switch {
			case state == bare && c == delimiter: // as nearly always
				fields = append(fields, field{start, at})
				start = at + 1
			case state == inQuotes:
				switch {
				case c == '"':
					state, end = closed, at
				case c == '\n':
					breaks++
				case c < ' ' && c != '\t' && c != '\r':
					odd = true
				}
			case state == closed && at != end+1:
				return false, false
			case c == delimiter || c == '\n' || c == '\r':
				if state == bare {
					end = at
				}
				f := field{start, end}
				if doubled {
					f.to = ^end
				}
				fields = append(fields, f)
				if breaks > 0 {
					line += breaks
					r.checkSwallowed(text[start:end], len(fields)-1)
				}
				start, state, doubled, breaks = at+1, bare, false, 0
				if c == delimiter {
					continue
				}
				if c == '\r' {
					at++
				}
				if at == len(text) || text[at] != '\n' || len(r.row.Faults) > 0 {
					return false, false
				}
				r.fields, r.pos, r.line = fields, at+1, line+1
				return odd || high&highBits != 0, true
			case c == '"' && state == closed:
				state, doubled = inQuotes, true
			case c == '"' && at == start && quotes:
				state, start = inQuotes, at+1
			case c == '"' || state == closed:
				return false, false
			case c != '\t':
				odd = true
			}
		}
	}
	return false, false // at the end of the block
}

// takeUsed makes cells of the fields of used columns.
func (r *records) takeUsed() {
	n := len(r.fields)
	if len(r.usable) < n {
		r.usable, r.columns = make([]Cell, n), r.columns[:0]
		for i := range n {
			if i >= len(r.used) || r.used[i] {
				r.columns = append(r.columns, i)
			}
		}
	}
	r.row.Cells = r.usable[:n]
	r.cells(r.columns)
}

// takeAll makes cells of all fields.
func (r *records) takeAll() {
	n := len(r.fields)
	for len(r.every) < n {
		r.every = append(r.every, len(r.every))
	}
	r.all = slices.Grow(r.all[:0], n)[:n]
	r.row.Cells = r.all
	r.cells(r.every)
}

// cells makes cells of the fields of columns.
func (r *records) cells(columns []int) {
	text, fields, cells := r.text, r.fields, r.row.Cells
	for _, i := range columns {
		if i >= len(fields) {
			return
		}
		f, cell := fields[i], &cells[i]
		cell.Kind = Text
		switch {
		case f.from == f.to:
			cell.Kind, cell.Text = Blank, ""
		case f.to < 0:
			cell.Text = strings.ReplaceAll(text[f.from:^f.to], `""`, `"`)
		default:
			cell.Text = text[f.from:f.to]
		}
	}
}

// whole returns the row that is yielded with all of its cells.
func (r *records) whole() Row {
	if len(r.fields) > 0 {
		r.takeAll()
	}
	row := r.row
	row.Cells = slices.Clone(row.Cells)
	return row
}

// thorough splits any record; it reports whether that is a blank line.
func (r *records) thorough(start int) (blank bool) {
	r.fields, r.row.Cells, r.row.Faults = r.fields[:0], r.all[:0], nil
	defer func() { r.all = r.row.Cells }()
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
	for field := range strings.SplitSeq(body, string(r.csv.delimiter)) {
		r.row.Cells = append(r.row.Cells, textCell(field))
	}
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
				r.checkSwallowed(field, len(r.row.Cells))
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
func (r *records) checkRecord(record string, odd, usual bool) error {
	limits := r.csv.options.Limits
	odd = odd && suspicious(record)
	if usual && (odd || len(record) > limits.MaxFieldBytes) {
		r.takeAll()
	}
	cells := r.row.Cells
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
	if !odd {
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
			r.faultIn(i+1, Excerpt(c.Text), problem, wantCSVAgain)
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
