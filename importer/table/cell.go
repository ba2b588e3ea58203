package table

import (
	"fmt"
	"strconv"

	"cspcoop/importer/table/xmltoken"
)

// maxNumberBytes is the longest text of a number: 17 digits and an exponent
// need 24, and some programs write zeros behind.
const maxNumberBytes = 64

// rawCell is a cell element as it was read, before its value is judged.
type rawCell struct {
	kind      string // attribute t
	date      bool   // its style shows a date
	formula   bool
	hasValue  bool // there is an element v
	hasInline bool // there is an element is
	value     []byte
}

// readCell reads the c element that just started (ECMA-376 part 1, §18.3.1.4).
func (s *sheetScan) readCell() error {
	column := s.column + 1
	if ref, ok := s.x.Attr("r"); ok {
		row, at, ok := parseCellRef(ref)
		if !ok || row != s.row {
			return s.breaks("%q is no cell of row %d", ref, s.row)
		}
		column = at
	}
	if err := s.place(column); err != nil {
		return err
	}
	cell := rawCell{kind: s.cellType()}
	style, wrongStyle := 0, error(nil)
	if cell.kind == "n" {
		style, wrongStyle = s.cellStyle()
	}
	if err := s.readContent(&cell); err != nil {
		return err
	}
	if cell.kind == "n" && wrongStyle == nil {
		cell.date, wrongStyle = s.styleAsDate(style)
	}
	if wrongStyle != nil {
		return wrongStyle
	}
	cell.value = s.value
	s.keep(cell)
	return nil
}

// place makes sure that a cell may stand in a column.
func (s *sheetScan) place(column int) error {
	if column <= s.column {
		return s.breaks("cell %s follows cell %s: cells stand twice or out of order",
			CellRef(s.row, column), CellRef(s.row, s.column))
	}
	if column >= min(s.limits.MaxColumns, xlsxMaxColumns) {
		return refused(Fault{Sheet: s.info.name, Row: s.row, Cell: CellRef(s.row, column),
			Problem: fmt.Sprintf("the row has more than %d columns", min(s.limits.MaxColumns, xlsxMaxColumns)),
			Want:    fmt.Sprintf("delete what stands far to the right, or raise the limit ([limits] max_columns = %d)", s.limits.MaxColumns)})
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
func (s *sheetScan) cellStyle() (int, error) {
	text, ok := s.x.Attr("s")
	if !ok {
		return 0, nil
	}
	id, err := strconv.Atoi(string(text))
	if err != nil || id < 0 {
		return 0, s.breaks("cell %s has no valid style (%q)", CellRef(s.row, s.column), text)
	}
	return id, nil
}

// styleAsDate says whether a style shows a number as a date. Cells of one style
// follow each other, so the last answer is kept.
func (s *sheetScan) styleAsDate(id int) (bool, error) {
	if s.styled && s.style == id {
		return s.styleDate, nil
	}
	date, err := s.book.styles.asDate(s.info.part, id)
	s.styled, s.style, s.styleDate = err == nil, id, date
	return date, err
}

// readContent reads formula and value, the latter into s.value.
func (s *sheetScan) readContent(cell *rawCell) error {
	s.value = s.value[:0]
	for {
		kind, err := s.x.Next()
		switch {
		case err != nil:
			return s.broken(err)
		case kind == xmltoken.End:
			return nil
		case kind == xmltoken.Chars:
			if !blank(s.x.Text()) {
				return s.breaks("text stands in cell %s outside of its value", CellRef(s.row, s.column))
			}
			continue
		}
		name := s.x.Local()
		switch {
		case s.main() && string(name) == "v" && !cell.hasValue && !cell.hasInline:
			cell.hasValue = true
			s.value, err = appendText(s.value, s.x)
		case s.main() && string(name) == "is" && !cell.hasValue && !cell.hasInline:
			cell.hasInline = true
			s.value, err = appendRichText(s.value, s.x)
		case s.main() && string(name) == "f" && !cell.formula:
			cell.formula = true
			s.formula, err = appendText(s.formula[:0], s.x)
		case s.main() && string(name) == "extLst":
			err = s.x.Skip()
		default:
			return s.breaks("cell %s holds %q twice or in the wrong place", CellRef(s.row, s.column), name)
		}
		if err != nil {
			return s.broken(err)
		}
	}
}

// keep judges the value of a cell by its type and adds it to the row. A fault
// does not end the scan.
func (s *sheetScan) keep(cell rawCell) {
	var flags byte
	if cell.formula {
		s.formulas++
		flags |= spoolFormula
	}
	if cell.hasInline != (cell.kind == "inlineStr") && (cell.hasInline || cell.hasValue) {
		s.fault("the cell's text is not stored where its type says", "")
		return
	}
	if !cell.hasValue && !cell.hasInline {
		if cell.formula {
			s.add(flags|spoolNoCache|byte(Blank), nil)
		}
		return
	}
	switch cell.kind {
	case "n":
		s.keepNumber(flags, cell.value, cell.date)
	case "s":
		s.keepShared(flags, cell.value)
	case "str", "inlineStr":
		s.keepText(flags, cell.value)
	case "b":
		s.keepBool(flags, cell.value)
	case "e":
		s.add(flags|byte(Error), cell.value)
	case "d":
		if len(cell.value) > maxNumberBytes || !isoDate(cell.value) {
			s.fault("the value is no ISO date", string(cell.value))
			return
		}
		s.add(flags|byte(ISODate), cell.value)
	default:
		s.fault("the cell is of an unknown type", string(cell.value))
	}
}

func (s *sheetScan) keepNumber(flags byte, value []byte, date bool) {
	switch {
	case len(value) == 0:
		if flags&spoolFormula != 0 {
			s.add(flags|spoolNoCache|byte(Blank), nil)
		}
	case len(value) > maxNumberBytes || !number(value):
		s.fault("the value is no number", string(value))
	default:
		if date {
			flags |= spoolAsDate
		}
		s.add(flags|byte(Number), value)
	}
}

func (s *sheetScan) keepShared(flags byte, value []byte) {
	table := s.book.strings
	index, ok := 0, len(value) > 0 && len(value) < 10
	for _, c := range value {
		ok = ok && '0' <= c && c <= '9'
		index = index*10 + int(c-'0')
	}
	switch {
	case !ok:
		s.fault("the value is no number of a shared string", string(value))
	case index >= len(table.texts):
		s.fault(fmt.Sprintf("the workbook has %d shared strings, and the cell refers to number %d", len(table.texts), index), "")
	case table.bad[index] != "":
		s.fault(table.bad[index], table.texts[index])
	case table.texts[index] != "":
		s.begin()
		s.rows.shared(s.column, flags|byte(Text), index)
	}
}

func (s *sheetScan) keepText(flags byte, value []byte) {
	text := unescape(value)
	if problem, found := badText(text, s.limits); found {
		s.fault(problem, string(text))
		return
	}
	switch {
	case len(text) > 0:
		s.add(flags|byte(Text), text)
	case flags != 0: // a formula that gave an empty text
		s.add(flags|byte(Blank), nil)
	}
}

func (s *sheetScan) keepBool(flags byte, value []byte) {
	switch string(value) {
	case "0", "false":
		s.add(flags|byte(Bool), []byte("FALSE"))
	case "1", "true":
		s.add(flags|byte(Bool), []byte("TRUE"))
	default:
		s.fault("the value is neither true nor false", string(value))
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
		s.rows.begin(s.row, s.hiddenRow)
	}
}

// fault notes what is wrong with the current cell.
func (s *sheetScan) fault(problem, value string) {
	s.faults.Add(Fault{Sheet: s.info.name, Part: s.info.part.Name, Row: s.row, Cell: CellRef(s.row, s.column),
		Value: excerpt(value), Problem: problem, Want: wantExcelAgain})
}

// number says whether text is a decimal number as XML stores a double: no
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

// isoDate says whether text could be a date or a time of ISO 8601, by its
// characters; what it means is not for this package to judge.
func isoDate(text []byte) bool {
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9', c == '-', c == ':', c == '.', c == '+', c == 'T', c == 'Z':
		default:
			return false
		}
	}
	return len(text) > 0
}
