package table

import (
	"context"
	"errors"
	"io"
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

// Blocks hands the sheet to read in blocks that, in the order of their Index, hold
// exactly the rows of Rows. Up to that many workers call read at the same time; that
// many blocks are under way from their call of read to the end of take, which read
// returns and which the caller of Blocks calls for one block after the other. So
// nothing depends on the workers: the first error of take in that order ends the
// reading. Structural faults come back as from Rows, and when they do, what was read
// before them must be discarded. No call of read is under way when Blocks returns.
func (s *Sheet) Blocks(ctx context.Context, workers int, read func(*Block) (take func() error)) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	turns := make(chan chan func() error, max(workers, 1)-1) // the last one is the caller's
	var end error                                            // of the source
	go func() {
		defer close(turns)
		end = eachBlock(s.open(ctx), func(b *Block) error {
			turn := make(chan func() error, 1)
			turns <- turn
			go func() { turn <- read(b) }()
			return ctx.Err()
		})
	}()
	var failed error
	for turn := range turns {
		if take := <-turn; failed == nil {
			if failed = take(); failed != nil {
				stop()
			}
		}
	}
	if failed != nil { // it comes before the place where the source ended
		return failed
	}
	return end
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
