package table

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// spool keeps the proven rows of a workbook in a temporary file, in a form that
// is read back faster than the workbook is.
//
// A row is its length, its number, whether it is hidden, and its cells from
// left to right: how many columns lie between it and the one before, its flags,
// and its text, as an index into the shared strings or with its length.
type spool struct {
	file   *os.File
	w      *bufio.Writer
	length int64
	record []byte
	column int // where the next cell would stand without a gap
}

// Flags of a cell in the spool; the lower three bits are its kind.
const (
	spoolKind    = 7
	spoolFormula = 1 << 3
	spoolNoCache = 1 << 4
	spoolAsDate  = 1 << 5
	spoolShared  = 1 << 6
)

func newSpool(folder string) (*spool, error) {
	file, err := os.CreateTemp(folder, "rows-*")
	if err != nil {
		return nil, fmt.Errorf("keep the rows of the workbook: %w", err)
	}
	return &spool{file: file, w: bufio.NewWriterSize(file, 64<<10)}, nil
}

// close removes the file.
func (s *spool) close() error {
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}

// begin starts the next row.
func (s *spool) begin(number int, hidden bool) {
	s.record = binary.AppendUvarint(s.record[:0], uint64(number))
	s.record = append(s.record, 0)
	if hidden {
		s.record[len(s.record)-1] = 1
	}
	s.column = 0
}

// text adds a cell with a text of its own.
func (s *spool) text(column int, flags byte, text []byte) {
	s.cell(column, flags, uint64(len(text)))
	s.record = append(s.record, text...)
}

// shared adds a cell whose text is a shared string.
func (s *spool) shared(column int, flags byte, index int) {
	s.cell(column, flags|spoolShared, uint64(index))
}

func (s *spool) cell(column int, flags byte, n uint64) {
	s.record = binary.AppendUvarint(s.record, uint64(column-s.column))
	s.record = append(s.record, flags)
	s.record = binary.AppendUvarint(s.record, n)
	s.column = column + 1
}

// end writes the row.
func (s *spool) end() error {
	var head [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(s.record)))
	s.length += int64(n + len(s.record))
	if _, err := s.w.Write(head[:n]); err != nil {
		return fmt.Errorf("keep the rows of the workbook: %w", err)
	}
	if _, err := s.w.Write(s.record); err != nil {
		return fmt.Errorf("keep the rows of the workbook: %w", err)
	}
	return nil
}

// flush makes everything written so far readable, and tells its length.
func (s *spool) flush() (int64, error) {
	if err := s.w.Flush(); err != nil {
		return 0, fmt.Errorf("keep the rows of the workbook: %w", err)
	}
	return s.length, nil
}

// spooled is a sheet in the spool.
type spooled struct {
	spool   *spool
	from    int64
	to      int64
	strings []string // the shared ones
	merges  []area   // by their top row
}

// rows is Sheet.Rows of a workbook.
func (s spooled) rows(ctx context.Context, yield func(Row) error) error {
	section := io.NewSectionReader(cancelable{ctx, s.spool.file}, s.from, s.to-s.from)
	r := bufio.NewReaderSize(section, 64<<10)
	var row Row
	var record []byte
	merged := mergeSweep{rest: s.merges}
	for {
		length, err := binary.ReadUvarint(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			if uint64(cap(record)) < length {
				record = make([]byte, length)
			}
			record = record[:length]
			_, err = io.ReadFull(r, record)
		}
		if err != nil {
			return fmt.Errorf("read the kept rows of the workbook: %w", err)
		}
		s.decode(record, &row)
		merged.mark(&row)
		if err := yield(row); err != nil {
			return err
		}
	}
}

// decode makes a row of a record: one string, of which the cells are slices.
func (s spooled) decode(record []byte, row *Row) {
	whole := string(record)
	number, at := binary.Uvarint(record)
	*row = Row{Number: int(number), Hidden: record[at] == 1, Cells: row.Cells[:0]}
	for at++; at < len(record); {
		gap, n := binary.Uvarint(record[at:])
		at += n
		flags := record[at]
		at++
		size, n := binary.Uvarint(record[at:])
		at += n
		for range gap {
			row.Cells = append(row.Cells, Cell{})
		}
		cell := Cell{
			Kind:    CellKind(flags & spoolKind),
			Formula: flags&spoolFormula != 0,
			NoCache: flags&spoolNoCache != 0,
			AsDate:  flags&spoolAsDate != 0,
		}
		if flags&spoolShared != 0 {
			cell.Text = s.strings[size]
		} else {
			cell.Text = whole[at : at+int(size)]
			at += int(size)
		}
		row.Cells = append(row.Cells, cell)
	}
}
