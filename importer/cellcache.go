package importer

import (
	"math/bits"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// cachedCell is what a cell was read as. It fits a line of a processor's cache.
type cachedCell struct {
	hash   uint64
	raw    string     // the cell's text, not cut out of a block
	text   string     // canonical
	value  *cellValue // nil for a text that proves nothing
	number uint32     // of its text, or the text's code
	part   uint32     // of a block in which it was counted last, where it names a currency
	form   cellForm
	faulty bool
}

// cellValue is what a number or a date was read as.
type cellValue struct {
	money money
	stamp calc.Stamp
	proof cellProof
	sign  string // beside a number
}

// cellCache holds what the texts of a column were read as: most columns have few.
// A text is in one of the two places that its hash says, and goes when two newer ones
// hash alike. There are more places once texts are often not found; a column whose
// texts hardly ever repeat is not cached any further.
type cellCache struct {
	places []cachedCell // a power of two
	last   uint64       // where a text was found last: many columns repeat it in the next row
	hits   int          // since there are so many places
	misses int
	off    bool
}

// How many places a cache has at first, from how many on it is decided whether it
// pays, and at most.
const leastCached, enoughCached, mostCached = 64, 1024, 16384

// find returns what a cell was read as before, or nil, and the hash of its text.
func (c *cellCache) find(f cellForm, text string) (*cachedCell, uint64) {
	if len(c.places) == 0 {
		return nil, hashOf(f, text)
	}
	if k := &c.places[c.last]; k.raw == text && k.form == f && k.hash != 0 {
		c.hits++
		return k, 0
	}
	hash := hashOf(f, text)
	at := hash & uint64(len(c.places)-1)
	if c.places[at].hash != hash {
		at ^= 1
	}
	if k := &c.places[at]; k.hash == hash && k.form == f && k.raw == text {
		c.hits++
		c.last = at
		return k, hash
	}
	return nil, hash
}

// add caches what a cell was read as.
func (c *cellCache) add(read cachedCell) *cachedCell {
	if n := len(c.places); c.misses >= 2*n {
		c.off = n >= enoughCached && c.hits*(2*mostCached/n) < c.misses
		known := c.places
		c.hits, c.misses, c.places = 0, 0, make([]cachedCell, min(max(2*n, leastCached), mostCached))
		for _, k := range known {
			if k.hash != 0 {
				c.put(k)
			}
		}
	}
	c.misses++
	return c.put(read)
}

func (c *cellCache) put(read cachedCell) *cachedCell {
	at := read.hash & uint64(len(c.places)-1)
	c.places[at^1] = c.places[at]
	c.places[at], c.last = read, at
	return &c.places[at]
}

// hashOf hashes the form and the length of a text, and up to 24 of its bytes: at its
// ends and in the middle.
func hashOf(f cellForm, text string) uint64 {
	const a, b, c = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
	n := len(text)
	hash := uint64(n)<<8 | uint64(f)
	switch {
	case n >= 8:
		hash ^= eightBytes(text)*a ^ bits.RotateLeft64(eightBytes(text[(n-8)/2:])*b, 21) ^ bits.RotateLeft64(eightBytes(text[n-8:])*c, 42)
	case n >= 4:
		hash ^= uint64(fourBytes(text))*a ^ uint64(fourBytes(text[n-4:]))*b
	case n > 0:
		hash ^= uint64(text[0])*a ^ uint64(text[n/2])*b ^ uint64(text[n-1])*c
	}
	hash = (hash ^ hash>>32) * a
	return hash ^ hash>>32
}

func eightBytes(s string) uint64 { return uint64(fourBytes(s)) | uint64(fourBytes(s[4:]))<<32 }

func fourBytes(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// cellForm distinguishes cells that have equal texts and other meanings.
type cellForm uint8

const (
	asText cellForm = iota
	asNumber
	asSerial // a number that its style shows as a date
	noForm   // what is rare, and never cached
)

func formOf(cell *table.Cell) cellForm {
	switch {
	case cell.Merged || cell.NoCache:
		return noForm
	case cell.Kind == table.Text && !cell.AsDate:
		return asText
	case cell.Kind == table.Number && cell.AsDate:
		return asSerial
	case cell.Kind == table.Number:
		return asNumber
	}
	return noForm
}
