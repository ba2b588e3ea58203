package versions

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cspcoop/calc"
)

// Sheets without ids in one workbook add up, unless one of them repeats what
// others say: a summary beside its months. Totals show it. A sheet repeats
// others when every total that both have, zero aside, is the same or the sum of
// several sheets, for at least two participants' months of a program. One equal
// total alone proves nothing either way.

// Overlaps says which sheets of a workbook, as far as their rows have no ids,
// have the same participants, programs, types, currencies and months.
type Overlaps struct {
	Repeated  []Overlap // Sheet repeats Others, which count
	Different []Overlap // other totals: both count
	Unclear   []Overlap // it can't be told whether both count
}

// Overlap is what a sheet and others both have.
type Overlap struct {
	Sheet  string
	Others []string // one but for Repeated

	First, OtherFirst *calc.Earning   // the first rows of the first total that both have
	Currency          string          // of the totals: USD where they have several
	Total, OtherTotal decimal.Decimal // exact, of all that both have

	keys map[totalKey]*calc.Earning // with the first row that counts instead
}

// totalKey is the unit in which sheets are compared.
type totalKey struct {
	cell
	kind     calc.Kind
	other    string // the type's key, where the kind is Other
	currency string
}

func totalKeyOf(e *calc.Earning) totalKey {
	k := totalKey{cell: cellOf(e), kind: e.Kind, currency: e.Currency}
	if e.Kind == calc.Other {
		k.other = calc.TypeKey(e.Type)
	}
	return k
}

func (k totalKey) compare(o totalKey) int {
	return cmp.Or(strings.Compare(k.participant, o.participant), cmp.Compare(k.program, o.program), k.month.Compare(o.month),
		cmp.Compare(k.kind, o.kind), strings.Compare(k.other, o.other), strings.Compare(k.currency, o.currency))
}

// sheetTotals are the totals of one sheet that are not zero and that other
// sheets have too.
type sheetTotals struct {
	index  int
	name   string
	totals map[totalKey]*sheetTotal
	keys   []totalKey // in order; those that were found to be repeated are in totals no more
}

type sheetTotal struct {
	first       *calc.Earning
	amount, usd calc.Sum
	rows        int
}

// FindOverlaps compares the sheets of a workbook. The result depends on the rows
// and the order of the sheets alone.
func FindOverlaps(s *calc.Source) Overlaps {
	var found Overlaps
	if len(s.Sheets) < 2 {
		return found
	}
	sheets := totalsBySheet(s)
	for {
		repeated := findRepeated(sheets)
		if len(repeated) == 0 {
			break
		}
		found.Repeated = append(found.Repeated, repeated...)
		for _, o := range repeated {
			i := slices.IndexFunc(sheets, func(t *sheetTotals) bool { return t.name == o.Sheet })
			for k := range o.keys {
				delete(sheets[i].totals, k)
			}
		}
	}
	for i, a := range sheets {
		for _, b := range sheets[i+1:] {
			switch c := compareSheets(a, false, b); {
			case len(c.keys) == 0:
			case c.equal >= c.unequal:
				found.Unclear = append(found.Unclear, c.overlap(a, b))
			default:
				found.Different = append(found.Different, c.overlap(a, b))
			}
		}
	}
	return found
}

func totalsBySheet(s *calc.Source) []*sheetTotals {
	sheets := make([]*sheetTotals, len(s.Sheets))
	for i, name := range s.Sheets {
		sheets[i] = &sheetTotals{index: i, name: name, totals: map[totalKey]*sheetTotal{}}
	}
	for i := range s.Earnings {
		e := &s.Earnings[i]
		if e.ID != "" {
			continue
		}
		k, totals := totalKeyOf(e), sheets[e.Sheet].totals
		if totals[k] == nil {
			totals[k] = &sheetTotal{first: e}
		}
		totals[k].amount.Add(e.Amount)
		totals[k].usd.Add(e.USD)
		totals[k].rows++
	}
	having := map[totalKey]int{}
	for _, t := range sheets {
		for k, n := range t.totals {
			if !n.amount.Decimal().IsZero() {
				having[k]++
			}
		}
	}
	for _, t := range sheets {
		maps.DeleteFunc(t.totals, func(k totalKey, n *sheetTotal) bool { return having[k] < 2 || n.amount.Decimal().IsZero() })
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
		own := t.totals[k].amount.Decimal()
		var sum decimal.Decimal
		holders, each := 0, true
		for _, o := range others {
			n := o.totals[k]
			if n == nil {
				continue
			}
			holders++
			sum = sum.Add(n.amount.Decimal())
			each = each && n.amount.Decimal().Equal(own)
			if !slices.Contains(c.others, o) {
				c.others = append(c.others, o)
			}
		}
		if holders == 0 {
			continue
		}
		c.keys = append(c.keys, k)
		summed := !each && sum.Equal(own)
		c.summed = c.summed || summed
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

// same reports whether the totals show that a sheet and the others are the same
// money.
func (c *comparison) same() bool { return c.unequal == 0 && (c.equal > 1 || c.equal == 1 && c.summed) }

// repeated returns what does not count of a sheet and others that are the same
// money. The detailed sheets count: those with more rows, else several others
// rather than the sheet, else of two the one listed first.
func (c *comparison) repeated(t *sheetTotals) []Overlap {
	own, theirs := t.rowsOf(c.keys), 0
	for _, o := range c.others {
		theirs += o.rowsOf(c.keys)
	}
	if own < theirs || own == theirs && (len(c.others) > 1 || t.index > c.others[0].index) {
		return []Overlap{c.overlap(t, c.others...)}
	}
	var list []Overlap
	for _, o := range c.others {
		part := comparison{keys: slices.DeleteFunc(slices.Clone(c.keys), func(k totalKey) bool { return o.totals[k] == nil })}
		list = append(list, part.overlap(o, t))
	}
	return list
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
	o := Overlap{Sheet: t.name, Currency: c.keys[0].currency, keys: map[totalKey]*calc.Earning{}}
	if slices.ContainsFunc(c.keys, func(k totalKey) bool { return k.currency != o.Currency }) {
		o.Currency = "USD"
	}
	in := func(n *sheetTotal, k totalKey) decimal.Decimal {
		if k.currency == o.Currency {
			return n.amount.Decimal()
		}
		return n.usd.Decimal()
	}
	for _, k := range c.keys {
		o.Total = o.Total.Add(in(t.totals[k], k))
		for _, other := range others {
			n := other.totals[k]
			if n == nil {
				continue
			}
			switch {
			case o.keys[k] == nil:
				o.keys[k] = n.first
				o.OtherTotal = o.OtherTotal.Add(in(n, k))
			case !n.amount.Decimal().Equal(t.totals[k].amount.Decimal()): // else a quarter repeats its month
				o.OtherTotal = o.OtherTotal.Add(in(n, k))
			}
		}
	}
	for _, other := range others {
		o.Others = append(o.Others, other.name)
	}
	o.First, o.OtherFirst = t.totals[c.keys[0]].first, o.keys[c.keys[0]]
	return o
}

// repeatedRows returns a function that finds, for a row of a sheet that repeats
// others, the first row that counts instead; nil for any other row.
func (o *Overlaps) repeatedRows() func(*calc.Earning) *calc.Earning {
	if len(o.Repeated) == 0 {
		return func(*calc.Earning) *calc.Earning { return nil }
	}
	instead := map[uint16]map[totalKey]*calc.Earning{}
	for i := range o.Repeated {
		sheet := o.Repeated[i].First.Sheet
		if instead[sheet] == nil {
			instead[sheet] = map[totalKey]*calc.Earning{}
		}
		maps.Copy(instead[sheet], o.Repeated[i].keys)
	}
	return func(e *calc.Earning) *calc.Earning { return instead[e.Sheet][totalKeyOf(e)] }
}

// reportOverlaps reports the sheets that repeat others, and those that have the
// same months with other totals.
func (l *Ledger) reportOverlaps(o Overlaps) {
	for _, x := range o.Repeated {
		l.Findings = append(l.Findings, x.First.Finding(calc.Warning, calc.SheetRepeated, calc.Say(
			"sheet %s has %s, the same money as %s with %s, whose rows are counted; remove the sheet that is only a summary",
			calc.Quoted{Of: x.Sheet}, calc.NewMoney(x.Total, x.Currency), calc.QuotedList(x.Others, mostSheets), calc.Figure(x.OtherTotal))))
	}
	for _, x := range slices.Concat(o.Different, o.Unclear) {
		l.Findings = append(l.Findings, x.First.Finding(calc.Warning, calc.SheetsOverlap, calc.Say(
			"sheets %s and %s have the same participant, program, type and month (first: %s of %s) with %s and %s; both count; remove one if it is a summary of the other",
			calc.Quoted{Of: x.Sheet}, calc.QuotedList(x.Others, mostSheets), x.First.Date.Month(), x.First.Participant, calc.Figure(x.Total), calc.NewMoney(x.OtherTotal, x.Currency))))
	}
}

// mostSheets is how many sheets a finding names.
const mostSheets = 3
