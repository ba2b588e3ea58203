package html

import (
	"cspcoop/calc"
	"cspcoop/report/table"
	"cspcoop/report/wording"

	"github.com/shopspring/decimal"
)

// Sizes of the drawn months, in units of the drawing.
const (
	drawnMonths = 18
	monthWidth  = 40
	axisWidth   = 64
	plotHeight  = 140
	barsShown   = 10 // deadlines, and funds
	fullBar     = 100
)

// drawing is the earnings by month as bars: rebate upon co-op.
type drawing struct {
	Width, Height int
	Left          int // of the bars, beside the amounts
	Zero          int // y of nothing
	Ticks         []tick
	Bars          []monthBar
}

// tick is a round amount at the axis.
type tick struct {
	Y     int
	Label string
}

type monthBar struct {
	X           int
	Label, Year string
	Parts       []part
}

// part is a piece of a bar.
type part struct {
	Class     string
	Y, Height int
}

// draw lays the last months out; nil where there are none.
func draw(months []calc.CalendarMonth, w *wording.Words) *drawing {
	months = months[max(0, len(months)-drawnMonths):]
	var high, low decimal.Decimal
	for _, m := range months {
		above, below := table.Stacked(m.CoOp, m.Rebate)
		high, low = decimal.Max(high, above), decimal.Min(low, below)
	}
	if !high.Sub(low).IsPositive() {
		return nil
	}
	ticks := table.Ticks(low, high)
	low, high = ticks[0], ticks[len(ticks)-1]
	span := high.Sub(low)
	units := func(amount decimal.Decimal) int { // for drawing only
		return int(amount.Mul(decimal.New(plotHeight, 0)).DivRound(span, 0).IntPart())
	}
	d := &drawing{Width: axisWidth + monthWidth*len(months), Height: plotHeight + 44, Left: axisWidth, Zero: 12 + units(high)}
	for _, t := range ticks {
		d.Ticks = append(d.Ticks, tick{d.Zero - units(t), w.Whole(t)})
	}
	for i, m := range months {
		bar := monthBar{X: axisWidth + i*monthWidth, Label: w.MonthInitials(m.Month)}
		if i == 0 || m.Month.Calendar() == 1 {
			bar.Year = w.Year(m.Month)
		}
		above, below := d.Zero, d.Zero
		bar.Parts, above, below = stack(bar.Parts, "coop", units(m.CoOp), above, below)
		bar.Parts, _, _ = stack(bar.Parts, "rebate", units(m.Rebate), above, below)
		d.Bars = append(d.Bars, bar)
	}
	return d
}

// stack puts a part on what is above zero or below it.
func stack(parts []part, class string, height, above, below int) ([]part, int, int) {
	switch {
	case height > 0:
		return append(parts, part{class, above - height, height}), above - height, below
	case height < 0:
		return append(parts, part{class, below, -height}), above, below - height
	}
	return parts, above, below
}

// bar is an amount in USD beside its name.
type bar struct {
	Name   string
	Amount decimal.Decimal
	Width  int             // of fullBar
	Of     decimal.Decimal // what a full bar is; zero where that is the largest
}

// watched is the co-op of a fund that accrues beside its threshold.
func watched(w *wording.Words, b *calc.Balance) bar {
	list := bar{Name: w.T("%s, %s", w.Partner(b.Statement), w.Months(b.Period)), Amount: b.CoOp, Of: b.Rule.Threshold}
	if list.Of.IsPositive() {
		list.Width = int(decimal.Max(decimal.Zero, decimal.Min(b.CoOp, list.Of)).Mul(decimal.New(fullBar, 0)).DivRound(list.Of, 0).IntPart())
	}
	return list
}

// scaled returns the first bars their widths.
func scaled(bars []bar) []bar {
	bars = bars[:min(len(bars), barsShown)]
	var most decimal.Decimal
	for _, b := range bars {
		most = decimal.Max(most, b.Amount)
	}
	for i := range bars {
		if most.IsPositive() {
			bars[i].Width = int(bars[i].Amount.Mul(decimal.New(fullBar, 0)).DivRound(most, 0).IntPart())
		}
	}
	return bars
}
