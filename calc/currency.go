package calc

import (
	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// CurrencyDecimals gives how many decimals a currency has (ISO 4217), and 2 for
// one that is not known.
func CurrencyDecimals(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

// halfUnit gives half a minor unit of a currency: as far as rounding an amount
// can lead, half a cent in USD.
func HalfUnit(code string) decimal.Decimal { return decimal.New(5, int32(-CurrencyDecimals(code)-1)) }
