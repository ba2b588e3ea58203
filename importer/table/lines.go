package table

import (
	"bytes"
	"errors"
	"io"
)

// errLineTooLong says that no line end came within the limit.
var errLineTooLong = errors.New("line too long")

// lineReader reads physical lines. It holds one line at a time, or as many as
// fit its buffer.
type lineReader struct {
	r     io.Reader
	buf   []byte
	pos   int
	end   int
	eof   bool
	limit int // longest line
	line  int // number of the line that next gave
}

// newLineReader reads a text of about size bytes, which spares a small one a
// large buffer.
func newLineReader(r io.Reader, size int64, limit int) *lineReader {
	return &lineReader{r: r, buf: make([]byte, min(size+1, 64<<10, int64(limit))), limit: limit}
}

// next gives the next line with its line end, if it has one, and io.EOF after
// the last. The line is valid until the next call.
func (l *lineReader) next() ([]byte, error) {
	looked := 0
	for {
		rest := l.buf[l.pos:l.end]
		if i := bytes.IndexByte(rest[looked:], '\n'); i >= 0 {
			return l.take(looked + i + 1), nil
		}
		looked = len(rest)
		if l.eof {
			if looked == 0 {
				return nil, io.EOF
			}
			return l.take(looked), nil
		}
		if err := l.fill(); err != nil {
			return nil, err
		}
	}
}

func (l *lineReader) take(n int) []byte {
	line := l.buf[l.pos : l.pos+n]
	l.pos += n
	l.line++
	return line
}

// fill reads more behind what is unread.
func (l *lineReader) fill() error {
	copy(l.buf, l.buf[l.pos:l.end])
	l.end -= l.pos
	l.pos = 0
	if l.end == len(l.buf) {
		if len(l.buf) >= l.limit {
			return errLineTooLong
		}
		l.buf = append(l.buf, make([]byte, min(len(l.buf), l.limit-len(l.buf)))...)
	}
	n, err := io.ReadAtLeast(l.r, l.buf[l.end:], 1)
	l.end += n
	if errors.Is(err, io.EOF) {
		l.eof = true
		err = nil
	}
	return err
}
