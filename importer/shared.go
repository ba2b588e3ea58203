package importer

import (
	"strings"
	"sync"

	"cspcoop/calc"
)

// shared keeps once what many rows of a file have in common.
type shared struct {
	mu    sync.Mutex
	words map[string]string
	terms map[calc.Terms]*calc.Terms
}

func newShared() *shared {
	return &shared{words: map[string]string{}, terms: map[calc.Terms]*calc.Terms{}}
}

// termsOf gives the one value of equal terms. Their texts have to be kept
// already.
func (s *shared) termsOf(t *calc.Terms) *calc.Terms {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.terms[*t]
	if known == nil {
		known = t
		s.terms[*t] = t
	}
	return known
}

// word gives the one copy of a text that repeats in a file.
func (s *shared) word(text string) string {
	if text == "" {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w, known := s.words[text]
	if !known {
		w = strings.Clone(text)
		s.words[w] = w
	}
	return w
}

// slab makes many values of a type with few allocations.
type slab[T any] struct{ free []T }

// slabSize is how many values are made at a time.
const slabSize = 256

func (s *slab[T]) keep(value T) *T {
	if len(s.free) == cap(s.free) {
		s.free = make([]T, 0, slabSize)
	}
	s.free = append(s.free, value)
	return &s.free[len(s.free)-1]
}

// texts keeps copies of short texts side by side. A text that is cut out of a
// block would hold the whole block in memory.
type texts struct{ b strings.Builder }

// textsSize is how many bytes are kept in one piece.
const textsSize = 16 << 10

func (t *texts) keep(text string) string {
	if t.b.Cap()-t.b.Len() < len(text) {
		t.b.Reset()
		t.b.Grow(max(textsSize, len(text)))
	}
	at := t.b.Len()
	t.b.WriteString(text)
	return t.b.String()[at:]
}
