package versions

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// Sheets without ids in one workbook add up, and so do the parts of one report in
// a ZIP archive, unless one of them repeats what others say: a summary beside its
// months. Totals show it. A sheet repeats others when every total that both have,
// zero aside, is the same to the cent, for at least two participants' months of a
// program, or for one where it is the sum of several totals. One equal total alone
// proves nothing either way. A summary may leave out the type, be in USD where its
// months are not, or name no participant or program, so that the configuration's
// names fill it.

// Overlaps says which sheets of a report, as far as their rows have no ids, have
// the same participants, programs and months.
type Overlaps struct {
	Repeated  []Overlap // Sheet repeats Others, which count
	Different []Overlap // other totals: both count
	Unclear   []Overlap // it can't be decided whether both count
}

// view is what totals of sheets are compared without.
type view struct{ types, currencies, participants, programs bool }

// viewsOf returns the views in which the sheets of a report are compared. They are
// tried in this order: what fits best comes first.
func viewsOf(parts []*calc.Source) []view {
	sheets, participants, programs := 0, 0, 0 // of them, those whose names are filled in
	for _, s := range parts {
		for i := range s.Sheets {
			f := s.FilledIn(uint16(i))
			sheets++
			if f.Participant {
				participants++
			}
			if f.Program {
				programs++
			}
		}
	}
	some := func(n int) bool { return n > 0 && n < sheets }
	var views []view
	for _, names := range []view{{}, {programs: true}, {participants: true}, {programs: true, participants: true}} {
		if names.programs && !some(programs) || names.participants && !some(participants) {
			continue
		}
		for _, v := range []view{{}, {types: true}, {currencies: true}, {types: true, currencies: true}} {
			v.participants, v.programs = names.participants, names.programs
			views = append(views, v)
		}
	}
	return views
}

// names reports whether totals are compared without names that every row has.
func (v view) names() bool { return v.participants || v.programs }

// Overlap is what a sheet and others both have.
type Overlap struct {
	Sheet  string
	Others []string // one but for Repeated

	First, OtherFirst calc.Earning    // the first rows of the first total that both have
	Currency          string          // of the totals: USD where they have several
	Total, OtherTotal decimal.Decimal // exact, of all that both have

	sheet *sheetTotals
	keys  map[totalKey]calc.Earning // with the first row that counts instead
}

// totalKey is the unit in which sheets are compared.
type totalKey struct {
	cell
	kind     calc.Kind
	other    string // the type's key, where the kind is Other
	currency string
}

func (v view) keyOf(e calc.Earning) totalKey {
	k := totalKey{cell: cellOf(e)}
	if v.participants {
		k.Participant = ""
	}
	if v.programs {
		k.Program = ""
	}
	if !v.types {
		k.kind = e.Kind()
		if e.Kind() == calc.Other {
			k.other = calc.TypeKey(e.Type())
		}
	}
	if !v.currencies {
		k.currency = e.Currency()
	}
	return k
}

func (k totalKey) compare(o totalKey) int {
	return cmp.Or(strings.Compare(k.Participant, o.Participant), cmp.Compare(k.Program, o.Program), k.month.Compare(o.month),
		cmp.Compare(k.kind, o.kind), strings.Compare(k.other, o.other), strings.Compare(k.currency, o.currency))
}

// sheetTotals are the totals of one sheet that are not zero and that other
// sheets have too.
type sheetTotals struct {
	index  int
	source *calc.Source
	name   string
	view   view
	totals map[totalKey]*sheetTotal
	keys   []totalKey // in order; those that were found to be repeated are in totals no more
}

type sheetTotal struct {
	first       calc.Earning
	amount, usd calc.Sum
	rows        int
	gross       bool   // it has rows without a type
	typed       bool   // it has others
	several     bool   // types, currencies, participants or programs
	currency    string // "" where it has several
	filled      calc.Filled
}

func (t *sheetTotal) add(e calc.Earning) {
	t.amount.Add(e.Amount())
	t.usd.Add(e.USD())
	t.rows++
	t.gross, t.typed = t.gross || e.Kind() == calc.Gross, t.typed || e.Kind() != calc.Gross
	t.several = t.several || e.Kind() != t.first.Kind() || e.Currency() != t.first.Currency() || cellOf(e) != cellOf(t.first)
	if e.Currency() != t.first.Currency() {
		t.currency = ""
	}
}

// value returns the total, in USD where currencies are not compared.
func (t *sheetTotal) value(v view) decimal.Decimal {
	if v.currencies {
		return t.usd.Decimal()
	}
	return t.amount.Decimal()
}

// comparable reports whether two totals may be the same money in a view, and not
// in one that compares more.
func (v view) comparable(a, b *sheetTotal) bool {
	return (!v.types || (a.gross != b.gross && a.typed != b.typed)) &&
		(!v.currencies || a.currency != b.currency) &&
		(!v.participants || a.filled.Participant != b.filled.Participant) &&
		(!v.programs || a.filled.Program != b.filled.Program)
}

// FindOverlaps compares the sheets of a report: of a workbook, or of the files of
// a ZIP archive that are parts of one. The result depends on the rows and the
// order of the sheets alone.
func FindOverlaps(parts ...*calc.Source) Overlaps {
	var found Overlaps
	if len(parts) == 0 || len(parts) == 1 && len(parts[0].Sheets) < 2 {
		return found
	}
	views := viewsOf(parts)
	for _, v := range views {
		sheets := v.totalsBySheet(parts, &found)
		for len(sheets) > 1 {
			repeated := findRepeated(sheets)
			if len(repeated) == 0 {
				break
			}
			found.Repeated = append(found.Repeated, repeated...)
			for _, o := range repeated {
				for k := range o.keys {
					delete(o.sheet.totals, k)
				}
			}
		}
	}
	compared := map[[2]int]bool{}
	for _, v := range views {
		sheets := v.totalsBySheet(parts, &found)
		for i, a := range sheets {
			for _, b := range sheets[i+1:] {
				pair := [2]int{a.index, b.index}
				c := compareSheets(a, false, b)
				switch {
				case len(c.keys) == 0 || compared[pair] || v.names() && c.unequal > 0:
					continue
				case c.equal >= c.unequal:
					found.Unclear = append(found.Unclear, c.overlap(a, b))
				case !v.currencies && len(parts) == 1: // parts of a report have the same months
					found.Different = append(found.Different, c.overlap(a, b))
				}
				compared[pair] = true
			}
		}
	}
	return found
}

// totalsBySheet adds up the rows that are not known to be repeated.
func (v view) totalsBySheet(parts []*calc.Source, found *Overlaps) []*sheetTotals {
	var sheets []*sheetTotals
	repeated := found.repeatedRows()
	for _, s := range parts {
		first := len(sheets)
		for _, name := range s.Sheets {
			sheets = append(sheets, &sheetTotals{index: len(sheets), source: s, name: name, view: v, totals: map[totalKey]*sheetTotal{}})
		}
		for _, e := range s.Earnings.All() {
			if e.ID() != "" || !repeated(e).IsZero() {
				continue
			}
			k, totals := v.keyOf(e), sheets[first+int(e.Sheet())].totals
			if totals[k] == nil {
				totals[k] = &sheetTotal{first: e, currency: e.Currency(), filled: s.FilledIn(e.Sheet())}
			}
			totals[k].add(e)
		}
	}
	having := map[totalKey]int{}
	for _, t := range sheets {
		for k, n := range t.totals {
			if !n.value(v).IsZero() {
				having[k]++
			}
		}
	}
	for _, t := range sheets {
		maps.DeleteFunc(t.totals, func(k totalKey, n *sheetTotal) bool { return having[k] < 2 || n.value(v).IsZero() })
		t.keys = slices.SortedFunc(maps.Keys(t.totals), totalKey.compare)
	}
	return slices.DeleteFunc(sheets, func(t *sheetTotals) bool { return len(t.keys) == 0 })
}

// findRepeated finds a sheet and others that are the same money, and returns
// those that don't count. It begins with the sheet that has most: a year before
// its quarters, a quarter before its months.
func findRepeated(sheets []*sheetTotals) []Overlap {
	order := slices.SortedStableFunc(slices.Values(sheets), func(a, b *sheetTotals) int { return cmp.Compare(len(b.totals), len(a.totals)) })
	for _, t := range order {
		others := slices.DeleteFunc(slices.Clone(sheets), func(o *sheetTotals) bool { return o == t })
		if c := compareSheets(t, true, others...); c.same() {
			return c.repeated(t)
		}
		for _, o := range others {
			if c := compareSheets(t, true, o); c.same() {
				return c.repeated(t)
			}
		}
	}
	return nil
}

// comparison is what a sheet and others both have.
type comparison struct {
	keys           []totalKey
	others         []*sheetTotals // that have any of them, in the workbook's order
	equal, unequal int            // participants' months of a program
	summed         bool           // a total is the sum of several sheets'
}

// compareSheets compares a sheet with others; untilUnequal ends it at the first
// total that differs.
func compareSheets(t *sheetTotals, untilUnequal bool, others ...*sheetTotals) comparison {
	var c comparison
	months := map[cell]bool{} // whether all totals are the same
	for _, k := range t.keys {
		if t.totals[k] == nil {
			continue
		}
		own := t.totals[k].value(t.view)
		var sum decimal.Decimal
		holders, each, several := 0, true, t.totals[k].several
		for _, o := range others {
			n := o.totals[k]
			if n == nil || !t.view.comparable(t.totals[k], n) {
				continue
			}
			holders++
			sum = sum.Add(n.value(t.view))
			each = each && sameCents(n.value(t.view), own)
			several = several || n.several
			if !slices.Contains(c.others, o) {
				c.others = append(c.others, o)
			}
		}
		if holders == 0 {
			continue
		}
		c.keys = append(c.keys, k)
		summed := !each && sameCents(sum, own)
		c.summed = c.summed || summed || each && several && t.view != view{}
		before, seen := months[k.cell]
		months[k.cell] = (each || summed) && (before || !seen)
		if untilUnequal && !months[k.cell] {
			break
		}
	}
	for _, same := range months {
		if same {
			c.equal++
		} else {
			c.unequal++
		}
	}
	slices.SortFunc(c.others, func(a, b *sheetTotals) int { return cmp.Compare(a.index, b.index) })
	return c
}

// sameCents reports whether two totals are the same as a sheet shows them.
func sameCents(a, b decimal.Decimal) bool { return a.Round(2).Equal(b.Round(2)) }

// same reports whether the totals show that a sheet and the others are the same
// money.
func (c *comparison) same() bool { return c.unequal == 0 && (c.equal > 1 || c.equal == 1 && c.summed) }

// repeated returns what does not count of a sheet and others that are the same
// money. The detailed sheets count: those with types, then those that are not in
// USD, then those with more rows, else several others rather than the sheet, else
// of two the one listed first.
func (c *comparison) repeated(t *sheetTotals) []Overlap {
	if c.isDetail(t) {
		var list []Overlap
		for _, o := range c.others {
			part := comparison{keys: slices.DeleteFunc(slices.Clone(c.keys), func(k totalKey) bool {
				return o.totals[k] == nil || !t.view.comparable(t.totals[k], o.totals[k])
			})}
			list = append(list, part.overlap(o, t))
		}
		return list
	}
	return []Overlap{c.overlap(t, c.others...)}
}

// isDetail reports whether the sheet counts, and not the others.
func (c *comparison) isDetail(t *sheetTotals) bool {
	own, theirs, total := t.rowsOf(c.keys), 0, t.totals[c.keys[0]]
	for _, o := range c.others {
		theirs += o.rowsOf(c.keys)
	}
	switch {
	case t.view.programs && t.view.participants: // the one that has neither
		return !total.filled.Program || !total.filled.Participant
	case t.view.programs:
		return !total.filled.Program
	case t.view.participants:
		return !total.filled.Participant
	case t.view.types:
		return total.typed
	case t.view.currencies:
		return total.currency != "USD"
	case own != theirs:
		return own > theirs
	}
	return len(c.others) == 1 && t.index < c.others[0].index
}

func (t *sheetTotals) rowsOf(keys []totalKey) int {
	n := 0
	for _, k := range keys {
		if total := t.totals[k]; total != nil {
			n += total.rows
		}
	}
	return n
}

// overlap describes what a sheet and others have in common.
func (c *comparison) overlap(t *sheetTotals, others ...*sheetTotals) Overlap {
	o := Overlap{Sheet: t.name, Currency: c.keys[0].currency, sheet: t, keys: map[totalKey]calc.Earning{}}
	if t.view.currencies || slices.ContainsFunc(c.keys, func(k totalKey) bool { return k.currency != o.Currency }) {
		o.Currency = "USD"
	}
	in := func(n *sheetTotal, k totalKey) decimal.Decimal {
		if k.currency == o.Currency {
			return n.amount.Decimal()
		}
		return n.usd.Decimal()
	}
	for _, k := range c.keys {
		own := t.totals[k]
		o.Total = o.Total.Add(in(own, k))
		for _, other := range others {
			n := other.totals[k]
			if n == nil || !t.view.comparable(own, n) {
				continue
			}
			switch {
			case o.keys[k].IsZero():
				o.keys[k] = n.first
				o.OtherTotal = o.OtherTotal.Add(in(n, k))
			case !sameCents(n.value(t.view), own.value(t.view)): // else a quarter repeats its month
				o.OtherTotal = o.OtherTotal.Add(in(n, k))
			}
		}
	}
	for _, other := range others {
		o.Others = append(o.Others, other.title())
	}
	o.First, o.OtherFirst = t.totals[c.keys[0]].first, o.keys[c.keys[0]]
	return o
}

// title names the sheet, or the file that has no sheets.
func (t *sheetTotals) title() string {
	return cmp.Or(t.name, t.source.File)
}

// repeatedRows returns a function that finds, for a row of a sheet that repeats
// others, the first row that counts instead; nil for any other row.
func (o *Overlaps) repeatedRows() func(calc.Earning) calc.Earning {
	type part struct {
		source *calc.Source
		sheet  uint16
	}
	bySheet := map[part][]*Overlap{}
	for i := range o.Repeated {
		x := &o.Repeated[i]
		at := part{x.sheet.source, x.First.Sheet()}
		bySheet[at] = append(bySheet[at], x)
	}
	return func(e calc.Earning) calc.Earning {
		for _, x := range bySheet[part{e.Source(), e.Sheet()}] {
			if first := x.keys[x.sheet.view.keyOf(e)]; !first.IsZero() {
				return first
			}
		}
		return calc.Earning{}
	}
}

// reportOverlaps reports the sheets that repeat others, and those that have the
// same months with other totals.
func (l *Ledger) reportOverlaps(o Overlaps) {
	for _, x := range o.Repeated {
		l.Findings = append(l.Findings, x.First.Finding(calc.Warning, calc.SheetRepeated, calc.Say(
			"sheet %s has %s, the same money as %s with %s, whose rows are counted; remove the sheet that is only a summary",
			calc.Quoted{Of: x.sheet.title()}, calc.NewMoney(x.Total, x.Currency), calc.QuotedList(x.Others, mostSheets), calc.Figure(x.OtherTotal))))
	}
	for _, x := range slices.Concat(o.Different, o.Unclear) {
		sentence := calc.Say(
			"sheets %s and %s have the same participant, program, type and month (first: %s of %s) with %s and %s; both count; remove one if it is a summary of the other",
			x.parameters()...)
		if x.sheet.view.types {
			sentence = calc.Say(
				"sheets %s and %s, one of them without types, have the same participant, program and month (first: %s of %s) with %s and %s; both count; remove one if it is a summary of the other",
				x.parameters()...)
		}
		l.Findings = append(l.Findings, x.First.Finding(calc.Warning, calc.SheetsOverlap, sentence))
	}
}

func (o *Overlap) parameters() []calc.Parameter {
	return []calc.Parameter{calc.Quoted{Of: o.sheet.title()}, calc.QuotedList(o.Others, mostSheets), o.First.Date().Month(), o.First.Participant(),
		calc.Figure(o.Total), calc.NewMoney(o.OtherTotal, o.Currency)}
}

// mostSheets is how many sheets a finding names.
const mostSheets = 3
