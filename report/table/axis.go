package table

import "github.com/shopspring/decimal"

// Ticks returns the round amounts at the axis of a chart that holds two amounts, the
// lower first: a few steps of 1, 2 or 5 times a power of ten, and zero where it is
// between them. There is one step at least.
func Ticks(low, high decimal.Decimal) []decimal.Decimal {
	step := roundStep(high.Sub(low))
	first, last := low.DivRound(step, 6).Floor(), high.DivRound(step, 6).Ceil()
	last = decimal.Max(last, first.Add(decimal.New(1, 0)))
	var ticks []decimal.Decimal
	for t := first; t.LessThanOrEqual(last); t = t.Add(decimal.New(1, 0)) {
		ticks = append(ticks, t.Mul(step))
	}
	return ticks
}

// roundStep returns 1, 2 or 5 times a power of ten that divides a chart's span into at
// most six parts.
func roundStep(span decimal.Decimal) decimal.Decimal {
	power := int32(span.Ceil().NumDigits()) - 2
	for ; ; power++ {
		for _, digit := range []int64{1, 2, 5} {
			if step := decimal.New(digit, power); step.Mul(decimal.New(6, 0)).GreaterThanOrEqual(span) {
				return step
			}
		}
	}
}

// Stacked returns the ends of a bar of parts upon each other: what is above zero, and
// below it.
func Stacked(parts ...decimal.Decimal) (above, below decimal.Decimal) {
	for _, part := range parts {
		above, below = above.Add(decimal.Max(part, decimal.Zero)), below.Add(decimal.Min(part, decimal.Zero))
	}
	return above, below
}
