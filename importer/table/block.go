package table

import (
	"context"
	"errors"
	"io"
	"sync"
)

// blockBytes is about how large a block is: large enough that handing it over
// costs nothing, small enough to stay in a processor's cache.
const blockBytes = 512 << 10

// Block is a run of whole records of a sheet.
type Block struct {
	Index int     // its place among the blocks of the sheet, from 0
	Share float64 // about how much of the sheet it is, from 0 to 1; 0 where that is not known

	rows func(used []bool, yield func(Row) error) error
	done func() // nil where there is nothing to use again
}

// Done lets the memory of the block be used for another one. No text of its rows
// may be kept, or read afterwards.
func (b *Block) Done() {
	if b.done != nil {
		b.done()
	}
}

// Rows yields the records of the block, with the numbers that they have in the
// sheet. It keeps the promises of Sheet.Rows.
func (b *Block) Rows(yield func(Row) error) error { return b.rows(nil, yield) }

// Columns yields the same records, but the cells of columns that are not used may be
// blank in them; Row.Whole has them all. Columns beyond the end of used are used.
// Characters, quotes and limits are checked everywhere.
func (b *Block) Columns(used []bool, yield func(Row) error) error { return b.rows(used, yield) }

// blockSource cuts a sheet into blocks, in order. After the last one, next
// gives io.EOF; any other error is one that Rows ends with.
type blockSource interface {
	next() (*Block, error)
}

// Rows yields every record from the first row on, each time it is called:
// titles and totals too, only lines and rows without any content are passed
// over. It ends with yield's error when there is one, with *Faults when the
// structure breaks, and with the context's error when that is cancelled.
// A Row's Cells are valid during the call only. Their strings stay, but share
// the memory of their block: clone the few that are kept from a large file.
func (s *Sheet) Rows(ctx context.Context, yield func(Row) error) error {
	return eachBlock(s.open(ctx), func(b *Block) error { return b.Rows(yield) })
}

// Blocks hands the sheet to each in blocks that, in the order of their Index,
// hold exactly the rows of Rows. Up to that many workers call each at the same
// time. An error of each ends the reading; of several, that of the first block
// is returned, so that it does not depend on the workers. Structural faults
// come back as from Rows, and when they do, what each was given before them
// must be discarded. No call of each is under way when Blocks returns.
func (s *Sheet) Blocks(ctx context.Context, workers int, each func(*Block) error) error {
	var (
		work   = make(chan *Block)
		failed = make(chan struct{}) // closed by the first failure in time
		group  sync.WaitGroup
		mu     sync.Mutex
		worst  error // of the first block in the sheet that failed
		at     int
	)
	fail := func(index int, err error) {
		mu.Lock()
		defer mu.Unlock()
		if worst == nil {
			close(failed)
		}
		if worst == nil || index < at {
			worst, at = err, index
		}
	}
	for range max(workers, 1) {
		group.Go(func() {
			for block := range work {
				if err := each(block); err != nil {
					fail(block.Index, err)
				}
			}
		})
	}
	err := eachBlock(s.open(ctx), func(b *Block) error {
		select {
		case work <- b:
			return nil
		case <-failed:
			return context.Canceled // what failed is returned
		}
	})
	close(work)
	group.Wait()
	if worst != nil { // it stands before the place where the source ended
		return worst
	}
	return err
}

// eachBlock hands the blocks of a source to do until it ends.
func eachBlock(source blockSource, do func(*Block) error) error {
	for {
		block, err := source.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = do(block)
		}
		if err != nil {
			return err
		}
	}
}
