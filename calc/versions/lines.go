package versions

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"cspcoop/calc"
)

// lines are the earnings with ids of an archive.
type lines struct {
	ledger *Ledger
	hashes []uint32 // by number: 0 for a row that is no earning's first one
	chains []chain  // earnings of several rows, by their first ones
	types  []Pair   // the first row of an id's second type, with the first one of the id
	cases  []Pair   // the first row of an earning whose id is alike that of an earlier one, with that
}

// chain holds the rows of one earning, in the order in which sources are.
type chain []row

// gatherLines finds the rows of each earning.
func gatherLines(l *Ledger) *lines {
	x := &lines{ledger: l}
	var tables []*calc.Earnings
	for _, s := range l.Sources {
		tables = append(tables, s.Earnings)
	}
	x.hashes = hashIDs(tables, func(e calc.Earning) string { return foldID(e.ID()) })
	alike := findAgain(x.hashes, func(a, b int32) bool {
		one, other := l.At(a).ID(), l.At(b).ID()
		return one == other || foldID(one) == foldID(other)
	})
	slices.SortStableFunc(alike, func(a, b again) int { return cmp.Compare(a.first, b.first) })
	room := make([]row, 0, 2*len(alike))
	for len(alike) > 0 {
		first := alike[0].first
		family := append(room, l.row(first))
		for ; len(alike) > 0 && alike[0].first == first; alike = alike[1:] {
			family = append(family, l.row(alike[0].at))
		}
		x.addFamily(slices.Clip(family))
		room = family[len(family):]
	}
	slices.SortFunc(x.chains, func(a, b chain) int { return compareRows(a[0], b[0]) })
	for _, c := range x.chains {
		for _, r := range c[1:] {
			x.hashes[l.Number(int(r.source), int(r.at))] = 0
		}
	}
	return x
}

func compareRows(a, b row) int {
	return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.at, b.at))
}

// addFamily adds the earnings whose ids are alike.
func (x *lines) addFamily(rows []row) {
	first := x.ledger.earning(rows[0])
	if !slices.ContainsFunc(rows, func(r row) bool { return !x.ledger.earning(r).Same(first) }) {
		x.chains = append(x.chains, rows) // as nearly always
		return
	}
	chains := map[calc.Identity]chain{}
	ofID := map[string][]row{} // first rows of its types
	for _, r := range rows {
		e := x.ledger.earning(r)
		c := chains[e.Identity()]
		chains[e.Identity()] = append(c, r)
		if c != nil {
			continue
		}
		if ofID[e.ID()] = append(ofID[e.ID()], r); len(ofID[e.ID()]) == 2 {
			x.types = append(x.types, Pair{e, x.ledger.earning(ofID[e.ID()][0])})
		}
		if first.ID() != e.ID() {
			x.cases = append(x.cases, Pair{e, first})
		}
	}
	for _, c := range chains {
		if len(c) > 1 {
			x.chains = append(x.chains, c)
		}
	}
}

// all lists every earning with an id, those of one row too, by their first rows. A
// chain holds until the next one.
func (x *lines) all() iter.Seq[chain] {
	return func(yield func(chain) bool) {
		rest := x.chains
		var single [1]row
		for i, s := range x.ledger.Sources {
			for j := range s.Earnings.Len() {
				if x.hashes[x.ledger.Number(i, j)] == 0 {
					continue
				}
				single[0] = row{int32(i), int32(j)}
				c := chain(single[:])
				if len(rest) > 0 && rest[0][0] == single[0] {
					c, rest = rest[0], rest[1:]
				}
				if !yield(c) {
					return
				}
			}
		}
	}
}

// foldID makes ids equal that a spreadsheet could have made different: in upper
// and lower case, in the leading zeros of a number, and in the kind of dash.
func foldID(id string) string {
	isNumber := id != "" && id[0] == '0'
	for i := range len(id) {
		switch c := id[i]; {
		case c >= utf8.RuneSelf:
			return strings.ToLower(calc.Fold(id)) // dashes
		case c >= 'A' && c <= 'Z':
			return strings.ToLower(id)
		case c < '0' || c > '9':
			isNumber = false
		}
	}
	if isNumber {
		return strings.TrimLeft(id, "0")
	}
	return id
}
