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

// add adds the number of a row, which comes after n others.
func (c *numbers) add(n int, number uint32) {
	switch {
	case c.wide != nil:
		c.wide = append(c.wide, number)
	case number > 1<<16-1:
		c.wide = append(widened(c.room, n, c.at, func(n uint32) uint32 { return n }), number)
		c.narrow, c.middle = nil, nil
	case c.middle != nil:
		c.middle = append(c.middle, uint16(number))
	case number > 1<<8-1:
		c.middle = append(widened(c.room, n, c.at, func(n uint32) uint16 { return uint16(n) }), uint16(number))
		c.narrow = nil
	case c.narrow != nil:
		c.narrow = append(c.narrow, uint8(number))
	case number > 0:
		c.narrow = append(widened(c.room, n, c.at, func(n uint32) uint8 { return uint8(n) }), uint8(number))
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

// add adds the amount of a row, which comes after n others.
func (c *amounts) add(n int, a Amount) {
	units, scale := a.units, uint32(a.scale())
	if a.wide() != nil {
		units, scale = int64(len(c.wide)), wideScale
		c.wide = append(c.wide, a)
	}
	if c.units == nil {
		if units == 0 && scale == 0 {
			return
		}
		c.units = make([]int64, n, max(c.room, n+1, leastRoom))
	}
	c.units = append(c.units, units)
	c.scale.add(n, scale)
}
