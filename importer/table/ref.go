package table

import (
	"bytes"
	"strconv"
)

// appendCellRef appends the name of a cell to dst; column 0 is A.
func appendCellRef(dst []byte, row, column int) []byte {
	var letters [8]byte
	i := len(letters)
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		i--
		letters[i] = byte('A' + (n-1)%26)
	}
	dst = append(dst, letters[i:]...)
	return strconv.AppendInt(dst, int64(row), 10)
}

// parseCellRef reads a reference like "B7", in any case of letters: the row number
// has no leading zeros, and both are within the format's bounds.
func parseCellRef(ref []byte) (row, column int, ok bool) {
	letters := lettersOf(ref)
	column, ok1 := columnIndex(ref[:letters])
	row, ok2 := parseRowNumber(ref[letters:])
	return row, column, ok1 && ok2
}

// lettersOf is how many letters ref begins with.
func lettersOf(ref []byte) int {
	n := 0
	for n < len(ref) && 'a' <= ref[n]|0x20 && ref[n]|0x20 <= 'z' {
		n++
	}
	return n
}

// columnIndex is the column that letters name; A is 0.
func columnIndex(letters []byte) (column int, ok bool) {
	if len(letters) == 0 || len(letters) > len("XFD") {
		return 0, false
	}
	for _, c := range letters {
		column = column*26 + int(c&^0x20-'A') + 1
	}
	return column - 1, column <= xlsxMaxColumns
}

// parseRowNumber reads the number of a row as a workbook stores it.
func parseRowNumber(digits []byte) (row int, ok bool) {
	if len(digits) == 0 || len(digits) > 7 || digits[0] == '0' {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		row = row*10 + int(c-'0')
	}
	return row, row <= xlsxMaxRows
}

// area is a rectangle of cells, corners included.
type area struct{ top, left, bottom, right int }

// parseArea reads a range like "B2:C5", "$B$2:$C$5", whole columns "B:C", whole
// rows "2:5", or a single cell.
func parseArea(ref []byte) (area, bool) {
	first, last, isRange := bytes.Cut(bytes.ReplaceAll(ref, []byte("$"), nil), []byte(":"))
	if !isRange {
		row, column, ok := parseCellRef(first)
		return area{row, column, row, column}, ok
	}
	top, left, a := parseCorner(first, 1, 0)
	bottom, right, b := parseCorner(last, xlsxMaxRows, xlsxMaxColumns-1)
	return area{min(top, bottom), min(left, right), max(top, bottom), max(left, right)}, a == b && a != noCorner
}

// corner is what a corner of a range names.
type corner uint8

const (
	noCorner corner = iota
	cellCorner
	columnCorner
	rowCorner
)

// parseCorner reads a corner of a range. What a whole row or column leaves out is
// the row or the column given.
func parseCorner(ref []byte, row, column int) (int, int, corner) {
	var kind corner
	ok1, ok2 := true, true
	switch letters := lettersOf(ref); {
	case len(ref) == 0:
		return row, column, noCorner
	case letters == len(ref):
		kind = columnCorner
		column, ok1 = columnIndex(ref)
	case letters == 0:
		kind = rowCorner
		row, ok2 = parseRowNumber(ref)
	default:
		kind = cellCorner
		row, column, ok1 = parseCellRef(ref)
	}
	if !ok1 || !ok2 {
		kind = noCorner
	}
	return row, column, kind
}
