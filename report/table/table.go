// Package table describes every table that documents show: its rows, its
// headings and its cells, once for all formats. PDF, workbook and page render a
// Table each in its own way, so that what they list never differs. Which rows
// there are, and in which order, is decided in package calc.
package table

import (
	"slices"
	"strings"

	"cspcoop/calc"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// Kind is what a cell holds. It decides format, alignment and totals.
type Kind uint8

// The kinds of cells.
const (
	Nothing   Kind = iota // an empty cell
	Words                 // text
	Half                  // text that names a half-year
	Cash                  // amount rounded to cents
	Precise               // number with all of its decimals
	Whole                 // whole number
	Share                 // per cent
	Day                   // date
	MonthYear             // month
)

// IsNumber reports whether cells of the kind are numbers, which are aligned to
// the right.
func (k Kind) IsNumber() bool { return k == Cash || k == Precise || k == Whole || k == Share }

// Tone is how much a cell matters.
type Tone uint8

// The tones of cells.
const (
	Usual    Tone = iota
	Quiet         // there to be compared, not read
	Fine          // quiet, and long
	Strong        // what to act on
	Settled       // done
	Doubtful      // needs a look, or is due soon
	Alarming      // wrong, lost, or due at once
)

// Value is a cell. The zero value is empty.
type Value struct {
	Kind   Kind
	Tone   Tone
	Text   string
	Number calc.Amount // Cash is rounded to cents
	Count  int
	Day    calc.Date // of a month its first
}

// In returns the value with a tone.
func (v Value) In(tone Tone) Value {
	v.Tone = tone
	return v
}

// If returns the value where it applies, else an empty one.
func (v Value) If(applies bool) Value {
	if !applies {
		return Value{}
	}
	return v
}

// where returns cells that are empty in the rows that a predicate does not hold of.
func where[T any](holds func(T) bool, cell func(T) Value) func(T) Value {
	return func(row T) Value {
		if !holds(row) {
			return Value{}
		}
		return cell(row)
	}
}

// Part returns cells of a part of rows; they are empty in rows without it.
func Part[T, P any](of func(T) *P, cell func(*P) Value) func(T) Value {
	return where(func(row T) bool { return of(row) != nil }, func(row T) Value { return cell(of(row)) })
}

// Text is a cell of words; "" is empty.
func Text(s string) Value { return Value{Kind: Words, Text: s}.If(s != "") }

// Money is an amount, rounded to cents.
func Money(d decimal.Decimal) Value {
	return Value{Kind: Cash, Number: calc.NewAmount(calc.Cents(d))}
}

// MoneyIf is an amount that may not apply.
func MoneyIf(d decimal.NullDecimal) Value { return Money(d.Decimal).If(d.Valid) }

// NonZero is an amount; 0.00 is empty.
func NonZero(d decimal.Decimal) Value {
	return Money(d).If(!calc.Cents(d).IsZero())
}

// Exact is a number with all of its decimals.
func Exact(d decimal.Decimal) Value { return Figure(calc.NewAmount(d)) }

// Figure is an amount with all of its decimals.
func Figure(a calc.Amount) Value { return Value{Kind: Precise, Number: a} }

// Percent is a share of a hundred.
func Percent(d decimal.Decimal) Value { return Value{Kind: Share, Number: calc.NewAmount(d)} }

// Count is a whole number.
func Count(n int) Value { return Value{Kind: Whole, Count: n} }

// Known is a whole number; 0 is empty.
func Known(n int) Value { return Count(n).If(n != 0) }

// Date is a day; no date is empty.
func Date(d calc.Date) Value { return Value{Kind: Day, Day: d}.If(!d.IsZero()) }

// Month is a month; no month is empty.
func Month(m calc.Month) Value {
	if m.IsZero() {
		return Value{}
	}
	return Value{Kind: MonthYear, Day: m.First()}
}

// Shown returns the cell as documents with pages show it.
func (v Value) Shown(w *wording.Words) string {
	switch v.Kind {
	case Cash:
		return w.Money(v.Number.Decimal())
	case Precise:
		return w.Precise(v.Number.Decimal())
	case Whole:
		return w.Count(v.Count)
	case Share:
		return w.Percent(v.Number.Decimal())
	case Day:
		return w.ShortDate(v.Day)
	case MonthYear:
		return w.Month(v.Day.Month())
	case Nothing, Words, Half:
	}
	return v.Text
}

// Where says which formats show a column.
type Where uint8

// The formats; a column without any is in all of them.
const (
	Paper  Where = 1 << iota // PDF
	Sheet                    // workbook, printed
	Screen                   // workbook, not printed: details that would make a page too small to read
	Page                     // index.html
)

// Column is a column of a table with rows of type T.
type Column[T any] struct {
	Head    string
	Cell    func(T) Value
	In      Where
	Total   bool   // rows are summed; of words none are
	Group   bool   // equal cells of rows that follow each other are shown once above them, where the format has pages
	Key     bool   // names the row: pages at the side of a workbook's print repeat it
	Needed  bool   // stays where no row has an entry
	Spare   bool   // is left out on paper where all amounts are zero
	Widest  int    // digits after which a text is broken into lines; 0: as usual
	Formula string // of every cell in a workbook, %[1]d is its row; Cell returns the same
	Name    string // of its cells in a workbook, for formulas of others; "" for none
}

// only returns the column for some formats.
func (c Column[T]) only(in Where) Column[T] {
	c.In = in
	return c
}

// spared returns the column as one that is left out on paper where all amounts are zero.
func (c Column[T]) spared() Column[T] {
	c.Spare = true
	return c
}

// shows reports whether a format has the column.
func (c Column[T]) shows(in Where) bool { return c.In == 0 || c.In&in != 0 }

// Table is a table of any rows.
type Table struct {
	Name    string // of links to it
	Sheet   string // name in a workbook
	Title   string
	Lead    string // the sentence that matters
	Notes   []string
	Columns []Heading
	Rows    int
	Sums    bool // each group ends in its sums
	Chart   int  // rows that a workbook draws
	Dense   bool // pages show it small, so that much is on one
}

// Every leaves no row of a table out, where only the first or largest may be shown.
const Every = 1 << 30

// Heading is a column of a Table, whatever its rows are.
type Heading struct {
	Column[int]      // Cell takes a row by its index
	Kind        Kind // of its cells; Nothing where there are none
	Sum         calc.Sum
}

// Of makes a table of rows for a format. Columns without an entry are left out, but
// for those that the formula of another one needs.
func Of[T any](in Where, rows []T, columns ...Column[T]) Table {
	t := Table{Rows: len(rows)}
	var all, unused []Heading
	for _, c := range columns {
		if !c.shows(in) {
			continue
		}
		h := Heading{Column: Column[int]{
			Head: c.Head, In: c.In, Total: c.Total, Group: c.Group, Key: c.Key, Widest: c.Widest, Formula: c.Formula, Name: c.Name,
			Cell: func(i int) Value { return c.Cell(rows[i]) },
		}}
		used := false
		for _, row := range rows {
			v := c.Cell(row)
			if v.Kind == Nothing {
				continue
			}
			h.Kind = v.Kind
			used = used || !c.Spare || in != Paper || !v.Amount().Decimal().IsZero()
			if used && !c.Total {
				break
			}
			h.Sum.Add(v.Amount())
		}
		all = append(all, h)
		if !used && !c.Needed && len(rows) > 0 {
			unused = append(unused, h)
		}
	}
	isUnused := func(h Heading) bool {
		return slices.ContainsFunc(unused, func(u Heading) bool { return u.Head == h.Head && u.Name == h.Name })
	}
	for i := 0; i < len(unused) && in != Paper; i++ { // where there are formulas
		name := "{" + unused[i].Name + "}"
		if slices.ContainsFunc(all, func(h Heading) bool { return strings.Contains(h.Formula, name) && !isUnused(h) }) {
			unused = slices.Delete(unused, i, i+1)
			i = -1 // what it needs itself is needed too
		}
	}
	t.Columns = slices.DeleteFunc(all, isUnused)
	return t
}

// Amount returns what a cell adds to a sum.
func (v Value) Amount() calc.Amount {
	if v.Kind == Whole {
		return calc.ScaledAmount(int64(v.Count), 0)
	}
	return v.Number
}

// SumOf returns the sum of some rows as a cell, an empty one where they are.
func (h *Heading) SumOf(from, to int) Value {
	var sum calc.Sum
	empty := true
	for i := from; i < to; i++ {
		v := h.Cell(i)
		sum.Add(v.Amount())
		empty = empty && v.Kind == Nothing
	}
	if empty {
		return Value{}
	}
	return h.Sums(&sum)
}

// Total returns the sum of all rows as a cell.
func (h *Heading) Total() Value { return h.Sums(&h.Sum) }

// Sums returns a sum as a cell of the column.
func (h *Heading) Sums(sum *calc.Sum) Value {
	if h.Kind == Whole {
		return Count(int(sum.Decimal().IntPart()))
	}
	return Value{Kind: h.Kind, Number: sum.Amount()}
}

// HasTotals reports whether any column is summed.
func (t *Table) HasTotals() bool {
	return t.Rows > 0 && slices.ContainsFunc(t.Columns, func(h Heading) bool { return h.Column.Total && h.Kind.IsNumber() })
}
