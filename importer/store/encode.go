package store

import (
	"errors"
	"io"
	"math"
	"slices"
	"time"

	"cspcoop/calc"
	"cspcoop/importer/store/parquet"
)

// rowsPerGroup is how many rows are written and read at a time, column by
// column: few enough to stay in the processor's caches.
const rowsPerGroup = 1 << 15

// errNotHeld says that a source has something that the columns do not hold.
var errNotHeld = errors.New("the store does not hold all of this source")

// epoch is day 0 of Parquet's dates.
var epoch = calc.MustDate(1970, time.January, 1)

// encode writes the earnings of a source as Parquet, and what else it has as
// metadata; the same source gives the same bytes. It is errNotHeld when decode
// could not give the same source back.
func encode(out io.Writer, id identity, src *calc.Source) error {
	words, err := describe(id, src)
	if err != nil {
		return err
	}
	e := &encoder{
		source: src, table: parquet.NewWriter(out, columns, metadataKey, words),
		groups: newGroups(),
	}
	for rows := range slices.Chunk(src.Earnings, rowsPerGroup) {
		if err := e.group(rows); err != nil {
			return err
		}
	}
	return e.table.Close()
}

// encoder writes rows column by column.
type encoder struct {
	source *calc.Source
	table  *parquet.Writer
	groups []termGroup
	terms  int32 // how many numbers terms have so far

	numbers  []int32 // of the column at hand
	words    []string
	decimals []parquet.Decimal
}

// group writes rows as a group.
func (e *encoder) group(rows []calc.Earning) error {
	for i := range rows {
		if !e.holds(&rows[i]) {
			return errNotHeld
		}
	}
	e.putNumbers(rowColumn, rows, func(r *calc.Earning) int32 { return int32(r.Row) })
	e.putTexts(sheetColumn, rows, func(r *calc.Earning) string { return e.source.Sheets[r.Sheet] })
	e.putTerms(rows)
	for _, g := range e.groups {
		g.write(e, rows)
	}
	e.putNumbers(dateColumn, rows, func(r *calc.Earning) int32 { return dayNumber(r.Date) })
	e.putNumbers(calculatedColumn, rows, func(r *calc.Earning) int32 {
		if r.Calculated.Day.IsZero() {
			return parquet.NoNumber
		}
		return dayNumber(r.Calculated.Day)
	})
	e.putTexts(clockColumn, rows, func(r *calc.Earning) string { return clockText(r.Calculated) })
	for _, c := range earningTexts {
		e.putTexts(c.name, rows, func(r *calc.Earning) string { return *c.at(r) })
	}
	for column, c := range detailTexts {
		e.putTexts(c.name, rows, func(r *calc.Earning) string {
			if r.Detail == nil {
				return ""
			}
			return r.Detail.Text(calc.DetailColumn(column))
		})
	}
	if err := e.putMoney(rows); err != nil {
		return err
	}
	return e.table.EndGroup()
}

// holds reports whether the columns have room for all of an earning, and numbers its
// terms.
func (e *encoder) holds(r *calc.Earning) bool {
	c := r.Calculated
	return r.Source == e.source && r.Row <= math.MaxInt32 && int(r.Sheet) < len(e.source.Sheets) &&
		(r.Detail == nil) == (e.source.Earnings[0].Detail == nil) &&
		(r.Paid == nil || r.Paid.Currency != "") &&
		c.Clock >= 0 && c.Clock < 24*time.Hour && (c.Clocked || c.Clock == 0) &&
		!slices.ContainsFunc(e.groups, func(g termGroup) bool { return !g.number(r) })
}

// putTerms numbers what rows have in common.
func (e *encoder) putTerms(rows []calc.Earning) {
	known := make(map[calc.Terms]int32, len(rows))
	e.putNumbers(termsColumn, rows, func(r *calc.Earning) int32 {
		n, seen := known[r.Terms]
		if !seen {
			n = e.terms
			known[r.Terms] = n
			e.terms++
		}
		return n
	})
}

func (e *encoder) putMoney(rows []calc.Earning) error {
	if err := e.putAmounts(amountColumn, rows, func(r *calc.Earning) *calc.Amount { return &r.Amount }); err != nil {
		return err
	}
	if err := e.putAmounts(usdColumn, rows, func(r *calc.Earning) *calc.Amount { return &r.USD }); err != nil {
		return err
	}
	e.putTexts(currencyColumn, rows, func(r *calc.Earning) string {
		if r.Paid == nil {
			return ""
		}
		return r.Paid.Currency
	})
	return e.putAmounts(paidColumn, rows, func(r *calc.Earning) *calc.Amount {
		if r.Paid == nil {
			return nil
		}
		return &r.Paid.Amount
	})
}

func dayNumber(d calc.Date) int32 { return int32(epoch.DaysUntil(d)) }

const clockLayout = "15:04:05.999999999"

func clockText(s calc.Stamp) string {
	if !s.Clocked {
		return ""
	}
	return time.Time{}.Add(s.Clock).Format(clockLayout)
}

func (e *encoder) putNumbers(name string, rows []calc.Earning, value func(*calc.Earning) int32) {
	e.numbers = e.numbers[:0]
	for i := range rows {
		e.numbers = append(e.numbers, value(&rows[i]))
	}
	e.table.Numbers(placeOf[name], e.numbers)
}

func (e *encoder) putTexts(name string, rows []calc.Earning, value func(*calc.Earning) string) {
	e.words = e.words[:0]
	for i := range rows {
		e.words = append(e.words, value(&rows[i]))
	}
	e.table.Texts(placeOf[name], e.words)
}

// putAmounts writes the three columns of an amount, which is nil where there is
// none.
func (e *encoder) putAmounts(name string, rows []calc.Earning, value func(*calc.Earning) *calc.Amount) error {
	e.decimals, e.numbers, e.words = e.decimals[:0], e.numbers[:0], e.words[:0]
	for i := range rows {
		stored := amount{decimal: parquet.NoDecimal}
		if a := value(&rows[i]); a != nil {
			var ok bool
			if stored, ok = amountOf(*a); !ok {
				return errNotHeld
			}
		}
		e.decimals = append(e.decimals, stored.decimal)
		e.numbers = append(e.numbers, stored.scale)
		e.words = append(e.words, stored.exact)
	}
	e.table.Decimals(placeOf[name], e.decimals)
	e.table.Numbers(placeOf[name+scaleSuffix], e.numbers)
	e.table.Texts(placeOf[name+exactSuffix], e.words)
	return nil
}
