package table

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
	"unicode/utf8"

	"cspcoop/calc"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// charset is how the characters of a text file are encoded.
type charset struct {
	name    string
	mark    int64             // bytes of the byte-order mark
	coding  encoding.Encoding // nil: UTF-8, which is read as it stands
	assumed calc.Sentence     // why, where the file does not say it
	byStart bool              // inferred from the start of the file alone
}

// textFile is a text and its encoding.
type textFile struct {
	r       io.ReaderAt
	size    int64
	charset charset
	settled *settled
}

// open reads the text from its start, as UTF-8. Bytes that UTF-8 does not allow
// stay in a UTF-8 file; elsewhere they become U+FFFD.
func (f textFile) open(ctx context.Context) io.Reader {
	c := f.charset
	raw := io.NewSectionReader(cancelable{ctx, f.r}, c.mark, f.size-c.mark)
	if c.coding == nil {
		return raw
	}
	return c.coding.NewDecoder().Reader(raw)
}

// share returns about how much of the text so many bytes of UTF-8 are.
func (f textFile) share(n int) float64 {
	if f.charset.coding != nil || f.size == 0 {
		return 0
	}
	return float64(n) / float64(f.size)
}

// startBytes is how much of a text its encoding is inferred from at first.
const startBytes = 4 << 20

// settled is what later bytes said of an encoding that was inferred from the start of
// a file.
type settled struct {
	mu    sync.Mutex
	known bool
	err   error // ErrDialect, or nil: it stands
}

// contradicted is to be called where the text is not what UTF-8 allows. It
// reads the whole file, once, when the encoding was inferred from its start alone;
// its error is ErrDialect where that was wrong.
func (f textFile) contradicted(ctx context.Context) error {
	if !f.charset.byStart {
		return nil
	}
	s := f.settled
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known {
		return s.err
	}
	seen, err := surveyUTF8(cancelable{ctx, f.r}, f.size, f.size)
	if err != nil {
		return err
	}
	if s.known = true; seen.windows() {
		s.err = ErrDialect
	}
	return s.err
}

// findCharset infers the encoding from the byte-order mark, else by the pattern of
// zero bytes, else by exclusion: what is not UTF-8 is Windows-1252.
func findCharset(r io.ReaderAt, size int64, head []byte, byStart bool) (charset, error) {
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return charset{name: "UTF-8", mark: 3}, nil
	case bytes.HasPrefix(head, []byte("\xFF\xFE")):
		return charset{name: "UTF-16LE", mark: 2, coding: utf16Coding(unicode.LittleEndian)}, nil
	case bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return charset{name: "UTF-16BE", mark: 2, coding: utf16Coding(unicode.BigEndian)}, nil
	}
	var zeros [2]int // at even and at odd places
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	unmarked := calc.Say("the file has no byte-order mark and its zero bytes fit UTF-16; it was read as such")
	switch {
	case zeros[1] > len(head)/8 && zeros[1] > 4*zeros[0]:
		return charset{name: "UTF-16LE", coding: utf16Coding(unicode.LittleEndian), assumed: unmarked}, nil
	case zeros[0] > len(head)/8 && zeros[0] > 4*zeros[1]:
		return charset{name: "UTF-16BE", coding: utf16Coding(unicode.BigEndian), assumed: unmarked}, nil
	}
	if byStart && size > startBytes {
		if seen, err := surveyUTF8(r, startBytes, size); err != nil || seen.invalid == 0 {
			return charset{name: "UTF-8", byStart: true}, err
		}
	}
	seen, err := surveyUTF8(r, size, size)
	if err != nil {
		return charset{}, err
	}
	if seen.windows() {
		return charset{name: "Windows-1252", coding: charmap.Windows1252,
			assumed: calc.Say("the file is not UTF-8; it was read as Windows-1252, so check names with accents")}, nil
	}
	return charset{name: "UTF-8"}, nil
}

func utf16Coding(order unicode.Endianness) encoding.Encoding {
	return unicode.UTF16(order, unicode.IgnoreBOM)
}

// survey counts what speaks for and against UTF-8.
type survey struct{ invalid, sequences, zeros int }

// windows reports whether a text is Windows-1252. Such a text can hold a pair that
// looks like UTF-8, such as a capital accent before a closing quote; a damaged
// UTF-8 text holds many.
func (s survey) windows() bool {
	return s.invalid > 0 && s.zeros == 0 && s.sequences <= s.invalid
}

// surveyUTF8 reads a file of that size up to an offset. As long as it is valid
// UTF-8 nothing is counted, which is the case that must be fast.
func surveyUTF8(r io.ReaderAt, upTo, size int64) (survey, error) {
	var seen survey
	chunk := make([]byte, min(upTo, 256<<10))
	counting := false
	for offset := int64(0); offset < upTo; {
		n, err := r.ReadAt(chunk[:min(int64(len(chunk)), upTo-offset)], offset)
		if n == 0 {
			return survey{}, fmt.Errorf("read the file: %w", err)
		}
		whole := chunk[:n]
		if offset+int64(n) < size {
			whole = withoutCutRune(whole)
		}
		if !counting && !utf8.Valid(whole) {
			counting = true
			offset = 0
			continue
		}
		if counting {
			seen.count(whole)
		}
		offset += int64(len(whole))
	}
	return seen, nil
}

func (s *survey) count(b []byte) {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case b[i] == 0:
			s.zeros++
		case r == utf8.RuneError && n == 1:
			s.invalid++
		case n > 1:
			s.sequences++
		}
		i += n
	}
}

// withoutCutRune leaves a character that the end of b cuts for the next chunk.
func withoutCutRune(b []byte) []byte {
	for back := 1; back < utf8.UTFMax && back < len(b); back++ {
		tail := b[len(b)-back:]
		if utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-back]
			}
			break
		}
	}
	return b
}
