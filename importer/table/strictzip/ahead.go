package strictzip

import (
	"errors"
	"io"
)

// What is inflated ahead of its reader, in pieces.
const (
	aheadBytes  = 128 << 10
	aheadPieces = 4
)

// OpenAhead is Open with the inflating and the checksum in a goroutine of their
// own, a little ahead of the reader. Close ends it.
func (p *Part) OpenAhead() io.ReadCloser {
	if p.Size <= aheadBytes {
		return io.NopCloser(p.Open())
	}
	a := &aheadReader{
		full:  make(chan piece, aheadPieces),
		free:  make(chan []byte, aheadPieces),
		stop:  make(chan struct{}),
		ended: make(chan struct{}),
	}
	for range aheadPieces {
		a.free <- make([]byte, aheadBytes)
	}
	go a.inflate(p.Open())
	return a
}

// piece is some of the inflated bytes, and the error that came after them.
type piece struct {
	bytes []byte
	err   error
}

// aheadReader reads what its goroutine inflates.
type aheadReader struct {
	full  chan piece
	free  chan []byte
	stop  chan struct{} // closed by Close
	ended chan struct{} // closed by the goroutine

	now  piece
	rest []byte // of now, not read yet
}

// inflate is the goroutine.
func (a *aheadReader) inflate(r io.Reader) {
	defer close(a.ended)
	for {
		var b []byte
		select {
		case b = <-a.free:
		case <-a.stop:
			return
		}
		n, err := io.ReadFull(r, b)
		if errors.Is(err, io.ErrUnexpectedEOF) { // a part that is cut is a Problem instead
			err = io.EOF
		}
		a.full <- piece{b[:n], err} // has room for every piece there is
		if err != nil {
			return
		}
	}
}

func (a *aheadReader) Read(b []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.now.err != nil {
			return 0, a.now.err
		}
		if a.now.bytes != nil {
			a.free <- a.now.bytes[:aheadBytes]
		}
		a.now = <-a.full
		a.rest = a.now.bytes
	}
	n := copy(b, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close waits for the goroutine to end.
func (a *aheadReader) Close() error {
	close(a.stop)
	<-a.ended
	return nil
}
