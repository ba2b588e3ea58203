package importer

import (
	"hash/maphash"

	"cspcoop/calc"
	"cspcoop/importer/table"
)

// cachedCell is what a cell was read as.
type cachedCell struct {
	raw    string // the cell's text, not cut out of a block
	form   cellForm
	text   string // canonical
	money  money
	stamp  calc.Stamp
	proof  cellProof
	faulty bool
	number uint32 // of its text, or the text's code
	part   int    // of a block in which it was counted last, where it names a currency
}

// cellCache holds what the texts of a column were read as: most columns have
// few. A column whose texts hardly ever repeat is not cached any further.
type cellCache struct {
	front  [frontCells]*cachedCell // found of late, by the hash of their texts
	byForm [cellForms]map[string]*cachedCell
	hits   int
	misses int
	off    bool
}

// cellForm distinguishes cells that have equal texts and other meanings.
type cellForm uint8

const (
	asText cellForm = iota
	asNumber
	asSerial  // a number that its style shows as a date
	cellForms // how many there are
	noForm    // what is rare, and never cached
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

// maxCached is how many texts of a column are cached, and after how many it is
// decided whether that pays; frontCells is how many are found without the map.
const maxCached, frontCells = 8192, 256

var cellSeed = maphash.MakeSeed()

// find returns what a cell was read as before, or nil.
func (c *cellCache) find(f cellForm, text string) *cachedCell {
	front := &c.front[maphash.String(cellSeed, text)%frontCells]
	if k := *front; k != nil && k.form == f && k.raw == text {
		c.hits++
		return k
	}
	known := c.byForm[f][text]
	if known == nil {
		c.misses++
		return nil
	}
	c.hits++
	*front = known
	return known
}

// add caches what a cell was read as.
func (c *cellCache) add(read cachedCell) *cachedCell {
	if c.misses > maxCached {
		*c = cellCache{off: c.hits < c.misses}
	}
	if c.byForm[read.form] == nil {
		c.byForm[read.form] = map[string]*cachedCell{}
	}
	c.byForm[read.form][read.raw] = &read
	return &read
}
