package xlsx

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"sync"

	"cspcoop/report/table"
)

// rowWriter writes the rows of a sheet as XML. Excelize's stream takes a number
// only as a binary fraction or a whole number, calls the result of every formula
// a text, and took most of the time of a workbook; here numbers and results are
// written as they are, and text that looks like a number or a formula stays text.
// Cells come from left to right, rows from top to bottom.
type rowWriter struct {
	out    io.Writer
	buffer []byte
	row    []byte   // cells of the row so far: what is in front of them follows from them
	number []byte   // of the row
	names  []string // of the columns so far
	err    error    // of out; the first one
}

var rowWriters = sync.Pool{New: func() any { return &rowWriter{} }}

// useRows lends a writer of rows, and writes what is left in it.
func useRows(out io.Writer, use func(*rowWriter)) error {
	w := rowWriters.Get().(*rowWriter)
	defer rowWriters.Put(w)
	w.out, w.buffer, w.err = out, w.buffer[:0], nil
	use(w)
	w.flush()
	w.out = nil
	return w.err
}

const rowBuffer = 32 << 10

func (w *rowWriter) begin(row int) {
	w.number = strconv.AppendInt(w.number[:0], int64(row), 10)
	w.row = w.row[:0]
}

// end writes the row; its height is in points.
func (w *rowWriter) end(height float64) {
	w.buffer = append(w.buffer, `<row r="`...)
	w.buffer = append(w.buffer, w.number...)
	w.buffer = append(w.buffer, `" ht="`...)
	w.buffer = strconv.AppendFloat(w.buffer, height, 'f', -1, 64)
	w.buffer = append(w.buffer, `" customHeight="1">`...)
	w.buffer = append(w.buffer, w.row...)
	w.buffer = append(w.buffer, "</row>"...)
	if len(w.buffer) >= rowBuffer {
		w.flush()
	}
}

func (w *rowWriter) flush() {
	if w.err == nil {
		_, w.err = w.out.Write(w.buffer)
	}
	w.buffer = w.buffer[:0]
}

// cell writes what every cell begins with. Columns count from 0. Each cell says where
// it is: not everything that reads workbooks counts cells that don't, as Excel does.
func (w *rowWriter) cell(column, style int) {
	for len(w.names) <= column {
		w.names = append(w.names, letters(len(w.names)))
	}
	w.row = append(w.row, `<c r="`...)
	w.row = append(w.row, w.names[column]...)
	w.row = append(w.row, w.number...)
	w.row = append(w.row, `" s="`...)
	w.row = strconv.AppendInt(w.row, int64(style), 10)
	w.row = append(w.row, '"')
}

func (w *rowWriter) text(column, style int, t words) {
	w.cell(column, style)
	if t.text == "" {
		w.row = append(w.row, "/>"...)
		return
	}
	w.row = append(w.row, ` t="inlineStr"><is><t`...)
	if strings.TrimSpace(t.text) != t.text { // blanks that XML would drop
		w.row = append(w.row, ` xml:space="preserve"`...)
	}
	w.row = append(w.row, '>')
	if t.plain {
		w.row = append(w.row, t.text...)
	} else {
		w.row = appendText(w.row, t.text)
	}
	w.row = append(w.row, "</t></is></c>"...)
}

// figure writes a number behind the formula that it is the result of, if any, and
// returns how wide it is shown.
func (w *rowWriter) figure(column, style int, formula string, v table.Value) int {
	w.cell(column, style)
	w.row = append(w.row, '>')
	if formula != "" {
		w.row = append(w.row, "<f>"...)
		w.row = appendText(w.row, formula)
		w.row = append(w.row, "</f>"...)
	}
	w.row = append(w.row, "<v>"...)
	start := len(w.row)
	w.row = appendNumber(w.row, v)
	width := numberWidth(v.Kind, w.row[start:])
	w.row = append(w.row, "</v></c>"...)
	return width
}

// appendText appends a text as XML. What XML cannot hold becomes U+FFFD. What
// reads like the escape that Excel has for such a character, _x0041_, is escaped
// itself (ECMA-376 part 1, 22.9.2.19).
func appendText(b []byte, s string) []byte {
	var escaped bytes.Buffer
	for i, r := range s {
		if r == '_' && isEscape(s[i:]) {
			escaped.WriteString("_x005F")
		}
		escaped.WriteRune(r)
	}
	text := bytes.NewBuffer(b)
	_ = xml.EscapeText(text, escaped.Bytes()) // a buffer takes everything
	return text.Bytes()
}

// isEscape reports whether a text begins with an escape: _x0041_.
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
