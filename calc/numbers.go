package calc

import "slices"

// numbers is a column of numbers that takes as many bytes for each as the largest
// one needs, and none while all are 0.
type numbers struct {
	narrow []uint8
	middle []uint16
	wide   []uint32
	room   int // how many are expected
}

func (c *numbers) at(row int32) uint32 {
	switch {
	case c.narrow != nil:
		return uint32(c.narrow[row])
	case c.wide != nil:
		return c.wide[row]
	case c.middle != nil:
		return uint32(c.middle[row])
	}
	return 0
}

// add adds the numbers of rows, which come after n others.
func (c *numbers) add(n int, list []uint32) {
	var all uint32
	for _, number := range list {
		all |= number
	}
	switch {
	case c.wide == nil && all > 1<<16-1:
		c.wide = widened(c.room, n, c.at, func(n uint32) uint32 { return n })
		c.narrow, c.middle = nil, nil
	case c.wide == nil && c.middle == nil && all > 1<<8-1:
		c.middle = widened(c.room, n, c.at, func(n uint32) uint16 { return uint16(n) })
		c.narrow = nil
	case c.wide == nil && c.middle == nil && c.narrow == nil && all > 0:
		c.narrow = widened(c.room, n, c.at, func(n uint32) uint8 { return uint8(n) })
	}
	switch {
	case c.wide != nil:
		c.wide = append(c.wide, list...)
	case c.middle != nil:
		for _, number := range list {
			c.middle = append(c.middle, uint16(number))
		}
	case c.narrow != nil:
		for _, number := range list {
			c.narrow = append(c.narrow, uint8(number))
		}
	}
}

// widened copies the first n numbers of a column to one of another width.
func widened[T uint8 | uint16 | uint32](room, n int, at func(int32) uint32, as func(uint32) T) []T {
	list := make([]T, n, max(room, n+n/4, leastRoom))
	for i := range list {
		list[i] = as(at(int32(i)))
	}
	return list
}

// leastRoom is for how many rows room is made at first.
const leastRoom = 16

// grown makes room for so many values in all.
func grown[T any](list []T, room int) []T {
	return slices.Grow(list, max(room-len(list), 0))
}

// amounts is a column of amounts, most of them scaled integers.
type amounts struct {
	units []int64
	scale numbers  // wideScale for an amount that units do not hold
	wide  []Amount // by the units of its row
	room  int
}

const wideScale = maxScale + 1

func (c *amounts) at(row int32) Amount {
	if c.units == nil {
		return ScaledAmount(0, 0)
	}
	scale := c.scale.at(row)
	if scale == wideScale {
		return c.wide[c.units[row]]
	}
	return Amount{c.units[row], &scales[scale]}
}

// add adds the amounts of rows, which come after n others; scales has room for a
// number of each.
func (c *amounts) add(n int, rows []EarningRow, of func(*EarningRow) *Amount, scales []uint32) {
	for i := range rows {
		a := of(&rows[i])
		units, scale := a.units, uint32(a.scale())
		if a.wide() != nil {
			units, scale = int64(len(c.wide)), wideScale
			c.wide = append(c.wide, *a)
		}
		if c.units == nil && (units != 0 || scale != 0) {
			c.units = make([]int64, n+i, max(c.room, n+len(rows), leastRoom))
		}
		if c.units != nil {
			c.units = append(c.units, units)
		}
		scales[i] = scale
	}
	c.scale.add(n, scales)
}
