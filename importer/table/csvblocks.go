package table

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unsafe"
)

// csvBlocks cuts a text into blocks at the ends of records. It follows the
// quotes by the rules of records, so that a line break within them cuts nothing
// and a block can be read without the ones before it. What leaves the rest of
// the file without meaning it finds itself.
type csvBlocks struct {
	csv   *csvFile
	ctx   context.Context
	r     io.Reader
	skip  int64 // bytes to skip first: line 1, where it names the delimiter
	buf   []byte
	end   int // of what was read into buf
	eof   bool
	line  int // number of the first line in buf
	count int // of blocks so far
	free  chan []byte
}

// maxFree is how many buffers wait to be filled again: as many as there are
// processors in most machines.
const maxFree = 16

func newCSVBlocks(ctx context.Context, c *csvFile) *csvBlocks {
	size := min(cmp.Or(c.options.blockBytes, blockBytes), c.options.Limits.MaxLineBytes)
	return &csvBlocks{csv: c, ctx: ctx, r: c.text.open(ctx), skip: c.named,
		buf: make([]byte, min(int64(size), c.text.size+1)), line: 1, free: make(chan []byte, maxFree)}
}

func (b *csvBlocks) next() (*Block, error) {
	if b.skip > 0 {
		if _, err := io.CopyN(io.Discard, b.r, b.skip); err != nil {
			return nil, fmt.Errorf("read line 1: %w", err)
		}
		b.skip, b.line = 0, 2
	}
	for {
		if err := b.fill(); err != nil {
			return nil, err
		}
		if b.end == 0 {
			return nil, io.EOF
		}
		whole, quote := bytes.LastIndexByte(b.buf[:b.end], '\n')+1, -1
		if !b.csv.quotes.byLine() {
			whole, quote = cutRecords(b.buf[:b.end], b.csv.delimiter)
		}
		if b.eof && quote < 0 {
			whole = b.end // the last record may have no line end
		}
		switch {
		case whole > 0:
			return b.take(whole), nil
		case !b.eof && len(b.buf) < b.csv.options.Limits.MaxLineBytes:
			more := min(len(b.buf), b.csv.options.Limits.MaxLineBytes-len(b.buf))
			b.buf = append(b.buf, make([]byte, more)...)
		default:
			return nil, b.broken(quote)
		}
	}
}

// fill reads until the buffer is full or the text ends.
func (b *csvBlocks) fill() error {
	if b.eof {
		return nil
	}
	n, err := io.ReadFull(b.r, b.buf[b.end:])
	b.end += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		b.eof = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the file from line %d on: %w", b.line, err)
	}
	return nil
}

// take makes a block of the first n bytes. It hands the buffer on, and goes on in
// another one: no text of a block changes unless Block.Done says that none is kept.
func (b *csvBlocks) take(n int) *Block {
	buf, line := b.buf, b.line
	text := unsafe.String(unsafe.SliceData(buf), n)
	block := &Block{Index: b.count, Share: b.csv.text.share(n), rows: func(used []bool, yield func(Row) error) error {
		r := records{csv: b.csv, ctx: b.ctx, text: text, used: used, line: line}
		return r.each(yield)
	}, done: func() {
		select {
		case b.free <- buf:
		default:
		}
	}}
	b.count++
	b.line += strings.Count(text, "\n")
	rest := buf[n:b.end]
	if b.buf = nil; len(rest) > 0 || !b.eof {
		b.buf = b.another(len(buf))
	}
	b.end = copy(b.buf, rest)
	return block
}

// another returns a buffer of that size.
func (b *csvBlocks) another(size int) []byte {
	select {
	case buf := <-b.free:
		if len(buf) == size {
			return buf
		}
	default:
	}
	return make([]byte, size)
}

// broken is the fault of a record that has no end: quote is where the quote
// stands that is never closed, or -1.
func (b *csvBlocks) broken(quote int) error {
	if err := b.csv.text.contradicted(b.ctx); err != nil {
		return err
	}
	if quote >= 0 && b.csv.assumed {
		return ErrDialect
	}
	if quote >= 0 {
		line := b.line + bytes.Count(b.buf[:quote], []byte("\n"))
		return refused(Fault{Row: line,
			Problem: fmt.Sprintf("the quote that opens on line %d is never closed", line),
			Want:    "close it, or write a quote inside of a field twice (\"\")"})
	}
	limit := b.csv.options.Limits.MaxLineBytes
	return refused(Fault{Row: b.line,
		Problem: fmt.Sprintf("the line is longer than %d bytes", limit),
		Want:    fmt.Sprintf("check that the file is a table, or raise the limit ([limits] max_line_bytes = %d)", limit)})
}

// cutRecords returns the length of the whole records at the start of b, and where
// the quote stands that is open at the end of b, -1 if none is. A quote opens
// at the start of a field only.
func cutRecords(b []byte, delimiter byte) (whole, quote int) {
	type span struct{ from, to int }
	var breaks []span // quoted fields that hold line ends
	end, at := len(b), 0
	for quote = -1; quote < 0; {
		next := bytes.IndexByte(b[at:], '"')
		if next < 0 {
			break
		}
		if at += next; at > 0 && b[at-1] != delimiter && b[at-1] != '\n' {
			at++
			continue
		}
		after := closingQuote(b, at+1, bytes.IndexByte)
		switch {
		case after < 0:
			quote, end = at, at
		case bytes.IndexByte(b[at:after], '\n') >= 0:
			breaks = append(breaks, span{at, after})
		}
		at = after
	}
	for {
		whole = bytes.LastIndexByte(b[:end], '\n') + 1
		n := len(breaks) - 1
		if n < 0 || whole > breaks[n].to {
			return whole, quote
		}
		end, breaks = breaks[n].from, breaks[:n]
	}
}

// closingQuote returns where that begins which follows the closing quote of a
// field whose content begins at from, -1 if it is not closed. A doubled quote
// closes nothing.
func closingQuote[T string | []byte](text T, from int, index func(T, byte) int) int {
	for at := from; ; at++ {
		next := index(text[at:], '"')
		if next < 0 {
			return -1
		}
		if at += next + 1; at == len(text) || text[at] != '"' {
			return at
		}
	}
}
