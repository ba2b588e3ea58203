package calc

import (
	"context"
	"iter"
)

// Rows hands out the single rows of a result, one after another, so that nobody
// needs all of them at once.
type Rows interface {
	// Counted returns a statement's counted rows: by date, id, file and row.
	Counted(*Statement) iter.Seq[Earning]
	// Replaced returns every row that does not count because of another one, with
	// the one that counts.
	Replaced() iter.Seq2[Earning, Replaced]
}

// Counted returns a statement's counted rows; none when the result has no rows.
func (r *Result) Counted(s *Statement) iter.Seq[Earning] {
	if r.Rows == nil {
		return func(func(Earning) bool) {}
	}
	return r.Rows.Counted(s)
}

// Replaced returns every row that does not count, with the one that does.
func (r *Result) Replaced() iter.Seq2[Earning, Replaced] {
	if r.Rows == nil {
		return func(func(Earning, Replaced) bool) {}
	}
	return r.Rows.Replaced()
}

// Trace is a counted row with the rows that it replaces.
type Trace struct {
	Earning
	Others []Replaced // the newest first
}

// Replaced is a row that does not count, because another one does.
type Replaced struct {
	Earning
	Fate Fate
}

// Shown returns what a row shows in a column beyond its figures, as the export writes
// it.
type Shown func(Earning, DetailColumn) string

// Details brings back what rows show that their tables pass on.
type Details interface {
	// Each calls do for all statements, some at a time, with what their counted rows
	// show, which takes memory as long as it is used. It ends with the first error.
	Each(ctx context.Context, r *Result, do func([]*Statement, Shown) error) error
}
