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
	kind       string // attribute t
	date       bool   // its style shows a date
	formula    bool
	hasValue   bool // there is an element v
	hasInline  bool // there is an element is
	wrongStyle error
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
	cell := rawCell{kind: s.cellType()}
	if cell.kind == "n" {
		cell.date, cell.wrongStyle = s.styleAsDate()
	}
	if err := s.readContent(&cell); err != nil {
		return err
	}
	if cell.wrongStyle != nil {
		return cell.wrongStyle
	}
	s.keep(cell)
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

// styleAsDate says whether the style of the current cell shows a date.
func (s *sheetScan) styleAsDate() (bool, error) {
	id := 0
	if text, ok := s.x.Attr("s"); ok {
		n, err := strconv.Atoi(string(text))
		if err != nil || n < 0 {
			return false, s.breaks("cell %s has no valid style (%q)", CellRef(s.row, s.column), text)
		}
		id = n
	}
	return s.book.styles.asDate(s.info.part, id)
}

// readContent reads formula and value into s.value.
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
		s.keepNumber(flags, cell.date)
	case "s":
		s.keepShared(flags)
	case "str", "inlineStr":
		s.keepText(flags)
	case "b":
		s.keepBool(flags)
	case "e":
		s.add(flags|byte(Error), s.value)
	case "d":
		if len(s.value) > maxNumberBytes || !isoDate(s.value) {
			s.fault("the value is no ISO date", string(s.value))
			return
		}
		s.add(flags|byte(ISODate), s.value)
	default:
		s.fault("the cell is of an unknown type", string(s.value))
	}
}

func (s *sheetScan) keepNumber(flags byte, date bool) {
	switch {
	case len(s.value) == 0:
		if flags&spoolFormula != 0 {
			s.add(flags|spoolNoCache|byte(Blank), nil)
		}
	case len(s.value) > maxNumberBytes || !number(s.value):
		s.fault("the value is no number", string(s.value))
	default:
		if date {
			flags |= spoolAsDate
		}
		s.add(flags|byte(Number), s.value)
	}
}

func (s *sheetScan) keepShared(flags byte) {
	table := s.book.strings
	index, ok := 0, len(s.value) > 0 && len(s.value) < 10
	for _, c := range s.value {
		ok = ok && '0' <= c && c <= '9'
		index = index*10 + int(c-'0')
	}
	switch {
	case !ok:
		s.fault("the value is no number of a shared string", string(s.value))
	case index >= len(table.texts):
		s.fault(fmt.Sprintf("the workbook has %d shared strings, and the cell refers to number %d", len(table.texts), index), "")
	case table.bad[index] != "":
		s.fault(table.bad[index], table.texts[index])
	case table.texts[index] != "":
		s.begin()
		s.rows.shared(s.column, flags|byte(Text), index)
	}
}

func (s *sheetScan) keepText(flags byte) {
	text := unescape(s.value)
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

func (s *sheetScan) keepBool(flags byte) {
	switch string(s.value) {
	case "0", "false":
		s.add(flags|byte(Bool), []byte("FALSE"))
	case "1", "true":
		s.add(flags|byte(Bool), []byte("TRUE"))
	default:
		s.fault("the value is neither true nor false", string(s.value))
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
