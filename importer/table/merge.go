package table

import "slices"

// mergeSweep marks the merged cells of rows that come from top to bottom.
type mergeSweep struct {
	rest   []area // not reached yet, by their top row
	active []area // that the current row may cut
}

// advance leaves the areas in active that hold cells of a row.
func (m *mergeSweep) advance(row int) {
	for len(m.rest) > 0 && m.rest[0].top <= row {
		m.active = append(m.active, m.rest[0])
		m.rest = m.rest[1:]
	}
	m.active = slices.DeleteFunc(m.active, func(a area) bool { return a.bottom < row })
}

func (m *mergeSweep) mark(row *Row) {
	m.advance(row.Number)
	for _, a := range m.active {
		for column := a.left; column <= a.right && column < len(row.Cells); column++ {
			row.Cells[column].Merged = true
		}
	}
}

// sortMerges orders merged ranges by their top row and finds two that overlap,
// which no spreadsheet writes.
func sortMerges(areas []area) (a, b area, overlap bool) {
	slices.SortFunc(areas, func(a, b area) int {
		if a.top != b.top {
			return a.top - b.top
		}
		return a.left - b.left
	})
	sweep := mergeSweep{}
	for _, b := range areas {
		sweep.advance(b.top)
		for _, a := range sweep.active {
			if a.left <= b.right && b.left <= a.right {
				return a, b, true
			}
		}
		sweep.active = append(sweep.active, b)
	}
	return area{}, area{}, false
}
