package importer

import (
	"strings"
	"sync"

	"cspcoop/calc"
)

// interner holds one copy of what many rows of a file have in common.
type interner struct {
	mu    sync.Mutex
	texts map[string]string
	terms map[calc.Terms]*calc.Terms
}

func newInterner() *interner {
	return &interner{texts: map[string]string{}, terms: map[calc.Terms]*calc.Terms{}}
}

// termsOf returns the one value of equal terms. Their texts have to be interned
// already.
func (n *interner) termsOf(t *calc.Terms) *calc.Terms {
	n.mu.Lock()
	defer n.mu.Unlock()
	known := n.terms[*t]
	if known == nil {
		known = t
		n.terms[*t] = t
	}
	return known
}

// text returns the one copy of a text that repeats in a file.
func (n *interner) text(text string) string {
	if text == "" {
		return ""
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	known, ok := n.texts[text]
	if !ok {
		known = strings.Clone(text)
		n.texts[known] = known
	}
	return known
}

// arena makes many values of a type with few allocations.
type arena[T any] struct{ free []T }

// The first values are made few at a time, for the many small files; then up to
// arenaSize.
const firstArena, arenaSize = 16, 256

func (a *arena[T]) add(value T) *T {
	if len(a.free) == cap(a.free) {
		a.free = make([]T, 0, min(max(firstArena, 2*cap(a.free)), arenaSize))
	}
	a.free = append(a.free, value)
	return &a.free[len(a.free)-1]
}

// textArena copies short texts side by side. A text that is cut out of a block
// would keep the whole block in memory.
type textArena struct{ b strings.Builder }

// textArenaSize is how many bytes one piece holds.
const textArenaSize = 16 << 10

func (a *textArena) add(text string) string {
	if a.b.Cap()-a.b.Len() < len(text) {
		a.b.Reset()
		a.b.Grow(max(textArenaSize, len(text)))
	}
	at := a.b.Len()
	a.b.WriteString(text)
	return a.b.String()[at:]
}
