package versions

import (
	"hash/maphash"
	"math/bits"
)

// idIndex finds numbers by the hash of a text. It takes 8 bytes for a slot,
// where a map of ids would take the ids and as much again, and has no pointers,
// which the garbage collector would follow.
type idIndex struct {
	seed  maphash.Seed
	slots []idSlot // a power of two of them, at most two thirds taken
	taken int
}

type idSlot struct {
	hash uint32
	at   int32 // the number + 1; 0: the slot is free
}

// newIDIndex makes room for so many numbers; there may be more.
func newIDIndex(room int) *idIndex {
	return &idIndex{seed: maphash.MakeSeed(), slots: make([]idSlot, 1<<bits.Len(uint(room+room/2)))}
}

// find returns the number of an equal text; if there is none, it keeps at under
// the text and gives that.
func (x *idIndex) find(text string, at int32, equal func(at int32) bool) (known int32, found bool) {
	hash := uint32(maphash.String(x.seed, text))
	i := x.probe(hash)
	for ; x.slots[i].at != 0; i = x.after(i) {
		if s := x.slots[i]; s.hash == hash && equal(s.at-1) {
			return s.at - 1, true
		}
	}
	x.slots[i] = idSlot{hash, at + 1}
	if x.taken++; x.taken > len(x.slots)/3*2 {
		x.grow()
	}
	return at, false
}

func (x *idIndex) probe(hash uint32) int { return int(hash) & (len(x.slots) - 1) }

func (x *idIndex) after(i int) int { return (i + 1) & (len(x.slots) - 1) }

func (x *idIndex) grow() {
	old := x.slots
	x.slots = make([]idSlot, 2*len(old))
	for _, s := range old {
		if s.at == 0 {
			continue
		}
		i := x.probe(s.hash)
		for x.slots[i].at != 0 {
			i = x.after(i)
		}
		x.slots[i] = s
	}
}
