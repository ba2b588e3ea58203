package importer

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"cspcoop/importer/table"
)

// readBlocks reads an earnings report in blocks side by side. What they give is
// taken in their order, so that the result does not depend on the workers. From
// the first block on that a blockReader gave up, rows are read one by one: a
// total ends the report, and a fault refuses it.
func (r *rowReader) readBlocks(ctx context.Context) error {
	workers := cmp.Or(r.workers, runtime.GOMAXPROCS(0))
	idle := make(chan *blockReader, workers)
	for range workers {
		idle <- newBlockReader(r)
	}
	turns := newTurns()
	var rest atomic.Bool // is read one by one
	return r.sheet.Blocks(ctx, workers, func(b *table.Block) error {
		q := <-idle
		defer func() { idle <- q }()
		usual := !rest.Load() && q.read(b)
		return turns.take(b.Index, func() error {
			if usual && !rest.Load() {
				r.merge(q, b)
				return nil
			}
			rest.Store(true)
			return b.Rows(r.take)
		})
	})
}

// merge takes what a block gave.
func (r *rowReader) merge(q *blockReader, b *table.Block) {
	s := r.source
	if len(s.Earnings) == 0 && b.Share > 0 && !r.letGo {
		const spare = 1.03 // blocks differ a little
		all := int(float64(len(q.source.Earnings)) / b.Share * spare)
		if r.most > 0 {
			all = min(all, r.most)
		}
		s.Earnings = slices.Grow(s.Earnings, all)
	}
	r.keep(q.source.Earnings...)
	r.count += len(q.source.Earnings)
	r.sums.merge(&q.sums)
	r.evidence.add(&q.evidence)
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
