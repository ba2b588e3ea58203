package importer

import "strings"

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
