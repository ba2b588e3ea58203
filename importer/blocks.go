package importer

import (
	"cmp"
	"context"
	"runtime"
	"sync"

	"cspcoop/importer/table"
)

// readBlocks reads an earnings report in blocks side by side. What they give is
// taken in their order, so that the result does not depend on the workers. Odd
// rows, and blocks that a blockReader gave up, are read one by one in their turn.
func (r *rowReader) readBlocks(ctx context.Context) error {
	workers := cmp.Or(r.workers, runtime.GOMAXPROCS(0))
	idle := make(chan *blockReader, workers)
	for range workers {
		q := newBlockReader(r)
		defer q.shown.Flush()
		idle <- q
	}
	turns := newTurns()
	return r.sheet.Blocks(ctx, workers, func(b *table.Block) error {
		q := <-idle
		defer func() { idle <- q }()
		usual := q.read(b)
		if usual && len(q.parts) == 1 {
			b.Done() // a blockReader copies all that it keeps; what reads odd rows does not
		}
		return turns.take(b.Index, func() error {
			if usual {
				return r.merge(q, b)
			}
			if err := b.Rows(r.take); err != nil {
				return err
			}
			return r.flush()
		})
	})
}

// merge takes what a block gave.
func (r *rowReader) merge(q *blockReader, b *table.Block) error {
	rows := q.batch.Rows
	if t := r.source.Earnings; t.Len() == 0 && b.Share > 0 && !r.letGo {
		const spare = 1.03 // blocks differ a little
		all := int(float64(len(rows)) / b.Share * spare)
		if r.most > 0 {
			all = min(all, r.most)
		}
		t.Grow(all)
	}
	done := 0
	for i := range q.parts {
		part := &q.parts[i]
		if n := part.earnings - done; n > 0 {
			r.totals.follow(r, int(rows[done].Row))
			if r.keeps(n) {
				r.source.Earnings.Append(&q.batch, done, part.earnings)
				r.passRows()
			}
			r.count += n
			done = part.earnings
		}
		r.sums.merge(&part.sums)
		r.evidence.add(&part.evidence)
		if part.odd.Number == 0 {
			continue
		}
		if err := r.take(part.odd); err != nil {
			return err
		}
		if err := r.flush(); err != nil {
			return err
		}
	}
	return nil
}

// turns lets workers do something one after the other, in the order of their
// blocks.
type turns struct {
	mu      sync.Mutex
	changed *sync.Cond
	next    int
	over    bool // one of them failed
}

func newTurns() *turns {
	t := &turns{}
	t.changed = sync.NewCond(&t.mu)
	return t
}

// take waits until all blocks before had their turn. After an error of do there
// are no more turns.
func (t *turns) take(index int, do func() error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.next != index {
		t.changed.Wait()
	}
	var err error
	if !t.over {
		err = do()
	}
	t.over = t.over || err != nil
	t.next++
	t.changed.Broadcast()
	return err
}
