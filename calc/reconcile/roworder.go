package reconcile

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/calc/versions"
)

// rowKey stands for a row while a statement's rows are sorted: date and the
// first letters of the id distinguish nearly all rows, and are side by side in
// memory, where rows do not.
type rowKey struct {
	id     uint64 // its first eight bytes
	date   calc.Date
	number int32
}

func keyOfRow(e calc.Earning, number int32) rowKey {
	var first [8]byte
	copy(first[:], e.ID())
	return rowKey{binary.BigEndian.Uint64(first[:]), e.Date(), number}
}

// sorted returns the numbers of rows by date, id, kind, file and row; those of equal
// ones as they come.
func sorted(ledger *versions.Ledger, keys []rowKey) []int32 {
	slices.SortFunc(keys, func(a, b rowKey) int {
		if c := a.date.Compare(b.date); c != 0 {
			return c
		}
		if c := cmp.Compare(a.id, b.id); c != 0 {
			return c
		}
		return cmp.Or(compareRows(ledger.At(a.number), ledger.At(b.number)), cmp.Compare(a.number, b.number))
	})
	rows := make([]int32, len(keys))
	for i, k := range keys {
		rows[i] = k.number
	}
	return rows
}

// compareRows orders rows of one date.
func compareRows(a, b calc.Earning) int {
	return cmp.Or(strings.Compare(a.ID(), b.ID()), cmp.Compare(a.Kind(), b.Kind()), strings.Compare(a.Source().File, b.Source().File),
		cmp.Compare(a.Sheet(), b.Sheet()), cmp.Compare(a.Row(), b.Row()))
}

// rowsOf hands out the rows of a result.
type rowsOf struct {
	*versions.Ledger
	counted map[*calc.Statement][]int32 // numbers
}

// Counted returns a statement's counted rows: by date, id, file and row.
func (r rowsOf) Counted(s *calc.Statement) iter.Seq[calc.Earning] {
	return func(yield func(calc.Earning) bool) {
		for _, number := range r.counted[s] {
			if !yield(r.At(number)) {
				return
			}
		}
	}
}
