package versions

import (
	"strings"
	"unicode/utf8"

	"cspcoop/calc"
)

// line is an earning with ids: its rows, in the order in which sources are.
// Millions of them are held at once, so rows after the first are kept in a list
// for all.
type line struct {
	first      row
	more, last int32 // first and last of lines.more; 0: the first row is the only one
	alike      int32 // the next line whose id folds to the same; 0: none
}

// laterRow is a further row of a line.
type laterRow struct {
	row
	next int32 // 0: none
}

// lines are the earnings with ids of an archive, in the order of their first
// rows.
type lines struct {
	ledger *Ledger
	list   []line
	more   []laterRow
	types  []Pair // the first line of an id under a second type, with the one before
	cases  []Pair // lines whose id differs from that of an earlier one only in case or leading zeros

	families map[int32]*family // of more than a few lines alike, by the first
}

// gatherLines finds the rows of each earning.
func gatherLines(l *Ledger) *lines {
	room := 0
	for _, s := range l.Sources {
		room = max(room, s.Earnings.Len())
	}
	x := &lines{ledger: l, list: make([]line, 0, room), more: make([]laterRow, 1), families: map[int32]*family{}}
	index := newIDIndex(room)
	for i, s := range l.Sources {
		for j := range s.Earnings.Len() {
			e := s.Earnings.At(j)
			if e.ID() == "" {
				continue
			}
			r := row{int32(i), int32(j)}
			folded := foldID(e.ID())
			head, known := index.find(folded, int32(len(x.list)), func(at int32) bool {
				id := x.earning(at).ID()
				return id == e.ID() || foldID(id) == folded
			})
			if known {
				x.addTo(head, r)
			} else {
				x.list = append(x.list, line{first: r})
			}
		}
	}
	return x
}

// foldID makes ids equal that a spreadsheet could have made different: in upper
// and lower case, in the leading zeros of a number, and in the kind of dash.
func foldID(id string) string {
	if number := strings.TrimLeft(id, "0"); number != id && calc.IsDigits(id) {
		return number
	}
	for i := 0; i < len(id); i++ {
		if id[i] >= utf8.RuneSelf {
			id = calc.Fold(id) // dashes
			break
		}
	}
	return strings.ToLower(id)
}

// earning returns the first row of a line.
func (x *lines) earning(at int32) calc.Earning { return x.ledger.earning(x.list[at].first) }

// fewAlike is how many lines with alike ids are looked through one by one. There
// is hardly ever a second one, so that an index of them would only take memory.
const fewAlike = 8

// family is an index of many lines with alike ids.
type family struct {
	lines map[calc.Identity]int32
	first map[string]int32 // by id
	types map[string]int   // lines, by id
	last  int32
}

func (x *lines) newFamily(head int32) *family {
	f := &family{lines: map[calc.Identity]int32{}, first: map[string]int32{}, types: map[string]int{}}
	for at := head; ; at = x.list[at].alike {
		f.add(x.earning(at), at)
		if x.list[at].alike == 0 {
			return f
		}
	}
}

func (f *family) add(e calc.Earning, at int32) {
	f.lines[e.Identity()] = at
	if f.types[e.ID()]++; f.types[e.ID()] == 1 {
		f.first[e.ID()] = at
	}
	f.last = at
}

// addTo adds a row to the line of its earning among those alike, or makes it
// another one.
func (x *lines) addTo(head int32, r row) {
	e := x.ledger.earning(r)
	same, before, types, last := x.among(head, e)
	if same >= 0 {
		x.append(&x.list[same], r)
		return
	}
	at := int32(len(x.list))
	x.list[last].alike = at
	x.list = append(x.list, line{first: r})
	if f := x.families[head]; f != nil {
		f.add(e, at)
	}
	if types == 1 {
		x.types = append(x.types, Pair{e, x.earning(before)})
	}
	if first := x.earning(head); first.ID() != e.ID() {
		x.cases = append(x.cases, Pair{e, first})
	}
}

// among looks for an earning among the lines alike: its own line, or -1; the first
// line of its id and how many types that has; and the last line of all.
func (x *lines) among(head int32, e calc.Earning) (same, before int32, types int, last int32) {
	if f := x.families[head]; f != nil {
		same, known := f.lines[e.Identity()]
		if !known {
			same = -1
		}
		return same, f.first[e.ID()], f.types[e.ID()], f.last
	}
	steps := 1
	for at := head; ; at = x.list[at].alike {
		other := x.earning(at)
		if other.Same(e) {
			return at, 0, 0, 0
		}
		if other.ID() == e.ID() {
			if types++; types == 1 {
				before = at
			}
		}
		if last = at; x.list[at].alike == 0 {
			break
		}
		steps++
	}
	if steps == fewAlike {
		x.families[head] = x.newFamily(head)
	}
	return -1, before, types, last
}

func (x *lines) append(n *line, r row) {
	at := int32(len(x.more))
	x.more = append(x.more, laterRow{row: r})
	if n.more == 0 {
		n.more = at
	} else {
		x.more[n.last].next = at
	}
	n.last = at
}

// rows appends the rows of a line to list.
func (x *lines) rows(n *line, list []row) []row {
	list = append(list, n.first)
	for at := n.more; at != 0; at = x.more[at].next {
		list = append(list, x.more[at].row)
	}
	return list
}

// chain holds the rows of one earning, in the order in which sources are.
type chain struct {
	first row
	more  []row
}

// chains returns all lines with their rows.
func (x *lines) chains() []chain {
	all := make([]row, 0, len(x.list)+len(x.more))
	list := make([]chain, len(x.list))
	for i := range x.list {
		from := len(all)
		all = x.rows(&x.list[i], all)
		list[i] = chain{all[from], all[from+1:]}
	}
	return list
}
