package versions

import (
	"hash/maphash"
	"math/bits"
	"slices"

	"cspcoop/calc"
	"cspcoop/calc/parallel"
)

// again says that a number's text is that of an earlier number: of the first with it.
type again struct{ first, at int32 }

var hashSeed = maphash.MakeSeed()

// hashIDs returns a hash of a text of each row, one table after the other; 0 for a row
// without id.
func hashIDs(tables []*calc.Earnings, text func(calc.Earning) string) []uint32 {
	type stretch struct {
		of       *calc.Earnings
		from, to int
	}
	const long = 1 << 15
	var stretches []stretch
	for _, t := range tables {
		for from := 0; from < t.Len(); from += long {
			stretches = append(stretches, stretch{t, from, min(from+long, t.Len())})
		}
	}
	return slices.Concat(parallel.Map(stretches, func(s stretch) []uint32 {
		hashes := make([]uint32, s.to-s.from)
		for i := range hashes {
			if e := s.of.At(s.from + i); e.ID() != "" {
				hashes[i] = max(uint32(maphash.String(hashSeed, text(e))), 1)
			}
		}
		return hashes
	})...)
}

// hashParts is into how many parts numbers are split by their hashes: each is worked
// on alone, and its table stays close to the processor.
const hashParts = 16

// findAgain lists the numbers whose text an earlier one has, in their order. A number
// with the hash 0 has no text. equal compares the texts of two numbers.
func findAgain(hashes []uint32, equal func(a, b int32) bool) []again {
	parts := make([]uint32, hashParts)
	for i := range parts {
		parts[i] = uint32(i)
	}
	list := slices.Concat(parallel.Map(parts, func(part uint32) []again { return findInPart(hashes, part, equal) })...)
	slices.SortFunc(list, func(a, b again) int { return int(a.at) - int(b.at) })
	return list
}

// findInPart is findAgain for the numbers of a part. Its table takes 8 bytes for a
// slot, and has no pointers, which the garbage collector would follow.
func findInPart(hashes []uint32, part uint32, equal func(a, b int32) bool) (list []again) {
	type slot struct {
		hash uint32 // 0: free
		at   int32
	}
	isIn := func(hash uint32) bool { return hash != 0 && hash%hashParts == part }
	count := 0
	for _, hash := range hashes {
		if isIn(hash) {
			count++
		}
	}
	slots := make([]slot, 1<<bits.Len(uint(count+count/2)))
	mask := uint32(len(slots) - 1)
	for at, hash := range hashes {
		if !isIn(hash) {
			continue
		}
		i := hash / hashParts & mask
		for slots[i].hash != 0 && (slots[i].hash != hash || !equal(slots[i].at, int32(at))) {
			i = (i + 1) & mask
		}
		if slots[i].hash == 0 {
			slots[i] = slot{hash, int32(at)}
		} else {
			list = append(list, again{slots[i].at, int32(at)})
		}
	}
	return list
}
