package importer

import (
	"cmp"
	"context"
	"runtime"

	"cspcoop/importer/table"
)

// readBlocks reads an earnings report in blocks side by side. What they give is
// taken in their order, so that the result does not depend on the workers, and odd
// rows are read one by one in their turn.
func (r *rowReader) readBlocks(ctx context.Context) error {
	readers := make([]*blockReader, cmp.Or(r.workers, runtime.GOMAXPROCS(0)))
	for i := range readers {
		readers[i] = newBlockReader(r)
		defer readers[i].shown.Flush()
	}
	return r.sheet.Blocks(ctx, len(readers), func(b *table.Block) func() error {
		q := readers[b.Index%len(readers)] // no other block that is under way has it
		err := q.read(b)
		if len(q.parts) == 1 {
			b.Done() // a blockReader copies all that it keeps; what reads odd rows does not
		}
		return func() error { return cmp.Or(r.merge(q, b.Share), err) }
	})
}

// merge takes what a block gave, which is about that share of the sheet.
func (r *rowReader) merge(q *blockReader, share float64) error {
	rows := q.batch.Rows
	if t := r.source.Earnings; t.Len() == 0 && share > 0 && !r.letGo {
		const spare = 1.03 // blocks differ a little
		all := int(float64(len(rows)) / share * spare)
		if r.most > 0 {
			all = min(all, r.most)
		}
		t.Grow(all)
	}
	done := 0
	for i := range q.parts {
		part := &q.parts[i]
		if n := part.earnings - done; n > 0 {
			if err := r.flush(); err != nil { // odd rows above
				return err
			}
			r.totals.follow(r, int(rows[done].Row))
			if r.keeps(n) {
				r.source.Earnings.Append(&q.batch, done, part.earnings)
				r.passRows()
			}
			r.count += n
			done = part.earnings
			r.sums.merge(part.sums)
			r.evidence.add(part.evidence)
		}
		if part.odd.Number > 0 {
			if err := r.take(part.odd); err != nil {
				return err
			}
		}
	}
	return nil
}
