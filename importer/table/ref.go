package table

import "strconv"

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

// parseCellRef reads a reference as a workbook stores it: upper-case letters,
// then a row number without leading zeros, both within the format's bounds.
func parseCellRef(ref []byte) (row, column int, ok bool) {
	i := 0
	for i < len(ref) && 'A' <= ref[i] && ref[i] <= 'Z' {
		i++
	}
	column, ok1 := columnIndex(ref[:i])
	row, ok2 := parseRowNumber(ref[i:])
	if !ok1 || !ok2 {
		return 0, 0, false
	}
	return row, column, true
}

// columnIndex is the column that capital letters name; A is 0.
func columnIndex(letters []byte) (column int, ok bool) {
	if len(letters) == 0 || len(letters) > len("XFD") {
		return 0, false
	}
	for _, c := range letters {
		column = column*26 + int(c-'A') + 1
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

// parseArea reads a range like "B2:C5", or a single cell.
func parseArea(ref []byte) (area, bool) {
	first, last := ref, ref
	for i, c := range ref {
		if c == ':' {
			first, last = ref[:i], ref[i+1:]
			break
		}
	}
	top, left, ok1 := parseCellRef(first)
	bottom, right, ok2 := parseCellRef(last)
	a := area{top, left, bottom, right}
	return a, ok1 && ok2 && top <= bottom && left <= right
}
