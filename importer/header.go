package importer

import (
	"context"
	"errors"

	"cspcoop/importer/table"
)

// headerSearch is how many records are searched for a header.
const headerSearch = 64

var errFound = errors.New("the header is found")

// findHeader searches the first rows of a sheet for its header; nil when there
// is none. The first row that fits is the header: to prefer a fuller one below
// would make titles of the rows between. A header's own faults are added, and
// those of the rows above it.
func (in *importing) findHeader(ctx context.Context, s *table.Sheet) (*layout, error) {
	var found *layout
	var above []table.Fault
	seen := 0
	err := s.Rows(ctx, func(row table.Row) error {
		if seen++; seen > headerSearch {
			return errFound
		}
		above = append(above, row.Faults...)
		cells := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			if c.Kind == table.Text {
				cells[i] = c.Text
			}
		}
		v, _ := identify(cells, in.vocabularies)
		if v == nil {
			return nil
		}
		l, faults := newLayout(v, row, s, in.Options)
		for i, c := range row.Cells {
			if c.Kind == table.Invalid {
				faults = append(faults, s.Fault(row.Number, i, c))
			}
		}
		for _, f := range append(above, faults...) {
			in.faults.Add(f)
		}
		found = l
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return found, err
}
