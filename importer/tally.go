package importer

import (
	"fmt"
	"slices"

	"cspcoop/calc"

	"github.com/shopspring/decimal"
)

// tally is what the rows of a sheet, or of a part of it, come to.
type tally struct {
	sums       []calc.Sum // by used column: what total rows are held against
	currencies map[string]bool
	rates      []usedRate     // configured ones, in the order of their first use
	finer      map[string]int // amounts with more decimals than their currency has, by it
	stood      map[string]int // blanks that a configured default stood in for, by its entry
}

// usedRate is a configured rate that made amounts USD.
type usedRate struct {
	currency string
	value    decimal.Decimal
}

func newTally(l *layout) tally {
	return tally{sums: make([]calc.Sum, len(l.columns)), currencies: map[string]bool{}, finer: map[string]int{}, stood: map[string]int{}}
}

// add takes a validated record into the sums that totals are held against.
func (t *tally) add(l *layout, record []string) error {
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
			t.sums[i].Add(a)
		}
	}
	return nil
}

func (t *tally) useRate(currency string, value decimal.Decimal) {
	if !slices.ContainsFunc(t.rates, func(u usedRate) bool { return u.currency == currency && u.value.Equal(value) }) {
		t.rates = append(t.rates, usedRate{currency, value})
	}
}

// merge takes over the tally of rows further below.
func (t *tally) merge(below *tally) {
	for i := range t.sums {
		t.sums[i].AddDecimal(below.sums[i].Decimal())
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
	for key, n := range below.stood {
		t.stood[key] += n
	}
}
