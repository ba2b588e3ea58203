package table

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"cspcoop/importer/disk"
)

// spoolBytes is about how large a chunk of the spool is.
const spoolBytes = 256 << 10

// spool keeps the proven rows of a workbook in a temporary file, in a form that
// is read back faster than the workbook is. It is written in chunks of whole
// rows.
//
// A row is its length in eight bytes, its number, and its cells from left to right:
// how many columns lie between it and the one before, its flags, and its text, as an
// index into the shared strings or with its length.
type spool struct {
	file   *os.File
	length int64 // of the file
	sheet  *spooled
	rows   []byte // of the next chunk
	row    int    // where the current row begins in rows
	column int    // where the next cell would stand without a gap
}

// chunk is a run of rows in the spool.
type chunk struct {
	offset int64
	length int
	end    int64 // of its rows in the sheet's part
}

// Flags of a cell in the spool; the lower three bits are its kind.
const (
	spoolKind    = 7
	spoolNoCache = 1 << 3
	spoolAsDate  = 1 << 4
	spoolShared  = 1 << 5
)

func newSpool(folder string) (*spool, error) {
	file, err := disk.Temporary(folder)
	if err != nil {
		return nil, fmt.Errorf("keep the rows of the workbook: %w", err)
	}
	return &spool{file: file}, nil
}

// close removes the file.
func (s *spool) close() error { return s.file.Close() }

// begin starts the next row.
func (s *spool) begin(number int) {
	s.row = len(s.rows)
	s.rows = append(s.rows, make([]byte, wordBytes)...)
	s.rows = binary.AppendUvarint(s.rows, uint64(number))
	s.column = 0
}

// text adds a cell with a text of its own.
func (s *spool) text(column int, flags byte, text []byte) {
	s.cell(column, flags, uint64(len(text)))
	s.rows = append(s.rows, text...)
}

// shared adds a cell whose text is a shared string.
func (s *spool) shared(column int, flags byte, index int) {
	s.cell(column, flags|spoolShared, uint64(index))
}

func (s *spool) cell(column int, flags byte, n uint64) {
	s.rows = binary.AppendUvarint(s.rows, uint64(column-s.column))
	s.rows = append(s.rows, flags)
	s.rows = binary.AppendUvarint(s.rows, n)
	s.column = column + 1
}

// end closes the row, which ends there in the sheet's part.
func (s *spool) end(at int64) error {
	binary.LittleEndian.PutUint64(s.rows[s.row:], uint64(len(s.rows)-s.row-wordBytes))
	if len(s.rows) < spoolBytes {
		return nil
	}
	return s.write(at)
}

// write closes the chunk, if it has rows.
func (s *spool) write(end int64) error {
	if len(s.rows) == 0 {
		return nil
	}
	if _, err := s.file.Write(s.rows); err != nil {
		return fmt.Errorf("keep the rows of the workbook: %w", err)
	}
	s.sheet.add(chunk{s.length, len(s.rows), end})
	s.length += int64(len(s.rows))
	s.rows = s.rows[:0]
	return nil
}

// spooled is a sheet in the spool. It can be read while it is written.
type spooled struct {
	file    io.ReaderAt
	size    int64 // of the sheet's part
	strings *stringTable
	merges  []area // by their top row

	mu      sync.Mutex
	changed *sync.Cond
	chunks  []chunk
	err     error // with which it ended; io.EOF for a whole one
}

func newSpooled(file io.ReaderAt, size int64, strings *stringTable) *spooled {
	s := &spooled{file: file, size: size, strings: strings}
	s.changed = sync.NewCond(&s.mu)
	return s
}

func (s *spooled) add(c chunk) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chunks = append(s.chunks, c)
	s.changed.Broadcast()
}

func (s *spooled) end(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = cmp.Or(err, io.EOF)
	s.changed.Broadcast()
}

// chunk waits for a chunk, and returns io.EOF where there is none, or why the sheet
// ended before it.
func (s *spooled) chunk(index int) (chunk, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for index >= len(s.chunks) && s.err == nil {
		s.changed.Wait()
	}
	if index < len(s.chunks) {
		return s.chunks[index], nil
	}
	return chunk{}, s.err
}

// blocks reads the sheet; every chunk is a block.
func (s *spooled) blocks(ctx context.Context) blockSource {
	return &spoolBlocks{sheet: s, file: cancelable{ctx, s.file}}
}

// spoolBlocks are the chunks of a sheet, one after the other.
type spoolBlocks struct {
	sheet *spooled
	file  io.ReaderAt
	buf   []byte
	count int
	read  int64 // of the sheet's part
}

func (b *spoolBlocks) next() (*Block, error) {
	at, err := b.sheet.chunk(b.count)
	if err != nil {
		return nil, err
	}
	b.buf = slices.Grow(b.buf[:0], at.length)[:at.length]
	if _, err := b.file.ReadAt(b.buf, at.offset); err != nil {
		return nil, fmt.Errorf("read the kept rows of the workbook: %w", err)
	}
	rows := string(b.buf)
	block := &Block{Index: b.count, Share: float64(at.end-b.read) / float64(b.sheet.size), rows: func(used []bool, yield func(Row) error) error {
		return b.sheet.decode(rows, used, yield)
	}}
	b.count++
	b.read = at.end
	return block, nil
}

// decode yields the rows of a chunk. The texts of cells are slices of it.
func (s *spooled) decode(rows string, used []bool, yield func(Row) error) error {
	var row Row
	var record string
	merged := mergeSweep{rest: s.merges}
	whole := func() Row {
		var row Row
		s.decodeRow(record, nil, &row)
		merged.mark(&row)
		return row
	}
	for len(rows) > 0 {
		end := wordBytes + int(word(rows, 0))
		record, rows = rows[wordBytes:end], rows[end:]
		s.decodeRow(record, used, &row)
		merged.mark(&row)
		row.whole = whole
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

func (s *spooled) decodeRow(record string, used []bool, row *Row) {
	number, at := uvarint(record, 0)
	*row = Row{Number: number, Cells: row.Cells[:0]}
	for at < len(record) {
		var gap, size int
		gap, at = uvarint(record, at)
		flags := record[at]
		size, at = uvarint(record, at+1)
		text := at
		if flags&spoolShared == 0 {
			at += size
		}
		for range gap {
			row.Cells = append(row.Cells, Cell{})
		}
		if n := len(row.Cells); n < len(used) && !used[n] {
			row.Cells = append(row.Cells, Cell{})
			continue
		}
		cell := Cell{
			Kind:    CellKind(flags & spoolKind),
			NoCache: flags&spoolNoCache != 0,
			AsDate:  flags&spoolAsDate != 0,
		}
		if flags&spoolShared != 0 {
			cell.Text = s.strings.text(size)
		} else {
			cell.Text = record[text:at]
		}
		row.Cells = append(row.Cells, cell)
	}
}

// uvarint reads what binary.AppendUvarint wrote at a place of s, and returns where
// it ends.
func uvarint(s string, at int) (value, end int) {
	for shift := 0; ; shift += 7 {
		c := s[at]
		at++
		value |= int(c&0x7F) << shift
		if c < 0x80 {
			return value, at
		}
	}
}
