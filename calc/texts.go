package calc

import (
	"slices"
	"strings"
	"sync"
)

// Texts keeps very many short texts in few allocations, and each under a number
// of four bytes. They are read once all writers are flushed.
type Texts struct {
	mu      sync.Mutex
	chunks  []string // that of number 0 is never used
	dropped bool
}

// A number is that of the chunk, and where in it the text begins, in steps of
// textStep bytes.
const (
	textPlaceBits = 16
	textStep      = 4
	mostTextChunk = textStep << textPlaceBits
	leastChunk    = 1 << 10
)

// Text returns the text of a number; that of 0 is blank.
func (t *Texts) Text(number uint32) string {
	if number == 0 {
		return ""
	}
	rest := t.chunks[number>>textPlaceBits][textStep*(number%(1<<textPlaceBits)):]
	n := 0
	for shift := 0; ; shift += 7 {
		c := rest[0]
		rest = rest[1:]
		n |= int(c&0x7f) << shift
		if c < 0x80 {
			return rest[:n]
		}
	}
}

// Chunks returns in how many pieces the texts are kept.
func (t *Texts) Chunks() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.chunks)
}

// snapshot returns the texts that are flushed.
func (t *Texts) snapshot() *Texts {
	t.mu.Lock()
	defer t.mu.Unlock()
	return &Texts{chunks: slices.Clone(t.chunks)}
}

// Drop lets all texts go, those too that are still to come.
func (t *Texts) Drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.chunks, t.dropped = nil, true
}

func (t *Texts) newChunk() uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.chunks) == 0 {
		t.chunks = make([]string, 1)
	}
	t.chunks = append(t.chunks, "")
	return uint32(len(t.chunks) - 1)
}

func (t *Texts) keep(chunk uint32, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.dropped {
		t.chunks[chunk] = text
	}
}

// TextWriter adds to Texts, beside other writers.
type TextWriter struct {
	texts *Texts
	chunk uint32
	size  int
	b     strings.Builder
}

// NewWriter returns another writer.
func (t *Texts) NewWriter() *TextWriter { return &TextWriter{texts: t} }

// Add keeps a text and returns its number.
func (w *TextWriter) Add(text string) uint32 {
	if text == "" {
		return 0
	}
	const longestLength = 5
	at := (w.b.Len() + textStep - 1) / textStep * textStep
	if need := longestLength + len(text); at+need > min(w.b.Cap(), mostTextChunk) {
		w.Flush()
		w.size = min(max(2*w.size, leastChunk), mostTextChunk)
		w.b = strings.Builder{}
		w.b.Grow(max(w.size, need))
		w.chunk, at = w.texts.newChunk(), 0
	}
	for w.b.Len() < at {
		w.b.WriteByte(0)
	}
	n := len(text)
	for ; n >= 0x80; n >>= 7 {
		w.b.WriteByte(byte(n) | 0x80)
	}
	w.b.WriteByte(byte(n))
	w.b.WriteString(text)
	return w.chunk<<textPlaceBits | uint32(at/textStep)
}

// Flush makes all texts readable that were added so far.
func (w *TextWriter) Flush() {
	if w.b.Len() > 0 {
		w.texts.keep(w.chunk, w.b.String())
	}
}
