package store

import (
	"io"
	"math"
	"time"

	"cspcoop/calc"
	"cspcoop/importer"
	"cspcoop/importer/store/parquet"
)

// rowsPerGroup is how many rows are written and read at a time, column by
// column: few enough to stay in the processor's caches.
const rowsPerGroup = 1 << 15

// errNotHeld says that a source has something that the columns do not hold.
var errNotHeld = importer.ErrNotKept

// epoch is day 0 of Parquet's dates.
var epoch = calc.MustDate(1970, time.January, 1)

// encoder writes rows column by column.
type encoder struct {
	source *calc.Source
	table  *parquet.Writer
	done   int                       // rows that are written
	known  [5]map[calc.TextKey]int32 // numbers of groups
	terms  int32                     // how many numbers terms have so far

	rows     []calc.Earning // of the group at hand
	numbers  []int32        // of the column at hand
	codes    []uint32
	words    []string
	decimals []parquet.Decimal
}

func newEncoder(out io.Writer, src *calc.Source) *encoder {
	return &encoder{source: src, table: parquet.NewWriter(out, columns)}
}

// take writes the rows of a table, but for the last ones, which are no whole group.
func (e *encoder) take(t *calc.Earnings) error {
	if t.Len()-e.done >= rowsPerGroup {
		t.Look()
	}
	for t.Len()-e.done >= rowsPerGroup {
		if err := e.group(t, e.done+rowsPerGroup); err != nil {
			return err
		}
	}
	return nil
}

// end writes the rest of the source that is in the columns, and what else it has as
// metadata; the same source gives the same bytes. It is errNotHeld when decode could
// not give the same source back.
func (e *encoder) end(id identity, src *calc.Source) error {
	words, err := describe(id, src)
	if err != nil {
		return err
	}
	if err := e.take(src.Earnings); err != nil {
		return err
	}
	if n := src.Earnings.Len(); n > e.done {
		if err := e.group(src.Earnings, n); err != nil {
			return err
		}
	}
	return e.table.Close(metadataKey, words)
}

// group writes the rows of a table from where it is up to one as a group.
func (e *encoder) group(t *calc.Earnings, to int) error {
	e.rows = e.rows[:0]
	for i := e.done; i < to; i++ {
		r := t.At(i)
		if !e.holds(r) {
			return errNotHeld
		}
		e.rows = append(e.rows, r)
	}
	e.putNumbers(rowColumn, func(r calc.Earning) int32 { return int32(r.Row()) })
	e.putTexts(sheetColumn, func(r calc.Earning) string { return e.source.Sheets[r.Sheet()] })
	e.putGroups()
	for c, name := range importer.TextNames {
		e.codes = e.codes[:0]
		for _, r := range e.rows {
			e.codes = append(e.codes, r.Code(calc.TextColumn(c)))
		}
		e.table.Codes(placeOf[name], e.codes, t.Words(calc.TextColumn(c)))
	}
	e.putNumbers(dateColumn, func(r calc.Earning) int32 { return dayNumber(r.Date()) })
	e.putNumbers(calculatedColumn, func(r calc.Earning) int32 {
		if r.Calculated().Day.IsZero() {
			return parquet.NoNumber
		}
		return dayNumber(r.Calculated().Day)
	})
	e.putTexts(clockColumn, func(r calc.Earning) string { return clockText(r.Calculated()) })
	for _, c := range ids {
		e.putTexts(c.name, c.of)
	}
	for column, name := range importer.DetailNames {
		e.putTexts(name, func(r calc.Earning) string { return r.Detail(calc.DetailColumn(column)) })
	}
	if err := e.putAmounts(amountColumn, calc.Earning.Amount, nil); err != nil {
		return err
	}
	if err := e.putAmounts(usdColumn, calc.Earning.USD, nil); err != nil {
		return err
	}
	if err := e.putAmounts(paidColumn, func(r calc.Earning) calc.Amount { return r.Paid().Amount }, func(r calc.Earning) bool { return r.Paid().IsGiven() }); err != nil {
		return err
	}
	e.done = to
	t.LetGo(to)
	return e.table.EndGroup()
}

// holds reports whether the columns have room for all of an earning.
func (e *encoder) holds(r calc.Earning) bool {
	c := r.Calculated()
	return r.Source() == e.source && r.Row() <= math.MaxInt32 && int(r.Sheet()) < len(e.source.Sheets) &&
		c.Clock >= 0 && c.Clock < 24*time.Hour && (c.Clocked || c.Clock == 0)
}

// putGroups numbers what rows have in common.
func (e *encoder) putGroups() {
	together := make([][len(e.known)]int32, len(e.rows))
	for n, g := range groups {
		if e.known[n] == nil {
			e.known[n] = map[calc.TextKey]int32{}
		}
		last := len(g.columns) - 1
		for i, r := range e.rows {
			key := r.Key(g.columns[0], g.columns[min(1, last)], g.columns[last])
			number, seen := e.known[n][key]
			if !seen {
				number = int32(len(e.known[n]))
				e.known[n][key] = number
			}
			together[i][n] = number
		}
		at := 0
		e.putNumbers(g.name, func(calc.Earning) int32 {
			at++
			return together[at-1][n]
		})
	}
	known := make(map[[len(e.known)]int32]int32, len(e.rows))
	at := 0
	e.putNumbers(termsColumn, func(calc.Earning) int32 {
		number, seen := known[together[at]]
		if !seen {
			number = e.terms
			known[together[at]] = number
			e.terms++
		}
		at++
		return number
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

func (e *encoder) putNumbers(name string, value func(calc.Earning) int32) {
	e.numbers = e.numbers[:0]
	for _, r := range e.rows {
		e.numbers = append(e.numbers, value(r))
	}
	e.table.Numbers(placeOf[name], e.numbers)
}

func (e *encoder) putTexts(name string, value func(calc.Earning) string) {
	e.words = e.words[:0]
	for _, r := range e.rows {
		e.words = append(e.words, value(r))
	}
	e.table.Texts(placeOf[name], e.words)
}

// putAmounts writes the three columns of an amount. Where given is not nil, it
// reports whether there is one.
func (e *encoder) putAmounts(name string, value func(calc.Earning) calc.Amount, given func(calc.Earning) bool) error {
	e.decimals, e.numbers, e.words = e.decimals[:0], e.numbers[:0], e.words[:0]
	for _, r := range e.rows {
		stored := amount{decimal: parquet.NoDecimal}
		if given == nil || given(r) {
			var ok bool
			if stored, ok = amountOf(value(r)); !ok {
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
