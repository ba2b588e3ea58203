package xlsx

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// rowWriter writes the rows of a sheet as XML. Excelize's stream takes a number
// only as a binary fraction or a whole number, calls the result of every formula
// a text, and took most of the time of a workbook; here numbers and results are
// written as they are, and text that looks like a number or a formula stays text.
// Cells come from left to right, rows from top to bottom.
type rowWriter struct {
	out    io.Writer
	buffer []byte
	number []byte   // of the row
	names  []string // of the columns so far
	cells  []cell   // of a table's row, while it is measured
	err    error    // of out; the first one
}

// cell is a value with its look.
type cell struct {
	style int
	value
}

const rowBuffer = 32 << 10

// begin starts a row; height is in points.
func (w *rowWriter) begin(row int, height float64) {
	w.number = strconv.AppendInt(w.number[:0], int64(row), 10)
	w.buffer = append(w.buffer, `<row r="`...)
	w.buffer = append(w.buffer, w.number...)
	w.buffer = append(w.buffer, `" ht="`...)
	w.buffer = strconv.AppendFloat(w.buffer, height, 'f', -1, 64)
	w.buffer = append(w.buffer, `" customHeight="1">`...)
}

func (w *rowWriter) end() {
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

// cell writes what every cell begins with. Columns count from 0.
func (w *rowWriter) cell(column, style int) {
	for len(w.names) <= column {
		w.names = append(w.names, letters(len(w.names)))
	}
	w.buffer = append(w.buffer, `<c r="`...)
	w.buffer = append(w.buffer, w.names[column]...)
	w.buffer = append(w.buffer, w.number...)
	w.buffer = append(w.buffer, `" s="`...)
	w.buffer = strconv.AppendInt(w.buffer, int64(style), 10)
	w.buffer = append(w.buffer, '"')
}

func (w *rowWriter) value(column, style int, v value) {
	w.cell(column, style)
	switch {
	case v.text == "":
		w.buffer = append(w.buffer, "/>"...)
	case v.isNumber():
		w.buffer = append(w.buffer, "><v>"...)
		w.buffer = append(w.buffer, v.text...)
		w.buffer = append(w.buffer, "</v></c>"...)
	default:
		w.buffer = append(w.buffer, ` t="inlineStr"><is><t`...)
		if strings.TrimSpace(v.text) != v.text {
			w.buffer = append(w.buffer, ` xml:space="preserve"`...)
		}
		w.buffer = append(w.buffer, '>')
		w.buffer = appendText(w.buffer, v.text)
		w.buffer = append(w.buffer, "</t></is></c>"...)
	}
}

// formula writes a formula beside its result, which is a number.
func (w *rowWriter) formula(column, style int, formula string, result value) {
	w.cell(column, style)
	w.buffer = append(w.buffer, "><f>"...)
	w.buffer = appendText(w.buffer, formula)
	w.buffer = append(w.buffer, "</f><v>"...)
	w.buffer = append(w.buffer, result.text...)
	w.buffer = append(w.buffer, "</v></c>"...)
}

// appendText appends a text as XML. What XML cannot hold becomes U+FFFD. What
// reads like the escape that Excel has for such a character, _x0041_, is escaped
// itself (ECMA-376 part 1, 22.9.2.19).
func appendText(b []byte, s string) []byte {
	if isPlain(s) {
		return append(b, s...)
	}
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

// isPlain reports whether a text is shown, and written as XML, just as it is: nearly
// every one is.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= utf8.RuneSelf || s[i] == '&' || s[i] == '<' || s[i] == '>' || s[i] == '_' {
			return false
		}
	}
	return true
}

// isEscape reports whether a text begins with an escape: _x0041_.
func isEscape(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
