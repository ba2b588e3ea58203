package importer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cspcoop/importer/table"
)

// dateShape is how a date with its month in digits is written: 1/31/2020 12:00:00 AM
// and 03/01/2020 00:00 differ. A program writes all dates of a column in one shape.
// 0 is that of another date.
type dateShape struct {
	separator byte
	year      uint8 // digits
	colons    uint8
	half      bool // with AM or PM
	padding   padding
}

// padding is whether days and months below 10 have a zero in front.
type padding uint8

const (
	unknownPadding padding = iota
	zeroPadded
	notPadded
)

// shapeOf returns the shape of a date's text whose day or month comes first.
func shapeOf(text string) dateShape {
	day, clock := cutClock(visible(trimBlanks(text)))
	at := strings.IndexFunc(day, func(r rune) bool { return r < '0' || r > '9' })
	if at < 1 {
		return dateShape{}
	}
	shape := dateShape{separator: day[at], colons: uint8(strings.Count(clock, ":")), half: strings.HasSuffix(strings.ToUpper(clock), "M")}
	for i, part := range strings.Split(day, string(shape.separator)) {
		switch {
		case i == 2:
			shape.year = uint8(len(part))
		case len(part) == 1:
			shape.padding = notPadded
		case part != "" && part[0] == '0':
			shape.padding = zeroPadded
		}
	}
	return shape
}

// shapes are those of a column's dates: first of those that could have day and month
// swapped, then of those whose order is certain.
type shapes struct {
	seen [2]map[dateShape]occurrence
	last [2]dateShape // as most rows have it
	rows [2]int
}

func (s *shapes) see(p cellProof, t *tab, row *table.Row, c *column) {
	side := 0
	if p.order != 0 {
		side = 1
	}
	s.rows[side]++
	if s.last[side] == p.shape {
		return
	}
	s.last[side] = p.shape
	if s.seen[side] == nil {
		s.seen[side] = map[dateShape]occurrence{}
	}
	first := s.seen[side][p.shape]
	first.note(t, row, c)
	s.seen[side][p.shape] = first
}

// differ reports whether the dates that could be swapped are all written in
// another shape than the certain ones: a spreadsheet of another region wrote
// them, and swapped them.
func (s *shapes) differ() bool {
	if s.rows[0] < 2 || s.rows[1] == 0 { // one date proves no habit
		return false
	}
	outer := func(list map[dateShape]occurrence) (shapes []dateShape, paddings []padding) {
		for shape := range list {
			paddings = append(paddings, shape.padding)
			shape.padding = 0
			shapes = append(shapes, shape)
		}
		return shapes, paddings
	}
	openShapes, open := outer(s.seen[0])
	orderedShapes, ordered := outer(s.seen[1])
	if !slices.ContainsFunc(openShapes, func(shape dateShape) bool { return slices.Contains(orderedShapes, shape) }) {
		return true
	}
	only := func(list []padding, p padding) bool {
		return slices.Contains(list, p) && !slices.Contains(list, zeroPadded+notPadded-p)
	}
	return only(open, zeroPadded) && only(ordered, notPadded) || only(open, notPadded) && only(ordered, zeroPadded)
}

// add adds shapes of rows further below.
func (s *shapes) add(below *shapes) {
	for side := range s.seen {
		s.rows[side] += below.rows[side]
		if len(below.seen[side]) > 0 {
			all := maps.Clone(below.seen[side])
			maps.Copy(all, s.seen[side])
			s.seen[side] = all
		}
	}
}

// firstOf returns the topmost of the dates.
func firstOf(list map[dateShape]occurrence) *occurrence {
	var first *occurrence
	for _, o := range list {
		if first == nil || o.row < first.row {
			first = &o
		}
	}
	return first
}

// checkShapes refuses a column of texts that a spreadsheet of another region
// damaged before it was saved as text: 1/3/2020 became 01/03/2020, the first of
// March, and 1/31/2020 stayed what it was.
func (in *importing) checkShapes(ce *columnEvidence) {
	if !ce.shapes.differ() {
		return
	}
	open, ordered := firstOf(ce.shapes.seen[0]), firstOf(ce.shapes.seen[1])
	in.dialectFault(open, fmt.Sprintf("day and month changed places in this column: a spreadsheet of another region wrote the dates up to the 12th in its own form, as here, and left the others as they were, as %q in %s",
		ordered.value, ordered.rowSeenFrom(open.sheet)), "drop the original as downloaded, not opened in a spreadsheet")
}
