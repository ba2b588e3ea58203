package table

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"cspcoop/importer/table/xmltoken"
)

// maxNumberBytes is the longest text of a number: 17 digits and an exponent
// need 24, and some programs write zeros behind.
const maxNumberBytes = 64

// rawCell is a cell element as it was read, before its value is checked.
type rawCell struct {
	kind      string // attribute t
	style     int    // attribute s; -1 is no number of a style
	formula   bool
	hasValue  bool // there is an element v
	hasInline bool // there is an element is
	value     []byte
	inline    []byte
}

// readCell reads the c element that just started (ECMA-376 part 1, §18.3.1.4).
func (s *sheetScan) readCell() error {
	column := s.column + 1
	if ref, ok := s.x.Attr("r"); ok {
		row, at, ok := parseCellRef(ref)
		if !ok || row != s.row {
			return s.breaks("%q is no cell of row %d, whose cells are called A%d, B%d and so on", ref, s.row, s.row, s.row)
		}
		column = at
	}
	if err := s.place(column); err != nil {
		return err
	}
	cell := rawCell{kind: s.cellType(), style: s.cellStyle()}
	if err := s.readContent(&cell); err != nil {
		return err
	}
	cell.value, cell.inline = s.value, s.inline
	s.keep(cell)
	return nil
}

// place makes sure that a cell may be in a column.
func (s *sheetScan) place(column int) error {
	if column <= s.column {
		return s.breaks("cell %s follows cell %s: a cell is there twice, or cells are out of order",
			CellRef(s.row, column), CellRef(s.row, s.column))
	}
	if column >= min(s.limits.MaxColumns, xlsxMaxColumns) {
		return refused(Fault{Sheet: s.info.name, Row: s.row, Cell: CellRef(s.row, column),
			Problem: fmt.Sprintf("the row has more than %d columns", min(s.limits.MaxColumns, xlsxMaxColumns)),
			Want:    fmt.Sprintf("delete what is far to the right, or raise the limit ([limits] max_columns = %d)", s.limits.MaxColumns)})
	}
	s.column = column
	return nil
}

// cellType is the attribute t without an allocation; "" is an unknown type.
func (s *sheetScan) cellType() string {
	t, ok := s.x.Attr("t")
	if !ok {
		return "n"
	}
	for _, known := range []string{"s", "n", "str", "inlineStr", "b", "e", "d"} {
		if string(t) == known {
			return known
		}
	}
	return ""
}

// cellStyle is the style of the cell that just started.
func (s *sheetScan) cellStyle() int {
	text, ok := s.x.Attr("s")
	if !ok {
		return 0
	}
	if id, err := strconv.Atoi(string(text)); err == nil && id >= 0 {
		return id
	}
	return -1
}

// readContent reads formula and value, the latter into s.value and s.inline.
func (s *sheetScan) readContent(cell *rawCell) error {
	s.value, s.inline = s.value[:0], s.inline[:0]
	for {
		kind, err := s.x.Next()
		switch {
		case err != nil:
			return s.broken(err)
		case kind == xmltoken.End:
			return nil
		case kind == xmltoken.Chars:
			if !blank(s.x.Text()) {
				return s.breaks("cell %s has text outside of its value", CellRef(s.row, s.column))
			}
			continue
		}
		name := s.x.Local()
		switch {
		case s.main() && string(name) == "v" && !cell.hasValue:
			cell.hasValue = true
			s.value, err = appendText(s.value, s.x)
		case s.main() && string(name) == "is" && !cell.hasInline:
			cell.hasInline = true
			s.inline, err = appendRichText(s.inline, s.x)
		case s.main() && string(name) == "f" && !cell.formula:
			cell.formula = true
			s.formula, err = appendText(s.formula[:0], s.x)
		case s.main() && string(name) == "extLst", s.foreign():
			err = s.x.Skip()
		default:
			return s.breaks("cell %s holds %q twice or in the wrong place", CellRef(s.row, s.column), name)
		}
		if err != nil {
			return s.broken(err)
		}
	}
}

// keep checks the value of a cell by its type and adds it to the row. A fault
// does not end the scan.
func (s *sheetScan) keep(cell rawCell) {
	if cell.formula {
		s.formulas++
	}
	isInline := cell.kind == "inlineStr"
	value, other := cell.value, cell.inline
	if isInline {
		value, other = other, value
	}
	switch {
	case len(other) > 0 && !bytes.Equal(value, other):
		s.invalid(fmt.Sprintf("the cell's text is not where its type says (it also has %q)", Excerpt(string(value))), other)
		return
	case !cell.hasValue && !cell.hasInline:
		if cell.formula {
			s.add(spoolNoCache|byte(Blank), nil)
		}
		return
	}
	if isInline || cell.kind == "str" {
		s.keepText(value)
		return
	}
	value = trimmed(value)
	switch {
	case cell.kind == "e":
		s.add(byte(Error), value)
	case len(value) == 0:
		if cell.formula && cell.kind == "n" {
			s.add(spoolNoCache|byte(Blank), nil)
		}
	case cell.kind == "n":
		s.keepNumber(value, cell.style)
	case cell.kind == "s":
		s.keepShared(value)
	case cell.kind == "b":
		s.keepBool(value)
	case cell.kind == "d" && len(value) <= maxNumberBytes && isoDate(value):
		s.add(byte(ISODate), value)
	case cell.kind == "d":
		s.invalid("the value is no ISO date", value)
	default:
		s.invalid("the cell is of an unknown type", value)
	}
}

func (s *sheetScan) keepNumber(value []byte, style int) {
	if len(value) > maxNumberBytes || !number(value) {
		s.invalid("the value is no number", value)
		return
	}
	flags := byte(Number)
	format, known := s.book.styles.find(style)
	switch {
	case !known:
		s.invalid("the style of the cell does not exist, so that it may be a number or a date", value)
		return
	case format.date:
		flags |= spoolAsDate
	case len(value) < format.digits && digitsOnly(value):
		s.value = append(append(s.value[:0:0], strings.Repeat("0", format.digits-len(value))...), value...)
		value = s.value
	}
	s.add(flags, value)
}

func (s *sheetScan) keepShared(value []byte) {
	table := s.book.strings
	index, ok := 0, len(value) < 10
	for _, c := range value {
		ok = ok && '0' <= c && c <= '9'
		index = index*10 + int(c-'0')
	}
	switch {
	case !ok:
		s.invalid("the value is no number of a shared string", value)
	case s.book.stringsPart == nil:
		s.invalid("the shared strings, to which the cell refers, are missing (xl/sharedStrings.xml)", value)
	case index >= table.count:
		s.invalid(fmt.Sprintf("the workbook has %d shared strings, and the cell refers to number %d", table.count, index), value)
	case table.bad[index] != "":
		s.fault(table.bad[index], table.text(index))
	case table.text(index) != "":
		s.begin()
		s.rows.shared(s.column, byte(Text), index)
	}
}

func (s *sheetScan) keepText(value []byte) {
	text := unescape(value)
	if problem, found := badText(text, s.limits); found {
		s.fault(problem, string(text))
		return
	}
	if len(text) > 0 {
		s.add(byte(Text), text)
	}
}

func (s *sheetScan) keepBool(value []byte) {
	switch strings.ToLower(string(value)) {
	case "0", "false":
		s.add(byte(Bool), []byte("FALSE"))
	case "1", "true":
		s.add(byte(Bool), []byte("TRUE"))
	default:
		s.invalid("the value is neither true nor false", value)
	}
}

// add keeps the current cell.
func (s *sheetScan) add(flags byte, text []byte) {
	s.begin()
	s.rows.text(s.column, flags, text)
}

// begin starts the row in the spool when its first cell comes.
func (s *sheetScan) begin() {
	if !s.filled {
		s.filled = true
		s.rows.begin(s.row)
	}
}

// fault notes what is wrong with the current cell, whatever its column means.
func (s *sheetScan) fault(problem, value string) {
	s.faults.Add(Fault{Sheet: s.info.name, Part: s.info.part.Name, Row: s.row, Cell: CellRef(s.row, s.column),
		Value: Excerpt(value), Problem: problem, Want: wantExcelAgain})
}

// invalid keeps the current cell as one that has no value: that matters only
// where its column does. What is wrong is remembered of the first ones.
func (s *sheetScan) invalid(problem string, value []byte) {
	if len(s.problems) < MaxFaults {
		s.problems[CellRef(s.row, s.column)] = problem
	}
	s.add(byte(Invalid), []byte(Excerpt(string(value))))
}

// number reports whether text is a decimal number as XML stores a double: no
// infinity, no NaN, no blanks.
func number(text []byte) bool {
	i := 0
	digits := func() bool {
		start := i
		for i < len(text) && '0' <= text[i] && text[i] <= '9' {
			i++
		}
		return i > start
	}
	sign := func() {
		if i < len(text) && (text[i] == '+' || text[i] == '-') {
			i++
		}
	}
	sign()
	whole := digits()
	if i < len(text) && text[i] == '.' {
		i++
		whole = digits() || whole
	}
	if !whole {
		return false
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		i++
		sign()
		if !digits() {
			return false
		}
	}
	return i == len(text)
}

// digitsOnly reports whether a number has no sign, mark or exponent.
func digitsOnly(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// isoDate reports whether text could be a date, a time or a duration of ISO 8601,
// by its characters; what it means is not for this package to say.
func isoDate(text []byte) bool {
	for _, c := range text {
		if (c < '0' || c > '9') && strings.IndexByte("-:.,+PTZYMWDHS", c) < 0 {
			return false
		}
	}
	return len(text) > 0
}
