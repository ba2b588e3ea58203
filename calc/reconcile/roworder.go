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
	id   uint64 // its first eight bytes
	date calc.Date
	at   int32 // where the row was
}

func keyOfRow(e calc.Earning, at int) rowKey {
	var first [8]byte
	copy(first[:], e.ID())
	return rowKey{binary.BigEndian.Uint64(first[:]), e.Date(), int32(at)}
}

// sorted returns rows by date, id, kind, file and row; equal ones stay as they
// were.
func sorted(rows []calc.Earning) []calc.Earning {
	keys := make([]rowKey, len(rows))
	for i, e := range rows {
		keys[i] = keyOfRow(e, i)
	}
	slices.SortFunc(keys, func(a, b rowKey) int {
		if c := a.date.Compare(b.date); c != 0 {
			return c
		}
		if c := cmp.Compare(a.id, b.id); c != 0 {
			return c
		}
		return cmp.Or(compareRows(rows[a.at], rows[b.at]), cmp.Compare(a.at, b.at))
	})
	list := make([]calc.Earning, len(rows))
	for i, k := range keys {
		list[i] = rows[k.at]
	}
	return list
}

// compareRows orders rows of one date.
func compareRows(a, b calc.Earning) int {
	return cmp.Or(strings.Compare(a.ID(), b.ID()), cmp.Compare(a.Kind(), b.Kind()), strings.Compare(a.Source().File, b.Source().File),
		cmp.Compare(a.Sheet(), b.Sheet()), cmp.Compare(a.Row(), b.Row()))
}

// rowsOf hands out the rows of a result.
type rowsOf struct {
	*versions.Ledger
	counted map[*calc.Statement][]calc.Earning
}

// Counted returns a statement's counted rows: by date, id, file and row.
func (r rowsOf) Counted(s *calc.Statement) iter.Seq[calc.Earning] {
	return slices.Values(r.counted[s])
}
