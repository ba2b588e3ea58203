package table

import "github.com/shopspring/decimal"

// RoundStep returns 1, 2 or 5 times a power of ten that divides a chart's span into at
// most six parts.
func RoundStep(span decimal.Decimal) decimal.Decimal {
	power := int32(span.Ceil().NumDigits()) - 2
	for ; ; power++ {
		for _, digit := range []int64{1, 2, 5} {
			if step := decimal.New(digit, power); step.Mul(decimal.New(6, 0)).GreaterThanOrEqual(span) {
				return step
			}
		}
	}
}
