package importer

import (
	"fmt"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// sheetSums is what the rows of a sheet, or of a part of it, add up to, and what
// was done to read them.
type sheetSums struct {
	columns    []calc.Sum // by used column: what total rows are compared with
	currencies map[string]bool
	rates      []usedRate     // configured ones, in the order of their first use
	finer      map[string]int // amounts with more decimals than their currency has, by it
	defaults   map[string]int // blanks that a configured default filled, by its entry
	filled     []uint32       // rows whose participant or program it filled, ascending
}

// usedRate is a configured rate that made amounts USD.
type usedRate struct {
	currency string
	value    decimal.Decimal
}

func newSheetSums(l *layout) sheetSums {
	return sheetSums{columns: make([]calc.Sum, len(l.columns)), currencies: map[string]bool{}, finer: map[string]int{}, defaults: map[string]int{}}
}

// add adds a validated record to the sums that totals are compared with.
func (t *sheetSums) add(l *layout, record []string) error {
	for i := range l.columns {
		c := &l.columns[i]
		switch {
		case record[i] == "":
		case c.kind == currencyValue:
			t.currencies[record[i]] = true
		case c.isSummed():
			a, err := parseAmount(record[i])
			if err != nil {
				return fmt.Errorf("validated number: %w", err)
			}
			t.columns[i].Add(a)
		}
	}
	return nil
}

func (t *sheetSums) useRate(currency string, value decimal.Decimal) {
	if !slices.ContainsFunc(t.rates, func(u usedRate) bool { return u.currency == currency && u.value.Equal(value) }) {
		t.rates = append(t.rates, usedRate{currency, value})
	}
}

// fill notes that a configured default filled a blank cell of a row.
func (t *sheetSums) fill(entry string, row int) {
	t.defaults[entry]++
	if entry != "default_currency" {
		t.filled = append(t.filled, uint32(row))
	}
}

// merge adds the sums of rows further below.
func (t *sheetSums) merge(below *sheetSums) {
	for i := range t.columns {
		t.columns[i].AddSum(&below.columns[i])
	}
	for currency := range below.currencies {
		t.currencies[currency] = true
	}
	for _, rate := range below.rates {
		t.useRate(rate.currency, rate.value)
	}
	for currency, n := range below.finer {
		t.finer[currency] += n
	}
	t.filled = append(t.filled, below.filled...)
	for entry, n := range below.defaults {
		t.defaults[entry] += n
	}
}
